//! What the file says before it is opened: of its master key, of what it is.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension};

use super::connect_beside;
use crate::key::{Known, SAMPLE, read_print};
use crate::{BlobId, Error, Result, Vault};

/// The verb of the first line of its journal, if it has any.
pub(crate) fn first_verb(path: &Path) -> Result<Option<String>> {
    if path.metadata().is_ok_and(|file| file.len() == 0) || !path.exists() {
        return Ok(None);
    }
    let db = connect_beside(path)?;
    if has(&db, "journal")? {
        return Ok(db.query_row("select verb from journal order by n limit 1", [], |row| row.get(0)).optional()?);
    }
    let tables: i64 = db.query_row("select count(*) from sqlite_master", [], |row| row.get(0))?;
    if tables == 0 { Ok(None) } else { Err(Error::Refused(format!("{} is not a database of Grappe", path.display()))) }
}

fn has(db: &Connection, table: &str) -> Result<bool> {
    Ok(db.query_row("select exists (select 1 from sqlite_master where name = ?1)", [table], |row| row.get(0))?)
}

/// Reads what it says of its key without touching the file, which may not exist yet.
pub(super) fn known(path: &Path) -> Result<Known> {
    if path.metadata().is_ok_and(|file| file.len() > 0) { read(&connect_beside(path)?) } else { Ok(Known::default()) }
}

/// Reads what it says of its key.
pub(super) fn read(db: &Connection) -> Result<Known> {
    if has(db, "key_print")? {
        let print = db.query_row("select print from key_print", [], |row| row.get(0)).optional()?;
        if let Some(print) = print {
            return Ok(Known { print: Some(read_print(print)?), in_use: true, sample: Vec::new() });
        }
    }
    if !has(db, "blob")? {
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
