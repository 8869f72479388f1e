//! Which node does the work one does for all.

use std::time::Duration;

/// The lead of a node, given back when dropped or when its connection is lost.
pub struct Leadership(Option<tokio_postgres::Client>);

impl std::fmt::Debug for Leadership {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Leadership")
    }
}

/// A connection which does not answer within this time is taken for lost, and the lead with it.
const STILL_LEADS: Duration = Duration::from_secs(5);

impl Leadership {
    /// The lead of the only node.
    pub(crate) fn alone() -> Self {
        Self(None)
    }

    /// The lead held by this connection.
    pub(crate) fn held(client: tokio_postgres::Client) -> Self {
        Self(Some(client))
    }

    /// True while the lead is held: asked before each turn of work, since a server which restarts forgets it.
    pub async fn holds(&self) -> bool {
        let Some(client) = &self.0 else { return true };
        let answer = tokio::time::timeout(STILL_LEADS, client.simple_query("select 1")).await;
        answer.is_ok_and(|answer| answer.is_ok())
    }
}
