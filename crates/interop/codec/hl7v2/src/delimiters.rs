//! The separators a message declares in MSH-1 and MSH-2.

use crate::error::{Hl7Error, excerpt};
use crate::limits::Warnings;

/// Separators of a message. [`Delimiters::STANDARD`] is what HL7 recommends and what the CI-SIS
/// volets and PAM.fr impose; a reader obeys what the message declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delimiters {
    /// Between fields: MSH-1, `|`.
    pub field: char,
    /// Between components, `^`.
    pub component: char,
    /// Between repetitions, `~`.
    pub repetition: char,
    /// Around an escape sequence, `\`.
    pub escape: char,
    /// Between subcomponents, `&`.
    pub subcomponent: char,
    /// End of a truncated value (HL7 2.7 and later, usually `#`); `None` when MSH-2 has four characters.
    pub truncation: Option<char>,
}

impl Delimiters {
    /// `|^~\&`, without truncation character.
    pub const STANDARD: Self =
        Self { field: '|', component: '^', repetition: '~', escape: '\\', subcomponent: '&', truncation: None };

    /// Reads the separators of a text that starts with `MSH`.
    pub(crate) fn read(text: &str, warnings: &mut Warnings) -> Result<Self, Hl7Error> {
        let bad = || Hl7Error::BadDelimiters { found: excerpt(text.get(3..).unwrap_or_default()).chars().take(8).collect() };
        let mut chars = text.chars().skip(3);
        let field = chars.next().filter(char::is_ascii_punctuation).ok_or_else(bad)?;
        let encoding: Vec<char> = chars.take_while(|c| *c != field && !matches!(c, '\r' | '\n')).take(6).collect();
        let [component, repetition, escape, subcomponent, ref more @ ..] = encoding[..] else { return Err(bad()) };
        if more.len() > 1 {
            return Err(bad());
        }
        let unusable = |c: &char| c.is_alphanumeric() || c.is_control() || c.is_whitespace() || matches!(c, '"' | '.');
        let repeated = encoding.iter().enumerate().any(|(n, c)| encoding.iter().skip(n + 1).any(|other| other == c));
        if repeated || encoding.iter().any(unusable) || matches!(field, '"' | '.') {
            return Err(bad());
        }
        if !encoding.iter().all(char::is_ascii) {
            warnings.push(|| format!("MSH-2: the separators \"{}\" are not ASCII", encoding.iter().collect::<String>()));
        }
        Ok(Self { field, component, repetition, escape, subcomponent, truncation: more.first().copied() })
    }
}
