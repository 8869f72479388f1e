//! Behaviour of the bridge: messages kept before they are acknowledged, and what they say.

#![expect(clippy::expect_used, reason = "in a fixture a failure is a failed test, told where it happened")]

mod application;
mod ecoute;
mod hostiles;
mod messages;
mod monde;
mod officiels;
mod pair;
mod secrete;
