//! HL7 data types, persons and organisations as elements.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::datatype::{Code, Id, Interval};
use crate::name::{NamePartKind, PersonName};
use crate::party::{Address, Entity, Organization, Telecom, TelecomKind};
use crate::timestamp::Timestamp;
use crate::write::element::Element;

/// Parts an address may have in CDA R2, and `text` for loose text.
const ADDRESS_PARTS: [&str; 27] = [
    "additionalLocator",
    "buildingNumberSuffix",
    "careOf",
    "censusTract",
    "city",
    "country",
    "county",
    "delimiter",
    "deliveryAddressLine",
    "deliveryInstallationArea",
    "deliveryInstallationQualifier",
    "deliveryInstallationType",
    "deliveryMode",
    "deliveryModeIdentifier",
    "direction",
    "houseNumber",
    "houseNumberNumeric",
    "postBox",
    "postalCode",
    "precinct",
    "state",
    "streetAddressLine",
    "streetName",
    "streetNameBase",
    "streetNameType",
    "unitID",
    "unitType",
];

/// An identifier, as an `id` element.
pub fn id(id: &Id) -> Element {
    named_id("id", id)
}

pub(crate) fn named_id(name: &'static str, id: &Id) -> Element {
    Element::new(name)
        .with("root", &id.root)
        .maybe("extension", id.extension.as_deref())
        .maybe("assigningAuthorityName", id.authority.as_deref())
}

/// A coded value, as an element of this name. The type (`xsi:type`) is the caller's to add.
pub fn code(name: &'static str, code: &Code) -> Element {
    let mut element = Element::new(name)
        .maybe("code", code.code.as_deref())
        .maybe("codeSystem", code.system.as_deref())
        .maybe("codeSystemName", code.system_name.as_deref())
        .maybe("displayName", code.display.as_deref())
        .maybe("nullFlavor", code.null_flavor.as_deref());
    if code.original_text.is_some() || code.original_reference.is_some() {
        let mut original = Element::new("originalText");
        if let Some(text) = &code.original_text {
            original = original.text(text);
        }
        let target = code.original_reference.as_ref();
        let reference = target.map(|id| Element::new("reference").with("value", format!("#{id}")));
        element = element.child(original.children(reference));
    }
    element.children(code.translations.iter().map(|other| self::code("translation", other)))
}

/// A postal address. A part whose kind CDA does not know is written as a line of the address.
pub fn address(address: &Address) -> Element {
    let mut element = Element::new("addr").with("use", address.uses.join(" "));
    for part in &address.parts {
        if part.kind == "text" {
            element = element.text(&part.value);
            continue;
        }
        let known = ADDRESS_PARTS.iter().find(|name| **name == part.kind);
        element = element.child(Element::new(known.unwrap_or(&"streetAddressLine")).text(&part.value));
    }
    element
}

/// A telecommunication address, its scheme restored from its kind.
pub fn telecom(telecom: &Telecom) -> Element {
    let scheme = match telecom.kind {
        TelecomKind::Phone => "tel:",
        TelecomKind::Fax => "fax:",
        TelecomKind::Mail => "mailto:",
        TelecomKind::Web | TelecomKind::Other => "",
    };
    Element::new("telecom").with("value", format!("{scheme}{}", telecom.value)).with("use", telecom.uses.join(" "))
}

/// An organisation, as an element of this name.
pub fn organization(name: &'static str, organization: &Organization) -> Element {
    Element::new(name)
        .children(organization.ids.iter().map(id))
        .children(organization.name.as_ref().map(|text| Element::new("name").text(text)))
        .children(organization.telecoms.iter().map(telecom))
        .children(organization.addresses.iter().map(address))
        .children(organization.industry.as_ref().map(|kind| code("standardIndustryClassCode", kind)))
}

/// A file in base64, as an element of this name (`text` of a level 1 body, `value` of a media).
pub fn embedded_file(name: &'static str, media_type: &str, bytes: &[u8]) -> Element {
    Element::new(name).with("mediaType", media_type).with("representation", "B64").base64(STANDARD.encode(bytes))
}

pub(crate) fn person_name(name: &PersonName) -> Element {
    let mut element = Element::new("name").with("use", name.uses.join(" "));
    for part in &name.parts {
        let kind = match part.kind {
            NamePartKind::Prefix => "prefix",
            NamePartKind::Given => "given",
            NamePartKind::Family => "family",
            NamePartKind::Suffix => "suffix",
            NamePartKind::Text => {
                element = element.text(&part.value);
                continue;
            }
        };
        element = element.child(Element::new(kind).with("qualifier", part.qualifiers.join(" ")).text(&part.value));
    }
    element
}

pub(crate) fn time(name: &'static str, time: &Timestamp) -> Element {
    Element::new(name).with("value", &time.raw)
}

pub(crate) fn interval(name: &'static str, interval: &Interval) -> Element {
    let whole = Element::new(name).maybe("value", interval.value.as_ref().map(|time| time.raw.as_str()));
    whole
        .children(interval.low.as_ref().map(|low| time("low", low)))
        .children(interval.high.as_ref().map(|high| time("high", high)))
}

/// The names CDA gives to the parts of one kind of role.
pub(crate) struct Role {
    pub(crate) name: &'static str,
    pub(crate) person: &'static str,
    pub(crate) organization: &'static str,
    /// Whether the role may carry a code.
    pub(crate) coded: bool,
    /// Whether the role may carry identifiers.
    pub(crate) identified: bool,
}

/// A role and who plays it. A person and an organisation are both written.
pub(crate) fn entity(role: &Role, entity: &Entity) -> Element {
    let mut element = Element::new(role.name).maybe("classCode", entity.class_code.as_deref());
    if role.identified {
        element = element.children(entity.ids.iter().map(id));
    }
    if role.coded {
        element = element.children(entity.code.as_ref().map(|kind| code("code", kind)));
    }
    element = element.children(entity.addresses.iter().map(address)).children(entity.telecoms.iter().map(telecom));
    if !entity.names.is_empty() {
        element = element.child(Element::new(role.person).children(entity.names.iter().map(person_name)));
    } else if let Some(device) = &entity.device {
        let model = Element::new("manufacturerModelName").text(device);
        let software = Element::new("softwareName").absent("NI");
        element = element.child(Element::new("assignedAuthoringDevice").child(model).child(software));
    }
    element.children(entity.organization.as_ref().map(|own| organization(role.organization, own)))
}
