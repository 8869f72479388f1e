//! Behaviour of traces, through the HTTP router on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "in a fixture a failure is a failed test, told where it happened")]

mod bris;
mod droits;
mod freinage;
mod journal;
mod revue;

use monde_essai::{Monde, deux_maisons};
use testkit::TestStore;

/// Two houses, their accounts, and the routes tried.
async fn monde(store: TestStore) -> Monde {
    deux_maisons::semer(Monde::nouveau(store, false, vec![traces::module(), professionnels::module()])).await
}
