//! Our mailboxes and how their reading goes.

use jiff::tz::TimeZone;
use kernel::dates::date_heure;
use maud::{Markup, html};
use platform::store::Stored;
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::bloc::{Bloc, EntetePage, pile};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Liste, Texte, cote_a_cote};
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;
use ui::vide::vide_depart;

use crate::messagerie::{GenreMessagerie, Messagerie, ReleveMessagerie};

/// What the page is drawn from.
pub(crate) struct Ecran<'a> {
    pub(crate) lues: &'a [(Stored<Messagerie>, Option<ReleveMessagerie>)],
    pub(crate) maisons: &'a [(String, String)],
    pub(crate) champs: &'a Champs,
    pub(crate) erreurs: &'a Erreurs,
    pub(crate) peut: bool,
    pub(crate) fuseau: &'a TimeZone,
}

/// The page.
pub(crate) fn page(ecran: &Ecran<'_>) -> Markup {
    html! {
        (EntetePage::new("Messageries sécurisées").phrase("Les boîtes MSSanté de la grappe. Ce qui y arrive entre dans « Documents reçus » ; les documents partent de celle de l'établissement."))
        (ecran.erreurs.resume())
        (pile(&html! {
            (Bloc::new("Messageries", tableau(ecran)).icone(Icone::MailOpen))
            @if ecran.peut { (Bloc::new("Ouvrir une messagerie", formulaire(ecran)).icone(Icone::Plus)) }
        }))
    }
}

fn tableau(ecran: &Ecran<'_>) -> Markup {
    let mut tableau = Tableau::new("Messageries, par adresse")
        .legende_cachee()
        .colonne("Adresse")
        .colonne("Établissement")
        .colonne("Relève")
        .colonne("Agir");
    for (lue, releve) in ecran.lues {
        let maison =
            ecran.maisons.iter().find(|(id, _)| *id == lue.etablissement.to_string()).map_or("", |(_, nom)| nom.as_str());
        tableau = tableau.ligne([
            html! { (lue.adresse) br; span class="secondaire" { (lue.nom) ", " (lue.genre.libelle().to_lowercase()) } },
            html! { (maison) },
            etat(lue, releve.as_ref(), ecran.fuseau),
            html! { @if ecran.peut { (geste(lue)) } },
        ]);
    }
    tableau.si_vide(vide_depart(Icone::MailOpen, "Aucune messagerie n'est ouverte.", None)).render()
}

fn etat(lue: &Messagerie, releve: Option<&ReleveMessagerie>, fuseau: &TimeZone) -> Markup {
    if !lue.active {
        return html! { (Puce::new(Etat::Archive, "fermée")) };
    }
    match releve {
        None => html! { (Puce::new(Etat::EnAttente, "jamais relevée")) },
        Some(releve) => html! {
            @match &releve.panne {
                Some(panne) => { (Puce::new(Etat::ARevoir, "en panne")) " " (panne) @if let Some(depuis) = releve.en_panne_depuis { " Depuis le " (date_heure(depuis, fuseau)) "." } },
                None => (Puce::new(Etat::Fait, "relevée")),
            }
            @if let Some(vue) = releve.vue_le { " " span class="secondaire" { (date_heure(vue, fuseau)) ", " (releve.pris) " messages pris" } }
        },
    }
}

fn geste(lue: &Stored<Messagerie>) -> Markup {
    let (mot, geste) = if lue.active { ("Fermer", "fermer") } else { ("Rouvrir", "rouvrir") };
    html! {
        form method="post" action=(format!("/liaisons/messageries/{}/fermeture", lue.id)) {
            (Bouton::envoyer(mot).petit().valeur("geste", geste).precision(lue.adresse.clone()))
        }
    }
}

fn formulaire(ecran: &Ecran<'_>) -> Markup {
    let champ = |nom: &str| (ecran.champs.texte(nom).to_owned(), ecran.erreurs.de(nom).map(str::to_owned));
    let (adresse, nom, genre, maison) = (champ("adresse"), champ("nom"), champ("genre"), champ("etablissement"));
    html! {
        form class="formulaire" method="post" action="/liaisons/messageries" {
            (cote_a_cote(&html! {
                (Texte::courriel("adresse", "Adresse").valeur(adresse.0).requis().erreur(adresse.1))
                (Texte::new("nom", "Nom affiché").valeur(nom.0).requis().maximum(120).erreur(nom.1))
            }))
            (cote_a_cote(&html! {
                (Liste::new("genre", "À qui est-elle ?").choix(GenreMessagerie::TOUS.map(|(_, code, mots)| (code, mots))).valeur(genre.0).erreur(genre.1))
                (Liste::new("etablissement", "Établissement").choix(ecran.maisons.iter().map(|(id, nom)| (id.clone(), nom.clone()))).valeur(maison.0).erreur(maison.1))
            }))
            (boutons(&html! { (Bouton::envoyer("Ouvrir la messagerie").principal()) }))
        }
    }
}
