//! What keeps the last lines of the journal from their place: a transaction of anybody on the server.

use super::Postgres;
use super::read::instant;
use crate::settling::{Holder, Older};
use crate::{Error, Result};

/// The oldest transaction which has a number: the only one whose number is the horizon.
const OLDEST: &str = "with horizon as (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint % 4294967296 as xid)
     select pid, null, (extract(epoch from xact_start) * 1000000)::bigint, datname::text, usename::text
     from pg_stat_activity, horizon where backend_xid::text::bigint = horizon.xid
     union all
     select null, gid, (extract(epoch from prepared) * 1000000)::bigint, database::text, owner::text
     from pg_prepared_xacts, horizon where transaction::text::bigint = horizon.xid
     limit 1";

impl Postgres {
    /// The first transaction whose lines may not be readable yet.
    pub(crate) async fn horizon(&self) -> Result<i64> {
        let rows = self.rows("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint", &[]).await?;
        Ok(rows.first().map_or(i64::MAX, |row| row.get(0)))
    }

    /// The newest transaction which wrote lines from a place on.
    pub(crate) async fn newest_line(&self, from: (i64, i64)) -> Result<Option<i64>> {
        let sql = "select max(xid)::text::bigint from journal
                   where xid >= $1::bigint::text::xid8 and (xid > $1::bigint::text::xid8 or n >= $2)
                     and xid < pg_snapshot_xmax(pg_current_snapshot())";
        Ok(self.rows(sql, &[&from.0, &from.1]).await?.first().and_then(|row| row.get(0)))
    }

    /// Who holds the horizon, as far as the login may know.
    pub(crate) async fn older(&self) -> Result<Option<Older>> {
        let mut client = self.client().await?;
        // Its role is not shown since when others' transactions run; the login it signed in with may be.
        let asking = client.transaction().await.map_err(Error::from)?;
        asking.batch_execute("set local role none").await?;
        let row = asking.query_opt(OLDEST, &[]).await?;
        asking.rollback().await?;
        Ok(row.and_then(|row| {
            let holder = match (row.get::<_, Option<i32>>(0), row.get::<_, Option<String>>(1)) {
                (Some(pid), _) => Holder::Session(pid),
                (None, Some(gid)) => Holder::Prepared(gid),
                (None, None) => return None,
            };
            let since = row.get::<_, Option<i64>>(2).map(instant);
            Some(Older { holder, since, database: row.get(3), login: row.get(4) })
        }))
    }
}
