//! Answers of several resources.

use jiff::Timestamp;

use crate::Object;

/// What a bundle is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BundleKind {
    /// The answer of a search.
    Searchset,
    /// Versions of a resource.
    History,
    /// The answer of a transaction.
    TransactionResponse,
}

/// Why a resource is in the answer of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryMode {
    /// It was searched.
    Match,
    /// Another one refers to it.
    Include,
    /// It tells about the search itself.
    Outcome,
}

/// One entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry(Object);

impl Entry {
    /// A resource found by a search.
    pub fn found(address: &str, resource: Object, mode: EntryMode) -> Self {
        let mode = match mode {
            EntryMode::Match => "match",
            EntryMode::Include => "include",
            EntryMode::Outcome => "outcome",
        };
        let search = Object::new().with("mode", mode);
        Self(Object::new().with("fullUrl", address).with("resource", resource).with("search", search))
    }

    /// A version; `method` and `target` are the request which made it.
    pub fn version(address: &str, resource: Object, method: &str, target: &str) -> Self {
        let status = if method == "POST" { "201" } else { "200" };
        let request = Object::new().with("method", method).with("url", target);
        let answer = Object::new().with("status", status);
        Self(Object::new().with("fullUrl", address).with("resource", resource).with("request", request).with("response", answer))
    }

    /// What became of an entry of a transaction.
    pub fn answered(status: &str, location: &str, outcome: Option<Object>) -> Self {
        let answer = Object::new().with("status", status).with("location", location).with("outcome", outcome);
        Self(Object::new().with("response", answer))
    }
}

/// A `Bundle`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// What it is.
    pub kind: BundleKind,
    /// When it was made.
    pub at: Timestamp,
    /// How many resources match in all, when it is known.
    pub total: Option<i64>,
    /// Relations and addresses: `self`, `next`.
    pub links: Vec<(&'static str, String)>,
    /// Entries.
    pub entries: Vec<Entry>,
}

impl Bundle {
    /// The resource.
    pub fn into_resource(self) -> Object {
        let kind = match self.kind {
            BundleKind::Searchset => "searchset",
            BundleKind::History => "history",
            BundleKind::TransactionResponse => "transaction-response",
        };
        let links: Vec<Object> = self
            .links
            .iter()
            .map(|(relation, url)| Object::new().with("relation", *relation).with("url", url.as_str()))
            .collect();
        Object::resource("Bundle")
            .with("type", kind)
            .with("timestamp", self.at)
            .with("total", self.total)
            .with("link", links)
            .with("entry", self.entries.into_iter().map(|entry| entry.0).collect::<Vec<_>>())
    }
}
