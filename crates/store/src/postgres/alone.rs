//! Whether this node is alone on the base, told by two advisory locks on the writer's connection (ADR 0018).
//!
//! Every session which may write holds the lock *shared* for as long as it lives, and takes it before it writes. A node
//! holds it *exclusive* as well when nobody else holds it: it is alone, and keeps what it reads. Before another session
//! is let in, it closes what it keeps.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Statement};

use crate::lately::Lately;
use crate::{Error, Result};

/// Between two looks: at who waits while alone, at whether this node is alone otherwise.
pub(super) const LOOK: Duration = Duration::from_millis(400);
/// What is kept is given for so long after the session last answered: a connection may be lost without a word.
const LEASE: Duration = Duration::from_secs(2);
/// How long a node which left without giving way may still give what it kept, by a clock which runs slow.
const GRACE: Duration = Duration::from_millis(2_500);
/// A node which stops stays connected for so long after it gave way.
const FAREWELL: Duration = Duration::from_millis(100);
/// A node waits so long for another to give way.
const PATIENCE: &str = "30s";

/// The keys of the lock: one of Grappe, one of the tables.
macro_rules! keys {
    () => {
        "1735552865, hashtext(coalesce(current_schema(), ''))"
    };
}

/// Rows of `pg_locks` about this lock.
macro_rules! held {
    () => {
        "pg_locks where locktype = 'advisory' and objsubid = 2 and classid = 1735552865
           and objid::bigint = hashtext(coalesce(current_schema(), ''))::bigint & 4294967295
           and database = (select oid from pg_database where datname = current_database())"
    };
}

const JOIN: &str = concat!("select pg_try_advisory_lock_shared(", keys!(), ")");
const WAIT: &str = concat!("select pg_advisory_lock_shared(", keys!(), ")");
const LEAVE: &str = concat!("select pg_advisory_unlock_shared(", keys!(), ")");
const HOLDER: &str = concat!("select pid from ", held!(), " and granted and mode = 'ExclusiveLock'");
const STAYED: &str = concat!("select exists (select from ", held!(), " and granted and mode = 'ShareLock' and pid = $1)");
const ALONE: &str = concat!("select pg_try_advisory_lock(", keys!(), ")");
const WAITED: &str = concat!("select exists (select from ", held!(), " and not granted)");
const GIVE_WAY: &str = concat!("select pg_advisory_unlock(", keys!(), ")");

/// Takes the shared lock; a node which is alone is waited for. `former` is the session this node has just lost: the
/// server may not know it yet, and is told.
///
/// # Errors
/// [`Error::Occupied`] when another node does not give way within thirty seconds.
pub(super) async fn join(client: &Client, former: Option<i32>) -> Result<()> {
    join_within(client, former, PATIENCE).await
}

async fn join_within(client: &Client, former: Option<i32>, patience: &str) -> Result<()> {
    if client.query_one(JOIN, &[]).await?.get(0) {
        return Ok(());
    }
    let holder: Option<i32> = client.query_opt(HOLDER, &[]).await?.map(|row| row.get(0));
    let own = holder.is_some() && holder == former;
    if own {
        end(client, holder).await;
    }
    tracing::info!(holder, "another node is alone on the base: waiting until it gives way");
    client.batch_execute(&format!("set lock_timeout = '{patience}'")).await?;
    if let Err(error) = client.query_one(WAIT, &[]).await {
        let late = error.code() == Some(&SqlState::LOCK_NOT_AVAILABLE);
        return Err(if late { Error::Occupied(holder) } else { error.into() });
    }
    client.batch_execute("reset lock_timeout").await?;
    let polite = match holder {
        // This node knows of its own loss: it gives nothing any more.
        Some(_) if own => true,
        Some(pid) => client.query_one(STAYED, &[&pid]).await?.get(0),
        None => false,
    };
    if !polite {
        // Its connection is lost or closed, and it may not know yet.
        tracing::info!(holder, "the node which was alone left without giving way: nothing is written for a moment");
        tokio::time::sleep(GRACE).await;
    }
    Ok(())
}

/// Ends a session of this login, which the role of the service may not; it waits for its end by waiting for its lock.
async fn end(client: &Client, session: Option<i32>) {
    let ended = async {
        client.batch_execute("set role none").await?;
        client.execute("select pg_terminate_backend($1)", &[&session]).await?;
        client.batch_execute("reset role").await
    };
    if let Err(error) = ended.await {
        tracing::warn!(%error, "the session this node lost could not be ended: waiting until the server notices");
        let _ = client.batch_execute("reset role").await;
    }
}

/// The process id of a session.
pub(super) async fn pid(client: &Client) -> Result<i32> {
    Ok(client.query_one("select pg_backend_pid()", &[]).await?.get(0))
}

/// Gives the shared lock back.
pub(super) async fn leave(client: &Client) -> Result<()> {
    client.query_one(LEAVE, &[]).await?;
    Ok(())
}

/// What one session knows of its being alone, told at once when its connection ends.
#[derive(Debug)]
pub(super) struct Hold {
    lately: Arc<Lately>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// The connection is over: the locks are gone.
    ended: bool,
    /// The epoch opened with the exclusive lock.
    epoch: Option<u64>,
}

impl Hold {
    pub(super) fn new(lately: Arc<Lately>) -> Arc<Self> {
        Arc::new(Self { lately, state: Mutex::default() })
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_open(&self) -> bool {
        self.state().epoch.is_some()
    }

    /// The exclusive lock was taken by a statement which left at this instant.
    fn open(&self, at: Instant) {
        let mut state = self.state();
        if !state.ended {
            state.epoch = Some(self.lately.open(at, LEASE));
        }
    }

    /// The session answered a statement which left at this instant: the lock was held then.
    pub(super) fn confirm(&self, at: Instant) {
        if self.is_open() {
            self.lately.confirm(at, LEASE);
        }
    }

    fn close(&self) {
        if let Some(epoch) = self.state().epoch.take() {
            self.lately.close(epoch);
        }
    }

    /// The connection is over.
    pub(super) fn end(&self) {
        self.state().ended = true;
        self.close();
    }
}

/// What is said of the lock again and again, prepared.
pub(super) struct Looks {
    alone: Statement,
    waited: Statement,
    give_way: Statement,
}

impl Looks {
    pub(super) async fn prepare(client: &Client) -> Result<Self> {
        Ok(Self {
            alone: client.prepare(ALONE).await?,
            waited: client.prepare(WAITED).await?,
            give_way: client.prepare(GIVE_WAY).await?,
        })
    }

    /// One look: a node which is alone gives way to one which waits; another one tries to be alone.
    pub(super) async fn look(&self, client: &Client, hold: &Hold) -> Result<(), tokio_postgres::Error> {
        let at = Instant::now();
        if !hold.is_open() {
            if client.query_one(&self.alone, &[]).await?.get(0) {
                hold.open(at);
                tracing::info!("this node is alone on the base: readings are kept in memory");
            }
            return Ok(());
        }
        if client.query_one(&self.waited, &[]).await?.get(0) {
            return self.give_way(client, hold).await;
        }
        hold.confirm(at);
        Ok(())
    }

    /// Gives way, and stays long enough to be seen by a node which waited: else it supposes a lost connection, and waits.
    pub(super) async fn leave(&self, client: &Client, hold: &Hold) -> Result<(), tokio_postgres::Error> {
        if hold.is_open() {
            self.give_way(client, hold).await?;
            tokio::time::sleep(FAREWELL).await;
        }
        Ok(())
    }

    /// Lets others in. What is kept is closed first: they write as soon as they have the lock.
    async fn give_way(&self, client: &Client, hold: &Hold) -> Result<(), tokio_postgres::Error> {
        hold.close();
        client.query_one(&self.give_way, &[]).await?;
        tracing::info!("another node joins the base: readings are no longer kept in memory");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn session(url: &str) -> Client {
        let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        client
    }

    async fn alone(url: &str) -> (Client, i32) {
        let client = session(url).await;
        join(&client, None).await.unwrap();
        assert!(client.query_one(ALONE, &[]).await.unwrap().get::<_, bool>(0));
        let pid = pid(&client).await.unwrap();
        (client, pid)
    }

    async fn waited(first: &Client) {
        while !first.query_one(WAITED, &[]).await.unwrap().get::<_, bool>(0) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    #[tokio::test]
    async fn a_node_which_does_not_give_way_is_named() {
        let Some(database) = testkit::postgres_or_skip().await else { return };
        let (_first, pid) = alone(&database.url()).await;
        let late = join_within(&session(&database.url()).await, None, "100ms").await;
        assert!(matches!(late, Err(Error::Occupied(Some(named))) if named == pid), "{late:?}");
    }

    #[tokio::test]
    async fn who_gives_way_is_followed_at_once_and_who_vanishes_after_the_lease() {
        let Some(database) = testkit::postgres_or_skip().await else { return };
        let (first, _) = alone(&database.url()).await;
        let second = session(&database.url()).await;
        let (joined, ()) = tokio::join!(join(&second, None), async {
            waited(&first).await;
            first.query_one(GIVE_WAY, &[]).await.unwrap();
        });
        joined.unwrap();
        assert!(!first.query_one(ALONE, &[]).await.unwrap().get::<_, bool>(0), "two nodes are there");
        leave(&second).await.unwrap();
        assert!(first.query_one(ALONE, &[]).await.unwrap().get::<_, bool>(0));
        let asked = Instant::now();
        let (joined, ()) = tokio::join!(join(&second, None), async {
            waited(&first).await;
            drop(first);
        });
        joined.unwrap();
        assert!(asked.elapsed() > LEASE, "it might still have given what it kept");
    }

    #[tokio::test]
    async fn the_session_this_node_lost_is_ended_and_not_waited_for() {
        let Some(database) = testkit::postgres_or_skip().await else { return };
        let (lost, pid) = alone(&database.url()).await;
        let asked = Instant::now();
        join_within(&session(&database.url()).await, Some(pid), "20s").await.unwrap();
        assert!(asked.elapsed() < LEASE, "its end is known: nothing is waited for");
        assert!(lost.query_one("select 1", &[]).await.is_err());
    }
}
