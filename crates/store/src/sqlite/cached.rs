//! Readings which ask the database only for what is not known as it stands.

use std::collections::HashMap;
use std::sync::Arc;

use uuid::Uuid;

use super::{Sqlite, read};
use crate::lately::{Known, OwnedQuery, Seen, cut, weigh};
use crate::{Entity, Query, Reach, Result, Row, Stored};

/// Records read without leaving the thread.
const BRIEF: usize = 4;

impl Sqlite {
    /// Records in the order asked, with the establishment of each; those which do not exist are `None`.
    pub(crate) async fn records<E: Entity>(&self, ids: &[Uuid]) -> Result<Vec<Arc<Known<E>>>> {
        let mut found: Vec<Option<Arc<Known<E>>>> = Vec::with_capacity(ids.len());
        let mut unknown: Vec<(usize, Uuid, Option<Seen>)> = Vec::new();
        for (rank, id) in ids.iter().enumerate() {
            let known = match self.lately.as_ref().map(|lately| lately.record::<E>(*id)) {
                Some(Ok(known)) => Some(known),
                seen => {
                    unknown.push((rank, *id, seen.and_then(std::result::Result::err)));
                    None
                }
            };
            found.push(known);
        }
        if !unknown.is_empty() {
            let asked: Vec<Uuid> = unknown.iter().map(|(_, id, _)| *id).collect();
            let rows = if asked.len() <= BRIEF {
                self.read_briefly(move |db| read::get(db, E::KIND, &asked)).await?
            } else {
                self.read(move |db| read::get(db, E::KIND, &asked)).await?
            };
            let rows: HashMap<Uuid, Row> = rows.into_iter().map(|row| (row.id, row)).collect();
            for (rank, id, seen) in unknown {
                let row = rows.get(&id);
                let bytes = row.map_or(0, |row| weigh(std::slice::from_ref(row)));
                let known: Known<E> = match row {
                    Some(row) => Some((row.scope.establishment, row.clone().parse()?)),
                    None => None,
                };
                let known = Arc::new(known);
                if let (Some(lately), Some(seen)) = (&self.lately, seen) {
                    lately.keep_record(id, seen, bytes, Arc::clone(&known));
                }
                found[rank] = Some(known);
            }
        }
        Ok(found.into_iter().flatten().collect())
    }

    /// A list within a reach.
    pub(crate) async fn list<E: Entity>(&self, query: &Query<'_>, reach: &Reach) -> Result<Vec<Stored<E>>> {
        let asked = OwnedQuery::from(query).open_at_whole_hour();
        let seen = match self.lately.as_ref().map(|lately| lately.list::<E>(&asked, reach)) {
            Some(Ok(known)) => return Ok(cut(&known, query.since)),
            seen => seen.and_then(std::result::Result::err),
        };
        let (question, within) = (asked.clone(), reach.clone());
        let rows = self.read(move |db| read::list(db, E::KIND, &question.borrow(), &within)).await?;
        let bytes = weigh(&rows);
        let list = rows.into_iter().map(Row::parse).collect::<Result<Vec<Stored<E>>>>()?;
        let answer = cut(&list, query.since);
        if let (Some(lately), Some(seen)) = (&self.lately, seen) {
            lately.keep_list(asked, reach.clone(), seen, bytes, Arc::new(list));
        }
        Ok(answer)
    }
}
