//! The small world the tests of modules live in: modules behind the real router, over a fresh store and a clock moved by
//! hand; houses, residents and accounts in one line each.
//!
//! ```no_run
//! use monde_essai::{Monde, deux_maisons};
//!
//! # async fn essai(store: testkit::TestStore) {
//! let monde = deux_maisons::semer(Monde::nouveau(store, false, vec![etablissements::module()])).await;
//! assert!(monde.lire(deux_maisons::ADMIN, "/admin/grappe").await.status.is_success());
//! # }
//! ```
//!
//! What a test writes here goes past the gate on purpose: it is the past of the world, not what is tried.
//! `testkit` stays below: it knows the store only.

#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "in a fixture a failure is a failed test, told where it happened"
)]

pub mod deux_maisons;
mod monde;
mod reponse;
mod semence;
pub mod une_maison;

pub use monde::{Monde, formulaire};
pub use reponse::{Reponse, entre};
pub use semence::{Resident, role};
