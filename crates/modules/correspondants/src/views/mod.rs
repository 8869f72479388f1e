//! The directory and its form.

pub(crate) mod messageries;

use maud::{Markup, html};
use platform::store::Stored;
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::bloc::{Bloc, EntetePage, pile};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Case, CasesACocher, Liste, Texte, ZoneTexte, cache, cote_a_cote, groupe};
use ui::filtres::Filtres;
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;
use ui::vide::vide_depart;
use uuid::Uuid;

use crate::forms::RANGS;
use crate::model::{Correspondant, GENRES};
use crate::pages::{ADRESSE, Filtre};

/// The directory.
pub(crate) fn liste(connus: &[Stored<Correspondant>], filtre: &Filtre, peut: bool) -> Markup {
    let mut filtres = Filtres::new(ADRESSE)
        .champ(Texte::new("q", "Nom ou adresse").valeur(&filtre.q).completion("off").render())
        .champ(
            Liste::new("genre", "Genre")
                .choix([("", "Tous")].into_iter().chain(GENRES))
                .valeur(&filtre.genre)
                .sans_mention()
                .render(),
        )
        .compte(connus.len(), "correspondant", "correspondants");
    if !filtre.q.is_empty() {
        filtres = filtres.actif(&filtre.q, ADRESSE);
    }
    let ajouter = Bouton::lien("Ajouter un correspondant", format!("{ADRESSE}/nouveau")).principal().icone(Icone::Plus);
    let mut tableau = Tableau::new("Correspondants, par nom")
        .legende_cachee()
        .colonne("Correspondant")
        .colonne("Adresses de messagerie sécurisée")
        .colonne("Téléphone")
        .colonne("État");
    for lu in connus {
        tableau = tableau.ligne([
            html! { a href=(format!("{ADRESSE}/{}", lu.id)) { (lu.nom) } br; span class="secondaire" { (lu.genre_libelle()) @if lu.sites.len() > 1 { ", " (lu.sites.len()) " sites" } } },
            adresses(lu),
            html! { (kernel::numeros::telephone_lisible(&lu.telephone)) },
            html! { @if lu.actif { (Puce::new(Etat::Fait, "actif")) } @else { (Puce::new(Etat::Archive, "retiré")) } },
        ]);
    }
    html! {
        (EntetePage::new("Correspondants").phrase("À qui la grappe envoie des documents, et de qui elle en reçoit. Un hôpital à plusieurs sites est un seul correspondant.")
            .actions(html! { @if peut { (ajouter) } }))
        (filtres)
        (tableau.si_vide(vide_depart(Icone::Users, "Aucun correspondant.", None)))
    }
}

fn adresses(lu: &Correspondant) -> Markup {
    html! {
        @if lu.adresses.is_empty() { span class="secondaire" { "aucune" } }
        @for adresse in &lu.adresses {
            div { (adresse.adresse) @if !adresse.service.is_empty() { span class="secondaire" { " " (adresse.service) } } @if adresse.urgences { " " (Puce::new(Etat::ASurveiller, "urgences")) } }
        }
    }
}

/// What the form of one is drawn from.
pub(crate) struct Formulaire<'a> {
    pub(crate) id: Uuid,
    pub(crate) champs: &'a Champs,
    pub(crate) erreurs: &'a Erreurs,
    /// Id and name of the houses in service.
    pub(crate) maisons: &'a [(String, String)],
    pub(crate) neuf: bool,
    pub(crate) peut: bool,
}

/// One correspondent.
pub(crate) fn fiche(formulaire: &Formulaire<'_>) -> Markup {
    let titre = if formulaire.neuf { "Nouveau correspondant".to_owned() } else { formulaire.champs.texte("nom").to_owned() };
    html! {
        (EntetePage::new(titre).parent("Correspondants", ADRESSE))
        (formulaire.erreurs.resume())
        @if formulaire.peut { (editer(formulaire)) } @else { p { "Seul·e un·e secrétaire ou un·e infirmier·ère peut modifier cette fiche." } (lire(formulaire)) }
    }
}

fn lire(formulaire: &Formulaire<'_>) -> Markup {
    let champs = formulaire.champs;
    let adresses = html! { @for rang in 0..RANGS { @let adresse = champs.texte(&format!("adresse-{rang}")).to_owned(); @if !adresse.is_empty() { p { (adresse) } } } };
    pile(&html! { (Bloc::new("Adresses", adresses).icone(Icone::MailOpen)) })
}

fn editer(formulaire: &Formulaire<'_>) -> Markup {
    let champs = formulaire.champs;
    let champ = |nom: &str, libelle: &str| Texte::new(nom, libelle).valeur(champs.texte(nom)).erreur(formulaire.erreurs.de(nom));
    html! {
        form class="formulaire" method="post" action=(format!("{ADRESSE}/{}", formulaire.id)) {
            (cache("version", champs.texte("version")))
            (champ("nom", "Nom").requis().maximum(160))
            (cote_a_cote(&html! {
                (Liste::new("genre", "Genre").choix(GENRES).valeur(champs.texte("genre")).erreur(formulaire.erreurs.de("genre")))
                (Texte::telephone("telephone", "Téléphone").valeur(champs.texte("telephone")).erreur(formulaire.erreurs.de("telephone")))
                (champ("rpps", "Numéro RPPS, pour un professionnel").maximum(11))
            }))
            (ZoneTexte::new("sites", "Sites (un par ligne : numéro FINESS, puis nom)").valeur(champs.texte("sites")).erreur(formulaire.erreurs.de("sites")))
            (groupe("Adresses de messagerie sécurisée", &html! { @for rang in 0..RANGS { (rang_adresse(formulaire, rang)) } }))
            (CasesACocher::new("etablissements", "Pour quels établissements (tous si rien n'est coché)")
                .choix(formulaire.maisons.iter().map(|(id, nom)| (id.clone(), nom.clone()))).valeurs(champs.tous("etablissements").map(str::to_owned)))
            (Case::new("inactif", "Retiré : plus rien ne lui est envoyé").cochee(champs.coche("inactif")))
            (boutons(&html! { (Bouton::envoyer("Enregistrer").principal()) (Bouton::lien("Annuler", ADRESSE)) }))
        }
    }
}

fn rang_adresse(formulaire: &Formulaire<'_>, rang: usize) -> Markup {
    let (adresse, service, urgences) = (format!("adresse-{rang}"), format!("service-{rang}"), format!("urgences-{rang}"));
    let champs = formulaire.champs;
    let numero = rang + 1;
    cote_a_cote(&html! {
        (Texte::courriel(&adresse, format!("Adresse {numero}")).valeur(champs.texte(&adresse)).erreur(formulaire.erreurs.de(&adresse)))
        (Texte::new(&service, format!("Service {numero}")).valeur(champs.texte(&service)).maximum(80).erreur(formulaire.erreurs.de(&service)))
        (Case::new(&urgences, "Reçoit le DLU en urgence").cochee(champs.coche(&urgences)))
    })
}
