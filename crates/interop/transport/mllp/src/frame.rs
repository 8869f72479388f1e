//! Frames: `0x0B` message `0x1C 0x0D` (HL7 "Minimal Lower Layer Protocol", release 1).

use memchr::memchr2;

/// Starts a frame.
pub(crate) const START: u8 = 0x0B;
/// Ends a frame, with [`RETURN`] after it.
pub(crate) const END: u8 = 0x1C;
/// Follows [`END`].
pub(crate) const RETURN: u8 = 0x0D;

/// Whether bytes can be framed: the bytes that start and end a frame may not be inside.
pub(crate) fn is_framable(message: &[u8]) -> bool {
    memchr2(START, END, message).is_none()
}

/// The message between its framing bytes.
pub(crate) fn frame(message: &[u8]) -> Vec<u8> {
    let mut framed = Vec::with_capacity(message.len() + 3);
    framed.push(START);
    framed.extend_from_slice(message);
    framed.extend_from_slice(&[END, RETURN]);
    framed
}

/// What the bytes of a connection contain, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// A whole message, without its framing bytes.
    Message(Vec<u8>),
    /// This many bytes stood between two frames, and were skipped. Line ends are not counted.
    Garbage(usize),
    /// A frame of this many bytes was abandoned by its sender, who started another.
    Abandoned(usize),
    /// A frame passes the size accepted; nothing more can be read from this connection.
    TooLarge,
}

/// Finds frames in bytes as they come. Every byte is looked at once.
#[derive(Debug)]
pub struct Decoder {
    max: usize,
    inside: bool,
    /// The frame being received. It may end with a lone [`END`].
    buffer: Vec<u8>,
    garbage: usize,
    dead: bool,
}

impl Decoder {
    /// A decoder that accepts messages of at most `max` bytes.
    pub fn new(max: usize) -> Self {
        Self { max, inside: false, buffer: Vec::new(), garbage: 0, dead: false }
    }

    /// Takes bytes, and says what they complete.
    pub fn push(&mut self, mut bytes: &[u8]) -> Vec<Frame> {
        let mut frames = Vec::new();
        while !bytes.is_empty() && !self.dead {
            bytes = if self.inside { self.inside(bytes, &mut frames) } else { self.between(bytes, &mut frames) };
        }
        frames
    }

    /// Bytes kept of a frame that is not whole yet; `None` between frames.
    pub fn pending(&self) -> Option<usize> {
        self.inside.then_some(self.buffer.len())
    }

    /// Bytes skipped since the last frame, not told yet.
    pub fn garbage(&self) -> usize {
        self.garbage
    }

    fn between<'b>(&mut self, bytes: &'b [u8], frames: &mut Vec<Frame>) -> &'b [u8] {
        let start = memchr::memchr(START, bytes);
        let skipped = bytes.get(..start.unwrap_or(bytes.len())).unwrap_or_default();
        self.garbage += skipped.iter().filter(|b| !matches!(b, b'\r' | b'\n')).count();
        let Some(start) = start else { return &[] };
        if self.garbage > 0 {
            frames.push(Frame::Garbage(std::mem::take(&mut self.garbage)));
        }
        self.inside = true;
        bytes.get(start + 1..).unwrap_or_default()
    }

    fn inside<'b>(&mut self, bytes: &'b [u8], frames: &mut Vec<Frame>) -> &'b [u8] {
        if self.buffer.last() == Some(&END) {
            match bytes.first() {
                Some(&RETURN) => {
                    self.complete(frames);
                    return bytes.get(1..).unwrap_or_default();
                }
                // The return is missing, but a new frame shows that this one is whole.
                Some(&START) => {
                    self.complete(frames);
                    return bytes;
                }
                _ => {}
            }
        }
        // An end byte that was not followed by its return belongs to the message.
        let found = memchr2(START, END, bytes);
        let taken = bytes.get(..found.unwrap_or(bytes.len())).unwrap_or_default();
        if !taken.is_empty() && self.buffer.len() + taken.len() > self.max {
            return self.give_up(frames);
        }
        self.buffer.extend_from_slice(taken);
        let Some(at) = found else { return &[] };
        let rest = bytes.get(at + 1..).unwrap_or_default();
        if bytes.get(at) == Some(&START) {
            frames.push(Frame::Abandoned(self.buffer.len()));
            self.buffer.clear();
            return rest;
        }
        // The end byte is not part of the message, unless another byte follows it.
        if self.buffer.len() > self.max {
            return self.give_up(frames);
        }
        self.buffer.push(END);
        rest
    }

    fn complete(&mut self, frames: &mut Vec<Frame>) {
        self.buffer.pop();
        self.inside = false;
        frames.push(Frame::Message(std::mem::take(&mut self.buffer)));
    }

    fn give_up<'b>(&mut self, frames: &mut Vec<Frame>) -> &'b [u8] {
        self.dead = true;
        self.buffer = Vec::new();
        frames.push(Frame::TooLarge);
        &[]
    }
}
