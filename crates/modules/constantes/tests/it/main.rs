//! Behaviour of the module, through its pure rules and through the HTTP router on both engines.

#![expect(clippy::expect_used, reason = "in a fixture a failure is a failed test, told where it happened")]

mod alertes;
mod ecrans;
mod terrain;

use monde_essai::{Monde, une_maison};
use testkit::TestStore;

/// One house, its residents and its accounts.
async fn monde(store: TestStore) -> Monde {
    une_maison::semer(Monde::nouveau(store, true, vec![constantes::module()])).await
}
