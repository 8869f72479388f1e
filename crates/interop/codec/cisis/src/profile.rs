//! What identifies each content model.

use cda_r2::{ClinicalDocument, Code};

use crate::concept::{Concept, System};

/// A content model, with what the metadata of an exchange (XDM, XDS, DMP) need of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Identifier of the model (`templateId`).
    pub template_id: &'static str,
    /// Its version (`extension` of the `templateId`).
    pub template_version: &'static str,
    /// Type of the document (`typeCode`, JDV_J07).
    pub kind: Concept,
    /// Title given when the sender gives none.
    pub title: &'static str,
    /// The act the document is about (`eventCode`, `serviceEvent/code`).
    pub act: Concept,
    /// `formatCode` (JDV_J10: TRE_A06 for the French models, TRE_A11 for the IHE ones).
    pub format_code: &'static str,
    /// Whether the model wants the attending physician as a participant.
    pub(crate) needs_attending_physician: bool,
}

/// The act of a document that sums up a medical history.
const HISTORY: Concept = Concept::new("34117-2", "Historique et clinique", System::Loinc);
/// The act of a document about a departure.
const TRANSFER: Concept = Concept::new("28651-8", "Transfert du patient au service des urgences", System::Loinc);
/// The act of a document about a return: the same code.
const RETURN: Concept = Concept::new("28651-8", "Retour du résident à l'EHPAD", System::Loinc);
/// The act of a letter about a stay.
const STAY: Concept = Concept::new("IMP", "Hospitalisation (établissement, y compris HAD)", System::ActCode);
/// Type of the three documents of the emergency liaison.
const LIAISON: Concept = Concept::new("74207-2", "Document de liaison d'urgence", System::Loinc);

/// DLU, *document de liaison d'urgence*: DLU-EHPAD-DLU 2022.01.
pub const DLU: Profile = Profile {
    template_id: "1.2.250.1.213.1.1.1.22",
    template_version: "2022.01",
    kind: LIAISON,
    title: "Document de liaison d'urgence",
    act: HISTORY,
    format_code: "urn:asip:ci-sis:dlu:2015",
    needs_attending_physician: true,
};

/// FLUDT, transfer from the nursing home to the emergency department: DLU-EHPAD-FLUDT 2022.01.
pub const FLUDT: Profile = Profile {
    template_id: "1.2.250.1.213.1.1.1.23",
    template_version: "2022.01",
    kind: LIAISON,
    title: "Fiche de liaison d'urgence - Transfert de l'EHPAD vers le service des urgences",
    act: TRANSFER,
    format_code: "urn:asip:ci-sis:fludt:2017",
    needs_attending_physician: false,
};

/// FLUDR, return from the emergency department to the nursing home: DLU-EHPAD-FLUDR 2022.01.
pub const FLUDR: Profile = Profile {
    template_id: "1.2.250.1.213.1.1.1.24",
    template_version: "2022.01",
    kind: LIAISON,
    title: "Fiche de liaison d'urgence - Retour du service des urgences vers l'EHPAD",
    act: RETURN,
    format_code: "urn:asip:ci-sis:fludr:2017",
    needs_attending_physician: false,
};

/// VSM, *volet de synthèse médicale* 1.4, whose version is written 201310; the public rules of 2023.01
/// want the same sections.
pub const VSM: Profile = Profile {
    template_id: "1.2.250.1.213.1.1.1.13",
    template_version: "201310",
    kind: Concept::new("SYNTH", "Synthèse", System::DocumentType),
    title: "Volet de synthèse médicale",
    act: HISTORY,
    format_code: "urn:asip:ci-sis:vsm:2012",
    needs_attending_physician: true,
};

/// LDL-EES, liaison letter on admission to a hospital: LDL-EES 2022.01.
pub const LDL_EES: Profile = Profile {
    template_id: "1.2.250.1.213.1.1.1.21",
    template_version: "2022.01",
    kind: Concept::new(
        "18761-7",
        "Note de transfert (dont lettre de liaison à l'entrée en établissement de soins)",
        System::Loinc,
    ),
    title: "Lettre de liaison à l'entrée en établissement de soins",
    act: STAY,
    format_code: "urn:asip:ci-sis:ldl-ees:2017",
    needs_attending_physician: false,
};

/// LDL-SES, liaison letter on discharge from a hospital: LDL-SES 2022.01.
pub const LDL_SES: Profile = Profile {
    template_id: "1.2.250.1.213.1.1.1.29",
    template_version: "2022.01",
    kind: Concept::new("11490-0", "Lettre de liaison à la sortie d'un établissement de soins", System::Loinc),
    title: "Lettre de liaison à la sortie d'un établissement de soins",
    act: STAY,
    format_code: "urn:asip:ci-sis:ldl-ses:2017",
    needs_attending_physician: false,
};

impl Profile {
    /// Whether a document read says it follows this model.
    pub fn matches(&self, document: &ClinicalDocument) -> bool {
        document.header.template_ids.iter().any(|template| template.root == self.template_id)
    }

    /// The part of the header the model decides.
    pub(crate) fn model(&self) -> Model {
        Model {
            template_id: self.template_id,
            template_version: Some(self.template_version),
            kind: self.kind.to_code(),
            title: self.title.to_owned(),
            act: Some(self.act.to_code()),
            format_code: self.format_code,
            needs_attending_physician: self.needs_attending_physician,
        }
    }
}

/// The part of a header that a content model decides, for one document.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    pub(crate) template_id: &'static str,
    pub(crate) template_version: Option<&'static str>,
    pub(crate) kind: Code,
    pub(crate) title: String,
    pub(crate) act: Option<Code>,
    pub(crate) format_code: &'static str,
    pub(crate) needs_attending_physician: bool,
}

/// What the metadata of an exchange (XDM, XDS, DMP) need of a document beyond its header, which
/// they read: patient, authors, times, place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    /// Identifier of the content model (`templateId`).
    pub template_id: &'static str,
    /// Type of the document (`typeCode`).
    pub type_code: Code,
    /// Title.
    pub title: String,
    /// Act the document is about (`eventCodeList`).
    pub act: Option<Code>,
    /// `formatCode`.
    pub format_code: &'static str,
    /// `mimeType`.
    pub mime_type: &'static str,
    /// `languageCode`.
    pub language: &'static str,
}
