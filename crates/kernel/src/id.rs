//! Identifiers: one type a kind of thing, all of them UUIDs.

/// Declares identifier types over [`uuid::Uuid`], so that a unit is never taken for a person.
#[macro_export]
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $crate::uuid::Uuid);

        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.0, f)
            }
        }
        impl ::core::str::FromStr for $name {
            type Err = $crate::uuid::Error;
            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::str::FromStr::from_str(text).map(Self)
            }
        }
        impl From<$crate::uuid::Uuid> for $name {
            fn from(id: $crate::uuid::Uuid) -> Self { Self(id) }
        }
        impl From<$name> for $crate::uuid::Uuid {
            fn from(id: $name) -> Self { id.0 }
        }
    )+};
}

ids! {
    /// A person accompanied (« résident » on an EHPAD's screens).
    UsagerId;
    /// An establishment or service, FINESS géographique.
    EtablissementId;
    /// A legal entity which runs establishments, FINESS juridique.
    OrganismeId;
    /// A unit (sector) of an establishment.
    UniteId;
    /// A room of a unit.
    ChambreId;
    /// A bed of a room.
    LitId;
    /// A stay of a person in an establishment.
    SejourId;
    /// A professional.
    ProfessionnelId;
    /// A login.
    CompteId;
    /// A device used at the bedside.
    PosteId;
}

/// A stable id made from a namespace and a name: the same inputs always give the same id.
///
/// Used where a record has a natural key (settings of an establishment, the gate's line about a person).
pub fn derived(namespace: uuid::Uuid, name: &str) -> uuid::Uuid {
    uuid::Uuid::new_v5(&namespace, name.as_bytes())
}

/// The same for what one gesture creates: as old as the gesture (UUIDv7), so that neighbours in time stay neighbours on disk.
pub fn derived_from_gesture(gesture: uuid::Uuid, name: &str) -> uuid::Uuid {
    let mut bytes = *gesture.as_bytes();
    let own = derived(gesture, name);
    bytes[8..].copy_from_slice(&own.as_bytes()[8..]);
    uuid::Uuid::from_bytes(bytes)
}
