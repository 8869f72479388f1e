//! The writer's connection, with everything it ever says prepared.
//!
//! A prepared statement leaves as soon as its future is polled for the first time, and `try_join!` polls its branches
//! in the order they are written: statements of one `try_join!` reach the server in that order, in one round trip.

use std::sync::Arc;
use std::time::Instant;

use futures_util::try_join;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Config, Row, Statement};

use super::alone::{self, Hold, Looks};
use crate::Result;
use crate::lately::Lately;

/// `t`, one row a record.
const SOURCE: &str =
    "unnest($1::uuid[], $2::text[], $3::bigint[], $4::bytea[], $5::bytea[], $6::uuid[], $7::uuid[], $8::bigint[],
            $9::text[], $10::text[], $11::uuid[], $12::bigint[], $13::text[], $14::text[], $15::bigint[], $16::bigint[], $17::bigint[])
     as t (id, kind, version, origin, digest, establishment, person, at, lane, lane2, author, recorded, body, words,
           lane_n, lane2_n, person_n)";
const WORDS: &str = "array_to_tsvector(string_to_array(t.words, ' '))";

/// A connection and its statements.
pub(super) struct Session {
    client: Client,
    hold: Arc<Hold>,
    looks: Looks,
    begin: Statement,
    commit: Statement,
    rollback: Statement,
    /// What stands about a group, see [`STANDING`].
    pub(super) standing: Statement,
    pub(super) claims: Statement,
    pub(super) former: Statement,
    pub(super) released: Statement,
    pub(super) updated: Statement,
    /// First versions and journal lines, together.
    pub(super) created: Statement,
    pub(super) claimed: Statement,
    pub(super) lines: Statement,
    pub(super) message: Statement,
    pub(super) blob: Statement,
    pub(super) done: Statement,
    pub(super) retried: Statement,
    pub(super) checkpoint: Statement,
}

/// Each statement costs a wake-up of both sides: what is asked and said of every group is asked and said in one.
///
/// A row for each record, locked (another node may be rewriting it); one without any when the reserve is whole. Claims
/// are another statement: they are read as they stand once those records are locked.
const STANDING: &str =
    "with head as (select id, version, origin, digest, author from record where id = any($1) order by id for update)
     select id, version, origin, digest, author from head
     union all select null, null, null, null, null where exists (select from reserve)";

fn create_sql() -> String {
    let insert = format!(
        "insert into record (id, kind, version, origin, digest, establishment, person, at, lane, lane2, author, recorded, body, words,
                             lane_n, lane2_n, person_n)
         select id, kind, version, origin, digest, establishment, person, at, lane, lane2, author, recorded, body::json, {WORDS},
                lane_n, lane2_n, person_n
         from {SOURCE}"
    );
    format!(
        "with created as ({insert})
         insert into journal (at, nature, verb, account, establishment, person, detail)
         select * from unnest($18::bigint[], $19::text[], $20::text[], $21::uuid[], $22::uuid[], $23::uuid[], $24::text[])"
    )
}

fn update_sql() -> String {
    format!(
        "update record set seq = default, xid = default, kind = t.kind, version = t.version, origin = t.origin, digest = t.digest,
                establishment = t.establishment, person = t.person, at = t.at, lane = t.lane, lane2 = t.lane2,
                author = t.author, recorded = t.recorded, body = t.body::json, words = {WORDS},
                lane_n = t.lane_n, lane2_n = t.lane2_n, person_n = t.person_n
         from {SOURCE} where record.id = t.id"
    )
}

const FORMER: &str = "insert into history (id, version, seq, kind, establishment, person, at, lane, lane2, author, recorded, body, xid)
     select id, version, seq, kind, establishment, person, at, lane, lane2, author, recorded, body, xid from record where id = any($1)";
const LINES: &str = "insert into journal (at, nature, verb, account, establishment, person, detail)
     select * from unnest($1::bigint[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[])";
const MESSAGE: &str = "insert into outbox (topic, key, payload, due) values ($1, $2, $3, 0) on conflict (key) do nothing";
const CHECKPOINT: &str = "insert into checkpoint (size, last_xid, last_n, root, at, note) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing";

/// The server notices within some ten seconds that the other end is gone: its locks are free again.
const WATCHFUL: [&str; 4] =
    ["tcp_keepalives_idle=5", "tcp_keepalives_interval=2", "tcp_keepalives_count=3", "tcp_user_timeout=10000"];

impl Drop for Session {
    fn drop(&mut self) {
        self.hold.end();
    }
}

impl Session {
    /// Connects, joins the nodes of the base before anything is written, and prepares. `former` is the process id of the
    /// session this one replaces, then its own.
    pub(super) async fn open(config: &Config, lately: &Arc<Lately>, former: &mut Option<i32>) -> Result<Self> {
        let config = WATCHFUL.iter().fold(config.clone(), |config, setting| super::with_option(&config, setting));
        let hold = Hold::new(Arc::clone(lately));
        let told = Arc::clone(&hold);
        let client = super::connect_until(&config, move || told.end()).await?;
        alone::join(&client, *former).await?;
        *former = Some(alone::pid(&client).await?);
        let looks = Looks::prepare(&client).await?;
        let (create, update) = (create_sql(), update_sql());
        let (begin, commit, rollback, standing, claims, former, released, updated) = try_join!(
            client.prepare("begin"),
            client.prepare("commit"),
            client.prepare("rollback"),
            client.prepare(STANDING),
            client.prepare("select key, id from claim where key = any($1)"),
            client.prepare(FORMER),
            client.prepare("delete from claim where key = any($1) and id = any($2)"),
            client.prepare(&update),
        )?;
        let (created, claimed, lines, message, blob, done, retried, checkpoint) = try_join!(
            client.prepare(&create),
            client.prepare("insert into claim (key, id) select * from unnest($1::text[], $2::uuid[])"),
            client.prepare(LINES),
            client.prepare(MESSAGE),
            client.prepare("insert into blob (id, sealed) values ($1, $2) on conflict (id) do nothing"),
            client.prepare("update outbox set done = $2, error = null where n = $1"),
            client.prepare("update outbox set due = $2, attempts = attempts + 1, error = $3 where n = $1"),
            client.prepare(CHECKPOINT),
        )?;
        Ok(Self {
            client,
            hold,
            looks,
            begin,
            commit,
            rollback,
            standing,
            claims,
            former,
            released,
            updated,
            created,
            claimed,
            lines,
            message,
            blob,
            done,
            retried,
            checkpoint,
        })
    }

    pub(super) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// Looks whether this node is alone, see [`Looks`].
    pub(super) async fn look(&self) -> Result<(), tokio_postgres::Error> {
        self.looks.look(&self.client, &self.hold).await
    }

    /// Leaves the base: keeps no reading any more, lets other nodes in, and stays for the time one which waited needs to
    /// see that it was let in.
    pub(super) async fn leave(self) -> Result<(), tokio_postgres::Error> {
        self.looks.leave(&self.client, &self.hold).await
    }

    /// The connection answered what left at this instant.
    pub(super) fn confirm(&self, at: Instant) {
        self.hold.confirm(at);
    }

    pub(super) async fn begin(&self) -> Result<(), tokio_postgres::Error> {
        self.client.execute(&self.begin, &[]).await.map(drop)
    }

    pub(super) async fn commit(&self) -> Result<(), tokio_postgres::Error> {
        self.client.execute(&self.commit, &[]).await.map(drop)
    }

    /// Gives the transaction up; a connection which cannot is of no more use.
    pub(super) async fn rollback(&self) -> Result<(), tokio_postgres::Error> {
        self.client.execute(&self.rollback, &[]).await.map(drop)
    }

    /// Runs a statement on its own, outside of any transaction.
    pub(super) async fn execute(&self, sql: &str) -> Result<(), tokio_postgres::Error> {
        self.client.batch_execute(sql).await
    }

    pub(super) async fn query(
        &self,
        statement: &Statement,
        values: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, tokio_postgres::Error> {
        self.client.query(statement, values).await
    }

    pub(super) async fn run(&self, statement: &Statement, values: &[&(dyn ToSql + Sync)]) -> Result<(), tokio_postgres::Error> {
        self.client.execute(statement, values).await.map(drop)
    }
}
