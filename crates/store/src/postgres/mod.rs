//! The PostgreSQL back end: several nodes on one database, each grouping its own writes.

mod alone;
mod columns;
mod feed;
mod key;
mod listed;
mod node;
mod older;
pub(crate) mod portable;
mod read;
mod reserve;
mod session;
mod write;

use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod};
use tokio::sync::mpsc;
use tokio_postgres::{Client, Config, NoTls};
use uuid::Uuid;

pub(crate) use self::key::first_verb;
use self::node::Node;
use crate::cached::Source;
use crate::lately::Lately;
use crate::question::OwnedQuery;
use crate::writer::{Job, QUEUE};
use crate::{Error, MasterKey, Reach, Result, Row, Signals, Vault};

const SCHEMA: &[&str] = &[
    include_str!("schema.sql"),
    include_str!("reserve.sql"),
    include_str!("reach.sql"),
    include_str!("key_print.sql"),
    include_str!("list_numbers.sql"),
];
const READERS: usize = 12;
const CONNECT: Duration = Duration::from_secs(5);
/// A server which says nothing for so long is taken for lost.
const SILENCE: Duration = Duration::from_secs(30);
/// Two installations migrating one database take turns on this advisory lock.
const MIGRATION_LOCK: i64 = 0x6772_6170;

/// The node which works for all holds this advisory lock as long as its connection lives.
const LEADER_LOCK: i64 = 0x6d65_6e65;

/// The PostgreSQL back end.
#[derive(Debug)]
pub(crate) struct Postgres {
    config: Config,
    pool: Pool,
    lately: Arc<Lately>,
    pub(crate) queue: mpsc::Sender<Job>,
    stop: Arc<tokio::sync::Notify>,
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.stop.notify_waiters();
        self.stop.notify_one();
    }
}

impl Postgres {
    pub(crate) async fn open(url: &str, signals: Arc<Signals>, key: MasterKey) -> Result<(Self, Vault)> {
        let mut config = configured(url)?;
        let mut first = connect(&config).await?;
        refuse_bad_settings(&first).await?;
        // Migrating is writing: a node which is alone gives way first.
        alone::join(&first, None).await?;
        let vault = key::opened(&mut first, key).await?;
        refuse_foreign_transactions(&first).await?;
        count_again(&first).await?;
        serve_under_its_role(&first, &mut config).await?;
        // Every reading goes by one of a few indexes, whatever is asked: planning each anew cost as much as reading.
        config = with_option(&config, "plan_cache_mode=force_generic_plan");
        let pool = pool(&config)?;
        let whole = with_option(&config, "grappe.reach=*");
        let (queue, jobs) = mpsc::channel(QUEUE);
        let poke = Arc::new(tokio::sync::Notify::new());
        let stop = Arc::new(tokio::sync::Notify::new());
        let lately = Arc::new(Lately::closed());
        let mut node = Node::open(whole.clone(), Arc::clone(&lately), Arc::clone(&signals)).await?;
        alone::leave(&first).await?;
        drop(first);
        node.look().await;
        tokio::spawn(node::run(node, jobs, Arc::clone(&poke)));
        tokio::spawn(feed::run(whole.clone(), signals, poke, Arc::clone(&stop)));
        Ok((Self { config: whole, pool, lately, queue, stop }, vault))
    }

    /// A connection which holds the lock of the leader; `None` when another node holds it.
    pub(crate) async fn lead(&self) -> Result<Option<Client>> {
        let client = connect(&self.config).await?;
        let held: bool = client.query_one("select pg_try_advisory_lock($1)", &[&LEADER_LOCK]).await?.get(0);
        Ok(held.then_some(client))
    }

    pub(crate) async fn client(&self) -> Result<Object> {
        self.pool.get().await.map_err(|error| Error::Backend(error.to_string()))
    }
}

fn configured(url: &str) -> Result<Config> {
    let mut config: Config = url.parse().map_err(|error| Error::Refused(format!("database URL: {error}")))?;
    config.application_name("grappe").connect_timeout(CONNECT).keepalives_idle(SILENCE).tcp_user_timeout(SILENCE);
    Ok(config)
}

enum Tls {
    Off,
    On(tokio_postgres_rustls::MakeRustlsConnect),
}

fn tls(config: &Config) -> Tls {
    use tokio_postgres::config::{Host, SslMode};
    let local = config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => name == "localhost" || name == "127.0.0.1" || name == "::1",
        Host::Unix(_) => true,
    });
    if config.get_ssl_mode() == SslMode::Disable || (local && config.get_ssl_mode() != SslMode::Require) {
        return Tls::Off;
    }
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    match rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions() {
        Ok(builder) => {
            let settings = builder.with_root_certificates(roots).with_no_client_auth();
            Tls::On(tokio_postgres_rustls::MakeRustlsConnect::new(settings))
        }
        Err(_) => Tls::Off,
    }
}

fn pool(config: &Config) -> Result<Pool> {
    let settings = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = match tls(config) {
        Tls::Off => Manager::from_config(config.clone(), NoTls, settings),
        Tls::On(tls) => Manager::from_config(config.clone(), tls, settings),
    };
    Pool::builder(manager).max_size(READERS).build().map_err(|error| Error::Refused(error.to_string()))
}

async fn connect(config: &Config) -> Result<Client> {
    connect_until(config, || ()).await
}

/// Connects; `ended` is called as soon as the connection is over, whoever ends it.
async fn connect_until(config: &Config, ended: impl FnOnce() + Send + 'static) -> Result<Client> {
    match tls(config) {
        Tls::Off => {
            let (client, connection) = config.connect(NoTls).await?;
            tokio::spawn(follow(connection, ended));
            Ok(client)
        }
        Tls::On(tls) => {
            let (client, connection) = config.connect(tls).await?;
            tokio::spawn(follow(connection, ended));
            Ok(client)
        }
    }
}

async fn follow(connection: impl Future<Output = Result<(), tokio_postgres::Error>>, ended: impl FnOnce()) {
    if let Err(error) = connection.await {
        tracing::debug!(%error, "a connection is lost");
    }
    ended();
}

impl Source for Postgres {
    const WITHIN: bool = true;

    fn lately(&self) -> Option<&Lately> {
        Some(&self.lately)
    }

    async fn rows_of(&self, kind: &'static str, ids: Vec<Uuid>, reach: &Reach) -> Result<Vec<Row>> {
        self.get(kind, &ids, reach).await
    }

    async fn rows_on(&self, kind: &'static str, query: &OwnedQuery, reach: &Reach) -> Result<Vec<Row>> {
        self.list(kind, &query.borrow(), reach).await
    }
}

/// An answer means "on disk": a server that acknowledges before its flush is refused.
async fn refuse_bad_settings(client: &Client) -> Result<()> {
    let row = client
        .query_one("select current_setting('server_version_num')::int, current_setting('synchronous_commit'), current_setting('fsync'), current_setting('full_page_writes')", &[])
        .await?;
    let version: i32 = row.get(0);
    let [synchronous, fsync, pages]: [&str; 3] = [row.get(1), row.get(2), row.get(3)];
    if version < 150_000 {
        return Err(Error::Refused("PostgreSQL 15 or later is needed".into()));
    }
    if [synchronous, fsync, pages].contains(&"off") {
        return Err(Error::Refused(format!(
            "PostgreSQL may lose what it acknowledged (synchronous_commit={synchronous}, fsync={fsync}, full_page_writes={pages})"
        )));
    }
    Ok(())
}

/// The role the service works under: it owns nothing, and its rows are those of the reach it names (`reach.sql`).
const SERVICE: &str = "grappe_service";

/// Makes every further connection work under the role of the service, whoever signs in.
async fn serve_under_its_role(client: &Client, config: &mut Config) -> Result<()> {
    let may = "select coalesce(bool_or(pg_has_role(oid, 'member') and has_table_privilege(oid, 'record', 'insert')), false)
               from pg_roles where rolname = $1";
    if client.query_one(may, &[&SERVICE]).await?.get(0) {
        *config = with_option(config, &format!("role={SERVICE}"));
    } else {
        tracing::warn!(
            "the database has no role {SERVICE} this login may take: rows are guarded by the service alone; create the role,              grant it to this login, and migrate an empty database again"
        );
    }
    Ok(())
}

fn with_option(config: &Config, setting: &str) -> Config {
    let options = config.get_options().map_or_else(String::new, |options| format!("{options} "));
    let mut config = config.clone();
    config.options(format!("{options}-c {setting}"));
    config
}

/// A dump loaded into another server brings transaction numbers of the former one: the feed and the journal would
/// hide what they cannot place.
async fn refuse_foreign_transactions(client: &Client) -> Result<()> {
    let row = client
        .query_one(
            "select coalesce(greatest((select max(xid) from record), (select max(xid) from journal))
                             >= pg_snapshot_xmax(pg_current_snapshot()), false)",
            &[],
        )
        .await?;
    if row.get(0) {
        return Err(Error::Refused(
            "this database was loaded from a dump into a younger server: restore the server's files, or advance its \
             transaction counter (pg_resetwal --next-transaction-id) beyond the largest xid of record and journal"
                .into(),
        ));
    }
    Ok(())
}

/// Plans are made once a connection: made on counts older than what was just loaded, they stay slow until the server counts.
async fn count_again(client: &Client) -> Result<()> {
    let stale = "select relname from pg_stat_user_tables
                 where schemaname = current_schema() and n_mod_since_analyze > 10000 + n_live_tup / 5";
    for row in client.query(stale, &[]).await? {
        let table: &str = row.get(0);
        client.batch_execute(&format!("analyze \"{table}\"")).await?;
    }
    Ok(())
}

async fn migrate(client: &mut Client) -> Result<()> {
    client.query_one("select pg_advisory_lock($1)", &[&MIGRATION_LOCK]).await?;
    let known: bool = client.query_one("select to_regclass('schema_version') is not null", &[]).await?.get(0);
    let done: i32 = if known { client.query_one("select version from schema_version", &[]).await?.get(0) } else { 0 };
    let done = usize::try_from(done).unwrap_or(0);
    if done > SCHEMA.len() {
        return Err(Error::Refused("the database was written by a later version of Grappe".into()));
    }
    for (rank, sql) in SCHEMA.iter().enumerate().skip(done) {
        let transaction = client.transaction().await?;
        transaction.batch_execute(sql).await?;
        let version = i32::try_from(rank + 1).unwrap_or(i32::MAX);
        transaction.execute("update schema_version set version = $1", &[&version]).await?;
        transaction.commit().await?;
    }
    client.query_one("select pg_advisory_unlock($1)", &[&MIGRATION_LOCK]).await?;
    Ok(())
}
