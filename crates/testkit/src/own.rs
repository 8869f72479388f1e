//! A PostgreSQL server for one test: what the test holds open there hides nothing from the others.

use std::io::{self, Write};
use std::path::PathBuf;

use kernel::clock::{Clock, SystemClock};
use tokio_postgres::NoTls;

use crate::cluster::{Cluster, Installation};
use crate::postgres::scratch;

/// A server and its folder, gone with this value.
#[derive(Debug)]
pub struct OwnServer {
    cluster: Option<Cluster>,
    home: PathBuf,
}

impl OwnServer {
    /// Address of its database of this name; `postgres` is there from the start, empty.
    pub fn url(&self, database: &str) -> String {
        crate::cluster::url(&self.home, database)
    }

    /// Runs SQL on a database of it as the superuser.
    pub async fn execute(&self, database: &str, sql: &str) -> Result<(), tokio_postgres::Error> {
        let (client, connection) = tokio_postgres::connect(&self.url(database), NoTls).await?;
        tokio::spawn(connection);
        client.batch_execute(sql).await
    }

    /// Opens a transaction on one of its databases and leaves it open, as an idle tool of an administrator does.
    pub async fn open_transaction(&self, database: &str) -> Result<OpenTransaction, tokio_postgres::Error> {
        let (client, connection) = tokio_postgres::connect(&self.url(database), NoTls).await?;
        tokio::spawn(connection);
        client.batch_execute("begin").await?;
        // Only a transaction which has its number is older than another.
        let pid = client.query_one("select pg_backend_pid(), pg_current_xact_id()::text", &[]).await?.get(0);
        Ok(OpenTransaction { client, pid })
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        self.cluster = None;
        let _ = std::fs::remove_dir_all(&self.home);
    }
}

/// A transaction which has its number, left open: what is committed after it began is younger.
#[derive(Debug)]
pub struct OpenTransaction {
    client: tokio_postgres::Client,
    /// Process number of its session.
    pub pid: i32,
}

impl OpenTransaction {
    /// Commits it.
    pub async fn commit(self) -> Result<(), tokio_postgres::Error> {
        self.client.batch_execute("commit").await
    }
}

/// A server of one's own, or `None` after having told why there is none; with `CI=true` that is a failure.
pub async fn own_server_or_skip() -> Option<OwnServer> {
    let started = tokio::task::spawn_blocking(|| {
        let Some(installation) = Installation::find() else { return Ok::<_, io::Error>(None) };
        let home = scratch().join(format!("grappe-serveur-{}", SystemClock.fresh_id().simple()));
        let settings = ["fsync=on", "autovacuum=off", "shared_buffers=16MB", "jit=off", "max_prepared_transactions=2"];
        let cluster = Cluster::start(&installation, &home, &settings)?;
        Ok(Some(OwnServer { cluster: Some(cluster), home }))
    });
    match started.await {
        Ok(Ok(Some(server))) => Some(server),
        Ok(Ok(None)) => {
            assert!(!std::env::var("CI").is_ok_and(|ci| ci == "true"), "CI needs PostgreSQL: apt-get install postgresql");
            let _ = writeln!(io::stderr(), "skipped: no PostgreSQL here (apt-get install postgresql)");
            None
        }
        Ok(Err(error)) => panic!("PostgreSQL for this test: {error}"),
        Err(error) => panic!("PostgreSQL for this test: {error}"),
    }
}
