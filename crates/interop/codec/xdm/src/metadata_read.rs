//! Reading of `METADATA.XML`.

use std::collections::BTreeSet;

use roxmltree::{Document, Node, ParsingOptions};

use crate::author::Person;
use crate::coded::Code;
use crate::ebrim;
use crate::entry::{DocumentEntry, Relation, SubmissionSet};
use crate::error::{XdmError, excerpt};
use crate::limits::Limits;
use crate::patient::{PatientId, PatientInfo};
use crate::preflight;
use crate::reader::Warnings;
use crate::registry::{authors, children, codes, is, localized, other_slots, patient_id, relation, single_identifier, slot, uri};
use crate::time::UtcTime;

/// What the metadata say of a document besides its entry.
pub(crate) struct Described {
    pub(crate) entry: DocumentEntry,
    /// Path relative to the folder of the metadata.
    pub(crate) uri: String,
    /// SHA-1, in the letters it was written.
    pub(crate) hash: Option<String>,
    /// Bytes, as written.
    pub(crate) size: Option<String>,
}

/// The content of one `METADATA.XML`.
pub(crate) struct Metadata {
    pub(crate) submission: SubmissionSet,
    pub(crate) documents: Vec<Described>,
}

/// Slots of a document entry that have a place of their own.
const DOCUMENT_SLOTS: [&str; 10] = [
    "URI",
    "hash",
    "size",
    "languageCode",
    "creationTime",
    "serviceStartTime",
    "serviceStopTime",
    "legalAuthenticator",
    "sourcePatientId",
    "sourcePatientInfo",
];

/// Parses the metadata at `path`.
pub(crate) fn parse(bytes: &[u8], path: &str, limits: &Limits, warnings: &mut Warnings) -> Result<Metadata, XdmError> {
    let text = preflight::decode(bytes, path)?;
    preflight::check(&text, path, limits)?;
    let options = ParsingOptions { allow_dtd: false, ..ParsingOptions::default() };
    let tree = Document::parse_with_options(&text, options)
        .map_err(|error| XdmError::NotXml { path: path.to_owned(), detail: error.to_string() })?;
    let root = tree.root_element();
    let name = root.tag_name();
    if name.name() != "SubmitObjectsRequest" || name.namespace() != Some(ebrim::LCM) {
        return Err(XdmError::NotMetadata { path: path.to_owned(), root: excerpt(name.name()) });
    }
    Reading { root, path, limits, warnings }.run()
}

struct Reading<'a, 'w> {
    root: Node<'a, 'a>,
    path: &'w str,
    limits: &'w Limits,
    warnings: &'w mut Warnings,
}

impl<'a> Reading<'a, '_> {
    fn run(mut self) -> Result<Metadata, XdmError> {
        let set = self.submission_node()?;
        let submission = self.submission(set)?;
        let entries: Vec<_> = self.all("ExtrinsicObject").collect();
        if entries.len() > self.limits.max_documents {
            return Err(XdmError::TooManyDocuments { path: self.path.to_owned(), limit: self.limits.max_documents });
        }
        let mut documents = Vec::with_capacity(entries.len());
        for node in entries {
            documents.push(self.document(node)?);
        }
        self.associations(&submission, &mut documents);
        self.check_patients(&submission, &documents)?;
        self.tell_absences(&submission, &documents);
        Ok(Metadata { submission, documents })
    }

    fn all(&self, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> + use<'a> {
        self.root.descendants().filter(move |node| is(*node, name))
    }

    fn submission_node(&self) -> Result<Node<'a, 'a>, XdmError> {
        let classified: BTreeSet<_> = self
            .all("Classification")
            .filter(|c| c.attribute("classificationNode") == Some(ebrim::SUBMISSION_SET))
            .filter_map(|c| c.attribute("classifiedObject"))
            .collect();
        let own = |set: &Node<'a, 'a>| {
            children(*set, "Classification").any(|c| c.attribute("classificationNode") == Some(ebrim::SUBMISSION_SET))
        };
        let id = |set: &Node<'a, 'a>| set.attribute("id").is_some_and(|id| classified.contains(id));
        let sets: Vec<_> = self.all("RegistryPackage").filter(|set| own(set) || id(set)).collect();
        match sets.as_slice() {
            [one] => Ok(*one),
            _ => Err(XdmError::SubmissionSets { path: self.path.to_owned(), count: sets.len() }),
        }
    }

    fn submission(&mut self, node: Node<'a, 'a>) -> Result<SubmissionSet, XdmError> {
        let field = |name: &str| format!("{}: submission set: {name}", self.path);
        let missing = |name: &str| XdmError::missing(field(name));
        let patient = single_identifier(node, ebrim::SET_PATIENT, &field("patientId"))?;
        let set = SubmissionSet {
            entry_uuid: node.attribute("id").map(str::to_owned).ok_or_else(|| missing("entryUUID"))?,
            unique_id: single_identifier(node, ebrim::SET_UNIQUE_ID, &field("uniqueId"))?.ok_or_else(|| missing("uniqueId"))?,
            source_id: single_identifier(node, ebrim::SET_SOURCE_ID, &field("sourceId"))?.unwrap_or_default(),
            patient_id: Some(patient_id(patient, &field("patientId"))?),
            submission_time: self.time(node, "submissionTime"),
            content_type: self.code(node, ebrim::CONTENT_TYPE, "contentTypeCode"),
            authors: authors(node, ebrim::SET_AUTHOR),
            title: localized(node, "Name"),
            comments: localized(node, "Description"),
            intended_recipients: slot(node, "intendedRecipient"),
            other_slots: other_slots(node, &["submissionTime", "intendedRecipient"]),
        };
        self.unknown_schemes(node, &[ebrim::SET_AUTHOR, ebrim::CONTENT_TYPE]);
        Ok(set)
    }

    fn document(&mut self, node: Node<'a, 'a>) -> Result<Described, XdmError> {
        let entry_uuid = node.attribute("id").unwrap_or_default().to_owned();
        let field = |name: &str| format!("{}: document {}: {name}", self.path, excerpt(&entry_uuid));
        let missing = |name: &str| XdmError::missing(field(name));
        if entry_uuid.is_empty() {
            return Err(missing("entryUUID"));
        }
        let unique_id = single_identifier(node, ebrim::DOCUMENT_UNIQUE_ID, &field("uniqueId"))?;
        let unique_id = unique_id.ok_or_else(|| missing("uniqueId"))?;
        let patient = patient_id(single_identifier(node, ebrim::DOCUMENT_PATIENT, &field("patientId"))?, &field("patientId"))?;
        let uri = uri(node).ok_or_else(|| missing("URI"))?;
        if node.attribute("objectType") != Some(ebrim::STABLE_DOCUMENT) {
            self.warn("a document is not of the stable type");
        }
        let entry = DocumentEntry {
            logical_id: node.attribute("lid").map(str::to_owned),
            unique_id,
            mime_type: node.attribute("mimeType").unwrap_or("application/octet-stream").to_owned(),
            title: localized(node, "Name"),
            comments: localized(node, "Description"),
            patient_id: Some(patient),
            source_patient_id: slot(node, "sourcePatientId").first().and_then(|value| PatientId::parse(value)),
            source_patient: PatientInfo::parse(&slot(node, "sourcePatientInfo")),
            authors: authors(node, ebrim::DOCUMENT_AUTHOR),
            legal_authenticator: slot(node, "legalAuthenticator").first().map(|value| Person::parse(value)),
            language: slot(node, "languageCode").into_iter().next(),
            other_slots: other_slots(node, &DOCUMENT_SLOTS),
            entry_uuid,
            ..DocumentEntry::default()
        };
        let entry = self.coded_and_timed(node, entry);
        Ok(Described { entry, uri, hash: slot(node, "hash").into_iter().next(), size: slot(node, "size").into_iter().next() })
    }

    fn coded_and_timed(&mut self, node: Node<'a, 'a>, mut entry: DocumentEntry) -> DocumentEntry {
        entry.class_code = self.code(node, ebrim::CLASS_CODE, "classCode");
        entry.type_code = self.code(node, ebrim::TYPE_CODE, "typeCode");
        entry.format_code = self.code(node, ebrim::FORMAT_CODE, "formatCode");
        entry.facility_type = self.code(node, ebrim::FACILITY_TYPE, "healthcareFacilityTypeCode");
        entry.practice_setting = self.code(node, ebrim::PRACTICE_SETTING, "practiceSettingCode");
        entry.confidentiality = codes(node, ebrim::CONFIDENTIALITY);
        entry.events = codes(node, ebrim::EVENT_CODE);
        entry.creation_time = self.time(node, "creationTime");
        entry.service_start = self.time(node, "serviceStartTime");
        entry.service_stop = self.time(node, "serviceStopTime");
        self.unknown_schemes(
            node,
            &[
                ebrim::CLASS_CODE,
                ebrim::TYPE_CODE,
                ebrim::FORMAT_CODE,
                ebrim::FACILITY_TYPE,
                ebrim::PRACTICE_SETTING,
                ebrim::CONFIDENTIALITY,
                ebrim::EVENT_CODE,
                ebrim::DOCUMENT_AUTHOR,
            ],
        );
        entry
    }

    fn associations(&mut self, submission: &SubmissionSet, documents: &mut [Described]) {
        let mut members = BTreeSet::new();
        let associations: Vec<_> = self.all("Association").collect();
        for node in associations {
            let get = |name| node.attribute(name).unwrap_or_default();
            let (kind, source, target) = (get("associationType"), get("sourceObject"), get("targetObject"));
            if kind.ends_with("HasMember") {
                if source == submission.entry_uuid {
                    members.insert(target);
                }
            } else if let Some(described) = documents.iter_mut().find(|d| d.entry.entry_uuid == source) {
                described.entry.relations.push(Relation { kind: relation(kind), target: target.to_owned() });
            } else {
                self.warn("an association starts from an object that is no document of the package");
            }
        }
        if documents.iter().any(|d| !members.contains(d.entry.entry_uuid.as_str())) {
            self.warn("a document is not declared a member of the submission set");
        }
    }

    fn check_patients(&self, submission: &SubmissionSet, documents: &[Described]) -> Result<(), XdmError> {
        let Some(patient) = &submission.patient_id else { return Ok(()) };
        let other = |d: &Described| d.entry.patient_id.as_ref().is_some_and(|id| !id.same_as(patient));
        if documents.iter().any(other) {
            return Err(XdmError::SeveralPatients { path: self.path.to_owned() });
        }
        Ok(())
    }

    /// Tells what the French rules demand and the metadata do not have.
    fn tell_absences(&mut self, submission: &SubmissionSet, documents: &[Described]) {
        let mut absent = crate::check::absent_in_submission(submission);
        absent.extend(documents.iter().flat_map(|d| crate::check::absent_in_entry(&d.entry)));
        for field in absent {
            self.warn(&format!("{field} is missing"));
        }
    }

    fn code(&mut self, node: Node<'a, 'a>, scheme: &str, field: &str) -> Option<Code> {
        let mut found = codes(node, scheme).into_iter();
        let first = found.next();
        if found.next().is_some() {
            self.warn(&format!("{field} is repeated: only the first is kept"));
        }
        first
    }

    fn time(&mut self, node: Node<'a, 'a>, name: &str) -> Option<UtcTime> {
        let written = slot(node, name).into_iter().next()?;
        let time = UtcTime::parse(written.trim());
        if time.is_none() {
            self.warn(&format!("the value \"{}\" of {name} is not a time", excerpt(&written)));
        }
        time
    }

    fn unknown_schemes(&mut self, node: Node<'a, 'a>, known: &[&str]) {
        let scheme = |c: Node<'a, 'a>| c.attribute("classificationScheme");
        let unknown: Vec<_> = children(node, "Classification").filter_map(scheme).filter(|s| !known.contains(s)).collect();
        for scheme in unknown {
            self.warn(&format!("the classification {} has no meaning here", excerpt(scheme)));
        }
    }

    fn warn(&mut self, message: &str) {
        self.warnings.add(format!("{}: {message}", self.path));
    }
}
