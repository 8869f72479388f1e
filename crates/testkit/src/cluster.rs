//! A PostgreSQL server started from the machine's own binaries, on a Unix socket only.

use std::fs;
use std::io;
use std::os::unix::fs::chown;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The PostgreSQL programs of this machine, and who may run them.
#[derive(Debug, Clone)]
pub struct Installation {
    bin: PathBuf,
    /// Who runs the server when we are root, which it refuses.
    runner: Option<(u32, u32)>,
}

fn failed(what: &str, error: impl std::fmt::Display) -> io::Error {
    io::Error::other(format!("{what}: {error}"))
}

/// User and group of a login, from `/etc/passwd`.
fn login(name: &str) -> Option<(u32, u32)> {
    let table = fs::read_to_string("/etc/passwd").ok()?;
    let line = table.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

/// The user this process runs as.
pub(crate) fn own_uid() -> u32 {
    fs::metadata("/proc/self").map_or(0, |meta| std::os::unix::fs::MetadataExt::uid(&meta))
}

impl Installation {
    /// The newest version installed where Debian and its kin put them; `None` if there is none.
    pub fn find() -> Option<Self> {
        let mut found: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
            .ok()?
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let version = entry.file_name().to_str()?.parse().ok()?;
                let bin = entry.path().join("bin");
                bin.join("initdb").exists().then_some((version, bin))
            })
            .collect();
        found.sort();
        let (_, bin) = found.pop()?;
        let runner = if own_uid() == 0 { Some(login("postgres")?) } else { None };
        Some(Self { bin, runner })
    }

    /// What the server says of itself, e.g. `postgres (PostgreSQL) 15.18`.
    pub fn version(&self) -> String {
        let said = Command::new(self.program("postgres")).arg("--version").output();
        said.map_or_else(|error| error.to_string(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Path of one of the programs (`psql`, `pgbench`…).
    pub fn program(&self, name: &str) -> PathBuf {
        self.bin.join(name)
    }

    /// A command run as the server's user.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        if let Some((uid, gid)) = self.runner {
            command.uid(uid).gid(gid);
        }
        command.current_dir("/");
        command
    }

    /// Gives a file or folder to the server's user.
    pub fn own(&self, path: &Path) -> io::Result<()> {
        match self.runner {
            Some((uid, gid)) => chown(path, Some(uid), Some(gid)),
            None => Ok(()),
        }
    }

    /// Makes an empty cluster in `home/data`.
    pub fn init(&self, home: &Path) -> io::Result<()> {
        fs::create_dir_all(home)?;
        self.own(home)?;
        let output = self
            .command(self.program("initdb"))
            .args(["--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-D"])
            .arg(home.join("data"))
            .output()
            .map_err(|error| failed("initdb", error))?;
        if output.status.success() {
            return Ok(());
        }
        Err(failed("initdb", String::from_utf8_lossy(&output.stderr)))
    }

    /// Command line of the server of `home`, settings as `name=value`; only reachable by its socket in `home`.
    pub fn server(&self, home: &Path, settings: &[&str]) -> Vec<String> {
        let mut line = vec![self.program("postgres").display().to_string(), "-D".into(), home.join("data").display().to_string()];
        let socket = format!("unix_socket_directories={}", home.display());
        for setting in ["listen_addresses=", &socket, "max_connections=300"].iter().chain(settings) {
            line.extend(["-c".to_owned(), (*setting).to_owned()]);
        }
        line
    }
}

/// Address of a database of the server whose socket is in `home`.
pub(crate) fn url(home: &Path, database: &str) -> String {
    format!("postgres://postgres@{}/{database}", home.display().to_string().replace('/', "%2F"))
}

/// True once the server of `home` accepts connections.
pub(crate) fn answers(home: &Path) -> bool {
    UnixStream::connect(home.join(".s.PGSQL.5432")).is_ok()
        && fs::read_to_string(home.join("data/postmaster.pid"))
            .is_ok_and(|state| state.lines().nth(7).is_some_and(|line| line.trim() == "ready"))
}

/// Waits until the server answers, at most a minute.
pub(crate) fn wait_until_ready(home: &Path) -> io::Result<()> {
    for _ in 0..600 {
        if answers(home) {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    let log = fs::read_to_string(home.join("log")).unwrap_or_default();
    Err(failed("PostgreSQL does not answer", log))
}

/// A server of one's own, stopped when dropped: for fault tests and measures.
#[derive(Debug)]
pub struct Cluster {
    home: PathBuf,
    child: Child,
}

impl Cluster {
    /// Starts a server on `home`, making the cluster at first use.
    pub fn start(installation: &Installation, home: &Path, settings: &[&str]) -> io::Result<Self> {
        Self::start_under(&[], installation, home, settings)
    }

    /// The same, under a command which leaves the server its process, such as `strace -D …`.
    pub fn start_under(under: &[String], installation: &Installation, home: &Path, settings: &[&str]) -> io::Result<Self> {
        if !home.join("data").exists() {
            installation.init(home)?;
        }
        let line: Vec<String> = under.iter().cloned().chain(installation.server(home, settings)).collect();
        let log = fs::OpenOptions::new().create(true).append(true).open(home.join("log"))?;
        let child = installation
            .command(&line[0])
            .args(&line[1..])
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .process_group(0)
            .spawn()?;
        let cluster = Self { home: home.to_owned(), child };
        wait_until_ready(home)?;
        Ok(cluster)
    }

    /// Address of a database of this server.
    pub fn url(&self, database: &str) -> String {
        url(&self.home, database)
    }

    /// Process number of the postmaster.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal by name (`KILL`, `STOP`, `QUIT`…) to the postmaster and its children.
    pub fn signal(&self, name: &str) -> io::Result<()> {
        // Each backend is its own session and group: the tree is walked, parents first.
        let mut pids = vec![self.pid()];
        let children = format!("/proc/{0}/task/{0}/children", self.pid());
        let listed = fs::read_to_string(children).unwrap_or_default();
        pids.extend(listed.split_whitespace().filter_map(|pid| pid.parse::<u32>().ok()));
        for pid in pids {
            Command::new("kill").arg(format!("-{name}")).arg(pid.to_string()).stderr(Stdio::null()).status()?;
        }
        Ok(())
    }

    /// Kills the server at once, as a crash would, and waits for its end.
    pub fn crash(mut self) -> io::Result<()> {
        self.signal("KILL")?;
        self.child.wait().map(drop)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Fast shutdown (SIGINT); a crashed server has already ended.
        let _ = Command::new("kill").arg("-INT").arg(self.pid().to_string()).stderr(Stdio::null()).status();
        let _ = self.child.wait();
    }
}
