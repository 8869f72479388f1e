//! Commands of the binary.

mod administrateur;
mod application;
mod archive;
mod comptes;
mod demo;
mod inventaire;
mod journal;
mod receive;
mod secours;
mod serve;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{Config, Options};

/// Dossier de l'usager partagé par une grappe d'établissements.
#[derive(Debug, Parser)]
#[command(name = "grappe", version, about)]
pub struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    commande: Option<Commande>,
}

#[derive(Debug, Subcommand)]
enum Commande {
    /// Ouvre la grappe de démonstration (données fictives)
    Demo(demo::Demo),
    /// Sert l'application sur la base configurée
    Serve,
    /// Crée ou met à jour les tables, puis s'arrête
    Migrate,
    /// Vérifie le journal avec une tête signée gardée ailleurs
    VerifyJournal(journal::Verifier),
    /// Crée le premier compte d'une installation vide
    Administrateur(administrateur::Administrateur),
    /// Ouvre ou retire l'accès d'une application partenaire à l'interface FHIR
    Application(application::Application),
    /// Liste les comptes de démonstration
    Accounts,
    /// Reçoit des fichiers (PDF, image, CDA), comme un courrier
    Receive(receive::Recevoir),
    /// Exporte toute la base dans une archive ouverte, relisible par « import »
    Export(archive::Exporter),
    /// Relit une archive dans une base vide, `SQLite` ou `PostgreSQL`
    Import(archive::Importer),
    /// Écrit les classeurs de secours de toutes les unités dans un dossier
    Secours(secours::Secours),
    /// Imprime la matrice des droits (droits.txt)
    Rights,
    /// Liste les routes et le droit que chacune demande
    Routes,
}

impl Cli {
    /// Runs the command; without any, serves what is configured, else the demo.
    pub async fn executer(self) -> anyhow::Result<ExitCode> {
        let configure = self.options.database_url.is_some() || std::path::Path::new("grappe.toml").exists();
        let commande = self.commande.unwrap_or(if configure { Commande::Serve } else { Commande::Demo(demo::Demo::default()) });
        match commande {
            Commande::Demo(demo) => demo.executer(&self.options).await,
            Commande::Serve => serve::executer(&Config::lire(&self.options, None)?).await,
            Commande::Migrate => {
                crate::assemblage::ouvrir_store(&Config::lire(&self.options, None)?).await?;
                Ok(ExitCode::SUCCESS)
            }
            Commande::VerifyJournal(verifier) => verifier.executer(&self.options).await,
            Commande::Receive(recevoir) => recevoir.executer(&self.options).await,
            Commande::Export(exporter) => exporter.executer(&self.options).await,
            Commande::Import(importer) => importer.executer(&self.options).await,
            Commande::Secours(secours) => secours.executer(&self.options).await,
            Commande::Rights => inventaire::droits(),
            Commande::Routes => inventaire::routes(self.options.json),
            Commande::Administrateur(administrateur) => administrateur.executer(&self.options).await,
            Commande::Application(application) => application.executer(&self.options).await,
            Commande::Accounts => comptes::executer(&Config::lire(&self.options, Some("demo"))?).await,
        }
    }
}

/// One line for a person at a terminal. Nobody listening any more (`| head`) is not a failure.
pub(crate) fn dire(ligne: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{ligne}");
}

/// One line for a person at a terminal, about what did not go as asked.
#[expect(clippy::print_stderr, reason = "the command line speaks on the standard error")]
pub fn signaler(ligne: &str) {
    eprintln!("{ligne}");
}
