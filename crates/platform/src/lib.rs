//! The house every module lives in: the gate, sessions, routes, the page shell, offline acts, the worker.

pub mod acces;
pub mod api;
pub mod dossier;
pub mod erreur;
pub mod module;
pub mod offline;
pub mod releve;
pub mod services;
pub mod web;
pub mod worker;

pub use erreur::{Erreur, Resultat};
pub use module::Module;
pub use services::{Demarrage, Enseigne, Services};
pub use store;

/// What nearly every file of a module uses.
pub mod prelude {
    pub use crate::acces::{Acces, Acte, Categorie, DossierOuvert, Droit, Ecrit, PerimetreOuvert, Referentiel};
    pub use crate::erreur::{Erreur, Resultat};
    pub use crate::web::{Answer, Champs, Chemin, Erreurs, Parametres, Routes};
    pub use store::{Entity, Query, Scope, Stored};
}
