//! What can go wrong when reading or writing records.

use std::path::PathBuf;

use uuid::Uuid;

/// Result of a store operation.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What can go wrong when reading or writing records.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The record moved since it was read: somebody else wrote it.
    #[error("record {id} is at version {current}, not at the version which was read")]
    Conflict {
        /// The record.
        id: Uuid,
        /// Its present version; 0 if it does not exist.
        current: i64,
    },
    /// A create with the id of another record whose first content differs.
    #[error("record {0} already exists with another content")]
    Duplicate(Uuid),
    /// A uniqueness key (login, INS, bed…) is held by another record.
    #[error("{key} is already held by record {holder}")]
    ClaimTaken {
        /// The key.
        key: String,
        /// The record holding it.
        holder: Uuid,
    },
    /// No space left on the disk; nothing was written, reads go on.
    #[error("no space left on the database's disk")]
    Full,
    /// The disk or the database failed; nothing more is acknowledged until a restart.
    #[error("the database stopped accepting writes: {0}")]
    Stopped(String),
    /// A stored body does not parse as its type.
    #[error("record {id} of kind {kind} cannot be read: {reason}")]
    Body {
        /// The record.
        id: Uuid,
        /// Its kind.
        kind: String,
        /// What serde said, without the content.
        reason: String,
    },
    /// Another program runs on this embedded database; the path is that of its lock.
    #[error("another instance already runs on this database ({})", .0.display())]
    Held(PathBuf),
    /// The base is in use and the key beside it is absent; the path is where it was looked for. Nothing was changed.
    #[error("this database is in use and its key is missing ({})", .0.display())]
    NoKey(PathBuf),
    /// The key, of this file if it comes from one, is not that of the base. Nothing was changed.
    #[error("this is not the key of this database{}", .0.as_ref().map(|file| format!(" ({})", file.display())).unwrap_or_default())]
    OtherKey(Option<PathBuf>),
    /// Another node is alone on this PostgreSQL base and does not give way; the process id of its session, if it is known.
    #[error("another node is alone on this database and does not give way (PostgreSQL session {})", .0.map_or("unknown".to_owned(), |pid| pid.to_string()))]
    Occupied(Option<i32>),
    /// The database refuses to open (wrong engine or settings), or the batch makes no sense.
    #[error("{0}")]
    Refused(String),
    /// The database answered something else.
    #[error("database: {0}")]
    Backend(String),
}

impl Error {
    /// True when the same call may succeed later without any change.
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::Full | Self::Backend(_) | Self::Occupied(_))
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::SystemIoFailure | ErrorCode::ReadOnly | ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Stopped(error.to_string())
            }
            _ => Self::Backend(error.to_string()),
        }
    }
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        use tokio_postgres::error::SqlState;
        match error.code() {
            Some(code) if *code == SqlState::DISK_FULL => Self::Full,
            _ => Self::Backend(match error.as_db_error() {
                Some(db) => format!("{} ({})", db.message(), db.code().code()),
                None => error.to_string(),
            }),
        }
    }
}
