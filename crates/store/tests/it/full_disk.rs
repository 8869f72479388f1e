//! A PostgreSQL whose disk is full: acts are refused in words, readings are still told and so still answered.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use kernel::clock::{Clock, SystemClock};
use store::{Batch, Error, Store, Target, Vault, verify};
use testkit::{Cluster, Installation};
use tokio_postgres::NoTls;

use crate::sample::{create, creating, id, line, note};
use crate::witness::signer;

/// In memory where there is some: a flush costs nothing there.
fn scratch() -> PathBuf {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() }
}

/// A small file system of its own, unmounted with the test.
struct Small(PathBuf);

impl Small {
    /// `None` where mounting is not allowed.
    fn mount(at: PathBuf) -> Option<Self> {
        std::fs::create_dir_all(&at).unwrap();
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", "size=72m", "tmpfs"]).arg(&at).output();
        if done.is_ok_and(|done| done.status.success()) {
            return Some(Self(at));
        }
        eprintln!("skipped: a file system cannot be mounted here");
        None
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

async fn sql(url: &str, statements: &[&str]) {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    for statement in statements {
        client.batch_execute(statement).await.unwrap();
    }
}

async fn reserve(url: &str) -> i64 {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client.query_one("select pg_relation_size('reserve')", &[]).await.unwrap().get(0)
}

/// The data on the small disk, the log of the server elsewhere.
async fn database(cluster: &Cluster, installation: &Installation, small: &Path) -> String {
    let folder = small.join("donnees");
    std::fs::create_dir_all(&folder).unwrap();
    installation.own(&folder).unwrap();
    let tablespace = format!("create tablespace petit location '{}'", folder.display());
    sql(&cluster.url("postgres"), &[&tablespace, "create database essai tablespace petit"]).await;
    cluster.url("essai")
}

async fn open(url: &str) -> Store {
    Store::open(&Target::Postgres(url.to_owned()), Vault::with_key(&[7; 32]).unwrap()).await.unwrap()
}

/// An act which keeps 200 kB nobody can compress: they are encrypted.
async fn heavy(store: &Store, n: u128) -> store::Result<()> {
    let bytes: Vec<u8> = n.to_be_bytes().into_iter().cycle().take(200_000).collect();
    let mut act = creating(&[(id(n), note("a"))]);
    act.keep(store.seal_blob(&bytes)?);
    store.commit(act).await
}

/// Journal lines of 4 kB: together they ask for more than what an act refused left.
async fn readings(store: &Store, count: u32) -> u32 {
    let mut told = 0;
    for _ in 0..count {
        let mut reading = line("essai.lire");
        reading.detail.insert("liste".into(), "x".repeat(4_000).into());
        told += u32::from(store.commit(Batch::told_by(reading)).await.is_ok());
    }
    told
}

#[tokio::test]
async fn a_full_disk_refuses_acts_and_goes_on_telling_readings() {
    let Some(installation) = Installation::find() else { return };
    let home = scratch().join(format!("grappe-plein-{}", SystemClock.fresh_id().simple()));
    let Some(small) = Small::mount(home.join("petit")) else { return };
    installation.own(&home).unwrap();
    let ballast = small.0.join("lest");
    std::fs::write(&ballast, vec![0; 24 << 20]).unwrap();
    let cluster = Cluster::start(&installation, &home, &["fsync=on", "autovacuum=off", "shared_buffers=64MB"]).unwrap();
    let url = database(&cluster, &installation, &small.0).await;
    let store = open(&url).await;
    assert!(reserve(&url).await >= 8 << 20);
    // A new database has files with holes until its first checkpoint: those of a real one have none.
    sql(&url, &["checkpoint"]).await;

    let mut written = 0;
    let refusal = loop {
        match heavy(&store, written).await {
            Ok(()) => written += 1,
            Err(error) => break error,
        }
        assert!(written < 20_000, "the disk never fills");
    };
    assert!(matches!(refusal, Error::Full), "{refusal:?}");
    assert_eq!(reserve(&url).await, 0, "given up");
    let other = open(&url).await;
    for node in [&store, &other] {
        assert!(matches!(create(node, id(written), &note("a")).await, Err(Error::Full)), "acts do not eat the reserve");
        assert_eq!(readings(node, 300).await, 300, "readings are told");
    }
    assert!(matches!(create(&other, id(written), &note("a")).await, Err(Error::Full)));

    std::fs::remove_file(&ballast).unwrap();
    while create(&store, id(written), &note("a")).await.is_err() {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert!((8 << 20..12 << 20).contains(&reserve(&url).await), "the reserve is whole again");
    assert!(create(&other, id(written + 1), &note("a")).await.is_ok());
    let found = verify(&store, &signer("plein").public_key(), &[]).await.unwrap();
    assert_eq!(found.tamperings, []);
    assert_eq!(u128::from(found.records), written + 2, "nothing acknowledged is lost");
    drop((store, other, cluster, small));
    let _ = std::fs::remove_dir_all(&home);
}
