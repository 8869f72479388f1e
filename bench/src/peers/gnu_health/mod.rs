//! GNU Health 5.0.6 on PostgreSQL, asked through JSON-RPC, which is what its own clients speak.
//!
//! Everything is in its favour: sixty patients where ours has 3,740, fresh tables, a session opened once. Its database
//! flushes at each commit, like ours.

mod base;
mod operations;
mod rpc;
mod server;

use std::path::Path;
use std::time::Duration;

use testkit::{Cluster, Installation};

use crate::table::{Table, say};
use base::Base;
use operations::{LINES, LOG, READ};
use server::Server;

/// Installs it on a database server of its own, measures it, and stops both before anything else is measured.
pub(crate) async fn run(environment: &Path, folder: &Path, length: Duration, table: &mut Table) -> anyhow::Result<()> {
    let Some(installation) = Installation::find() else {
        say("PostgreSQL is not installed: the rows of GNU Health are missing");
        return Ok(());
    };
    let home = folder.join("gnu-health");
    std::fs::create_dir_all(&home)?;
    let home = home.canonicalize()?;
    let cluster = Cluster::start(&installation, &home.join("pg"), &["max_wal_size=1GB"])?;
    let base = Base::make(environment, &home, &cluster).await?;
    let server = Server::start(&base).await?;
    operations::measure(&base, &server, &cluster, length, table).await
}

/// Goals of the yardstick, as multiples of the rates of GNU Health in the same run.
pub(crate) fn ratios(table: &Table) {
    for engine in ["SQLite", "PostgreSQL"] {
        for (ours, theirs, goal) in [
            ("validate a care act, 16 connection(s)", LOG, 25.0),
            ("acts of returning tablets", LOG, 100.0),
            ("open a resident's record, 16 connection(s)", READ, 35.0),
            ("round of the unit, whole page, 16 connection(s)", LINES, 50.0),
        ] {
            table.ratio(&format!("{engine}: {ours}"), &operations::row(theirs, 16), goal);
        }
    }
}
