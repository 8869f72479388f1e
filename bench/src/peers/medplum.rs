//! Medplum's FHIR router over its in-memory repository: an upper bound, without disk, rights or journal.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::Context;

use super::fhir::{CONDITIONS, PATIENTS, Peer};
use crate::client::{Connection, Request};
use crate::table::{self, Table};

const NAME: &str = "Medplum in memory";

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
    command
        .arg(environment.join("medplum.mjs"))
        .args([usize::from(address.port()), PATIENTS, CONDITIONS].map(|number| number.to_string()));
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().context("node")?;
    let running = Running(child);
    let ids = known(address).await?;
    table::title(&format!("Medplum's router, in memory: {PATIENTS} patients"));
    Peer { name: NAME, address, pid: running.0.id(), base: "/fhir", ids }.measure(length, table).await
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

/// Our rates beside its own.
pub(crate) fn ratios(table: &Table) {
    super::fhir::ratios(NAME, table);
}
