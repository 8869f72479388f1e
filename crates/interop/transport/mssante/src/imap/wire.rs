//! Answers of an IMAP server, cut from the stream with bounded memory and in linear time.

use std::time::Duration;

use memchr::memchr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::ImapError;
use crate::net::{NetError, Stream};

/// Bytes of one answer outside of its literals.
const MAX_TEXT: usize = 1024 * 1024;
/// Levels of lists in one answer.
const MAX_DEPTH: usize = 64;
/// Bytes read at once.
const CHUNK: usize = 32 * 1024;

/// The stream, and what was read of it and not yet used.
pub(crate) struct Wire {
    stream: Stream,
    buffer: Vec<u8>,
    /// Start of the line being looked at, in `buffer`.
    line: usize,
    /// From where the end of that line is looked for.
    scan: usize,
    /// Length of the answer known so far, literals included: nothing to look at before it is there.
    wanted: usize,
    /// Bytes of literals in the answer being read.
    literals: usize,
    /// Lists open at the end of the lines looked at.
    depth: usize,
}

impl Wire {
    pub(crate) fn new(stream: Stream) -> Self {
        Self { stream, buffer: Vec::new(), line: 0, scan: 0, wanted: 0, literals: 0, depth: 0 }
    }

    pub(crate) async fn write(&mut self, bytes: &[u8], within: Duration) -> Result<(), ImapError> {
        let writing = async {
            self.stream.write_all(bytes).await?;
            self.stream.flush().await
        };
        let written = tokio::time::timeout(within, writing).await.map_err(|_| NetError::Timeout)?;
        written.map_err(|error| NetError::of(&error))?;
        Ok(())
    }

    /// The next answer with its literals, the last CRLF included; `silence` is the longest the server may
    /// stay silent. May be dropped and called again: what was read is kept.
    pub(crate) async fn answer(&mut self, max_literals: usize, silence: Duration) -> Result<Vec<u8>, ImapError> {
        loop {
            if let Some(end) = self.cut(max_literals)? {
                let rest = self.buffer.split_off(end);
                (self.line, self.scan, self.wanted, self.literals, self.depth) = (0, 0, 0, 0, 0);
                return Ok(std::mem::replace(&mut self.buffer, rest));
            }
            self.buffer.reserve(CHUNK);
            let read = tokio::time::timeout(silence, self.stream.read_buf(&mut self.buffer)).await;
            let count = read.map_err(|_| NetError::Timeout)?.map_err(|error| NetError::of(&error))?;
            if count == 0 {
                return Err(NetError::Closed { detail: "the server closed it".to_owned() }.into());
            }
        }
    }

    /// Length of the answer at the start of the buffer, once it is whole.
    fn cut(&mut self, max_literals: usize) -> Result<Option<usize>, ImapError> {
        if self.buffer.len() < self.wanted {
            return Ok(None);
        }
        while let Some(found) = self.buffer.get(self.scan..).and_then(|rest| memchr(b'\n', rest)) {
            let end = self.scan + found + 1;
            let line = self.buffer.get(self.line..end).unwrap_or_default();
            self.depth = depth_after(line, self.depth).ok_or_else(|| ImapError::protocol("lists nested too deep"))?;
            let literal = if self.line == 0 && is_status(line) { None } else { literal_length(line) };
            let Some(length) = literal else { return Ok(Some(end)) };
            self.literals = self.literals.saturating_add(length);
            if self.literals > max_literals {
                return Err(ImapError::protocol(format!("a literal of {length} bytes, {max_literals} accepted")));
            }
            (self.line, self.scan, self.wanted) = (end + length, end + length, end + length);
            if self.buffer.len() < self.wanted {
                self.buffer.reserve(self.wanted - self.buffer.len());
                return Ok(None);
            }
        }
        self.scan = self.buffer.len();
        if self.buffer.len().saturating_sub(self.literals) > MAX_TEXT {
            return Err(ImapError::protocol(format!("an answer of more than {MAX_TEXT} bytes")));
        }
        Ok(None)
    }
}

/// Length of the literal that a line announces at its end: `{123}`.
fn literal_length(line: &[u8]) -> Option<usize> {
    let line = line.strip_suffix(b"\n")?;
    let line = line.strip_suffix(b"\r").unwrap_or(line).strip_suffix(b"}")?;
    let start = line.iter().rposition(|&b| b == b'{')?;
    let digits = std::str::from_utf8(line.get(start + 1..)?).ok()?;
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    // A number too large for the machine is refused as a literal too large.
    Some(digits.parse().unwrap_or(usize::MAX / 4))
}

/// Whether an answer is a status, whose free text may end like a literal.
fn is_status(line: &[u8]) -> bool {
    let mut words = line.split(|&b| b == b' ');
    let tag = words.next().unwrap_or_default();
    let word = words.next().unwrap_or_default().to_ascii_uppercase();
    tag == b"+" || matches!(word.as_slice(), b"OK" | b"NO" | b"BAD" | b"BYE" | b"PREAUTH")
}

/// Depth of the lists after `line`, from `depth` before it; `None` beyond what any server needs, for
/// parsing recurses. Quoted strings count too, which only matters for answers nobody asks for here.
fn depth_after(line: &[u8], mut depth: usize) -> Option<usize> {
    for byte in line {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return None;
        }
    }
    Some(depth)
}
