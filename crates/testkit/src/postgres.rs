//! The server shared by all test processes of a run, and a database of it for one test.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use kernel::clock::{Clock, SystemClock};
use tokio_postgres::NoTls;

use crate::cluster::{self, Installation};

/// Minutes without any test after which the shared server ends and removes its data.
const IDLE_MINUTES: &str = "15";

/// Starts the server, then watches: unused for a while, it ends and leaves nothing behind.
const WATCH: &str = r#"
home=$1; idle=$2; shift 2
"$@" & server=$!
while sleep 20; do
  kill -0 $server 2>/dev/null || exit 0
  [ -n "$(find "$home/used" -mmin "-$idle")" ] && continue
  ( flock 9
    [ -n "$(find "$home/used" -mmin "-$idle")" ] && exit 1
    kill -INT $server; while kill -0 $server 2>/dev/null; do sleep 0.1; done
    rm -rf "$home/data" "$home/log" "$home/used" ) 9>>"$home.verrou" && exit 0
done
"#;

/// A folder in memory when there is enough of it: a flush costs nothing there.
pub(crate) fn scratch() -> PathBuf {
    let memory = Path::new("/dev/shm");
    let listed = Command::new("df").args(["--output=avail", "-k", "/dev/shm"]).output();
    let free: u64 =
        listed.ok().and_then(|output| String::from_utf8_lossy(&output.stdout).lines().last()?.trim().parse().ok()).unwrap_or(0);
    if free > 1_000_000 { memory.to_owned() } else { std::env::temp_dir() }
}

/// Address of the server's own database: `$GRAPPE_TEST_POSTGRES`, or a server shared by the processes of a run.
///
/// `None` when the machine has no PostgreSQL.
fn server() -> io::Result<Option<String>> {
    if let Ok(url) = std::env::var("GRAPPE_TEST_POSTGRES") {
        return Ok(Some(url));
    }
    let Some(installation) = Installation::find() else { return Ok(None) };
    let home = scratch().join(format!("grappe-essais-{}", cluster::own_uid()));
    let lock = lock(&home.with_extension("verrou"))?;
    fs::create_dir_all(&home)?;
    installation.own(&home)?;
    File::create(home.join("used"))?.write_all(b"1")?;
    if !cluster::answers(&home) {
        start(&installation, &home)?;
    }
    drop(lock);
    Ok(Some(cluster::url(&home, "postgres")))
}

fn lock(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().create(true).append(true).open(path)?;
    // The watcher, which runs as the server's user, takes the same lock.
    let _ = file.set_permissions(Permissions::from_mode(0o666));
    file.lock()?;
    Ok(file)
}

fn start(installation: &Installation, home: &Path) -> io::Result<()> {
    let data = home.join("data");
    if data.exists() {
        fs::remove_dir_all(&data)?;
    }
    installation.init(home)?;
    let small = ["shared_buffers=64MB", "max_wal_size=128MB", "min_wal_size=32MB", "jit=off", "autovacuum=off"];
    let log = File::create(home.join("log"))?;
    installation.own(&home.join("log"))?;
    installation.own(&home.join("used"))?;
    installation
        .command("sh")
        .args(["-c", WATCH, "sh"])
        .arg(home)
        .arg(IDLE_MINUTES)
        .args(installation.server(home, &small))
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .process_group(0)
        .spawn()?;
    cluster::wait_until_ready(home)
}

/// An empty database, dropped with this value.
#[derive(Debug)]
pub struct Database {
    server: String,
    name: String,
}

/// The address of `server` with another database name.
fn with_database(server: &str, name: &str) -> String {
    let (address, options) = server.split_once('?').map_or((server, None), |(address, options)| (address, Some(options)));
    let host = address.find("://").map_or(0, |at| at + 3);
    let end = address[host..].find('/').map_or(address.len(), |at| host + at);
    let options = options.map(|options| format!("?{options}")).unwrap_or_default();
    format!("{}/{name}{options}", &address[..end])
}

async fn command(server: &str, sql: &str) -> Result<(), tokio_postgres::Error> {
    let (client, connection) = tokio_postgres::connect(server, NoTls).await?;
    let connection = tokio::spawn(connection);
    let done = client.batch_execute(sql).await;
    drop(client);
    let _ = connection.await;
    done
}

impl Database {
    /// A new empty database on the shared server; `None` when the machine has no PostgreSQL.
    pub async fn create() -> io::Result<Option<Self>> {
        let Some(server) = tokio::task::spawn_blocking(server).await.map_err(io::Error::other)?? else { return Ok(None) };
        let name = format!("essai_{}", SystemClock.fresh_id().simple());
        command(&server, &format!("create database {name}")).await.map_err(io::Error::other)?;
        Ok(Some(Self { server, name }))
    }

    /// Its address.
    pub fn url(&self) -> String {
        with_database(&self.server, &self.name)
    }

    /// Runs SQL on it as the superuser, past every guard of the product.
    pub async fn execute(&self, sql: &str) -> Result<(), tokio_postgres::Error> {
        command(&self.url(), sql).await
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (server, sql) = (self.server.clone(), format!("drop database if exists {} with (force)", self.name));
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(command(&server, &sql)).map_err(io::Error::other)
        });
        if !matches!(dropping.join(), Ok(Ok(()))) {
            let _ = writeln!(io::stderr(), "the test database {} was left behind", self.name);
        }
    }
}

/// A database, or `None` after having told why there is none.
///
/// With `CI=true` a machine without PostgreSQL is a failure.
pub async fn postgres_or_skip() -> Option<Database> {
    match Database::create().await {
        Ok(Some(database)) => Some(database),
        Ok(None) if std::env::var("CI").is_ok_and(|ci| ci == "true") => {
            panic!("CI needs PostgreSQL: apt-get install postgresql, or give GRAPPE_TEST_POSTGRES")
        }
        Ok(None) => {
            let _ =
                writeln!(io::stderr(), "skipped: no PostgreSQL here (apt-get install postgresql, or give GRAPPE_TEST_POSTGRES)");
            None
        }
        Err(error) => panic!("PostgreSQL for tests: {error}"),
    }
}
