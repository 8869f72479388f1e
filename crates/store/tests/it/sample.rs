//! A kind of record for tests, and short ways to write it.

use jiff::Timestamp;
use kernel::clock::Clock as _;
use serde::{Deserialize, Serialize};
use store::{Batch, Entity, Error, Line, Nature, Reach, Result, Scope, Store, Stored};
use testkit::TestStore;
use uuid::Uuid;

/// A short text about somebody.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Note {
    pub(crate) text: String,
    pub(crate) establishment: Uuid,
    pub(crate) person: Option<Uuid>,
    pub(crate) at: Option<Timestamp>,
    pub(crate) lane: Option<String>,
    pub(crate) lane2: Option<String>,
    pub(crate) claims: Vec<String>,
}

impl Entity for Note {
    const KIND: &'static str = "note";

    fn scope(&self) -> Scope {
        Scope {
            establishment: self.establishment,
            person: self.person,
            at: self.at,
            lane: self.lane.clone(),
            lane2: self.lane2.clone(),
        }
    }

    fn claims(&self) -> Vec<String> {
        self.claims.clone()
    }

    fn text(&self) -> Option<String> {
        Some(self.text.clone())
    }
}

/// The same content under another kind, found by no search.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Mesure(pub(crate) Note);

impl Entity for Mesure {
    const KIND: &'static str = "mesure";

    fn scope(&self) -> Scope {
        self.0.scope()
    }
}

/// Les Tilleuls, of the tests.
pub(crate) const TILLEULS: Uuid = Uuid::from_u128(0x7111);
/// Another house.
pub(crate) const ROSES: Uuid = Uuid::from_u128(0x2222);
/// Who writes.
pub(crate) const AUTHOR: Uuid = Uuid::from_u128(0xA);

pub(crate) fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x1000_0000 + n)
}

pub(crate) fn note(text: &str) -> Note {
    Note { text: text.into(), establishment: TILLEULS, ..Note::default() }
}

impl Note {
    pub(crate) fn on(mut self, lane: &str) -> Self {
        self.lane = Some(lane.into());
        self
    }

    pub(crate) fn about(mut self, person: Uuid) -> Self {
        self.person = Some(person);
        self
    }

    pub(crate) fn at(mut self, at: &str) -> Self {
        self.at = Some(testkit::instant(at));
        self
    }

    pub(crate) fn holding(mut self, key: &str) -> Self {
        self.claims.push(key.into());
        self
    }

    pub(crate) fn within(mut self, establishment: Uuid) -> Self {
        self.establishment = establishment;
        self
    }
}

pub(crate) fn line(verb: &str) -> Line {
    Line {
        at: testkit::instant(testkit::START),
        nature: Nature::Acte,
        verb: verb.into(),
        account: AUTHOR,
        establishment: Some(TILLEULS),
        person: None,
        detail: serde_json::Map::new(),
        objects: Vec::new(),
    }
}

pub(crate) fn batch() -> Batch {
    Batch::told_by(line("note.ecrite"))
}

/// A batch creating these notes, ids given.
pub(crate) fn creating(notes: &[(Uuid, Note)]) -> Batch {
    let mut batch = batch();
    for (id, note) in notes {
        batch.create(*id, AUTHOR, testkit::instant(testkit::START), note).unwrap();
    }
    batch
}

pub(crate) fn updating(old: &Stored<Note>, value: &Note) -> Batch {
    let mut batch = batch();
    batch.update(old, AUTHOR, testkit::instant(testkit::START), value).unwrap();
    batch
}

pub(crate) async fn create(store: &Store, id: Uuid, note: &Note) -> Result<()> {
    store.commit(creating(&[(id, note.clone())])).await
}

pub(crate) async fn read(store: &Store, id: Uuid) -> Option<Stored<Note>> {
    store.get(&Reach::All, id).await.unwrap()
}

pub(crate) async fn update(store: &Store, id: Uuid, value: &Note) -> Result<()> {
    let old = read(store, id).await.expect("the record exists");
    store.commit(updating(&old, value)).await
}

pub(crate) fn now(store: &TestStore) -> Timestamp {
    store.clock.now()
}

pub(crate) fn texts(notes: &[Stored<Note>]) -> Vec<&str> {
    notes.iter().map(|note| note.text.as_str()).collect()
}

/// The version the writer says the record is at.
pub(crate) fn conflict(result: &Result<()>) -> Option<(Uuid, i64)> {
    match result {
        Err(Error::Conflict { id, current }) => Some((*id, *current)),
        _ => None,
    }
}
