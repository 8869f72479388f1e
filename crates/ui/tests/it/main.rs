//! Checks of the style sheet, the sprite and the catalogue.

#![expect(clippy::panic, clippy::expect_used, reason = "helpers of tests stop the test")]

mod assets;
mod contrastes;
mod pages;
