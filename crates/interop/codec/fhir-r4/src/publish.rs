//! Documents published by others: IHE MHD 4.0 ITI-105 (simplified) and ITI-65 (a transaction), as PDSm profiles them.
//!
//! The bytes count; the metadata are kept as they came. The official examples of PDSm announce a size and a hash which
//! are not those of their data: a difference is a warning, never a refusal.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha1::{Digest, Sha1};
use thiserror::Error;

/// Most entries of a transaction.
const ENTRIES_MAX: usize = 200;

/// Why a publication was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PublishError {
    /// Not JSON, or nested too deep.
    #[error("the body is not JSON")]
    Json,
    /// Another type of resource.
    #[error("a {expected} was expected")]
    Resource {
        /// The type expected.
        expected: &'static str,
    },
    /// A required element is missing.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// `status` is not `current`.
    #[error("the document is not current")]
    Status,
    /// The data are not base64.
    #[error("the data are not base64")]
    Base64,
    /// Not a transaction.
    #[error("the bundle is not a transaction")]
    NotTransaction,
    /// Too many entries.
    #[error("too many entries")]
    TooMany,
    /// An entry asks for something else than the creation of a document, a list or a binary.
    #[error("entry {0} is not a creation served here")]
    Entry(usize),
    /// An attachment names no entry of the bundle.
    #[error("the attachment of entry {0} is not in the bundle")]
    Attachment(usize),
    /// The bundle publishes nothing.
    #[error("no document in the bundle")]
    Nothing,
}

/// A document published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Media type announced.
    pub content_type: String,
    /// Title, for people.
    pub title: String,
    /// `masterIdentifier.value`.
    pub identifier: Option<String>,
    /// `subject.reference`.
    pub subject: Option<String>,
    /// The metadata as they came, without the data.
    pub metadata: String,
    /// What does not agree.
    pub warnings: Vec<&'static str>,
}

/// What an entry of a transaction is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// A document.
    Document(Box<Published>),
    /// The bytes of one of the documents.
    Binary,
    /// A submission set or a folder.
    List,
}

fn text<'a>(value: &'a Value, path: &str) -> Option<&'a str> {
    value.pointer(path).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
}

fn parse(body: &[u8]) -> Result<Value, PublishError> {
    serde_json::from_slice(body).map_err(|_| PublishError::Json)
}

impl Published {
    /// The extension of a file of the media type announced, with its dot.
    pub fn extension(&self) -> Option<&'static str> {
        match self.content_type.split(';').next().unwrap_or_default().trim() {
            "application/pdf" => Some(".pdf"),
            "text/xml" | "application/xml" | "application/hl7-v3+xml" => Some(".xml"),
            "image/jpeg" => Some(".jpg"),
            "image/png" => Some(".png"),
            _ => None,
        }
    }
}

/// White space is allowed in base64Binary.
fn data(text: &str) -> Result<Vec<u8>, PublishError> {
    let compact: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    STANDARD.decode(compact).map_err(|_| PublishError::Base64)
}

fn published(mut document: Value, bytes: Vec<u8>) -> Result<Published, PublishError> {
    if document.get("status").and_then(Value::as_str) != Some("current") {
        return Err(PublishError::Status);
    }
    let attachment = document.pointer("/content/0/attachment").cloned().unwrap_or(Value::Null);
    let mut warnings = Vec::new();
    if attachment.get("size").and_then(Value::as_u64).is_some_and(|size| size != bytes.len() as u64) {
        warnings.push("size");
    }
    let digest = STANDARD.encode(Sha1::digest(&bytes));
    if text(&attachment, "/hash").is_some_and(|hash| hash != digest) {
        warnings.push("hash");
    }
    if let Some(Value::Object(attachment)) = document.pointer_mut("/content/0/attachment") {
        attachment.remove("data");
    }
    let title = text(&attachment, "/title").or_else(|| text(&document, "/description")).or_else(|| text(&document, "/type/text"));
    Ok(Published {
        content_type: text(&attachment, "/contentType")
            .ok_or(PublishError::Missing("content.attachment.contentType"))?
            .to_owned(),
        title: title.unwrap_or_default().to_owned(),
        identifier: text(&document, "/masterIdentifier/value").map(str::to_owned),
        subject: text(&document, "/subject/reference").map(str::to_owned),
        metadata: document.to_string(),
        bytes,
        warnings,
    })
}

/// Reads a document published alone (ITI-105): its data are in its attachment.
///
/// # Errors
/// See [`PublishError`].
pub fn simplified(body: &[u8]) -> Result<Published, PublishError> {
    let document = parse(body)?;
    if text(&document, "/resourceType") != Some("DocumentReference") {
        return Err(PublishError::Resource { expected: "DocumentReference" });
    }
    let bytes = data(text(&document, "/content/0/attachment/data").ok_or(PublishError::Missing("content.attachment.data"))?)?;
    published(document, bytes)
}

/// Reads a `Binary` by itself: its bytes, with no word about them.
///
/// # Errors
/// See [`PublishError`].
pub fn binary(body: &[u8]) -> Result<Published, PublishError> {
    let resource = parse(body)?;
    if text(&resource, "/resourceType") != Some("Binary") {
        return Err(PublishError::Resource { expected: "Binary" });
    }
    Ok(Published {
        bytes: data(text(&resource, "/data").ok_or(PublishError::Missing("data"))?)?,
        content_type: text(&resource, "/contentType").ok_or(PublishError::Missing("contentType"))?.to_owned(),
        title: String::new(),
        identifier: None,
        subject: None,
        metadata: "{}".to_owned(),
        warnings: Vec::new(),
    })
}

/// Reads a transaction (ITI-65); the entries in their order.
///
/// # Errors
/// See [`PublishError`].
pub fn transaction(body: &[u8]) -> Result<Vec<Sent>, PublishError> {
    let bundle = parse(body)?;
    if text(&bundle, "/resourceType") != Some("Bundle") {
        return Err(PublishError::Resource { expected: "Bundle" });
    }
    if text(&bundle, "/type") != Some("transaction") {
        return Err(PublishError::NotTransaction);
    }
    let empty = Vec::new();
    let entries = bundle.get("entry").and_then(Value::as_array).unwrap_or(&empty);
    if entries.len() > ENTRIES_MAX {
        return Err(PublishError::TooMany);
    }
    let sent = entries.iter().enumerate().map(|(rank, entry)| read_entry(rank, entry, entries)).collect::<Result<Vec<_>, _>>()?;
    let some = sent.iter().any(|sent| matches!(sent, Sent::Document(_)));
    if some { Ok(sent) } else { Err(PublishError::Nothing) }
}

fn read_entry(rank: usize, entry: &Value, entries: &[Value]) -> Result<Sent, PublishError> {
    let kind = text(entry, "/resource/resourceType").unwrap_or_default();
    // The request may be absolute in what others write: its last segment is the type.
    let target = text(entry, "/request/url").and_then(|url| url.rsplit('/').next()).unwrap_or_default();
    if text(entry, "/request/method") != Some("POST") || target != kind {
        return Err(PublishError::Entry(rank));
    }
    match kind {
        "Binary" => Ok(Sent::Binary),
        "List" => Ok(Sent::List),
        "DocumentReference" => {
            let document = entry.get("resource").cloned().unwrap_or(Value::Null);
            let inline = text(&document, "/content/0/attachment/data").map(str::to_owned);
            let bytes = match inline {
                Some(inline) => data(&inline)?,
                None => data(binary_of(&document, entries).ok_or(PublishError::Attachment(rank))?)?,
            };
            published(document, bytes).map(|document| Sent::Document(Box::new(document)))
        }
        _ => Err(PublishError::Entry(rank)),
    }
}

/// The data of the binary an attachment names by its `fullUrl`.
fn binary_of<'a>(document: &Value, entries: &'a [Value]) -> Option<&'a str> {
    let url = text(document, "/content/0/attachment/url")?;
    let entry = entries.iter().find(|entry| text(entry, "/fullUrl") == Some(url))?;
    (text(entry, "/resource/resourceType") == Some("Binary")).then(|| text(entry, "/resource/data")).flatten()
}
