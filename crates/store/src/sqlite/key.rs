//! What the file says of its master key.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension};

use super::connect_beside;
use crate::key::{Known, SAMPLE, read_print};
use crate::{BlobId, Result, Vault};

/// Reads it without touching the file, which may not exist yet.
pub(super) fn known(path: &Path) -> Result<Known> {
    if path.metadata().is_ok_and(|file| file.len() > 0) { read(&connect_beside(path)?) } else { Ok(Known::default()) }
}

/// Reads it.
pub(super) fn read(db: &Connection) -> Result<Known> {
    let has = |table: &str| {
        db.query_row("select exists (select 1 from sqlite_master where name = ?1)", [table], |row| row.get::<_, bool>(0))
    };
    if has("key_print")? {
        let print = db.query_row("select print from key_print", [], |row| row.get(0)).optional()?;
        if let Some(print) = print {
            return Ok(Known { print: Some(read_print(print)?), in_use: true, sample: Vec::new() });
        }
    }
    if !has("blob")? {
        return Ok(Known::default());
    }
    let used = "select exists (select 1 from record) or exists (select 1 from journal) or exists (select 1 from blob)";
    let in_use = db.query_row(used, [], |row| row.get(0))?;
    let mut documents = db.prepare("select id, sealed from blob order by id limit ?1")?;
    let sample = documents.query_map([SAMPLE], |row| Ok((BlobId(row.get(0)?), row.get(1)?)))?.collect::<Result<_, _>>()?;
    Ok(Known { print: None, in_use, sample })
}

/// Gives the base the print of its key, once.
pub(super) fn print(db: &Connection, vault: &Vault) -> Result<()> {
    db.execute("insert into key_print (one, print) select 1, ?1 where not exists (select 1 from key_print)", [vault.print()])?;
    Ok(())
}
