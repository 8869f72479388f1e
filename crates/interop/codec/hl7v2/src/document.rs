//! Documents carried by MDM and ORU messages: what they say.

use crate::attachment::Attachment;
use crate::datatype::{Code, EntityId};
use crate::distribution::Distribution;
use crate::observation::{Observation, ResultStatus};
use crate::participation::{Participant, ParticipantRole};
use crate::patient::Patient;
use crate::person::Professional;
use crate::timestamp::Timestamp;
use crate::visit::Visit;

/// The type of message that carries a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Carrier {
    /// MDM, HL7 2.6.
    Mdm,
    /// ORU^R01, HL7 2.5.
    Oru,
}

/// What to do with a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentAction {
    /// A new document: MDM^T02, ORC-1 `NW`, OBX-11 `F`.
    New,
    /// A new version of a document: MDM^T10, ORC-1 `RO`, OBX-11 `C`.
    Replace,
    /// A document to take away: MDM^T04, ORC-1 `CA`, OBX-11 `D`.
    Delete,
}

/// Action, event of MDM, ORC-1 and OBX-11 (volet "Transmission de documents CDA en HL7 v2").
const ACTIONS: [(DocumentAction, &str, &str, ResultStatus); 3] = [
    (DocumentAction::New, "T02", "NW", ResultStatus::Final),
    (DocumentAction::Replace, "T10", "RO", ResultStatus::Corrected),
    (DocumentAction::Delete, "T04", "CA", ResultStatus::Deleted),
];

impl DocumentAction {
    /// The event of MSH-9.2 in an MDM message.
    pub fn event(self) -> &'static str {
        ACTIONS.iter().find(|(action, _, _, _)| *action == self).map_or("", |(_, event, _, _)| event)
    }

    pub(crate) fn control(self) -> &'static str {
        ACTIONS.iter().find(|(action, _, _, _)| *action == self).map_or("", |(_, _, control, _)| control)
    }

    pub(crate) fn status(self) -> ResultStatus {
        ACTIONS.iter().find(|(action, _, _, _)| *action == self).map_or(ResultStatus::Final, |(_, _, _, status)| *status)
    }

    pub(crate) fn from_event(code: &str) -> Option<Self> {
        ACTIONS.iter().find(|(_, event, _, _)| *event == code).map(|(action, _, _, _)| *action)
    }

    pub(crate) fn from_control(code: &str) -> Option<Self> {
        ACTIONS.iter().find(|(_, _, control, _)| *control == code).map(|(action, _, _, _)| *action)
    }

    pub(crate) fn from_status(status: ResultStatus) -> Option<Self> {
        ACTIONS.iter().find(|(_, _, _, known)| *known == status).map(|(action, _, _, _)| *action)
    }
}

/// A document in OBX-5.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedDocument {
    /// OBX-3: type of the document.
    pub code: Option<Code>,
    /// OBX-11.
    pub status: Option<ResultStatus>,
    /// OBX-5.
    pub file: Attachment,
}

/// The MSSanté mail a document comes from (volet "Transmission au LPS d'un document CDA d'un
/// courriel MSSanté").
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mail {
    /// OBX-3.1: Message-ID of the mail.
    pub message_id: Option<String>,
    /// OBX-3.2: subject.
    pub subject: Option<String>,
    /// OBX-5: text of the mail; empty when it is not UTF-8, which is told.
    pub body: String,
}

/// What an MDM or ORU message says of the document it carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentMessage {
    /// Type of message.
    pub carrier: Carrier,
    /// What to do.
    pub action: DocumentAction,
    /// PID.
    pub patient: Patient,
    /// PV1.
    pub visit: Option<Visit>,
    /// OBR-4: type of the document.
    pub code: Option<Code>,
    /// OBR-2: number of the request, given by who asked.
    pub placer: Option<EntityId>,
    /// OBR-3: number of the request, given by who answers.
    pub filler: Option<EntityId>,
    /// TXA-12: identifier of the document. ORU messages have none: the document says it.
    pub id: Option<EntityId>,
    /// TXA-13: identifier of the document it replaces.
    pub parent_id: Option<EntityId>,
    /// TXA-4: when the documented act happened.
    pub activity: Option<Timestamp>,
    /// TXA-17: `AU` authenticated, `LA` legally authenticated…
    pub completion: Option<String>,
    /// TXA-22: who authenticated it.
    pub authenticators: Vec<Professional>,
    /// The document; ORU messages may carry it in two levels.
    pub documents: Vec<CarriedDocument>,
    /// PRT.
    pub participants: Vec<Participant>,
    /// The mail it comes from.
    pub mail: Option<Mail>,
    /// `CORPSMAIL_PS`: text for a mail to professionals.
    pub text_for_professionals: Option<String>,
    /// `CORPSMAIL_PATIENT`: text for a mail to the patient.
    pub text_for_patient: Option<String>,
    /// Codes `MetaDMPMSS` with their answer, in order.
    pub distribution: Vec<(Distribution, bool)>,
    /// NTE-4 `FIN`: the patient may not answer the mail.
    pub closed_to_answers: bool,
    /// Every other observation.
    pub others: Vec<Observation>,
    /// Defects that did not prevent the reading, in plain English.
    pub warnings: Vec<String>,
}

impl DocumentMessage {
    /// A message about a patient, everything else to fill in.
    pub fn new(carrier: Carrier, action: DocumentAction, patient: Patient) -> Self {
        Self {
            carrier,
            action,
            patient,
            visit: None,
            code: None,
            placer: None,
            filler: None,
            id: None,
            parent_id: None,
            activity: None,
            completion: None,
            authenticators: Vec::new(),
            documents: Vec::new(),
            participants: Vec::new(),
            mail: None,
            text_for_professionals: None,
            text_for_patient: None,
            distribution: Vec::new(),
            closed_to_answers: false,
            others: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// What the message answers to a code of `MetaDMPMSS`; `None` when it says nothing.
    pub fn answer(&self, code: Distribution) -> Option<bool> {
        self.distribution.iter().find(|(known, _)| *known == code).map(|(_, yes)| *yes)
    }

    /// The participants of a role.
    pub fn participants_of(&self, role: &ParticipantRole) -> impl Iterator<Item = &Participant> {
        self.participants.iter().filter(move |participant| participant.role == *role)
    }
}
