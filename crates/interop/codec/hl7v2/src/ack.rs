//! ACK: answers to messages.

use crate::charset::Charset;
use crate::datatype::Code;
use crate::draft::{Draft, SegmentDraft};
use crate::error::Hl7Error;
use crate::fault::{ErrorCondition, Fault};
use crate::header::{Header, MessageKind, Processing};
use crate::message::Message;
use crate::reading::{expect_kind, required, text};
use crate::timestamp::Timestamp;

/// What an acknowledgment says (MSA-1, HL7 table 0008).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AckCode {
    /// `AA`: the receiver takes charge of the message, which must not be sent again.
    Accept,
    /// `AE`: the message is wrong; sending it again changes nothing.
    Error,
    /// `AR`: refused for a reason outside the message; it may be sent again later.
    Reject,
}

impl AckCode {
    /// Code to write in MSA-1.
    pub fn code(self) -> &'static str {
        match self {
            Self::Accept => "AA",
            Self::Error => "AE",
            Self::Reject => "AR",
        }
    }

    /// The code of MSA-1; those of the enhanced mode (`CA`, `CE`, `CR`) say the same of the reception.
    fn from_code(code: &str) -> Option<Self> {
        match code {
            "AA" | "CA" => Some(Self::Accept),
            "AE" | "CE" => Some(Self::Error),
            "AR" | "CR" => Some(Self::Reject),
            _ => None,
        }
    }
}

/// An acknowledgment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ack {
    /// MSA-1.
    pub code: AckCode,
    /// MSA-2: MSH-10 of the message acknowledged.
    pub control_id: String,
    /// ERR; at least one for an error or a refusal.
    pub faults: Vec<Fault>,
}

/// What the sender of an acknowledgment says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AckStamp {
    /// MSH-7.
    pub time: Timestamp,
    /// MSH-10, unique for the sender.
    pub control_id: String,
}

impl Ack {
    /// Acceptance of a message, which must be durably kept before this is sent.
    pub fn accept(of: &Header) -> Self {
        Self { code: AckCode::Accept, control_id: of.control_id.clone(), faults: Vec::new() }
    }

    /// Refusal of a message because of what it is (`AE`).
    pub fn error(of: &Header, faults: Vec<Fault>) -> Self {
        Self { code: AckCode::Error, control_id: of.control_id.clone(), faults }
    }

    /// Refusal of a message because of the receiver, such as a full disk (`AR` with 207): it may be
    /// sent again.
    pub fn reject(of: &Header, message: &str) -> Self {
        let fault = Fault { user_message: Some(message.to_owned()), ..Fault::new(ErrorCondition::ApplicationError) };
        Self { code: AckCode::Reject, control_id: of.control_id.clone(), faults: vec![fault] }
    }

    /// Refusal (`AE`) of bytes that are no readable message.
    pub fn unreadable(of: &Header, error: &Hl7Error) -> Self {
        Self::error(of, vec![Fault::of(error)])
    }

    /// Prints the acknowledgment of the message `of`: applications and establishments exchanged, MSH-11
    /// and MSH-12 repeated, in the charset of the sender, or in UTF-8 when that charset is unknown or
    /// cannot write it.
    pub fn print(&self, of: &Header, stamp: &AckStamp) -> Vec<u8> {
        let asked = of.charset.as_deref().and_then(Charset::from_name);
        let draft = |name: Option<&str>| self.draft(of, stamp, name);
        if of.charset.is_none()
            && let Ok(bytes) = draft(None).print_in(Charset::Ascii)
        {
            return bytes;
        }
        let charset = asked.unwrap_or(Charset::Utf8);
        if let Ok(bytes) = draft(Some(charset.hl7_name())).print_in(charset) {
            return bytes;
        }
        let utf8 = draft(Some(Charset::Utf8.hl7_name()));
        utf8.print_in(Charset::Utf8).unwrap_or_else(|_| self.bare(of, stamp))
    }

    /// Without the texts that no charset can carry.
    fn bare(&self, of: &Header, stamp: &AckStamp) -> Vec<u8> {
        let faults = self.faults.iter().map(|fault| Fault { user_message: None, ..fault.clone() }).collect();
        let of = Header { control_id: of.control_id.clone(), ..Header::default() };
        let bare = Self { faults, ..self.clone() };
        bare.draft(&of, stamp, None).print_in(Charset::Utf8).unwrap_or_default()
    }

    fn draft(&self, of: &Header, stamp: &AckStamp, charset: Option<&str>) -> Draft {
        let kind = match of.kind.event.as_deref() {
            Some(event) => MessageKind::new("ACK", event, "ACK"),
            None => MessageKind { code: "ACK".to_owned(), ..MessageKind::default() },
        };
        let msh = SegmentDraft::new("MSH")
            .value(2, of.receiving_application.as_ref())
            .value(3, of.receiving_facility.as_ref())
            .value(4, of.sending_application.as_ref())
            .value(5, of.sending_facility.as_ref())
            .time(6, Some(&stamp.time))
            .components(8, &[&kind.code, kind.event.as_deref().unwrap_or(""), kind.structure.as_deref().unwrap_or("")])
            .text(9, &stamp.control_id)
            .text(10, of.processing.map_or("P", Processing::code))
            .raw(11, version_of(of))
            .opt(16, of.country.as_ref())
            .opt(17, charset);
        let mut draft = Draft::start(msh, Charset::Utf8);
        draft.push(&SegmentDraft::new("MSA").text(1, self.code.code()).text(2, &self.control_id));
        for fault in &self.faults {
            draft.push(&fault.draft());
        }
        draft
    }

    /// Reads an acknowledgment.
    ///
    /// # Errors
    /// [`Hl7Error::UnsupportedMessage`]; [`Hl7Error::Missing`] without MSA-1 or MSA-2;
    /// [`Hl7Error::Invalid`] for another MSA-1.
    pub fn read(message: &Message) -> Result<Self, Hl7Error> {
        expect_kind(message, &["ACK"])?;
        let msa = required(message, "MSA")?;
        let code = text(msa, 1).ok_or_else(|| Hl7Error::missing("MSA-1"))?;
        let code = AckCode::from_code(&code).ok_or_else(|| Hl7Error::invalid("MSA-1", &code))?;
        let control_id = text(msa, 2).ok_or_else(|| Hl7Error::missing("MSA-2"))?;
        let mut faults: Vec<Fault> = message.all("ERR").map(Fault::read).collect();
        // MSA-3 was the place of the explanation before HL7 2.5.
        if let (true, Some(explanation)) = (faults.is_empty(), text(msa, 3)) {
            let condition = Code { id: Some("207".to_owned()), ..Code::default() };
            faults.push(Fault { condition, user_message: Some(explanation), ..Fault::new(ErrorCondition::ApplicationError) });
        }
        Ok(Self { code, control_id, faults })
    }
}

fn version_of(of: &Header) -> String {
    if of.version.number.is_empty() { "2.5".to_owned() } else { of.version.print() }
}
