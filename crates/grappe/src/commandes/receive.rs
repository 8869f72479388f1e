//! `grappe receive FICHIER…`: a document or message from disk, through the sas.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use documents::{Canal, EtatReception, recevoir};
use kernel::clock::SystemClock;

use super::dire;
use crate::assemblage::{assembler, ouvrir_store};
use crate::config::{Config, Options};

#[derive(Debug, Args)]
pub(crate) struct Recevoir {
    /// Fichiers à recevoir : PDF, image, CDA
    #[arg(required = true)]
    fichiers: Vec<PathBuf>,
    /// Qui les envoie, tel qu'affiché dans la file de réception
    #[arg(long, default_value = "fichier déposé par l'exploitant")]
    expediteur: String,
    /// Reçoit dans la base de démonstration
    #[arg(long)]
    demo: bool,
}

/// What became of a file, in words.
fn issue(etat: &EtatReception) -> String {
    match etat {
        EtatReception::Recue => "gardé, lecture en cours".into(),
        EtatReception::EnAttente { raison, .. } => format!("à classer : {}", raison.libelle()),
        EtatReception::Doublon { .. } => "déjà reçu : relié au premier".into(),
        EtatReception::Classee { .. } => "classé dans le dossier".into(),
        EtatReception::Rejetee { .. } => "rejeté".into(),
    }
}

impl Recevoir {
    pub(crate) async fn executer(self, options: &Options) -> anyhow::Result<ExitCode> {
        let config = Config::lire(options, self.demo.then_some("demo"))?;
        let store = ouvrir_store(&config).await?;
        let produit = assembler(&config, store, Arc::new(SystemClock), self.demo).await?;
        let mut echecs = 0;
        for fichier in &self.fichiers {
            let octets = std::fs::read(fichier).with_context(|| format!("lecture de {}", fichier.display()))?;
            let nom = fichier.file_name().map(|nom| nom.to_string_lossy().into_owned()).unwrap_or_default();
            let canal = Canal { code: "fichier".into(), etablissement: None, emetteur: self.expediteur.clone() };
            let (etat, code) = match recevoir(&produit.services, canal, &nom, &octets).await {
                Ok(reception) => (issue(&reception.etat), "gardé"),
                Err(erreur) => {
                    echecs += 1;
                    (erreur.to_string(), "refusé")
                }
            };
            if options.json {
                dire(&serde_json::json!({ "fichier": nom, "resultat": code, "etat": etat }).to_string());
            } else {
                dire(&format!("{nom} : {code}, {etat}"));
            }
        }
        Ok(if echecs == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
