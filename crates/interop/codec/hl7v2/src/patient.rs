//! PID and MRG: the patient, and the identities merged into it.

use crate::datatype::{Datatype, Identifier};
use crate::draft::SegmentDraft;
use crate::error::Hl7Error;
use crate::message::Message;
use crate::person::{Address, PersonName, Telecom};
use crate::reading::{Reading, every, one, patient_segment};
use crate::timestamp::Timestamp;
use crate::value::Segment;

/// Which national identity (INS) an identifier is, by the OID of its authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InsKind {
    /// NIR, 1.2.250.1.213.1.4.8.
    Nir,
    /// NIA, waiting for a NIR, 1.2.250.1.213.1.4.9.
    Nia,
    /// Test identity, 1.2.250.1.213.1.4.10.
    Test,
    /// Demonstration identity, 1.2.250.1.213.1.4.11.
    Demonstration,
}

impl InsKind {
    /// The kind of an OID; `None` when it is not that of an INS.
    pub fn from_oid(oid: &str) -> Option<Self> {
        match oid.strip_prefix("1.2.250.1.213.1.4.")? {
            "8" => Some(Self::Nir),
            "9" => Some(Self::Nia),
            "10" => Some(Self::Test),
            "11" => Some(Self::Demonstration),
            _ => None,
        }
    }
}

/// Sex (PID-8, HL7 table 0001).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sex {
    /// `F`
    Female,
    /// `M`
    Male,
    /// `U`
    Unknown,
    /// `O`
    Other,
    /// `A`
    Ambiguous,
    /// `N`
    NotApplicable,
}

impl Sex {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Female, "F"),
        (Self::Male, "M"),
        (Self::Unknown, "U"),
        (Self::Other, "O"),
        (Self::Ambiguous, "A"),
        (Self::NotApplicable, "N"),
    ];

    /// Code to write in PID-8.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(sex, _)| *sex == self).map_or("U", |(_, code)| code)
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == code).map(|(sex, _)| *sex)
    }
}

/// The patient of a message (PID).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patient {
    /// PID-3, at least one: local number (`PI`), INS…
    pub identifiers: Vec<Identifier>,
    /// PID-5: name of birth (`L`), name used (`D`).
    pub names: Vec<PersonName>,
    /// PID-7; may be a "lunar" date.
    pub birth: Option<Timestamp>,
    /// PID-8.
    pub sex: Option<Sex>,
    /// PID-11: home (`H`), place of birth (`BDL`).
    pub addresses: Vec<Address>,
    /// PID-13 and PID-14.
    pub telecoms: Vec<Telecom>,
    /// PID-18: the administrative file.
    pub account: Option<Identifier>,
    /// PID-29.
    pub died: Option<Timestamp>,
    /// PID-30.
    pub dead: Option<bool>,
    /// PID-32: reliability of the identity (HL7 table 0445 extended for France): `PROV`, `VALI`, `DOUT`,
    /// `FICT`…
    pub identity_status: Vec<String>,
    /// PID-33: when the identity was last changed.
    pub updated: Option<Timestamp>,
}

impl Patient {
    /// Reads the only PID of a message.
    pub(crate) fn read(message: &Message, reading: &mut Reading) -> Result<Self, Hl7Error> {
        let pid = patient_segment(message)?;
        let identifiers: Vec<Identifier> = every(pid, 3);
        if identifiers.is_empty() {
            return Err(Hl7Error::missing(pid.path(3)));
        }
        let mut telecoms: Vec<Telecom> = every(pid, 13);
        telecoms.extend(every(pid, 14));
        let patient = Self {
            identifiers,
            names: every(pid, 5),
            birth: reading.time(pid, 7),
            sex: reading.code(pid, 8, Sex::from_code),
            addresses: every(pid, 11),
            telecoms,
            account: one(pid, 18),
            died: reading.time(pid, 29),
            dead: reading.flag(pid, 30),
            identity_status: pid.field(32).repetitions().filter_map(|value| value.opt()).collect(),
            updated: reading.time(pid, 33),
        };
        patient.tell(pid, reading);
        Ok(patient)
    }

    /// Tells what is odd in an identity that was read all the same.
    fn tell(&self, pid: Segment<'_>, reading: &mut Reading) {
        if self.names.iter().all(|name| name.family.is_none()) {
            reading.warn(pid, 5, "no family name");
        }
        for identifier in &self.identifiers {
            let by_oid = ins_kind(identifier).is_some();
            let by_type = identifier.kind.as_deref() == Some("INS");
            if by_oid != by_type {
                reading.warn(pid, 3, "the type INS and the OID of the authority do not agree");
            }
        }
        if !self.ins().is_empty() && !self.identity_status.is_empty() && !self.is_validated() {
            reading.warn(pid, 32, "an INS is sent although the identity is not said to be validated");
        }
    }

    /// The national identities, by the OID of their authority. Their key is not checked here, and
    /// only a validated identity may be trusted.
    pub fn ins(&self) -> Vec<(InsKind, &str)> {
        self.identifiers.iter().filter_map(|i| Some((ins_kind(i)?, i.value.as_str()))).collect()
    }

    /// The identifiers of a type: `PI`, `INS`…
    pub fn identifiers_of(&self, kind: &str) -> impl Iterator<Item = &Identifier> {
        self.identifiers.iter().filter(move |i| i.kind.as_deref() == Some(kind))
    }

    /// Whether PID-32 says that the identity is validated (`VALI`). With an INS, the identity is
    /// then qualified.
    pub fn is_validated(&self) -> bool {
        self.identity_status.iter().any(|status| status == "VALI")
    }

    /// The name of birth (type `L`).
    pub fn birth_name(&self) -> Option<&PersonName> {
        self.names.iter().find(|name| name.kind.as_deref() == Some("L"))
    }

    /// The name used (type `D`).
    pub fn used_name(&self) -> Option<&PersonName> {
        self.names.iter().find(|name| name.kind.as_deref() == Some("D"))
    }

    /// INSEE code of the place of birth: component 9 of the repetition `BDL` of PID-11.
    pub fn birth_place_code(&self) -> Option<&str> {
        self.addresses.iter().find(|a| a.kind.as_deref() == Some("BDL")).and_then(|a| a.insee_code.as_deref())
    }

    /// As a PID segment.
    pub(crate) fn draft(&self) -> Result<SegmentDraft, Hl7Error> {
        if self.identifiers.is_empty() {
            return Err(Hl7Error::missing("PID-3"));
        }
        if self.names.first().is_none_or(|name| name.family.is_none()) {
            return Err(Hl7Error::missing("PID-5"));
        }
        let statuses: Vec<String> = self.identity_status.iter().map(|s| crate::escape::escape(s)).collect();
        Ok(SegmentDraft::new("PID")
            .text(1, "1")
            .values(3, &self.identifiers)
            .values(5, &self.names)
            .time(7, self.birth.as_ref())
            .opt(8, self.sex.map(Sex::code))
            .values(11, &self.addresses)
            .values(13, &self.telecoms)
            .value(18, self.account.as_ref())
            .time(29, self.died.as_ref())
            .flag(30, self.dead)
            .raw(32, statuses.join("~"))
            .time(33, self.updated.as_ref()))
    }
}

fn ins_kind(identifier: &Identifier) -> Option<InsKind> {
    identifier.authority.as_ref().and_then(|a| a.oid()).and_then(InsKind::from_oid)
}

/// What a merge or a move takes away (MRG).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merge {
    /// MRG-1: the identifiers that disappear, replaced by those of PID-3.
    pub identifiers: Vec<Identifier>,
    /// MRG-3: the administrative file before the change.
    pub account: Option<Identifier>,
    /// MRG-7: the name that disappears.
    pub names: Vec<PersonName>,
}

impl Merge {
    /// Reads MRG.
    pub(crate) fn read(mrg: Segment<'_>) -> Self {
        Self { identifiers: every(mrg, 1), account: one(mrg, 3), names: every(mrg, 7) }
    }

    pub(crate) fn draft(&self) -> SegmentDraft {
        let account = self.account.as_ref().map(Datatype::print).unwrap_or_default();
        SegmentDraft::new("MRG").values(1, &self.identifiers).raw(3, account).values(7, &self.names)
    }
}
