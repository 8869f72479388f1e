//! Reads one file for the tests, as the product's own child does.

use std::process::ExitCode;

fn main() -> ExitCode {
    receptions::installer();
    if documents::enfant().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
