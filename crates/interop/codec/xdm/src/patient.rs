//! The patient as the metadata name him.

use crate::ebrim::LONG_NAME;
use crate::hl7::{Components, authority, escape};

/// OIDs of the national health identity (INS): NIR, NIA, test, demonstration.
const INS: [&str; 4] = ["1.2.250.1.213.1.4.8", "1.2.250.1.213.1.4.9", "1.2.250.1.213.1.4.10", "1.2.250.1.213.1.4.11"];

/// An identifier of a patient, CX in HL7 v2.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PatientId {
    /// The identifier.
    pub value: String,
    /// OID of the authority that gave it.
    pub authority: String,
    /// `NH` for the national identity, `PI` for the identifier of an establishment; may be absent.
    pub id_type: Option<String>,
}

impl PatientId {
    /// A national identity (INS) with the OID of its kind.
    pub fn ins(value: impl Into<String>, oid: impl Into<String>) -> Self {
        Self { value: value.into(), authority: oid.into(), id_type: Some("NH".to_owned()) }
    }

    /// The identifier of the patient in an establishment (IPP).
    pub fn local(value: impl Into<String>, oid: impl Into<String>) -> Self {
        Self { value: value.into(), authority: oid.into(), id_type: Some("PI".to_owned()) }
    }

    /// Whether the authority is one of the four of the national identity.
    pub fn is_ins(&self) -> bool {
        INS.contains(&self.authority.as_str())
    }

    /// Whether both name the same identifier, whatever the type written beside it.
    pub fn same_as(&self, other: &Self) -> bool {
        self.value == other.value && self.authority == other.authority
    }

    /// Reads a CX; `None` without a value or without an authority.
    pub(crate) fn parse(written: &str) -> Option<Self> {
        let parts = Components::of(written.trim());
        let (value, authority, id_type) = (parts.text(1), parts.authority(4), parts.text(5));
        let id_type = (!id_type.is_empty()).then_some(id_type);
        (!value.is_empty() && !authority.is_empty()).then_some(Self { value, authority, id_type })
    }

    pub(crate) fn print(&self) -> String {
        let id_type = self.id_type.as_ref().map(|kind| format!("^{}", escape(kind)));
        format!("{}^^^{}{}", escape(&self.value), authority(&self.authority), id_type.unwrap_or_default())
    }
}

/// A name of a patient, XPN in HL7 v2.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Name {
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// All given names of the birth certificate, separated by spaces; may be empty.
    pub given_list: String,
    /// `L` for the name of birth, `D` for the name in use.
    pub kind: String,
}

impl Name {
    fn parse(written: &str) -> Self {
        let parts = Components::of(written);
        Self { family: parts.text(1), given: parts.text(2), given_list: parts.text(3), kind: parts.text(7) }
    }

    /// A value has 256 characters (ebRIM `LongName`): the list of given names, which is optional and which the document has, is
    /// left out of the line it does not fit in. Nothing is cut.
    fn print(&self) -> String {
        let (family, given, list) = (escape(&self.family), escape(&self.given), escape(&self.given_list));
        let line = |list: &str| format!("PID-5|{family}^{given}^{list}^^^^{}", escape(&self.kind));
        let whole = line(&list);
        if whole.chars().count() > LONG_NAME { line("") } else { whole }
    }
}

/// Traits of the patient known to the sender, slot `sourcePatientInfo`. They are for display and for
/// comparison: nothing may be computed from them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PatientInfo {
    /// `PID-3`.
    pub ids: Vec<PatientId>,
    /// `PID-5`.
    pub names: Vec<Name>,
    /// `PID-7`: date of birth as written, `YYYYMMDD`; lunar dates and absent parts are kept.
    pub birth: Option<String>,
    /// `PID-8`: `M`, `F`, `U` or `O`.
    pub sex: Option<String>,
    /// Other values as written, `PID-11|…`.
    pub other: Vec<String>,
}

impl PatientInfo {
    pub(crate) fn parse(values: &[String]) -> Self {
        let mut info = Self::default();
        for value in values {
            info.add(value.trim());
        }
        info
    }

    fn add(&mut self, value: &str) {
        let content = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
        match value.split_once('|') {
            Some(("PID-3", ids)) if ids.split('~').all(|id| PatientId::parse(id).is_some()) => {
                self.ids.extend(ids.split('~').filter_map(PatientId::parse));
            }
            Some(("PID-5", names)) if !names.is_empty() => self.names.extend(names.split('~').map(Name::parse)),
            Some(("PID-7", birth)) if self.birth.is_none() => self.birth = content(birth),
            Some(("PID-8", sex)) if self.sex.is_none() => self.sex = content(sex),
            _ => self.other.extend(content(value)),
        }
    }

    /// One value for each line; a repeated field gets a line of its own, for a value has 256 characters.
    pub(crate) fn print(&self) -> Vec<String> {
        let mut values: Vec<String> = self.ids.iter().map(|id| format!("PID-3|{}", id.print())).collect();
        values.extend(self.names.iter().map(Name::print));
        values.extend(self.birth.iter().map(|birth| format!("PID-7|{}", escape(birth))));
        values.extend(self.sex.iter().map(|sex| format!("PID-8|{}", escape(sex))));
        values.extend(self.other.iter().cloned());
        values
    }
}
