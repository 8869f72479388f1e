//! A full disk: writes are refused in words, reads go on, and space given back is enough.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use store::{Error, Reach, Store};

use super::Engine;
use super::child::{act_id, vault};
use super::place::{Base, Folder, Mounted};
use super::report::Report;
use crate::acte::{self, Validation};

/// Space given back must serve acts again within this time.
const PATIENCE: Duration = Duration::from_secs(15);

pub(super) async fn run(engine: Engine, report: &mut Report) -> anyhow::Result<()> {
    let name = format!("{} disk full", engine.name());
    let folder = Folder::new()?;
    let small = match Mounted::mount(&["-t", "tmpfs", "-o", "size=40m", "tmpfs"], &folder.path().join("petit")) {
        Ok(small) => small,
        Err(error) => {
            report.not_run(&name, &error.to_string());
            return Ok(());
        }
    };
    let ballast = small.path().join("lest");
    std::fs::write(&ballast, vec![0; 16 << 20])?;
    let place = if engine == Engine::Sqlite { small.path() } else { folder.path() };
    let base = Base::on(engine, place, &[])?;
    let url = match engine {
        Engine::Sqlite => base.url.clone(),
        Engine::Postgres => on_small_tablespace(&base, small.path()).await?,
    };
    let store = Store::open(&url.parse()?, vault()?).await?;
    fill(&name, &store, &ballast, report).await
}

/// The data on the small disk and the WAL elsewhere: a server whose WAL has no room stops whole.
async fn on_small_tablespace(base: &Base, small: &Path) -> anyhow::Result<String> {
    let folder = small.join("donnees");
    std::fs::create_dir_all(&folder)?;
    testkit::Installation::find().map_or(Ok(()), |installation| installation.own(&folder))?;
    let (client, connection) = tokio_postgres::connect(&base.url, tokio_postgres::NoTls).await?;
    tokio::spawn(connection);
    client.batch_execute(&format!("create tablespace petit location '{}'", folder.display())).await?;
    client.batch_execute("create database grappe tablespace petit").await?;
    base.server.as_ref().map(|server| server.url("grappe")).context("no server")
}

async fn fill(name: &str, store: &Store, ballast: &Path, report: &mut Report) -> anyhow::Result<()> {
    let mut n = 0;
    let refusal = loop {
        match store.commit(acte::full_batch(store, act_id(n), n)?).await {
            Ok(()) => n += 1,
            Err(error) => break error,
        }
        anyhow::ensure!(n < 200_000, "the disk never fills");
    };
    report.fact(&format!("{name}: said as such"), matches!(refusal, Error::Full), &format!("after {n} acts: {refusal};"));
    let mut again = 0;
    for _ in 0..20 {
        again += u64::from(
            store.commit(acte::full_batch(store, act_id(n), n)?).await.is_err_and(|error| matches!(error, Error::Full)),
        );
    }
    report.fact(&format!("{name}: stays said"), again > 0, &format!("{again} of 20 further acts refused;"));
    let mut read = 0;
    for n in (0..n).step_by(97) {
        read += u64::from(store.get::<Validation>(&Reach::All, act_id(n)).await?.is_some());
    }
    report.fact(&format!("{name}: reads go on"), read == n.div_ceil(97), &format!("{read} of {};", n.div_ceil(97)));
    let mut told = 0;
    for n in 0..500 {
        told += u64::from(store.commit(acte::reading(n)).await.is_ok());
    }
    report.fact(&format!("{name}: readings still journalled"), told == 500, &format!("{told} of 500 lines kept;"));
    std::fs::remove_file(ballast)?;
    let waited = until_accepted(store, n).await?;
    let mut after = 0;
    for n in n..n + 200 {
        after += u64::from(store.commit(acte::full_batch(store, act_id(n), n)?).await.is_ok());
    }
    let found = format!("{after} of 200 acts acknowledged, {:.1} s later;", waited.as_secs_f64());
    report.fact(&format!("{name}: space back, no restart"), after == 200, &found);
    let verification = store::verify(store, super::check::NO_KEY, &[]).await?;
    let whole = verification.tamperings.is_empty() && verification.records >= n + 200;
    report.fact(&format!("{name}: nothing lost"), whole, &format!("{} acts there;", verification.records));
    Ok(())
}

/// Sends the same act until it is taken: room is looked for again after a pause, which is each engine's own.
async fn until_accepted(store: &Store, n: u64) -> anyhow::Result<Duration> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE && store.commit(acte::full_batch(store, act_id(n), n)?).await.is_err() {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(start.elapsed())
}
