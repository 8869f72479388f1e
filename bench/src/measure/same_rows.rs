//! What the same rows cost without us: a thousand acts as prebuilt JSON, a unit's feed and its search on a bare PostgreSQL.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use axum::Router;
use axum::routing::get;
use testkit::Cluster;
use tokio_postgres::{Client, NoTls};

use crate::base::TEXTS;
use crate::client;
use crate::stats::{Figures, cpu_seconds, nanos, own_cpu_seconds};
use crate::table::{self, Table};

/// Names of the rows, for the ratios.
pub(crate) const PREBUILT: &str = "axum, 1,000 acts as prebuilt JSON, 16 connection(s)";
pub(crate) const FEED: &str = "bare PostgreSQL: last 50 transmissions of a unit, 16 client(s)";
pub(crate) const SEARCH: &str = "bare PostgreSQL: two words in a unit with extracts, 16 client(s)";

/// Acts of a unit's shift.
const ACTS: u64 = 1_000;
const UNITS: i32 = 88;

/// One act as its shortest JSON says it, some 174 bytes.
fn act(n: u64) -> String {
    format!(
        "{{\"id\":\"0194c0de-0000-7000-8000-{n:012x}\",\"resident\":\"0194c0de-0000-7000-8000-{:012x}\",\
         \"libelle\":\"Aide à la toilette au lavabo\",\"prevu\":\"2026-11-21T08:30\",\"etat\":\"a_faire\"}}",
        n / 17
    )
}

pub(crate) async fn prebuilt(length: Duration, table: &mut Table) -> anyhow::Result<()> {
    let page = format!("[{}]", (0..ACTS).map(act).collect::<Vec<_>>().join(","));
    let page: Arc<str> = page.into();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let application = Router::new().route("/", get(move || std::future::ready(page.to_string())));
    let server = tokio::spawn(async move { axum::serve(listener, application).await });
    for clients in [1_usize, 16] {
        let request = client::Request::get("/").prepared(&address.to_string());
        let figures = client::closed_loop(address, clients, length, None, move |_, _| (request.clone(), 200)).await?;
        table.row(&PREBUILT.replace("16", &clients.to_string()), &figures, 1.0);
    }
    server.abort();
    server.await.err().context("the server ended by itself")?;
    Ok(())
}

/// A feed and a search by the statements alone, on as many transmissions as the server has.
pub(crate) async fn transmissions(cluster: &Cluster, count: u64, length: Duration, table: &mut Table) -> anyhow::Result<()> {
    let client = connect(cluster).await?;
    fill(&client, i64::try_from(count)?).await?;
    table::title(&format!("The same {count} transmissions on a bare PostgreSQL; CPU is client and server"));
    let feed = "select n, at, author, body from transmission where unit = $1 order by at desc limit 50";
    let search = "select n, at, author, ts_headline('simple', body, asked) from transmission, \
                  to_tsquery('simple', 'chute & nuit') asked where unit = $1 and words @@ asked order by at desc limit 50";
    for (name, sql) in [(FEED, feed), (SEARCH, search)] {
        for clients in [1_usize, 16] {
            let figures = asked(cluster, sql, clients, length).await?;
            table.row(&name.replace("16", &clients.to_string()), &figures, 1.0);
        }
    }
    client.batch_execute("drop table transmission").await?;
    Ok(())
}

async fn connect(cluster: &Cluster) -> anyhow::Result<Client> {
    let (client, connection) = tokio_postgres::connect(&cluster.url("postgres"), NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

async fn fill(client: &Client, count: i64) -> anyhow::Result<()> {
    client
        .batch_execute(
            "create table transmission (n bigint primary key, unit int not null, at bigint not null, author text not null,
             body text not null, words tsvector not null)",
        )
        .await?;
    let texts: Vec<&str> = TEXTS.to_vec();
    client
        .execute(
            "insert into transmission select n, n * 7907 % $2, n * 60, 'Claude SOIGNANT ' || n % 88, t, to_tsvector('simple', t)
             from generate_series(1, $1::bigint) n, lateral (select ($3::text[])[1 + n % 6] t) texts",
            &[&count, &i64::from(UNITS), &texts],
        )
        .await?;
    client
        .batch_execute(
            "create index on transmission (unit, at desc); create index on transmission using gin (words); analyze transmission",
        )
        .await?;
    Ok(())
}

async fn asked(cluster: &Cluster, sql: &'static str, clients: usize, length: Duration) -> anyhow::Result<Figures> {
    let cpu = || own_cpu_seconds() + cpu_seconds(cluster.pid());
    let (start, before) = (Instant::now(), cpu());
    let mut running = Vec::new();
    for rank in 0..clients {
        let client = connect(cluster).await?;
        running.push(tokio::spawn(async move {
            let statement = client.prepare(sql).await?;
            let mut durations = Vec::new();
            while start.elapsed() < length {
                let one = Instant::now();
                let unit = i32::try_from((rank * 31 + durations.len()) % 88)?;
                client.query(&statement, &[&unit]).await?;
                durations.push(nanos(one));
            }
            anyhow::Ok(durations)
        }));
    }
    let mut all = Vec::new();
    for client in running {
        all.push(client.await??);
    }
    Ok(Figures::of(&all, start.elapsed(), cpu() - before, 0))
}
