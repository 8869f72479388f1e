//! The server's side of the bedside application: devices and their people, operations sent by tablets, snapshot of pages.
//!
//! The protocol itself (seals, proofs, answers) is in the crate `terrain`; acts are done by the modules, through the gate.

mod dossier_html;
mod empreintes;
mod etat;
mod fichiers;
mod flux;
mod instantane;
mod operations;
mod pages;
mod portee;
mod postes;
mod records;
mod requete;
mod rights;
mod routes;
mod sessions;
mod suivi;
mod views;

pub use etat::Etat;
pub use fichiers::ENTREE;
pub use records::{NatureRefus, OperationRecue, PosteGarde, SaisieRefusee, SuiviPoste};
pub use rights::{ClorreSaisie, DROITS, GererPostes, LirePostes, LireSaisiesRefusees, MesSaisies, PreparerPoste};
pub use routes::{brancher, module};
