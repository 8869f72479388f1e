//! What the machine can do at best and what the product does of it, in one run.

pub(crate) mod limits;
pub(crate) mod same_act;
pub(crate) mod same_rows;
mod stored;

use std::path::PathBuf;
use std::time::Duration;

use kernel::clock::{Clock, SystemClock};
use store::{Store, Target, Vault};
use testkit::{Cluster, Installation};

use crate::table::{self, Table, say};
use stored::Subject;

use crate::base::Size;
use crate::faults::Engine;
use crate::http;
use crate::peers;

/// Options of a measure.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// A folder on the disk to be measured.
    #[arg(long)]
    folder: Option<PathBuf>,
    /// Seconds each figure is taken for.
    #[arg(long, default_value_t = 3.0)]
    seconds: f64,
    /// Acts already in the base.
    #[arg(long, default_value_t = 100_000)]
    acts: u64,
    /// Only rows of these: disk, sqlite, postgres, web, http, echanges (documents and FHIR, which `http` measures too).
    #[arg(long, value_delimiter = ',', default_value = "disk,sqlite,postgres,web,http")]
    only: Vec<String>,
    /// The `grappe` program driven over HTTP; the one beside this program when absent.
    #[arg(long)]
    server: Option<PathBuf>,
    /// Engines the server runs on.
    #[arg(long, value_delimiter = ',', default_value = "sqlite,postgres")]
    engines: Vec<Engine>,
    /// Validations already there behind the server, in thousands.
    #[arg(long, default_value_t = 380)]
    validations: u64,
    /// Transmissions already there behind the server, in thousands.
    #[arg(long, default_value_t = 200)]
    transmissions: u64,
    /// Measures GNU Health too, from the environment `bench/peers/gnu-health.sh` made in this folder.
    #[arg(long)]
    gnu_health: Option<PathBuf>,
    /// Measures Medplum's FHIR router too, from the environment `bench/peers/medplum.sh` made in this folder.
    #[arg(long)]
    medplum: Option<PathBuf>,
    /// Measures Helios FHIR Server too, from what `bench/peers/hfs.sh` made in this folder.
    #[arg(long)]
    hfs: Option<PathBuf>,
    /// Writes what is printed to this file too, in Markdown.
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
    measured?;
    options.ecrire.as_ref().map_or(Ok(()), |path| table::write_down(path))
}

async fn measured(options: &Options, folder: &std::path::Path) -> anyhow::Result<()> {
    let length = Duration::from_secs_f64(options.seconds);
    let wanted = |name: &str| options.only.iter().any(|only| only == name);
    let mut table = Table::default();
    table::title(&format!("Limits of this machine ({} s a row)", options.seconds));
    if wanted("disk") {
        limits::disk(folder, length, &mut table)?;
    }
    if wanted("web") {
        limits::web(length, &mut table).await?;
        same_rows::prebuilt(length, &mut table).await?;
    }
    if wanted("sqlite") {
        limits::sqlite(folder, length, &mut table)?;
        same_act::measure(folder, length, &mut table)?;
        let store = Store::open(&Target::Sqlite(folder.join("grappe.db")), Vault::with_key(&[5; 32])?).await?;
        subject(Subject::new("store on SQLite", store, None), options, &mut table).await?;
    }
    match Installation::find() {
        Some(installation) if wanted("postgres") => {
            let cluster = Cluster::start(&installation, &folder.join("pg"), &["max_wal_size=1GB"])?;
            limits::postgres(&cluster, length, &mut table).await?;
            same_rows::transmissions(&cluster, options.transmissions * 1_000, length, &mut table).await?;
            let store = Store::open(&Target::Postgres(cluster.url("postgres")), Vault::with_key(&[5; 32])?).await?;
            subject(Subject::new("store on PostgreSQL", store, Some(cluster.pid())), options, &mut table).await?;
        }
        Some(_) => {}
        None => say("PostgreSQL is not installed: its rows are missing"),
    }
    if let Some(environment) = &options.gnu_health {
        peers::gnu_health::run(environment, folder, length, &mut table).await?;
    }
    if let Some(environment) = &options.medplum {
        peers::medplum::run(environment, length, &mut table).await?;
    }
    if let Some(environment) = &options.hfs {
        peers::hfs::run(environment, folder, length, &mut table).await?;
    }
    if wanted("http") || wanted("echanges") {
        let size = Size { validations: options.validations * 1_000, transmissions: options.transmissions * 1_000 };
        let plan = http::Plan {
            program: options.server.as_ref(),
            engines: &options.engines,
            folder,
            length,
            size,
            rounds: wanted("http"),
        };
        http::run(&plan, &mut table).await?;
    }
    ratios(&table);
    http::ratios(&table);
    peers::gnu_health::ratios(&table);
    peers::medplum::ratios(&table);
    peers::hfs::ratios(&table);
    Ok(())
}

async fn subject(subject: Subject, options: &Options, table: &mut Table) -> anyhow::Result<()> {
    subject.fill(options.acts).await?;
    table::title(&format!("The {}, {} acts already there, each with its journal line", subject.name, options.acts));
    subject.measure(Duration::from_secs_f64(options.seconds), table).await
}

/// Goals of the performance yardstick, as fractions of the limits of the same run.
fn ratios(table: &Table) {
    say("\nRatios");
    let sqlite = "bare SQLite WAL FULL, 1 row(s) a commit, one index";
    table.ratio("store on SQLite: validate an act, 16 client(s)", sqlite, 0.5);
    table.ratio("store on PostgreSQL: validate an act, 16 client(s)", "bare PostgreSQL, one INSERT a commit, 16 client(s)", 0.65);
    let grouped = "bare SQLite WAL FULL, 100 row(s) a commit, one index";
    table.ratio("store on SQLite: a tablet returns with 60 acts, 16 client(s), acts", grouped, 0.45);
    table.ratio("store on PostgreSQL: a tablet returns with 60 acts, 16 client(s), acts", grouped, 0.45);
}
