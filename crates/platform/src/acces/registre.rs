//! The journal read through the gate: within the establishments of the right, and its own reading is journalled (INV-30).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{Checkpoint, Entity, JournalFilter, LineRow, Query, Reach, Scope, Stored, Tampering, Verification};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::{Acces, Categorie, Droit, MotifRefus};
use crate::erreur::{Erreur, Resultat};

/// The list of the verifications of the journal.
const LANE_VERIFICATIONS: &str = "verifications-journal";

/// One verification at a time: it reads the whole database.
static UNE: Semaphore = Semaphore::const_new(1);

/// The result of a verification of the journal against its signed heads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerificationJournal {
    /// When.
    pub le: Timestamp,
    /// Lines read.
    pub lignes: u64,
    /// Lines which waited for an older transaction of the server of the database: no signed head covers them yet.
    #[serde(default)]
    pub en_attente: u64,
    /// Signed heads compared.
    pub tetes: u64,
    /// Versions of records compared.
    pub enregistrements: u64,
    /// Documents compared.
    pub documents: u64,
    /// What does not agree, in sentences; empty when all is well.
    pub ecarts: Vec<String>,
}

impl Entity for VerificationJournal {
    const KIND: &'static str = "verification_journal";

    fn scope(&self) -> Scope {
        Scope::of(Uuid::nil()).at(self.le).lane(LANE_VERIFICATIONS)
    }
}

impl VerificationJournal {
    fn de(verification: &Verification, le: Timestamp) -> Self {
        Self {
            le,
            lignes: verification.lines,
            en_attente: verification.waiting.as_ref().map_or(0, |waiting| waiting.lines),
            tetes: verification.checkpoints,
            enregistrements: verification.records,
            documents: verification.documents,
            ecarts: verification.tamperings.iter().take(100).map(phrase).collect(),
        }
    }
}

fn phrase(ecart: &Tampering) -> String {
    match ecart {
        Tampering::Root { size } => format!("Les {size} premières lignes ne donnent pas la tête signée."),
        Tampering::Truncated { expected, found } => {
            format!("Le journal compte {found} lignes, une tête signée en atteste {expected}.")
        }
        Tampering::Record { reference } => format!("L'enregistrement {reference} n'est pas celui que le journal a inscrit."),
        Tampering::Missing { reference } => format!("L'enregistrement {reference} inscrit au journal a disparu."),
        Tampering::Document { id } => format!("Le document {id} est abîmé, remplacé ou absent."),
        Tampering::Unsealed { size } => format!("La tête de {size} lignes gardée ailleurs n'est plus dans la base."),
        Tampering::Signature { size } => format!("La tête de {size} lignes n'est pas signée par la clé de l'installation."),
    }
}

impl<D: Droit> Acces<D> {
    async fn exiger_journal(&self) -> Resultat<()> {
        if D::INFO.categorie == Categorie::Journal {
            return Ok(());
        }
        Err(self.refuser(MotifRefus::Profession, None).await)
    }

    /// Lines of the journal, newest first, within the establishments where this right is held.
    ///
    /// `criteres` tell in the journal what was asked; this reading is itself a line.
    pub async fn journal(&self, mut filtre: JournalFilter, criteres: &[(&str, Value)]) -> Resultat<Vec<LineRow>> {
        self.exiger_journal().await?;
        if let Some(ouverts) = self.etablissements_ouverts() {
            let permis = |un: &Uuid| ouverts.iter().any(|ouvert| ouvert.0 == *un);
            if filtre.establishments.is_empty() {
                filtre.establishments = ouverts.iter().map(|un| un.0).collect();
            } else if !filtre.establishments.iter().all(permis) {
                return Err(self.refuser(MotifRefus::Inconnu, None).await);
            }
            if filtre.establishments.is_empty() {
                return Ok(Vec::new());
            }
        }
        let personne = filtre.person.map(kernel::id::UsagerId);
        let lignes = self.services().store.journal(filtre).await?;
        self.consigner(personne, None, criteres).await?;
        Ok(lignes)
    }

    /// The last signed heads of the journal, newest first.
    pub async fn tetes(&self, limite: i64) -> Resultat<Vec<Checkpoint>> {
        self.exiger_journal().await?;
        Ok(self.services().store.checkpoints(limite).await?)
    }

    /// The last verifications of the journal, newest first.
    pub async fn verifications(&self, limite: u32) -> Resultat<Vec<Stored<VerificationJournal>>> {
        self.exiger_journal().await?;
        Ok(self.services().store.list(&Reach::All, &Query::lane(LANE_VERIFICATIONS).newest_first().limit(limite)).await?)
    }

    /// Verifies the whole journal, all records and documents, against the signed heads of the database; keeps the result.
    ///
    /// # Errors
    /// A sentence when no head was ever signed by this installation, or when a verification is under way.
    pub async fn verifier_journal(&self) -> Resultat<VerificationJournal> {
        self.exiger_journal().await?;
        let Some(cle) = self.services().cle_journal() else {
            return Err(Erreur::Demande(
                "Le service n'a pas encore signé de tête du journal. Attendez une minute, puis recommencez.".into(),
            ));
        };
        let Ok(_seule) = UNE.try_acquire() else {
            return Err(Erreur::Demande("Une vérification est en cours. Son résultat s'affichera sur cette page.".into()));
        };
        let verification = store::verify(&self.services().store, &cle, &[]).await?;
        let resultat = VerificationJournal::de(&verification, self.now());
        let mut acte = self.acte("journal.verifie").detail("ecarts", resultat.ecarts.len());
        acte.create(self.nouvel_id(), &resultat);
        self.commit(acte).await?;
        Ok(resultat)
    }
}
