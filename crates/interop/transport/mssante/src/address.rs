//! Mailbox addresses, the domains mail may go to, identifiers of messages.

use std::fmt;

/// Longest address (RFC 5321 4.5.3.1.3, without the angle brackets).
const MAX_ADDRESS: usize = 254;
/// Longest local part (RFC 5321 4.5.3.1.1).
const MAX_LOCAL: usize = 64;
/// Longest identifier of a message that fits a line with its brackets and the name of its header.
const MAX_MESSAGE_ID: usize = 240;

/// Why an address, a domain or an identifier is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AddressError {
    /// Not `local@domain` in plain ASCII.
    #[error("\"{value}\" is not a mailbox address")]
    Address {
        /// The text, shortened to 80 characters.
        value: String,
    },
    /// Not a domain, or a pattern other than `*.domain`.
    #[error("\"{value}\" is not a domain")]
    Domain {
        /// The text, shortened to 80 characters.
        value: String,
    },
    /// Not the form of an INS: the address of a citizen is made of nothing else.
    #[error("a citizen's address is made from an INS of 15 characters only")]
    NotAnIns,
    /// Not `left@right` in plain ASCII.
    #[error("\"{value}\" is not the identifier of a message")]
    MessageId {
        /// The text, shortened to 80 characters.
        value: String,
    },
}

impl AddressError {
    /// Stable key of the variant: lower-case ASCII, never changed once published.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Address { .. } => "address",
            Self::Domain { .. } => "domain",
            Self::NotAnIns => "not_an_ins",
            Self::MessageId { .. } => "message_id",
        }
    }
}

/// At most 80 characters of a value, for a message, control characters replaced.
pub(crate) fn excerpt(value: &str) -> String {
    value.chars().take(80).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// A mailbox address, `local@domain`: dot-atom and domain of RFC 5321 in ASCII, which is all the trusted
/// space uses. Two addresses are the same when they differ by the case of letters only.
#[derive(Debug, Clone)]
pub struct Address {
    text: String,
    at: usize,
}

impl Address {
    /// Checks an address.
    ///
    /// # Errors
    /// [`AddressError::Address`].
    pub fn new(text: &str) -> Result<Self, AddressError> {
        let refused = || AddressError::Address { value: excerpt(text) };
        let (local, domain) = text.rsplit_once('@').ok_or_else(refused)?;
        let atom = |part: &str| !part.is_empty() && part.bytes().all(is_atom);
        let is_local = local.len() <= MAX_LOCAL && local.split('.').all(atom);
        if text.len() > MAX_ADDRESS || !is_local || !is_domain(domain) {
            return Err(refused());
        }
        Ok(Self { text: text.to_owned(), at: local.len() })
    }

    /// The address of a citizen in the trusted space, `<INS>@patient.mssante.fr`: 15 characters, the
    /// department of Corsica as `2A` or `2B`. The key of the INS is a matter of identity, checked by the
    /// caller.
    ///
    /// # Errors
    /// [`AddressError::NotAnIns`] for anything else than the form of an INS.
    pub fn citizen(ins: &str) -> Result<Self, AddressError> {
        let digits = |text: Option<&str>| text.is_some_and(|t| t.bytes().all(|b| b.is_ascii_digit()));
        let department = ins.get(5..7).is_some_and(|d| matches!(d, "2A" | "2B") || digits(Some(d)));
        if ins.len() != 15 || !digits(ins.get(..5)) || !department || !digits(ins.get(7..)) {
            return Err(AddressError::NotAnIns);
        }
        Self::new(&format!("{ins}@patient.mssante.fr"))
    }

    /// The address as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What stands after the `@`.
    pub fn domain(&self) -> &str {
        self.text.get(self.at + 1..).unwrap_or_default()
    }

    /// What stands before the `@`.
    pub(crate) fn local(&self) -> &str {
        self.text.get(..self.at).unwrap_or_default()
    }
}

impl PartialEq for Address {
    fn eq(&self, other: &Self) -> bool {
        self.text.eq_ignore_ascii_case(&other.text)
    }
}

impl Eq for Address {}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// `atext` of RFC 5322 3.2.3.
fn is_atom(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

fn is_domain(domain: &str) -> bool {
    let label = |part: &str| {
        (1..=63).contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    domain.contains('.') && domain.len() <= 253 && domain.split('.').all(label)
}

/// The domains mail may be sent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedDomains(Vec<String>);

impl TrustedDomains {
    /// `patterns` are domains, or `*.domain` for every domain below.
    ///
    /// # Errors
    /// [`AddressError::Domain`].
    pub fn new(patterns: &[&str]) -> Result<Self, AddressError> {
        let check = |pattern: &&str| {
            let domain = pattern.strip_prefix("*.").unwrap_or(pattern);
            if is_domain(domain) {
                Ok(pattern.to_ascii_lowercase())
            } else {
                Err(AddressError::Domain { value: excerpt(pattern) })
            }
        };
        patterns.iter().map(check).collect::<Result<_, _>>().map(Self)
    }

    /// Whether `address` is in one of the domains.
    pub fn trust(&self, address: &Address) -> bool {
        let domain = address.domain().to_ascii_lowercase();
        self.0.iter().any(|pattern| match pattern.strip_prefix('*') {
            Some(suffix) => domain.ends_with(suffix) && domain.len() > suffix.len(),
            None => domain == *pattern,
        })
    }
}

impl Default for TrustedDomains {
    /// The trusted space of the secure health mail: `*.mssante.fr`.
    fn default() -> Self {
        Self(vec!["*.mssante.fr".to_owned()])
    }
}

/// Identifier of a message (RFC 5322 3.6.4), without angle brackets. It is what makes a message that was
/// sent twice recognisable: the caller gives it, and gives the same one again for every attempt.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MessageId(String);

impl MessageId {
    /// Checks an identifier, with or without its angle brackets.
    ///
    /// # Errors
    /// [`AddressError::MessageId`].
    pub fn new(text: &str) -> Result<Self, AddressError> {
        let inner = text.strip_prefix('<').and_then(|t| t.strip_suffix('>')).unwrap_or(text);
        let (left, right) = inner.rsplit_once('@').unwrap_or_default();
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_graphic() && !b"<>\"\\()".contains(&b));
        if inner.len() > MAX_MESSAGE_ID || !plain(left) || !plain(right) {
            return Err(AddressError::MessageId { value: excerpt(text) });
        }
        Ok(Self(inner.to_owned()))
    }

    /// Without angle brackets.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// With angle brackets.
    pub(crate) fn bracketed(&self) -> String {
        format!("<{}>", self.0)
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
