//! `bench faults` breaks the store on purpose and counts what was lost; `bench measure` compares it with what the
//! machine can do at best.

mod acte;
mod base;
mod client;
mod faults;
mod http;
mod measure;
mod peers;
mod receptions;
mod stats;
mod table;

use clap::{Parser, Subcommand};

/// That of the product: tablets are measured in this process.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Debug, Parser)]
#[command(about, version)]
struct Command {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Kills, cuts the power, fills the disk and fails flushes; ends with an error if anything acknowledged is lost.
    Faults(faults::Options),
    /// Measures the limits of this machine, and what the store and the real server do of them.
    Measure(measure::Options),
    /// Sends everything the outside may send, hostile or not, while the server is killed; ends with an error if anything is
    /// lost or filed wrongly.
    Receptions(receptions::Options),
    /// The process the faults are done to; prints one line for each act which is acknowledged.
    #[command(hide = true)]
    Child(faults::child::Options),
}

fn main() -> anyhow::Result<()> {
    let command = Command::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    match command.what {
        What::Faults(options) => runtime.block_on(faults::run(&options)),
        What::Measure(options) => runtime.block_on(measure::run(&options)),
        What::Receptions(options) => runtime.block_on(receptions::run(&options)),
        What::Child(options) => runtime.block_on(faults::child::run(&options)),
    }
}
