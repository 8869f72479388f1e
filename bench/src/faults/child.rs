//! The process the faults are done to: writers which say what was acknowledged, as soon as it is.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use clap::ValueEnum;
use rusqlite::Connection;
use store::{Error, Store, Target, Vault};
use tokio_postgres::NoTls;
use uuid::Uuid;

use crate::acte;

/// How a child writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Mode {
    /// The product: acknowledged once durable.
    Product,
    /// Control: acknowledged, then written.
    AckFirst,
    /// Control: written by a plain driver which does not wait for the disk.
    Unsynced,
}

/// Options of a child.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    #[arg(long)]
    mode: Mode,
    #[arg(long)]
    url: String,
    #[arg(long, default_value_t = 8)]
    writers: u64,
    /// Numbers of acts start here, so that each run writes other acts.
    #[arg(long, default_value_t = 0)]
    from: u64,
}

/// The key of fault runs is no secret.
pub(crate) fn vault() -> store::Result<Vault> {
    Vault::with_key(&[3; 32])
}

/// Tells the parent in one write; a broken pipe ends the child.
fn tell(line: &str) {
    let mut out = std::io::stdout().lock();
    if writeln!(out, "{line}").and_then(|()| out.flush()).is_err() {
        std::process::exit(0);
    }
}

pub(crate) fn act_id(n: u64) -> Uuid {
    acte::id(9, n)
}

/// Writes until it is killed.
pub(crate) async fn run(options: &Options) -> anyhow::Result<()> {
    if options.mode == Mode::Unsynced {
        return unsynced(options).await;
    }
    let store = Store::open(&options.url.parse()?, vault()?).await?;
    tell("ready");
    let next = Arc::new(AtomicU64::new(options.from));
    let writers = (0..options.writers).map(|_| {
        let (store, next, mode) = (store.clone(), Arc::clone(&next), options.mode);
        tokio::spawn(async move { write(&store, &next, mode).await })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await??;
    }
    Ok(())
}

async fn write(store: &Store, next: &AtomicU64, mode: Mode) -> anyhow::Result<()> {
    loop {
        let n = next.fetch_add(1, Ordering::Relaxed);
        let batch = acte::full_batch(store, act_id(n), n)?;
        if mode == Mode::AckFirst {
            tell(&format!("ack {n}"));
        }
        match store.commit(batch).await {
            Ok(()) if mode == Mode::Product => tell(&format!("ack {n}")),
            Ok(()) => {}
            Err(Error::Stopped(_)) => tell("stopped"),
            Err(Error::Full) => tell("full"),
            Err(_) => tell("error"),
        }
    }
}

async fn unsynced(options: &Options) -> anyhow::Result<()> {
    match options.url.parse()? {
        Target::Sqlite(path) => {
            let db = Connection::open(path)?;
            db.query_row("pragma journal_mode = wal", [], |_| Ok(()))?;
            db.execute_batch("pragma synchronous = normal; create table if not exists act (n integer primary key)")?;
            tell("ready");
            for n in options.from.. {
                db.execute("insert into act (n) values (?1)", [i64::try_from(n)?])?;
                tell(&format!("ack {n}"));
            }
        }
        Target::Postgres(url) => {
            let (client, connection) = tokio_postgres::connect(&url, NoTls).await?;
            tokio::spawn(connection);
            client.batch_execute("set synchronous_commit = off; create table if not exists act (n bigint primary key)").await?;
            tell("ready");
            for n in options.from.. {
                client.execute("insert into act (n) values ($1)", &[&i64::try_from(n)?]).await?;
                tell(&format!("ack {n}"));
            }
        }
    }
    Ok(())
}
