//! Records to and from another software, through the router and the worker's messages, on both engines; judged by the official
//! rules and by a peer which is nobody's production code, where they are.

#![expect(clippy::expect_used, reason = "in a fixture a failure is a failed test, told where it happened")]

mod entrants;
mod monde;
mod sortants;
