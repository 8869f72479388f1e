//! A transfer, as the house left and the house reached each keep it.

use jiff::Timestamp;
use jiff::civil::Date;
use kernel::id::{EtablissementId, UsagerId};
use platform::acces::Opposition;
use sejours::GenreSejour;
use serde::{Deserialize, Serialize};
use usagers::{Civilite, Identification};
use uuid::Uuid;

use crate::familles::Comptes;

/// Why a person changes house (F234): code, words.
pub const MOTIFS: [(&str, &str); 6] = [
    ("rapprochement", "Rapprochement familial"),
    ("unite_specialisee", "Soins ou unité spécialisés"),
    ("proche", "Rejoindre un conjoint ou un proche"),
    ("choix", "Choix de la personne"),
    ("adaptation", "Accompagnement plus adapté à ses besoins"),
    ("autre", "Autre motif"),
];

/// Who agreed, once informed of what is transmitted (CSP L.1110-4, CASF L.311-3): code, words.
pub const ACCORDS: [(&str, &str); 3] = [
    ("personne", "La personne, informée, est d'accord"),
    ("personne_et_representant", "La personne et son représentant légal, informés, sont d'accord"),
    (
        "representant",
        "La personne ne peut pas dire sa volonté ; son représentant ou sa personne de confiance, informé, est d'accord",
    ),
];

/// Words of a code of one of the lists above.
pub(crate) fn mots(liste: &[(&'static str, &'static str)], code: &str) -> &'static str {
    liste.iter().find(|(connu, _)| *connu == code).map_or("", |(_, mots)| mots)
}

/// What is asked of the other house.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demande {
    /// Day wished.
    pub prevu_le: Date,
    /// A code of [`MOTIFS`].
    pub motif: String,
    /// What the other house must know to answer: no medical data, which is read once accepted.
    #[serde(default)]
    pub precision: String,
    /// Kind of stay left, offered for the next one.
    pub genre: GenreSejour,
    /// A code of [`ACCORDS`].
    pub accord: String,
    /// When the agreement was given.
    pub accord_le: Date,
    /// Who proposes, as they sign.
    pub par: String,
    /// When.
    pub le: Timestamp,
}

/// Where a transfer stands for the house left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "etat", rename_all = "snake_case")]
pub enum EtatDepart {
    /// Proposed, not answered.
    Propose,
    /// Accepted; the four families were taken over.
    Accepte {
        /// How much was taken over.
        comptes: Comptes,
    },
    /// The person is there, the stay left is closed.
    Effectue {
        /// When the person arrived.
        le: Timestamp,
        /// Why the stay could not be closed, if it could not: somebody does it.
        #[serde(default)]
        reste: String,
    },
    /// Refused, with the reason.
    Refuse {
        /// Why.
        motif: String,
    },
    /// Withdrawn by the house left.
    Retire {
        /// Why.
        motif: String,
    },
    /// Accepted, then the person did not go.
    Abandonne {
        /// Why.
        motif: String,
    },
}

/// A transfer, in the record of the house left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfert {
    /// Who.
    pub usager: UsagerId,
    /// The house left.
    pub etablissement: EtablissementId,
    /// The house asked.
    pub vers: EtablissementId,
    /// Its name, as it was.
    pub vers_nom: String,
    /// What is asked.
    pub demande: Demande,
    /// Where it stands.
    #[serde(flatten)]
    pub etat: EtatDepart,
}

impl Transfert {
    /// Id of what the other house keeps of it.
    pub fn id_recu(transfert: Uuid) -> Uuid {
        kernel::id::derived(transfert, "recu")
    }

    /// True until somebody has the last word.
    pub fn en_cours(&self) -> bool {
        matches!(self.etat, EtatDepart::Propose | EtatDepart::Accepte { .. })
    }
}

/// Where a transfer stands for the house reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "etat", rename_all = "snake_case")]
pub enum EtatRecu {
    /// To be answered.
    Propose,
    /// Accepted: the record is open, the person is expected.
    Accepte {
        /// The record of this house.
        usager: UsagerId,
        /// The stay opened.
        sejour: Uuid,
        /// Who accepted.
        par: String,
        /// When.
        le: Timestamp,
    },
    /// The person is there.
    Arrive {
        /// The record of this house.
        usager: UsagerId,
        /// The stay opened.
        sejour: Uuid,
        /// Who noted it.
        par: String,
        /// When the person arrived.
        le: Timestamp,
    },
    /// Refused.
    Refuse {
        /// Why.
        motif: String,
        /// Who refused.
        par: String,
    },
    /// Withdrawn by the house left.
    Retire {
        /// Why.
        motif: String,
        /// The record opened meanwhile, if one was.
        #[serde(default)]
        usager: Option<UsagerId>,
    },
    /// Accepted, then the person did not come.
    Abandonne {
        /// The record of this house.
        usager: UsagerId,
        /// Why.
        motif: String,
        /// Who noted it.
        par: String,
    },
}

/// What was taken over, and when last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repris {
    /// When.
    pub le: Timestamp,
    /// How much.
    pub comptes: Comptes,
}

/// A transfer, as the house reached keeps it: about nobody of its own until it is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransfertRecu {
    /// The transfer in the record of the house left.
    pub transfert: Uuid,
    /// The house left.
    pub de: EtablissementId,
    /// Its name, as it was.
    pub de_nom: String,
    /// The record there.
    pub dossier_quitte: UsagerId,
    /// This house.
    pub etablissement: EtablissementId,
    /// Identity, so that nobody types it again; how far it is proven is decided here.
    pub identification: Identification,
    /// How the person is addressed.
    pub civilite: Civilite,
    /// Name shown on lists.
    pub nom: String,
    /// Oppositions expressed there: they hold here from the first second.
    #[serde(default)]
    pub oppositions: Vec<Opposition>,
    /// What is asked.
    pub demande: Demande,
    /// How much there was of each family when it was proposed, if who proposed could count.
    #[serde(default)]
    pub comptes: Option<Comptes>,
    /// What was taken over.
    #[serde(default)]
    pub repris: Option<Repris>,
    /// Where it stands.
    #[serde(flatten)]
    pub etat: EtatRecu,
}

impl TransfertRecu {
    /// The record of this house, once there is one.
    pub fn dossier(&self) -> Option<UsagerId> {
        match &self.etat {
            EtatRecu::Accepte { usager, .. } | EtatRecu::Arrive { usager, .. } | EtatRecu::Abandonne { usager, .. } => {
                Some(*usager)
            }
            EtatRecu::Retire { usager, .. } => *usager,
            EtatRecu::Propose | EtatRecu::Refuse { .. } => None,
        }
    }

    /// True until somebody has the last word.
    pub fn en_cours(&self) -> bool {
        matches!(self.etat, EtatRecu::Propose | EtatRecu::Accepte { .. })
    }
}
