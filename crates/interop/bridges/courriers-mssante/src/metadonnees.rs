//! What the metadata of an exchange say of a document, read in its header (DMP rules, which XDM follows).

use cda_r2::{ClinicalDocument, Code as CodeCda, Entity, InsKind, Organization as Structure, Patient, PersonName, Timestamp};
use uuid::Uuid;
use xdm::{Author, Code, DocumentEntry, Name, Organization, PatientId, PatientInfo, Person, PersonKind, UtcTime};

/// Code system of classes of documents (TRE_A03).
const CLASSES: &str = "1.2.250.1.213.1.1.4.1";
/// Code system of the formats of the French models (TRE_A06).
const FORMATS: &str = "1.2.250.1.213.1.1.4.2.282";
/// Code system of the formats of IHE (TRE_A11).
const FORMATS_IHE: &str = "1.3.6.1.4.1.19376.1.2.3";
/// National identifiers of professionals (PS_IdNat).
const PROFESSIONNELS: &str = "1.2.250.1.71.4.2.1";
/// National identifiers of structures (Struct_IdNat).
const STRUCTURES: &str = "1.2.250.1.71.4.2.2";

/// Class of a type of document (ASS_X04), for the types a nursing home sends; a report when the table says nothing.
const CLASSE_DE: [(&str, (&str, &str)); 8] = [
    ("74207-2", ("11", "Synthèse")),
    ("SYNTH", ("11", "Synthèse")),
    ("60591-5", ("11", "Synthèse")),
    ("11369-6", ("11", "Synthèse")),
    ("57833-6", ("42", "Prescription")),
    ("52040-3", ("42", "Prescription")),
    ("80565-5", ("43", "Dispensation")),
    ("EXPPAT_3", ("90", "Document d'expression personnelle du patient")),
];
const CLASSE: (&str, &str) = ("10", "Compte rendu");

/// Format of a document by its content model.
const FORMAT_DE: [(&str, &str, &str, &str); 11] = [
    ("1.2.250.1.213.1.1.1.22", "urn:asip:ci-sis:dlu:2015", FORMATS, "Document de liaison d'urgence"),
    ("1.2.250.1.213.1.1.1.23", "urn:asip:ci-sis:fludt:2017", FORMATS, "Fiche de liaison d'urgence - Transfert"),
    ("1.2.250.1.213.1.1.1.24", "urn:asip:ci-sis:fludr:2017", FORMATS, "Fiche de liaison d'urgence - Retour"),
    ("1.2.250.1.213.1.1.1.13", "urn:asip:ci-sis:vsm:2012", FORMATS, "Synthèse médicale"),
    (
        "1.2.250.1.213.1.1.1.21",
        "urn:asip:ci-sis:ldl-ees:2017",
        FORMATS,
        "Lettre de Liaison à l'entrée d'un établissement de santé",
    ),
    (
        "1.2.250.1.213.1.1.1.29",
        "urn:asip:ci-sis:ldl-ses:2017",
        FORMATS,
        "Lettre de Liaison à la sortie de l'établissement de santé",
    ),
    ("1.2.250.1.213.1.1.1.51", "urn:ihe:pcc:ips:2020", FORMATS_IHE, "Synthèse médicale"),
    ("1.2.250.1.213.1.1.1.37", "urn:asip:ci-sis:vac:2019", FORMATS, "Historique des vaccinations"),
    ("1.2.250.1.213.1.1.1.39", "urn:ihe:pharm:pre:2010", FORMATS_IHE, "Prescription de médicaments"),
    ("1.3.6.1.4.1.19376.1.3.3", "urn:ihe:lab:xd-lab:2008", FORMATS_IHE, "Compte rendu structuré d'examens de biologie médicale"),
    ("1.3.6.1.4.1.19376.1.2.20", "urn:ihe:iti:xds-sd:pdf:2008", FORMATS_IHE, "Document à corps non structuré en Pdf/A-1"),
];

/// The metadata of a document.
pub fn entree(document: &ClinicalDocument, entry_uuid: Uuid) -> DocumentEntry {
    let header = &document.header;
    let act = header.service_events.first();
    let place = header.encounter.as_ref().and_then(|stay| stay.facility.as_ref());
    let performer = act.and_then(|act| act.performers.first()).map(|performer| &performer.entity);
    let type_code = header.code.code.clone().unwrap_or_default();
    let class = CLASSE_DE.iter().find(|(code, _)| *code == type_code).map_or(CLASSE, |(_, class)| *class);
    let (patient_id, source_patient_id) = identifiants(&header.patient);
    DocumentEntry {
        entry_uuid: format!("urn:uuid:{entry_uuid}"),
        unique_id: match &header.id.extension {
            Some(extension) => format!("{}^{extension}", header.id.root),
            None => header.id.root.clone(),
        },
        mime_type: "text/xml".to_owned(),
        title: header.title.clone().or_else(|| header.code.label().map(str::to_owned)),
        patient_id,
        source_patient_id,
        source_patient: infos(&header.patient),
        class_code: Some(Code::new(class.0, CLASSES, class.1)),
        type_code: Some(code(&header.code)),
        format_code: format(document),
        confidentiality: header.confidentiality.iter().map(normale).collect(),
        facility_type: place.and_then(|place| place.code.as_ref()).map(code),
        practice_setting: performer.and_then(|un| un.organization.as_ref()).and_then(|lieu| lieu.industry.as_ref()).map(code),
        authors: header.authors.iter().map(|author| auteur(&author.entity)).collect(),
        legal_authenticator: header.legal_authenticator.as_ref().map(|signature| personne(&signature.entity)),
        creation_time: heure(&header.effective_time),
        service_start: act.and_then(|act| act.period.as_ref()).and_then(|periode| periode.low.as_ref()).and_then(heure),
        service_stop: act.and_then(|act| act.period.as_ref()).and_then(|periode| periode.high.as_ref()).and_then(heure),
        language: header.language.clone(),
        ..DocumentEntry::default()
    }
}

fn heure(instant: &Timestamp) -> Option<UtcTime> {
    UtcTime::from_hl7(&instant.raw)
}

fn code(code: &CodeCda) -> Code {
    let valeur = code.code.clone().unwrap_or_default();
    let libelle = code.label().map_or_else(|| valeur.clone(), str::to_owned);
    Code::new(valeur, code.system.clone().unwrap_or_default(), libelle)
}

/// Confidentiality, which headers often write without its words.
fn normale(une: &CodeCda) -> Code {
    let lue = code(une);
    if lue.code == "N" { Code { display: "Normal".to_owned(), ..lue } } else { lue }
}

fn format(document: &ClinicalDocument) -> Option<Code> {
    let modeles = &document.header.template_ids;
    let connu = FORMAT_DE.iter().find(|(modele, ..)| modeles.iter().any(|id| id.root == *modele));
    connu.map(|(_, code, systeme, libelle)| Code::new(*code, *systeme, *libelle))
}

/// The INS when the document has one, then the identifier of the house; each stands for the other when it is absent.
fn identifiants(patient: &Patient) -> (Option<PatientId>, Option<PatientId>) {
    let ins = patient.ids.iter().find(|id| InsKind::of_root(&id.root).is_some());
    let local = patient.ids.iter().find(|id| InsKind::of_root(&id.root).is_none());
    let ins = ins.and_then(|id| Some(PatientId::ins(id.extension.clone()?, id.root.clone())));
    let local = local.and_then(|id| Some(PatientId::local(id.extension.clone()?, id.root.clone())));
    (ins.clone().or_else(|| local.clone()), local.or(ins))
}

fn infos(patient: &Patient) -> PatientInfo {
    let ids = patient.ids.iter().filter_map(|id| {
        let numero = id.extension.clone()?;
        let national = InsKind::of_root(&id.root).is_some();
        Some(if national { PatientId::ins(numero, id.root.clone()) } else { PatientId::local(numero, id.root.clone()) })
    });
    PatientInfo {
        ids: ids.collect(),
        names: noms(patient),
        birth: patient.birth_time.as_ref().map(|jour| jour.raw.clone()),
        sex: patient
            .gender
            .as_ref()
            .and_then(|sexe| sexe.code.clone())
            .map(|sexe| if sexe == "UN" { "U".to_owned() } else { sexe }),
        other: Vec::new(),
    }
}

fn noms(patient: &Patient) -> Vec<Name> {
    let texte = |texte: Option<&str>| texte.unwrap_or_default().to_owned();
    let mut noms = Vec::new();
    if let Some(nom) = patient.names.first() {
        noms.push(Name {
            family: texte(nom.birth_family().or_else(|| nom.family())),
            given: texte(nom.birth_first_given().or_else(|| nom.given())),
            given_list: nom.birth_given_list().unwrap_or_default(),
            kind: "L".to_owned(),
        });
        if let Some(famille) = nom.used_family() {
            let given = texte(nom.used_given().or_else(|| nom.birth_first_given()));
            noms.push(Name { family: famille.to_owned(), given, given_list: String::new(), kind: "D".to_owned() });
        }
    }
    noms
}

fn auteur(entity: &Entity) -> Author {
    Author {
        person: Some(personne(entity)),
        institutions: entity.organization.iter().filter_map(structure).collect(),
        roles: Vec::new(),
        specialties: entity.code.iter().filter(|un| un.code.is_some()).map(|un| code(un).to_text()).collect(),
    }
}

fn structure(structure: &Structure) -> Option<Organization> {
    let id = structure.ids.iter().find(|id| id.root == STRUCTURES)?;
    Some(Organization::structure(id.extension.clone()?, structure.name.clone()?))
}

fn personne(entity: &Entity) -> Person {
    let id = entity.ids.iter().find(|id| id.root == PROFESSIONNELS).or_else(|| entity.ids.first());
    let national = id.is_some_and(|id| id.root == PROFESSIONNELS);
    let nom = entity.names.first();
    let texte = |lire: fn(&PersonName) -> Option<&str>| nom.and_then(lire).unwrap_or_default().to_owned();
    Person {
        id: id.and_then(|id| id.extension.clone()).unwrap_or_default(),
        family: entity.device.clone().filter(|_| nom.is_none()).unwrap_or_else(|| texte(PersonName::family)),
        given: texte(PersonName::given),
        authority: id.map(|id| id.root.clone()).unwrap_or_default(),
        kind: if nom.is_some() { PersonKind::Human } else { PersonKind::System },
        id_type: if national { "IDNPS" } else { "EI" }.to_owned(),
    }
}
