//! What a house sent, the most recent first.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use kernel::dates::date_heure;
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::store::Stored;
use ui::Icone;
use ui::bloc::{Bloc, Chiffre, EntetePage, chiffres};
use ui::champs::{Liste, Texte};
use ui::filtres::Filtres;
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;
use ui::vide::vide_bon;

use crate::envoi::{Envoi, Suivi};
use crate::pages::envois::Filtre;

const ADRESSE: &str = "/liaisons/envois";

/// What the page shows.
pub(crate) struct Ecran<'a> {
    pub(crate) lus: &'a [Stored<Envoi>],
    pub(crate) tous: usize,
    pub(crate) noms: &'a HashMap<UsagerId, String>,
    pub(crate) filtre: &'a Filtre,
    pub(crate) lane: &'a str,
    pub(crate) fuseau: &'a TimeZone,
}

/// The page.
pub(crate) fn page(ecran: &Ecran<'_>) -> Markup {
    let compter = |garde: fn(&Envoi) -> bool| ecran.lus.iter().filter(|lu| garde(lu)).count().to_string();
    let mut filtres = Filtres::new(ADRESSE)
        .champ(Texte::new("q", "Résident ou destinataire").valeur(&ecran.filtre.q).completion("off").render())
        .champ(
            Liste::new("etat", "État")
                .choix([("", "Tous"), ("voir", "À voir"), ("attente", "En attente d'envoi"), ("abouti", "Partis")])
                .valeur(&ecran.filtre.etat)
                .sans_mention()
                .render(),
        )
        .total(format!("{} sur {}", ecran.lus.len(), ecran.tous));
    if !ecran.filtre.q.is_empty() {
        filtres = filtres.actif(&ecran.filtre.q, ADRESSE);
    }
    html! {
        (EntetePage::new("Documents envoyés").phrase("Ce que la maison a envoyé par messagerie sécurisée, et ce que chaque destinataire en a fait."))
        (chiffres(&[
            Chiffre::new(compter(|envoi| envoi.etat().a_voir()), "à voir").lien(format!("{ADRESSE}?etat=voir")),
            Chiffre::new(compter(Envoi::attend), "en attente d'envoi").lien(format!("{ADRESSE}?etat=attente")),
            Chiffre::new(compter(|envoi| envoi.etat().abouti()), "partis").lien(format!("{ADRESSE}?etat=abouti")),
        ]))
        (filtres)
        (Bloc::new("Envois", tableau(ecran)).icone(Icone::Send).suivre(ecran.lane, ADRESSE, true))
    }
}

fn tableau(ecran: &Ecran<'_>) -> Markup {
    let mut tableau = Tableau::new("Envois, les plus récents d'abord")
        .legende_cachee()
        .colonne("Résident")
        .colonne("Documents")
        .colonne("Destinataires")
        .colonne("Demandé");
    for lu in ecran.lus {
        let nom = ecran.noms.get(&lu.usager).map_or("", String::as_str);
        let quoi = if lu.documents.len() == 1 { "1 document".to_owned() } else { format!("{} documents", lu.documents.len()) };
        tableau = tableau.ligne([
            html! { a href=(format!("/residents/{}/envois/{}", lu.usager, lu.id)) { (nom) } @if lu.urgence { " " (Puce::new(Etat::ASurveiller, "urgence")) } },
            html! { (quoi) },
            html! { @for un in &lu.destinataires { div { (puce(un.suivi)) " " @if un.nom.is_empty() { (un.adresse) } @else { (un.nom) } } } },
            html! { (date_heure(lu.demande_le, ecran.fuseau)) br; span class="secondaire" { (lu.demande_par) } },
        ]);
    }
    tableau.si_vide(vide_bon("Aucun envoi.")).render()
}

/// What became of a sending, as a chip.
pub(crate) fn puce(suivi: Suivi) -> Puce {
    let etat = match suivi {
        Suivi::Prepare => Etat::EnAttente,
        Suivi::Remis | Suivi::Distribue | Suivi::Integre | Suivi::Lu => Etat::Fait,
        Suivi::Retarde | Suivi::Incertain => Etat::ASurveiller,
        Suivi::Refuse => Etat::ARevoir,
        Suivi::Abandonne => Etat::Archive,
    };
    Puce::new(etat, suivi.libelle())
}
