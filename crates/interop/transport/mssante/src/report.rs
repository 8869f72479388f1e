//! Reports about messages: delivery (DSN, RFC 3464) and disposition (MDN, RFC 8098).

use crate::integration::IntegrationCode;
use crate::limits::Limits;
use crate::subject::one_line;

/// What became of a message for one recipient (RFC 3464 2.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeliveryAction {
    /// It could not be delivered, and will not be.
    Failed,
    /// It is not delivered yet; the server tries again.
    Delayed,
    /// It was delivered.
    Delivered,
    /// It left for a server that reports nothing more.
    Relayed,
    /// It was delivered to a list, which sends it on.
    Expanded,
    /// Absent, or another word.
    Unknown,
}

/// A recipient of a delivery report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryRecipient {
    /// `Final-Recipient`, address only.
    pub address: String,
    /// `Original-Recipient`, address only.
    pub original_address: Option<String>,
    /// `Action`.
    pub action: DeliveryAction,
    /// `Status`, `5.1.1` (RFC 3463); empty when absent.
    pub status: String,
    /// `Diagnostic-Code`: what the other server said.
    pub diagnostic: Option<String>,
    /// `Remote-MTA`: the other server.
    pub remote: Option<String>,
}

/// A delivery report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryReport {
    /// `Message-ID` of the message the report is about, from the message or the header it returns.
    pub original_message_id: Option<String>,
    /// `Original-Envelope-Id`.
    pub envelope_id: Option<String>,
    /// Server that made the report.
    pub reporting_server: Option<String>,
    /// The recipients.
    pub recipients: Vec<DeliveryRecipient>,
}

/// What was done with a message (RFC 8098 3.2.6.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DispositionType {
    /// Shown to somebody.
    Displayed,
    /// Sent on, printed or faxed.
    Dispatched,
    /// Handled by a system.
    Processed,
    /// Deleted.
    Deleted,
    /// Another word.
    Unknown,
}

/// Why a system refused what a message carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntegrationFailure {
    /// The code, when it is one of the known ones.
    pub code: Option<IntegrationCode>,
    /// The words, as written: code, label and what else was sent.
    pub text: String,
}

/// A disposition report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DispositionReport {
    /// `Original-Message-ID`, without angle brackets.
    pub original_message_id: Option<String>,
    /// `Final-Recipient`, address only.
    pub recipient: Option<String>,
    /// `Original-Recipient`, address only.
    pub original_recipient: Option<String>,
    /// What was done.
    pub disposition: DispositionType,
    /// Whether a machine did it.
    pub is_automatic: bool,
    /// The refusal, if it is one.
    pub failure: Option<IntegrationFailure>,
}

impl DispositionReport {
    /// Reads the content of a `message/disposition-notification`.
    pub(crate) fn parse(content: &[u8]) -> Self {
        let groups = groups(content, 1);
        let fields = groups.first().map(Vec::as_slice).unwrap_or_default();
        let disposition = get(fields, "Disposition").unwrap_or_default();
        let (mode, rest) = disposition.split_once(';').unwrap_or(("", &disposition));
        let (kind, modifier) = rest.split_once('/').unwrap_or((rest, ""));
        let disposition = match kind.trim().to_ascii_lowercase().as_str() {
            "displayed" => DispositionType::Displayed,
            "dispatched" => DispositionType::Dispatched,
            "processed" => DispositionType::Processed,
            "deleted" => DispositionType::Deleted,
            _ => DispositionType::Unknown,
        };
        Self {
            original_message_id: get(fields, "Original-Message-ID").map(|id| id.trim_matches(['<', '>', ' ']).to_owned()),
            recipient: get(fields, "Final-Recipient").map(|value| address(&value)),
            original_recipient: get(fields, "Original-Recipient").map(|value| address(&value)),
            disposition,
            is_automatic: mode.to_ascii_lowercase().contains("automatic-action"),
            failure: failure(modifier, fields),
        }
    }
}

/// The refusal of a disposition: `Error: 902^label`, in the modifier (French guide) or in a field of its
/// own (RFC 8098 3.2.7).
fn failure(modifier: &str, fields: &[(String, String)]) -> Option<IntegrationFailure> {
    let (word, detail) = modifier.split_once(':').unwrap_or((modifier, ""));
    let word = word.trim().to_ascii_lowercase();
    let field = get(fields, "Error").or_else(|| get(fields, "Failure"));
    let has_word = word.split(',').any(|one| matches!(one.trim(), "error" | "failed" | "failure"));
    if !has_word && field.is_none() {
        return None;
    }
    let text = if detail.trim().is_empty() { field.unwrap_or_default() } else { detail.trim().to_owned() };
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    Some(IntegrationFailure { code: IntegrationCode::parse(&digits), text })
}

impl DeliveryReport {
    /// Reads the content of a `message/delivery-status`; `false` when recipients were left out.
    pub(crate) fn parse(content: &[u8], limits: &Limits) -> (Self, bool) {
        let groups = groups(content, limits.max_addresses.saturating_add(2));
        let (message, recipients) = groups.split_first().map_or((&[][..], &[][..]), |(first, rest)| (first.as_slice(), rest));
        let kept: Vec<_> = recipients.iter().take(limits.max_addresses).map(|fields| recipient(fields)).collect();
        let is_whole = recipients.len() <= limits.max_addresses;
        let report = Self {
            original_message_id: None,
            envelope_id: get(message, "Original-Envelope-Id"),
            reporting_server: get(message, "Reporting-MTA").map(|value| address(&value)),
            recipients: kept,
        };
        (report, is_whole)
    }

    /// Whether any recipient will never get the message.
    pub fn has_failed(&self) -> bool {
        self.recipients.iter().any(|one| one.action == DeliveryAction::Failed)
    }
}

fn recipient(fields: &[(String, String)]) -> DeliveryRecipient {
    let action = match get(fields, "Action").unwrap_or_default().to_ascii_lowercase().as_str() {
        "failed" => DeliveryAction::Failed,
        "delayed" => DeliveryAction::Delayed,
        "delivered" => DeliveryAction::Delivered,
        "relayed" => DeliveryAction::Relayed,
        "expanded" => DeliveryAction::Expanded,
        _ => DeliveryAction::Unknown,
    };
    DeliveryRecipient {
        address: get(fields, "Final-Recipient").map(|value| address(&value)).unwrap_or_default(),
        original_address: get(fields, "Original-Recipient").map(|value| address(&value)),
        action,
        status: get(fields, "Status").unwrap_or_default(),
        diagnostic: get(fields, "Diagnostic-Code"),
        remote: get(fields, "Remote-MTA").map(|value| address(&value)),
    }
}

/// What follows the type in `rfc822; address`.
pub(crate) fn address(value: &str) -> String {
    let address = value.split_once(';').map_or(value, |(_, address)| address);
    address.trim().trim_start_matches('<').trim_end_matches('>').to_owned()
}

fn get(fields: &[(String, String)], name: &str) -> Option<String> {
    let found = fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.clone()).filter(|value| !value.is_empty())
}

/// Groups of fields separated by empty lines, folded lines joined; at most `limit` groups.
fn groups(content: &[u8], limit: usize) -> Vec<Vec<(String, String)>> {
    let text = String::from_utf8_lossy(content);
    let mut groups: Vec<Vec<(String, String)>> = vec![Vec::new()];
    for line in text.lines() {
        let Some(group) = groups.last_mut() else { break };
        if line.trim().is_empty() {
            if !group.is_empty() {
                if groups.len() >= limit {
                    break;
                }
                groups.push(Vec::new());
            }
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = group.last_mut() {
                value.push(' ');
                value.push_str(&one_line(line));
            }
        } else if let Some((name, value)) = line.split_once(':') {
            group.push((name.trim().to_owned(), one_line(value)));
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}
