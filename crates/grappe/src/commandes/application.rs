//! `grappe application ouvrir …`, `grappe application retirer CLIENT_ID`: partners which call the FHIR API.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};

use super::dire;
use crate::config::{Config, Options};
use crate::porte::Guichet;

#[derive(Debug, Args)]
pub(crate) struct Application {
    #[command(subcommand)]
    acte: Acte,
    /// Dans la base de démonstration
    #[arg(long, global = true)]
    demo: bool,
}

#[derive(Debug, Subcommand)]
enum Acte {
    /// Ouvre un accès et donne son identifiant (client_id)
    Ouvrir(Box<Ouvrir>),
    /// Retire un accès : ses jetons ne valent plus rien
    Retirer {
        /// Identifiant de l'application (client_id)
        identifiant: String,
        /// Pourquoi
        #[arg(long, default_value = "")]
        motif: String,
    },
}

#[derive(Debug, Args)]
struct Ouvrir {
    /// Nom de l'application
    nom: String,
    /// Organisation qui en répond
    #[arg(long)]
    organisation: String,
    /// FINESS de l'organisation
    #[arg(long, default_value = "")]
    finess: String,
    /// Profil : partenaire_hospitalier ou partenaire_tracabilite
    #[arg(long, default_value = "partenaire_hospitalier")]
    profil: String,
    /// Fichier des clés publiques (JWKS)
    #[arg(long)]
    cles: PathBuf,
    /// Fichier des certificats qu'elle présente (PEM) : ses jetons y sont liés
    #[arg(long)]
    certificats: Option<PathBuf>,
    /// Portées : system/Patient.read…
    #[arg(long, num_args = 1.., required = true)]
    portees: Vec<String>,
    /// FINESS des établissements qu'elle lit
    #[arg(long, num_args = 1.., required = true)]
    etablissements: Vec<String>,
    /// Hôtes vers lesquels elle peut demander à être prévenue
    #[arg(long, num_args = 1..)]
    hotes: Vec<String>,
    /// Dernier jour (JJ/MM/AAAA)
    #[arg(long, default_value = "")]
    au: String,
}

impl Application {
    /// Opens or withdraws, in the running service if there is one.
    pub(crate) async fn executer(self, options: &Options) -> anyhow::Result<ExitCode> {
        let config = Config::lire(options, self.demo.then_some("demo"))?;
        let mut guichet = Guichet::ouvrir(&config, self.demo).await?;
        match self.acte {
            Acte::Ouvrir(ouvrir) => {
                let identifiant = guichet.ouvrir_application(ouvrir.lire()?).await?;
                let jeton = format!("{}/fhir/jeton", config.adresse);
                if options.json {
                    dire(&serde_json::json!({ "client_id": identifiant, "token_endpoint": jeton }).to_string());
                } else {
                    dire(&format!("Application ouverte. client_id : {identifiant}"));
                    dire(&format!("Adresse des jetons, à écrire dans « aud » : {jeton}"));
                }
            }
            Acte::Retirer { identifiant, motif } => {
                guichet.retirer_application(&identifiant, &motif).await?;
                dire("Application retirée : elle ne lit plus rien dès maintenant.");
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Ouvrir {
    fn lire(self) -> anyhow::Result<api_fhir::Ouverture> {
        let lire =
            |fichier: &PathBuf| std::fs::read_to_string(fichier).with_context(|| format!("lecture de {}", fichier.display()));
        let cles = lire(&self.cles)?;
        let certificats = self.certificats.as_ref().map(lire).transpose()?.unwrap_or_default();
        Ok(api_fhir::Ouverture {
            nom: self.nom,
            organisation: self.organisation,
            finess: self.finess,
            profil: self.profil,
            cles,
            certificats,
            portees: self.portees.join(" "),
            etablissements: self.etablissements,
            hotes: self.hotes.join(" "),
            au: self.au,
        })
    }
}
