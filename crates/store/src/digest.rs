//! SHA-256 and the forms its values are written in.

use ring::digest::{SHA256, digest};

/// First half of a SHA-256: names the content of a record.
pub(crate) type Short = [u8; 16];

/// Half of the SHA-256 of these bytes.
pub(crate) fn short(bytes: &[u8]) -> Short {
    let mut half = [0; 16];
    half.copy_from_slice(&digest(&SHA256, bytes).as_ref()[..16]);
    half
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}
