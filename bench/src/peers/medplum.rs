//! Medplum's FHIR router over its in-memory repository: an upper bound, without disk, rights or journal.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;

use crate::client::{Connection, Request, closed_loop};
use crate::table::{self, Table};

/// Patients it holds: those our application may read.
const PATIENTS: &str = "85";
/// Conditions of each of the sixty who are read.
const CONDITIONS: &str = "5";

/// Rows, as ours are named after the comma.
pub(crate) const READ: &str = "read a Patient";
/// By name and birth.
pub(crate) const FIND: &str = "search a Patient by name and birth";
/// Of one patient.
pub(crate) const CONDITIONS_OF: &str = "search the Conditions of a patient";

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts it from the environment `bench/peers/medplum.sh` made, measures it, stops it.
pub(crate) async fn run(environment: &Path, length: Duration, table: &mut Table) -> anyhow::Result<()> {
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let mut command = Command::new("node");
    command.arg(environment.join("medplum.mjs")).args([&address.port().to_string(), PATIENTS, CONDITIONS]);
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().context("node")?;
    let running = Running(child);
    let ids = known(address).await?;
    table::title(&format!("Medplum's router, in memory: {PATIENTS} patients"));
    for (what, paths) in [
        (READ, ids.iter().map(|id| format!("/fhir/Patient/{id}")).collect::<Vec<_>>()),
        (FIND, vec!["/fhir/Patient?family=ESSAI0&birthdate=1930-01-01".to_owned()]),
        (CONDITIONS_OF, ids.iter().map(|id| format!("/fhir/Condition?patient={id}")).collect()),
    ] {
        let host = address.to_string();
        let requests: Arc<Vec<Arc<[u8]>>> = Arc::new(paths.iter().map(|path| Request::get(path).prepared(&host)).collect());
        for connections in [1, 16] {
            let requests = Arc::clone(&requests);
            let figures = closed_loop(address, connections, length, Some(running.0.id()), move |rank, n| {
                let n = usize::try_from(n).unwrap_or(0) + rank * 7;
                (Arc::clone(&requests[n % requests.len()]), 200)
            })
            .await?;
            table.row(&row(what, connections), &figures, 1.0);
        }
    }
    Ok(())
}

/// Name of a row.
pub(crate) fn row(what: &str, connections: usize) -> String {
    format!("Medplum in memory: {what}, {connections} connection(s)")
}

/// Ids of the patients, once it answers.
async fn known(address: std::net::SocketAddr) -> anyhow::Result<Vec<String>> {
    let request = Request::get("/ids").prepared(&address.to_string());
    for _ in 0..300 {
        if let Ok(mut connection) = Connection::open(address).await
            && let Ok(answer) = connection.send(&request).await
        {
            return Ok(serde_json::from_slice(&answer.body)?);
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    anyhow::bail!("Medplum's router does not answer")
}

/// Our rates beside those of the same run.
pub(crate) fn ratios(table: &Table) {
    for engine in ["SQLite", "PostgreSQL"] {
        for what in [READ, FIND, CONDITIONS_OF] {
            table.ratio(&format!("{engine}, FHIR: {what}, 16 connection(s)"), &row(what, 16), 1.0);
        }
    }
}
