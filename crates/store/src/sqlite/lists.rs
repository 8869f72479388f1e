//! Numbers of lists for the records of a base made before them (ADR 0026).

use rusqlite::{Transaction, params};
use uuid::Uuid;

use crate::list::Numbers;
use crate::{Result, Scope};

/// Records numbered at once.
const PAGE: i64 = 5_000;

type Listed = (i64, String, Option<String>, Option<String>, Option<[u8; 16]>);

/// Gives every record the numbers of its lists.
pub(super) fn number_all(db: &Transaction<'_>) -> Result<()> {
    let mut read = db.prepare("select seq, kind, lane, lane2, person from record where seq > ?1 order by seq limit ?2")?;
    let mut write = db.prepare("update record set lane_n = ?2, lane2_n = ?3, person_n = ?4 where seq = ?1")?;
    let mut last = i64::MIN;
    loop {
        let page = read
            .query_map([last, PAGE], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?
            .collect::<rusqlite::Result<Vec<Listed>>>()?;
        let Some(newest) = page.last() else { return Ok(()) };
        last = newest.0;
        for (seq, kind, lane, lane2, person) in page {
            let scope = Scope { lane, lane2, person: person.map(Uuid::from_bytes), ..Scope::default() };
            let numbers = Numbers::of(&kind, &scope);
            write.execute(params![seq, numbers.lane, numbers.lane2, numbers.person])?;
        }
    }
}
