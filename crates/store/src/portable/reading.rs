//! What only an export reads, and the key an import keeps.

use std::sync::Arc;

use super::{ClaimPiece, MessagePiece};
use crate::store::Back;
use crate::{Error, Result, Store, Vault, sqlite};

impl Store {
    /// Uniqueness keys in the order of their bytes.
    pub(super) async fn claims_after(&self, last: &str, limit: i64) -> Result<Vec<ClaimPiece>> {
        match &*self.back {
            Back::Sqlite(lite) => {
                let after = last.to_owned();
                lite.read(move |db| sqlite::portable::claims_after(db, &after, limit)).await
            }
            Back::Postgres(post) => post.claims_after(last, limit).await,
        }
    }

    /// Messages, handled or not, in their order.
    pub(super) async fn messages_after(&self, last: i64, limit: i64) -> Result<Vec<MessagePiece>> {
        match &*self.back {
            Back::Sqlite(lite) => lite.read(move |db| sqlite::portable::messages_after(db, last, limit)).await,
            Back::Postgres(post) => post.messages_after(last, limit).await,
        }
    }

    /// Ends the store and keeps its key, for who is about to load a base.
    pub(super) fn into_vault(self) -> Result<Vault> {
        let Self { vault, .. } = self;
        Arc::into_inner(vault).ok_or_else(|| Error::Refused("the store is in use".into()))
    }
}
