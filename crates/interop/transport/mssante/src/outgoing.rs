//! A message ready to be sent.

use crate::address::{Address, MessageId, TrustedDomains};

/// What a message must respect to leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Domains recipients must be in.
    pub trusted: TrustedDomains,
    /// Bytes of the whole message, attachments encoded. Default 10 000 000: the size every operator must
    /// accept is 10 MB, and whether in thousands or in 1024s is not public.
    pub max_bytes: usize,
}

impl Policy {
    pub(crate) fn check_recipients(&self, recipients: &[Address]) -> Result<(), ComposeError> {
        if recipients.is_empty() {
            return Err(ComposeError::NoRecipient);
        }
        match recipients.iter().find(|one| !self.trusted.trust(one)) {
            Some(outside) => Err(ComposeError::UntrustedDomain { address: outside.to_string() }),
            None => Ok(()),
        }
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self { trusted: TrustedDomains::default(), max_bytes: 10_000_000 }
    }
}

/// Why a message was not composed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ComposeError {
    /// No recipient.
    #[error("the message has no recipient")]
    NoRecipient,
    /// A recipient is outside of the domains of [`Policy::trusted`].
    #[error("{address} is outside of the trusted domains")]
    UntrustedDomain {
        /// The recipient.
        address: String,
    },
    /// The message exceeds [`Policy::max_bytes`] once encoded.
    #[error("the message has {bytes} bytes, more than the {limit} accepted")]
    TooLarge {
        /// Bytes of the message.
        bytes: usize,
        /// Limit in bytes.
        limit: usize,
    },
    /// A part of the message cannot be printed.
    #[error("the message cannot be composed: {detail}")]
    Malformed {
        /// What is wrong.
        detail: String,
    },
}

impl ComposeError {
    /// Stable key of the variant: lower-case ASCII, never changed once published.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoRecipient => "no_recipient",
            Self::UntrustedDomain { .. } => "untrusted_domain",
            Self::TooLarge { .. } => "too_large",
            Self::Malformed { .. } => "malformed",
        }
    }

    pub(crate) fn malformed(detail: impl std::fmt::Display) -> Self {
        Self::Malformed { detail: detail.to_string() }
    }
}

/// A message ready to be sent: its bytes and its envelope. It can only be composed, so its content is
/// well-formed and its recipients were checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    pub(crate) message_id: MessageId,
    /// Address non-delivery reports go to; none for receipts, which must not be answered.
    pub(crate) sender: Option<Address>,
    pub(crate) recipients: Vec<Address>,
    pub(crate) bytes: Vec<u8>,
    /// Whether a report is wanted when the message is delivered, too.
    pub(crate) delivery_report: bool,
}

impl OutgoingMail {
    /// Identifier of the message.
    pub fn message_id(&self) -> &MessageId {
        &self.message_id
    }

    /// Envelope sender; `None` for the null sender of receipts.
    pub fn sender(&self) -> Option<&Address> {
        self.sender.as_ref()
    }

    /// Envelope recipients.
    pub fn recipients(&self) -> &[Address] {
        &self.recipients
    }

    /// The message (RFC 5322), as it is sent and as it should be kept.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The same message for some of its recipients only: those who did not get it at the first attempt.
    /// `None` when none of them is a recipient.
    #[must_use]
    pub fn only_to(&self, recipients: &[Address]) -> Option<Self> {
        let kept: Vec<Address> = self.recipients.iter().filter(|one| recipients.contains(one)).cloned().collect();
        (!kept.is_empty()).then(|| Self { recipients: kept, ..self.clone() })
    }

    /// Applies a policy to a message just composed, its recipients checked before.
    pub(crate) fn checked(self, policy: &Policy) -> Result<Self, ComposeError> {
        if self.bytes.len() > policy.max_bytes {
            return Err(ComposeError::TooLarge { bytes: self.bytes.len(), limit: policy.max_bytes });
        }
        Ok(self)
    }
}
