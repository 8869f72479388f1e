//! An export on its way to another software: asked by a person, done by the worker, its outcome shown.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use documents::document_de;
use jiff::Timestamp;
use kernel::id::{EtablissementId, UsagerId};
use platform::Services;
use platform::acces::{Acces, Categorie, Ecrit};
use platform::erreur::{Erreur, Resultat};
use platform::store::{Entity, OutboxItem, Scope, Stored};
use platform::worker::{Worker, automate};
use serde::{Deserialize, Serialize};
use tddui::{Answer, read_answer};
use uuid::Uuid;

use crate::ExporterDui;
use crate::transport::poster;

/// Topic of the message sent when somebody asks to send an export.
pub const TOPIC: &str = "transfert_dui.envoi";

const NOM: &str = "Envoi de dossiers vers un autre logiciel";
/// Attempts after which the network is said to have failed: about a day.
const ESSAIS_MAX: i32 = 30;

/// What the installation sets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reglages {
    /// Address which receives bundles: the base of the other software's FHIR server.
    pub adresse: Option<String>,
    /// Its bearer token.
    pub jeton: Option<String>,
}

static REGLAGES: OnceLock<RwLock<Reglages>> = OnceLock::new();

pub(crate) fn reglages() -> Reglages {
    REGLAGES.get_or_init(RwLock::default).read().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Listens, with the peer of the installation.
pub fn planifier(worker: &mut Worker, voulus: Reglages) {
    *REGLAGES.get_or_init(RwLock::default).write().unwrap_or_else(PoisonError::into_inner) = voulus;
    worker.on(TOPIC, |services, message| async move { traiter(&services, &message, &reglages()).await });
}

/// Where a sending stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "etat", rename_all = "snake_case")]
pub enum EtatEnvoi {
    /// Not sent yet, or the network did not answer: tried again.
    EnCours,
    /// Everything was created there.
    Recu {
        /// Where, entry by entry.
        ids: Vec<String>,
    },
    /// Nothing was created there.
    Refuse {
        /// Its words.
        phrases: Vec<String>,
    },
}

/// A sending, in the record it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envoi {
    /// Whose.
    pub usager: UsagerId,
    /// Where the record is held.
    pub etablissement: EtablissementId,
    /// The export, a document of the record.
    pub document: Uuid,
    /// When it was asked.
    pub le: Timestamp,
    /// By whom.
    pub par: String,
    /// Where it stands.
    #[serde(flatten)]
    pub etat: EtatEnvoi,
}

impl Envoi {
    /// Id of the sending of an export.
    pub fn id(document: Uuid) -> Uuid {
        kernel::id::derived(document, "envoi-dui")
    }
}

impl Entity for Envoi {
    const KIND: &'static str = "envoi_dui";
    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).person(self.usager).at(self.le).lane(format!("envois-dui/{}", self.etablissement))
    }
}

impl Ecrit for Envoi {
    const CATEGORIE: Categorie = Categorie::Administratif;
}

/// The message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Demande {
    pub(crate) usager: UsagerId,
    pub(crate) document: Uuid,
}

/// Sends an export. At least once: a stop between the answer and its writing sends it again, which the guide does not forbid
/// and the other software refuses by its own identifiers.
///
/// # Errors
/// The network or the store: the message is tried again.
pub async fn traiter(services: &Arc<Services>, message: &OutboxItem, reglages: &Reglages) -> Resultat<()> {
    let demande: Demande = serde_json::from_str(&message.payload).map_err(|erreur| Erreur::Panne(erreur.to_string()))?;
    let acces: Acces<ExporterDui> = automate(services, NOM).await?;
    let dossier = match acces.ouvrir_dossier(demande.usager).await {
        Err(Erreur::Fusionne { garde, .. }) => acces.ouvrir_dossier(garde).await?,
        autre => autre?,
    };
    let lu: Stored<Envoi> = dossier.lire(Envoi::id(demande.document)).await?.ok_or(Erreur::Introuvable)?;
    if lu.etat != EtatEnvoi::EnCours {
        return Ok(());
    }
    let etat = match &reglages.adresse {
        None => refuse("Aucun logiciel destinataire n'est configuré (GRAPPE_DUI_ADRESSE). Remettez le fichier autrement."),
        Some(adresse) => {
            let document = document_de(&dossier, demande.document).await?.ok_or(Erreur::Introuvable)?;
            let octets = dossier
                .document(&document.blob)
                .await?
                .ok_or_else(|| Erreur::Panne("the bytes of an export are missing".into()))?;
            match poster(adresse, reglages.jeton.as_deref(), octets).await {
                Ok((statut, corps)) if statut != 503 && statut != 429 => issue(statut, &corps),
                Err(Erreur::Demande(phrase)) => refuse(&phrase),
                _ if message.attempts >= ESSAIS_MAX => refuse("Le logiciel destinataire n'a pas répondu depuis plus d'un jour."),
                Ok((statut, _)) => return Err(Erreur::Panne(format!("HTTP {statut}"))),
                Err(erreur) => return Err(erreur),
            }
        }
    };
    let verbe = if matches!(etat, EtatEnvoi::Recu { .. }) { "export_dui.recu" } else { "export_dui.refuse" };
    let mut acte = dossier.acte(verbe);
    acte.update(&lu, &Envoi { etat, ..lu.value.clone() });
    dossier.commit(acte).await
}

fn refuse(phrase: &str) -> EtatEnvoi {
    EtatEnvoi::Refuse { phrases: vec![phrase.to_owned()] }
}

fn issue(statut: u16, corps: &[u8]) -> EtatEnvoi {
    match read_answer(statut, corps) {
        Answer::Created(ids) => EtatEnvoi::Recu { ids },
        Answer::Refused(phrases) => EtatEnvoi::Refuse { phrases },
        Answer::Unclear(quoi) => {
            refuse(&format!("Le logiciel destinataire a répondu autre chose qu'un accusé ({quoi}). Vérifiez auprès de lui."))
        }
    }
}
