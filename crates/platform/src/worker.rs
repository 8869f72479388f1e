//! What happens outside of requests: messages of the outbox, checkpoints of the journal, scheduled work.

use std::collections::BTreeMap;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use kernel::id::CompteId;
use store::{Leadership, OutboxItem, Sealer, Signer};
use uuid::Uuid;

use crate::acces::{Acces, Acteur, Contexte, Droit, Origine, Passage};
use crate::erreur::Resultat;
use crate::services::Services;

type Boxed = Pin<Box<dyn Future<Output = Resultat<()>> + Send>>;
type Handler = Arc<dyn Fn(Arc<Services>, OutboxItem) -> Boxed + Send + Sync>;
type Scheduled = Arc<dyn Fn(Arc<Services>, Timestamp) -> Boxed + Send + Sync>;
type Continual = Arc<dyn Fn(Arc<Services>) -> Boxed + Send + Sync>;

/// Handlers of messages and scheduled work.
#[derive(Clone, Default)]
pub struct Worker {
    topics: BTreeMap<&'static str, Vec<Handler>>,
    widths: BTreeMap<&'static str, usize>,
    schedules: Vec<Scheduled>,
    continual: Vec<Continual>,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.topics.keys()).finish()
    }
}

type Running = BTreeMap<String, tokio::task::JoinHandle<()>>;

/// Messages looked at in one turn.
const BATCH: i64 = 200;
const TICK: Duration = Duration::from_millis(500);
/// Between two candidacies of a node which does not lead.
const FOLLOW: Duration = Duration::from_secs(3);
const CHECKPOINT_EVERY: SignedDuration = SignedDuration::from_secs(60);
const MINUTE: SignedDuration = SignedDuration::from_secs(60);

impl Worker {
    /// Handles the messages of a topic; a failure is tried again later, with a growing delay.
    ///
    /// A topic may have several handlers: all of them see each message, again if one of them failed. What they write has
    /// ids of its own.
    pub fn on<F, Fut>(&mut self, topic: &'static str, handle: F)
    where
        F: Fn(Arc<Services>, OutboxItem) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Resultat<()>> + Send + 'static,
    {
        self.topics.entry(topic).or_default().push(Arc::new(move |services, item| Box::pin(handle(services, item))));
    }

    /// Messages of a topic are handled several at once, in no order: for those which know nothing of one another.
    pub fn side_by_side(&mut self, topic: &'static str, width: usize) {
        self.widths.insert(topic, width.max(1));
    }

    /// Calls a function every minute with the present instant; it decides whether its hour has come.
    pub fn every_minute<F, Fut>(&mut self, run: F)
    where
        F: Fn(Arc<Services>, Timestamp) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Resultat<()>> + Send + 'static,
    {
        self.schedules.push(Arc::new(move |services, now| Box::pin(run(services, now))));
    }

    /// Runs all the time this node leads: starts again a moment after it ended, is dropped when the lead is lost.
    ///
    /// For what waits on somebody else's server; whatever it does must bear being dropped at any await.
    pub fn continually<F, Fut>(&mut self, run: F)
    where
        F: Fn(Arc<Services>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Resultat<()>> + Send + 'static,
    {
        self.continual.push(Arc::new(move |services| Box::pin(run(services))));
    }

    /// Runs until the process ends; works while this node leads.
    pub async fn run(self, services: Arc<Services>, witness: Witness) {
        services.annoncer_cle_journal(witness.signer.public_key());
        let mut sealer = Sealer::default();
        let mut sealed = Timestamp::UNIX_EPOCH;
        let mut minute = Timestamp::UNIX_EPOCH;
        let mut lead = None;
        let mut running = Running::new();
        let mut attending = tokio::task::JoinSet::new();
        loop {
            lead = keep_lead(&services, lead).await;
            if lead.is_none() {
                attending.abort_all();
                tokio::time::sleep(FOLLOW).await;
                continue;
            }
            while attending.try_join_next().is_some() {}
            if attending.is_empty() {
                for run in &self.continual {
                    attending.spawn(attend(Arc::clone(run), Arc::clone(&services)));
                }
            }
            let now = services.clock.now();
            if let Err(error) = self.deliver(&services, now, &mut running).await {
                tracing::warn!(%error, "the outbox could not be read");
            }
            if now.duration_since(sealed) >= CHECKPOINT_EVERY || now < sealed {
                sealed = now;
                if let Err(error) = witness.checkpoint(&services, &mut sealer, now).await {
                    tracing::error!(%error, "no checkpoint of the journal could be made");
                }
            }
            if now.duration_since(minute) >= MINUTE || now < minute {
                minute = now;
                for run in &self.schedules {
                    if let Err(error) = run(Arc::clone(&services), now).await {
                        tracing::warn!(%error, "a scheduled work failed");
                    }
                }
            }
            tokio::time::sleep(TICK).await;
        }
    }

    /// Starts what waits, topic by topic: a correspondent which does not answer holds back its own topic only.
    async fn deliver(&self, services: &Arc<Services>, now: Timestamp, running: &mut Running) -> Resultat<()> {
        running.retain(|_, task| !task.is_finished());
        let mut waiting: BTreeMap<String, Vec<OutboxItem>> = BTreeMap::new();
        for item in services.store.outbox_besides(now, BATCH, running.keys().cloned().collect()).await? {
            waiting.entry(item.topic.clone()).or_default().push(item);
        }
        for (topic, items) in waiting {
            let (worker, services) = (self.clone(), Arc::clone(services));
            running.insert(topic, tokio::spawn(async move { worker.deliver_topic(&services, items).await }));
        }
        Ok(())
    }

    async fn deliver_topic(&self, services: &Arc<Services>, items: Vec<OutboxItem>) {
        let width = items.first().and_then(|item| self.widths.get(item.topic.as_str())).copied().unwrap_or(1);
        let mut items = items.into_iter();
        let mut under_way = tokio::task::JoinSet::new();
        loop {
            while under_way.len() < width {
                let Some(item) = items.next() else { break };
                let (worker, services) = (self.clone(), Arc::clone(services));
                under_way.spawn(async move { worker.deliver_one(&services, item).await });
            }
            match under_way.join_next().await {
                Some(Ok(Ok(()))) => {}
                Some(Ok(Err(error))) => {
                    tracing::warn!(%error, "what became of a message could not be written: it will be handled again");
                    return;
                }
                Some(Err(error)) => tracing::error!(%error, "a handler of messages stopped"),
                None => return,
            }
        }
    }

    /// Handles every message due now, one after the other, and those they send: what a test does instead of waiting.
    ///
    /// # Errors
    /// The first failure of a handler.
    pub async fn settle(&self, services: &Arc<Services>) -> Resultat<usize> {
        let mut handled = 0;
        loop {
            let now = services.clock.now();
            let items = services.store.outbox(now, BATCH).await?;
            if items.is_empty() {
                return Ok(handled);
            }
            for item in items {
                let n = item.n;
                self.handle(services, item).await?;
                services.store.outbox_done(n, now).await?;
                handled += 1;
            }
        }
    }

    async fn deliver_one(&self, services: &Arc<Services>, item: OutboxItem) -> Resultat<()> {
        let (n, attempts) = (item.n, i64::from(item.attempts));
        let topic = item.topic.clone();
        let outcome = self.handle(services, item).await;
        let now = services.clock.now();
        match outcome {
            Ok(()) => services.store.outbox_done(n, now).await?,
            Err(error) => {
                tracing::info!(topic, %error, "a message will be handled again");
                let delay = SignedDuration::from_secs((5 << attempts.min(9)).min(3_600));
                services.store.outbox_retry(n, now.checked_add(delay).unwrap_or(now), &error.to_string()).await?;
            }
        }
        Ok(())
    }

    /// Every handler runs even if another fails; the first failure is told.
    async fn handle(&self, services: &Arc<Services>, item: OutboxItem) -> Resultat<()> {
        let Some(handlers) = self.topics.get(item.topic.as_str()) else {
            return Err(crate::Erreur::Panne(format!("no handler for {}", item.topic)));
        };
        let mut outcome = Ok(());
        for handle in handlers {
            outcome = outcome.and(handle(Arc::clone(services), item.clone()).await);
        }
        outcome
    }
}

async fn attend(run: Continual, services: Arc<Services>) {
    loop {
        if let Err(error) = run(Arc::clone(&services)).await {
            tracing::warn!(%error, "a continual work stopped, and starts again");
        }
        tokio::time::sleep(FOLLOW).await;
    }
}

/// One node works for all: keeps the lead, or stands for it. A former leader which stopped is replaced within seconds.
async fn keep_lead(services: &Services, lead: Option<Leadership>) -> Option<Leadership> {
    if let Some(lead) = lead {
        if lead.holds().await {
            return Some(lead);
        }
        tracing::warn!("this node lost the lead of the work outside of requests");
    }
    match services.store.lead().await {
        Ok(Some(lead)) => {
            tracing::info!("this node leads the work outside of requests");
            Some(lead)
        }
        Ok(None) => None,
        Err(error) => {
            tracing::warn!(%error, "the lead could not be asked for");
            None
        }
    }
}

/// Where signed heads of the journal are kept, outside of the database.
#[derive(Debug)]
pub struct Witness {
    /// Signs.
    pub signer: Signer,
    /// Folders which each receive a copy; the first is created.
    pub folders: Vec<PathBuf>,
}

impl Witness {
    async fn checkpoint(&self, services: &Arc<Services>, sealer: &mut Sealer, now: Timestamp) -> Resultat<()> {
        let Some(head) = services.store.checkpoint(&self.signer, sealer, now).await? else { return Ok(()) };
        for folder in &self.folders {
            let name = folder.join(format!("journal-{:012}.note", head.size));
            let write = async {
                tokio::fs::create_dir_all(folder).await?;
                // Written beside then renamed: who reads the folder meanwhile never meets half a note.
                let fresh = name.with_extension("neuf");
                tokio::fs::write(&fresh, &head.note).await?;
                tokio::fs::rename(&fresh, &name).await
            };
            if let Err(error) = write.await {
                tracing::error!(%error, folder = %folder.display(), "a witness of the journal could not be written");
            }
        }
        Ok(())
    }
}

/// A change of a record, without what it says: for those who tell others that something moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changement {
    /// Its place in the feed.
    pub place: store::Place,
    /// Kind of record.
    pub kind: String,
    /// The record.
    pub id: Uuid,
    /// The establishment it stands in.
    pub etablissement: Uuid,
    /// The person it is about.
    pub usager: Option<kernel::id::UsagerId>,
    /// When it was recorded.
    pub le: Timestamp,
}

/// The changes of records after a place of the feed, in their order.
///
/// # Errors
/// Whatever the store says.
pub async fn changements(services: &Services, depuis: store::Place, limite: i64) -> Resultat<Vec<Changement>> {
    let rows = services.store.changes(depuis, limite).await?;
    Ok(rows
        .into_iter()
        .map(|row| Changement {
            place: row.place(),
            etablissement: row.scope.establishment,
            usager: row.scope.person.map(kernel::id::UsagerId),
            le: row.recorded,
            kind: row.kind,
            id: row.id,
        })
        .collect())
}

/// The key of the system's own work, named in the journal; there is no way around the gate.
pub async fn automate<D: Droit>(services: &Arc<Services>, nom: &str) -> Resultat<Acces<D>> {
    let compte = CompteId(kernel::id::derived(Uuid::nil(), nom));
    let acteur = Acteur {
        compte,
        nom: nom.to_owned(),
        habilitations: Vec::new(),
        bris: Vec::new(),
        lectures: Vec::new(),
        freinage: None,
        preferences: BTreeMap::new(),
    };
    let contexte = Contexte {
        acteur: Arc::new(acteur),
        now: services.clock.now(),
        etablissement: None,
        unites: Vec::new(),
        session: None,
        poste: None,
        requete: services.clock.fresh_id(),
        origine: Origine::Automate,
        message: None,
        lecture: false,
    };
    Acces::ouvrir(Passage::new(contexte, Arc::clone(services))).await
}
