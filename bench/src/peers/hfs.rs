//! Helios FHIR Server on its own SQLite: a whole server, without account, rights nor journal as it is run here.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use super::fhir::{CONDITIONS, PATIENTS, Peer, READ_OF};
use crate::client::{Connection, Request};
use crate::table::{self, Table};

const NAME: &str = "HFS on SQLite";
const JSON: &str = "application/fhir+json";
/// It reads its search parameters before it listens.
const READY: Duration = Duration::from_mins(2);

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts it from what `bench/peers/hfs.sh` made, fills it, measures it, stops it.
pub(crate) async fn run(environment: &Path, folder: &Path, length: Duration, table: &mut Table) -> anyhow::Result<()> {
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let child = Command::new(environment.join("bin/hfs"))
        .env("HFS_SERVER_HOST", "127.0.0.1")
        .env("HFS_SERVER_PORT", address.port().to_string())
        .env("HFS_DATABASE_URL", folder.join("hfs.db"))
        .env("HFS_DATA_DIR", environment.join("data"))
        .env("HFS_LOG_LEVEL", "error")
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .context("hfs: run bench/peers/hfs.sh first")?;
    let running = Running(child);
    let mut connection = ready(address).await?;
    let ids = fill(&mut connection, address).await?;
    table::title(&format!("{NAME}: {PATIENTS} patients"));
    Peer { name: NAME, address, pid: running.0.id(), base: "", ids }.measure(length, table).await
}

async fn ready(address: SocketAddr) -> anyhow::Result<Connection> {
    let request = Request::get("/metadata").prepared(&address.to_string());
    let asked = async {
        loop {
            if let Ok(mut connection) = Connection::open(address).await
                && connection.send(&request).await.is_ok_and(|answer| answer.status == 200)
            {
                return connection;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    tokio::time::timeout(READY, asked).await.context("HFS does not answer")
}

/// Gives the ids of those who are read.
async fn fill(connection: &mut Connection, address: SocketAddr) -> anyhow::Result<Vec<String>> {
    let mut ids = Vec::new();
    for n in 0..PATIENTS {
        let name = json!([{ "family": format!("ESSAI{}", n % READ_OF), "given": ["ODETTE"] }]);
        let birth = format!("19{}-01-01", 30 + n % 15);
        let patient = json!({ "resourceType": "Patient", "name": name, "birthDate": birth, "gender": "female" });
        let id = create(connection, address, &patient).await?;
        for c in 0..(if n < READ_OF { CONDITIONS } else { 0 }) {
            let subject = json!({ "reference": format!("Patient/{id}") });
            let condition =
                json!({ "resourceType": "Condition", "subject": subject, "code": { "text": format!("Maladie {c}") } });
            create(connection, address, &condition).await?;
        }
        ids.push(id);
    }
    ids.truncate(READ_OF);
    Ok(ids)
}

async fn create(connection: &mut Connection, address: SocketAddr, resource: &Value) -> anyhow::Result<String> {
    let genre = resource["resourceType"].as_str().unwrap_or_default();
    let request = Request::post(&format!("/{genre}"), JSON, resource.to_string());
    let answer = connection.send(&request.prepared(&address.to_string())).await?;
    ensure!(answer.status == 201, "HFS refuses a {genre}: {}", String::from_utf8_lossy(&answer.body));
    let place = answer.header("location").context("no location")?;
    let mut parts = place.split('/').skip_while(|part| *part != genre);
    parts.nth(1).map(str::to_owned).context("no id in the location")
}

/// Our rates beside its own.
pub(crate) fn ratios(table: &Table) {
    super::fhir::ratios(NAME, table);
}
