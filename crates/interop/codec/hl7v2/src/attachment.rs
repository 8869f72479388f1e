//! Files carried in a field (`ED`): documents, mail bodies.

use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

use crate::datatype::raw;
use crate::error::{Hl7Error, excerpt};
use crate::reading::Reading;
use crate::value::Segment;

/// Decodes without padding, which is counted apart; bits left over at the end are accepted, since
/// several official examples have some.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::RequireNone).with_decode_allow_trailing_bits(true),
);

/// Symbols decoded at once; a multiple of four.
const CHUNK: usize = 64 * 1024;

/// A file carried in OBX-5 (`ED`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attachment {
    /// Application that made it (ED-1).
    pub source: Option<String>,
    /// Kind (ED-2): `text` in MDM, `TEXT` in ORU for a CDA, whatever its content.
    pub kind: Option<String>,
    /// Subtype (ED-3): `XML` for a CDA.
    pub subtype: Option<String>,
    /// The content, decoded.
    pub bytes: Vec<u8>,
    /// Whether the content could not be decoded whole: `bytes` then hold what could be.
    pub damaged: bool,
}

impl Attachment {
    /// A CDA document, as the CI-SIS volets write it.
    pub fn cda(bytes: Vec<u8>) -> Self {
        Self { kind: Some("text".to_owned()), subtype: Some("XML".to_owned()), bytes, ..Self::default() }
    }

    /// A plain text, such as the body of a mail.
    pub fn text(text: &str) -> Self {
        Self { kind: Some("text".to_owned()), bytes: text.as_bytes().to_vec(), ..Self::default() }
    }

    /// Whether it says it is XML.
    pub fn is_xml(&self) -> bool {
        self.subtype.as_deref().is_some_and(|subtype| subtype.eq_ignore_ascii_case("XML"))
    }

    /// The content as text, when it is UTF-8.
    pub fn as_text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }

    /// Reads field `n`. Base64 is accepted with or without its padding and wrapped in lines; damage is
    /// told and marked.
    ///
    /// # Errors
    /// [`Hl7Error::AttachmentsTooLarge`].
    pub(crate) fn read(segment: Segment<'_>, n: usize, reading: &mut Reading) -> Result<Self, Hl7Error> {
        let value = segment.field(n);
        let encoding = value.component(4).opt().unwrap_or_default();
        let mut file = Self {
            source: value.component(1).opt(),
            kind: value.component(2).opt(),
            subtype: value.component(3).opt(),
            ..Self::default()
        };
        let data = value.component(5).text();
        match encoding.to_ascii_uppercase().as_str() {
            "BASE64" => {
                let mut budget = Budget::of(reading);
                let told = decode(&data, &mut file.bytes, &mut budget)?;
                reading.attachment_bytes = budget.used;
                file.damaged = told.iter().any(|defect| defect.damages);
                for defect in told {
                    reading.warn(segment, n, defect.what);
                }
            }
            "A" | "" => {
                file.bytes = data.as_bytes().to_vec();
                let mut budget = Budget::of(reading);
                budget.take(file.bytes.len())?;
                reading.attachment_bytes = budget.used;
            }
            other => {
                file.damaged = true;
                reading.warn(segment, n, &format!("the encoding \"{}\" is not supported", excerpt(other)));
            }
        }
        Ok(file)
    }

    /// As an ED value in base64, its kind in capitals when asked (ORU messages).
    pub(crate) fn print(&self, capitals: bool) -> String {
        let kind = self.kind.as_deref().unwrap_or("text");
        let kind = if capitals { kind.to_ascii_uppercase() } else { kind.to_owned() };
        let data = base64::engine::general_purpose::STANDARD.encode(&self.bytes);
        format!("{}^{}^{}^Base64^{data}", raw(self.source.as_deref()), raw(Some(&kind)), raw(self.subtype.as_deref()))
    }
}

struct Budget {
    used: usize,
    max: usize,
}

impl Budget {
    fn of(reading: &Reading) -> Self {
        Self { used: reading.attachment_bytes, max: reading.limits.max_attachment_bytes }
    }

    fn take(&mut self, bytes: usize) -> Result<(), Hl7Error> {
        self.used += bytes;
        if self.used > self.max {
            return Err(Hl7Error::AttachmentsTooLarge { limit: self.max });
        }
        Ok(())
    }
}

struct Defect {
    what: &'static str,
    damages: bool,
}

const CUT: Defect = Defect { what: "the base64 is cut short", damages: true };
const FOREIGN: Defect = Defect { what: "a character is not base64", damages: true };
const AFTER: Defect = Defect { what: "characters follow the padding of the base64", damages: true };
const UNPADDED: Defect = Defect { what: "the base64 lacks its padding", damages: false };
const OVERPADDED: Defect = Defect { what: "the base64 has too much padding", damages: false };

fn decode(data: &str, bytes: &mut Vec<u8>, budget: &mut Budget) -> Result<Vec<Defect>, Hl7Error> {
    let mut chunk = Vec::with_capacity(CHUNK);
    let mut padding = 0_usize;
    for symbol in data.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        match symbol {
            b'=' => padding += 1,
            _ if padding > 0 => return Ok(vec![AFTER]),
            _ => chunk.push(symbol),
        }
        if chunk.len() == CHUNK && padding == 0 && !decode_chunk(&mut chunk, bytes, budget)? {
            return Ok(vec![FOREIGN]);
        }
    }
    let rest = chunk.len() % 4;
    if rest == 1 {
        chunk.pop();
    }
    if !decode_chunk(&mut chunk, bytes, budget)? {
        return Ok(vec![FOREIGN]);
    }
    let expected = (4 - rest) % 4;
    Ok(match rest {
        1 => vec![CUT],
        _ if padding < expected => vec![UNPADDED],
        _ if padding > expected => vec![OVERPADDED],
        _ => Vec::new(),
    })
}

/// Decodes and empties a chunk; false when it holds something else than base64.
fn decode_chunk(chunk: &mut Vec<u8>, bytes: &mut Vec<u8>, budget: &mut Budget) -> Result<bool, Hl7Error> {
    let before = bytes.len();
    budget.take(chunk.len() / 4 * 3)?;
    let decoded = ENGINE.decode_vec(&*chunk, bytes).is_ok();
    if !decoded {
        bytes.truncate(before);
    }
    chunk.clear();
    Ok(decoded)
}
