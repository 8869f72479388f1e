//! Stays and movements: from pre-admission to exit, who is where at any time.

mod accueil;
mod acts;
mod admission;
mod annuaire;
mod bandeau;
mod forms;
mod model;
mod motifs;
mod onglets;
mod pages;
mod places;
mod records;
mod rejeu;
mod residents;
mod rights;
mod routes;
mod views;

pub use accueil::{Accueil, Personne, accueillir, accueillir_encore};
pub use acts::{EtapeHopital, TOPIC_HOPITAL, hospitaliser, inscrire};
pub use admission::{DemandeAdmission, EtapeAdmission, EtatTache, ModeleTache, TACHES, Tache, lane_admissions};
pub use bandeau::bandeau;
pub use model::{GenreSejour, Mouvement, NatureMouvement, Place, Sejour};
pub use onglets::onglets;
pub use places::Parc;
pub use platform::dossier::{BlocSynthese, ConsulterDossier, Fragment, Volet};
pub use records::{lane_mouvements, lane_presents, lane_unite, rattachement, rattachement_apres};
pub use rejeu::{Incoherence, appliquer, rejouer};
pub use residents::{Resident, resident, residents_de, residents_nommes};
pub use rights::{CreerDossier, DROITS, EcrireAdmission, EcrireSejour, LireAdmissions, LireResidents, LireSejour};

/// The module as the product assembles it.
pub fn module() -> platform::Module {
    use platform::acces::Droit;
    use platform::module::{CHERCHER, PREMIER};
    use ui::Icone;
    platform::Module::new("sejours", DROITS, routes::routes())
        .entete_dossier(bandeau::entete)
        .nav(PREMIER, "Résidents", "/residents", Icone::Users, LireResidents::INFO)
        .nav(CHERCHER, "Chercher", "/recherche", Icone::Search, LireResidents::INFO)
        .nav("Accompagner", "Présence", "/presence", Icone::DoorOpen, LireResidents::INFO)
        .nav("Organiser", "Admissions", "/admissions", Icone::Inbox, LireAdmissions::INFO)
        .nav("Organiser", "Mouvements", "/mouvements", Icone::ArrowLeftRight, LireResidents::INFO)
        .nav("Organiser", "Plan des lits", "/mouvements/plan", Icone::BedDouble, LireResidents::INFO)
}
