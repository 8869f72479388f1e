//! Names of persons.

use crate::reader::{Element, children, text_of, words};

/// Role of a [`NamePart`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamePartKind {
    /// Civility: `M`, `MME`.
    Prefix,
    /// One or several given names.
    Given,
    /// A family name.
    Family,
    /// Title: `DR`, `PR`.
    Suffix,
    /// Text outside any part.
    Text,
}

/// A part of a name, in the order of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamePart {
    /// Role of the part.
    pub kind: NamePartKind,
    /// The text, white space collapsed.
    pub value: String,
    /// HL7 qualifiers: `BR` at birth, `CL` or `SP` used or by marriage…
    pub qualifiers: Vec<String>,
}

impl NamePart {
    fn has(&self, qualifier: &str) -> bool {
        self.qualifiers.iter().any(|own| own == qualifier)
    }
}

/// The name of a person. For a patient the French rule is: `family BR` name of birth, `given`
/// without qualifier the list of given names at birth, `given BR` the first of them, `CL` (`SP`
/// in older documents) the name and given name used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonName {
    /// HL7 uses of the name.
    pub uses: Vec<String>,
    /// Its parts.
    pub parts: Vec<NamePart>,
}

impl PersonName {
    pub(crate) fn read_all(node: Element<'_>) -> Vec<Self> {
        children(node, "name").map(Self::read).filter(|name| !name.parts.is_empty()).collect()
    }

    fn read(node: Element<'_>) -> Self {
        let mut parts = Vec::new();
        for part in node.children().filter(|n| n.is_element() || n.is_text()) {
            let kind = match part.tag_name().name() {
                "prefix" => NamePartKind::Prefix,
                "given" => NamePartKind::Given,
                "family" => NamePartKind::Family,
                "suffix" => NamePartKind::Suffix,
                "validTime" => continue,
                _ => NamePartKind::Text,
            };
            if let Some(value) = text_of(part) {
                parts.push(NamePart { kind, value, qualifiers: words(part, "qualifier") });
            }
        }
        Self { uses: words(node, "use"), parts }
    }

    /// Name of birth (`family BR`). Never deduced from another name.
    pub fn birth_family(&self) -> Option<&str> {
        self.find(NamePartKind::Family, &["BR"])
    }

    /// First given name at birth (`given BR`).
    pub fn birth_first_given(&self) -> Option<&str> {
        self.find(NamePartKind::Given, &["BR"])
    }

    /// List of the given names at birth: the `given` without qualifier, joined by spaces, when the
    /// name also says what was given at birth.
    pub fn birth_given_list(&self) -> Option<String> {
        self.birth_family().or(self.birth_first_given())?;
        let given: Vec<&str> = self
            .parts
            .iter()
            .filter(|p| p.kind == NamePartKind::Given && p.qualifiers.is_empty())
            .map(|p| p.value.as_str())
            .collect();
        (!given.is_empty()).then(|| given.join(" "))
    }

    /// Family name used (`family CL`, else `SP`).
    pub fn used_family(&self) -> Option<&str> {
        self.find(NamePartKind::Family, &["CL", "SP"])
    }

    /// Given name used (`given CL`, else `SP`).
    pub fn used_given(&self) -> Option<&str> {
        self.find(NamePartKind::Given, &["CL", "SP"])
    }

    /// First family name, whatever its qualifier: for professionals and relatives.
    pub fn family(&self) -> Option<&str> {
        self.first(NamePartKind::Family)
    }

    /// First given name, whatever its qualifier: for professionals and relatives.
    pub fn given(&self) -> Option<&str> {
        self.first(NamePartKind::Given)
    }

    /// Title, given name and family name in the usual order; the free text when there is no part.
    pub fn display(&self) -> String {
        let suffix_or_prefix = self.first(NamePartKind::Suffix).or(self.first(NamePartKind::Prefix));
        let chosen: Vec<&str> = [suffix_or_prefix, self.given(), self.family()].into_iter().flatten().collect();
        if self.family().is_some() {
            return chosen.join(" ");
        }
        let all: Vec<&str> = self.parts.iter().map(|p| p.value.as_str()).collect();
        all.join(" ")
    }

    fn first(&self, kind: NamePartKind) -> Option<&str> {
        self.parts.iter().find(|p| p.kind == kind).map(|p| p.value.as_str())
    }

    fn find(&self, kind: NamePartKind, qualifiers: &[&str]) -> Option<&str> {
        qualifiers.iter().find_map(|qualifier| {
            let part = self.parts.iter().find(|p| p.kind == kind && p.has(qualifier))?;
            Some(part.value.as_str())
        })
    }
}
