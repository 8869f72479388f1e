//! What the tests of every crate share: a fresh store on either engine, a PostgreSQL server without
//! containers, a clock moved by hand.
//!
//! A test is written once and runs on both engines:
//!
//! ```no_run
//! use testkit::TestStore;
//!
//! testkit::on_both! {
//!     async fn a_fresh_store_is_empty(store: TestStore) {
//!         assert_eq!(store.health().await.unwrap().journal, 0);
//!     }
//! }
//! ```
//!
//! A machine without PostgreSQL skips the second half and says so; with `CI=true` that is a failure.

#![expect(clippy::panic, clippy::missing_panics_doc, reason = "in a fixture a failure is a failed test, told where it happened")]

mod cluster;
mod fixture;
mod official;
mod operator;
mod own;
mod postgres;

pub use cluster::{Cluster, Installation};
pub use fixture::{Engine, TestStore, VAULT_KEY, run, store, store_or_skip};
pub use kernel::clock::ManualClock;
pub use official::{Judgment, Rules, Validator, check_or_skip, fhir_engine_or_skip, interop_or_skip, python_or_skip};
pub use operator::{IMAPS, MailSettings, Operator, SMTPS};
pub use own::{OpenTransaction, OwnServer, own_server_or_skip};
pub use postgres::{Database, postgres_or_skip};

/// The instant tests start at: Saturday 21 November 2026, 8:00 in Paris.
pub const START: &str = "2026-11-21T07:00:00Z";

/// A clock stopped at [`START`].
pub fn clock() -> std::sync::Arc<ManualClock> {
    ManualClock::at(instant(START))
}

/// Reads an instant written in RFC 3339; fails the test when it is not one.
pub fn instant(text: &str) -> jiff::Timestamp {
    text.parse().unwrap_or_else(|error| panic!("{text} is not an instant: {error}"))
}

/// Makes `name::sqlite` and `name::postgres` of each `async fn name(store: TestStore) { … }`.
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($($store:ident)+: $fixture:ty) $body:block)+) => {$(
        #[cfg(test)]
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn body($($store)+: $fixture) $body

            #[test]
            fn sqlite() {
                $crate::run($crate::Engine::Sqlite, body);
            }

            #[test]
            fn postgres() {
                $crate::run($crate::Engine::Postgres, body);
            }
        }
    )+};
}
