//! The DLU leaves and letters come back by a real operator (postfix, dovecot, certificates), and by one which is silent.

#![expect(clippy::expect_used, clippy::panic, reason = "fixtures of tests, and what was not tested is told")]

mod accuses;
mod boites;
mod monde;
mod multidirectionnel;
mod operateur;
mod sans_operateur;
