//! `grappe receive FICHIER…`: a document or message from disk, through the sas.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::dire;
use crate::assemblage::exiger_base;
use crate::config::{Config, Options};
use crate::porte::{Guichet, Recu};

#[derive(Debug, Args)]
pub(crate) struct Recevoir {
    /// Fichiers à recevoir : PDF, image, CDA, courriel, colis XDM, message HL7, dossier d'un autre logiciel (TDDUI)
    #[arg(required = true)]
    fichiers: Vec<PathBuf>,
    /// Qui les envoie, tel qu'affiché dans la file de réception
    #[arg(long, default_value = "fichier déposé par l'exploitant")]
    expediteur: String,
    /// Reçoit dans la base de démonstration
    #[arg(long)]
    demo: bool,
}

impl Recevoir {
    /// Receives each file; one which cannot be read or kept does not stop the others, and the exit code tells it.
    pub(crate) async fn executer(self, options: &Options) -> anyhow::Result<ExitCode> {
        let config = Config::lire(options, self.demo.then_some("demo"))?;
        exiger_base(&config)?;
        let mut guichet = Guichet::ouvrir(&config, self.demo).await?;
        let mut echecs = 0;
        for fichier in &self.fichiers {
            let nom = fichier.file_name().map(|nom| nom.to_string_lossy().into_owned()).unwrap_or_default();
            let recu = match std::fs::read(fichier) {
                Ok(octets) => guichet.recevoir(&self.expediteur, &nom, &octets).await?,
                Err(erreur) => Recu { garde: false, etat: format!("illisible ({erreur})") },
            };
            let code = if recu.garde { "gardé" } else { "refusé" };
            echecs += u32::from(!recu.garde);
            if options.json {
                dire(&serde_json::json!({ "fichier": nom, "resultat": code, "etat": recu.etat }).to_string());
            } else {
                dire(&format!("{nom} : {code}, {}", recu.etat));
            }
        }
        Ok(if echecs == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
