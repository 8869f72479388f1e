//! After a fault: is everything acknowledged there, and does everything there agree?

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use jiff::Timestamp;
use rusqlite::Connection;
use store::{BlobId, Reach, Store, Target, verify};
use tokio_postgres::NoTls;
use uuid::Uuid;

use super::child::{Mode, act_id, vault};
use super::report::Count;
use crate::acte::{self, Validation};

/// Any public key: fault runs make no checkpoint.
pub(super) const NO_KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

/// Opens the database again as a restart does, and counts.
pub(super) async fn count(mode: Mode, url: &str, acked: &BTreeSet<u64>) -> anyhow::Result<Count> {
    if mode == Mode::Unsynced {
        return count_plain(url, acked).await;
    }
    let store = Store::open(&url.parse()?, vault()?).await?;
    let waiting: BTreeSet<Uuid> = messages(&store).await?;
    let mut count = Count { acked: acked.len() as u64, ..Count::default() };
    let acked: Vec<u64> = acked.iter().copied().collect();
    for acts in acked.chunks(500) {
        let ids: Vec<Uuid> = acts.iter().map(|n| act_id(*n)).collect();
        let found = store.get_many::<Validation>(&Reach::All, &ids).await?;
        let found: BTreeMap<Uuid, &Validation> = found.iter().map(|act| (act.id, &act.value)).collect();
        for n in acts {
            match found.get(&act_id(*n)) {
                None => count.lost += 1,
                Some(act) => {
                    count.kept += 1;
                    count.broken += u64::from(!is_whole(&store, *n, act, &waiting).await?);
                }
            }
        }
    }
    let verification = verify(&store, NO_KEY, &[]).await?;
    count.broken += verification.tamperings.len() as u64;
    count.beyond = verification.records.saturating_sub(count.kept);
    Ok(count)
}

/// Acts whose message waits; each must be there.
async fn messages(store: &Store) -> anyhow::Result<BTreeSet<Uuid>> {
    let waiting = store.outbox(Timestamp::MAX, i64::MAX).await?;
    let waiting: Vec<Uuid> = waiting.iter().filter_map(|item| item.key.parse().ok()).collect();
    for keys in waiting.chunks(500) {
        let found = store.get_many::<Validation>(&Reach::All, keys).await?;
        anyhow::ensure!(found.len() == keys.len(), "a message is there without its act");
    }
    Ok(waiting.into_iter().collect())
}

/// True if the act says what was sent, with its message and its document.
async fn is_whole(store: &Store, n: u64, act: &Validation, waiting: &BTreeSet<Uuid>) -> anyhow::Result<bool> {
    let message = !acte::has_message(n) || waiting.contains(&act_id(n));
    let document = match acte::document(n) {
        None => true,
        Some(bytes) => store.blob(&BlobId::of(&bytes)).await?.as_ref() == Some(&bytes),
    };
    Ok(message && document && *act == acte::validation(n))
}

async fn count_plain(url: &str, acked: &BTreeSet<u64>) -> anyhow::Result<Count> {
    let found: BTreeSet<u64> = match url.parse()? {
        Target::Sqlite(path) => {
            let db = Connection::open(path)?;
            let Ok(mut statement) = db.prepare("select n from act") else {
                // The table itself is lost.
                return Ok(Count { acked: acked.len() as u64, lost: acked.len() as u64, ..Count::default() });
            };
            let rows = statement.query_map([], |row| row.get::<_, i64>(0))?;
            rows.filter_map(|n| n.ok().and_then(|n| u64::try_from(n).ok())).collect()
        }
        Target::Postgres(url) => {
            let (client, connection) = tokio_postgres::connect(&url, NoTls).await?;
            tokio::spawn(connection);
            let rows = client.query("select n from act", &[]).await.context("the control's table")?;
            rows.iter().filter_map(|row| u64::try_from(row.get::<_, i64>(0)).ok()).collect()
        }
    };
    let lost = acked.difference(&found).count() as u64;
    let acked_count = acked.len() as u64;
    let beyond = found.difference(acked).count() as u64;
    Ok(Count { acked: acked_count, kept: acked_count - lost, lost, beyond, broken: 0 })
}
