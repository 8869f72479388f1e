//! What SQLite alone takes for the rows of one act of a tablet: the fact, its key of uniqueness and its journal line, on our own
//! tables and indexes, without us. The gap between this row and one bare row a commit is the price of history, lists and audit.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, Transaction, params};

use super::limits::repeat;
use crate::acte::id;
use crate::table::Table;

/// Acts in one commit, like the grouped row it stands beside.
const ACTS: u64 = 100;

const JOURNAL: &str = "insert into journal (n, at, nature, verb, account, establishment, person, detail)
     values (?1, ?2, 'acte', 'soin.valide', ?3, ?4, ?5, ?6)";

const RECORD: &str =
    "insert into record (seq, id, kind, version, origin, digest, establishment, person, at, lane, author, recorded, body, lane_n, person_n)
     values (?1, ?2, 'validation_soin', 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?7, ?10, ?11, ?12)";

/// The name of the row: one journal line an act, as the product writes them.
pub(crate) const ONE_LINE_AN_ACT: &str = "bare SQLite, our tables, 100 acts a commit, a line each";
/// The name of the row: one journal line for all acts of a commit.
pub(crate) const ONE_LINE_A_COMMIT: &str = "bare SQLite, our tables, 100 acts a commit, one line";
/// The name of the row: as [`ONE_LINE_AN_ACT`], the lists found by their text as before ADR 0026.
pub(crate) const LISTS_BY_TEXT: &str = "bare SQLite, our tables, 100 acts a commit, lists by text";
/// The name of the row: as [`ONE_LINE_AN_ACT`], without the lists by lane and by person.
pub(crate) const NO_LIST: &str = "bare SQLite, our tables, 100 acts a commit, no list index";

/// The indexes of lists as they were before ADR 0026.
const BY_TEXT: &str = "create index record_lane on record (lane, kind, at) where lane is not null;
     create index record_lane2 on record (lane2, kind, at) where lane2 is not null;
     create index record_person on record (person, kind, at) where person is not null;";

pub(crate) fn measure(folder: &Path, length: Duration, table: &mut Table) -> anyhow::Result<()> {
    let lists = include_str!("../../../crates/store/src/sqlite/indexes.sql");
    let rows =
        [(ONE_LINE_AN_ACT, ACTS, lists), (ONE_LINE_A_COMMIT, 1, lists), (LISTS_BY_TEXT, ACTS, BY_TEXT), (NO_LIST, ACTS, "")];
    for (rank, (name, lines, indexes)) in rows.into_iter().enumerate() {
        let path = folder.join(format!("nos-tables-{rank}.db"));
        let mut db = Connection::open(&path)?;
        db.query_row("pragma journal_mode = wal", [], |_| Ok(()))?;
        db.execute_batch("pragma synchronous = full")?;
        db.execute_batch(include_str!("../../../crates/store/src/sqlite/schema.sql"))?;
        db.execute_batch(include_str!("../../../crates/store/src/sqlite/list_numbers.sql"))?;
        db.execute_batch(indexes)?;
        let mut next = 0;
        let figures = repeat(length, |_| {
            let transaction = db.transaction()?;
            for rank in 0..ACTS {
                next += 1;
                act(&transaction, next, rank < lines)?;
            }
            Ok(transaction.commit()?)
        })?;
        table.row(name, &figures, 100.0);
    }
    Ok(())
}

/// The rows of one act: 550 bytes of body and 320 of journal detail, the weights of a validation sent by a tablet.
fn act(db: &Transaction<'_>, n: u64, with_line: bool) -> anyhow::Result<()> {
    let bytes = |family, n| id(family, n).into_bytes();
    let person = bytes(2, n.wrapping_mul(2_654_435_761) % 3_740);
    let (fact, author, house) = (bytes(9, n), bytes(3, n % 5_000), bytes(1, n % 44));
    let at = i64::try_from(n)? * 1_000;
    let lane = format!("tour/{}/2026-11-21/{}", id(6, n % 62), n % 4);
    // Spread as the beginnings of a SHA-256 are: each list has its place, far from the others.
    let spread = |n: u64| n.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15).cast_signed();
    let numbers = (spread(n % 62 * 4 + n % 4), spread(n.wrapping_mul(2_654_435_761) % 3_740 + 1_000));
    let body = "x".repeat(550);
    let key = format!("soin/{}/{}/{n}", id(4, n % 100_000), n % 3_740);
    db.prepare_cached(RECORD)?.execute(params![
        i64::try_from(n)?,
        fact,
        fact,
        [7_u8; 32],
        house,
        person,
        at,
        lane,
        author,
        body,
        numbers.0,
        numbers.1
    ])?;
    db.prepare_cached("insert into claim (key, id) values (?1, ?2)")?.execute(params![key, fact])?;
    if with_line {
        let detail = "y".repeat(320);
        db.prepare_cached(JOURNAL)?.execute(params![i64::try_from(n)?, at, author, house, person, detail])?;
    }
    Ok(())
}
