//! Oppositions of a person.

use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::acces::Opposition;
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::bloc::{Bloc, EntetePage};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Case, CasesACocher, Liste, cache};
use ui::vide::vide_bon;

use crate::forms::CATEGORIES_OPPOSITION;

/// What the page shows.
pub(crate) struct Ecran<'a> {
    pub usager: UsagerId,
    pub version: i64,
    pub lignes: Vec<(String, &'a Opposition)>,
    pub profils: Vec<(String, String)>,
    pub etablissements: Vec<(String, String)>,
    pub comptes: Vec<(String, String)>,
    pub champs: &'a Champs,
    pub erreurs: &'a Erreurs,
    pub peut: bool,
}

/// The page.
pub(crate) fn page(ecran: &Ecran<'_>) -> Markup {
    let phrase = "La personne peut refuser que certains professionnels voient tout ou partie de son dossier. Son choix l'emporte sur tous les droits, dès qu'il est enregistré.";
    html! {
        (EntetePage::new("Oppositions de la personne").phrase(phrase).parent("Entourage", format!("/residents/{}/contacts", ecran.usager)))
        (ecran.erreurs.resume())
        (Bloc::new("En vigueur", en_vigueur(ecran)).icone(Icone::Hand))
        @if ecran.peut { (Bloc::new("Enregistrer une opposition", formulaire(ecran))) }
    }
}

fn en_vigueur(ecran: &Ecran<'_>) -> Markup {
    let action = format!("/residents/{}/oppositions/lever", ecran.usager);
    html! {
        @if ecran.lignes.is_empty() { (vide_bon("Aucune opposition.")) }
        @for (rang, (nom, opposition)) in ecran.lignes.iter().enumerate() {
            div class="rangee" {
                span { strong { (nom) } ": " (etendue(opposition)) }
                @if ecran.peut {
                    form class="pousse" method="post" action=(action) {
                        (cache("version", &ecran.version.to_string())) (cache("rang", &rang.to_string()))
                        (Bouton::envoyer("Lever").petit().discret().precision(nom.clone()))
                    }
                }
            }
        }
    }
}

fn etendue(opposition: &Opposition) -> String {
    if opposition.categories.is_empty() {
        return "tout le dossier".to_owned();
    }
    opposition.categories.iter().map(|categorie| categorie.libelle()).collect::<Vec<_>>().join(", ")
}

fn formulaire(ecran: &Ecran<'_>) -> Markup {
    let (champs, erreurs) = (ecran.champs, ecran.erreurs);
    html! {
        form class="formulaire" method="post" action=(format!("/residents/{}/oppositions", ecran.usager)) {
            (cache("version", &ecran.version.to_string()))
            (Liste::new("cible", "À qui la personne s'oppose").invite("Choisir").groupe("Une profession", ecran.profils.clone())
                .groupe("Une personne", ecran.comptes.clone()).groupe("Un établissement de la grappe", ecran.etablissements.clone()).valeur(champs.texte("cible")).erreur(erreurs.de("cible")).requis())
            (Case::new("tout", "Tout le dossier").cochee(champs.coche("tout")))
            (CasesACocher::new("categories", "Ou seulement").choix(CATEGORIES_OPPOSITION.map(|(categorie, code)| (code, categorie.libelle())))
                .valeurs(champs.tous("categories")).erreur(erreurs.de("categories")))
            (boutons(&html! { (Bouton::envoyer("Enregistrer l'opposition").principal()) }))
        }
    }
}
