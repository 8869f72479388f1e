//! The DLU leaves and letters come back by a real operator (postfix, dovecot, certificates), and by one which is silent.

#![expect(clippy::expect_used, clippy::panic, reason = "fixtures of tests, and what was not tested is told")]

mod monde;
mod operateur;
mod sans_operateur;
