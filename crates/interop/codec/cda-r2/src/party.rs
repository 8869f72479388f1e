//! Persons and organisations: addresses, telecoms, roles.

use crate::datatype::{Code, Id};
use crate::name::PersonName;
use crate::reader::{Element, attribute, child, child_text, children, text_of, words};

/// One element of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressPart {
    /// HL7 name of the part: `houseNumber`, `streetName`, `postalCode`, `city`… or `text`.
    pub kind: String,
    /// Its text, white space collapsed.
    pub value: String,
}

/// A postal address, its parts in the order of the document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// HL7 uses: `H` home, `WP` work, `TMP` temporary…
    pub uses: Vec<String>,
    /// The parts.
    pub parts: Vec<AddressPart>,
}

impl Address {
    pub(crate) fn read_all(node: Element<'_>, name: &str) -> Vec<Self> {
        children(node, name).map(Self::read).filter(|address| !address.parts.is_empty()).collect()
    }

    fn read(node: Element<'_>) -> Self {
        let mut parts = Vec::new();
        for part in node.children().filter(|n| n.is_element() || n.is_text()) {
            let kind = if part.is_text() { "text" } else { part.tag_name().name() };
            if kind == "useablePeriod" {
                continue;
            }
            if let Some(value) = text_of(part) {
                parts.push(AddressPart { kind: kind.to_owned(), value });
            }
        }
        Self { uses: words(node, "use"), parts }
    }

    /// The first part of this kind.
    pub fn get(&self, kind: &str) -> Option<&str> {
        self.parts.iter().find(|part| part.kind == kind).map(|part| part.value.as_str())
    }

    /// The whole address on one line, in the order of the document.
    pub fn display(&self) -> String {
        let values: Vec<&str> = self.parts.iter().map(|part| part.value.as_str()).collect();
        values.join(" ")
    }
}

/// What a [`Telecom`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TelecomKind {
    /// `tel:`
    Phone,
    /// `fax:`
    Fax,
    /// `mailto:`
    Mail,
    /// `http:` or `https:`
    Web,
    /// Anything else, or no scheme.
    Other,
}

/// A telecommunication address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telecom {
    /// Deduced from the scheme.
    pub kind: TelecomKind,
    /// The number or address, without its scheme for phone, fax and mail.
    pub value: String,
    /// HL7 uses: `H` home, `MC` mobile, `WP` work…
    pub uses: Vec<String>,
}

impl Telecom {
    pub(crate) fn read_all(node: Element<'_>) -> Vec<Self> {
        children(node, "telecom").filter_map(Self::read).collect()
    }

    fn read(node: Element<'_>) -> Option<Self> {
        let raw = attribute(node, "value")?;
        let (scheme, rest) = raw.split_once(':').unwrap_or(("", &raw));
        let (kind, value) = match scheme.to_ascii_lowercase().as_str() {
            "tel" => (TelecomKind::Phone, rest),
            "fax" => (TelecomKind::Fax, rest),
            "mailto" => (TelecomKind::Mail, rest),
            "http" | "https" => (TelecomKind::Web, raw.as_str()),
            _ => (TelecomKind::Other, raw.as_str()),
        };
        Some(Self { kind, value: value.trim().to_owned(), uses: words(node, "use") })
    }
}

/// An organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Organization {
    /// Identifiers; structures have the root 1.2.250.1.71.4.2.2 (`1` + FINESS, `3` + SIRET…).
    pub ids: Vec<Id>,
    /// Name.
    pub name: Option<String>,
    /// Telecoms.
    pub telecoms: Vec<Telecom>,
    /// Addresses.
    pub addresses: Vec<Address>,
    /// Practice setting (`standardIndustryClassCode`).
    pub industry: Option<Code>,
}

impl Organization {
    pub(crate) fn read(node: Element<'_>) -> Self {
        Self {
            ids: Id::read_all(node, "id"),
            name: child_text(node, "name"),
            telecoms: Telecom::read_all(node),
            addresses: Address::read_all(node, "addr"),
            industry: Code::read_child(node, "standardIndustryClassCode"),
        }
    }
}

/// A person, device or organisation in a role: author, signatory, recipient, relative…
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entity {
    /// HL7 class of the role, such as `PROV`, `ECON` (to be told), `NOK` (trusted person).
    pub class_code: Option<String>,
    /// Identifiers; professionals have the root 1.2.250.1.71.4.2.1 (`8` + RPPS…).
    pub ids: Vec<Id>,
    /// Profession and specialty, or family link.
    pub code: Option<Code>,
    /// Names of the person; empty for a device or an organisation alone.
    pub names: Vec<PersonName>,
    /// Model and software of an authoring device.
    pub device: Option<String>,
    /// Addresses of the role.
    pub addresses: Vec<Address>,
    /// Telecoms of the role.
    pub telecoms: Vec<Telecom>,
    /// Organisation the person acts for.
    pub organization: Option<Organization>,
}

/// Elements that hold the person of a role.
const PERSONS: [&str; 6] =
    ["assignedPerson", "informationRecipient", "associatedPerson", "relatedPerson", "guardianPerson", "maintainingPerson"];
/// Elements that hold the organisation of a role.
const ORGANIZATIONS: [&str; 5] = [
    "representedOrganization",
    "receivedOrganization",
    "scopingOrganization",
    "guardianOrganization",
    "representedCustodianOrganization",
];

impl Entity {
    pub(crate) fn read(node: Element<'_>) -> Self {
        let person = PERSONS.iter().find_map(|name| child(node, name));
        let organization = ORGANIZATIONS.iter().find_map(|name| child(node, name));
        Self {
            class_code: attribute(node, "classCode"),
            ids: Id::read_all(node, "id"),
            code: Code::read_child(node, "code"),
            names: person.map(PersonName::read_all).unwrap_or_default(),
            device: child(node, "assignedAuthoringDevice").and_then(device_name),
            addresses: Address::read_all(node, "addr"),
            telecoms: Telecom::read_all(node),
            organization: organization.map(Organization::read),
        }
    }

    /// Name to show: the person, else the device, else the organisation.
    pub fn display(&self) -> Option<String> {
        let person = self.names.first().map(PersonName::display);
        let organization = self.organization.as_ref().and_then(|o| o.name.clone());
        person.or_else(|| self.device.clone()).or(organization)
    }
}

fn device_name(node: Element<'_>) -> Option<String> {
    let parts: Vec<String> = ["manufacturerModelName", "softwareName"]
        .iter()
        .filter_map(|name| {
            let found = child(node, name)?;
            text_of(found).or_else(|| attribute(found, "displayName"))
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
