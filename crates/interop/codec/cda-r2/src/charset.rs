//! From bytes to text: the declared charset must be the real one.

use std::borrow::Cow;

use crate::error::CdaError;
use crate::limits::Limits;

/// Bytes at the start of a document within which its XML declaration must end.
const DECLARATION_WINDOW: usize = 512;

/// Charsets a French CDA document may declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Charset {
    Utf8,
    Ascii,
    Latin1,
    Latin9,
    Windows1252,
}

/// Decodes the document to text, without byte order mark.
///
/// # Errors
/// [`CdaError::UnsupportedCharset`], [`CdaError::CharsetMismatch`], [`CdaError::DoubleEncoded`],
/// or [`CdaError::TooLarge`] when the decoded text passes [`Limits::max_bytes`].
pub(crate) fn decode<'b>(bytes: &'b [u8], limits: &Limits) -> Result<Cow<'b, str>, CdaError> {
    let (body, has_bom) = strip_bom(bytes)?;
    let declared = declared_name(body);
    let name = declared.clone().unwrap_or_else(|| "UTF-8".to_owned());
    let charset = charset_of(&name)?;
    let bom_length = bytes.len() - body.len();
    let mismatch = |position: usize| CdaError::CharsetMismatch { declared: name.clone(), position: position + bom_length };
    if has_bom && charset != Charset::Utf8 {
        return Err(mismatch(0));
    }
    let text = match charset {
        Charset::Utf8 => Cow::Borrowed(std::str::from_utf8(body).map_err(|e| mismatch(e.valid_up_to()))?),
        Charset::Ascii => match body.iter().position(|b| !b.is_ascii()) {
            Some(position) => return Err(mismatch(position)),
            None => Cow::Borrowed(std::str::from_utf8(body).map_err(|e| mismatch(e.valid_up_to()))?),
        },
        Charset::Latin1 | Charset::Latin9 | Charset::Windows1252 => decode_single_byte(body, charset, limits, mismatch)?,
    };
    match double_encoding(&text) {
        Some(position) => Err(CdaError::DoubleEncoded { position }),
        None => Ok(text),
    }
}

fn strip_bom(bytes: &[u8]) -> Result<(&[u8], bool), CdaError> {
    let unsupported = |charset: &str| CdaError::UnsupportedCharset { charset: charset.to_owned() };
    if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        return Ok((rest, true));
    }
    match bytes {
        [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] | [0, b'<', ..] | [b'<', 0, ..] => Err(unsupported("UTF-16")),
        _ => Ok((bytes, false)),
    }
}

/// The `encoding` pseudo-attribute of the XML declaration, if the document starts with one.
fn declared_name(body: &[u8]) -> Option<String> {
    let window = body.get(..body.len().min(DECLARATION_WINDOW))?;
    if !window.starts_with(b"<?xml") {
        return None;
    }
    let end = window.windows(2).position(|pair| pair == b"?>")?;
    let declaration: String = window[..end].iter().map(|&b| char::from(b)).collect();
    let after = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    after.get(1..)?.split(quote).next().map(str::to_owned)
}

fn charset_of(name: &str) -> Result<Charset, CdaError> {
    match name.to_ascii_lowercase().as_str() {
        "utf-8" | "utf8" => Ok(Charset::Utf8),
        "us-ascii" | "ascii" => Ok(Charset::Ascii),
        "iso-8859-1" | "iso8859-1" | "iso_8859-1" | "latin1" | "latin-1" => Ok(Charset::Latin1),
        "iso-8859-15" | "iso8859-15" | "iso_8859-15" | "latin9" => Ok(Charset::Latin9),
        "windows-1252" | "cp1252" | "cp-1252" => Ok(Charset::Windows1252),
        _ => Err(CdaError::UnsupportedCharset { charset: name.chars().take(40).collect() }),
    }
}

fn decode_single_byte<'b>(
    body: &'b [u8],
    charset: Charset,
    limits: &Limits,
    mismatch: impl Fn(usize) -> CdaError,
) -> Result<Cow<'b, str>, CdaError> {
    let Some(first) = body.iter().position(|b| !b.is_ascii()) else {
        return std::str::from_utf8(body).map(Cow::Borrowed).map_err(|e| mismatch(e.valid_up_to()));
    };
    // French text in a one-byte charset never happens to be valid UTF-8: accents stand alone.
    if std::str::from_utf8(body).is_ok() {
        return Err(mismatch(first));
    }
    let too_large = CdaError::TooLarge { limit: limits.max_bytes };
    let mut text = String::with_capacity(body.len());
    for (position, &byte) in body.iter().enumerate() {
        text.push(single_byte_char(byte, charset).ok_or_else(|| mismatch(position))?);
        if text.len() > limits.max_bytes {
            return Err(too_large);
        }
    }
    Ok(Cow::Owned(text))
}

/// The character of a byte; `None` for a control code (0x80 to 0x9F) no document holds.
fn single_byte_char(byte: u8, charset: Charset) -> Option<char> {
    match (charset, byte) {
        (Charset::Windows1252, 0x80..=0x9F) => {
            let c = WINDOWS_1252[usize::from(byte - 0x80)];
            (c != '\0').then_some(c)
        }
        (_, 0x80..=0x9F) => None,
        (Charset::Latin9, 0xA4) => Some('€'),
        (Charset::Latin9, 0xA6) => Some('Š'),
        (Charset::Latin9, 0xA8) => Some('š'),
        (Charset::Latin9, 0xB4) => Some('Ž'),
        (Charset::Latin9, 0xB8) => Some('ž'),
        (Charset::Latin9, 0xBC) => Some('Œ'),
        (Charset::Latin9, 0xBD) => Some('œ'),
        (Charset::Latin9, 0xBE) => Some('Ÿ'),
        _ => Some(char::from(byte)),
    }
}

/// Windows-1252, bytes 0x80 to 0x9F; `\0` where the charset has no character.
const WINDOWS_1252: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”', '•', '–', '—',
    '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// Offset of the first accent that shows the text was encoded in UTF-8 twice.
///
/// "é" becomes "Ã©", "É" becomes "Ã‰", the apostrophe "â€™": sequences no French text holds.
fn double_encoding(text: &str) -> Option<usize> {
    let suspects = |lead: char| {
        text.match_indices(lead)
            .find(|(at, found)| text[at + found.len()..].chars().next().is_some_and(|next| is_double_encoding(lead, next)))
            .map(|(at, _)| at)
    };
    suspects('Ã').or_else(|| suspects('â'))
}

/// Whether `next` after `lead` shows an accent or an apostrophe encoded twice.
pub(crate) fn is_double_encoding(lead: char, next: char) -> bool {
    match lead {
        'Ã' => {
            matches!(next, '\u{80}'..='\u{9F}' | '\u{A1}'..='\u{BF}')
                || matches!(next, '€' | '‡' | 'ˆ' | '‰' | 'Š' | '‹' | 'Œ' | 'Ž' | 'œ' | 'š' | 'ž' | 'Ÿ')
        }
        'â' => matches!(next, '€' | '\u{80}'),
        _ => false,
    }
}
