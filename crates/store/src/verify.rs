//! The verifier: recomputes the journal's tree and compares it with checkpoints kept outside, then compares every
//! version of every record, and every document, with what the journal tells of them.

use std::collections::{HashMap, HashSet};
use std::iter::Peekable;
use std::slice::Iter;

use uuid::Uuid;

use crate::batch::BLOB;
use crate::digest::Short;
use crate::doubt::Doubts;
use crate::journal::{LineRow, Shown};
use crate::merkle::{Tree, leaf_hash};
use crate::seal::{Checkpoint, Tampering, Verification, verify_signature};
use crate::settling;
use crate::{BlobId, Result, Store};

const PAGE: i64 = 5_000;
const DOCUMENTS: i64 = 50;

/// What the journal tells was written and has not been met yet.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) records: HashMap<(Uuid, i64), (Short, String)>,
    pub(crate) documents: HashSet<String>,
}

/// Reads the whole journal, all records and all documents, and checks them against witnesses.
///
/// `witnesses` are signed notes kept outside; those of the database are checked as well. A line which waits for an older
/// transaction of the server has no place in the tree yet, and is told apart: what it says was written is compared all the same.
/// Fails when a witness itself is not signed by `public_key`, or when the database cannot be read.
pub async fn verify(store: &Store, public_key: &str, witnesses: &[String]) -> Result<Verification> {
    let mut tamperings = Vec::new();
    let heads = heads(store, public_key, witnesses, &mut tamperings).await?;
    let mut told = Told::default();
    let mut replay = Replay::of(&heads);
    replay.read_on(store, &mut told, &mut tamperings).await?;
    let held = settling::held(store, replay.place).await?;
    replay.read_on(store, &mut told, &mut tamperings).await?;
    let (lines, place) = (replay.tree.size(), replay.place);
    let waiting = if held { settling::waiting(store, place, &mut told).await? } else { None };
    let mut doubts = Doubts::default();
    for head in heads.iter().filter(|head| head.size > lines) {
        tamperings.push(Tampering::Truncated { expected: head.size, found: lines });
    }
    let records = compare_records(store, &mut told, &mut doubts, &mut tamperings).await?;
    let documents = compare_documents(store, &mut told, &mut doubts, &mut tamperings).await?;
    doubts.settle(store, place, &mut tamperings).await?;
    tamperings.dedup();
    Ok(Verification { lines, waiting, checkpoints: heads.len() as u64, records, documents, tamperings })
}

/// Checkpoints to compare with, smallest first: the witnesses, and those of the database which are genuine.
async fn heads(
    store: &Store,
    public_key: &str,
    witnesses: &[String],
    tamperings: &mut Vec<Tampering>,
) -> Result<Vec<Checkpoint>> {
    let mut heads = Vec::new();
    for kept in store.checkpoints(i64::MAX).await? {
        match verify_signature(&kept.note, public_key) {
            Ok(head) if head == kept => heads.push(head),
            _ => tamperings.push(Tampering::Signature { size: kept.size }),
        }
    }
    for note in witnesses {
        let head = verify_signature(note, public_key)?;
        if !heads.contains(&head) {
            tamperings.push(Tampering::Unsealed { size: head.size });
            heads.push(head);
        }
    }
    heads.sort_by_key(|head| head.size);
    Ok(heads)
}

/// The place just after a line; `None` when there cannot be any.
pub(crate) fn after(line: &LineRow) -> Option<(i64, i64)> {
    match line.n.checked_add(1) {
        Some(n) => Some((line.xid, n)),
        None => line.xid.checked_add(1).map(|xid| (xid, i64::MIN)),
    }
}

/// Gives what every line from a place on tells, and the place after them.
pub(crate) async fn each_from(
    store: &Store,
    mut place: (i64, i64),
    shown: Shown,
    mut take: impl FnMut(&LineRow),
) -> Result<(i64, i64)> {
    loop {
        let lines = store.journal_shown(place, PAGE, shown).await?;
        let Some(next) = lines.last().and_then(after) else { return Ok(place) };
        place = next;
        lines.iter().for_each(&mut take);
    }
}

/// The tree as far as the lines have their place in it.
struct Replay<'a> {
    tree: Tree,
    place: (i64, i64),
    heads: Peekable<Iter<'a, Checkpoint>>,
}

impl<'a> Replay<'a> {
    fn of(heads: &'a [Checkpoint]) -> Self {
        Self { tree: Tree::default(), place: (0, i64::MIN), heads: heads.iter().peekable() }
    }

    async fn read_on(&mut self, store: &Store, told: &mut Told, tamperings: &mut Vec<Tampering>) -> Result<()> {
        let Self { tree, heads, .. } = self;
        let read = each_from(store, self.place, Shown::Settled, |line| {
            tree.push(leaf_hash(&line.canonical()));
            remember(&line.detail, told);
            while let Some(head) = heads.next_if(|head| head.size <= tree.size()) {
                if head.size == tree.size() && head.root != tree.root() {
                    tamperings.push(Tampering::Root { size: head.size });
                }
            }
        });
        self.place = read.await?;
        Ok(())
    }
}

pub(crate) fn remember(detail: &str, told: &mut Told) {
    if !detail.contains("\"objets\"") {
        return;
    }
    let Ok(detail) = serde_json::from_str::<serde_json::Value>(detail) else { return };
    let objects = detail.get("objets").and_then(serde_json::Value::as_array).into_iter().flatten();
    for reference in objects.filter_map(serde_json::Value::as_str) {
        let parts: Vec<&str> = reference.split('/').collect();
        match parts[..] {
            [BLOB, id] => {
                told.documents.insert(id.to_owned());
            }
            [kind, id, version, digest] => {
                let read = (id.parse(), version.parse(), u128::from_str_radix(digest, 16));
                if let (Ok(id), Ok(version), Ok(digest)) = read {
                    told.records.insert((id, version), (digest.to_be_bytes(), kind.to_owned()));
                }
            }
            _ => {}
        }
    }
}

pub(crate) fn reference(kind: &str, id: Uuid, version: i64) -> String {
    format!("{kind}/{}/{version}", id.simple())
}

async fn compare_records(store: &Store, told: &mut Told, doubts: &mut Doubts, tamperings: &mut Vec<Tampering>) -> Result<u64> {
    let mut seen = 0;
    for former in [true, false] {
        let mut last: Option<(Uuid, i64)> = None;
        loop {
            let versions = store.versions_after(former, last, PAGE).await?;
            let Some(newest) = versions.last() else { break };
            last = Some((newest.row.id, newest.row.version));
            seen += versions.len() as u64;
            for version in &versions {
                let row = &version.row;
                match told.records.remove(&(row.id, row.version)) {
                    Some((digest, kind)) if version.is_as_told(&digest, &kind) => {}
                    None if version.is_well_listed() => doubts.unknown.push(row.into()),
                    _ => tamperings.push(Tampering::Record { reference: reference(&row.kind, row.id, row.version) }),
                }
            }
        }
    }
    doubts.missing.extend(told.records.drain());
    Ok(seen)
}

async fn compare_documents(store: &Store, told: &mut Told, doubts: &mut Doubts, tamperings: &mut Vec<Tampering>) -> Result<u64> {
    let mut seen = 0;
    let mut last = String::new();
    loop {
        let blobs = store.blobs_after(&last, DOCUMENTS).await?;
        let Some((newest, _)) = blobs.last() else { break };
        last.clone_from(&newest.0);
        seen += blobs.len() as u64;
        for (id, sealed) in &blobs {
            let known = told.documents.remove(&id.0);
            let clear = store.vault().open_blob(id, sealed);
            if !clear.is_ok_and(|bytes| BlobId::of(&bytes) == *id) {
                tamperings.push(Tampering::Document { id: id.0.clone() });
            } else if !known {
                doubts.documents.push(id.0.clone());
            }
        }
    }
    let mut missing: Vec<String> = told.documents.drain().collect();
    missing.sort();
    tamperings.extend(missing.into_iter().map(|id| Tampering::Document { id }));
    Ok(seen)
}
