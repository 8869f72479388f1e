//! Documents carried by MDM and ORU messages: printing.

use crate::attachment::Attachment;
use crate::datatype::Code;
use crate::distribution::Distribution;
use crate::document::{Carrier, DocumentAction, DocumentMessage};
use crate::draft::{Draft, Envelope, SegmentDraft};
use crate::error::Hl7Error;
use crate::header::{MessageKind, Version};
use crate::observation::{Observation, ResultStatus, ResultValue};
use crate::visit::{PatientClass, Visit};

impl DocumentMessage {
    /// Prints the message as the CI-SIS volets want it: MDM in HL7 2.6, ORU in 2.5; profile
    /// `1.1^CISIS_CDA_HL7_LPS` when it relays a mail, else `2.1^CISIS_CDA_HL7_V2`.
    ///
    /// # Errors
    /// [`Hl7Error::Missing`] for the type of the document, its content, TXA-12 and TXA-13;
    /// [`Hl7Error::Invalid`] when an MDM carries several documents; [`Hl7Error::Unencodable`].
    pub fn print(&self, envelope: &Envelope) -> Result<Vec<u8>, Hl7Error> {
        let code = self.code.as_ref().ok_or_else(|| Hl7Error::missing("OBR-4"))?;
        self.check()?;
        let mut draft = self.start(envelope);
        draft.push(&self.patient.draft()?);
        let unknown = Visit { class: Some(PatientClass::NotApplicable), ..Visit::default() };
        self.visit.as_ref().unwrap_or(&unknown).push(&mut draft, false)?;
        draft.push(&SegmentDraft::new("ORC").text(1, self.action.control()));
        draft.push(
            &SegmentDraft::new("OBR").text(1, "1").value(2, self.placer.as_ref()).value(3, self.filler.as_ref()).value(4, code),
        );
        if self.carrier == Carrier::Mdm {
            draft.push(&self.txa(code));
        }
        self.push_observations(&mut draft, code)?;
        draft.print()
    }

    fn check(&self) -> Result<(), Hl7Error> {
        if self.documents.iter().all(|document| document.file.bytes.is_empty()) {
            return Err(Hl7Error::missing("OBX[1]-5"));
        }
        if self.carrier == Carrier::Oru {
            return Ok(());
        }
        if self.documents.len() > 1 {
            return Err(Hl7Error::invalid("OBX", "an MDM carries one document"));
        }
        if self.id.is_none() {
            return Err(Hl7Error::missing("TXA-12"));
        }
        if self.parent_id.is_none() && self.action == DocumentAction::Replace {
            return Err(Hl7Error::missing("TXA-13"));
        }
        Ok(())
    }

    fn start(&self, envelope: &Envelope) -> Draft {
        let profile = match self.mail {
            Some(_) => ("1.1", "CISIS_CDA_HL7_LPS"),
            None => ("2.1", "CISIS_CDA_HL7_V2"),
        };
        let (kind, number) = match self.carrier {
            Carrier::Mdm => (MessageKind::new("MDM", self.action.event(), "MDM_T02"), "2.6"),
            Carrier::Oru => (MessageKind::new("ORU", "R01", "ORU_R01"), "2.5"),
        };
        let version = Version { number: number.to_owned(), ..Version::default() };
        let mut draft = Draft::new(envelope, &kind, &version, Some(profile));
        if self.carrier == Carrier::Mdm {
            draft.push(&SegmentDraft::new("EVN").time(2, Some(&envelope.time)));
        }
        draft
    }

    fn txa(&self, code: &Code) -> SegmentDraft {
        SegmentDraft::new("TXA")
            .text(1, "1")
            .opt(2, code.id.as_ref())
            .text(3, "TEXT")
            .time(4, self.activity.as_ref())
            .value(12, self.id.as_ref())
            .value(13, self.parent_id.as_ref())
            .text(17, self.completion.as_deref().unwrap_or("AU"))
            .values(22, &self.authenticators)
    }

    fn push_observations(&self, draft: &mut Draft, code: &Code) -> Result<(), Hl7Error> {
        let mut rank = 0;
        let mut push = |draft: &mut Draft, observation: &Observation| {
            rank += 1;
            observation.draft(rank, self.carrier == Carrier::Oru).map(|segment| draft.push(&segment))
        };
        for (at, document) in self.documents.iter().enumerate() {
            let code = document.code.clone().unwrap_or_else(|| code.clone());
            push(draft, &file(code, self.action.status(), document.file.clone()))?;
            for participant in self.participants.iter().filter(|_| at == 0) {
                draft.push(&participant.draft());
            }
        }
        if let Some(mail) = &self.mail {
            let code = Code { id: mail.message_id.clone(), text: mail.subject.clone(), ..Code::default() };
            push(draft, &file(code, ResultStatus::Final, Attachment::text(&mail.body)))?;
        }
        for (code, yes) in &self.distribution {
            push(draft, &answer(*code, *yes, self.carrier))?;
            if *code == Distribution::ToPatient && self.closed_to_answers {
                draft.push(&SegmentDraft::new("NTE").text(1, "1").text(4, "FIN"));
            }
        }
        let texts = [
            ("CORPSMAIL_PS", "Corps du mail pour un PS", &self.text_for_professionals),
            ("CORPSMAIL_PATIENT", "Corps du mail pour le patient", &self.text_for_patient),
        ];
        for (code, label, body) in texts {
            if let Some(body) = body {
                push(draft, &file(Code::new(code, label, "MetaDMPMSS"), ResultStatus::Final, Attachment::text(body)))?;
            }
        }
        for other in &self.others {
            push(draft, other)?;
        }
        Ok(())
    }
}

fn file(code: Code, status: ResultStatus, file: Attachment) -> Observation {
    Observation {
        value_type: Some("ED".to_owned()),
        code: Some(code),
        values: vec![ResultValue::File(file)],
        status: Some(status),
        ..Observation::default()
    }
}

fn answer(code: Distribution, yes: bool, carrier: Carrier) -> Observation {
    let answer = Code {
        id: Some(if yes { "Y" } else { "N" }.to_owned()),
        system: Some("expandedYes-NoIndicator".to_owned()),
        ..Code::default()
    };
    let value_type = if carrier == Carrier::Mdm { "CWE" } else { "CE" };
    Observation {
        value_type: Some(value_type.to_owned()),
        code: Some(Code::new(code.code(), code.label(), "MetaDMPMSS")),
        values: vec![ResultValue::Coded(answer)],
        status: Some(ResultStatus::Final),
        ..Observation::default()
    }
}
