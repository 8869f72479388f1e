//! A record received from another software, kept before it is read; its own reception, apart from that of documents.

use jiff::Timestamp;
use kernel::id::{EtablissementId, UsagerId};
use platform::acces::{Categorie, Referentiel};
use platform::store::{BlobId, Entity, Scope};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Canal {
    /// `fichier` or `page`.
    pub code: String,
    /// The establishment it was put at; the largest one in service when none was named.
    #[serde(default)]
    pub etablissement: Option<EtablissementId>,
    /// Who gave it, as the channel says.
    pub emetteur: String,
}

/// What was understood of it: enough for a list and a decision, no medical content.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lecture {
    /// Birth name, then first names.
    pub nom: String,
    /// As written: `1936-03-12`.
    pub naissance: String,
    /// « Masculin », « Féminin »…
    pub sexe: String,
    /// Business identifier of the sender.
    pub identifiant: String,
    /// A number is claimed: it proves nothing here.
    pub ins: bool,
    /// Names of the establishments told.
    pub etablissements: Vec<String>,
    /// How many stays, events, contacts, documents.
    pub comptes: [u32; 4],
    /// Titles of the documents are medical: not here. Resources not understood, by type.
    pub autres: Vec<(String, u32)>,
    /// What the file does against the guide.
    pub defauts: Vec<String>,
    /// Version of the guide it claims.
    #[serde(default)]
    pub version: Option<String>,
}

/// Where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "etat", rename_all = "snake_case")]
pub enum EtatEntrant {
    /// Readable: somebody decides.
    ADecider,
    /// Cannot be read: code of the reader.
    Illisible {
        /// Why.
        code: String,
    },
    /// In a record.
    Accepte {
        /// Whose.
        usager: UsagerId,
        /// Who accepted.
        par: String,
        /// When.
        le: Timestamp,
    },
    /// Refused by somebody.
    Refuse {
        /// Why.
        motif: String,
        /// Who.
        par: String,
    },
}

/// A record received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierEntrant {
    /// The establishment it stands at.
    pub etablissement: EtablissementId,
    /// How it came.
    pub canal: Canal,
    /// Name of the file, made showable.
    pub nom: String,
    /// The bytes, encrypted.
    pub blob: BlobId,
    /// Size in bytes.
    pub taille: u64,
    /// When.
    pub recu_le: Timestamp,
    /// What was understood.
    #[serde(default)]
    pub lecture: Option<Lecture>,
    /// Where it stands.
    #[serde(flatten)]
    pub etat: EtatEntrant,
}

/// Records received by an establishment: to be decided, or settled.
pub fn lane_entrants(etablissement: EtablissementId, a_decider: bool) -> String {
    format!("dossiers-entrants/{etablissement}/{}", if a_decider { "attente" } else { "traites" })
}

impl DossierEntrant {
    /// Id of the reception of these bytes: the same file twice is one reception.
    pub fn id(blob: &BlobId) -> Uuid {
        kernel::id::derived(Uuid::nil(), &format!("dossier-entrant/{}", blob.0))
    }

    /// True until somebody settled it.
    pub fn a_decider(&self) -> bool {
        matches!(self.etat, EtatEntrant::ADecider | EtatEntrant::Illisible { .. })
    }
}

impl Entity for DossierEntrant {
    const KIND: &'static str = "dossier_entrant";
    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).at(self.recu_le).lane(lane_entrants(self.etablissement, self.a_decider()))
    }
    /// A record of another software is taken once in a house, whatever file brings it: the guide fixes no idempotence.
    fn claims(&self) -> Vec<String> {
        let identifiant = self.lecture.as_ref().map(|lecture| lecture.identifiant.as_str()).filter(|id| !id.is_empty());
        match (&self.etat, identifiant) {
            (EtatEntrant::Accepte { .. }, Some(id)) => vec![format!("dossier-tddui/{}/{id}", self.etablissement)],
            _ => Vec::new(),
        }
    }
}

impl Referentiel for DossierEntrant {
    const CATEGORIE: Categorie = Categorie::Administratif;
}
