//! Readings which ask the database only for what is not known as it stands.

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;

use uuid::Uuid;

use crate::lately::{Known, Lately, Seen, weigh};
use crate::question::{OwnedQuery, cut};
use crate::{Entity, Query, Reach, Result, Row, Stored};

/// What a back end is asked for.
pub(crate) trait Source: Sync {
    /// True when a record is read within a reach, and not known beyond it: where the database itself shows no other row.
    const WITHIN: bool;

    /// What was read lately; absent when another program may write.
    fn lately(&self) -> Option<&Lately>;

    /// Rows of a kind by their ids, in any order; those which do not exist are left out.
    fn rows_of(&self, kind: &'static str, ids: Vec<Uuid>, reach: &Reach) -> impl Future<Output = Result<Vec<Row>>> + Send;

    /// Rows of a list within a reach.
    fn rows_on(&self, kind: &'static str, query: &OwnedQuery, reach: &Reach) -> impl Future<Output = Result<Vec<Row>>> + Send;
}

/// Records within a reach, in the order asked; those which do not exist are left out.
pub(crate) async fn records<S: Source, E: Entity>(source: &S, ids: &[Uuid], reach: &Reach) -> Result<Vec<Stored<E>>> {
    let within = S::WITHIN.then_some(reach);
    let mut found: Vec<Option<Arc<Known<E>>>> = Vec::with_capacity(ids.len());
    let mut unknown: Vec<(usize, Option<Seen>)> = Vec::new();
    for (rank, id) in ids.iter().enumerate() {
        let known = source.lately().map(|lately| lately.record::<E>(*id, within));
        if !matches!(known, Some(Ok(_))) {
            unknown.push((rank, known.as_ref().and_then(|known| known.as_ref().err().copied())));
        }
        found.push(known.and_then(std::result::Result::ok));
    }
    if !unknown.is_empty() {
        let asked: Vec<Uuid> = unknown.iter().map(|(rank, _)| ids[*rank]).collect();
        let rows = source.rows_of(E::KIND, asked, reach).await?;
        let rows: HashMap<Uuid, Row> = rows.into_iter().map(|row| (row.id, row)).collect();
        for (rank, seen) in unknown {
            let id = ids[rank];
            let row = rows.get(&id);
            let known = Arc::new(known(row)?);
            if let (Some(lately), Some(seen)) = (source.lately(), seen) {
                let bytes = row.map_or(0, |row| weigh(std::slice::from_ref(row))) + weight_of(within);
                lately.keep_record(id, within, seen, bytes, Arc::clone(&known));
            }
            found[rank] = Some(known);
        }
    }
    let seen = found.iter().flatten().filter_map(|known| match known.as_ref() {
        Some((establishment, stored)) if reach.covers(*establishment) => Some(stored.clone()),
        _ => None,
    });
    Ok(seen.collect())
}

fn known<E: Entity>(row: Option<&Row>) -> Result<Known<E>> {
    row.map(|row| Ok((row.scope.establishment, row.clone().parse()?))).transpose()
}

fn weight_of(within: Option<&Reach>) -> usize {
    match within {
        Some(Reach::Only(list)) => std::mem::size_of_val(list.as_slice()),
        _ => 0,
    }
}

/// A list within a reach.
pub(crate) async fn list<S: Source, E: Entity>(source: &S, query: &Query<'_>, reach: &Reach) -> Result<Vec<Stored<E>>> {
    let asked = OwnedQuery::from(query).open_at_whole_hour();
    let seen = match source.lately().map(|lately| lately.list::<E>(&asked, reach)) {
        Some(Ok(known)) => return Ok(cut(&known, query.since)),
        seen => seen.and_then(std::result::Result::err),
    };
    let mut rows = source.rows_on(E::KIND, &asked, reach).await?;
    rows.retain(|row| reach.covers(row.scope.establishment));
    let bytes = weigh(&rows) + weight_of(Some(reach));
    let list = rows.into_iter().map(Row::parse).collect::<Result<Vec<Stored<E>>>>()?;
    let answer = cut(&list, query.since);
    if let (Some(lately), Some(seen)) = (source.lately(), seen) {
        lately.keep_list(&asked, reach, seen, bytes, Arc::new(list));
    }
    Ok(answer)
}
