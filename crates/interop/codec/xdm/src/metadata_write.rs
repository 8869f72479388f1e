//! Printing of `METADATA.XML`.

use crate::author::Author;
use crate::coded::Code;
use crate::ebrim;
use crate::entry::{DocumentEntry, RelationKind, Slot, SubmissionSet};
use crate::package::Subset;
use crate::patient::PatientId;
use crate::print::Printer;
use crate::time::UtcTime;

/// What is said of a file besides its entry.
pub(crate) struct File {
    /// Path relative to the folder of the metadata.
    pub(crate) uri: String,
    /// SHA-1 in hexadecimal.
    pub(crate) hash: String,
    /// Bytes.
    pub(crate) size: usize,
}

/// Prints the metadata of one submission set; `files` are those of its documents, in order.
pub(crate) fn metadata(subset: &Subset, files: &[File]) -> Vec<u8> {
    let mut out = Metadata { xml: Printer::new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"), last_id: 0 };
    out.xml.open("lcm:SubmitObjectsRequest", &[("xmlns:lcm", ebrim::LCM), ("xmlns:rim", ebrim::RIM)]);
    out.xml.open("rim:RegistryObjectList", &[]);
    for (document, file) in subset.documents.iter().zip(files) {
        out.document(&document.entry, file);
    }
    out.submission(&subset.submission);
    for document in &subset.documents {
        let slot = Slot { name: "SubmissionSetStatus".to_owned(), values: vec!["Original".to_owned()] };
        out.association(ebrim::HAS_MEMBER, &subset.submission.entry_uuid, &document.entry.entry_uuid, Some(&slot));
        for relation in &document.entry.relations {
            out.association(&relation_uri(&relation.kind), &document.entry.entry_uuid, &relation.target, None);
        }
    }
    out.xml.finish()
}

fn relation_uri(kind: &RelationKind) -> String {
    let name = match kind {
        RelationKind::Replaces => "RPLC",
        RelationKind::Appends => "APND",
        RelationKind::Transforms => "XFRM",
        RelationKind::TransformsAndReplaces => "XFRM_RPLC",
        RelationKind::Signs => "signs",
        RelationKind::Other(uri) => return uri.clone(),
    };
    format!("{}{name}", ebrim::IHE_ASSOCIATION)
}

struct Metadata {
    xml: Printer,
    /// Identifiers of classifications, external identifiers and associations only link objects inside
    /// the document: a number is enough, and keeps the output the same.
    last_id: u32,
}

impl Metadata {
    fn next_id(&mut self) -> String {
        self.last_id += 1;
        format!("id{:04}", self.last_id)
    }

    fn document(&mut self, entry: &DocumentEntry, file: &File) {
        let mut attributes = vec![("id", entry.entry_uuid.as_str())];
        attributes.extend(entry.logical_id.iter().map(|lid| ("lid", lid.as_str())));
        attributes.extend([("mimeType", entry.mime_type.as_str()), ("objectType", ebrim::STABLE_DOCUMENT)]);
        self.xml.open("rim:ExtrinsicObject", &attributes);
        self.document_slots(entry, file);
        self.names(entry.title.as_ref(), entry.comments.as_ref());
        for author in &entry.authors {
            self.author(&entry.entry_uuid, ebrim::DOCUMENT_AUTHOR, author);
        }
        let codes = [
            (ebrim::CLASS_CODE, &entry.class_code),
            (ebrim::TYPE_CODE, &entry.type_code),
            (ebrim::FORMAT_CODE, &entry.format_code),
            (ebrim::FACILITY_TYPE, &entry.facility_type),
            (ebrim::PRACTICE_SETTING, &entry.practice_setting),
        ];
        for (scheme, code) in codes {
            self.codes(&entry.entry_uuid, scheme, code.as_slice());
        }
        self.codes(&entry.entry_uuid, ebrim::CONFIDENTIALITY, &entry.confidentiality);
        self.codes(&entry.entry_uuid, ebrim::EVENT_CODE, &entry.events);
        self.patient(&entry.entry_uuid, ebrim::DOCUMENT_PATIENT, "XDSDocumentEntry.patientId", entry.patient_id.as_ref());
        self.identifier(&entry.entry_uuid, ebrim::DOCUMENT_UNIQUE_ID, "XDSDocumentEntry.uniqueId", &entry.unique_id);
        self.xml.close();
    }

    fn document_slots(&mut self, entry: &DocumentEntry, file: &File) {
        self.slot("URI", std::slice::from_ref(&file.uri));
        self.slot("hash", std::slice::from_ref(&file.hash));
        self.slot("size", &[file.size.to_string()]);
        self.slot("languageCode", entry.language.as_slice());
        self.time("creationTime", entry.creation_time.as_ref());
        self.time("serviceStartTime", entry.service_start.as_ref());
        self.time("serviceStopTime", entry.service_stop.as_ref());
        let authenticator: Vec<String> = entry.legal_authenticator.iter().map(crate::Person::print).collect();
        self.slot("legalAuthenticator", &authenticator);
        let source: Vec<String> = entry.source_patient_id.iter().map(PatientId::print).collect();
        self.slot("sourcePatientId", &source);
        self.slot("sourcePatientInfo", &entry.source_patient.print());
        self.slots(&entry.other_slots);
    }

    fn submission(&mut self, set: &SubmissionSet) {
        self.xml.open("rim:RegistryPackage", &[("id", &set.entry_uuid)]);
        self.time("submissionTime", set.submission_time.as_ref());
        self.slot("intendedRecipient", &set.intended_recipients);
        self.slots(&set.other_slots);
        self.names(set.title.as_ref(), set.comments.as_ref());
        for author in &set.authors {
            self.author(&set.entry_uuid, ebrim::SET_AUTHOR, author);
        }
        self.codes(&set.entry_uuid, ebrim::CONTENT_TYPE, set.content_type.as_slice());
        self.patient(&set.entry_uuid, ebrim::SET_PATIENT, "XDSSubmissionSet.patientId", set.patient_id.as_ref());
        self.identifier(&set.entry_uuid, ebrim::SET_SOURCE_ID, "XDSSubmissionSet.sourceId", &set.source_id);
        self.identifier(&set.entry_uuid, ebrim::SET_UNIQUE_ID, "XDSSubmissionSet.uniqueId", &set.unique_id);
        self.xml.close();
        let id = self.next_id();
        let attributes =
            [("id", id.as_str()), ("classifiedObject", &set.entry_uuid), ("classificationNode", ebrim::SUBMISSION_SET)];
        self.xml.empty("rim:Classification", &attributes);
    }

    fn names(&mut self, title: Option<&String>, comments: Option<&String>) {
        for (element, text) in [("rim:Name", title), ("rim:Description", comments)] {
            if let Some(text) = text {
                self.xml.open(element, &[]);
                self.localized(text);
                self.xml.close();
            }
        }
    }

    fn localized(&mut self, text: &str) {
        self.xml.empty("rim:LocalizedString", &[("charset", "UTF-8"), ("xml:lang", "FR"), ("value", text)]);
    }

    fn author(&mut self, owner: &str, scheme: &str, author: &Author) {
        self.open_classification(owner, scheme, "");
        let person: Vec<String> = author.person.iter().map(crate::Person::print).collect();
        self.slot("authorPerson", &person);
        let institutions: Vec<String> = author.institutions.iter().map(crate::Organization::print).collect();
        self.slot("authorInstitution", &institutions);
        self.slot("authorRole", &author.roles);
        self.slot("authorSpecialty", &author.specialties);
        self.xml.close();
    }

    fn codes(&mut self, owner: &str, scheme: &str, codes: &[Code]) {
        for code in codes {
            self.open_classification(owner, scheme, &code.code);
            self.slot("codingScheme", std::slice::from_ref(&code.scheme));
            self.xml.open("rim:Name", &[]);
            self.localized(&code.display);
            self.xml.close();
            self.xml.close();
        }
    }

    fn open_classification(&mut self, owner: &str, scheme: &str, code: &str) {
        let id = self.next_id();
        let attributes =
            [("id", id.as_str()), ("classificationScheme", scheme), ("classifiedObject", owner), ("nodeRepresentation", code)];
        self.xml.open("rim:Classification", &attributes);
    }

    fn patient(&mut self, owner: &str, scheme: &str, name: &str, patient: Option<&PatientId>) {
        if let Some(patient) = patient {
            self.identifier(owner, scheme, name, &patient.print());
        }
    }

    fn identifier(&mut self, owner: &str, scheme: &str, name: &str, value: &str) {
        let id = self.next_id();
        let attributes = [("id", id.as_str()), ("identificationScheme", scheme), ("registryObject", owner), ("value", value)];
        self.xml.open("rim:ExternalIdentifier", &attributes);
        self.xml.open("rim:Name", &[]);
        self.localized(name);
        self.xml.close();
        self.xml.close();
    }

    fn association(&mut self, kind: &str, source: &str, target: &str, slot: Option<&Slot>) {
        let id = self.next_id();
        let attributes = [("id", id.as_str()), ("associationType", kind), ("sourceObject", source), ("targetObject", target)];
        match slot {
            Some(slot) => {
                self.xml.open("rim:Association", &attributes);
                self.slot(&slot.name, &slot.values);
                self.xml.close();
            }
            None => self.xml.empty("rim:Association", &attributes),
        }
    }

    fn time(&mut self, name: &str, time: Option<&UtcTime>) {
        let values: Vec<String> = time.iter().map(ToString::to_string).collect();
        self.slot(name, &values);
    }

    fn slots(&mut self, slots: &[Slot]) {
        for slot in slots {
            self.slot(&slot.name, &slot.values);
        }
    }

    fn slot(&mut self, name: &str, values: &[String]) {
        if values.is_empty() {
            return;
        }
        self.xml.open("rim:Slot", &[("name", name)]);
        self.xml.open("rim:ValueList", &[]);
        for value in values {
            self.xml.text("rim:Value", &[], value);
        }
        self.xml.close();
        self.xml.close();
    }
}
