//! Every component in all its states, served at `/admin/composants`; the browser tests run on it.

mod clinique;
mod formulaires;
mod generaux;

use maud::{Markup, html};

pub use clinique::{bandeau_exemple, carte_exemple, identite_exemple};

use crate::bloc::EntetePage;
use crate::icone::{Icone, icone};

/// One section of the catalogue: identifier, name, drawing.
type Section = (&'static str, &'static str, fn() -> Markup);

const SECTIONS: &[Section] = &[
    ("boutons", "Boutons", generaux::boutons),
    ("puces", "Puces d’état", generaux::puces),
    ("bandeau", "Bandeau du résident", clinique::bandeaux),
    ("cartes", "Carte de résident et lignes de soin", clinique::cartes),
    ("medicaments", "Lignes de médicament", clinique::medicaments),
    ("champs", "Champs", formulaires::champs),
    ("choix", "Choix", formulaires::choix),
    ("paves", "Pavés numériques", formulaires::paves),
    ("alertes", "Alertes et messages", generaux::alertes),
    ("tableaux", "Tableaux, filtres, pagination", generaux::tableaux),
    ("listes", "Listes et fiches", generaux::listes),
    ("onglets", "Onglets, étapes, progression", generaux::parcours),
    ("chiffres", "Chiffres et blocs", generaux::chiffres),
    ("courbes", "Courbes", clinique::courbes),
    ("journal", "Journal et frise", clinique::journal),
    ("plan", "Plan des chambres", clinique::plan),
    ("verrou", "Verrou", clinique::verrou),
    ("vides", "Vide, chargement, âge des données", generaux::vides),
    ("dialogues", "Dialogues", generaux::dialogues),
    ("icones", "Icônes", icones),
];

/// Draws the whole catalogue, as the content of a page.
pub fn catalogue() -> Markup {
    html! {
        (EntetePage::new("Composants").phrase("Chaque composant dans tous ses états. Personnes et données fictives."))
        nav class="carte" aria-label="Sommaire" {
            ul class="catalogue-sommaire" role="list" { @for (id, nom, _) in SECTIONS { li { a href=(format!("#{id}")) { (nom) } } } }
        }
        @for (id, nom, dessin) in SECTIONS {
            section id=(id) aria-label=(nom) class="pile" { h2 { (nom) } div class="catalogue-cadre" { (dessin()) } }
        }
    }
}

fn icones() -> Markup {
    html! {
        ul class="puces" role="list" {
            @for nom in Icone::TOUTES { li class="puce" { (icone(*nom)) (nom.symbole()) } }
        }
    }
}
