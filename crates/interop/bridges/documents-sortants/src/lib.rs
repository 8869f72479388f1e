//! From the record to structured documents: the DLU as CDA R2 level 3, signed and kept.

mod dlu;
mod entete;
mod pages;

use platform::Module;
use platform::web::Routes;

pub use dlu::dlu_cda;
pub use entete::{Auteur, Reference};

platform::droits! {
    /// Signs the DLU of a person as a document which may leave.
    SignerDlu = "documents_sortants.signer_dlu", "Signer le DLU d'une personne et le verser à son dossier", Medical, Ecrire, Dossier + [Presence, Identite, Administratif, Alertes, Constantes, Urgence];
}

/// The routes of the bridge.
pub fn module() -> Module {
    Module::new(
        "documents-sortants",
        DROITS,
        Routes::new().post::<SignerDlu, _>("/residents/{usager}/dlu/signature", pages::signer),
    )
}
