//! What the record says of a list: its items, that there is none, or why it says nothing.

use cda_r2::Code;

use crate::concept::Concept;

/// A list of the record. Receivers act differently on "none known" and on "unknown": an empty list
/// is never taken for the first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Recorded<T> {
    /// The items; an empty list counts as [`Recorded::Unknown`].
    Items(Vec<T>),
    /// It was looked for, and there is none.
    NoneKnown,
    /// Nobody asked.
    NotAsked,
    /// It stands in another document, which is named: "plan de soins annexé".
    Elsewhere(String),
    /// The record says nothing.
    #[default]
    Unknown,
}

impl<T> Recorded<T> {
    /// The items, when there are some.
    pub fn items(&self) -> &[T] {
        match self {
            Self::Items(items) => items,
            _ => &[],
        }
    }

    /// Whether the record says nothing: an optional section is then left out.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown) || matches!(self, Self::Items(items) if items.is_empty())
    }

    /// Why there is no item: the coded reason and the sentence a reader sees; `None` with items.
    pub(crate) fn absence(&self, wording: &Wording) -> Option<(Code, String)> {
        let flavor = |code: &str| Code { null_flavor: Some(code.to_owned()), ..Code::default() };
        match self {
            Self::Items(items) if !items.is_empty() => None,
            Self::NoneKnown => Some((wording.none.to_code(), format!("{}.", wording.none.display))),
            Self::NotAsked => Some((flavor("NASK"), wording.not_asked())),
            Self::Elsewhere(place) => Some((flavor("NAV"), format!("{}{place}", wording.elsewhere()))),
            Self::Items(_) | Self::Unknown => Some((wording.unknown.to_code(), format!("{}.", wording.unknown.display))),
        }
    }
}

/// The words of one kind of list, from the HL7 set "absent or unknown" as published in French.
pub(crate) struct Wording {
    pub(crate) subject: &'static str,
    pub(crate) none: Concept,
    pub(crate) unknown: Concept,
}

impl Wording {
    fn not_asked(&self) -> String {
        format!("{} : information non recherchée.", self.subject)
    }

    fn elsewhere(&self) -> String {
        format!("{} : voir ", self.subject)
    }

    /// The state a coded reason read stands for, with the sentence of the narrative: some value sets
    /// have no code for "not asked" or "elsewhere".
    pub(crate) fn state<T>(&self, code: &Code, sentence: Option<String>) -> Recorded<T> {
        let sentence = sentence.unwrap_or_default();
        if self.none.is(code) {
            return Recorded::NoneKnown;
        }
        if let Some(place) = sentence.strip_prefix(self.elsewhere().trim_end()) {
            return Recorded::Elsewhere(place.trim().to_owned());
        }
        match code.null_flavor.as_deref() {
            Some("NASK") => Recorded::NotAsked,
            Some("NAV") => Recorded::Elsewhere(sentence),
            _ if sentence == self.not_asked() => Recorded::NotAsked,
            _ => Recorded::Unknown,
        }
    }
}
