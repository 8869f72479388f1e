//! Documents annexed (FR-Documents-ajoutes, FR-Document-attache).

use cda_r2::write::{Element, Section, embedded_file};

use crate::concept::{Concept, System};
use crate::error::CisisError;
use crate::level1::check_pdf;
use crate::narrative::{Field, Grid, narrative};
use crate::scribe::{SIMPLE_OBSERVATION, Scribe, SectionModel, absent, coded, coded_value, observation_of, statement, status};

/// A kind of document of a check-list.
pub trait AnnexKind: Copy + PartialEq + 'static {
    /// Every kind, in the order of the check-list.
    const ALL: &'static [Self];

    /// Its term.
    fn concept(self) -> Concept;
}

/// Documents annexed to a DLU (JDV_ChecklistDLU).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DluAnnex {
    /// Certificate of the health insurance card.
    InsuranceCard,
    /// Certificate of complementary insurance.
    ComplementaryInsurance,
    /// Copy of the identity card.
    IdentityCard,
    /// Latest AGGIR grid.
    Aggir,
    /// Copy of the advance directives.
    AdvanceDirectives,
    /// Copies of the current prescriptions.
    Prescriptions,
    /// Table of administration of medicines.
    MedicationTable,
    /// Recent laboratory results.
    LabResults,
    /// Report of the last hospital stay.
    LastStay,
    /// Sheet on a multi-resistant bacterium.
    Bacterium,
    /// Follow-up of care.
    CareFollowUp,
    /// Follow-up of a pacemaker or a defibrillator.
    Pacemaker,
    /// Blood group card.
    BloodGroup,
    /// Care the nursing home can give.
    Capacities,
}

impl AnnexKind for DluAnnex {
    const ALL: &'static [Self] = &[
        Self::InsuranceCard,
        Self::ComplementaryInsurance,
        Self::IdentityCard,
        Self::Aggir,
        Self::AdvanceDirectives,
        Self::Prescriptions,
        Self::MedicationTable,
        Self::LabResults,
        Self::LastStay,
        Self::Bacterium,
        Self::CareFollowUp,
        Self::Pacemaker,
        Self::BloodGroup,
        Self::Capacities,
    ];

    fn concept(self) -> Concept {
        let (code, display) = match self {
            Self::InsuranceCard => ("DLU_006", "Attestation de la carte vitale"),
            Self::ComplementaryInsurance => ("DLU_007", "Attestation de mutuelle"),
            Self::IdentityCard => ("DLU_008", "Photocopie de la carte d’identité"),
            Self::Aggir => ("DLU_009", "Grille AGGIR (la plus récente)"),
            Self::AdvanceDirectives => ("DLU_010", "Photocopie des directives anticipées"),
            Self::Prescriptions => ("DLU_011", "Photocopies des ordonnances en cours"),
            Self::MedicationTable => ("DLU_012", "Tableau d’administration des médicaments"),
            Self::LabResults => {
                ("DLU_013", "Résultats récents de biologie (1 à 3 mois) avec clairance de la créatinine et INR (si AVK)")
            }
            Self::LastStay => ("DLU_014", "CR de la dernière hospitalisation"),
            Self::Bacterium => ("DLU_015", "Fiche BMR (bactérie multi-résistante)"),
            Self::CareFollowUp => {
                ("DLU_016", "Fiche ou carnet de suivi des soins (glycémie, pansements, perfusion, ventilation, nutrition, etc.)")
            }
            Self::Pacemaker => ("DLU_017", "Carnet de suivi du pacemaker ou du défibrilateur implentable"),
            Self::BloodGroup => ("DLU_018", "Carte de groupe sanguin (si à jour)"),
            Self::Capacities => ("DLU_019", "Liste des capacités en soins de l’EHPAD"),
        };
        Concept::new(code, display, System::Cisis)
    }
}

/// Documents annexed to a return sheet (JDV_ChecklistFLUDR).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReturnAnnex {
    /// Discharge prescription.
    Prescription,
    /// Copy of the record of the emergency department.
    EmergencyRecord,
}

impl AnnexKind for ReturnAnnex {
    const ALL: &'static [Self] = &[Self::Prescription, Self::EmergencyRecord];

    fn concept(self) -> Concept {
        let (code, display) = match self {
            Self::Prescription => ("DLU_020", "Ordonnance de sortie"),
            Self::EmergencyRecord => ("DLU_021", "Copie du dossier des urgences"),
        };
        Concept::new(code, display, System::Cisis)
    }
}

/// Where an annexed document is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnnexContent {
    /// Inside, as a PDF.
    Pdf(Vec<u8>),
    /// Handed over apart: on paper, in the same mail.
    Apart,
}

/// A document annexed. Several may be of the same kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annex<K> {
    /// Kind.
    pub kind: K,
    /// Title, such as the name of the file.
    pub title: Option<String>,
    /// Where it is.
    pub content: AnnexContent,
}

/// FR-Documents-ajoutes, 1.2.250.1.213.1.1.2.37.
const MODEL: SectionModel = SectionModel {
    templates: &["1.2.250.1.213.1.1.2.37"],
    code: Concept::new("55107-7", "Documents ajoutés", System::Loinc),
    title: "Documents annexés",
};
const ATTACHED: [&str; 1] = ["1.2.250.1.213.1.1.3.18"];
const ATTACHED_CODE: Concept = Concept::new("55107-7", "Document attaché", System::Loinc);
const KIND: [&str; 3] = [SIMPLE_OBSERVATION[0], SIMPLE_OBSERVATION[1], "1.2.250.1.213.1.1.3.48.18"];
const KIND_CODE: Concept = Concept::new("69764-9", "Type de document", System::Loinc);

/// The check-list of annexed documents, always present, and the documents.
pub(crate) fn section<K: AnnexKind>(scribe: &mut Scribe, annexes: &[Annex<K>]) -> Result<Section, CisisError> {
    let mut grid = Grid::new(&["Document", "Annexé", "Titre"]);
    let mut entries = Vec::new();
    let mut first_absent = None;
    for kind in K::ALL {
        let of_kind: Vec<&Annex<K>> = annexes.iter().filter(|annex| annex.kind == *kind).collect();
        if of_kind.is_empty() {
            let anchor = scribe.anchor();
            grid.row([Field::anchored(&anchor, kind.concept().display), Field::new("non"), Field::default()]);
            first_absent.get_or_insert((*kind, anchor));
        }
        for annex in of_kind {
            entries.extend(annexed(scribe, &mut grid, annex)?);
        }
    }
    // The rules want one attached document at least: the first of the list says that it has no file.
    if let (true, Some((kind, anchor))) = (entries.is_empty(), &first_absent) {
        entries.push(attached(scribe, kind.concept(), anchor, None));
    }
    Ok(MODEL.section(scribe, narrative(grid.block()), entries))
}

fn annexed<K: AnnexKind>(scribe: &mut Scribe, grid: &mut Grid, annex: &Annex<K>) -> Result<Option<Element>, CisisError> {
    let (anchor, concept) = (scribe.anchor(), annex.kind.concept());
    let title = Field::new(annex.title.as_deref().unwrap_or_default());
    let label = Field::anchored(&anchor, concept.display);
    let AnnexContent::Pdf(bytes) = &annex.content else {
        grid.row([label, Field::new("oui, remis à part"), title]);
        return Ok(None);
    };
    check_pdf(bytes, annex.title.as_deref().unwrap_or(concept.display))?;
    let media = format!("{anchor}-pdf");
    grid.row([label, Field::new("oui").showing(&media), title]);
    let file = Element::new("observationMedia")
        .with("classCode", "OBS")
        .with("moodCode", "EVN")
        .with("ID", &media)
        .child(embedded_file("value", "application/pdf", bytes));
    Ok(Some(attached(scribe, concept, &anchor, Some(file))))
}

fn attached(scribe: &mut Scribe, concept: Concept, anchor: &str, file: Option<Element>) -> Element {
    let head = statement("organizer", "CLUSTER", "EVN", &ATTACHED)
        .child(scribe.id_element())
        .child(coded("code", &ATTACHED_CODE))
        .child(status("completed"));
    let rest = [absent("effectiveTime", "NA"), coded_value(&concept.to_code())];
    let kind = observation_of(scribe, &KIND, coded("code", &KIND_CODE), anchor, rest);
    let nothing = || statement("observationMedia", "OBS", "EVN", &[]).child(absent("value", "NA"));
    let component = |inner: Element| Element::new("component").child(inner);
    head.child(component(kind)).child(component(file.unwrap_or_else(nothing)))
}
