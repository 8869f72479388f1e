//! What a handler writes: puts, messages and documents told by one journal line.

use jiff::Timestamp;
use kernel::id::{EtablissementId, UsagerId};
use serde_json::Value;
use store::{Batch, Entity, Line, Message, Nature, SealedBlob, Stored};
use uuid::Uuid;

use super::passage::Passage;
use crate::erreur::{Erreur, Resultat};

/// What a person does: puts, messages and documents told by one journal line.
#[derive(Debug)]
pub struct Acte {
    batch: Batch,
    line: Line,
    auteur: Uuid,
    now: Timestamp,
    personnes: Vec<UsagerId>,
    erreur: Option<Erreur>,
}

impl Acte {
    pub(crate) fn new(
        passage: &Passage,
        verbe: &str,
        personne: Option<UsagerId>,
        etablissement: Option<EtablissementId>,
        personnes: Vec<UsagerId>,
    ) -> Self {
        let contexte = &passage.contexte;
        Self {
            batch: Batch::default(),
            line: passage.line(Nature::Acte, verbe, personne, etablissement),
            auteur: contexte.acteur.compte.0,
            now: contexte.now,
            personnes,
            erreur: None,
        }
    }

    /// A further person the act may write about (a merge, a double room).
    pub(crate) fn aussi_sur(&mut self, usager: UsagerId) {
        self.personnes.push(usager);
    }

    fn controler<E: Entity>(&mut self, value: &E) {
        let personne = value.scope().person.map(UsagerId);
        if personne.is_some_and(|personne| !self.personnes.contains(&personne)) {
            self.erreur = Some(Erreur::Panne(format!("an act wrote {} about a person whose record was not opened", E::KIND)));
        }
    }

    /// Creates a record.
    pub fn create<E: Entity>(&mut self, id: impl Into<Uuid>, value: &E) {
        self.controler(value);
        if let Err(error) = self.batch.create(id, self.auteur, self.now, value) {
            self.erreur = Some(error.into());
        }
    }

    /// Writes the next version of a record.
    pub fn update<E: Entity>(&mut self, old: &Stored<E>, value: &E) {
        self.controler(value);
        if let Err(error) = self.batch.update(old, self.auteur, self.now, value) {
            self.erreur = Some(error.into());
        }
    }

    /// Adds a detail to the journal line; never clinical content.
    #[must_use]
    pub fn detail(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.line.detail.insert(key.to_owned(), value.into());
        self
    }

    /// Sends a message to the worker once the act is durable. The key is unique among all messages ever sent, whatever their
    /// topic: a message of a key sent before is not sent again.
    pub fn send(&mut self, topic: &str, key: impl Into<String>, payload: &impl serde::Serialize) {
        match serde_json::to_string(payload) {
            Ok(payload) => self.batch.send(Message { topic: topic.to_owned(), key: key.into(), payload }),
            Err(error) => self.erreur = Some(Erreur::Panne(error.to_string())),
        }
    }

    /// Keeps an encrypted document with the act.
    pub fn keep(&mut self, blob: SealedBlob) {
        self.batch.keep(blob);
    }

    pub(super) async fn commit(self, passage: &Passage) -> Resultat<()> {
        if let Some(error) = self.erreur {
            return Err(error);
        }
        let batch = self.batch.with_line(self.line);
        passage.services.store.commit(if passage.patient { batch.patient() } else { batch }).await?;
        Ok(())
    }
}
