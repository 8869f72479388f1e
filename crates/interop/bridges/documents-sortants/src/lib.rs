//! From the record to structured documents: DLU, transfer sheet, letters, summaries, reports, signed, kept and sent; any PDF as
//! level 1.

mod demande;
mod dlu;
mod entete;
pub mod lisible;
mod niveau_1;
mod pages;
mod signer;
mod views;
mod volets;

use documents::LireDocuments;
use platform::Module;
use platform::web::Routes;

pub use demande::{demande, planifier, remis};
pub use dlu::dlu_cda;
pub use entete::{Auteur, Reference};
pub use niveau_1::{IMAGES, niveau_1};

platform::droits! {
    /// Signs the DLU of a person as a document which may leave.
    SignerDlu = "documents_sortants.signer_dlu", "Signer le DLU d'une personne et le verser à son dossier", Medical, Ecrire, Dossier + [Presence, Identite, Administratif, Alertes, Constantes, Urgence];
    /// Writes and signs the other documents which leave a record.
    RedigerDocument = "documents_sortants.rediger", "Rédiger et signer une fiche de transfert, une lettre de liaison, une synthèse, un compte rendu", Medical, Ecrire, Dossier + [Presence, Identite, Administratif, Alertes, Constantes, Urgence, Documents];
}

/// The routes of the bridge.
pub fn module() -> Module {
    Module::new(
        "documents-sortants",
        DROITS,
        Routes::new()
            .post::<SignerDlu, _>("/residents/{usager}/dlu/signature", pages::signer)
            .get::<RedigerDocument, _>("/residents/{usager}/redaction", pages::rediger::liste)
            .get::<RedigerDocument, _>("/residents/{usager}/redaction/{volet}", pages::rediger::formulaire)
            .post::<RedigerDocument, _>("/residents/{usager}/redaction/{volet}", pages::rediger::envoyer)
            .get::<LireDocuments, _>("/residents/{usager}/documents/{id}/pdf", pages::imprimer::pdf),
    )
    .bloc_document(pages::imprimer::sur_document)
}
