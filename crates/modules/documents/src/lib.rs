//! Documents of a record, and the sas through which files come from outside.

mod acts;
mod analyse;
mod erreurs_cda;
mod forms;
mod isolat;
mod model;
mod pages;
mod rapprochement;
mod reception;
mod recevoir;
mod records;
mod rights;
mod routes;
mod types;
mod views;

use platform::Module;
use platform::acces::Droit;
use ui::Icone;

pub use analyse::{Apercu, Nature, PatientLu, analyser};
pub use erreurs_cda::{CODES as CODES_ERREURS, phrase as phrase_erreur};
pub use isolat::{FICHIER_MAX, SOUS_COMMANDE, analyser_isole, enfant, installer_lecteur};
pub use model::{Document, DocumentCourant, DocumentMedical, Famille, Origine, Reprise};
pub use rapprochement::{Candidat, Fiche, Verdict, candidats, decider};
pub use reception::{Attente, Canal, EtatReception, Reception};
pub use recevoir::{planifier, recevoir};
pub use records::{
    Classe, DejaRecu, Lu, TOPIC_CLASSE, creer, document_de, documents_de, lane_attente, lane_traitees, produire, reprendre,
};
pub use rights::{ClasserReceptions, ComparerIdentites, DROITS, DeposerDocument, LireDocuments, OuvrirReception, VoirReceptions};
pub use types::{TYPE_PAR_DEFAUT, TypeDocument};

/// The module.
pub fn module() -> Module {
    Module::new("documents", DROITS, routes::routes()).nav(
        "Organiser",
        "Documents reçus",
        "/liaisons/reception",
        Icone::Inbox,
        VoirReceptions::INFO,
    )
}
