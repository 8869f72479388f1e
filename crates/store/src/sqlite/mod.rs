//! The embedded back end: SQLite in WAL mode with full synchronisation and one writer.

mod key;
mod lists;
#[cfg(test)]
mod plans;
pub(crate) mod portable;
pub(crate) mod read;
mod reserve;
mod write;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::{Connection, OpenFlags};
use tokio::sync::{Semaphore, mpsc};
use uuid::Uuid;

pub(crate) use self::key::first_verb;
use crate::cached::Source;
use crate::lately::Lately;
use crate::question::OwnedQuery;
use crate::writer::{Job, QUEUE};
use crate::{Error, MasterKey, Reach, Result, Row, Signals, Vault};

const SCHEMA: &[&str] = &[include_str!("schema.sql"), include_str!("key_print.sql"), LIST_NUMBERS];
const LIST_NUMBERS: &str = include_str!("list_numbers.sql");
const INDEXES: &str = include_str!("indexes.sql");
const CACHED_STATEMENTS: usize = 64;
/// Readings at the same time; each holds a connection and a thread.
const READERS: usize = 12;
/// Records read without leaving the thread.
const BRIEF: usize = 4;

/// The embedded back end.
#[derive(Debug)]
pub(crate) struct Sqlite {
    path: PathBuf,
    /// Makes one connection more of the pool.
    reader: fn(&Path) -> Result<Connection>,
    readers: Arc<Mutex<Vec<Connection>>>,
    /// Absent when another program may write.
    lately: Option<Arc<Lately>>,
    reading: Semaphore,
    pub(crate) queue: mpsc::Sender<Job>,
    writer: Option<JoinHandle<()>>,
    /// Held until the writer has ended: two instances on one file are refused. None to read beside another program.
    _lock: Option<File>,
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        // The writer ends once nobody can hand it a batch, after those which wait.
        self.queue = mpsc::channel(1).0;
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

impl Sqlite {
    pub(crate) fn open(path: &Path, signals: Arc<Signals>, key: MasterKey) -> Result<(Self, Vault)> {
        Self::open_for(path, signals, key, |db| Ok(db.execute_batch(INDEXES)?))
    }

    /// Opens a store about to be filled: lists are not indexed, the next opening does it, all at once.
    pub(crate) fn open_to_fill(path: &Path, signals: Arc<Signals>, key: MasterKey) -> Result<(Self, Vault)> {
        Self::open_for(path, signals, key, |_| Ok(()))
    }

    fn open_for(
        path: &Path,
        signals: Arc<Signals>,
        key: MasterKey,
        index: impl FnOnce(&Connection) -> Result<()>,
    ) -> Result<(Self, Vault)> {
        refuse_bad_engine()?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| Error::Refused(format!("{}: {error}", folder.display())))?;
        }
        let lock = lock_file(path)?;
        let vault = key.vault_of(&key::known(path)?)?;
        let mut writer = connect(path, false)?;
        migrate(&mut writer)?;
        key::print(&writer, &vault)?;
        index(&writer)?;
        let (queue, jobs) = mpsc::channel(QUEUE);
        let lately = Arc::new(Lately::for_good());
        let mut state = write::Writer::new(writer, signals, Arc::clone(&lately), reserve::Reserve::beside(path))?;
        let writer = std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || state.run(jobs))
            .map_err(|error| Error::Refused(error.to_string()))?;
        let reading = Semaphore::new(READERS);
        let (path, reader) = (path.to_owned(), connect_pooled as fn(&Path) -> _);
        let opened = Self {
            path,
            reader,
            readers: Arc::default(),
            lately: Some(lately),
            reading,
            queue,
            writer: Some(writer),
            _lock: Some(lock),
        };
        Ok((opened, vault))
    }

    /// Opens a file another program may be writing: read only, without the lock and without a writer.
    pub(crate) fn open_reading(path: &Path, key: MasterKey) -> Result<(Self, Vault)> {
        refuse_bad_engine()?;
        let first = connect_beside(path)?;
        let vault = key.vault_of(&key::read(&first)?)?;
        let done: i64 = first.query_row("pragma user_version", [], |row| row.get(0))?;
        if usize::try_from(done).ok() != Some(SCHEMA.len()) {
            return Err(Error::Refused(format!("the tables are at version {done}, this program reads version {}", SCHEMA.len())));
        }
        let opened = Self {
            path: path.to_owned(),
            reader: connect_beside,
            readers: Arc::new(Mutex::new(vec![first])),
            lately: None,
            reading: Semaphore::new(READERS),
            queue: mpsc::channel(1).0,
            writer: None,
            _lock: None,
        };
        Ok((opened, vault))
    }

    /// Runs a reading of a few records by their keys here and now, when a connection is free: going to another thread and
    /// back costs more than the reading.
    pub(crate) async fn read_briefly<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        let Some(connection) = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop() else {
            return self.read(work).await;
        };
        let result = work(&connection);
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        result
    }

    /// Runs a reading on a blocking thread with a connection of the pool.
    pub(crate) async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        let _turn = self.reading.acquire().await.map_err(|error| Error::Backend(error.to_string()))?;
        let pool = Arc::clone(&self.readers);
        let (path, reader) = (self.path.clone(), self.reader);
        tokio::task::spawn_blocking(move || {
            let pooled = pool.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let connection = match pooled {
                Some(connection) => connection,
                None => reader(&path)?,
            };
            let result = work(&connection);
            pool.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            result
        })
        .await
        .map_err(|error| Error::Backend(error.to_string()))?
    }
}

impl Source for Sqlite {
    const WITHIN: bool = false;

    fn lately(&self) -> Option<&Lately> {
        self.lately.as_deref()
    }

    async fn rows_of(&self, kind: &'static str, ids: Vec<Uuid>, _: &Reach) -> Result<Vec<Row>> {
        if ids.len() <= BRIEF {
            return self.read_briefly(move |db| read::get(db, kind, &ids)).await;
        }
        self.read(move |db| read::get(db, kind, &ids)).await
    }

    async fn rows_on(&self, kind: &'static str, query: &OwnedQuery, reach: &Reach) -> Result<Vec<Row>> {
        let (question, within) = (query.clone(), reach.clone());
        self.read(move |db| read::list(db, kind, &question.borrow(), &within)).await
    }
}

pub(crate) fn lock_file(path: &Path) -> Result<File> {
    let path = path.with_extension("verrou");
    let failed = |error: std::io::Error| Error::Refused(format!("{}: {error}", path.display()));
    let file = fs::OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
    file.try_lock().map_err(|_| Error::Held(path.clone()))?;
    Ok(file)
}

/// SQLite 3.7.0 to 3.51.2 may corrupt a WAL shared by several connections; 3.52.0 was withdrawn.
fn refuse_bad_engine() -> Result<()> {
    let version = rusqlite::version_number();
    if version < 3_051_003 || version == 3_052_000 {
        return Err(Error::Refused(format!("SQLite {} must not be used: 3.51.3 or later is needed", rusqlite::version())));
    }
    Ok(())
}

fn connect(path: &Path, read_only: bool) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
    db.busy_timeout(std::time::Duration::from_secs(10))?;
    let mode: String = db.query_row("pragma journal_mode = wal", [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(Error::Refused(format!(
            "the database does not accept WAL mode (it answers {mode}): is it on a network disk?"
        )));
    }
    db.execute_batch(
        "pragma synchronous = full; pragma foreign_keys = on; pragma trusted_schema = off;
         pragma cache_size = -2000; pragma mmap_size = 134217728; pragma temp_store = memory;
         pragma wal_autocheckpoint = 4000; pragma journal_size_limit = 67108864;",
    )?;
    let synchronous: i64 = db.query_row("pragma synchronous", [], |row| row.get(0))?;
    if synchronous != 2 {
        return Err(Error::Refused("the database refuses full synchronisation".into()));
    }
    if read_only {
        db.execute_batch("pragma query_only = on")?;
    }
    Ok(db)
}

fn connect_pooled(path: &Path) -> Result<Connection> {
    connect(path, true)
}

/// A reader of a file written by another process: it takes part in the locks of the WAL and can write nothing.
fn connect_beside(path: &Path) -> Result<Connection> {
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    db.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
    db.busy_timeout(std::time::Duration::from_secs(10))?;
    db.execute_batch("pragma trusted_schema = off; pragma cache_size = -16000; pragma temp_store = memory")?;
    Ok(db)
}

fn migrate(db: &mut Connection) -> Result<()> {
    let done: usize = db.query_row("pragma user_version", [], |row| row.get::<_, i64>(0))?.try_into().unwrap_or(0);
    if done > SCHEMA.len() {
        return Err(Error::Refused("the database was written by a later version of Grappe".into()));
    }
    for (rank, sql) in SCHEMA.iter().enumerate().skip(done) {
        let transaction = db.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive)?;
        transaction.execute_batch(sql)?;
        if *sql == LIST_NUMBERS {
            lists::number_all(&transaction)?;
        }
        transaction.pragma_update(None, "user_version", i64::try_from(rank + 1).unwrap_or(i64::MAX))?;
        transaction.commit()?;
    }
    Ok(())
}
