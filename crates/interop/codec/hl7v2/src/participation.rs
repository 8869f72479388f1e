//! PRT: who sends a document, who receives it, where to answer (segment of HL7 2.9 that the CI-SIS
//! volets use in 2.5 and 2.6 messages).

use crate::draft::SegmentDraft;
use crate::person::{Organization, Professional, Telecom};
use crate::reading::{every, one};
use crate::value::Segment;

/// What a participant does (PRT-4).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ParticipantRole {
    /// `SB`, sends.
    Sender,
    /// `RCT`, receives a copy.
    Recipient,
    /// `REPLY`, receives the answers.
    ReplyTo,
    /// Another code, as written.
    Other(String),
}

impl ParticipantRole {
    fn from_code(code: &str) -> Self {
        match code {
            "SB" => Self::Sender,
            "RCT" => Self::Recipient,
            "REPLY" => Self::ReplyTo,
            other => Self::Other(other.to_owned()),
        }
    }

    fn components(&self) -> [&str; 3] {
        match self {
            Self::Sender => ["SB", "Send by", "participation"],
            Self::Recipient => ["RCT", "Result Copies To", "participation"],
            Self::ReplyTo => ["REPLY", "Reply To", "participation"],
            Self::Other(code) => [code, "", "participation"],
        }
    }
}

/// A participant in the exchange of a document (PRT).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// PRT-4.
    pub role: ParticipantRole,
    /// PRT-5: a professional (`IDNPS`, `RPPS`), or the patient (`INS`).
    pub person: Option<Professional>,
    /// PRT-8: an establishment (`FINEG`…), a service or a unit.
    pub organization: Option<Organization>,
    /// PRT-10: an application.
    pub device: Option<String>,
    /// PRT-15, component 4: the mailbox.
    pub mailbox: Option<String>,
}

impl Participant {
    /// A participant known by its mailbox only.
    pub fn mailbox(role: ParticipantRole, address: &str) -> Self {
        Self { role, person: None, organization: None, device: None, mailbox: Some(address.to_owned()) }
    }

    /// Reads PRT. The mailbox is in PRT-15 in the guides and in every official message; PRT-14 is
    /// looked at too.
    pub(crate) fn read(prt: Segment<'_>) -> Self {
        let address = |n| every::<Telecom>(prt, n).into_iter().find_map(|telecom| telecom.address);
        Self {
            role: ParticipantRole::from_code(&prt.field(4).component(1).opt().unwrap_or_default()),
            person: one(prt, 5),
            organization: one(prt, 8),
            device: prt.field(10).component(1).opt(),
            mailbox: address(15).or_else(|| address(14).filter(|a| a.contains('@'))),
        }
    }

    pub(crate) fn draft(&self) -> SegmentDraft {
        let telecom = self.mailbox.as_ref().map(|address| Telecom {
            equipment: Some("X.400".to_owned()),
            address: Some(address.clone()),
            ..Telecom::default()
        });
        SegmentDraft::new("PRT")
            .text(2, "UC")
            .components(4, &self.role.components())
            .value(5, self.person.as_ref())
            .value(8, self.organization.as_ref())
            .opt(10, self.device.as_ref())
            .value(15, telecom.as_ref())
    }
}
