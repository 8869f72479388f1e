//! `grappe secours DOSSIER`: the paper fallback of every unit, printable without the server.

use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

use ::secours::Classeur;
use anyhow::{Context, bail};
use clap::Args;

use super::{dire, signaler};
use crate::config::{Config, Options};
use crate::porte::Guichet;

#[derive(Debug, Args)]
pub(crate) struct Secours {
    /// Dossier qui reçoit les PDF
    dossier: PathBuf,
    /// Lit la base de démonstration
    #[arg(long)]
    demo: bool,
}

impl Secours {
    /// Writes each binder as it comes; a unit which fails does not deprive the others, and the exit code tells it.
    pub(crate) async fn executer(self, options: &Options) -> anyhow::Result<ExitCode> {
        let config = Config::lire(options, self.demo.then_some("demo"))?;
        let mut guichet = Guichet::ouvrir(&config, self.demo).await?;
        std::fs::create_dir_all(&self.dossier).with_context(|| format!("création du dossier {}", self.dossier.display()))?;
        let (mut ecrits, mut echecs) = (0, 0);
        let mut donner = |classeur: Result<Classeur, String>| -> anyhow::Result<()> {
            match classeur {
                Ok(classeur) => {
                    dire(&ecrire(&self.dossier, &classeur)?.display().to_string());
                    ecrits += 1;
                }
                Err(phrase) => {
                    signaler(&format!("Classeur non édité : {phrase}"));
                    echecs += 1;
                }
            }
            Ok(())
        };
        guichet.classeurs(&mut donner).await?;
        if ecrits == 0 && echecs == 0 {
            signaler("Aucune unité avec des lits : aucun classeur n'a été écrit.");
        }
        Ok(if echecs == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn ecrire(dossier: &Path, classeur: &Classeur) -> anyhow::Result<PathBuf> {
    if !classeur.chemin.components().all(|morceau| matches!(morceau, Component::Normal(_))) {
        bail!("Le service a donné un nom de fichier inattendu ({}).", classeur.chemin.display());
    }
    let chemin = dossier.join(&classeur.chemin);
    let ecrire = || {
        std::fs::create_dir_all(chemin.parent().unwrap_or(dossier))?;
        // Written beside then renamed: the former binder stays whole until the new one is.
        let neuf = chemin.with_extension("pdf.neuf");
        std::fs::write(&neuf, &classeur.pdf)?;
        std::fs::rename(&neuf, &chemin)
    };
    ecrire().with_context(|| format!("écriture de {}", chemin.display()))?;
    Ok(chemin)
}
