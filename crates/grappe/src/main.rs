//! The `grappe` command.

use std::process::ExitCode;

use clap::Parser;
use grappe::commandes::Cli;
use tracing_subscriber::EnvFilter;

/// Pages are many small strings: the system allocator took a quarter of their time and gave memory back at each (ADR 0016).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|mot| mot == documents::SOUS_COMMANDE) {
        return lire_un_fichier();
    }
    demarrer().unwrap_or_else(|erreur| {
        grappe::commandes::signaler(&format!("Erreur : {erreur:#}"));
        ExitCode::FAILURE
    })
}

/// The reader of one received file: neither command line nor runtime, so that it bounds itself first and starts at once.
fn lire_un_fichier() -> ExitCode {
    receptions::installer();
    documents::enfant().map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
}

fn demarrer() -> anyhow::Result<ExitCode> {
    let filter = EnvFilter::try_from_env("GRAPPE_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    if let Ok(executable) = std::env::current_exe() {
        documents::installer_lecteur(executable, Some(documents::SOUS_COMMANDE));
    }
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(Cli::parse().executer())
}
