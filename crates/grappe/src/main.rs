//! The `grappe` command.

use std::process::ExitCode;

use clap::Parser;
use grappe::commandes::Cli;
use tracing_subscriber::EnvFilter;

/// Pages are many small strings: the system allocator took a quarter of their time and gave memory back at each (ADR 0016).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    demarrer().unwrap_or_else(|erreur| {
        grappe::commandes::signaler(&format!("Erreur : {erreur:#}"));
        ExitCode::FAILURE
    })
}

fn demarrer() -> anyhow::Result<ExitCode> {
    let filter = EnvFilter::try_from_env("GRAPPE_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    if let Ok(executable) = std::env::current_exe() {
        documents::installer_lecteur(executable, Some(documents::SOUS_COMMANDE));
    }
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(Cli::parse().executer())
}
