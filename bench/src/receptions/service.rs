//! The real server, killed and started again on the same addresses, and what it and its readers use.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use crate::client::{Connection, Request};

/// Where messages are sent.
#[derive(Debug, Clone)]
pub(crate) struct Addresses {
    pub(crate) http: SocketAddr,
    pub(crate) mllp: SocketAddr,
    /// The control door; none on PostgreSQL.
    pub(crate) door: Option<PathBuf>,
}

/// Highest figures seen while the server ran, by looking at the system every few milliseconds.
#[derive(Debug, Default)]
pub(crate) struct Peaks {
    pid: AtomicU32,
    over: AtomicBool,
    /// KiB of the server.
    pub(crate) server: AtomicU64,
    /// KiB of one reader.
    pub(crate) reader: AtomicU64,
    /// Ticks of processor of one reader.
    pub(crate) ticks: AtomicU64,
}

/// A server of this bench.
#[derive(Debug)]
pub(crate) struct Service {
    program: PathBuf,
    data: PathBuf,
    database: String,
    pub(crate) addresses: Addresses,
    child: Option<Child>,
    pub(crate) peaks: Arc<Peaks>,
    pub(crate) kills: u64,
}

fn free() -> anyhow::Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

impl Service {
    /// Starts `grappe serve` on this data and waits until it answers.
    pub(crate) async fn start(data: &Path, database: &str, door: bool) -> anyhow::Result<Self> {
        let program = std::env::current_exe()?.with_file_name("grappe");
        let door = door.then(|| data.join("grappe.porte"));
        let addresses = Addresses { http: free()?, mllp: free()?, door };
        let peaks = Arc::new(Peaks::default());
        watch(Arc::clone(&peaks));
        let (data, database) = (data.to_owned(), database.to_owned());
        let mut service = Self { program, data, database, addresses, child: None, peaks, kills: 0 };
        service.launch().await?;
        Ok(service)
    }

    pub(crate) fn log(&self) -> PathBuf {
        self.data.join("serveur.log")
    }

    async fn launch(&mut self) -> anyhow::Result<()> {
        let log = std::fs::File::options().create(true).append(true).open(self.log())?;
        let mllp = format!("{},correspondant=CH des Ormes", self.addresses.mllp);
        let mut command = Command::new(&self.program);
        command.args(["serve", "--database-url", &self.database, "--listen", &self.addresses.http.to_string(), "--mllp", &mllp]);
        command.arg("--data").arg(&self.data).env("GRAPPE_LOG", "warn,documents=debug").env("NO_COLOR", "1");
        let child = command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn();
        let child = child.with_context(|| self.program.display().to_string())?;
        self.peaks.pid.store(child.id(), Ordering::Relaxed);
        self.child = Some(child);
        self.answers().await
    }

    /// Waits until it answers.
    pub(crate) async fn answers(&mut self) -> anyhow::Result<()> {
        let start = Instant::now();
        let state = Request::get("/etat").prepared(&self.addresses.http.to_string());
        while start.elapsed() < Duration::from_mins(2) {
            if let Ok(mut connection) = Connection::open(self.addresses.http).await
                && connection.send(&state).await.is_ok_and(|answer| answer.status == 200)
            {
                return Ok(());
            }
            if let Some(status) = self.child.as_mut().map(Child::try_wait).transpose()?.flatten() {
                bail!("the server ended: {status}; {}", self.last_words());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        bail!("the server does not answer")
    }

    /// The end of its log, without what it says of each reading.
    fn last_words(&self) -> String {
        let log = std::fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<&str> = log.lines().rev().filter(|line| !line.contains("was read apart")).take(5).collect();
        lines.join(" / ")
    }

    /// kill -9, then a start on the same data.
    pub(crate) async fn kill_and_restart(&mut self) -> anyhow::Result<()> {
        self.kill()?;
        self.launch().await
    }

    /// kill -9.
    pub(crate) fn kill(&mut self) -> anyhow::Result<()> {
        self.kills += 1;
        if let Some(mut child) = self.child.take() {
            child.kill()?;
            child.wait()?;
        }
        Ok(())
    }

    /// Processor seconds of the server and of the readers it waited for.
    pub(crate) fn cpu_seconds(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid())).unwrap_or_default();
        f64::from(ticks(&stat, 4)) / 100.0
    }

    fn pid(&self) -> u32 {
        self.child.as_ref().map_or(0, Child::id)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.peaks.over.store(true, Ordering::Relaxed);
        let _ = self.kill();
    }
}

/// Ticks of a line of `/proc/…/stat`: user and system, then those of the children waited for.
fn ticks(stat: &str, fields: usize) -> u32 {
    let after = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    after.split_whitespace().skip(11).take(fields).filter_map(|field| field.parse::<u32>().ok()).sum()
}

fn highest(pid: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

fn watch(peaks: Arc<Peaks>) {
    std::thread::spawn(move || {
        while !peaks.over.load(Ordering::Relaxed) {
            let pid = peaks.pid.load(Ordering::Relaxed).to_string();
            peaks.server.fetch_max(highest(&pid), Ordering::Relaxed);
            for task in std::fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten() {
                let children = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
                for child in children.split_whitespace() {
                    look_at(&peaks, child);
                }
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    });
}

/// A child counts once it is the reader: before, it still is the memory of the server.
fn look_at(peaks: &Peaks, child: &str) {
    let command = std::fs::read(format!("/proc/{child}/cmdline")).unwrap_or_default();
    if !command.ends_with(b"\0analyser-fichier\0") {
        return;
    }
    peaks.reader.fetch_max(highest(child), Ordering::Relaxed);
    let stat = std::fs::read_to_string(format!("/proc/{child}/stat")).unwrap_or_default();
    peaks.ticks.fetch_max(u64::from(ticks(&stat, 2)), Ordering::Relaxed);
}
