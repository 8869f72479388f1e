//! The patient of the document.

use crate::datatype::{Code, Id, time};
use crate::error::CdaError;
use crate::name::PersonName;
use crate::party::{Address, Entity, Organization, Telecom};
use crate::reader::{Element, Reader, child, child_text, children, is_xml_space, missing, single};
use crate::timestamp::Timestamp;

/// National health identity (INS), by the OID of its assigning authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InsKind {
    /// NIR, 1.2.250.1.213.1.4.8.
    Nir,
    /// NIA, 1.2.250.1.213.1.4.9: waiting number.
    Nia,
    /// Test identity, 1.2.250.1.213.1.4.10: never a real person.
    Test,
    /// Demonstration identity, 1.2.250.1.213.1.4.11: never a real person.
    Demo,
}

impl InsKind {
    /// The kind an OID stands for.
    pub fn of_root(root: &str) -> Option<Self> {
        match root {
            "1.2.250.1.213.1.4.8" => Some(Self::Nir),
            "1.2.250.1.213.1.4.9" => Some(Self::Nia),
            "1.2.250.1.213.1.4.10" => Some(Self::Test),
            "1.2.250.1.213.1.4.11" => Some(Self::Demo),
            _ => None,
        }
    }
}

/// Administrative sex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sex {
    /// Code `M`.
    Male,
    /// Code `F`.
    Female,
    /// Code `UN` or `U`.
    Undetermined,
    /// A code outside the French value set.
    Other(String),
}

/// Place of birth.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Birthplace {
    /// INSEE code of the municipality or country (`county`), as written.
    pub insee_code: Option<String>,
    /// Name of the municipality.
    pub city: Option<String>,
    /// Name of the country.
    pub country: Option<String>,
    /// Name of the place.
    pub name: Option<String>,
}

/// The patient.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patient {
    /// Every identifier: national identity and local numbers.
    pub ids: Vec<Id>,
    /// Names, usually one with qualified parts.
    pub names: Vec<PersonName>,
    /// Administrative sex as coded.
    pub gender: Option<Code>,
    /// Birth, possibly partial or lunar.
    pub birth_time: Option<Timestamp>,
    /// Place of birth.
    pub birthplace: Option<Birthplace>,
    /// Addresses.
    pub addresses: Vec<Address>,
    /// Telecoms.
    pub telecoms: Vec<Telecom>,
    /// Legal representatives.
    pub guardians: Vec<Entity>,
    /// Organisation that knows the patient under the local numbers.
    pub provider: Option<Organization>,
}

impl Patient {
    /// National identities given, with their kind and number.
    pub fn ins(&self) -> Vec<(InsKind, &str)> {
        self.ids.iter().filter_map(|id| Some((InsKind::of_root(&id.root)?, id.extension.as_deref()?))).collect()
    }

    /// Administrative sex, when a code is given.
    pub fn sex(&self) -> Option<Sex> {
        let code = self.gender.as_ref()?.code.as_deref()?;
        Some(match code {
            "M" => Sex::Male,
            "F" => Sex::Female,
            "UN" | "U" => Sex::Undetermined,
            other => Sex::Other(other.to_owned()),
        })
    }

    /// Name of birth, from the first name that gives one.
    pub fn birth_family(&self) -> Option<&str> {
        self.names.iter().find_map(PersonName::birth_family)
    }

    /// First given name at birth, from the first name that gives one.
    pub fn birth_first_given(&self) -> Option<&str> {
        self.names.iter().find_map(PersonName::birth_first_given)
    }

    /// List of the given names at birth, from the first name that gives one.
    pub fn birth_given_list(&self) -> Option<String> {
        self.names.iter().find_map(PersonName::birth_given_list)
    }
}

/// Reads the `recordTarget` of the document.
pub(crate) fn read(reader: &mut Reader<'_>, root: Element<'_>) -> Result<Patient, CdaError> {
    if children(root, "recordTarget").count() > 1 {
        return Err(CdaError::SeveralPatients);
    }
    let target = child(root, "recordTarget").ok_or_else(|| missing(root, "recordTarget"))?;
    if children(target, "patientRole").count() > 1 {
        return Err(CdaError::SeveralPatients);
    }
    let role = child(target, "patientRole").ok_or_else(|| missing(target, "patientRole"))?;
    if children(role, "patient").count() > 1 {
        return Err(CdaError::SeveralPatients);
    }
    let person = child(role, "patient").ok_or_else(|| missing(role, "patient"))?;
    let gender = single(person, "administrativeGenderCode")?;
    let birth = single(person, "birthTime")?;
    let birthplace = single(person, "birthplace")?;
    let patient = Patient {
        ids: Id::read_all(role, "id"),
        names: PersonName::read_all(person),
        gender: gender.and_then(Code::read),
        birth_time: birth.and_then(|node| time(reader, node)),
        birthplace: birthplace.and_then(read_birthplace),
        addresses: Address::read_all(role, "addr"),
        telecoms: Telecom::read_all(role),
        guardians: children(person, "guardian").map(Entity::read).collect(),
        provider: child(role, "providerOrganization").map(Organization::read),
    };
    check(reader, role, &patient);
    Ok(patient)
}

fn read_birthplace(node: Element<'_>) -> Option<Birthplace> {
    let place = child(node, "place")?;
    let address = child(place, "addr");
    let part = |name: &str| address.and_then(|node| child_text(node, name));
    let found =
        Birthplace { insee_code: part("county"), city: part("city"), country: part("country"), name: child_text(place, "name") };
    (found != Birthplace::default()).then_some(found)
}

/// Tells what the French minimal header requires of an identity and this one lacks.
fn check(reader: &mut Reader<'_>, role: Element<'_>, patient: &Patient) {
    if patient.names.is_empty() {
        reader.warn_at(role, "the patient has no name");
    }
    if patient.birth_time.as_ref().is_some_and(|t| !t.is_calendar_date()) {
        reader.warn_at(role, "the birth date is not a date of the calendar (lunar date)");
    }
    let national = patient.ins();
    if national.windows(2).any(|pair| pair[0] != pair[1]) {
        reader.warn_at(role, "the patient has several different national identities (INS)");
    }
    if national.iter().any(|(_, number)| !has_ins_form(number)) {
        reader.warn_at(role, "the national identity (INS) does not have 15 characters");
    }
    let bare = |id: &Id| InsKind::of_root(&id.root).is_some() && id.extension.is_none();
    if patient.ids.iter().any(bare) {
        reader.warn_at(role, "a national identity (INS) has no number");
    }
    if national.is_empty() {
        return;
    }
    let traits = [
        ("birth family name", patient.birth_family().is_some()),
        ("first given name at birth", patient.birth_first_given().is_some()),
        ("list of given names at birth", patient.birth_given_list().is_some()),
        ("sex", patient.sex().is_some()),
        ("birth date", patient.birth_time.is_some()),
        ("INSEE code of the birthplace", patient.birthplace.as_ref().is_some_and(|place| place.insee_code.is_some())),
    ];
    for (name, _) in traits.iter().filter(|(_, present)| !present) {
        reader.warn_at(role, &format!("a national identity (INS) is given without its {name}"));
    }
}

/// Fifteen digits, or the letter of a Corsican department in seventh place.
fn has_ins_form(number: &str) -> bool {
    let well_placed = |(at, c): (usize, char)| c.is_ascii_digit() || (at == 6 && matches!(c, 'A' | 'B'));
    !number.contains(is_xml_space) && number.len() == 15 && number.char_indices().all(well_placed)
}
