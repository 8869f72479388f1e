//! Acts made on a tablet, perhaps without network: declared by modules, replayed through the same functions as pages.

use std::collections::{BTreeMap, HashMap};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use jiff::Timestamp;
use kernel::id::{CompteId, EtablissementId, PosteId, UsagerId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::SemaphorePermit;
use uuid::Uuid;

use crate::acces::{Acces, Contexte, Droit, Origine, Passage};
use crate::erreur::{Erreur, Resultat};
use crate::services::Services;

/// An act as the tablet sent it, once unsealed and its author proved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// UUIDv7 made on the tablet: the same id is the same act.
    pub id: Uuid,
    /// Declared name, e.g. `soin.valider`.
    #[serde(rename = "type")]
    pub nom: String,
    /// Version of the content.
    #[serde(default = "premiere_version")]
    pub v: u32,
    /// Where.
    pub etablissement: EtablissementId,
    /// About whom.
    #[serde(default)]
    pub resident: Option<UsagerId>,
    /// What it is about (a planned act, another operation).
    #[serde(default)]
    pub cible: Option<String>,
    /// When it was done, by the carer's word.
    pub fait_a: Timestamp,
    /// When it was entered, by the tablet's clock corrected by its known offset.
    pub saisi_a: Timestamp,
    /// The tablet's clock is doubtful: the hour is to be confirmed.
    #[serde(default)]
    pub heure_a_confirmer: bool,
    /// It was made without network.
    #[serde(default)]
    pub hors_ligne: bool,
    /// Content, read by the module.
    #[serde(default)]
    pub donnees: Value,
}

fn premiere_version() -> u32 {
    1
}

/// What became of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Etat {
    /// Written.
    Appliquee,
    /// Was written before.
    Deja,
    /// Written, and shown in `/a-verifier`.
    Conflit,
    /// Kept apart with its reason; the author finds it in `/mes-saisies`.
    Refusee,
    /// To be sent again later.
    PlusTard,
}

/// The answer to one operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reponse {
    /// The operation.
    pub id: Uuid,
    /// What became of it.
    pub etat: Etat,
    /// A French sentence for its author, when there is something to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Where to look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voir: Option<String>,
}

/// What a module's handler concludes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Issue {
    /// Written.
    Appliquee,
    /// Was written before.
    Deja,
    /// Written and raised, with a sentence and a place to look.
    Conflit(String, &'static str),
}

type Traitement = Arc<dyn Fn(Arc<Passage>, Operation) -> Pin<Box<dyn Future<Output = Resultat<Issue>> + Send>> + Send + Sync>;

/// The acts tablets may send, by name.
#[derive(Clone, Default)]
pub struct Operations(BTreeMap<&'static str, Traitement>);

impl std::fmt::Debug for Operations {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Operations {
    /// Declares an act: its name, the right it needs, and the function which does it.
    pub fn declarer<D, F, Fut>(&mut self, nom: &'static str, faire: F)
    where
        D: Droit,
        F: Fn(Acces<D>, Operation) -> Fut + Send + Sync + Clone + 'static,
        Fut: Future<Output = Resultat<Issue>> + Send + 'static,
    {
        let traitement: Traitement = Arc::new(move |passage, operation| {
            let faire = faire.clone();
            Box::pin(async move {
                let acces = Acces::<D>::ouvrir(passage).await?;
                faire(acces, operation).await
            })
        });
        self.0.insert(nom, traitement);
    }

    /// Names of the acts declared.
    pub fn noms(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }
}

/// Queues of tablets replayed at once: a few fill the groups of the writer, each finds its own residents as it left them
/// an act ago, and pages stay prompt the morning when all tablets of the grappe come back together.
pub(crate) const ENSEMBLE: usize = 8;
/// Operations sent at once by taps made with the network: they wait for nobody.
const COURT: usize = 8;

/// Waits for the turn of a queue of so many operations; kept until the last is replayed.
pub async fn attendre_son_tour(services: &Services, operations: usize) -> Option<SemaphorePermit<'_>> {
    if operations <= COURT {
        return None;
    }
    services.retours.acquire().await.ok()
}

/// An operation to be replayed: whose, from which device.
#[derive(Debug, Clone)]
pub struct Demande {
    /// Its author, proved.
    pub auteur: CompteId,
    /// The device it was made on.
    pub poste: PosteId,
    /// The act.
    pub operation: Operation,
}

/// Replays a queue and answers in its order: what concerns one person is done in the order it was made, persons side by
/// side, so that the acts of a round share a few flushes instead of waiting for one each.
///
/// An operation about no single person, or about another operation of the queue, waits for all that precede it.
pub async fn rejouer_file(services: &Arc<Services>, file: Vec<Demande>) -> Vec<Reponse> {
    let mut reponses = Vec::with_capacity(file.len());
    let mut ensemble: Vec<Demande> = Vec::new();
    for demande in file {
        let suit = demande.operation.suit(&ensemble);
        let seule = demande.operation.resident.is_none();
        if suit || seule {
            reponses.append(&mut rejouer_ensemble(services, std::mem::take(&mut ensemble)).await);
        }
        if seule {
            reponses.push(jouer(services, demande, false).await);
        } else {
            ensemble.push(demande);
        }
    }
    reponses.append(&mut rejouer_ensemble(services, ensemble).await);
    reponses
}

impl Operation {
    /// True if it is about one of these, or is one of these sent twice.
    fn suit(&self, autres: &[Demande]) -> bool {
        let visee = self.cible.as_deref().and_then(|cible| cible.parse::<Uuid>().ok());
        autres.iter().any(|autre| autre.operation.id == self.id || Some(autre.operation.id) == visee)
    }
}

/// Persons side by side, the operations of each in their order.
async fn rejouer_ensemble(services: &Arc<Services>, ensemble: Vec<Demande>) -> Vec<Reponse> {
    let mut personnes: HashMap<Option<UsagerId>, Vec<(usize, Demande)>> = HashMap::new();
    for (rang, demande) in ensemble.into_iter().enumerate() {
        personnes.entry(demande.operation.resident).or_default().push((rang, demande));
    }
    let nombreux = personnes.len() > COURT;
    let suites = personnes.into_values().map(|suite| async move {
        let mut reponses = Vec::with_capacity(suite.len());
        for (rang, demande) in suite {
            reponses.push((rang, jouer(services, demande, nombreux).await));
        }
        reponses
    });
    let mut reponses = futures_util::future::join_all(suites).await.concat();
    reponses.sort_by_key(|(rang, _)| *rang);
    reponses.into_iter().map(|(_, reponse)| reponse).collect()
}

/// Replays one operation as its author, through the gate, and says what became of it.
///
/// A refusal is never silent: the caller keeps the operation apart with its reason.
pub async fn rejouer(services: &Arc<Services>, auteur: CompteId, poste: PosteId, operation: Operation) -> Reponse {
    jouer(services, Demande { auteur, poste, operation }, false).await
}

/// Replays one operation; `nombreux` when others of its queue are replayed beside it.
async fn jouer(services: &Arc<Services>, demande: Demande, nombreux: bool) -> Reponse {
    let id = demande.operation.id;
    match tenter(services, demande, nombreux).await {
        Ok(Issue::Appliquee) => Reponse { id, etat: Etat::Appliquee, message: None, voir: None },
        Ok(Issue::Deja) => Reponse { id, etat: Etat::Deja, message: None, voir: None },
        Ok(Issue::Conflit(message, voir)) => {
            Reponse { id, etat: Etat::Conflit, message: Some(message), voir: Some(voir.to_owned()) }
        }
        Err(erreur) => echec(id, &erreur),
    }
}

async fn tenter(services: &Arc<Services>, demande: Demande, nombreux: bool) -> Resultat<Issue> {
    let Demande { auteur, poste, operation } = demande;
    let Some(traitement) = services.operations.0.get(operation.nom.as_str()).cloned() else {
        return Err(Erreur::Demande(format!("Cette version du serveur ne connaît pas « {} ».", operation.nom)));
    };
    let Some((_, acteur)) = services.acteur(auteur).await? else {
        return Err(Erreur::Demande("Le compte de l'auteur est fermé. La saisie est gardée pour le cadre.".into()));
    };
    let contexte = Contexte {
        acteur,
        now: services.clock.now(),
        etablissement: Some(operation.etablissement),
        unites: Vec::new(),
        session: None,
        poste: Some(poste),
        requete: operation.id,
        origine: Origine::Terrain,
        message: None,
        lecture: false,
    };
    let passer = if nombreux { Passage::dans_une_file } else { Passage::new };
    let passage = passer(contexte, Arc::clone(services));
    let issue = traitement(Arc::clone(&passage), operation).await;
    passage.durable().await?;
    issue
}

fn echec(id: Uuid, erreur: &Erreur) -> Reponse {
    let (etat, message) = match erreur {
        Erreur::Plein | Erreur::Panne(_) => {
            (Etat::PlusTard, "Le serveur n'a pas pu enregistrer. La saisie repartira seule.".to_owned())
        }
        Erreur::Demande(phrase) => (Etat::Refusee, phrase.clone()),
        Erreur::Refus(refus) => (Etat::Refusee, crate::web::erreurs::phrase_refus(refus).to_owned()),
        _ => (Etat::Refusee, "Cette saisie n'a pas pu être rattachée. Elle est gardée pour vérification.".to_owned()),
    };
    Reponse { id, etat, message: Some(message), voir: None }
}
