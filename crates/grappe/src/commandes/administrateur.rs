//! `grappe administrateur IDENTIFIANT NOM`: the first account of an empty installation.

use std::process::ExitCode;

use clap::Args;

use super::dire;
use crate::config::{Config, Options};
use crate::porte::Guichet;

#[derive(Debug, Args)]
pub(crate) struct Administrateur {
    /// Identifiant de connexion
    identifiant: String,
    /// Prénom et nom affichés
    nom: String,
    /// Nom de la grappe, à la première fois
    #[arg(long, default_value = "Ma grappe")]
    grappe: String,
}

impl Administrateur {
    /// Creates the account and says its password once; the same login twice is refused by the store.
    pub(crate) async fn executer(self, options: &Options) -> anyhow::Result<ExitCode> {
        let config = Config::lire(options, None)?;
        let mut guichet = Guichet::ouvrir(&config, false).await?;
        let mot_de_passe = guichet.administrateur(&self.identifiant, &self.nom, &self.grappe).await?;
        let identifiant = self.identifiant.trim().to_lowercase();
        dire(&format!("Compte {identifiant} créé. Mot de passe, montré une seule fois : {mot_de_passe}"));
        dire("Connectez-vous, changez-le dans « Mon compte », puis créez les établissements dans « Grappe ».");
        Ok(ExitCode::SUCCESS)
    }
}
