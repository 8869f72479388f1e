//! Traces: who did and saw what, records opened by exception and their review, the signed journal, the rights in words.

mod accueil;
mod export;
mod motifs;
mod pages;
mod personnes;
mod phrases;
mod rights;
mod routes;

pub use accueil::avis_bris;
pub use motifs::{Motif, libelle as libelle_motif, motifs};
pub use rights::{BriserLaGlace, ConfirmerIdentite, DROITS, LireDroits, LireJournal, NommerPersonne, RevoirBris, VoirHistorique};

/// The module: its rights, routes and places in the menu.
pub fn module() -> platform::Module {
    use platform::acces::Droit;
    use ui::Icone;
    platform::Module::new("traces", DROITS, routes::routes())
        .nav("Régler", "Droits", "/admin/droits", Icone::ShieldCheck, LireDroits::INFO)
        .nav("Régler", "Traces", "/admin/traces", Icone::Eye, LireJournal::INFO)
        .nav("Régler", "Bris de glace", "/admin/bris-de-glace", Icone::ShieldAlert, RevoirBris::INFO)
        .nav("Régler", "Journal signé", "/admin/journal", Icone::Fingerprint, LireJournal::INFO)
}
