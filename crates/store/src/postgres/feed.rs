//! The change feed of all nodes: read after a wake-up of our own writer or of another node.
//!
//! Sequence numbers are drawn before commit, so only rows older than every running transaction are
//! read: nothing is ever skipped.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio_postgres::{Client, Config};

use crate::feed::Signal;
use crate::{Result, Signals};

const POLL: Duration = Duration::from_millis(400);
/// What is written one after the other is read together: a reading a group of acts cost more than the screens gain.
const TOGETHER: Duration = Duration::from_millis(25);
const RETRY: Duration = Duration::from_secs(2);
const MOST: i64 = 2_000;

pub(crate) async fn run(config: Config, signals: Arc<Signals>, poke: Arc<Notify>, stop: Arc<Notify>) {
    let mut position: Option<(i64, i64)> = None;
    loop {
        tokio::select! {
            () = stop.notified() => return,
            result = follow(&config, &signals, &poke, &mut position) => {
                if let Err(error) = result {
                    tracing::warn!(%error, "the change feed lost its connection");
                }
            }
        }
        tokio::time::sleep(RETRY).await;
    }
}

async fn follow(config: &Config, signals: &Signals, poke: &Notify, position: &mut Option<(i64, i64)>) -> Result<()> {
    let client = super::connect(config).await?;
    let mut last = match *position {
        Some(last) => last,
        None => start(&client).await?,
    };
    loop {
        *position = Some(last);
        let rows = client
            .query(
                "select xid::text::bigint, seq, kind, id, establishment, person, lane, lane2 from record
                 where xid >= $1::bigint::text::xid8 and (xid > $1::bigint::text::xid8 or seq > $2)
                   and xid < pg_snapshot_xmin(pg_current_snapshot())
                 order by xid, seq limit $3",
                &[&last.0, &last.1, &MOST],
            )
            .await?;
        let Some(newest) = rows.last() else {
            if tokio::time::timeout(POLL, poke.notified()).await.is_ok() {
                tokio::time::sleep(TOGETHER).await;
            }
            continue;
        };
        last = (newest.get(0), newest.get(1));
        signals.publish(rows.iter().map(to_signal).collect());
    }
}

async fn start(client: &Client) -> Result<(i64, i64)> {
    let row = client.query_one("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint", &[]).await?;
    Ok((row.get::<_, i64>(0), 0))
}

fn to_signal(row: &tokio_postgres::Row) -> Signal {
    Signal {
        kind: row.get(2),
        id: row.get(3),
        establishment: row.get(4),
        person: row.get(5),
        lanes: crate::feed::lanes(row.get(6), row.get(7), row.get(5)),
    }
}
