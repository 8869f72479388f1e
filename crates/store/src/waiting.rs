//! Messages of the outbox which were not handled, for people to see.

use jiff::Timestamp;

/// Number, topic, attempts, next attempt in microseconds, last failure.
pub(crate) type WaitingRow = (i64, String, i32, i64, Option<String>);

/// A message waiting for the worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxItem {
    /// Order number.
    pub n: i64,
    /// What handles it.
    pub topic: String,
    /// Stable key.
    pub key: String,
    /// JSON for the handler.
    pub payload: String,
    /// Failed attempts so far.
    pub attempts: i32,
}

/// A message the worker did not manage to handle yet, or has not tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingMessage {
    /// Order number.
    pub n: i64,
    /// What handles it.
    pub topic: String,
    /// Failed attempts so far.
    pub attempts: i32,
    /// When it is tried next.
    pub due: Timestamp,
    /// What the last attempt failed of.
    pub error: Option<String>,
}

impl From<WaitingRow> for WaitingMessage {
    fn from((n, topic, attempts, due, error): WaitingRow) -> Self {
        let due = Timestamp::from_microsecond(due).unwrap_or(Timestamp::UNIX_EPOCH);
        Self { n, topic, attempts, due, error }
    }
}
