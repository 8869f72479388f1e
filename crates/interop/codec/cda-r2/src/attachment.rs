//! Files embedded in a document.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};
use roxmltree::Node;

use crate::error::CdaError;
use crate::reader::{Element, Reader, attribute, child, is};

/// Tolerates non-zero trailing bits: they lose nothing.
const ENGINE: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, NO_PAD.with_decode_allow_trailing_bits(true));
/// Base64 characters decoded at a time; a multiple of four.
const CHUNK: usize = 8192;

/// A file embedded in the document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attachment {
    /// Media type as declared, such as `application/pdf`.
    pub media_type: Option<String>,
    /// Media type the first bytes show, when it is one of PDF, PNG, JPEG, GIF, TIFF, RTF.
    pub detected_type: Option<&'static str>,
    /// The bytes; empty when the file is only referred to, or damaged.
    pub bytes: Vec<u8>,
    /// Address of a file outside the document. Never fetched.
    pub reference: Option<String>,
    /// Compression declared (`DF`, `GZ`, `ZL`, `Z`): the bytes are left compressed.
    pub compression: Option<String>,
    /// Whether the base64 could not be read.
    pub damaged: bool,
}

/// A file embedded in a section (`observationMedia`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Media {
    /// Identifier the narrative refers to.
    pub id: Option<String>,
    /// Other identifiers leading to this file: the regions of interest around it.
    pub aliases: Vec<String>,
    /// The file.
    pub file: Attachment,
}

impl Media {
    /// Whether the narrative means this file by `id`.
    pub fn is(&self, id: &str) -> bool {
        self.id.as_deref() == Some(id) || self.aliases.iter().any(|alias| alias == id)
    }

    pub(crate) fn read(reader: &mut Reader<'_>, node: Element<'_>) -> Result<Self, CdaError> {
        let file = if let Some(value) = child(node, "value") {
            read_or_mark(reader, value)?
        } else {
            reader.warn_at(node, "the embedded file has no value");
            Attachment { damaged: true, ..Attachment::default() }
        };
        let aliases = node
            .ancestors()
            .filter(|ancestor| is(*ancestor, "regionOfInterest"))
            .filter_map(|region| attribute(region, "ID"))
            .collect();
        let media = Self { id: attribute(node, "ID"), aliases, file };
        reader.media_defined.extend(media.id.iter().chain(&media.aliases).cloned());
        Ok(media)
    }
}

/// Whether a media says that it has no file (`nullFlavor`): some models want the media all the same.
pub(crate) fn is_absent(node: Element<'_>) -> bool {
    child(node, "value").is_some_and(|value| attribute(value, "nullFlavor").is_some() && !value.has_children())
}

/// Why a file could not be decoded.
enum Fault {
    Damaged(String),
    TooLarge,
}

/// Reads the file that is the body: damage is an error.
pub(crate) fn read_body(reader: &mut Reader<'_>, node: Element<'_>) -> Result<Attachment, CdaError> {
    let limit = reader.limits.max_attachment_bytes;
    let file = read(reader, node).map_err(|fault| match fault {
        Fault::Damaged(detail) => CdaError::DamagedBody { detail },
        Fault::TooLarge => CdaError::AttachmentsTooLarge { limit },
    })?;
    if file.bytes.is_empty() && file.reference.is_none() {
        return Err(CdaError::DamagedBody { detail: "it is empty".to_owned() });
    }
    Ok(file)
}

/// Reads a file inside a section: damage is a warning and a mark.
fn read_or_mark(reader: &mut Reader<'_>, node: Element<'_>) -> Result<Attachment, CdaError> {
    match read(reader, node) {
        Ok(file) => Ok(file),
        Err(Fault::TooLarge) => Err(CdaError::AttachmentsTooLarge { limit: reader.limits.max_attachment_bytes }),
        Err(Fault::Damaged(detail)) => {
            reader.warn_at(node, &format!("the embedded file is damaged: {detail}"));
            let media_type = attribute(node, "mediaType");
            Ok(Attachment { media_type, damaged: true, ..Attachment::default() })
        }
    }
}

fn read(reader: &mut Reader<'_>, node: Element<'_>) -> Result<Attachment, Fault> {
    let media_type = attribute(node, "mediaType");
    let reference = child(node, "reference").and_then(|found| attribute(found, "value"));
    if reference.is_some() {
        reader.warn_at(node, "the file is outside the document and was not fetched");
    }
    let representation = attribute(node, "representation");
    let is_text = media_type.as_deref().is_none_or(|kind| kind.starts_with("text/"));
    let bytes = match representation.as_deref() {
        Some("B64") => base64_of(reader, node)?,
        Some(_) => plain_text_of(reader, node)?,
        None if is_text => plain_text_of(reader, node)?,
        None => {
            reader.warn_at(node, "the file does not say it is base64, and was read as base64");
            base64_of(reader, node)?
        }
    };
    if media_type.is_none() {
        reader.warn_at(node, "the file does not say its media type");
    }
    let compression = attribute(node, "compression");
    let detected_type = detect(&bytes);
    if compression.is_some() {
        reader.warn_at(node, "the file is compressed and was left so");
    } else if let (Some(declared), Some(found)) = (media_type.as_deref(), detected_type)
        && !declared.eq_ignore_ascii_case(found)
        && !(declared.eq_ignore_ascii_case("text/rtf") && found == "application/rtf")
    {
        reader.warn_at(node, &format!("the file says it is {declared} but it is {found}"));
    } else if media_type.as_deref() == Some("application/pdf") && !bytes.is_empty() && detected_type.is_none() {
        reader.warn_at(node, "the file says it is application/pdf but it is not");
    }
    Ok(Attachment { media_type, detected_type, bytes, reference, compression, damaged: false })
}

fn pieces(node: Element<'_>) -> impl Iterator<Item = &str> {
    node.children().filter(Node::is_text).filter_map(|piece| piece.text())
}

fn plain_text_of(reader: &mut Reader<'_>, node: Element<'_>) -> Result<Vec<u8>, Fault> {
    let mut text = String::new();
    for piece in pieces(node) {
        text.push_str(piece);
    }
    let bytes = text.trim().as_bytes().to_vec();
    count(reader, bytes.len())?;
    Ok(bytes)
}

fn count(reader: &mut Reader<'_>, added: usize) -> Result<(), Fault> {
    reader.attachment_bytes += added;
    if reader.attachment_bytes > reader.limits.max_attachment_bytes {
        return Err(Fault::TooLarge);
    }
    Ok(())
}

fn base64_of(reader: &mut Reader<'_>, node: Element<'_>) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let mut chunk = Vec::with_capacity(CHUNK);
    let mut padding = 0_usize;
    let symbols = pieces(node).flat_map(str::bytes).filter(|byte| !byte.is_ascii_whitespace());
    for symbol in symbols {
        if symbol == b'=' {
            padding += 1;
            continue;
        }
        if padding > 0 {
            return Err(Fault::Damaged("characters follow the padding of the base64".to_owned()));
        }
        chunk.push(symbol);
        if chunk.len() == CHUNK {
            decode_chunk(reader, &mut chunk, &mut bytes)?;
        }
    }
    let expected = match chunk.len() % 4 {
        0 => 0,
        1 => return Err(Fault::Damaged("the base64 is cut short".to_owned())),
        rest => 4 - rest,
    };
    decode_chunk(reader, &mut chunk, &mut bytes)?;
    if padding < expected {
        reader.warn_at(node, "the base64 lacks its padding");
    } else if padding > expected {
        reader.warn_at(node, "the base64 has too much padding");
    }
    Ok(bytes)
}

fn decode_chunk(reader: &mut Reader<'_>, chunk: &mut Vec<u8>, bytes: &mut Vec<u8>) -> Result<(), Fault> {
    let before = bytes.len();
    ENGINE.decode_vec(&chunk, bytes).map_err(|_| Fault::Damaged("a character is not base64".to_owned()))?;
    chunk.clear();
    count(reader, bytes.len() - before)
}

/// Media type of well-known first bytes.
fn detect(bytes: &[u8]) -> Option<&'static str> {
    let signatures: [(&[u8], &str); 7] = [
        (b"%PDF-", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xFF\xD8\xFF", "image/jpeg"),
        (b"GIF8", "image/gif"),
        (b"II*\0", "image/tiff"),
        (b"MM\0*", "image/tiff"),
        (b"{\\rtf", "application/rtf"),
    ];
    signatures.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind)
}
