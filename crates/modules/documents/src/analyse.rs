//! What a file says of itself: kind by its bytes, header of a clinical document. Pure and bounded.

use cda_r2::{ClinicalDocument, InsKind, Limits, Sex};
use jiff::civil::Date;
use kernel::dates::DateNaissance;
use kernel::fichiers::NatureFichier;
use kernel::ins::{Ins, LieuNaissance, Matricule, Oid, Sexe, Traits};
use serde::{Deserialize, Serialize};

use crate::contenu::{Accuse, Suite};

/// Media type of a mail.
pub const MIME_COURRIEL: &str = "message/rfc822";
/// Media type of FHIR R4 resources in JSON.
pub const MIME_FHIR: &str = "application/fhir+json";
/// Media type of an HL7 v2 message.
pub const MIME_MESSAGE: &str = "x-application/hl7-v2+er7";

const TEXTE_MAX: usize = 300;
const AVERTISSEMENTS_MAX: usize = 20;

/// What a file is, by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// PDF.
    Pdf,
    /// PNG, JPEG or WebP.
    Image,
    /// Clinical document.
    Cda,
    /// Another XML.
    Xml,
    /// ZIP archive.
    Zip,
    /// Package of documents with their metadata.
    Colis,
    /// Mail.
    Courriel,
    /// Message of an interface between systems.
    Message,
    /// Resources of FHIR R4, in JSON.
    Fhir,
    /// Anything else.
    Inconnue,
}

impl Nature {
    /// Recognises a file.
    pub fn de(octets: &[u8]) -> (Self, &'static str) {
        match NatureFichier::reconnaitre(octets) {
            Some(nature) => {
                let genre = match nature {
                    NatureFichier::Pdf => Self::Pdf,
                    NatureFichier::Png | NatureFichier::Jpeg | NatureFichier::Webp => Self::Image,
                    NatureFichier::Cda => Self::Cda,
                    NatureFichier::Xml => Self::Xml,
                    NatureFichier::Zip => Self::Zip,
                };
                (genre, nature.mime())
            }
            None if ressemble_a_un_cda(octets) => (Self::Cda, NatureFichier::Cda.mime()),
            None => (Self::Inconnue, "application/octet-stream"),
        }
    }

    /// The kind a recognised media type stands for.
    pub fn de_mime(mime: &str) -> Self {
        match mime {
            "application/pdf" => Self::Pdf,
            "image/png" | "image/jpeg" | "image/webp" => Self::Image,
            "application/xml" => Self::Cda,
            "application/zip" => Self::Zip,
            MIME_COURRIEL => Self::Courriel,
            MIME_MESSAGE => Self::Message,
            MIME_FHIR => Self::Fhir,
            _ => Self::Inconnue,
        }
    }

    /// Name on screens.
    pub fn libelle(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Image => "Image",
            Self::Cda => "Document médical structuré (CDA)",
            Self::Xml => "Fichier XML",
            Self::Zip => "Archive ZIP",
            Self::Colis => "Colis de documents (XDM)",
            Self::Courriel => "Courriel",
            Self::Message => "Message d'interface (HL7)",
            Self::Fhir => "Données d'un autre logiciel (FHIR)",
            Self::Inconnue => "Format non reconnu",
        }
    }
}

/// True for what claims to be a clinical document though it is not readable as such (other charset, DTD): the reader
/// then tells precisely why.
fn ressemble_a_un_cda(octets: &[u8]) -> bool {
    let debut = &octets[..octets.len().min(64 * 1024)];
    let sans_nuls: Vec<u8> = debut.iter().copied().filter(|octet| *octet != 0).collect();
    sans_nuls.windows(16).any(|fenetre| fenetre == b"ClinicalDocument")
}

/// Whose document it is, as the file says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientLu {
    /// National identities: OID and number, as written.
    #[serde(default)]
    pub ins: Vec<(String, String)>,
    /// Birth name.
    #[serde(default)]
    pub nom_naissance: Option<String>,
    /// Every given name of the birth record.
    #[serde(default)]
    pub prenoms: Option<String>,
    /// First given name of the birth record.
    #[serde(default)]
    pub premier_prenom: Option<String>,
    /// Name as displayed.
    #[serde(default)]
    pub nom_affiche: String,
    /// `F`, `M` or `I`.
    #[serde(default)]
    pub sexe: Option<String>,
    /// Birth, `AAAA-MM-JJ`, zeros for what is unknown.
    #[serde(default)]
    pub naissance: Option<String>,
    /// INSEE code of the birthplace.
    #[serde(default)]
    pub lieu: Option<String>,
}

impl PatientLu {
    /// The five strict traits, when all of them are there and well formed.
    pub fn traits(&self) -> Option<Traits> {
        let naissance: DateNaissance = self.naissance.as_deref()?.parse().ok()?;
        let sexe = Sexe::lire(self.sexe.as_deref()?).ok()?;
        let lieu = LieuNaissance::new(self.lieu.as_deref()?).ok()?;
        Traits::new(self.nom_naissance.as_deref()?, self.prenoms.as_deref()?, naissance, sexe, lieu).ok()
    }

    /// The only national identity of the file; none when it gives several which differ.
    pub fn ins_unique(&self) -> Option<Ins> {
        let lues: Vec<Ins> = self
            .ins
            .iter()
            .filter_map(|(oid, numero)| Ins::new(Matricule::new(numero).ok()?, oid.parse::<Oid>().ok()?).ok())
            .collect();
        let premiere = lues.first()?;
        (lues.len() == self.ins.len() && lues.iter().all(|ins| ins == premiere)).then(|| premiere.clone())
    }
}

/// What was understood of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apercu {
    /// Kind.
    pub nature: Nature,
    /// Media type recognised.
    pub mime: String,
    /// Title.
    #[serde(default)]
    pub titre: Option<String>,
    /// Code of the kind of document.
    #[serde(default)]
    pub type_code: Option<String>,
    /// Its label, as the file gives it.
    #[serde(default)]
    pub type_libelle: Option<String>,
    /// The day the document was made.
    #[serde(default)]
    pub date: Option<Date>,
    /// Authors, as the file gives them.
    #[serde(default)]
    pub auteur: String,
    /// Identifier of the document: `root^extension`.
    #[serde(default)]
    pub identifiant: Option<String>,
    /// Identifiers of the documents it replaces.
    #[serde(default)]
    pub remplace: Vec<String>,
    /// Whose.
    #[serde(default)]
    pub patient: Option<PatientLu>,
    /// Defects which did not prevent the reading.
    #[serde(default)]
    pub avertissements: Vec<String>,
    /// Stable code of the reader's refusal.
    #[serde(default)]
    pub refus: Option<String>,
    /// The refusal in technical words, for a technician.
    #[serde(default)]
    pub detail: Option<String>,
    /// The text a person reads, when the file is a message.
    #[serde(default)]
    pub texte: Option<String>,
    /// What somebody else must do with it.
    #[serde(default)]
    pub suite: Option<Suite>,
    /// What it says of what was sent.
    #[serde(default)]
    pub accuses: Vec<Accuse>,
}

impl Apercu {
    /// A file of which only the kind is known.
    pub fn vide(nature: Nature, mime: &str) -> Self {
        Self {
            nature,
            mime: mime.to_owned(),
            titre: None,
            type_code: None,
            type_libelle: None,
            date: None,
            auteur: String::new(),
            identifiant: None,
            remplace: Vec::new(),
            patient: None,
            avertissements: Vec::new(),
            refus: None,
            detail: None,
            texte: None,
            suite: None,
            accuses: Vec::new(),
        }
    }

    /// Completes what the file does not say by what its envelope says; the file's own words win.
    #[must_use]
    pub fn complete_par(mut self, annonce: &Self) -> Self {
        self.titre = self.titre.or_else(|| annonce.titre.clone());
        if self.type_code.is_none() {
            self.type_code.clone_from(&annonce.type_code);
            self.type_libelle.clone_from(&annonce.type_libelle);
        }
        self.date = self.date.or(annonce.date);
        if self.auteur.is_empty() {
            self.auteur.clone_from(&annonce.auteur);
        }
        self.identifiant = self.identifiant.or_else(|| annonce.identifiant.clone());
        self.patient = self.patient.or_else(|| annonce.patient.clone());
        if self.refus.is_none() {
            self.refus.clone_from(&annonce.refus);
        }
        self
    }

    /// True when a person can be shown what it says.
    pub fn est_lisible(&self) -> bool {
        let montrable =
            matches!(self.nature, Nature::Pdf | Nature::Image | Nature::Cda | Nature::Courriel | Nature::Message | Nature::Fhir);
        montrable && self.refus.is_none()
    }

    /// A refusal which is not the reader's own: time, memory, process.
    pub fn refuse(octets: &[u8], code: &str, detail: &str) -> Self {
        let (nature, mime) = Nature::de(octets);
        Self { refus: Some(code.to_owned()), detail: Some(borner(detail)), ..Self::vide(nature, mime) }
    }
}

/// A text of somebody else, on one line and bounded.
pub fn borner(texte: &str) -> String {
    texte.chars().filter(|c| !c.is_control()).take(TEXTE_MAX).collect::<String>().trim().to_owned()
}

/// Reads what a file says of itself. Any bytes are accepted; the reader's limits bound time and memory.
pub fn analyser(octets: &[u8]) -> Apercu {
    let (nature, mime) = Nature::de(octets);
    if nature != Nature::Cda {
        return Apercu::vide(nature, mime);
    }
    match cda_r2::parse(octets, &Limits::default()) {
        Ok(document) => lire_cda(&document, mime),
        Err(error) => Apercu {
            refus: Some(error.code().to_owned()),
            detail: Some(borner(&error.to_string())),
            ..Apercu::vide(nature, mime)
        },
    }
}

/// Identifier of a document as one text.
fn identifiant(id: &cda_r2::Id) -> String {
    match &id.extension {
        Some(extension) => format!("{}^{extension}", id.root),
        None => id.root.clone(),
    }
}

fn lire_cda(document: &ClinicalDocument, mime: &str) -> Apercu {
    let header = &document.header;
    let auteurs: Vec<String> = header.authors.iter().filter_map(|auteur| nom_et_lieu(&auteur.entity)).collect();
    let remplaces = header.related_documents.iter().filter(|lie| lie.type_code.as_deref() == Some("RPLC"));
    Apercu {
        titre: header.title.as_deref().map(borner).filter(|titre| !titre.is_empty()),
        type_code: header.code.code.clone(),
        type_libelle: header.code.label().map(borner),
        date: header.effective_time.date_iso().and_then(|date| date.parse().ok()),
        auteur: borner(&auteurs.join(", ")),
        identifiant: Some(identifiant(&header.id)),
        remplace: remplaces.flat_map(|lie| lie.ids.iter().map(identifiant)).collect(),
        patient: Some(lire_patient(&header.patient)),
        avertissements: document.warnings.iter().take(AVERTISSEMENTS_MAX).map(|phrase| borner(phrase)).collect(),
        ..Apercu::vide(Nature::Cda, mime)
    }
}

fn nom_et_lieu(entite: &cda_r2::Entity) -> Option<String> {
    let nom = entite.display()?;
    let lieu = entite.organization.as_ref().and_then(|lieu| lieu.name.clone()).filter(|lieu| *lieu != nom);
    Some(lieu.map_or_else(|| nom.clone(), |lieu| format!("{nom} ({lieu})")))
}

fn lire_patient(patient: &cda_r2::Patient) -> PatientLu {
    let sexe = patient.sex().map(|sexe| match sexe {
        Sex::Female => "F",
        Sex::Male => "M",
        _ => "I",
    });
    PatientLu {
        ins: patient.ins().into_iter().map(|(kind, numero)| (racine(kind).to_owned(), numero.to_owned())).collect(),
        nom_naissance: patient.birth_family().map(str::to_owned),
        prenoms: patient.birth_given_list(),
        premier_prenom: patient.birth_first_given().map(str::to_owned),
        nom_affiche: patient.names.first().map(|nom| borner(&nom.display())).unwrap_or_default(),
        sexe: sexe.map(str::to_owned),
        naissance: patient.birth_time.as_ref().map(naissance),
        lieu: patient.birthplace.as_ref().and_then(|lieu| lieu.insee_code.clone()),
    }
}

fn racine(kind: InsKind) -> &'static str {
    match kind {
        InsKind::Nir => Oid::Nir.as_str(),
        InsKind::Nia => Oid::Nia.as_str(),
        InsKind::Test => Oid::Test.as_str(),
        InsKind::Demo => Oid::Demo.as_str(),
    }
}

fn naissance(instant: &cda_r2::Timestamp) -> String {
    format!("{:04}-{:02}-{:02}", instant.year, instant.month.unwrap_or(0), instant.day.unwrap_or(0))
}
