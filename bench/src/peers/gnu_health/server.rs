//! Its application server, uWSGI with four processes, stopped at the end.

use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use super::base::Base;
use crate::client::Connection;
use crate::faults::signal_tree;
use crate::stats::until_quiet;

/// A running GNU Health.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
    pub(super) address: SocketAddr,
}

impl Server {
    /// Starts it on a free port and waits until each of its processes has loaded the modules.
    ///
    /// Connections go through uWSGI's own router: on its plain socket a process keeps the connection it has, and twelve
    /// of sixteen would wait until the end of the measure.
    pub(super) async fn start(base: &Base) -> anyhow::Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let log = base.home.join("uwsgi.log");
        let written = std::fs::File::create(&log)?;
        let mut command = base.command("uwsgi");
        command.args(["--http", &address.to_string(), "--http-keepalive=75", "--module", "trytond.application:app"]);
        command.args(["--master", "--processes", "4", "--lazy-apps", "--die-on-term", "--disable-logging"]);
        let child = command.stdin(Stdio::null()).stdout(written.try_clone()?).stderr(written).spawn().context("uwsgi")?;
        let mut server = Self { child, address };
        server.wait().await.with_context(|| std::fs::read_to_string(&log).unwrap_or_default())?;
        until_quiet(server.pid()).await;
        Ok(server)
    }

    async fn wait(&mut self) -> anyhow::Result<()> {
        let start = Instant::now();
        while start.elapsed() < Duration::from_mins(5) {
            if Connection::open(self.address).await.is_ok() {
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("GNU Health ended: {status}");
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        bail!("GNU Health does not answer")
    }

    /// Its first process, the parent of the others.
    pub(super) fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = signal_tree(self.pid(), "TERM");
        let _ = self.child.wait();
    }
}
