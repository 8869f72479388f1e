//! What the header of a document says.

use crate::datatype::{Code, Id, Interval};
use crate::party::{Address, Entity, Organization};
use crate::patient::Patient;
use crate::timestamp::Timestamp;

/// An author of the document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Author {
    /// When the author validated the document.
    pub time: Option<Timestamp>,
    /// Function, such as `PCP` for the attending physician.
    pub function: Option<Code>,
    /// Who.
    pub entity: Entity,
}

/// A signature: legal authenticator, or a professional who attests validity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signature {
    /// When.
    pub time: Option<Timestamp>,
    /// `S` when signed.
    pub signature_code: Option<String>,
    /// Who.
    pub entity: Entity,
}

/// A participant or a recipient, with the nature of the participation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Participant {
    /// HL7 type: `INF`, `REF`, `PRCP` first recipient, `TRC` copy…
    pub type_code: Option<String>,
    /// Function, such as `PCP` for the attending physician.
    pub function: Option<Code>,
    /// When.
    pub time: Option<Interval>,
    /// Who.
    pub entity: Entity,
}

/// A relative or contact: [`Entity::class_code`] says `ECON` (to be told in an emergency) or
/// `NOK` (trusted person).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Informant {
    /// Who.
    pub entity: Entity,
}

/// A professional who carried out a documented act.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Performer {
    /// HL7 type, such as `PRF`.
    pub type_code: Option<String>,
    /// Function.
    pub function: Option<Code>,
    /// When.
    pub time: Option<Interval>,
    /// Who.
    pub entity: Entity,
}

/// An act the document is about (`documentationOf/serviceEvent`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServiceEvent {
    /// Identifiers.
    pub ids: Vec<Id>,
    /// What the act is.
    pub code: Option<Code>,
    /// When.
    pub period: Option<Interval>,
    /// Who carried it out.
    pub performers: Vec<Performer>,
}

/// The place of care.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facility {
    /// Identifiers.
    pub ids: Vec<Id>,
    /// Sector of activity, such as `SA17` for a nursing home.
    pub code: Option<Code>,
    /// Name of the place.
    pub name: Option<String>,
    /// Addresses of the place.
    pub addresses: Vec<Address>,
}

/// The stay or visit during which the document was made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Encounter {
    /// Identifiers, such as the number of the stay.
    pub ids: Vec<Id>,
    /// `IMP` stay, `AMB` visit, `EMER` emergency…
    pub code: Option<Code>,
    /// When.
    pub period: Option<Interval>,
    /// Discharge disposition.
    pub discharge: Option<Code>,
    /// Where.
    pub facility: Option<Facility>,
    /// Professional responsible for the stay.
    pub responsible: Option<Entity>,
}

/// A document this one replaces, completes or transforms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RelatedDocument {
    /// `RPLC` replaces, `APND` completes, `XFRM` transforms.
    pub type_code: Option<String>,
    /// Identifiers of the other document.
    pub ids: Vec<Id>,
    /// Its set of versions.
    pub set_id: Option<Id>,
    /// Its version.
    pub version_number: Option<u32>,
    /// Its type.
    pub code: Option<Code>,
}

/// The header of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Realm, `FR` in France.
    pub realm: Option<String>,
    /// Models the document says it follows.
    pub template_ids: Vec<Id>,
    /// Unique identifier of this version of the document.
    pub id: Id,
    /// Identifier common to all versions.
    pub set_id: Option<Id>,
    /// Version, a positive integer.
    pub version_number: Option<u32>,
    /// Type (LOINC or TRE_A05).
    pub code: Code,
    /// Title.
    pub title: Option<String>,
    /// Creation.
    pub effective_time: Timestamp,
    /// `N` normal, `R` restricted, `V` very restricted.
    pub confidentiality: Option<Code>,
    /// Language, such as `fr-FR`.
    pub language: Option<String>,
    /// Patient.
    pub patient: Patient,
    /// Authors.
    pub authors: Vec<Author>,
    /// Relatives and contacts.
    pub informants: Vec<Informant>,
    /// Organisation that keeps the document.
    pub custodian: Option<Organization>,
    /// Recipients.
    pub recipients: Vec<Participant>,
    /// Who takes responsibility for the document.
    pub legal_authenticator: Option<Signature>,
    /// Who else attests its validity.
    pub authenticators: Vec<Signature>,
    /// Other participants, such as the attending physician.
    pub participants: Vec<Participant>,
    /// Orders the document answers.
    pub orders: Vec<Id>,
    /// Acts the document is about.
    pub service_events: Vec<ServiceEvent>,
    /// Documents this one replaces or completes.
    pub related_documents: Vec<RelatedDocument>,
    /// Stay or visit.
    pub encounter: Option<Encounter>,
}
