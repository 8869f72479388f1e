//! FHIR R4 JSON as a server writes and reads it, without any model of records.
//!
//! Writing: [`Object`] keeps the order of members, decimals as they were written, and never an empty element (FHIR R4,
//! rules `ele-1` and « JSON representation »). Reading: search parameters ([`Search`]), SMART scopes ([`Scopes`]) and
//! published documents ([`publish`]); everything read is bounded and any bytes end in a value or a named error.

mod bundle;
mod datatypes;
mod element;
mod instant;
mod outcome;
pub mod publish;
mod scope;
mod search;

pub use bundle::{Bundle, BundleKind, Entry, EntryMode};
pub use datatypes::{coding, concept, concept_text, extension, identifier, logical_reference, meta, period, quantity, reference};
pub use element::{Element, Object};
pub use instant::{DateFilter, DateRange, Prefix};
pub use outcome::{Issue, IssueType, Severity, outcome};
pub use scope::{Interaction, Scope, ScopeError, Scopes};
pub use search::{Parameter, Search, SearchError, Token};
