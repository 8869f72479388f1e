//! The operations of the performance yardstick, on the real server: rights, journal and history included.

mod operations;
mod server;
mod session;

use std::path::{Path, PathBuf};
use std::time::Duration;

use kernel::clock::{Clock, SystemClock};
use testkit::{Cluster, Installation};

use crate::base::{self, Size};
use crate::faults::Engine;
use crate::measure::limits;
use crate::table::{self, Table, say};
use server::Server;

/// Options of a run over HTTP.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The `grappe` program; the one beside this program when absent.
    #[arg(long)]
    server: Option<PathBuf>,
    /// Engines to run on.
    #[arg(long, value_delimiter = ',', default_value = "sqlite,postgres")]
    engines: Vec<Engine>,
    /// A folder on the disk to be measured.
    #[arg(long)]
    folder: Option<PathBuf>,
    /// Seconds each figure is taken for.
    #[arg(long, default_value_t = 3.0)]
    seconds: f64,
    /// Validations already there, in thousands.
    #[arg(long, default_value_t = 380)]
    validations: u64,
    /// Transmissions already there, in thousands.
    #[arg(long, default_value_t = 200)]
    transmissions: u64,
    /// Writes what is printed to this file too.
    #[arg(long)]
    ecrire: Option<PathBuf>,
}

/// Measures and prints.
pub(crate) async fn run(options: &Options) -> anyhow::Result<()> {
    let base = options.folder.clone().unwrap_or_else(std::env::temp_dir);
    let folder = base.join(format!("grappe-mesure-{}", SystemClock.fresh_id().simple()));
    std::fs::create_dir_all(&folder)?;
    let measured = measured(options, &folder).await;
    std::fs::remove_dir_all(&folder)?;
    measured
}

async fn measured(options: &Options, folder: &Path) -> anyhow::Result<()> {
    let length = Duration::from_secs_f64(options.seconds);
    let mut table = Table::default();
    table::title("Limits of this machine");
    limits::web(length, &mut table).await?;
    limits::sqlite(folder, length, &mut table)?;
    for engine in &options.engines {
        let data = folder.join(format!("{engine:?}"));
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
        if let Some(cluster) = &cluster {
            limits::postgres(cluster, length, &mut table).await?;
        }
        let url = match &cluster {
            Some(cluster) => cluster.url("postgres"),
            None => format!("sqlite:{}", data.join("grappe.sqlite").display()),
        };
        let size = Size { validations: options.validations * 1_000, transmissions: options.transmissions * 1_000 };
        say(&base::sow(&url, &data, size).await?);
        let server = Server::start(&server::program(options.server.as_ref())?, &data, &url).await?;
        let name = if cluster.is_some() { "PostgreSQL" } else { "SQLite" };
        operations::measure(name, &server, length, &mut table).await?;
        say(&format!("{name}: the server holds {} MB", server.resident_megabytes()));
    }
    ratios(&table);
    Ok(())
}

/// Goals of the yardstick, as fractions of the limits of the same run.
fn ratios(table: &Table) {
    say("\nRatios");
    let one = "validate a care act, 16 connection(s)";
    table.ratio(&format!("SQLite: {one}"), "bare SQLite WAL FULL, 1 row(s) a commit, one index", 0.5);
    table.ratio(&format!("PostgreSQL: {one}"), "bare PostgreSQL, one INSERT a commit, 16 client(s)", 0.65);
    let hello = "bare axum, 16 connection(s) (client included in CPU)";
    for name in ["SQLite", "PostgreSQL"] {
        table.ratio(&format!("{name}: open a resident's record, 16 connection(s)"), hello, 1.0 / 30.0);
    }
}
