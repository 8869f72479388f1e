//! `grappe secours DOSSIER`: the paper fallback of every unit, printable without the server.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use kernel::clock::SystemClock;

use super::dire;
use crate::assemblage::{assembler, ouvrir_store};
use crate::config::{Config, Options};

#[derive(Debug, Args)]
pub(crate) struct Secours {
    /// Dossier qui reçoit les PDF
    dossier: PathBuf,
    /// Lit la base de démonstration
    #[arg(long)]
    demo: bool,
}

impl Secours {
    pub(crate) async fn executer(self, options: &Options) -> anyhow::Result<ExitCode> {
        let config = Config::lire(options, self.demo.then_some("demo"))?;
        let store = ouvrir_store(&config).await?;
        let produit = assembler(&config, store, Arc::new(SystemClock), self.demo).await?;
        for chemin in ::secours::ecrire(&produit.services, &self.dossier).await? {
            dire(&chemin.display().to_string());
        }
        Ok(ExitCode::SUCCESS)
    }
}
