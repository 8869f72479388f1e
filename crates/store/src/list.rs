//! A list by its number: what the database finds its records by (ADR 0026).

use uuid::Uuid;

use crate::digest::{Short, short};
use crate::{Row, Scope};

/// The number of a list of a kind: the first six bytes of the SHA-256 of its name, then the first two of that of the kind, so
/// that what is kept of a person stands side by side. The list of a person is that of [`crate::person_lane`].
///
/// Two lists may share a number: who reads by it asks for the kind and for the name (or the person) as well.
pub(crate) fn number(kind: &str, list: &str) -> i64 {
    let mut bytes = [0; 8];
    bytes[..6].copy_from_slice(&short(list.as_bytes())[..6]);
    bytes[6..].copy_from_slice(&short(kind.as_bytes())[..2]);
    i64::from_be_bytes(bytes)
}

/// The number of the list of a person.
pub(crate) fn number_of_person(kind: &str, person: Uuid) -> i64 {
    number(kind, &crate::person_lane(person))
}

/// The numbers of the lists a record is on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    pub(crate) lane: Option<i64>,
    pub(crate) lane2: Option<i64>,
    pub(crate) person: Option<i64>,
}

impl Numbers {
    pub(crate) fn of(kind: &str, scope: &Scope) -> Self {
        Self {
            lane: scope.lane.as_deref().map(|list| number(kind, list)),
            lane2: scope.lane2.as_deref().map(|list| number(kind, list)),
            person: scope.person.map(|person| number_of_person(kind, person)),
        }
    }
}

/// A version of a record, and the numbers its row is found by: a former one is on no list.
#[derive(Debug)]
pub(crate) struct Version {
    pub(crate) row: Row,
    pub(crate) numbers: Option<Numbers>,
}

impl Version {
    /// True if the lists which give it are those it says it is on.
    pub(crate) fn is_well_listed(&self) -> bool {
        self.numbers.is_none_or(|numbers| numbers == Numbers::of(&self.row.kind, &self.row.scope))
    }

    /// True if it is what a line of the journal tells.
    pub(crate) fn is_as_told(&self, digest: &Short, kind: &str) -> bool {
        self.row.digest() == *digest && self.row.kind == kind && self.is_well_listed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `printf U1 | sha256sum` begins with 316ca0efda62, `printf note | sha256sum` with edb4.
    #[test]
    fn a_number_is_made_of_the_beginnings_of_two_sha_256() {
        assert_eq!(number("note", "U1"), 0x316c_a0ef_da62_edb4);
        assert_ne!(number("note", "U1"), number("mesure", "U1"));
        let person = Uuid::from_u128(0x50);
        assert_eq!(number_of_person("note", person), number("note", "personne/00000000-0000-0000-0000-000000000050"));
        let scope = Scope::of(Uuid::nil()).lane("a").person(person);
        let expected = Numbers { lane: Some(number("note", "a")), lane2: None, person: Some(number_of_person("note", person)) };
        assert_eq!(Numbers::of("note", &scope), expected);
    }
}
