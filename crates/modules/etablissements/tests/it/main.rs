//! Behaviour of the structure, through the HTTP router on both engines.

#![expect(clippy::unwrap_used, reason = "in a fixture a failure is a failed test, told where it happened")]

mod structure;

use monde_essai::{Monde, deux_maisons};
use testkit::TestStore;

/// Two houses, their accounts, and the routes tried.
async fn monde(store: TestStore) -> Monde {
    deux_maisons::semer(Monde::nouveau(store, false, vec![etablissements::module()])).await
}
