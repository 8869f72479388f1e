//! HL7 data types: coded values, identifiers, authorities. The constraints are those of "Contraintes
//! sur les types de données HL7 v2.5" of IHE France.

use crate::escape::escape;
use crate::timestamp::Timestamp;
use crate::value::Value;

/// A structured value that a field can hold. Implemented by the types of this crate only.
pub trait Datatype: Sized + sealed::Sealed {
    /// Reads one repetition; `None` when it holds nothing.
    fn read(value: Value<'_>) -> Option<Self>;

    /// The raw value, with the standard separators and everything escaped.
    fn print(&self) -> String;
}

pub(crate) mod sealed {
    /// Keeps [`super::Datatype`] to this crate.
    pub trait Sealed {}
}

/// Escapes an optional text.
pub(crate) fn raw(text: Option<&str>) -> String {
    text.map(escape).unwrap_or_default()
}

/// Joins parts by a separator, without the empty ones at the end.
pub(crate) fn join<S: AsRef<str>>(parts: &[S], separator: &str) -> String {
    let kept = parts.iter().rposition(|part| !part.as_ref().is_empty()).map_or(0, |last| last + 1);
    let parts: Vec<&str> = parts.iter().take(kept).map(AsRef::as_ref).collect();
    parts.join(separator)
}

/// Who gave an identifier, or a system (`HD`): PAM.fr wants the name, the identifier and its type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Authority {
    /// Name: `ASIP-SANTE-INS-NIR`, or a local one.
    pub namespace: Option<String>,
    /// Identifier: an OID for type `ISO`, a FINESS number for types `M` and `N`.
    pub universal_id: Option<String>,
    /// `ISO` for an OID; French messages also use `M` and `N` with a FINESS number.
    pub universal_id_type: Option<String>,
}

impl Authority {
    /// An authority known by its OID.
    pub fn iso(namespace: &str, oid: &str) -> Self {
        Self {
            namespace: Some(namespace.to_owned()),
            universal_id: Some(oid.to_owned()),
            universal_id_type: Some("ISO".to_owned()),
        }
    }

    /// An authority known by its name only.
    pub fn named(namespace: &str) -> Self {
        Self { namespace: Some(namespace.to_owned()), ..Self::default() }
    }

    /// The OID, wherever the message put it: an official example gives it as the name.
    pub fn oid(&self) -> Option<&str> {
        [self.universal_id.as_deref(), self.namespace.as_deref()].into_iter().flatten().find(|id| is_oid(id))
    }

    pub(crate) fn parts(value: Value<'_>, part: impl Fn(Value<'_>, usize) -> Option<String>) -> Option<Self> {
        let read = Self { namespace: part(value, 1), universal_id: part(value, 2), universal_id_type: part(value, 3) };
        (read != Self::default()).then_some(read)
    }

    /// As the subcomponents of a component.
    pub(crate) fn read_nested(component: Value<'_>) -> Option<Self> {
        Self::parts(component, |value, n| value.subcomponent(n).opt())
    }

    pub(crate) fn print_with(&self, separator: &str) -> String {
        let parts = [&self.namespace, &self.universal_id, &self.universal_id_type];
        join(&parts.map(|part| raw(part.as_deref())), separator)
    }

    pub(crate) fn print_nested(authority: Option<&Self>) -> String {
        authority.map(|a| a.print_with("&")).unwrap_or_default()
    }
}

fn is_oid(text: &str) -> bool {
    let rooted = ["0.", "1.", "2."].iter().any(|root| text.starts_with(root));
    rooted && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

impl sealed::Sealed for Authority {}

impl Datatype for Authority {
    fn read(value: Value<'_>) -> Option<Self> {
        Self::parts(value, |value, n| value.component(n).opt())
    }

    fn print(&self) -> String {
        self.print_with("^")
    }
}

/// An identifier given by an authority (`CX`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identifier {
    /// The identifier itself.
    pub value: String,
    /// Who gave it (CX-4).
    pub authority: Option<Authority>,
    /// Its type (CX-5, HL7 table 0203 and its French extension): `PI` local patient number, `INS`
    /// national identity, `AN` administrative file, `VN` visit.
    pub kind: Option<String>,
    /// Since when it is valid (CX-7); for an INS, the day of its qualification.
    pub since: Option<Timestamp>,
    /// Until when it is valid (CX-8).
    pub until: Option<Timestamp>,
}

impl sealed::Sealed for Identifier {}

impl Datatype for Identifier {
    fn read(value: Value<'_>) -> Option<Self> {
        let time = |n| value.component(n).opt().and_then(|raw| Timestamp::parse(&raw));
        Some(Self {
            value: value.component(1).opt()?,
            authority: Authority::read_nested(value.component(4)),
            kind: value.component(5).opt(),
            since: time(7),
            until: time(8),
        })
    }

    fn print(&self) -> String {
        let time = |t: &Option<Timestamp>| t.as_ref().map(|t| t.raw.clone()).unwrap_or_default();
        let parts = [
            raw(Some(&self.value)),
            String::new(),
            String::new(),
            Authority::print_nested(self.authority.as_ref()),
            raw(self.kind.as_deref()),
            String::new(),
            time(&self.since),
            time(&self.until),
        ];
        join(&parts, "^")
    }
}

/// An identifier of an object (`EI`): a movement, a document, an order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct EntityId {
    /// The identifier itself; for a document without extension, the whole OID.
    pub id: String,
    /// Name of who gave it, or for a movement of PAM.fr the issuing application.
    pub namespace: Option<String>,
    /// OID of who gave it: for a document, the root of its identifier.
    pub universal_id: Option<String>,
    /// `ISO` when the previous is an OID.
    pub universal_id_type: Option<String>,
}

impl EntityId {
    /// An identifier without anything else.
    pub fn bare(id: &str) -> Self {
        Self { id: id.to_owned(), ..Self::default() }
    }
}

impl sealed::Sealed for EntityId {}

impl Datatype for EntityId {
    fn read(value: Value<'_>) -> Option<Self> {
        Some(Self {
            id: value.component(1).opt()?,
            namespace: value.component(2).opt(),
            universal_id: value.component(3).opt(),
            universal_id_type: value.component(4).opt(),
        })
    }

    fn print(&self) -> String {
        let parts = [Some(&self.id), self.namespace.as_ref(), self.universal_id.as_ref(), self.universal_id_type.as_ref()];
        join(&parts.map(|part| raw(part.map(String::as_str))), "^")
    }
}

/// A coded value (`CE`, `CWE`, `CNE`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Code {
    /// The code.
    pub id: Option<String>,
    /// Its label.
    pub text: Option<String>,
    /// Its system: `LN` for LOINC, `TRE_A05` for document types, `L` for local codes…
    pub system: Option<String>,
    /// The same notion in another system.
    pub alternate_id: Option<String>,
    /// Label in the other system.
    pub alternate_text: Option<String>,
    /// The other system.
    pub alternate_system: Option<String>,
}

impl Code {
    /// A code with its label and system.
    pub fn new(id: &str, text: &str, system: &str) -> Self {
        Self { id: Some(id.to_owned()), text: Some(text.to_owned()), system: Some(system.to_owned()), ..Self::default() }
    }

    /// The code in a system, wherever it stands.
    pub fn in_system(&self, system: &str) -> Option<&str> {
        let main = self.id.as_deref().filter(|_| self.system.as_deref() == Some(system));
        main.or_else(|| self.alternate_id.as_deref().filter(|_| self.alternate_system.as_deref() == Some(system)))
    }

    /// The LOINC code (system `LN`).
    pub fn loinc(&self) -> Option<&str> {
        self.in_system("LN")
    }

    /// What to show: a label, else a code.
    pub fn label(&self) -> Option<&str> {
        self.text.as_deref().or(self.alternate_text.as_deref()).or(self.id.as_deref())
    }
}

impl sealed::Sealed for Code {}

impl Datatype for Code {
    fn read(value: Value<'_>) -> Option<Self> {
        let part = |n| value.component(n).opt();
        let code = Self {
            id: part(1),
            text: part(2),
            system: part(3),
            alternate_id: part(4),
            alternate_text: part(5),
            alternate_system: part(6),
        };
        (code != Self::default()).then_some(code)
    }

    fn print(&self) -> String {
        let parts = [&self.id, &self.text, &self.system, &self.alternate_id, &self.alternate_text, &self.alternate_system];
        join(&parts.map(|part| raw(part.as_deref())), "^")
    }
}
