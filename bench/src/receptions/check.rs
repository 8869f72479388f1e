//! After a run: is what was acknowledged there, and is everything received filed, visibly queued, or a linked duplicate?

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::atomic::Ordering;

use documents::{Document, DocumentCourant, DocumentMedical, EtatReception, Reception};
use kernel::id::UsagerId;
use store::{BlobId, Entity, MasterKey, Place, Store, Stored};
use uuid::Uuid;

use super::forge::{self, Channel};
use super::senders::Sending;

/// Everything the base says of what came in.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) receptions: HashMap<Uuid, Stored<Reception>>,
    documents: HashMap<Uuid, Stored<Document>>,
}

/// What a run gave, as the base tells it; each of the second part must be zero.
#[derive(Debug, Default)]
pub(crate) struct Count {
    pub(crate) received: u64,
    /// In a record, or noted there.
    pub(crate) filed: u64,
    /// Envelopes and readable copies: each file they hold is counted by itself.
    pub(crate) opened: u64,
    pub(crate) queued: u64,
    pub(crate) duplicates: u64,
    /// Hostile ones among what is filed by itself: only those in another order may be.
    pub(crate) hostile_filed: u64,
    /// What the wrongly filed ones are, and where they stand.
    pub(crate) wrong: BTreeSet<String>,
    /// Acknowledged, and the bytes are not there as they were sent.
    pub(crate) lost: u64,
    /// Neither filed, nor queued, nor a duplicate.
    pub(crate) limbo: u64,
    /// Filed in the record of somebody the message is not about.
    pub(crate) wrong_person: u64,
    /// Filed twice, or a document without its reception.
    pub(crate) twice: u64,
    /// A duplicate which leads nowhere, an envelope without its files, a message received more often than it was sent.
    pub(crate) broken: u64,
    /// Which of them, and what they are.
    pub(crate) why: BTreeSet<String>,
}

impl Count {
    fn breaks(&mut self, is_broken: bool, what: &str, kind: &str) {
        if is_broken {
            self.broken += 1;
            self.why.insert(format!("{kind}: {what}"));
        }
    }

    /// True if nothing was lost, and received = filed + opened + queued + duplicates.
    pub(crate) fn is_good(&self) -> bool {
        self.lost + self.limbo + self.wrong_person + self.twice + self.broken == 0
            && self.received == self.filed + self.opened + self.queued + self.duplicates
    }
}

/// Opens the base beside the server, to read.
pub(crate) async fn beside(url: &str, data: &Path) -> anyhow::Result<Store> {
    Ok(Store::open_reading(&url.parse()?, MasterKey::File(data.join("cle-maitre"))).await?)
}

impl Found {
    /// Reads every change ever made, and keeps the last of each reception and document.
    pub(crate) async fn read(store: &Store) -> anyhow::Result<Self> {
        let (mut place, mut receptions, mut documents) = (Place::default(), HashMap::new(), HashMap::new());
        loop {
            let rows = store.changes(place, 5_000).await?;
            let Some(last) = rows.last() else { break };
            place = last.place();
            for row in rows {
                match row.kind.as_str() {
                    Reception::KIND => drop(receptions.insert(row.id, row.parse::<Reception>()?)),
                    DocumentMedical::KIND => {
                        drop(documents.insert(row.id, row.parse::<DocumentMedical>()?.map(|document| document.0)));
                    }
                    DocumentCourant::KIND => {
                        drop(documents.insert(row.id, row.parse::<DocumentCourant>()?.map(|document| document.0)));
                    }
                    _ => {}
                }
            }
        }
        Ok(Self { receptions, documents })
    }

    /// Those which are neither read nor settled yet.
    pub(crate) fn unsettled(&self) -> usize {
        let waits = |state: &EtatReception| matches!(state, EtatReception::Recue | EtatReception::Confiee { .. });
        self.receptions.values().filter(|one| waits(&one.etat)).count()
    }

    /// The reception which came from outside, of one which came inside another.
    fn root<'a>(&'a self, one: &'a Stored<Reception>) -> &'a Stored<Reception> {
        let mut root = one;
        while let Some(above) = root.dans.and_then(|above| self.receptions.get(&above)) {
            root = above;
        }
        root
    }

    /// Counts; `shift` gives each message the persons of another one, which must be seen.
    pub(crate) async fn count(&self, store: &Store, sending: &Sending, shift: usize) -> anyhow::Result<Count> {
        let mut count = Count { received: self.receptions.len() as u64, ..Count::default() };
        let sent = Sent::of(sending, shift);
        self.states(&sent, &mut count);
        self.links(&sent, &mut count);
        for (n, message) in sending.messages.iter().enumerate() {
            if sending.ledger.acked[n].load(Ordering::Relaxed) == 0 {
                continue;
            }
            let id = BlobId::of(&message.bytes);
            let kept = store.blob(&id).await.ok().flatten().is_some_and(|bytes| bytes[..] == message.bytes[..]);
            count.lost += u64::from(!kept || !sent.came.contains_key(&id.0) || !self.came(&id));
        }
        Ok(count)
    }

    fn came(&self, blob: &BlobId) -> bool {
        self.receptions.values().any(|one| one.blob == *blob)
    }

    fn states(&self, sent: &Sent, count: &mut Count) {
        let mut filed: HashMap<Uuid, u64> = HashMap::new();
        for one in self.receptions.values() {
            let whose = match &one.etat {
                EtatReception::Classee { usager, document, .. } => {
                    *filed.entry(*document).or_default() += 1;
                    Some(*usager)
                }
                EtatReception::Appliquee { usager, .. } => Some(*usager),
                EtatReception::Ouverte { parties } => {
                    let held = self.receptions.values().filter(|other| other.dans == Some(one.id)).count();
                    count.opened += 1;
                    count.breaks(held != *parties as usize, "an envelope without its files", sent.kind(&one.blob.0));
                    None
                }
                EtatReception::Jointe => {
                    count.opened += 1;
                    None
                }
                EtatReception::EnAttente { .. } => {
                    count.queued += 1;
                    None
                }
                EtatReception::Doublon { .. } => {
                    count.duplicates += 1;
                    None
                }
                _ => {
                    count.limbo += 1;
                    None
                }
            };
            let Some(whose) = whose else { continue };
            count.filed += 1;
            let about = sent.came.get(&self.root(one).blob.0);
            let wrong = !about.is_some_and(|came| came.about.contains(&whose));
            count.wrong_person += u64::from(wrong);
            count.hostile_filed += u64::from(about.is_some_and(|came| came.hostile));
            if wrong {
                count.wrong.insert(about.map_or("unknown", |came| came.kind).to_owned());
            }
        }
        count.twice += filed.values().filter(|times| **times != 1).count() as u64;
        count.twice += self.documents.keys().filter(|id| !filed.contains_key(id)).count() as u64;
        count.twice += filed.keys().filter(|id| !self.documents.contains_key(id)).count() as u64;
    }

    /// One first reception for each digest, to which every other leads; and no more of them than were sent.
    fn links(&self, sent: &Sent, count: &mut Count) {
        let mut firsts: HashMap<&str, u64> = HashMap::new();
        let mut roots: HashMap<&str, u64> = HashMap::new();
        for one in self.receptions.values() {
            match &one.etat {
                EtatReception::Doublon { de } => {
                    let leads = self
                        .receptions
                        .get(de)
                        .is_some_and(|first| first.blob == one.blob && !matches!(first.etat, EtatReception::Doublon { .. }));
                    count.breaks(!leads, "a duplicate of nothing", sent.kind(&one.blob.0));
                }
                EtatReception::Jointe => {}
                _ => *firsts.entry(&one.blob.0).or_default() += 1,
            }
            if one.dans.is_none() {
                *roots.entry(&one.blob.0).or_default() += 1;
            }
        }
        for (digest, times) in &firsts {
            count.breaks(*times != 1, "several first receptions", sent.kind(digest));
        }
        for (digest, came) in &sent.came {
            let times = roots.get(digest.as_str()).copied().unwrap_or(0);
            let detail = format!("received {times} times, {} to {} expected", came.least, came.most);
            count.breaks(times > came.most || times < came.least, &detail, came.kind);
        }
        for digest in roots.keys() {
            count.breaks(!sent.came.contains_key(*digest), "never sent", "unknown");
        }
    }
}

/// What senders know of some bytes.
#[derive(Debug, Default)]
struct Came {
    about: BTreeSet<UsagerId>,
    kind: &'static str,
    hostile: bool,
    /// Receptions there must be, and may be: an attempt cut before its acknowledgment may have been kept.
    least: u64,
    most: u64,
}

#[derive(Debug)]
struct Sent {
    came: BTreeMap<String, Came>,
}

impl Sent {
    fn kind(&self, digest: &str) -> &'static str {
        self.came.get(digest).map_or("inside another", |came| came.kind)
    }

    fn of(sending: &Sending, shift: usize) -> Self {
        let mut came: BTreeMap<String, Came> = BTreeMap::new();
        let messages = &sending.messages;
        for (n, message) in messages.iter().enumerate() {
            let (attempts, acked) = (&sending.ledger.attempts[n], &sending.ledger.acked[n]);
            let (attempts, acked) = (u64::from(attempts.load(Ordering::Relaxed)), u64::from(acked.load(Ordering::Relaxed)));
            let one = came.entry(BlobId::of(&message.bytes).0).or_insert_with(|| Came {
                about: messages[(n + shift) % messages.len()].about.clone(),
                kind: message.kind,
                hostile: message.hostile && !forge::may_be_filed(message.kind),
                ..Came::default()
            });
            one.most += attempts;
            if message.channel == Channel::Mllp {
                // The same bytes from the same engine are acknowledged again, and nothing is written; unless both come at
                // the same instant: the second is then a linked duplicate.
                one.least = one.least.max(acked.min(1));
            } else {
                one.least += acked;
            }
        }
        Self { came }
    }
}
