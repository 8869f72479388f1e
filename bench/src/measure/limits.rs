//! What the machine can do at best: the disk, a bare SQLite, a bare PostgreSQL, a bare web server.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use axum::Router;
use axum::routing::get;
use rusqlite::Connection;
use testkit::Cluster;
use tokio_postgres::NoTls;

use crate::client;
use crate::stats::{Figures, cpu_seconds, nanos, own_cpu_seconds};
use crate::table::Table;

/// Repeats an operation on this thread.
pub(super) fn repeat(length: Duration, mut operation: impl FnMut(u64) -> anyhow::Result<()>) -> anyhow::Result<Figures> {
    let (start, cpu) = (Instant::now(), own_cpu_seconds());
    let mut durations = Vec::new();
    while start.elapsed() < length {
        let one = Instant::now();
        operation(durations.len() as u64)?;
        durations.push(nanos(one));
    }
    Ok(Figures::of(&[durations], start.elapsed(), own_cpu_seconds() - cpu, 0))
}

pub(crate) fn disk(folder: &Path, length: Duration, table: &mut Table) -> anyhow::Result<()> {
    let block = [7_u8; 4096];
    for (name, prepared) in [("fdatasync of 4 kB, room prepared", true), ("fdatasync of 4 kB, appending", false)] {
        let path = folder.join("disque");
        let file = File::create(&path)?;
        let blocks = 20_000;
        if prepared {
            file.write_all_at(&vec![0; 4096 * 20_000], 0)?;
            file.sync_all()?;
        }
        let figures = repeat(length, |n| {
            file.write_all_at(&block, n % blocks * 4096)?;
            Ok(file.sync_data()?)
        })?;
        table.row(name, &figures, 1.0);
        std::fs::remove_file(path)?;
    }
    Ok(())
}

pub(crate) fn sqlite(folder: &Path, length: Duration, table: &mut Table) -> anyhow::Result<()> {
    for rows in [1_u32, 100] {
        let path = folder.join(format!("nu-{rows}.db"));
        let mut db = Connection::open(&path)?;
        db.query_row("pragma journal_mode = wal", [], |_| Ok(()))?;
        db.execute_batch(
            "pragma synchronous = full; create table act (n integer primary key, person integer, body text);
             create index act_person on act (person)",
        )?;
        let body = "x".repeat(230);
        let figures = repeat(length, |_| {
            let transaction = db.transaction()?;
            for row in 0..rows {
                transaction
                    .prepare_cached("insert into act (person, body) values (?1, ?2)")?
                    .execute((row * 7_919 % 3_740, &body))?;
            }
            Ok(transaction.commit()?)
        })?;
        table.row(&format!("bare SQLite WAL FULL, {rows} row(s) a commit, one index"), &figures, f64::from(rows));
    }
    Ok(())
}

pub(crate) async fn postgres(cluster: &Cluster, length: Duration, table: &mut Table) -> anyhow::Result<()> {
    let (client, connection) = tokio_postgres::connect(&cluster.url("postgres"), NoTls).await?;
    tokio::spawn(connection);
    client
        .batch_execute(
            "drop table if exists act; create table act (n bigint generated always as identity primary key, person int, body text);
             create index on act (person)",
        )
        .await?;
    for clients in [1_usize, 16, 64] {
        let (start, cpu) = (Instant::now(), own_cpu_seconds() + cpu_seconds(cluster.pid()));
        let mut running = Vec::new();
        for rank in 0..clients {
            let url = cluster.url("postgres");
            running.push(tokio::spawn(async move { inserts(&url, i32::try_from(rank)?, start, length).await }));
        }
        let mut durations = Vec::new();
        for client in running {
            durations.push(client.await??);
        }
        let used = own_cpu_seconds() + cpu_seconds(cluster.pid()) - cpu;
        let figures = Figures::of(&durations, start.elapsed(), used, 0);
        table.row(&format!("bare PostgreSQL, one INSERT a commit, {clients} client(s)"), &figures, 1.0);
    }
    Ok(())
}

async fn inserts(url: &str, rank: i32, start: Instant, length: Duration) -> anyhow::Result<Vec<u64>> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    let insert = client.prepare("insert into act (person, body) values ($1, $2)").await?;
    let body = "x".repeat(230);
    let mut durations = Vec::new();
    while start.elapsed() < length {
        let one = Instant::now();
        let person = rank * 131 + i32::try_from(durations.len() % 3_000)?;
        client.execute(&insert, &[&person, &body]).await?;
        durations.push(nanos(one));
    }
    Ok(durations)
}

pub(crate) async fn web(length: Duration, table: &mut Table) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let application = Router::new().route("/", get(|| async { "Bonjour" }));
    let server = tokio::spawn(async move { axum::serve(listener, application).await });
    for clients in [1_usize, 16, 64] {
        let request = client::Request::get("/").prepared(&address.to_string());
        let figures = client::closed_loop(address, clients, length, None, move |_, _| (request.clone(), 200)).await?;
        table.row(&format!("bare axum, {clients} connection(s) (client included in CPU)"), &figures, 1.0);
    }
    server.abort();
    server.await.err().context("the server ended by itself")?;
    Ok(())
}
