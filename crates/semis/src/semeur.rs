//! Writes many records quickly: large batches, a few of them on their way at a time.

use std::collections::VecDeque;

use jiff::Timestamp;
use platform::store::{Batch, Entity, Line, Nature, Receipt, Store};
use uuid::Uuid;

const LOT: usize = 400;
const EN_ROUTE: usize = 24;

/// Verb of the lines of journal of a sowing; a base whose first line has it is a demonstration.
pub const VERBE: &str = "demo.semee";

/// Told after each batch: records written so far, and what is being sown.
pub type Avancement<'a> = &'a (dyn Fn(u64, &str) + Sync);

/// Why the demo could not be sown.
#[derive(Debug, thiserror::Error)]
pub enum ErreurSemis {
    /// A text of the story does not fit the product's rules.
    #[error("the story: {0}")]
    Recit(String),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] platform::store::Error),
}

/// Writes many records quickly.
pub struct Semeur<'a> {
    store: &'a Store,
    now: Timestamp,
    batch: Batch,
    en_route: VecDeque<Receipt>,
    ecrits: u64,
    quoi: &'static str,
    avancement: Avancement<'a>,
}

impl std::fmt::Debug for Semeur<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Semeur({} {})", self.ecrits, self.quoi)
    }
}

impl<'a> Semeur<'a> {
    /// Begins.
    pub fn new(store: &'a Store, now: Timestamp, avancement: Avancement<'a>) -> Self {
        Self { store, now, batch: Batch::default(), en_route: VecDeque::new(), ecrits: 0, quoi: "", avancement }
    }

    /// Says what comes next.
    pub fn annoncer(&mut self, quoi: &'static str) {
        self.quoi = quoi;
        (self.avancement)(self.ecrits, quoi);
    }

    /// Writes a record as this author at this instant.
    pub async fn poser<E: Entity>(
        &mut self,
        id: impl Into<Uuid>,
        auteur: Uuid,
        le: Timestamp,
        value: &E,
    ) -> Result<(), ErreurSemis> {
        self.batch.create(id, auteur, le, value)?;
        self.ecrits += 1;
        if self.batch.weight() >= LOT {
            self.envoyer().await?;
        }
        Ok(())
    }

    /// Keeps a document beside the records.
    pub fn garder(&mut self, octets: &[u8]) -> Result<platform::store::BlobId, ErreurSemis> {
        let blob = self.store.seal_blob(octets)?;
        let id = blob.id().clone();
        self.batch.keep(blob);
        Ok(id)
    }

    async fn envoyer(&mut self) -> Result<(), ErreurSemis> {
        let line = Line {
            at: self.now,
            nature: Nature::Systeme,
            verb: VERBE.into(),
            account: Uuid::nil(),
            establishment: None,
            person: None,
            detail: serde_json::Map::new(),
            objects: Vec::new(),
        };
        let batch = std::mem::take(&mut self.batch).with_line(line);
        self.en_route.push_back(self.store.submit(batch).await?);
        if self.en_route.len() > EN_ROUTE
            && let Some(premier) = self.en_route.pop_front()
        {
            premier.durable().await?;
        }
        (self.avancement)(self.ecrits, self.quoi);
        Ok(())
    }

    /// Waits until everything is on disk.
    pub async fn finir(mut self) -> Result<(), ErreurSemis> {
        if self.batch.weight() > 0 {
            self.envoyer().await?;
        }
        while let Some(receipt) = self.en_route.pop_front() {
            receipt.durable().await?;
        }
        (self.avancement)(self.ecrits, "terminé");
        Ok(())
    }
}

/// A text which must fit one of the product's types.
pub(crate) fn texte<T, E: std::fmt::Display>(lu: Result<T, E>) -> Result<T, ErreurSemis> {
    lu.map_err(|error| ErreurSemis::Recit(error.to_string()))
}
