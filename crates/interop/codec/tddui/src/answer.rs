//! What the other software answered.

use serde_json::Value;

use crate::fields::{array, owned, text};

/// Its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Everything was created: where, entry by entry.
    Created(Vec<String>),
    /// Nothing was created: its words.
    Refused(Vec<String>),
    /// Neither: what it answered cannot be understood as one or the other.
    Unclear(String),
}

/// Reads the answer to a transaction (flow 1.2): 200 with a transaction-response, or an `OperationOutcome`.
pub fn read_answer(status: u16, body: &[u8]) -> Answer {
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    match text(&value, "/resourceType") {
        "Bundle" if status == 200 => {
            let entries = array(&value, "entry");
            let created = entries.iter().all(|entry| text(entry, "/response/status").starts_with("201"));
            let places = entries.iter().map(|entry| owned(entry, "/response/location")).collect();
            if created && !entries.is_empty() {
                Answer::Created(places)
            } else {
                Answer::Unclear("a response which created nothing".into())
            }
        }
        "OperationOutcome" => {
            let words = array(&value, "issue").iter().map(|issue| {
                let said = [owned(issue, "/diagnostics"), owned(issue, "/details/text"), owned(issue, "/code")];
                said.into_iter().find(|words| !words.is_empty()).unwrap_or_default()
            });
            Answer::Refused(words.filter(|words| !words.is_empty()).take(20).collect())
        }
        _ => Answer::Unclear(format!("HTTP {status}")),
    }
}
