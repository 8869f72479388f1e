//! Room kept in the database for the day its disk is full: acts are then refused, while readings, each of which is a
//! journal line, still find room. Every node sees by the table whether it was given up.
//!
//! The log of the server needs its own room: without any, PostgreSQL stops whole, whatever is kept here.

use std::time::{Duration, Instant};

use tokio_postgres::error::SqlState;

use super::session::Session;

/// Between two attempts to find room again.
const PATIENCE: Duration = Duration::from_secs(5);
const EMPTY: &str = "truncate reserve";
/// As much again as the reserve must be free before acts are accepted anew: it is taken whole, then half is given back.
const FILL: &str = "insert into reserve select generate_series(1, 46000)";
const HALVE: &str = "delete from reserve where ctid >= '(1024,0)'::tid";
const SHRINK: &str = "vacuum (truncate) reserve";

/// When this node last looked for room.
#[derive(Debug, Default)]
pub(super) struct Reserve {
    tried: Option<Instant>,
}

impl Reserve {
    /// Gives the room to the journal.
    pub(super) async fn spend(&mut self, db: &Session) {
        tracing::error!("the disk of the database is full: acts are refused, readings go on");
        self.tried = Some(Instant::now());
        if let Err(error) = db.execute(EMPTY).await {
            tracing::warn!(%error, "the reserve could not be given up");
        }
    }

    /// Looks for room again, every five seconds at most; true when the reserve is whole.
    pub(super) async fn take_back(&mut self, db: &Session) -> bool {
        if self.tried.is_some_and(|tried| tried.elapsed() < PATIENCE) {
            return false;
        }
        self.tried = Some(Instant::now());
        match fill(db).await {
            Ok(()) => {
                tracing::warn!("there is room for the database again: acts are accepted");
                true
            }
            Err(error) => {
                if error.code() != Some(&SqlState::DISK_FULL) {
                    tracing::warn!(%error, "the reserve could not be filled");
                }
                // What a failed filling took is still taken until the table is emptied.
                let _ = db.execute(EMPTY).await;
                false
            }
        }
    }
}

async fn fill(db: &Session) -> Result<(), tokio_postgres::Error> {
    db.execute(EMPTY).await?;
    db.execute(FILL).await?;
    db.execute(HALVE).await?;
    if let Err(error) = db.execute(SHRINK).await {
        tracing::warn!(%error, "the reserve keeps more than its size");
    }
    Ok(())
}
