//! The journal: one line for each act, each opening of a record and each refusal.
//!
//! Lines are appended in the transaction of what they tell. A Merkle tree (RFC 6962) is computed over
//! them and its signed heads are copied outside, see [`crate::Checkpoint`].

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a journal line tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// Something was written.
    Acte,
    /// Personal data was read.
    Consultation,
    /// Something was refused.
    Refus,
    /// The system itself did something (checkpoint, purge, start…).
    Systeme,
    /// None of these: the line was altered, or a later version wrote it. Never written.
    Inconnue,
}

impl Nature {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Acte => "acte",
            Self::Consultation => "consultation",
            Self::Refus => "refus",
            Self::Systeme => "systeme",
            Self::Inconnue => "inconnue",
        }
    }

    pub(crate) fn from_code(code: &str) -> Self {
        match code {
            "acte" => Self::Acte,
            "consultation" => Self::Consultation,
            "refus" => Self::Refus,
            "systeme" => Self::Systeme,
            _ => Self::Inconnue,
        }
    }
}

/// One line to be appended to the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// When, by the server's clock.
    pub at: Timestamp,
    /// What it tells.
    pub nature: Nature,
    /// The right used or the act, e.g. `transmission.redigee`.
    pub verb: String,
    /// The account; nil for the system.
    pub account: Uuid,
    /// The establishment where it was done.
    pub establishment: Option<Uuid>,
    /// The person it is about.
    pub person: Option<Uuid>,
    /// Role, device, motive, request… as JSON members without the braces' content order mattering.
    pub detail: serde_json::Map<String, serde_json::Value>,
    /// `kind/id/version/digest` of each record written, `blob/sha256` of each document; filled by the batch.
    pub objects: Vec<String>,
}

impl Line {
    /// The exact text kept in the `detail` column.
    pub(crate) fn detail_text(&self) -> String {
        let mut text = serde_json::to_string(&self.detail).unwrap_or_else(|_| "{}".into());
        if !self.objects.is_empty() {
            text.pop();
            text.push_str(if text.len() > 1 { ",\"objets\":[" } else { "\"objets\":[" });
            for (rank, object) in self.objects.iter().enumerate() {
                text.push_str(if rank > 0 { ",\"" } else { "\"" });
                // A reference holds letters, digits, `/`, `_` and `.` only.
                text.push_str(object);
                text.push('"');
            }
            text.push_str("]}");
        }
        text
    }
}

/// A journal line as it stands in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRow {
    /// Order number; gaps are possible on PostgreSQL.
    pub n: i64,
    /// Transaction number on PostgreSQL, 0 on SQLite: lines are ordered by `(xid, n)`.
    pub xid: i64,
    /// When.
    pub at: Timestamp,
    /// What it tells.
    pub nature: Nature,
    /// The right used or the act.
    pub verb: String,
    /// The account.
    pub account: Uuid,
    /// Where.
    pub establishment: Option<Uuid>,
    /// About whom.
    pub person: Option<Uuid>,
    /// JSON object.
    pub detail: String,
}

impl LineRow {
    /// The bytes the Merkle leaf is computed on.
    pub fn canonical(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(160 + self.detail.len());
        out.extend_from_slice(&self.n.to_be_bytes());
        out.extend_from_slice(&self.at.as_microsecond().to_be_bytes());
        out.extend_from_slice(self.nature.code().as_bytes());
        out.push(0);
        out.extend_from_slice(self.verb.as_bytes());
        out.push(0);
        out.extend_from_slice(self.account.as_bytes());
        for id in [self.establishment, self.person] {
            out.push(u8::from(id.is_some()));
            out.extend_from_slice(id.unwrap_or_default().as_bytes());
        }
        out.extend_from_slice(self.detail.as_bytes());
        out
    }

    /// A member of the detail, as text.
    pub fn detail(&self, key: &str) -> Option<String> {
        let value: serde_json::Value = serde_json::from_str(&self.detail).ok()?;
        match value.get(key)? {
            serde_json::Value::String(text) => Some(text.clone()),
            serde_json::Value::Null => None,
            other => Some(other.to_string()),
        }
    }
}

/// Which lines are read in the order of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// Those no other can come before any more: on PostgreSQL, older than every running transaction.
    Settled,
    /// Every line which is there; on PostgreSQL another may still come between them.
    Committed,
}

/// Which lines to read, newest first.
#[derive(Debug, Clone, Default)]
pub struct JournalFilter {
    /// Lines about this person.
    pub person: Option<Uuid>,
    /// Lines of this account.
    pub account: Option<Uuid>,
    /// Lines of these establishments only; empty: all.
    pub establishments: Vec<Uuid>,
    /// Lines of this nature.
    pub nature: Option<Nature>,
    /// Lines whose verb starts with this.
    pub verb: Option<String>,
    /// Not before.
    pub since: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// Lines before this order number, for paging.
    pub before: Option<i64>,
    /// At most this many.
    pub limit: usize,
}
