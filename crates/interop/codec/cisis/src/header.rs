//! The CI-SIS header.

use cda_r2::{
    Author as WrittenAuthor, Encounter, Facility as WrittenFacility, Header as Written, Id, Interval, Participant, Performer,
    RelatedDocument, ServiceEvent, Signature, Timestamp,
};

use crate::concept::{Concept, System};
use crate::context::{Act, Author, Confidentiality, Recipient, Replaced, Signatory, Stay};
use crate::error::CisisError;
use crate::moment::{ordered, zoned};
use crate::patient::Patient;
use crate::person::{Contact, addresses};
use crate::professional::{Organization, Professional};
use crate::profile::Model;

/// Models every French document follows: HL7 France, then CI-SIS.
const GENERIC_TEMPLATES: [&str; 2] = ["2.16.840.1.113883.2.8.2.1", "1.2.250.1.213.1.1.1.1"];

/// Everything a document says outside its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Unique identifier of this version of the document.
    pub id: Id,
    /// Identifier common to all its versions.
    pub set_id: Id,
    /// Version, from 1.
    pub version: u32,
    /// The version this one replaces.
    pub replaces: Option<Replaced>,
    /// Title; the one of the content model when absent.
    pub title: Option<String>,
    /// Creation, to the minute at least, with its offset from UTC.
    pub created: Timestamp,
    /// Confidentiality.
    pub confidentiality: Confidentiality,
    /// Patient.
    pub patient: Patient,
    /// Authors, one at least.
    pub authors: Vec<Author>,
    /// Organisation that keeps the document; its identifier is required. CDA has a place for its
    /// first telecom only.
    pub custodian: Organization,
    /// Who takes responsibility for the document.
    pub signatory: Signatory,
    /// Attending physician, *médecin traitant*.
    pub attending_physician: Option<Professional>,
    /// Professional who sends the patient (`REFB`).
    pub referring: Option<Professional>,
    /// Relatives and contacts.
    pub contacts: Vec<Contact>,
    /// Recipients.
    pub recipients: Vec<Recipient>,
    /// Act the document is about.
    pub act: Act,
    /// Stay or visit.
    pub stay: Stay,
}

impl Header {
    /// The header to print, for a content model.
    pub(crate) fn written(&self, model: &Model) -> Result<Written, CisisError> {
        self.check()?;
        let mut templates: Vec<Id> = GENERIC_TEMPLATES.iter().map(|root| template(root, None)).collect();
        templates.push(template(model.template_id, model.template_version));
        let title = self.title.clone().filter(|title| !title.trim().is_empty());
        Ok(Written {
            realm: Some("FR".to_owned()),
            template_ids: templates,
            id: self.id.clone(),
            set_id: Some(self.set_id.clone()),
            version_number: Some(self.version),
            code: model.kind.clone(),
            title: Some(title.unwrap_or_else(|| model.title.clone())),
            effective_time: self.created.clone(),
            confidentiality: Some(self.confidentiality.concept().to_code()),
            language: Some("fr-FR".to_owned()),
            patient: self.patient.written()?,
            authors: self.authors.iter().map(author).collect::<Result<_, _>>()?,
            informants: self.contacts.iter().map(Contact::to_informant).collect(),
            custodian: Some(self.custodian()),
            recipients: self.recipients.iter().map(recipient).collect::<Result<_, _>>()?,
            legal_authenticator: Some(self.signature()?),
            authenticators: Vec::new(),
            participants: self.participants(model)?,
            orders: Vec::new(),
            service_events: vec![self.service_event(model)?],
            related_documents: self.related(),
            encounter: Some(self.encounter()?),
        })
    }

    fn check(&self) -> Result<(), CisisError> {
        let missing = |which| Err(CisisError::MissingPart { which });
        if self.authors.is_empty() {
            return missing("author");
        }
        if self.version == 0 {
            return missing("version, from 1");
        }
        if self.custodian.id.is_none() {
            return missing("identifier of the custodian");
        }
        if self.act.performer.organization.is_none() {
            return missing("organisation of the performer of the act");
        }
        if self.contacts.iter().any(|contact| contact.name.family.trim().is_empty()) {
            return missing("family name of a contact");
        }
        zoned("the document", &self.created, true)?;
        zoned("the signature", &self.signatory.time, true)?;
        self.authors.iter().try_for_each(|author| zoned("an author", &author.time, true))?;
        ordered("the act", Some(&self.act.start), self.act.end.as_ref())?;
        ordered("the stay", self.stay.start.as_ref(), self.stay.end.as_ref())
    }

    fn custodian(&self) -> cda_r2::Organization {
        let mut custodian = self.custodian.written(false);
        custodian.telecoms.truncate(1);
        custodian
    }

    fn signature(&self) -> Result<Signature, CisisError> {
        Ok(Signature {
            time: Some(self.signatory.time.clone()),
            signature_code: Some("S".to_owned()),
            entity: self.signatory.professional.written(Some("identifier of the signatory"))?,
        })
    }

    /// The attending physician is a participant even unknown where the content model wants one.
    fn participants(&self, model: &Model) -> Result<Vec<Participant>, CisisError> {
        let mut found = Vec::new();
        if let Some(referring) = &self.referring {
            found.push(participant("REFB", None, Some(referring))?);
        }
        if self.attending_physician.is_some() || model.needs_attending_physician {
            let physician = Concept::new("PCP", "Médecin Traitant", System::ParticipationFunction);
            found.push(participant("INF", Some(&physician), self.attending_physician.as_ref())?);
        }
        Ok(found)
    }

    fn service_event(&self, model: &Model) -> Result<ServiceEvent, CisisError> {
        let performer = Performer {
            type_code: Some("PRF".to_owned()),
            entity: self.act.performer.written(Some("identifier of the performer of the act"))?,
            ..Performer::default()
        };
        let period = Interval { value: None, low: Some(self.act.start.clone()), high: self.act.end.clone() };
        Ok(ServiceEvent { ids: Vec::new(), code: model.act.clone(), period: Some(period), performers: vec![performer] })
    }

    fn related(&self) -> Vec<RelatedDocument> {
        let replaced = self.replaces.iter().map(|replaced| RelatedDocument {
            type_code: Some("RPLC".to_owned()),
            ids: vec![replaced.id.clone()],
            set_id: Some(self.set_id.clone()),
            version_number: replaced.version,
            code: None,
        });
        replaced.collect()
    }

    fn encounter(&self) -> Result<Encounter, CisisError> {
        let stay = &self.stay;
        let responsible = stay.responsible.as_ref().map(|one| one.written(Some("identifier of who is responsible for the stay")));
        let period = Interval { value: None, low: stay.start.clone(), high: stay.end.clone() };
        let facility = WrittenFacility {
            ids: Vec::new(),
            code: Some(stay.sector.concept().to_code()),
            name: stay.place.clone().filter(|name| !name.trim().is_empty()),
            addresses: addresses(stay.address.as_ref()),
        };
        Ok(Encounter {
            ids: stay.id.clone().into_iter().collect(),
            code: Some(stay.kind.concept().to_code()),
            period: Some(period).filter(|period| *period != Interval::default()),
            discharge: None,
            facility: Some(facility),
            responsible: responsible.transpose()?,
        })
    }
}

fn template(root: &str, version: Option<&str>) -> Id {
    Id { root: root.to_owned(), extension: version.map(str::to_owned), authority: None }
}

fn author(author: &Author) -> Result<WrittenAuthor, CisisError> {
    let entity = author.professional.written(Some("identifier of an author"))?;
    Ok(WrittenAuthor { time: Some(author.time.clone()), function: None, entity })
}

fn recipient(recipient: &Recipient) -> Result<Participant, CisisError> {
    let mut entity = recipient.professional.written(None)?;
    entity.code = None;
    if let Some(organization) = &mut entity.organization {
        organization.industry = None;
    }
    let kind = if recipient.primary { "PRCP" } else { "TRC" };
    Ok(Participant { type_code: Some(kind.to_owned()), entity, ..Participant::default() })
}

fn participant(kind: &str, function: Option<&Concept>, who: Option<&Professional>) -> Result<Participant, CisisError> {
    let mut entity = who.map(|one| one.written(None)).transpose()?.unwrap_or_default();
    entity.class_code = Some("PROV".to_owned());
    if let Some(organization) = &mut entity.organization {
        organization.industry = None;
    }
    Ok(Participant {
        type_code: Some(kind.to_owned()),
        function: function.map(|term| cda_r2::Code { system_name: None, ..term.to_code() }),
        time: None,
        entity,
    })
}
