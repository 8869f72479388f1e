//! The patient.

use cda_r2::{Birthplace, Code, Id, NamePartKind, Patient as Written, PersonName, Timestamp};

use crate::concept::{Concept, System};
use crate::error::CisisError;
use crate::identifier::QualifiedIns;
use crate::person::{Address, Guardian, Telecom, addresses, part, telecoms};

/// Administrative sex (JDV_J143).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// `M`.
    Male,
    /// `F`.
    Female,
    /// `UN`.
    Undetermined,
}

impl Sex {
    fn concept(self) -> Concept {
        match self {
            Self::Male => Concept::new("M", "Masculin", System::Gender),
            Self::Female => Concept::new("F", "Féminin", System::Gender),
            Self::Undetermined => Concept::new("UN", "Inconnu", System::Gender),
        }
    }
}

/// The patient of a document. With a qualified INS, every strict trait is required; without it,
/// only the local identifier goes outwards (RNIV 1; CI-SIS minimal structure).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patient {
    /// National identity, qualified; `None` in any other status.
    pub ins: Option<QualifiedIns>,
    /// Identifier given by the establishment (IPP): its root is the establishment's own OID.
    pub local_id: Option<Id>,
    /// Family name at birth, required.
    pub birth_family: String,
    /// Given names at birth, in the order of the birth certificate; the first one is required.
    pub birth_given: Vec<String>,
    /// Family name used.
    pub used_family: Option<String>,
    /// Given name used.
    pub used_given: Option<String>,
    /// Administrative sex.
    pub sex: Sex,
    /// Birth date as registered: whole, partial (`1931`, `193105`) or lunar (`19310000`). The rules of
    /// the minimal structure refuse a lunar date: it is written as far as it is a date of the
    /// calendar, and a warning says so. They accept no reason for absence either: an identity rule
    /// (RNIV 1) gives a date to whoever does not know theirs, and without any the document is
    /// refused (`missing_trait`).
    pub birth_date: Option<Timestamp>,
    /// INSEE code (COG) of the municipality or country of birth, five characters; required with
    /// an INS. 99999 says that it is unknown.
    pub birth_cog: Option<String>,
    /// Name of the place of birth.
    pub birth_city: Option<String>,
    /// Address.
    pub address: Option<Address>,
    /// Telecoms. The secure box of a patient is named after their INS: without a qualified INS it is
    /// left out, and a warning says so.
    pub telecoms: Vec<Telecom>,
    /// Legal representatives.
    pub guardians: Vec<Guardian>,
}

impl Patient {
    pub(crate) fn written(&self) -> Result<Written, CisisError> {
        let ids: Vec<Id> = self.ins.as_ref().map(QualifiedIns::to_id).into_iter().chain(self.local_id.clone()).collect();
        if ids.is_empty() {
            return Err(CisisError::NoPatientIdentifier);
        }
        self.check()?;
        let code = self.sex.concept().to_code();
        let birthplace = Birthplace {
            insee_code: present(self.birth_cog.as_ref()),
            city: present(self.birth_city.as_ref()),
            ..Birthplace::default()
        };
        Ok(Written {
            ids,
            names: vec![self.name()],
            gender: Some(Code { system_name: None, ..code }),
            birth_time: self.birth_time(),
            birthplace: Some(birthplace).filter(|place| *place != Birthplace::default()),
            addresses: addresses(self.address.as_ref()),
            telecoms: telecoms(self.telecoms.iter().filter(|telecom| self.may_give(telecom))),
            guardians: self.guardians.iter().map(Guardian::to_entity).collect(),
            provider: None,
        })
    }

    /// Whether a telecom tells no national identity that must not leave.
    pub(crate) fn may_give(&self, telecom: &Telecom) -> bool {
        self.ins.is_some() || !telecom.tells_ins()
    }

    fn check(&self) -> Result<(), CisisError> {
        let missing = |which| Err(CisisError::MissingTrait { which });
        if self.birth_family.trim().is_empty() {
            return missing("birth family name");
        }
        if self.given().is_empty() {
            return missing("given name at birth");
        }
        if self.birth_date.is_none() {
            return missing("birth date");
        }
        if self.ins.is_some() && present(self.birth_cog.as_ref()).is_none() {
            return missing("INSEE code of the birthplace");
        }
        match &self.birth_cog {
            Some(cog) if !is_cog(cog) => Err(CisisError::InvalidIdentifier {
                kind: "an INSEE code (COG) of five characters",
                value: crate::error::excerpt(cog),
            }),
            _ => Ok(()),
        }
    }

    /// The birth date as far as it is a date of the calendar.
    pub(crate) fn birth_time(&self) -> Option<Timestamp> {
        let date = self.birth_date.as_ref()?;
        let length = match (date.month, date.day) {
            (Some(1..=12), Some(_)) if date.is_calendar_date() => 8,
            (Some(1..=12), _) => 6,
            _ => 4,
        };
        Timestamp::parse(date.raw.get(..length.min(date.raw.len()))?)
    }

    fn given(&self) -> Vec<&str> {
        self.birth_given.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).collect()
    }

    /// Names as the French minimal header has them: `CL` is the only qualifier it admits for what
    /// is used (`SP` is refused).
    fn name(&self) -> PersonName {
        let given = self.given();
        let mut parts = vec![
            part(NamePartKind::Family, &self.birth_family, Some("BR")),
            part(NamePartKind::Given, &given.join(" "), None),
            part(NamePartKind::Given, given.first().copied().unwrap_or_default(), Some("BR")),
        ];
        if let Some(family) = present(self.used_family.as_ref()) {
            parts.push(part(NamePartKind::Family, &family, Some("CL")));
        }
        if let Some(used) = present(self.used_given.as_ref()) {
            parts.push(part(NamePartKind::Given, &used, Some("CL")));
        }
        PersonName { uses: Vec::new(), parts }
    }
}

fn present(value: Option<&String>) -> Option<String> {
    value.map(|text| text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Five digits, or 2A and 2B and three digits.
fn is_cog(cog: &str) -> bool {
    let digits = cog.strip_prefix("2A").or_else(|| cog.strip_prefix("2B")).unwrap_or(cog);
    cog.len() == 5 && digits.bytes().all(|b| b.is_ascii_digit())
}
