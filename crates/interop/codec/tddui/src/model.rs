//! Plain values of a transfer.

/// Administrative sex of the INS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// `male`
    Male,
    /// `female`
    Female,
    /// `unknown`
    Unknown,
}

/// A qualified national identifier: authority (OID without prefix) and number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qualified {
    /// OID of the authority: 1.2.250.1.213.1.4.8 (NIR), .9 (NIA), .10 (test), .11 (demonstration).
    pub oid: String,
    /// Fifteen characters.
    pub number: String,
}

/// INSEE code of a town or a country (five characters).
pub type Insee = String;

/// The resident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patient {
    /// Business identifier: `3` + FINESS + `/` + local id.
    pub local_id: String,
    /// Written only when qualified. Read: what the bundle claims, which proves nothing.
    pub ins: Option<Qualified>,
    /// Birth name.
    pub family: String,
    /// First birth name.
    pub given: String,
    /// Every birth first name, in order.
    pub given_names: String,
    /// Used name and first name, when they differ.
    pub used: Option<(String, String)>,
    /// Sex.
    pub gender: Gender,
    /// `1936`, `1936-03` or `1936-03-12`.
    pub birth_date: String,
    /// Birth place.
    pub birth_place: Option<Insee>,
}

/// An establishment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// FINESS number; empty when the bundle gives none.
    pub finess: String,
    /// Name.
    pub name: String,
}

/// Where a stay stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StayStatus {
    /// Expected.
    Planned,
    /// In progress.
    InProgress,
    /// Over.
    Finished,
}

/// A stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// Business identifier, `…-SEJOUR-…`.
    pub id: String,
    /// Where it stands.
    pub status: StayStatus,
    /// Code of v3-ActCode: `IMP` (in the house), `AMB` (day), `HH` (at home).
    pub class: String,
    /// First day, ISO.
    pub start: Option<String>,
    /// Last day, ISO.
    pub end: Option<String>,
    /// Foreseen last day, ISO.
    pub planned_end: Option<String>,
    /// How the person came, in words.
    pub entry: String,
    /// How the person left, in words.
    pub exit: String,
}

/// Where an event stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventStatus {
    /// Planned.
    Planned,
    /// Done.
    Finished,
}

/// Something which happened during the stay: absence, hospitalisation, change of room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Business identifier, `…-EVN-…`.
    pub id: String,
    /// What, in words.
    pub label: String,
    /// Where it stands.
    pub status: EventStatus,
    /// From, RFC 3339.
    pub start: String,
    /// To, RFC 3339; the profile demands it.
    pub end: String,
}

/// What a contact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactRole {
    /// To be told in an emergency (`ECON`).
    Emergency,
    /// Personne de confiance (`NOK`).
    Trusted,
    /// Anybody else: in words only.
    Other,
}

/// Somebody around the resident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Identifier within the sending software.
    pub id: String,
    /// Role.
    pub role: ContactRole,
    /// Link in words: « fille aînée ».
    pub link: String,
    /// Name, whole.
    pub name: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Address, whole.
    pub address: String,
    /// Anything else.
    pub comment: String,
}

/// A document of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Unique identifier, a URI: `urn:uuid:…` or `urn:oid:…`.
    pub id: String,
    /// Title.
    pub title: String,
    /// LOINC or national code of JDV_J07, and its label; empty when unknown.
    pub kind: (String, String),
    /// Instant, RFC 3339; empty when unknown.
    pub date: String,
    /// Author in words.
    pub author: String,
    /// Media type.
    pub media_type: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A record about to leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// Its own identifier, a UUID: entries derive theirs from it.
    pub id: String,
    /// The resident.
    pub patient: Patient,
    /// The establishment which holds the record.
    pub organization: Organization,
    /// Stays, oldest first.
    pub stays: Vec<Stay>,
    /// Events of the last stay.
    pub events: Vec<Event>,
    /// Contacts, in the order to call them.
    pub contacts: Vec<Contact>,
    /// Documents.
    pub documents: Vec<Document>,
}

/// A record received, as its bundle tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The resident.
    pub patient: Patient,
    /// Establishments named.
    pub organizations: Vec<Organization>,
    /// Stays.
    pub stays: Vec<Stay>,
    /// Events.
    pub events: Vec<Event>,
    /// Contacts.
    pub contacts: Vec<Contact>,
    /// Documents.
    pub documents: Vec<Document>,
    /// Resources which are not understood here: type or profile, how many.
    pub others: Vec<(String, usize)>,
    /// What the bundle does against the guide and was read all the same.
    pub defects: Vec<String>,
    /// Version of the guide claimed by the profiles (`…|2.4.0`), when one is.
    pub version: Option<String>,
}
