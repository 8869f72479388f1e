//! Out: page by page, in an order both engines share.

use std::time::Duration;

use uuid::Uuid;

use super::{HeadPiece, LinePiece, Piece};
use crate::{Error, Result, Store};

const PAGE: i64 = 2_000;
const DOCUMENTS: i64 = 20;
/// How long the end of the journal is waited for: half a minute.
const WAIT: Duration = Duration::from_millis(100);
const WAITS: u32 = 300;

/// Gives every piece of a base which nobody writes meanwhile: former versions, present ones, keys, journal, heads, messages,
/// documents. `progress` hears of each page.
///
/// # Errors
/// `Refused` when something was written meanwhile, or a document or a line was altered; what `take` says.
pub async fn export(store: &Store, take: &mut (impl FnMut(Piece) -> Result<()> + Send)) -> Result<()> {
    let before = store.health().await?;
    for former in [true, false] {
        let mut last: Option<(Uuid, i64)> = None;
        loop {
            let versions = store.versions_after(former, last, PAGE).await?;
            let Some(newest) = versions.last() else { break };
            last = Some((newest.row.id, newest.row.version));
            for version in versions {
                take(if former { Piece::Former(version.row.into()) } else { Piece::Present(version.row.into()) })?;
            }
        }
    }
    let mut last = String::new();
    loop {
        let claims = store.claims_after(&last, PAGE).await?;
        let Some(newest) = claims.last() else { break };
        last.clone_from(&newest.key);
        claims.into_iter().try_for_each(|claim| take(Piece::Claim(claim)))?;
    }
    told(store, before.journal, take).await?;
    let mut last = String::new();
    loop {
        let blobs = store.blobs_after(&last, DOCUMENTS).await?;
        let Some((newest, _)) = blobs.last() else { break };
        last.clone_from(&newest.0);
        for (id, sealed) in blobs {
            let clear = store.vault().open_blob(&id, &sealed)?;
            if crate::BlobId::of(&clear) != id {
                return Err(Error::Refused(format!("the document {} was altered", id.0)));
            }
            take(Piece::Blob(id, clear))?;
        }
    }
    let after = store.health().await?;
    if (before.seq, before.journal) != (after.seq, after.journal) {
        return Err(Error::Refused("something was written meanwhile: stop the service, then export again".into()));
    }
    Ok(())
}

/// The journal, its heads, the messages.
async fn told(store: &Store, last_line: i64, take: &mut (impl FnMut(Piece) -> Result<()> + Send)) -> Result<()> {
    let (mut place, mut most, mut waits) = ((0, i64::MIN), 0, 0);
    loop {
        let lines = store.journal_from(place, PAGE).await?;
        if let Some(next) = lines.last().and_then(crate::verify::after) {
            place = next;
            for line in lines {
                most = most.max(line.n);
                take(Piece::Line(LinePiece::try_from(line)?))?;
            }
            continue;
        }
        // On PostgreSQL a transaction of anybody on the server hides the last lines until it ends.
        if most >= last_line {
            break;
        }
        waits += 1;
        if waits > WAITS {
            return Err(Error::Refused(
                "a transaction in progress on this server hides the end of the journal: try again".into(),
            ));
        }
        tokio::time::sleep(WAIT).await;
    }
    let mut heads = store.checkpoints(i64::MAX).await?;
    heads.reverse();
    heads.into_iter().try_for_each(|head| take(Piece::Head(HeadPiece::from(head))))?;
    let mut last = i64::MIN;
    loop {
        let messages = store.messages_after(last, PAGE).await?;
        let Some(newest) = messages.last() else { return Ok(()) };
        last = newest.n;
        messages.into_iter().try_for_each(|message| take(Piece::Message(message)))?;
    }
}
