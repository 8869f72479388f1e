//! Documents of a record, and the sas through which files come from outside.

mod acts;
mod analyse;
mod contenu;
mod courrier;
mod enfant;
mod erreurs_cda;
mod erreurs_enveloppes;
mod file;
mod forms;
mod isolat;
mod model;
mod ouvrables;
mod pages;
mod rapprochement;
mod reception;
mod recevoir;
mod records;
mod regler;
mod reperes;
mod rights;
mod routes;
mod traiter;
mod types;
mod views;

use platform::Module;
use platform::acces::Droit;
use ui::Icone;

pub use analyse::{Apercu, MIME_COURRIEL, MIME_FHIR, MIME_MESSAGE, Nature, PatientLu, analyser, borner};
pub use contenu::{Accuse, Analyse, Contenu, Issue, PARTIES_MAX, Partie, RolePartie, Suite, TableauLu, installer_analyse};
pub use courrier::{
    AccuseRendu, Courrier, CourrierRegle, EtatAccuse, Refus, Reponse, Reserve, TOPIC_REGLEE, courrier_regle, noter_accuse,
};
pub use enfant::{MEMOIRE_OCTETS, PROCESSEUR_S, enfant};
pub use erreurs_cda::{CODES as CODES_ERREURS, phrase as phrase_erreur};
pub use isolat::{FICHIER_MAX, SOUS_COMMANDE, analyser_isole, installer_lecteur};
pub use model::{Document, DocumentCourant, DocumentMedical, Famille, Origine, Reprise, Serie};
pub use rapprochement::{Candidat, Fiche, Verdict, candidats, decider};
pub use reception::{Attente, Canal, EtatReception, Reception};
pub use recevoir::{annoncer_oubliees, garder, garder_courrier, planifier, recevoir};
pub use records::{
    Avis, Classe, DejaRecu, Lu, TOPIC_CLASSE, TOPIC_CONFIEE, TOPIC_RECUE, creer, document_de, documents_de, lane_attente,
    lane_contenues, lane_traitees, produire, reprendre,
};
pub use regler::{Reglement, confiee, regler};
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
