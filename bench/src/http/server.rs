//! The real server, started on fresh data and stopped at the end.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use crate::client::{Connection, Request};
use crate::faults::signal_tree;
use crate::stats::until_quiet;

/// A running server.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
    program: PathBuf,
    pub(super) address: SocketAddr,
}

impl Server {
    /// Starts `grappe serve` on a free port, on this data, and waits until it answers.
    pub(super) async fn start(program: &Path, data: &Path, database: &str) -> anyhow::Result<Self> {
        // The port is free a moment later too, on a machine where nobody else listens on chance ports.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = Command::new(program);
        command.args(["serve", "--database-url", database, "--listen", &address.to_string(), "--data"]).arg(data);
        let log = std::fs::File::create(data.join("serveur.log"))?;
        let child = command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn();
        let child = child.with_context(|| program.display().to_string())?;
        let mut server = Self { child, program: program.to_path_buf(), address };
        server.wait().await.with_context(|| std::fs::read_to_string(data.join("serveur.log")).unwrap_or_default())?;
        Ok(server)
    }

    async fn wait(&mut self) -> anyhow::Result<()> {
        let start = Instant::now();
        let state = Request::get("/etat").prepared(&self.address.to_string());
        while start.elapsed() < Duration::from_mins(20) {
            if let Ok(mut connection) = Connection::open(self.address).await
                && connection.send(&state).await.is_ok_and(|answer| answer.status == 200)
            {
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended: {status}");
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        bail!("the server does not answer")
    }

    /// Waits until the work a server starts with is over.
    pub(super) async fn settle(&self) {
        until_quiet(self.pid()).await;
    }

    /// The program which runs, whose commands speak to it.
    pub(super) fn program(&self) -> &Path {
        &self.program
    }

    /// Its process, for its processor time.
    pub(super) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Memory it holds, in megabytes.
    pub(super) fn resident_megabytes(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1_024
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = signal_tree(self.pid(), "TERM");
        let _ = self.child.wait();
    }
}

/// The program to drive: the one given, or `grappe` beside this one.
pub(super) fn program(given: Option<&PathBuf>) -> anyhow::Result<PathBuf> {
    match given {
        Some(path) => Ok(path.clone()),
        None => Ok(std::env::current_exe()?.with_file_name("grappe")),
    }
}
