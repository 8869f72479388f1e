//! The operations of the performance yardstick, on the real server: rights, journal and history included.

mod documents;
mod fhir;
mod operations;
mod server;
mod session;
mod tablets;

use std::path::{Path, PathBuf};
use std::time::Duration;

use testkit::{Cluster, Installation};

use crate::base::{self, Size};
use crate::faults::Engine;
use crate::measure::same_rows;
use crate::table::{Table, say};
use server::Server;

/// What to run over HTTP.
#[derive(Debug)]
pub(crate) struct Plan<'a> {
    /// The `grappe` program; the one beside this program when absent.
    pub(crate) program: Option<&'a PathBuf>,
    pub(crate) engines: &'a [Engine],
    pub(crate) folder: &'a Path,
    /// How long each figure is taken for.
    pub(crate) length: Duration,
    /// What is already there.
    pub(crate) size: Size,
    /// Rounds and tablets too, not only what is exchanged.
    pub(crate) rounds: bool,
}

/// Measures and prints, beside the limits measured in the same run.
pub(crate) async fn run(plan: &Plan<'_>, table: &mut Table) -> anyhow::Result<()> {
    for engine in plan.engines {
        let data = plan.folder.join(format!("{engine:?}"));
        std::fs::create_dir_all(&data)?;
        let cluster = match (engine, Installation::find()) {
            (Engine::Sqlite, _) => None,
            (Engine::Postgres, Some(installation)) => {
                Some(Cluster::start(&installation, &data.join("pg"), &["max_wal_size=1GB"])?)
            }
            (Engine::Postgres, None) => {
                say("PostgreSQL is not installed: its rows are missing");
                continue;
            }
        };
        let url = match &cluster {
            Some(cluster) => cluster.url("postgres"),
            None => format!("sqlite:{}", data.join("grappe.sqlite").display()),
        };
        say(&format!("\n{}", base::sow(&url, &data, plan.size).await?));
        let server = Server::start(&server::program(plan.program)?, &data, &url).await?;
        server.settle().await;
        let name = if cluster.is_some() { "PostgreSQL" } else { "SQLite" };
        if plan.rounds {
            operations::measure(name, &server, plan.length, table).await?;
        }
        documents::measure(name, &server, plan.length, table).await?;
        fhir::measure((name, &url), &server, &data, plan.length, table).await?;
        say(&format!("{name}: the server holds {} MB", server.resident_megabytes()));
        drop(server);
        if plan.rounds {
            tablets::measure(name, &url, &data, table).await?;
        }
    }
    Ok(())
}

/// Goals of the yardstick, as fractions of the limits of the same run.
pub(crate) fn ratios(table: &Table) {
    let one = "validate a care act, 16 connection(s)";
    table.ratio(&format!("SQLite: {one}"), "bare SQLite WAL FULL, 1 row(s) a commit, one index", 0.5);
    table.ratio(&format!("PostgreSQL: {one}"), "bare PostgreSQL, one INSERT a commit, 16 client(s)", 0.65);
    let hello = "bare axum, 16 connection(s) (client included in CPU)";
    for name in ["SQLite", "PostgreSQL"] {
        let tablets = format!("{name}: acts of returning tablets");
        table.ratio(&tablets, "bare SQLite WAL FULL, 100 row(s) a commit, one index", 0.45);
        table.ratio(&format!("{name}: open a resident's record, 16 connection(s)"), hello, 1.0 / 30.0);
        table.ratio(&format!("{name}: round of the unit, whole page, 16 connection(s)"), same_rows::PREBUILT, 1.0 / 55.0);
        table.ratio(&format!("{name}: transmissions of the unit, 16 connection(s)"), same_rows::FEED, 0.6);
        table.ratio(&format!("{name}: transmissions of the unit, the list alone, 16 connection(s)"), same_rows::FEED, 0.6);
        table.ratio(&format!("{name}: search of two words, 16 connection(s)"), same_rows::SEARCH, 0.8);
    }
    table.ratio(&format!("SQLite: {one}"), "bare PostgreSQL, one INSERT a commit, 16 client(s)", 0.65);
}
