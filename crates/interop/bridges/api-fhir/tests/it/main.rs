//! The API through the real router, on both engines: who calls, what is read, what is hidden, what is told.

#![expect(clippy::expect_used, reason = "in a fixture a failure is a failed test, told where it happened")]

mod abonnements;
mod certificats;
mod client;
mod droits;
mod jetons;
mod lecture;
mod monde;
mod pages;
mod publication;
mod recherche;
mod regles;
mod rendez_vous;
