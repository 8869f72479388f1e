//! Names, addresses and telecoms of persons and organisations.

use crate::datatype::{Authority, Datatype, join, raw, sealed};
use crate::value::Value;

/// A name of a person (`XPN`). In France: component 1 is the family name, 2 one given name, 3 the
/// list of given names at birth.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonName {
    /// Family name.
    pub family: Option<String>,
    /// Given name: for a birth name the first one, for a used name the one used.
    pub given: Option<String>,
    /// List of the given names at birth.
    pub given_list: Option<String>,
    /// Civility or title.
    pub prefix: Option<String>,
    /// Type (HL7 table 0200 as PAM.fr uses it): `L` name of birth, `D` name used, `S` pseudonym.
    pub kind: Option<String>,
}

impl sealed::Sealed for PersonName {}

impl Datatype for PersonName {
    fn read(value: Value<'_>) -> Option<Self> {
        let part = |n| value.component(n).opt();
        let name = Self {
            family: value.component(1).subcomponent(1).opt(),
            given: part(2),
            given_list: part(3),
            prefix: part(5),
            kind: part(7),
        };
        (name != Self::default()).then_some(name)
    }

    fn print(&self) -> String {
        let (f, g, l) = (self.family.as_deref(), self.given.as_deref(), self.given_list.as_deref());
        let parts = [f, g, l, None, self.prefix.as_deref(), None, self.kind.as_deref()];
        join(&parts.map(raw), "^")
    }
}

/// A professional or another identified person (`XCN`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Professional {
    /// Identifier: `8` followed by the RPPS number for type `IDNPS`, the bare number for `RPPS`.
    pub id: Option<String>,
    /// Family name.
    pub family: Option<String>,
    /// Given name.
    pub given: Option<String>,
    /// Civility or title.
    pub prefix: Option<String>,
    /// Who gave the identifier: OID 1.2.250.1.71.4.2.1 for professionals.
    pub authority: Option<Authority>,
    /// Type of the name: `D` name used, `L` name of birth.
    pub name_kind: Option<String>,
    /// Type of the identifier: `IDNPS`, `RPPS`, `ADELI`, `EI`…
    pub id_kind: Option<String>,
}

impl sealed::Sealed for Professional {}

impl Datatype for Professional {
    fn read(value: Value<'_>) -> Option<Self> {
        let part = |n| value.component(n).opt();
        let person = Self {
            id: part(1),
            family: value.component(2).subcomponent(1).opt(),
            given: part(3),
            prefix: part(6),
            authority: Authority::read_nested(value.component(9)),
            name_kind: part(10),
            id_kind: part(13),
        };
        (person != Self::default()).then_some(person)
    }

    fn print(&self) -> String {
        let text = |part: &Option<String>| raw(part.as_deref());
        let none = String::new;
        let parts = [
            text(&self.id),
            text(&self.family),
            text(&self.given),
            none(),
            none(),
            text(&self.prefix),
            none(),
            none(),
            Authority::print_nested(self.authority.as_ref()),
            text(&self.name_kind),
            none(),
            none(),
            text(&self.id_kind),
        ];
        join(&parts, "^")
    }
}

/// An organisation, a service or a unit (`XON`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Organization {
    /// Name.
    pub name: Option<String>,
    /// Who gave the identifier: OID 1.2.250.1.71.4.2.2 for structures, a FINESS number for units.
    pub authority: Option<Authority>,
    /// Type of the identifier: `FINEG`, `FINEJ`, `IDNST`, `UF`, `SVR`.
    pub id_kind: Option<String>,
    /// Identifier (XON-10, else the older XON-3).
    pub id: Option<String>,
}

impl sealed::Sealed for Organization {}

impl Datatype for Organization {
    fn read(value: Value<'_>) -> Option<Self> {
        let part = |n| value.component(n).opt();
        let organization = Self {
            name: part(1),
            authority: Authority::read_nested(value.component(6)),
            id_kind: part(7),
            id: part(10).or_else(|| part(3)),
        };
        (organization != Self::default()).then_some(organization)
    }

    fn print(&self) -> String {
        let none = String::new;
        let parts = [
            raw(self.name.as_deref()),
            none(),
            none(),
            none(),
            none(),
            Authority::print_nested(self.authority.as_ref()),
            raw(self.id_kind.as_deref()),
            none(),
            none(),
            raw(self.id.as_deref()),
        ];
        join(&parts, "^")
    }
}

/// A postal address, or a place of birth (`XAD`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// Street line.
    pub street: Option<String>,
    /// Second line.
    pub other: Option<String>,
    /// Municipality.
    pub city: Option<String>,
    /// Region.
    pub state: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Country, three letters.
    pub country: Option<String>,
    /// Type: `H` home, `O` office, `BDL` place of birth.
    pub kind: Option<String>,
    /// INSEE code (COG) of the municipality, or of the country for a birth abroad (XAD-9).
    pub insee_code: Option<String>,
}

impl sealed::Sealed for Address {}

impl Datatype for Address {
    fn read(value: Value<'_>) -> Option<Self> {
        let part = |n| value.component(n).opt();
        let address = Self {
            street: value.component(1).subcomponent(1).opt(),
            other: part(2),
            city: part(3),
            state: part(4),
            postal_code: part(5),
            country: part(6),
            kind: part(7),
            insee_code: part(9),
        };
        (address != Self::default()).then_some(address)
    }

    fn print(&self) -> String {
        let parts = [
            self.street.as_deref(),
            self.other.as_deref(),
            self.city.as_deref(),
            self.state.as_deref(),
            self.postal_code.as_deref(),
            self.country.as_deref(),
            self.kind.as_deref(),
            None,
            self.insee_code.as_deref(),
        ];
        join(&parts.map(raw), "^")
    }
}

/// A telephone number or an electronic address (`XTN`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Telecom {
    /// Use: `PRN` home, `WPN` work, `NET` network.
    pub usage: Option<String>,
    /// Equipment: `PH` telephone, `CP` mobile, `FX` fax, `Internet`, `X.400` a mailbox.
    pub equipment: Option<String>,
    /// Electronic address (XTN-4).
    pub address: Option<String>,
    /// Number (XTN-12, else the older XTN-1).
    pub number: Option<String>,
}

impl sealed::Sealed for Telecom {}

impl Datatype for Telecom {
    fn read(value: Value<'_>) -> Option<Self> {
        let part = |n| value.component(n).opt();
        let telecom = Self { usage: part(2), equipment: part(3), address: part(4), number: part(12).or_else(|| part(1)) };
        (telecom != Self::default()).then_some(telecom)
    }

    fn print(&self) -> String {
        let (usage, equipment) = (self.usage.as_deref(), self.equipment.as_deref());
        let (address, number) = (self.address.as_deref(), self.number.as_deref());
        let none = None;
        let parts = [none, usage, equipment, address, none, none, none, none, none, none, none, number];
        join(&parts.map(raw), "^")
    }
}

/// Where a patient lies (`PL`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Location {
    /// Unit (point of care).
    pub unit: Option<String>,
    /// Room.
    pub room: Option<String>,
    /// Bed.
    pub bed: Option<String>,
    /// Establishment.
    pub facility: Option<Authority>,
    /// Status of the bed: `O` occupied, `U` free…
    pub status: Option<String>,
    /// Building.
    pub building: Option<String>,
    /// Floor.
    pub floor: Option<String>,
    /// Description.
    pub description: Option<String>,
}

impl sealed::Sealed for Location {}

impl Datatype for Location {
    fn read(value: Value<'_>) -> Option<Self> {
        let part = |n| value.component(n).opt();
        let location = Self {
            unit: part(1),
            room: part(2),
            bed: part(3),
            facility: Authority::read_nested(value.component(4)),
            status: part(5),
            building: part(7),
            floor: part(8),
            description: part(9),
        };
        (location != Self::default()).then_some(location)
    }

    fn print(&self) -> String {
        let text = |part: &Option<String>| raw(part.as_deref());
        let parts = [
            text(&self.unit),
            text(&self.room),
            text(&self.bed),
            Authority::print_nested(self.facility.as_ref()),
            text(&self.status),
            String::new(),
            text(&self.building),
            text(&self.floor),
            text(&self.description),
        ];
        join(&parts, "^")
    }
}
