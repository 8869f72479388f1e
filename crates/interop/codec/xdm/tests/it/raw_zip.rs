//! Archives made byte by byte, for what no honest tool writes.

/// An entry, stored or deflated by the caller.
#[derive(Clone)]
pub(crate) struct Raw {
    pub(crate) name: Vec<u8>,
    /// Name in the local header, when it is another one.
    pub(crate) local_name: Option<Vec<u8>>,
    /// Bytes as they stand in the archive.
    pub(crate) data: Vec<u8>,
    pub(crate) method: u16,
    pub(crate) flags: u16,
    /// Size announced once decompressed.
    pub(crate) size: u32,
    pub(crate) crc: u32,
    /// Unix mode, zero for none.
    pub(crate) mode: u32,
}

impl Raw {
    pub(crate) fn stored(name: &str, data: &[u8]) -> Self {
        Self {
            name: name.as_bytes().to_vec(),
            local_name: None,
            data: data.to_vec(),
            method: 0,
            flags: 0,
            size: u32::try_from(data.len()).expect("small"),
            crc: crc32(data),
            mode: 0,
        }
    }
}

fn crc32(data: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 })
    };
    !data.iter().fold(!0, step)
}

/// The archive of these entries; `offsets` replaces the place of some local headers.
pub(crate) fn archive(entries: &[Raw], offsets: impl Fn(usize, u32) -> u32) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (index, entry) in entries.iter().enumerate() {
        let offset = offsets(index, u32::try_from(bytes.len()).expect("small"));
        bytes.extend_from_slice(&local(entry));
        directory.extend_from_slice(b"PK\x01\x02\x14\x03\x14\x00");
        common(&mut directory, entry, entry.name.len());
        directory.extend_from_slice(&[0; 6]);
        directory.extend_from_slice(&(entry.mode << 16).to_le_bytes());
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(&entry.name);
    }
    let start = u32::try_from(bytes.len()).expect("small");
    let count = u16::try_from(entries.len()).expect("few");
    let length = u32::try_from(directory.len()).expect("small");
    bytes.extend_from_slice(&directory);
    bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    bytes.extend_from_slice(&count.to_le_bytes());
    bytes.extend_from_slice(&count.to_le_bytes());
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(&start.to_le_bytes());
    bytes.extend_from_slice(&[0; 2]);
    bytes
}

/// The local header of an entry and its data.
pub(crate) fn local(entry: &Raw) -> Vec<u8> {
    let local_name = entry.local_name.as_ref().unwrap_or(&entry.name);
    let mut bytes = b"PK\x03\x04\x14\x00".to_vec();
    common(&mut bytes, entry, local_name.len());
    bytes.extend_from_slice(local_name);
    bytes.extend_from_slice(&entry.data);
    bytes
}

/// What both headers have in common: flags, method, date, checksum, sizes, length of the name.
fn common(out: &mut Vec<u8>, entry: &Raw, name_length: usize) {
    out.extend_from_slice(&entry.flags.to_le_bytes());
    out.extend_from_slice(&entry.method.to_le_bytes());
    out.extend_from_slice(&[0, 0, 0x21, 0]);
    out.extend_from_slice(&entry.crc.to_le_bytes());
    out.extend_from_slice(&u32::try_from(entry.data.len()).expect("small").to_le_bytes());
    out.extend_from_slice(&entry.size.to_le_bytes());
    out.extend_from_slice(&u16::try_from(name_length).expect("short").to_le_bytes());
    out.extend_from_slice(&[0; 2]);
}
