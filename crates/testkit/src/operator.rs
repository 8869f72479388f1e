//! An MSSanté operator: Debian's postfix and dovecot behind client certificates, started for one test at a time.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Port of submission (SMTPS) of the operator, on the loopback.
pub const SMTPS: u16 = 10465;
/// Port of reception (IMAPS) of the operator, on the loopback.
pub const IMAPS: u16 = 10993;

/// The operator makes keys for thirty days.
const KEYS_SERVE: Duration = Duration::from_hours(20 * 24);

/// A running operator; stopped and erased when dropped.
#[derive(Debug)]
pub struct Operator {
    root: PathBuf,
    script: PathBuf,
    /// The ports are fixed: one operator at a time on a machine, whatever the process.
    _lock: File,
}

/// What a client of the operator is set with: addresses, and files in PEM.
#[derive(Debug, Clone)]
pub struct MailSettings {
    /// Where mail is submitted.
    pub smtp: String,
    /// Where mailboxes are read.
    pub imap: String,
    /// The name the client says it has.
    pub domain: String,
    /// Authorities the operator is trusted by.
    pub authorities: PathBuf,
    /// Certificate of the structure.
    pub certificate: PathBuf,
    /// Its key.
    pub key: PathBuf,
    /// A file which holds the password of every mailbox.
    pub password: PathBuf,
}

impl Operator {
    /// What a client is set with; the password is written in `folder`.
    pub fn settings(&self, folder: &Path) -> MailSettings {
        let password = folder.join("grappe-mss-mot-de-passe");
        kept(std::fs::write(&password, "secret\n"));
        MailSettings {
            smtp: format!("localhost:{SMTPS}"),
            imap: format!("localhost:{IMAPS}"),
            domain: "dui.ehpad-test.mssante.fr".into(),
            authorities: self.path("ca/ca.pem"),
            certificate: self.path("ca/dui.pem"),
            key: self.path("ca/dui.key"),
            password,
        }
    }

    /// Starts the operator of `folder/peers/mss_peer.sh`, or says why it cannot be. Keys are kept in `keys` between runs.
    ///
    /// With `CI=true`, a machine where it cannot run is a failure.
    pub fn start(folder: &Path, keys: &Path) -> Option<Self> {
        let script = folder.join("peers/mss_peer.sh");
        let missing: Vec<_> = ["postfix", "dovecot", "openssl", "su"].into_iter().filter(|name| !is_installed(name)).collect();
        if !missing.is_empty() || !is_root() || !script.is_file() {
            let why = format!("missing {missing:?}, root {}, script {}", is_root(), script.display());
            assert!(std::env::var("CI").as_deref() != Ok("true") || !script.is_file(), "the mail operator cannot run: {why}");
            say(&why);
            return None;
        }
        // Under the system's temporary folder, which other users may enter: the servers drop privileges.
        let root = std::env::temp_dir().join("grappe-mss-peer");
        let lock = kept(File::create(root.with_extension("lock")));
        kept(lock.lock());
        let operator = Self { root, script, _lock: lock };
        // A run that was killed left its servers behind.
        operator.run("stop");
        operator.erase();
        operator.bring_keys(keys);
        operator.run("start");
        operator.keep_keys(keys);
        Some(operator)
    }

    /// What is told goes to a file: the servers keep it open, a pipe would never end.
    fn run(&self, order: &str) {
        let log = self.root.with_extension("log");
        let file = || kept(File::options().create(true).append(true).open(&log));
        let (script, folder) = (&self.script, self.root.join("peer"));
        let run = Command::new("bash").arg(script).arg(order).arg(folder).stdout(file()).stderr(file()).status();
        let told = || std::fs::read_to_string(&log).unwrap_or_default();
        assert!(kept(run).success(), "{order}: {}", told());
    }

    /// Keys take long to make: those of the last run serve again, unless they are old.
    fn bring_keys(&self, keys: &Path) {
        let made = std::fs::metadata(keys.join("ca.pem")).and_then(|file| file.modified());
        if made.is_ok_and(|made| made.elapsed().is_ok_and(|age| age < KEYS_SERVE)) {
            copy(keys, &self.path("ca"));
        }
    }

    fn keep_keys(&self, keys: &Path) {
        if !keys.is_dir() {
            copy(&self.path("ca"), keys);
        }
    }

    fn erase(&self) {
        let _ = std::fs::remove_dir_all(&self.root);
    }

    /// Stops both servers.
    pub fn stop(&self) {
        self.run("stop");
        for port in [SMTPS, IMAPS] {
            while std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                std::thread::sleep(Duration::from_millis(100));
            }
        }
    }

    /// A file of the operator: `ca/ca.pem`, `ca/dui.pem`, `ca/dui.key`…
    pub fn path(&self, inside: &str) -> PathBuf {
        self.root.join("peer").join(inside)
    }

    /// The bytes of a file of the operator.
    pub fn read(&self, inside: &str) -> Vec<u8> {
        kept(std::fs::read(self.path(inside)))
    }

    /// Replaces a piece of a file of the peer.
    pub fn edit(&self, inside: &str, old: &str, new: &str) {
        let text = String::from_utf8_lossy(&self.read(inside)).into_owned();
        assert!(text.contains(old), "{inside} holds {old}");
        kept(std::fs::write(self.path(inside), text.replace(old, new)));
    }

    /// Makes both servers read their files again.
    pub fn reload(&self) {
        for (program, option, file, order) in
            [("doveadm", "-c", "dovecot/dovecot.conf", "reload"), ("postfix", "-c", "postfix", "reload")]
        {
            let run = kept(Command::new(program).arg(option).arg(self.path(file)).arg(order).output());
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        }
        std::thread::sleep(Duration::from_secs(1));
    }
}

impl Drop for Operator {
    fn drop(&mut self) {
        let _ = Command::new("bash").arg(&self.script).arg("stop").arg(self.root.join("peer")).status();
        self.erase();
        let _ = std::fs::remove_file(self.root.with_extension("log"));
    }
}

/// The value, or a failed test.
fn kept<T, E: std::fmt::Display>(found: Result<T, E>) -> T {
    found.unwrap_or_else(|error| panic!("the mail operator: {error}"))
}

fn copy(from: &Path, to: &Path) {
    kept(std::fs::create_dir_all(to));
    for entry in kept(std::fs::read_dir(from)) {
        let path = kept(entry).path();
        let name = path.file_name().unwrap_or_default();
        kept(std::fs::copy(&path, to.join(name)));
    }
}

fn is_installed(name: &str) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let system = ["/usr/sbin", "/sbin"].map(PathBuf::from);
    std::env::split_paths(&folders).chain(system).any(|folder| folder.join(name).is_file())
}

fn is_root() -> bool {
    let run = Command::new("id").arg("-u").output();
    run.is_ok_and(|run| run.stdout.trim_ascii() == b"0")
}

#[expect(clippy::print_stderr, reason = "what is not tested is told where the test runs")]
fn say(why: &str) {
    eprintln!("the mail operator cannot run: {why}");
}
