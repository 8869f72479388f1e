//! What a base is, told without its key, without opening it and without changing anything.

use std::fs::File;
use std::path::Path;

use crate::{Result, Target, postgres, sqlite};

/// The verb of the first line of a base's journal; `None` for a base nothing was ever written in, or which does not exist.
///
/// Nothing is ever taken out of a journal: its first line says what the base began as. A file which is another program's
/// database is refused.
pub async fn first_verb(target: &Target) -> Result<Option<String>> {
    match target {
        Target::Sqlite(path) => sqlite::first_verb(path),
        Target::Postgres(url) => postgres::first_verb(url).await,
    }
}

/// Holds an embedded database as the program which runs on it does, as long as the value lives.
pub fn hold(path: &Path) -> Result<File> {
    sqlite::lock_file(path)
}
