//! The metadata of a document and of a submission set.

use crate::author::{Author, Person};
use crate::coded::Code;
use crate::patient::{PatientId, PatientInfo};
use crate::time::UtcTime;

/// A metadata slot this crate gives no meaning to, kept as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Slot {
    /// Name of the slot, `referenceIdList`.
    pub name: String,
    /// Its values, at most 256 characters each (ebRIM `LongName`).
    pub values: Vec<String>,
}

/// What a document is to another one (IHE ITI TF-3 4.2.2.2).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RelationKind {
    /// `RPLC`: it replaces it, and the CDA says so in relatedDocument.
    Replaces,
    /// `APND`: it completes it.
    Appends,
    /// `XFRM`: it is the same in another form.
    Transforms,
    /// `XFRM_RPLC`: it is the same in another form and replaces it.
    TransformsAndReplaces,
    /// `signs`: it is its signature.
    Signs,
    /// Another association, its URI as written.
    Other(String),
}

/// A relation of a document to another one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Relation {
    /// What it is.
    pub kind: RelationKind,
    /// `entryUUID` of the other document: of the package, or known to the receiver only.
    pub target: String,
}

/// The metadata of one document (XDSDocumentEntry), as the DMP wants them. Hash and size are not here:
/// they are computed when written and verified when read.
///
/// What [`crate::write`] demands is said field by field; [`crate::read`] accepts the absence of all but
/// `entry_uuid`, `unique_id` and `patient_id`, and tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DocumentEntry {
    /// `entryUUID`, `urn:uuid:…`. Mandatory.
    pub entry_uuid: String,
    /// `logicalID`, the same for every version of the entry, as `setId` is for the versions of a CDA.
    pub logical_id: Option<String>,
    /// `uniqueId`: the OID of ClinicalDocument/id, `root` or `root^extension`. Mandatory.
    pub unique_id: String,
    /// MIME type: `text/xml` for a CDA, `application/xslt+xml` for one with its stylesheet. Mandatory.
    pub mime_type: String,
    /// Title. Mandatory.
    pub title: Option<String>,
    /// Comment.
    pub comments: Option<String>,
    /// `patientId`: the INS, or the local identifier when there is no qualified INS. Mandatory.
    pub patient_id: Option<PatientId>,
    /// `sourcePatientId`: the local identifier, or the INS when there is none. Mandatory.
    pub source_patient_id: Option<PatientId>,
    /// `sourcePatientInfo`. At least one name is mandatory.
    pub source_patient: PatientInfo,
    /// `classCode`, JDV_J57 (from the type by ASS_X04). Mandatory.
    pub class_code: Option<Code>,
    /// `typeCode`: ClinicalDocument/code. Mandatory.
    pub type_code: Option<Code>,
    /// `formatCode`: ASS_A11 by the model of the document. Mandatory.
    pub format_code: Option<Code>,
    /// `confidentialityCode`: the document's, then those that hide it. At least one.
    pub confidentiality: Vec<Code>,
    /// `healthcareFacilityTypeCode`, JDV_J61; `SA17` for a nursing home. Mandatory.
    pub facility_type: Option<Code>,
    /// `practiceSettingCode`. Mandatory.
    pub practice_setting: Option<Code>,
    /// `eventCodeList`.
    pub events: Vec<Code>,
    /// `author`, at least one, each with a person.
    pub authors: Vec<Author>,
    /// `legalAuthenticator`. Mandatory.
    pub legal_authenticator: Option<Person>,
    /// `creationTime`: effectiveTime of the CDA. Mandatory.
    pub creation_time: Option<UtcTime>,
    /// `serviceStartTime`: start of the documented act. Mandatory.
    pub service_start: Option<UtcTime>,
    /// `serviceStopTime`.
    pub service_stop: Option<UtcTime>,
    /// `languageCode`, `fr-FR`. Mandatory.
    pub language: Option<String>,
    /// Documents it replaces, completes, transforms or signs.
    pub relations: Vec<Relation>,
    /// Slots without meaning here, `referenceIdList` for instance.
    pub other_slots: Vec<Slot>,
}

/// The metadata of a submission (XDSSubmissionSet): who sends these documents, and why.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SubmissionSet {
    /// `entryUUID`, `urn:uuid:…`. Mandatory.
    pub entry_uuid: String,
    /// `uniqueId`, an OID. Mandatory.
    pub unique_id: String,
    /// `sourceId`, the OID of the sending system. Mandatory.
    pub source_id: String,
    /// `patientId`, the one of the documents. Mandatory.
    pub patient_id: Option<PatientId>,
    /// `submissionTime`. Mandatory.
    pub submission_time: Option<UtcTime>,
    /// `contentTypeCode`, JDV_J59. Mandatory.
    pub content_type: Option<Code>,
    /// `author`: at least one, with a person.
    pub authors: Vec<Author>,
    /// Title.
    pub title: Option<String>,
    /// Comment.
    pub comments: Option<String>,
    /// `intendedRecipient`, as written (`XON|XCN|XTN`).
    pub intended_recipients: Vec<String>,
    /// Slots without meaning here.
    pub other_slots: Vec<Slot>,
}
