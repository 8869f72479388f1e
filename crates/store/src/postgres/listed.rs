//! Readings of lists.

use std::fmt::Write as _;

use jiff::Timestamp;
use tokio_postgres::types::ToSql;

use super::Postgres;
use super::read::{COLUMNS, to_row};
use crate::query::{By, Query, Reach};
use crate::{Result, Row};

/// The list in its order. Parameters: the number of the list, its name, the kind; then, as asked, the establishments, the
/// beginning and the end of the window; the limit.
///
/// Two lists may share a number: the name and the kind are asked for as well. What the index does not hold is said in one
/// `case`: the server would take each equality for hundreds of times fewer rows, and sort a whole list rather than stop at
/// its limit.
fn list_sql(query: &Query<'_>, reach: &Reach) -> String {
    let column = match query.by {
        By::Lane(_) => "lane",
        By::Lane2(_) => "lane2",
        By::Person(_) => "person",
    };
    let mut rank = if matches!(reach, Reach::Only(_)) { 4 } else { 3 };
    let within = if rank == 4 { " and establishment = any($4)" } else { "" };
    let mut sql =
        format!("select {COLUMNS} from record where {column}_n = $1 and case when {column} = $2 then kind = $3{within} end");
    for (condition, asked) in [("at >=", query.since.is_some()), ("at <", query.until.is_some())] {
        if asked {
            rank += 1;
            let _ = write!(sql, " and {condition} ${rank}");
        }
    }
    let order = if query.newest_first { "at desc nulls last, seq desc" } else { "at nulls first, seq" };
    let _ = write!(sql, " order by {order} limit ${}", rank + 1);
    sql
}

impl Postgres {
    pub(crate) async fn list(&self, kind: &str, query: &Query<'_>, reach: &Reach) -> Result<Vec<Row>> {
        let number = query.by.number(kind);
        let name: &(dyn ToSql + Sync) = match &query.by {
            By::Lane(lane) | By::Lane2(lane) => lane,
            By::Person(id) => id,
        };
        let since = query.since.map(Timestamp::as_microsecond);
        let until = query.until.map(Timestamp::as_microsecond);
        let limit = query.limit.map(i64::from);
        let mut values: Vec<&(dyn ToSql + Sync)> = vec![&number, name, &kind];
        if let Reach::Only(establishments) = reach {
            values.push(establishments);
        }
        values.extend([&since, &until].into_iter().flatten().map(|bound| bound as &(dyn ToSql + Sync)));
        values.push(&limit);
        Ok(self.rows_within(reach, &list_sql(query, reach), &values).await?.iter().map(to_row).collect())
    }
}

#[cfg(test)]
mod tests {
    use tokio_postgres::{Client, NoTls};
    use uuid::Uuid;

    use super::*;

    /// Twenty thousand records on lists of forty, fifty and a hundred.
    const ROWS: &str =
        "insert into record (id, kind, version, origin, digest, establishment, person, at, lane, lane2, author, recorded, body,
                            lane_n, lane2_n, person_n)
        select md5(i::text)::uuid, 'k', 1, '', '', md5((i % 44)::text)::uuid, md5((i % 200)::text)::uuid, i, 'lane' || i % 500,
               'lane' || i % 400, md5('a')::uuid, i, '{}', i % 500, i % 400, i % 200
        from generate_series(1, 20000) i";

    async fn filled(url: &str) -> Client {
        let (mut client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
        tokio::spawn(connection);
        crate::postgres::migrate(&mut client).await.unwrap();
        client.batch_execute(ROWS).await.unwrap();
        client
    }

    /// The plan for any value, under the role and the reach of the service.
    async fn plan(client: &Client, query: &Query<'_>, reach: &Reach) -> String {
        let name = if matches!(query.by, By::Person(_)) { "md5('7')::uuid" } else { "'lane7'" };
        let mut values = vec!["7", name, "'k'"];
        values.extend(matches!(reach, Reach::Only(_)).then_some("array[md5('7')::uuid]"));
        values.extend([query.since, query.until].iter().flatten().map(|_| "9000"));
        values.push("20");
        let prepared = format!(
            "deallocate all; set plan_cache_mode = force_generic_plan; set role grappe_service; set grappe.reach = '*';
             prepare list as {}",
            list_sql(query, reach)
        );
        client.batch_execute(&prepared).await.unwrap();
        let steps = client.query(&format!("explain execute list ({})", values.join(", ")), &[]).await.unwrap();
        client.batch_execute("reset role").await.unwrap();
        steps.iter().map(|row| row.get(0)).collect::<Vec<String>>().join("\n")
    }

    #[tokio::test]
    async fn every_list_is_read_in_the_order_of_its_index() {
        let Some(database) = testkit::postgres_or_skip().await else { return };
        let client = filled(&database.url()).await;
        let instant = jiff::Timestamp::UNIX_EPOCH;
        for counted in [false, true] {
            if counted {
                client.batch_execute("analyze record").await.unwrap();
            }
            for (by, index) in
                [(By::Lane("x"), "record_lane"), (By::Lane2("x"), "record_lane2"), (By::Person(Uuid::nil()), "record_person")]
            {
                let whole = Query::by(by);
                let since = whole.clone().since(instant);
                let queries = [whole.clone(), whole.until(instant), since.clone(), since.until(instant)];
                for query in queries.iter().flat_map(|query| [query.clone(), query.clone().newest_first()]) {
                    for reach in [Reach::All, Reach::Only(vec![Uuid::nil()])] {
                        let plan = plan(&client, &query, &reach).await;
                        assert!(plan.contains(&format!("using {index} ")) && !plan.contains("Sort"), "{plan}");
                    }
                }
            }
        }
    }
}
