//! The parameters of a search, bounded before anything looks at them.

use thiserror::Error;

/// Longest query read, in bytes.
const QUERY_MAX: usize = 16 * 1024;
/// Most parameters of a query.
const PARAMETERS_MAX: usize = 40;
/// Most alternatives of a parameter.
const VALUES_MAX: usize = 50;
/// Longest alternative, in bytes.
const VALUE_MAX: usize = 512;

/// Why a query was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SearchError {
    /// Too long, or too many parameters or alternatives.
    #[error("the query is too large")]
    TooLarge,
    /// `%` without its two digits, or bytes which are not UTF-8.
    #[error("the query is not percent-encoded UTF-8")]
    Encoding,
}

/// One parameter: `name:modifier=a,b`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its modifier; empty without.
    pub modifier: String,
    /// Its alternatives, unescaped.
    pub values: Vec<String>,
}

/// A token: `system|code`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The system demanded; `None`: any; empty: none at all.
    pub system: Option<String>,
    /// The code; empty: any of the system.
    pub code: String,
}

impl Token {
    /// Reads a token.
    pub fn read(text: &str) -> Self {
        match text.split_once('|') {
            Some((system, code)) => Self { system: Some(system.to_owned()), code: code.to_owned() },
            None => Self { system: None, code: text.to_owned() },
        }
    }

    /// True for this code of this system.
    pub fn matches(&self, system: &str, code: &str) -> bool {
        self.system.as_deref().is_none_or(|wanted| wanted == system) && (self.code.is_empty() || self.code == code)
    }
}

/// The parameters of a search, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// The parameters.
    pub parameters: Vec<Parameter>,
}

impl Search {
    /// Reads a query, or a form of the same shape.
    ///
    /// # Errors
    /// See [`SearchError`].
    pub fn read(query: &str) -> Result<Self, SearchError> {
        if query.len() > QUERY_MAX {
            return Err(SearchError::TooLarge);
        }
        let mut parameters = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            if parameters.len() == PARAMETERS_MAX {
                return Err(SearchError::TooLarge);
            }
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decode(name)?, decode(value)?);
            let (name, modifier) = name.split_once(':').unwrap_or((&name, ""));
            let values = alternatives(&value);
            if values.len() > VALUES_MAX || values.iter().any(|value| value.len() > VALUE_MAX) {
                return Err(SearchError::TooLarge);
            }
            parameters.push(Parameter { name: name.to_owned(), modifier: modifier.to_owned(), values });
        }
        Ok(Self { parameters })
    }

    /// The parameters of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Parameter> {
        self.parameters.iter().filter(move |parameter| parameter.name == name)
    }

    /// The first value of this name.
    pub fn first(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|parameter| parameter.name == name)
            .and_then(|parameter| parameter.values.first())
            .map(String::as_str)
    }

    /// The parameters again as a query, but for those of these names.
    pub fn without(&self, names: &[&str]) -> String {
        let kept = self.parameters.iter().filter(|parameter| !names.contains(&parameter.name.as_str()));
        kept.map(|parameter| {
            let modifier = if parameter.modifier.is_empty() { String::new() } else { format!(":{}", parameter.modifier) };
            let values: Vec<String> = parameter.values.iter().map(|value| encode(&escape(value))).collect();
            format!("{}{}={}", encode(&parameter.name), encode(&modifier), values.join(","))
        })
        .collect::<Vec<_>>()
        .join("&")
    }
}

fn escape(value: &str) -> String {
    value.replace('\\', "\\\\").replace(',', "\\,")
}

/// Alternatives are separated by commas; `\,` is a comma (FHIR R4, 3.1.1.4.0.1). `\|` and `\$` lose their bar.
fn alternatives(value: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        let next = match character {
            ',' => {
                values.push(String::new());
                continue;
            }
            '\\' => characters.next().unwrap_or('\\'),
            other => other,
        };
        if let Some(last) = values.last_mut() {
            last.push(next);
        }
    }
    values.retain(|value| !value.is_empty());
    values
}

fn decode(text: &str) -> Result<String, SearchError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let mut digit = || rest.next().and_then(|byte| char::from(byte).to_digit(16));
                let (Some(high), Some(low)) = (digit(), digit()) else { return Err(SearchError::Encoding) };
                bytes.push(u8::try_from(high * 16 + low).map_err(|_| SearchError::Encoding)?);
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes).map_err(|_| SearchError::Encoding)
}

fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
