//! The real peer: Debian's postfix and dovecot behind client certificates, started for one test at a time.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use mssante::{ClientCertificate, ImapServer, Inbox, Limits, Login, SmtpServer, Tls};

use crate::support::beside;

/// The peer makes keys for thirty days.
const KEYS_SERVE: Duration = Duration::from_hours(20 * 24);

/// A running peer; stopped and erased when dropped.
pub(crate) struct Peer {
    root: PathBuf,
    script: PathBuf,
    /// The ports are fixed: one peer at a time on a machine, whatever the process.
    _lock: File,
}

impl Peer {
    /// Starts the peer, or says why it cannot be.
    pub(crate) fn start() -> Option<Self> {
        let script = beside("GRAPPE_CHECK", "check")?.join("peers/mss_peer.sh");
        let missing: Vec<_> = ["postfix", "dovecot", "openssl", "su"].into_iter().filter(|name| !is_installed(name)).collect();
        if !missing.is_empty() || !is_root() || !script.is_file() {
            eprintln!("the mail peer cannot run: missing {missing:?}, root {}, script {}", is_root(), script.display());
            return None;
        }
        // Under the system's temporary folder, which other users may enter: the servers drop privileges.
        let root = std::env::temp_dir().join("grappe-mss-peer");
        let lock = File::create(root.with_extension("lock")).expect("a lock file");
        lock.lock().expect("the lock");
        let peer = Self { root, script, _lock: lock };
        // A run that was killed left its servers behind.
        peer.run("stop");
        peer.erase();
        peer.bring_keys();
        peer.run("start");
        peer.keep_keys();
        Some(peer)
    }

    /// What is told goes to a file: the servers keep it open, a pipe would never end.
    fn run(&self, order: &str) {
        let log = self.root.with_extension("log");
        let file = || File::options().create(true).append(true).open(&log).expect("a log");
        let (script, folder) = (&self.script, self.root.join("peer"));
        let run = Command::new("bash").arg(script).arg(order).arg(folder).stdout(file()).stderr(file()).status();
        let told = || std::fs::read_to_string(&log).unwrap_or_default();
        assert!(run.expect("bash").success(), "{order}: {}", told());
    }

    /// Keys take long to make: those of the last run serve again, unless they are old.
    fn bring_keys(&self) {
        let made = std::fs::metadata(kept_keys().join("ca.pem")).and_then(|file| file.modified());
        if made.is_ok_and(|made| made.elapsed().is_ok_and(|age| age < KEYS_SERVE)) {
            copy(&kept_keys(), &self.path("ca"));
        }
    }

    fn keep_keys(&self) {
        if !kept_keys().is_dir() {
            copy(&self.path("ca"), &kept_keys());
        }
    }

    fn erase(&self) {
        let _ = std::fs::remove_dir_all(&self.root);
    }

    /// Stops both servers.
    pub(crate) fn stop(&self) {
        self.run("stop");
        for port in [10465, 10993] {
            while std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                std::thread::sleep(Duration::from_millis(100));
            }
        }
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.root.join("peer").join(inside)
    }

    fn read(&self, inside: &str) -> Vec<u8> {
        std::fs::read(self.path(inside)).expect(inside)
    }

    /// Replaces a piece of a file of the peer.
    pub(crate) fn edit(&self, inside: &str, old: &str, new: &str) {
        let text = String::from_utf8(self.read(inside)).expect("UTF-8");
        assert!(text.contains(old), "{inside} holds {old}");
        std::fs::write(self.path(inside), text.replace(old, new)).expect(inside);
    }

    /// Makes both servers read their files again.
    pub(crate) fn reload(&self) {
        for (program, option, file, order) in
            [("doveadm", "-c", "dovecot/dovecot.conf", "reload"), ("postfix", "-c", "postfix", "reload")]
        {
            let run = Command::new(program).arg(option).arg(self.path(file)).arg(order).output().expect(program);
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        }
        std::thread::sleep(Duration::from_secs(1));
    }

    pub(crate) fn tls(&self, certificate: Option<&str>) -> Tls {
        let pair = certificate.map(|name| (self.read(&format!("ca/{name}.pem")), self.read(&format!("ca/{name}.key"))));
        let certificate = pair.as_ref().map(|(chain_pem, key_pem)| ClientCertificate { chain_pem, key_pem });
        Tls::new(&self.read("ca/ca.pem"), certificate).expect("TLS")
    }

    pub(crate) fn smtp(&self) -> SmtpServer {
        smtp(self.tls(Some("dui")))
    }

    pub(crate) fn imap(&self) -> ImapServer {
        imap(self.tls(Some("dui")))
    }

    pub(crate) async fn open(&self, user: &str) -> Inbox {
        self.imap().open(&login(user)).await.expect("an open mailbox")
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = Command::new("bash").arg(&self.script).arg("stop").arg(self.root.join("peer")).status();
        self.erase();
        let _ = std::fs::remove_file(self.root.with_extension("log"));
    }
}

pub(crate) fn smtp(tls: Tls) -> SmtpServer {
    SmtpServer {
        host: "localhost".to_owned(),
        port: 10465,
        hello: "dui.ehpad-test.mssante.fr".to_owned(),
        tls,
        command_timeout: Duration::from_secs(20),
        message_timeout: Duration::from_mins(1),
    }
}

pub(crate) fn imap(tls: Tls) -> ImapServer {
    ImapServer { host: "localhost".to_owned(), port: 10993, tls, timeout: Duration::from_secs(20), limits: Limits::default() }
}

pub(crate) fn login(user: &str) -> Login {
    Login::Password { user: user.to_owned(), password: "secret".to_owned() }
}

fn kept_keys() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("mss-keys")
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name");
        std::fs::copy(&path, to.join(name)).expect("a copy");
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
