//! MSH: who sends what to whom, and how.

use crate::charset::Charset;
use crate::datatype::{Authority, EntityId};
use crate::delimiters::Delimiters;
use crate::error::{Hl7Error, excerpt};
use crate::escape::{Syntax, unescape};
use crate::message::Message;
use crate::reading::{Reading, every, one, required, text};
use crate::timestamp::Timestamp;

/// What a message is (MSH-9).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MessageKind {
    /// Type: `ADT`, `ORU`, `MDM`, `SIU`, `ACK`.
    pub code: String,
    /// Event: `A01`; `None` for types without events.
    pub event: Option<String>,
    /// Structure: `ADT_A01`; `None` before HL7 2.3.1.
    pub structure: Option<String>,
}

/// What a message is for (MSH-11, HL7 table 0103). Only production messages may change real records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Processing {
    /// `P`
    Production,
    /// `T`, a test message.
    Training,
    /// `D`
    Debugging,
}

impl Processing {
    /// Code to write in MSH-11.
    pub fn code(self) -> &'static str {
        match self {
            Self::Production => "P",
            Self::Training => "T",
            Self::Debugging => "D",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Production, Self::Training, Self::Debugging].into_iter().find(|p| p.code() == code)
    }
}

/// Version of HL7 (MSH-12): `2.5^FRA^2.11` for PAM.fr, `2.6` for MDM.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Version {
    /// Version of HL7.
    pub number: String,
    /// Country of the extension.
    pub country: Option<String>,
    /// Version of the extension.
    pub extension: Option<String>,
}

/// MSH.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// MSH-3.
    pub sending_application: Option<Authority>,
    /// MSH-4.
    pub sending_facility: Option<Authority>,
    /// MSH-5.
    pub receiving_application: Option<Authority>,
    /// MSH-6.
    pub receiving_facility: Option<Authority>,
    /// MSH-7; `None` when absent or not readable, which is told.
    pub time: Option<Timestamp>,
    /// MSH-9.
    pub kind: MessageKind,
    /// MSH-10, unique for its sender: what an acknowledgment repeats, and what shows a replay.
    pub control_id: String,
    /// MSH-11; `None` when absent, which is told.
    pub processing: Option<Processing>,
    /// MSH-12.
    pub version: Version,
    /// MSH-17, `FRA`.
    pub country: Option<String>,
    /// MSH-18 as written, first repetition.
    pub charset: Option<String>,
    /// MSH-21: profiles the message claims, such as `2.11^IHE_FRANCE-2.11-PAM`.
    pub profiles: Vec<EntityId>,
}

impl Header {
    /// Reads MSH; the second value is the defects to tell.
    pub(crate) fn read(message: &Message) -> Result<(Self, Vec<String>), Hl7Error> {
        let mut reading = Reading::new(message);
        let msh = required(message, "MSH")?;
        let processing = match msh.field(11).component(1).opt() {
            Some(code) => Some(Processing::from_code(&code).ok_or_else(|| Hl7Error::invalid("MSH-11", &code))?),
            None => None,
        };
        let header = Self {
            sending_application: one(msh, 3),
            sending_facility: one(msh, 4),
            receiving_application: one(msh, 5),
            receiving_facility: one(msh, 6),
            time: reading.time(msh, 7),
            kind: MessageKind {
                code: msh.field(9).component(1).opt().ok_or_else(|| Hl7Error::missing("MSH-9"))?,
                event: msh.field(9).component(2).opt(),
                structure: msh.field(9).component(3).opt(),
            },
            control_id: text(msh, 10).ok_or_else(|| Hl7Error::missing("MSH-10"))?,
            processing,
            version: version(msh)?,
            country: text(msh, 17),
            charset: msh.field(18).repetitions().next().and_then(|first| first.opt()),
            profiles: every(msh, 21),
        };
        for (n, absent) in [(7, msh.field(7).is_empty()), (11, header.processing.is_none())] {
            if absent {
                reading.warn(msh, n, "the field is empty");
            }
        }
        if msh.field(18).repetitions().count() > 1 {
            reading.warn(msh, 18, "only the first charset is used");
        }
        Ok((header, reading.into_warnings()))
    }

    /// What can be read of the MSH segment of bytes that are no readable message, so that they can be
    /// acknowledged; `None` when there is no MSH segment. Whatever is not readable is empty.
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        let at = bytes.iter().position(|b| !matches!(b, b' ' | b'\r' | b'\n' | 0x0B | 0xEF | 0xBB | 0xBF))?;
        let from = bytes.get(at..)?.strip_prefix(b"MSH")?;
        let end = memchr::memchr2(b'\r', b'\n', from).unwrap_or(from.len()).min(4_096);
        let line = String::from_utf8_lossy(from.get(..end)?).into_owned();
        let separator = line.chars().next().filter(char::is_ascii_punctuation)?;
        let fields: Vec<&str> = line.split(separator).collect();
        let syntax = Syntax { delimiters: Delimiters::STANDARD, charset: Charset::Utf8 };
        let part = |field: usize, component: usize| {
            let raw = fields.get(field - 1)?.split('~').next()?.split('^').nth(component - 1)?;
            let text = unescape(raw, &syntax).trim().to_owned();
            (!text.is_empty()).then_some(text)
        };
        let authority = |field| {
            let read = Authority { namespace: part(field, 1), universal_id: part(field, 2), universal_id_type: part(field, 3) };
            (read != Authority::default()).then_some(read)
        };
        Some(Self {
            sending_application: authority(3),
            sending_facility: authority(4),
            receiving_application: authority(5),
            receiving_facility: authority(6),
            time: part(7, 1).and_then(|raw| Timestamp::parse(&raw)),
            kind: MessageKind { code: part(9, 1).unwrap_or_default(), event: part(9, 2), structure: part(9, 3) },
            control_id: part(10, 1).unwrap_or_default(),
            processing: part(11, 1).and_then(|code| Processing::from_code(&code)),
            version: Version { number: part(12, 1).unwrap_or_default(), country: part(12, 2), extension: part(12, 3) },
            country: part(17, 1),
            charset: part(18, 1),
            profiles: Vec::new(),
        })
    }
}

fn version(msh: crate::value::Segment<'_>) -> Result<Version, Hl7Error> {
    let number = msh.field(12).component(1).opt().ok_or_else(|| Hl7Error::missing("MSH-12"))?;
    let minor = number.strip_prefix("2.");
    if !minor.is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit() || b == b'.')) {
        return Err(Hl7Error::UnsupportedVersion { version: excerpt(&number) });
    }
    Ok(Version { number, country: msh.field(12).component(2).opt(), extension: msh.field(12).component(3).opt() })
}
