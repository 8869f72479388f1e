//! Documents to an `IHE_XDM.zip`: one submission of one person.

use cda_r2::{ClinicalDocument, Limits};
use jiff::Timestamp;
use uuid::Uuid;
use xdm::{Code, Document, Origin, PatientId, SubmissionSet, Subset, UtcTime, XdmError};

use crate::metadonnees::entree;

/// Why the submission is made (JDV_J03): the person lives in the house.
const ACCUEIL: (&str, &str, &str) = ("43", "1.2.250.1.213.2.2", "Tous modes d'accueil avec hébergement");

/// A document which leaves.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The document of the record.
    pub id: Uuid,
    /// Clinical document, as kept.
    pub octets: Vec<u8>,
    /// A readable PDF of it.
    pub lisible: Option<Vec<u8>>,
}

/// Why a package cannot be made, in French.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impossible(pub String);

/// Makes the package of documents of one person; the same call makes the same bytes.
///
/// # Errors
/// [`Impossible`]: what lacks, or which document cannot leave.
pub fn composer(envoi: Uuid, pieces: &[Piece], le: Timestamp, origine: &Origin) -> Result<Vec<u8>, Impossible> {
    let mut documents = Vec::new();
    for piece in pieces {
        let lu = cda_r2::parse(&piece.octets, &Limits::default())
            .map_err(|erreur| Impossible(format!("un document du dossier ne se relit pas ({erreur})")))?;
        documents.push(document(envoi, piece, &lu));
    }
    let premier = documents.first().ok_or_else(|| Impossible("aucun document".to_owned()))?;
    let submission = SubmissionSet {
        entry_uuid: format!("urn:uuid:{}", kernel::id::derived(envoi, "lot")),
        unique_id: format!("2.25.{}", kernel::id::derived(envoi, "lot-unique").as_u128()),
        source_id: format!("2.25.{}", kernel::id::derived(Uuid::nil(), &origine.institution).as_u128()),
        patient_id: premier.entry.patient_id.clone(),
        submission_time: UtcTime::parse(&le.strftime("%Y%m%d%H%M%S").to_string()),
        content_type: Some(Code::new(ACCUEIL.0, ACCUEIL.1, ACCUEIL.2)),
        authors: premier.entry.authors.clone(),
        title: premier.entry.title.clone(),
        ..SubmissionSet::default()
    };
    let subset = Subset { submission, documents };
    xdm::write(&[subset], origine).map_err(|erreur| Impossible(phrase(&erreur)))
}

fn document(envoi: Uuid, piece: &Piece, lu: &ClinicalDocument) -> Document {
    let mut entry = entree(lu, kernel::id::derived(envoi, &piece.id.to_string()));
    // An identifier of the house is only known there: a document without INS is sent under it all the same.
    if entry.patient_id.is_none() {
        entry.patient_id = Some(PatientId::local(piece.id.to_string(), "2.25.0"));
    }
    Document { entry, bytes: piece.octets.clone(), readable: piece.lisible.clone() }
}

fn phrase(erreur: &XdmError) -> String {
    match erreur {
        XdmError::Missing { field } => format!("le document ne dit pas tout ce qu'un envoi demande ({field})"),
        XdmError::SeveralPatients { .. } => "les documents nomment plusieurs personnes".to_owned(),
        autre => format!("le colis ne peut pas être fait ({autre})"),
    }
}
