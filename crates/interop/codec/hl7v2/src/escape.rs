//! Escape sequences of HL7 v2 (chapter 2, "Use of escape sequences in text fields").

use std::borrow::Cow;

use crate::charset::Charset;
use crate::delimiters::Delimiters;

/// Longest run of lines or spaces one formatting command may produce.
const MAX_SKIP: usize = 10;

/// What is needed to understand a raw value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Syntax {
    pub(crate) delimiters: Delimiters,
    pub(crate) charset: Charset,
}

/// A piece of a raw value.
enum Token<'t> {
    /// Text as written.
    Text(&'t str),
    /// One character, or nothing, stands for the sequence.
    Character(Option<char>),
    /// Blank lines or spaces.
    Run(char, usize),
    /// Hexadecimal digits, and the whole sequence as written.
    Hexadecimal(&'t str, &'t str),
    /// A sequence of another kind without its end, or a lone escape character and what follows: kept as
    /// written.
    Unknown(&'t str),
}

struct Tokens<'t> {
    rest: &'t str,
    delimiters: Delimiters,
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        if self.rest.is_empty() {
            return None;
        }
        let escape = self.delimiters.escape;
        match self.rest.find(escape) {
            None => Some(Token::Text(std::mem::take(&mut self.rest))),
            Some(0) => Some(self.sequence(escape.len_utf8())),
            Some(at) => {
                let (text, rest) = self.rest.split_at(at);
                self.rest = rest;
                Some(Token::Text(text))
            }
        }
    }
}

impl<'t> Tokens<'t> {
    /// The sequence that starts here, or the lone escape character and the text after it. The search for
    /// the end never passes the next escape character, so that reading stays linear.
    fn sequence(&mut self, width: usize) -> Token<'t> {
        let body = self.rest.get(width..).unwrap_or_default();
        let end = body.find(self.delimiters.escape).unwrap_or(body.len());
        let (inner, after) = body.split_at(end);
        if !after.is_empty()
            && let Some(token) = self.known(inner, width)
        {
            self.rest = after.get(width..).unwrap_or_default();
            return token;
        }
        let (alone, rest) = self.rest.split_at(width + end);
        self.rest = rest;
        Token::Unknown(alone)
    }

    fn known(&self, inner: &'t str, width: usize) -> Option<Token<'t>> {
        let d = &self.delimiters;
        let character = match inner.as_bytes() {
            [b'F'] => Some(d.field),
            [b'S'] => Some(d.component),
            [b'T'] => Some(d.subcomponent),
            [b'R'] => Some(d.repetition),
            [b'E'] => Some(d.escape),
            [b'P'] => Some(d.truncation?),
            // Highlighting: presentation without content.
            [b'H' | b'N'] => None,
            [b'X' | b'.', _, ..] => return self.parametrised(inner, width),
            _ => return None,
        };
        Some(Token::Character(character))
    }

    fn parametrised(&self, inner: &'t str, width: usize) -> Option<Token<'t>> {
        if let Some(digits) = inner.strip_prefix('X') {
            let hexadecimal =
                !digits.is_empty() && digits.len().is_multiple_of(2) && digits.bytes().all(|b| b.is_ascii_hexdigit());
            let whole = self.rest.get(..inner.len() + 2 * width)?;
            return hexadecimal.then_some(Token::Hexadecimal(digits, whole));
        }
        let command = inner.get(1..3)?;
        let argument = inner.get(3..)?;
        let is = |names: &[&str]| names.iter().any(|name| command.eq_ignore_ascii_case(name));
        if argument.is_empty() && is(&["br", "ce"]) {
            return Some(Token::Character(Some('\n')));
        }
        // Line filling: presentation without content.
        if argument.is_empty() && is(&["fi", "nf"]) {
            return Some(Token::Character(None));
        }
        let number = argument.trim_start_matches(['+', '-']);
        if number.len() > 3 || !number.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let count = number.parse::<usize>().unwrap_or(1).min(MAX_SKIP);
        match command {
            _ if is(&["sp"]) => Some(Token::Run('\n', count)),
            _ if is(&["sk"]) => Some(Token::Run(' ', count)),
            _ if is(&["in", "ti"]) => Some(Token::Character(None)),
            _ => None,
        }
    }
}

fn tokens<'t>(raw: &'t str, syntax: &Syntax) -> Tokens<'t> {
    Tokens { rest: raw, delimiters: syntax.delimiters }
}

/// The text a raw value stands for. Unknown sequences are kept as written.
pub(crate) fn unescape<'t>(raw: &'t str, syntax: &Syntax) -> Cow<'t, str> {
    if !raw.contains(syntax.delimiters.escape) {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    let mut bytes = Vec::new();
    let mut written = String::new();
    for token in tokens(raw, syntax) {
        if let Token::Hexadecimal(digits, whole) = token {
            push_bytes(&mut bytes, digits);
            written.push_str(whole);
            continue;
        }
        flush(&mut text, &mut bytes, &mut written, syntax.charset);
        match token {
            Token::Text(piece) | Token::Unknown(piece) => text.push_str(piece),
            Token::Character(c) => text.extend(c),
            Token::Run(c, count) => text.extend(std::iter::repeat_n(c, count)),
            Token::Hexadecimal(..) => {}
        }
    }
    flush(&mut text, &mut bytes, &mut written, syntax.charset);
    Cow::Owned(text)
}

/// Ends a run of hexadecimal sequences: together they may be one character of several bytes.
fn flush(text: &mut String, bytes: &mut Vec<u8>, written: &mut String, charset: Charset) {
    if written.is_empty() {
        return;
    }
    match charset.decode_few(bytes) {
        Some(decoded) => text.push_str(&decoded),
        None => text.push_str(written),
    }
    bytes.clear();
    written.clear();
}

fn push_bytes(bytes: &mut Vec<u8>, digits: &str) {
    let value = |digit: u8| char::from(digit).to_digit(16).and_then(|v| u8::try_from(v).ok()).unwrap_or_default();
    let mut pairs = digits.bytes();
    while let (Some(high), Some(low)) = (pairs.next(), pairs.next()) {
        bytes.push(value(high) * 16 + value(low));
    }
}

/// Whether a raw value holds an escape character that starts no known sequence.
pub(crate) fn has_unknown(raw: &str, syntax: &Syntax) -> bool {
    raw.contains(syntax.delimiters.escape) && tokens(raw, syntax).any(|token| matches!(token, Token::Unknown(_)))
}

/// The raw value, with the standard separators, that a reader turns back into `text`.
///
/// Line feeds become `\.br\`; other control characters, which could break a segment or an MLLP
/// frame, become hexadecimal.
pub(crate) fn escape(text: &str) -> String {
    let mut raw = String::with_capacity(text.len());
    for c in text.chars() {
        push_escaped(&mut raw, c, &Delimiters::STANDARD);
    }
    raw
}

fn push_escaped(raw: &mut String, c: char, d: &Delimiters) {
    let letter = match c {
        _ if c == d.field => "F",
        _ if c == d.component => "S",
        _ if c == d.subcomponent => "T",
        _ if c == d.repetition => "R",
        _ if c == d.escape => "E",
        _ => return push_control(raw, c, d.escape),
    };
    raw.push(d.escape);
    raw.push_str(letter);
    raw.push(d.escape);
}

/// Appends a character of a raw value, control characters escaped.
pub(crate) fn push_control(raw: &mut String, c: char, escape: char) {
    match c {
        '\n' => raw.extend([escape, '.', 'b', 'r', escape]),
        '\u{0}'..='\u{1f}' | '\u{7f}' => {
            raw.push(escape);
            raw.push_str(&format!("X{:02X}", u32::from(c)));
            raw.push(escape);
        }
        _ => raw.push(c),
    }
}
