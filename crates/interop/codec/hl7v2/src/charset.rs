//! From bytes to text and back: the charset of MSH-18 must be the real one.

use crate::error::{Hl7Error, excerpt};
use crate::limits::{Limits, Warnings};

/// Charsets a French HL7 v2 message may declare in MSH-18 (HL7 table 0211; the CI-SIS volets allow
/// `UNICODE UTF-8` and `8859/15`, PAM.fr also `8859/1`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Charset {
    /// `UNICODE UTF-8`.
    Utf8,
    /// `8859/1`, Western European.
    Latin1,
    /// `8859/15`, Western European with the euro sign and the French ligatures.
    Latin9,
    /// `ASCII`, seven bits.
    Ascii,
}

impl Charset {
    /// Name to write in MSH-18.
    pub fn hl7_name(self) -> &'static str {
        match self {
            Self::Utf8 => "UNICODE UTF-8",
            Self::Latin1 => "8859/1",
            Self::Latin9 => "8859/15",
            Self::Ascii => "ASCII",
        }
    }

    /// The charset of a name, whatever its case, spaces, dashes and slashes; `None` when it is not known.
    pub fn from_name(name: &str) -> Option<Self> {
        let kept = name.chars().filter(|c| !matches!(c, ' ' | '-' | '_' | '/' | '.'));
        let squeezed: String = kept.map(|c| c.to_ascii_uppercase()).collect();
        match squeezed.as_str() {
            "UNICODEUTF8" | "UTF8" => Some(Self::Utf8),
            "88591" | "ISO88591" | "LATIN1" | "ISOIR100" => Some(Self::Latin1),
            "885915" | "ISO885915" | "LATIN9" | "ISOIR203" => Some(Self::Latin9),
            "ASCII" | "USASCII" | "ISOIR6" => Some(Self::Ascii),
            _ => None,
        }
    }

    /// The text of a few bytes written as a hexadecimal escape; `None` when they are not in the charset.
    pub(crate) fn decode_few(self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Utf8 | Self::Ascii => std::str::from_utf8(bytes).ok().map(str::to_owned),
            Self::Latin1 => bytes.iter().map(|&b| latin1_or_windows(b)).collect(),
            Self::Latin9 => bytes.iter().map(|&b| Some(latin9(b))).collect(),
        }
    }

    /// The bytes of a text.
    ///
    /// # Errors
    /// [`Hl7Error::Unencodable`] for the first character without a place in the charset, and
    /// [`Hl7Error::DoubleEncoded`] when the text holds what a reader would take for damage.
    pub(crate) fn encode(self, text: &str) -> Result<Vec<u8>, Hl7Error> {
        if let Some(position) = double_encoding(text) {
            return Err(Hl7Error::DoubleEncoded { position });
        }
        if self == Self::Utf8 {
            return Ok(text.as_bytes().to_vec());
        }
        let unencodable = |character| Hl7Error::Unencodable { charset: self.hl7_name(), character };
        let encode = |c| self.encode_char(c).ok_or_else(|| unencodable(c));
        let bytes = text.chars().map(encode).collect::<Result<Vec<u8>, Hl7Error>>()?;
        match utf8_in_disguise(&bytes) {
            Some(position) => Err(Hl7Error::DoubleEncoded { position }),
            None => Ok(bytes),
        }
    }

    fn encode_char(self, c: char) -> Option<u8> {
        let byte = u8::try_from(u32::from(c)).ok();
        if c.is_ascii() {
            return byte;
        }
        match self {
            Self::Utf8 | Self::Ascii => None,
            Self::Latin1 => byte.filter(|b| *b >= 0xA0),
            Self::Latin9 => match LATIN9.iter().find(|(_, special)| *special == c) {
                Some((special, _)) => Some(*special),
                None => byte.filter(|b| *b >= 0xA0 && LATIN9.iter().all(|(special, _)| special != b)),
            },
        }
    }
}

/// Where 8859/15 differs from 8859/1.
const LATIN9: [(u8, char); 8] =
    [(0xA4, '€'), (0xA6, 'Š'), (0xA8, 'š'), (0xB4, 'Ž'), (0xB8, 'ž'), (0xBC, 'Œ'), (0xBD, 'œ'), (0xBE, 'Ÿ')];

/// Windows-1252, bytes 0x80 to 0x9F; `\0` where the charset has no character.
const WINDOWS_1252: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”', '•', '–', '—',
    '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

fn latin9(byte: u8) -> char {
    LATIN9.iter().find(|(special, _)| *special == byte).map_or(char::from(byte), |(_, c)| *c)
}

/// 8859/1, and Windows-1252 where 8859/1 only has control codes no message holds.
fn latin1_or_windows(byte: u8) -> Option<char> {
    match byte {
        0x80..=0x9F => WINDOWS_1252.get(usize::from(byte - 0x80)).copied().filter(|c| *c != '\0'),
        _ => Some(char::from(byte)),
    }
}

/// The text of a message and the charset it was really in.
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) charset: Charset,
}

/// Decodes the bytes of a message.
///
/// `declared` is MSH-18 as written, empty when absent; `agreed` the charset agreed with the sender
/// for messages that declare none.
///
/// # Errors
/// [`Hl7Error::UnsupportedCharset`], [`Hl7Error::UndeclaredCharset`], [`Hl7Error::CharsetMismatch`],
/// [`Hl7Error::DoubleEncoded`], [`Hl7Error::TooLarge`].
pub(crate) fn decode(
    bytes: &[u8],
    declared: &str,
    agreed: Option<Charset>,
    limits: &Limits,
    warnings: &mut Warnings,
) -> Result<Decoded, Hl7Error> {
    let charset = match (declared.is_empty(), agreed) {
        (false, _) => known(declared, warnings)?,
        (true, Some(agreed)) => agreed,
        (true, None) => undeclared(bytes, warnings)?,
    };
    let mismatch = |position| Hl7Error::CharsetMismatch { declared: charset.hl7_name().to_owned(), position };
    let text = match charset {
        Charset::Utf8 => utf8(bytes).map_err(mismatch)?,
        Charset::Ascii => match bytes.iter().position(|b| !b.is_ascii()) {
            Some(position) => return Err(mismatch(position)),
            None => utf8(bytes).map_err(mismatch)?,
        },
        Charset::Latin1 | Charset::Latin9 => single_bytes(bytes, charset, limits, warnings)?,
    };
    match double_encoding(&text) {
        Some(position) => Err(Hl7Error::DoubleEncoded { position }),
        None => Ok(Decoded { text, charset }),
    }
}

fn utf8(bytes: &[u8]) -> Result<String, usize> {
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| error.valid_up_to())
}

fn known(declared: &str, warnings: &mut Warnings) -> Result<Charset, Hl7Error> {
    let charset = Charset::from_name(declared).ok_or_else(|| Hl7Error::UnsupportedCharset { charset: excerpt(declared) })?;
    if declared.trim() != charset.hl7_name() {
        warnings.push(|| format!("MSH-18: \"{}\" was read as {}", excerpt(declared), charset.hl7_name()));
    }
    Ok(charset)
}

fn undeclared(bytes: &[u8], warnings: &mut Warnings) -> Result<Charset, Hl7Error> {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => Ok(Charset::Ascii),
        Ok(_) => {
            warnings.push(|| "MSH-18 declares no charset: the bytes are UTF-8 and were read so".to_owned());
            Ok(Charset::Utf8)
        }
        Err(error) => Err(Hl7Error::UndeclaredCharset { position: error.valid_up_to() }),
    }
}

fn single_bytes(bytes: &[u8], charset: Charset, limits: &Limits, warnings: &mut Warnings) -> Result<String, Hl7Error> {
    let mismatch = |position| Hl7Error::CharsetMismatch { declared: charset.hl7_name().to_owned(), position };
    if bytes.is_ascii() {
        return utf8(bytes).map_err(mismatch);
    }
    if let Some(position) = utf8_in_disguise(bytes) {
        return Err(mismatch(position));
    }
    let mut text = String::with_capacity(bytes.len());
    let mut windows = false;
    for (position, &byte) in bytes.iter().enumerate() {
        let c = match charset {
            Charset::Latin9 if matches!(byte, 0x80..=0x9F) => None,
            Charset::Latin9 => Some(latin9(byte)),
            _ => latin1_or_windows(byte),
        };
        text.push(c.ok_or_else(|| mismatch(position))?);
        windows |= matches!(byte, 0x80..=0x9F);
        if text.len() > limits.max_bytes {
            return Err(Hl7Error::TooLarge { limit: limits.max_bytes });
        }
    }
    if windows {
        warnings.push(|| "MSH-18 says 8859/1 but the bytes are Windows-1252, and were read so".to_owned());
    }
    Ok(text)
}

/// Offset of the first accent of bytes that are UTF-8 although they should be in a one-byte charset.
///
/// In French text accents stand alone, so that it is never valid UTF-8; the few pairs that are, such as
/// "Éœ", would be characters no French text holds.
fn utf8_in_disguise(bytes: &[u8]) -> Option<usize> {
    let french = |c: char| matches!(c, '\u{A0}'..='\u{FF}' | 'Œ' | 'œ' | 'Š' | 'š' | 'Ÿ' | 'Ž' | 'ž' | '€' | '\u{2010}'..='\u{2026}' | '\u{202F}');
    std::str::from_utf8(bytes).ok()?.char_indices().find(|(_, c)| french(*c)).map(|(at, _)| at)
}

/// Offset of the first accent that shows the text was encoded in UTF-8 twice.
///
/// "é" becomes "Ã©", "É" becomes "Ã‰", the apostrophe "â€™": sequences no French text holds.
fn double_encoding(text: &str) -> Option<usize> {
    let followed_by = |lead: char, damage: fn(char) -> bool| {
        text.match_indices(lead)
            .find(|(at, found)| text.get(at + found.len()..).and_then(|rest| rest.chars().next()).is_some_and(damage))
            .map(|(at, _)| at)
    };
    let accent = followed_by('Ã', |next| {
        matches!(next, '\u{80}'..='\u{9F}' | '\u{A1}'..='\u{BF}')
            || matches!(next, '€' | '‡' | 'ˆ' | '‰' | 'Š' | '‹' | 'Œ' | 'Ž' | 'œ' | 'š' | 'ž' | 'Ÿ')
    });
    accent.or_else(|| followed_by('â', |next| matches!(next, '€' | '\u{80}')))
}
