//! `grappe verify-journal`: recomputes the journal and compares it with signed heads.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use store::{Signer, Tampering, verify};

use super::dire;
use crate::assemblage::lire_store;
use crate::config::{Config, Options};

#[derive(Debug, Args)]
pub(crate) struct Verifier {
    /// Têtes signées gardées hors de la base ; sans argument, celles du dossier des témoins
    temoins: Vec<PathBuf>,
    /// Clé publique (fichier) ; sans argument, celle de l'installation
    #[arg(long)]
    cle: Option<PathBuf>,
    /// Vérifie la base de démonstration
    #[arg(long)]
    demo: bool,
}

fn phrase(tampering: &Tampering) -> String {
    match tampering {
        Tampering::Root { size } => format!(
            "Les {size} premières lignes ne donnent pas la tête signée : une ligne a été modifiée, retirée, ajoutée ou déplacée."
        ),
        Tampering::Truncated { expected, found } => format!(
            "Le journal compte {found} lignes, une tête signée en atteste {expected} : il a été tronqué, ou la base est plus ancienne."
        ),
        Tampering::Record { reference } => format!("L'enregistrement {reference} n'est pas celui que le journal a inscrit."),
        Tampering::Missing { reference } => format!("L'enregistrement {reference} inscrit au journal a disparu."),
        Tampering::Document { id } => format!("Le document {id} est abîmé, remplacé ou absent."),
        Tampering::Unsealed { size } => format!("La tête de {size} lignes gardée ailleurs n'est plus dans la base."),
        Tampering::Signature { size } => {
            format!("La tête de {size} lignes gardée dans la base n'est pas signée par la clé de l'installation.")
        }
    }
}

fn lire_temoins(config: &Config, donnes: &[PathBuf]) -> anyhow::Result<Vec<String>> {
    if !donnes.is_empty() {
        return donnes
            .iter()
            .map(|path| std::fs::read_to_string(path).with_context(|| format!("lecture de {}", path.display())))
            .collect();
    }
    let mut notes = Vec::new();
    for dossier in &config.temoins {
        let Ok(liste) = std::fs::read_dir(dossier) else { continue };
        let signees =
            liste.flatten().map(|entree| entree.path()).filter(|chemin| chemin.extension().is_some_and(|suite| suite == "note"));
        for chemin in signees {
            notes.push(std::fs::read_to_string(&chemin).with_context(|| format!("lecture de {}", chemin.display()))?);
        }
    }
    Ok(notes)
}

impl Verifier {
    pub(crate) async fn executer(self, options: &Options) -> anyhow::Result<ExitCode> {
        let config = Config::lire(options, self.demo.then_some("demo"))?;
        let notes = lire_temoins(&config, &self.temoins)?;
        // Before the signature: a folder which is not that of the base must not be given one.
        let store = lire_store(&config).await?;
        let cle = match &self.cle {
            Some(path) => std::fs::read_to_string(path).with_context(|| format!("lecture de {}", path.display()))?,
            None => Signer::open(&config.data.join("signature-journal"), "grappe")?.public_key(),
        };
        let resultat = verify(&store, &cle, &notes).await.context(
            "La vérification n'a pas pu être menée : une tête donnée n'est pas signée par cette clé, ou la base ne se lit pas",
        )?;
        if config.json {
            dire(
                &serde_json::json!({
                    "lignes": resultat.lines, "tetes": resultat.checkpoints, "enregistrements": resultat.records,
                    "anomalies": resultat.tamperings.iter().map(phrase).collect::<Vec<_>>(),
                })
                .to_string(),
            );
        } else {
            dire(&format!(
                "{} lignes relues, {} têtes signées comparées, {} enregistrements comparés.",
                resultat.lines, resultat.checkpoints, resultat.records
            ));
            for anomalie in resultat.tamperings.iter().take(50) {
                dire(&format!("ANOMALIE : {}", phrase(anomalie)));
            }
        }
        if resultat.tamperings.is_empty() {
            if !config.json {
                dire(if notes.is_empty() {
                    "Aucune anomalie, mais aucune tête signée extérieure n'a été donnée."
                } else {
                    "Aucune anomalie."
                });
            }
            return Ok(ExitCode::SUCCESS);
        }
        Ok(ExitCode::FAILURE)
    }
}
