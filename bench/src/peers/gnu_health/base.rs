//! The database of GNU Health: its modules activated, a unit of sixty in-patients in it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, ensure};
use kernel::clock::{Clock, SystemClock};
use serde::Deserialize;
use testkit::Cluster;
use tokio_postgres::NoTls;

use crate::table::say;

/// Name of its database.
pub(super) const DATABASE: &str = "gnuhealth";

/// What loads the unit, run by the Python of the environment.
const LOADER: &str = include_str!("../../../peers/gnu-health-data.py");

/// What a ward of in-patients needs; the modules they depend on come with them.
const MODULES: [&str; 5] = ["health", "health_nursing", "health_inpatient", "health_lifestyle", "health_stock_inpatient"];

/// An installation of GNU Health with its data.
#[derive(Debug)]
pub(super) struct Base {
    environment: PathBuf,
    /// Where its configuration and its logs are.
    pub(super) home: PathBuf,
    /// Password of its administrator, drawn for this run.
    pub(super) password: String,
    pub(super) ward: Ward,
}

/// What was loaded, by the numbers GNU Health gave.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Ward {
    pub(super) patients: Vec<u64>,
    /// Lines of treatment of the in-patients.
    pub(super) medications: Vec<u64>,
    pub(super) dose_unit: u64,
}

impl Base {
    /// Makes the database on this server and fills it; some minutes.
    pub(super) async fn make(environment: &Path, home: &Path, cluster: &Cluster) -> anyhow::Result<Self> {
        let start = Instant::now();
        let environment = environment.canonicalize().with_context(|| format!("no environment in {}", environment.display()))?;
        let password = SystemClock.fresh_id().simple().to_string();
        let mut base = Self { environment, home: home.to_owned(), password, ward: Ward::default() };
        // The address comes from PGHOST: a host in this line would lose its upper-case letters.
        std::fs::write(base.configuration(), format!("[database]\nuri = postgresql://\npath = {}\n", home.display()))?;
        std::fs::write(base.password_file(), &base.password)?;
        make_database(cluster).await?;
        base.administer(&["--all", "--password", "--email", "nobody@example.org"])?;
        base.administer(&[&["--activate-dependencies", "-u"], &MODULES[..]].concat())?;
        base.load()?;
        let (patients, lines) = (base.ward.patients.len(), base.ward.medications.len());
        let seconds = start.elapsed().as_secs();
        say(&format!("\nGNU Health made in {seconds} s: {patients} in-patients, {lines} medication lines"));
        Ok(base)
    }

    /// A program of the environment, told where the database is.
    pub(super) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.environment.join("bin").join(program));
        command
            .env("PGHOST", self.home.join("pg"))
            .env("PGUSER", DATABASE)
            .env("TRYTOND_CONFIG", self.configuration())
            .env("TRYTOND_DATABASE_NAMES", DATABASE)
            .env("TRYTONPASSFILE", self.password_file())
            .env("PYTHONWARNINGS", "ignore")
            .current_dir(&self.home);
        command
    }

    fn configuration(&self) -> PathBuf {
        self.home.join("trytond.conf")
    }

    fn password_file(&self) -> PathBuf {
        self.home.join("password")
    }

    fn administer(&self, what: &[&str]) -> anyhow::Result<()> {
        let mut command = self.command("trytond-admin");
        command.arg("-c").arg(self.configuration()).args(["-d", DATABASE]).args(what);
        output(command).map(drop)
    }

    fn load(&mut self) -> anyhow::Result<()> {
        let mut command = self.command("python");
        command.args(["-c", LOADER]).arg(self.configuration()).arg(DATABASE);
        self.ward = serde_json::from_slice(&output(command)?)?;
        Ok(())
    }
}

async fn make_database(cluster: &Cluster) -> anyhow::Result<()> {
    let (client, connection) = tokio_postgres::connect(&cluster.url("postgres"), NoTls).await?;
    tokio::spawn(connection);
    client.batch_execute(&format!("create role {DATABASE} login")).await?;
    client.batch_execute(&format!("create database {DATABASE} owner {DATABASE} encoding 'UTF8'")).await?;
    Ok(())
}

/// What a command prints, or an error with what it complains of.
fn output(mut command: Command) -> anyhow::Result<Vec<u8>> {
    let program = command.get_program().display().to_string();
    let output = command.output().with_context(|| format!("{program}: bench/peers/gnu-health.sh installs it"))?;
    ensure!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(output.stdout)
}
