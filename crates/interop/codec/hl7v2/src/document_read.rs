//! Documents carried by MDM and ORU messages: reading.

use crate::attachment::Attachment;
use crate::datatype::Datatype;
use crate::distribution::Distribution;
use crate::document::{CarriedDocument, Carrier, DocumentAction, DocumentMessage, Mail};
use crate::error::{Hl7Error, excerpt};
use crate::message::Message;
use crate::observation::{Observation, ResultValue, note};
use crate::participation::Participant;
use crate::patient::Patient;
use crate::reading::{Reading, every, expect_kind, one, text};
use crate::value::Segment;
use crate::visit::Visit;

/// Table of OBX-3.3 for what concerns distribution.
const TABLE: &str = "MetaDMPMSS";

impl DocumentMessage {
    /// Reads an MDM^T02, T10 or T04 message, or an ORU^R01 message that carries a document.
    ///
    /// # Errors
    /// [`Hl7Error::UnsupportedMessage`], [`Hl7Error::UnsupportedEvent`], [`Hl7Error::SeveralPatients`];
    /// [`Hl7Error::Contradiction`] when event, ORC-1 and OBX-11 do not agree, or when a code of
    /// `MetaDMPMSS` is given two answers; [`Hl7Error::Missing`] without PID-3, TXA-12, TXA-13 for a
    /// replacement, or any document; [`Hl7Error::DamagedDocument`];
    /// [`Hl7Error::AttachmentsTooLarge`].
    pub fn read(message: &Message) -> Result<Self, Hl7Error> {
        expect_kind(message, &["MDM", "ORU"])?;
        let mut reading = Reading::new(message);
        let (carrier, action) = action_of(message, &mut reading)?;
        let mut read = Self::new(carrier, action, Patient::read(message, &mut reading)?);
        read.visit = Visit::read(message, &mut reading);
        if let Some(obr) = message.segment("OBR") {
            read.code = one(obr, 4);
            read.placer = one(obr, 2);
            read.filler = one(obr, 3);
        }
        if carrier == Carrier::Mdm {
            read.read_txa(message, &mut reading)?;
        }
        read.read_group(message, &mut reading)?;
        if read.documents.is_empty() {
            match action {
                DocumentAction::Delete => reading.warn_whole("OBX: no document"),
                _ => return Err(Hl7Error::missing("OBX")),
            }
        }
        read.warnings = reading.into_warnings();
        Ok(read)
    }

    fn read_txa(&mut self, message: &Message, reading: &mut Reading) -> Result<(), Hl7Error> {
        let txa = message.segment("TXA").ok_or_else(|| Hl7Error::missing("TXA"))?;
        self.id = Some(one(txa, 12).ok_or_else(|| Hl7Error::missing(txa.path(12)))?);
        self.parent_id = one(txa, 13);
        if self.parent_id.is_none() && self.action == DocumentAction::Replace {
            return Err(Hl7Error::missing(txa.path(13)));
        }
        self.activity = reading.time(txa, 4);
        self.completion = text(txa, 17);
        self.authenticators = every(txa, 22);
        Ok(())
    }

    /// OBX, and the PRT and NTE that follow each.
    fn read_group(&mut self, message: &Message, reading: &mut Reading) -> Result<(), Hl7Error> {
        let mut last = None;
        for segment in message.segments() {
            match segment.name() {
                "PRT" => self.participants.push(Participant::read(segment)),
                "OBX" => {
                    last = Some(segment);
                    self.read_obx(segment, reading)?;
                }
                "NTE" if is_closing(segment, last) => self.closed_to_answers = true,
                "NTE" => match self.others.last_mut() {
                    Some(other) => other.notes.extend(note(segment)),
                    None => reading.warn(segment, 3, "a comment was left out"),
                },
                _ => {}
            }
        }
        Ok(())
    }

    fn read_obx(&mut self, obx: Segment<'_>, reading: &mut Reading) -> Result<(), Hl7Error> {
        let code = obx.field(3).component(1).opt().unwrap_or_default();
        if text(obx, 2).as_deref() == Some("ED") {
            return self.read_file(obx, &code, reading);
        }
        let answer = obx.field(5).component(1).opt();
        match (Distribution::from_code(&code), answer.as_deref()) {
            (Some(known), Some("Y" | "N")) => {
                if code != known.code() {
                    reading.warn(obx, 3, &format!("\"{code}\" was read as {}", known.code()));
                }
                return self.keep_answer(known, answer.as_deref() == Some("Y"));
            }
            (Some(_), _) => reading.warn(obx, 5, "the answer is neither Y nor N"),
            (None, _) if obx.field(3).component(3).opt().as_deref() == Some(TABLE) => {
                reading.warn(obx, 3, &format!("\"{}\" is not a code of {TABLE}", excerpt(&code)));
            }
            (None, _) => {}
        }
        self.others.push(Observation::read(obx, reading)?);
        Ok(())
    }

    fn keep_answer(&mut self, code: Distribution, yes: bool) -> Result<(), Hl7Error> {
        match self.answer(code) {
            None => self.distribution.push((code, yes)),
            Some(before) if before == yes => {}
            Some(_) => {
                return Err(Hl7Error::Contradiction { detail: format!("{} is answered Y and N", code.code()) });
            }
        }
        Ok(())
    }

    fn read_file(&mut self, obx: Segment<'_>, code: &str, reading: &mut Reading) -> Result<(), Hl7Error> {
        let observation = Observation::read(obx, reading)?;
        let status = observation.status;
        let file = observation.values.into_iter().find_map(|v| if let ResultValue::File(f) = v { Some(f) } else { None });
        let file = file.unwrap_or_default();
        match code {
            "CORPSMAIL_PS" => self.text_for_professionals = Some(text_of(&file, obx, reading)),
            "CORPSMAIL_PATIENT" => self.text_for_patient = Some(text_of(&file, obx, reading)),
            _ if file.subtype.is_none() && self.mail.is_none() => {
                self.mail = Some(Mail {
                    message_id: obx.field(3).component(1).opt(),
                    subject: obx.field(3).component(2).opt(),
                    body: text_of(&file, obx, reading),
                });
            }
            _ => {
                self.check_document(&file, obx, reading)?;
                if status.is_some_and(|s| DocumentAction::from_status(s).is_some_and(|a| a != self.action)) {
                    let letter = status.map_or("", crate::observation::ResultStatus::code);
                    let expected = self.action.status().code();
                    let detail = format!("{} is {letter} where {expected} is expected", obx.path(11));
                    return Err(Hl7Error::Contradiction { detail });
                }
                self.documents.push(CarriedDocument { code: one(obx, 3), status, file });
            }
        }
        Ok(())
    }

    /// A document to keep must be whole; one to delete is only told about.
    fn check_document(&self, file: &Attachment, obx: Segment<'_>, reading: &mut Reading) -> Result<(), Hl7Error> {
        let detail = match (file.damaged, file.bytes.is_empty()) {
            (true, _) => "it could not be decoded whole",
            (false, true) => "it is empty",
            (false, false) => return Ok(()),
        };
        if self.action == DocumentAction::Delete {
            reading.warn(obx, 5, detail);
            return Ok(());
        }
        Err(Hl7Error::DamagedDocument { path: obx.path(5), detail: detail.to_owned() })
    }
}

/// The text of a mail: UTF-8, else in the charset of the message.
fn text_of(file: &Attachment, obx: Segment<'_>, reading: &mut Reading) -> String {
    if let Some(text) = file.as_text() {
        return text.to_owned();
    }
    let charset = obx.message.charset();
    let read = charset.decode_few(&file.bytes);
    let what = match read {
        Some(_) => "the text is not UTF-8 and was read in the charset of the message",
        None => "the text is not UTF-8 and was left out",
    };
    reading.warn(obx, 5, what);
    read.unwrap_or_default()
}

/// `NTE-4` `FIN` after `DESTMSSANTEPAT`; the code alone or with its label.
fn is_closing(nte: Segment<'_>, last: Option<Segment<'_>>) -> bool {
    let after = last.and_then(|obx| obx.field(3).component(1).opt());
    after.as_deref() == Some(Distribution::ToPatient.code())
        && crate::datatype::Code::read(nte.field(4)).and_then(|code| code.id).as_deref() == Some("FIN")
}

/// The event of an MDM, ORC-1 of an ORU, else OBX-11 say what to do; they must agree.
fn action_of(message: &Message, reading: &mut Reading) -> Result<(Carrier, DocumentAction), Hl7Error> {
    let kind = &message.header().kind;
    let event = kind.event.as_deref().unwrap_or("");
    let unsupported = || Hl7Error::UnsupportedEvent { event: excerpt(event) };
    let control = message.segment("ORC").and_then(|orc| text(orc, 1));
    let asked = control.as_deref().and_then(DocumentAction::from_control);
    if let (Some(control), None) = (&control, asked) {
        reading.warn_whole(&format!("ORC-1: \"{}\" is neither NW, RO nor CA", excerpt(control)));
    }
    if kind.code == "MDM" {
        let action = DocumentAction::from_event(event).ok_or_else(unsupported)?;
        if let Some(other) = asked.filter(|other| *other != action) {
            let detail = format!("MSH-9 is {event} but ORC-1 is {}", other.control());
            return Err(Hl7Error::Contradiction { detail });
        }
        return Ok((Carrier::Mdm, action));
    }
    if event != "R01" {
        return Err(unsupported());
    }
    let is_document = |obx: &Segment<'_>| text(*obx, 2).as_deref() == Some("ED") && !obx.field(5).component(3).is_empty();
    let status = message.all("OBX").find(is_document).and_then(|obx| text(obx, 11));
    let implied =
        status.and_then(|code| crate::observation::ResultStatus::from_code(&code)).and_then(DocumentAction::from_status);
    Ok((Carrier::Oru, asked.or(implied).unwrap_or(DocumentAction::New)))
}
