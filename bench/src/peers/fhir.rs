//! Reading and searching FHIR R4, as any peer answers it: the same requests, on the same persons.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use crate::client::{Request, closed_loop};
use crate::table::Table;

/// Patients a peer holds: those our application may read.
pub(crate) const PATIENTS: usize = 85;
/// Those who are read.
pub(crate) const READ_OF: usize = 60;
/// Conditions of each of those who are read.
pub(crate) const CONDITIONS: usize = 5;

/// Rows, as ours are named after the comma.
pub(crate) const READ: &str = "read a Patient";
/// By name and birth.
pub(crate) const FIND: &str = "search a Patient by name and birth";
/// Of one patient.
pub(crate) const CONDITIONS_OF: &str = "search the Conditions of a patient";

/// A server which holds them and answers.
#[derive(Debug)]
pub(crate) struct Peer {
    /// Name at the head of its rows.
    pub(crate) name: &'static str,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// Its process, for its processor.
    pub(crate) pid: u32,
    /// What its paths begin with.
    pub(crate) base: &'static str,
    /// Patients who are read.
    pub(crate) ids: Vec<String>,
}

impl Peer {
    /// One row a request and a number of connections.
    pub(crate) async fn measure(&self, length: Duration, table: &mut Table) -> anyhow::Result<()> {
        let of_each = |before: &str| self.ids.iter().map(|id| format!("{}/{before}{id}", self.base)).collect::<Vec<_>>();
        for (what, paths) in [
            (READ, of_each("Patient/")),
            (FIND, vec![format!("{}/Patient?family=ESSAI0&birthdate=1930-01-01", self.base)]),
            (CONDITIONS_OF, of_each("Condition?patient=")),
        ] {
            let host = self.address.to_string();
            let requests: Arc<Vec<Arc<[u8]>>> = Arc::new(paths.iter().map(|path| Request::get(path).prepared(&host)).collect());
            for connections in [1, 16] {
                let requests = Arc::clone(&requests);
                let figures = closed_loop(self.address, connections, length, Some(self.pid), move |rank, n| {
                    let n = usize::try_from(n).unwrap_or(0) + rank * 7;
                    (Arc::clone(&requests[n % requests.len()]), 200)
                })
                .await?;
                table.row(&row(self.name, what, connections), &figures, 1.0);
            }
        }
        Ok(())
    }
}

fn row(name: &str, what: &str, connections: usize) -> String {
    format!("{name}: {what}, {connections} connection(s)")
}

/// Our rates beside those of a peer in the same run.
pub(crate) fn ratios(name: &str, table: &Table) {
    for engine in ["SQLite", "PostgreSQL"] {
        for what in [READ, FIND, CONDITIONS_OF] {
            table.ratio(&format!("{engine}, FHIR: {what}, 16 connection(s)"), &row(name, what, 16), 1.0);
        }
    }
}
