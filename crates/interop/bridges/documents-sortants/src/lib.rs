//! From the record to structured documents: the DLU as CDA R2 level 3, signed, kept and sent; any PDF as level 1.

mod demande;
mod dlu;
mod entete;
mod niveau_1;
mod pages;
mod signer;

use platform::Module;
use platform::web::Routes;

pub use demande::{demande, planifier, remis};
pub use dlu::dlu_cda;
pub use entete::{Auteur, Reference};
pub use niveau_1::niveau_1;

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
