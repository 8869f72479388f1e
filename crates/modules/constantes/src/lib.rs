//! Vital signs, weight, stools, pain: entry, curves, thresholds, alerts.

mod acts;
mod alertes;
mod forms;
mod model;
mod offline;
mod pages;
mod questions;
mod records;
mod referentiel;
mod releve;
mod reprise;
mod rights;
mod routes;
mod seuils;
mod views;

use platform::Module;
use platform::acces::Droit;
use platform::dossier::Volet;
use ui::Icone;

pub use alertes::{Alerte, Gravite, Mesure, Regle, evaluer, jumelle, surprenante};
pub use model::{Bornes, BornesParType, Constante, Seuils, SeuilsMaison};
pub use questions::{PointMesure, Surveillance, alertes, alertes_de, dernieres, quatre_vingt_dix_jours, seuils};
pub use records::{lane_type, lane_unite};
pub use referentiel::{Grandeur, POIDS, Regles, SELLES, TENSION, TENSION_BASSE};
pub use reprise::{Reprise, reprendre};
pub use rights::{DROITS, FixerSeuils, LireConstantes, SaisirConstantes, SurveillerConstantes};
pub use seuils::{Provenance, SeuilsEnVigueur};
pub use views::bloc::bloc;

/// The module.
pub fn module() -> Module {
    Module::new("constantes", DROITS, routes::routes())
        .nav("Accompagner", "Constantes", "/constantes", Icone::Activity, SurveillerConstantes::INFO)
        .bloc_synthese(Volet::Principal, 110, views::bloc::fragment)
        .releve(releve::declarer)
        .offline(offline::declarer)
}
