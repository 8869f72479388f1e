//! Scopes of SMART Backend Services: `system/Patient.read` (v1), `system/Patient.rs` (v2).

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// Why a scope was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is not a scope of the form system/Resource.read")]
pub struct ScopeError(pub String);

/// What a request does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interaction {
    /// Reads a resource, its versions.
    Read,
    /// Searches.
    Search,
    /// Creates.
    Create,
    /// Deletes.
    Delete,
}

/// One scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    text: String,
    resource: String,
    letters: String,
}

impl Scope {
    /// The type of resource; `*` for all of them.
    pub fn resource(&self) -> &str {
        &self.resource
    }

    /// True if it covers this interaction on this type.
    pub fn allows(&self, resource: &str, interaction: Interaction) -> bool {
        let letter = match interaction {
            Interaction::Read => 'r',
            Interaction::Search => 's',
            Interaction::Create => 'c',
            Interaction::Delete => 'd',
        };
        (self.resource == "*" || self.resource == resource) && self.letters.contains(letter)
    }

    /// True if everything `other` covers is covered.
    pub fn covers(&self, other: &Self) -> bool {
        (self.resource == "*" || self.resource == other.resource)
            && other.letters.chars().all(|letter| self.letters.contains(letter))
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Scope {
    type Err = ScopeError;

    fn from_str(text: &str) -> Result<Self, ScopeError> {
        let refused = || ScopeError(text.chars().take(80).collect());
        let (resource, verb) = text.strip_prefix("system/").and_then(|rest| rest.split_once('.')).ok_or_else(refused)?;
        let named = resource == "*"
            || (resource.len() <= 64 && !resource.is_empty() && resource.bytes().all(|b| b.is_ascii_alphabetic()));
        let letters = match verb {
            "read" => "rs",
            "write" => "cud",
            "*" => "cruds",
            v2 => v2,
        };
        // v2: some of the letters of « cruds », in that order, none twice.
        let mut order = "cruds".chars();
        let ordered = !letters.is_empty() && letters.chars().all(|letter| order.any(|own| own == letter));
        if !named || !ordered {
            return Err(refused());
        }
        Ok(Self { text: text.to_owned(), resource: resource.to_owned(), letters: letters.to_owned() })
    }
}

/// Several scopes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scopes(pub Vec<Scope>);

impl Scopes {
    /// Reads scopes separated by white space.
    ///
    /// # Errors
    /// The first which is not a scope.
    pub fn read(text: &str) -> Result<Self, ScopeError> {
        text.split_whitespace().map(str::parse).collect::<Result<_, _>>().map(Self)
    }

    /// True if one of them covers this interaction on this type.
    pub fn allows(&self, resource: &str, interaction: Interaction) -> bool {
        self.0.iter().any(|scope| scope.allows(resource, interaction))
    }

    /// Those of `wanted` that are covered.
    #[must_use]
    pub fn granted(&self, wanted: &Self) -> Self {
        Self(wanted.0.iter().filter(|scope| self.0.iter().any(|own| own.covers(scope))).cloned().collect())
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.iter().map(|scope| scope.text.as_str()).collect::<Vec<_>>().join(" "))
    }
}
