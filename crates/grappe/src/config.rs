//! Configuration: flags, then `GRAPPE_*` variables, then `grappe.toml`.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use mouvements_hl7v2::Reglages;
use serde::Deserialize;
use store::Target;

use crate::ecoutes::{self, Table};

/// Where the product keeps its data and listens.
#[derive(Debug, Clone, Default, Args)]
pub struct Options {
    /// Base de données : sqlite:CHEMIN ou postgres://…
    #[arg(long, env = "GRAPPE_DATABASE_URL", global = true)]
    pub database_url: Option<String>,
    /// Dossier des données (clés, base embarquée, têtes signées du journal)
    #[arg(long, env = "GRAPPE_DATA", global = true)]
    pub data: Option<PathBuf>,
    /// Adresse d'écoute
    #[arg(long, env = "GRAPPE_LISTEN", global = true)]
    pub listen: Option<SocketAddr>,
    /// Le service est publié derrière TLS : cookies protégés en conséquence
    #[arg(long, env = "GRAPPE_TLS", global = true)]
    pub tls: bool,
    /// Dossier qui reçoit une copie des têtes signées du journal, hors de la base
    #[arg(long, env = "GRAPPE_TEMOINS", global = true)]
    pub temoins: Option<PathBuf>,
    /// Dossier qui reçoit les classeurs de secours
    #[arg(long, env = "GRAPPE_SECOURS", global = true)]
    pub secours: Option<PathBuf>,
    /// Adresse publique du service, écrite dans les QR codes : https://grappe.exemple.fr
    #[arg(long, env = "GRAPPE_ADRESSE", global = true)]
    pub adresse: Option<String>,
    /// Écoutes HL7 (MLLP) : ADRESSE,correspondant=NOM[,finess=…,certificat=…,cle=…,clients=…], séparées par « ; »
    #[arg(long, env = "GRAPPE_MLLP", global = true)]
    pub mllp: Option<String>,
    /// Adresse FHIR d'un autre logiciel, qui reçoit les dossiers exportés (TDDUI)
    #[arg(long, env = "GRAPPE_DUI_ADRESSE", global = true)]
    pub dui_adresse: Option<String>,
    /// Jeton que cet autre logiciel demande
    #[arg(long, env = "GRAPPE_DUI_JETON", hide_env_values = true, global = true)]
    pub dui_jeton: Option<String>,
    /// Adresses IP des proxys dont l'en-tête Client-Cert est cru (certificats des applications FHIR), séparées par des virgules
    #[arg(long, env = "GRAPPE_FHIR_PROXYS", global = true)]
    pub fhir_proxys: Option<String>,
    /// Réponse en JSON quand un programme doit la lire
    #[arg(long, global = true)]
    pub json: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fichier {
    database_url: Option<String>,
    data: Option<PathBuf>,
    listen: Option<SocketAddr>,
    #[serde(default)]
    tls: bool,
    temoins: Option<PathBuf>,
    secours: Option<PathBuf>,
    adresse: Option<String>,
    mssante: Option<courriers_mssante::Fichiers>,
    #[serde(default)]
    mllp: Vec<Table>,
    dui_adresse: Option<String>,
    dui_jeton: Option<String>,
    fhir_proxys: Option<String>,
}

/// The configuration in force.
#[derive(Debug, Clone)]
pub struct Config {
    /// Database.
    pub target: Target,
    /// Data folder.
    pub data: PathBuf,
    /// Address listened on.
    pub listen: SocketAddr,
    /// Behind TLS.
    pub tls: bool,
    /// Folders receiving the signed heads of the journal.
    pub temoins: Vec<PathBuf>,
    /// Folder receiving the paper fallback.
    pub secours: PathBuf,
    /// Public address, without a final slash.
    pub adresse: String,
    /// Where hospitals send their messages.
    pub mllp: Vec<Reglages>,
    /// The other software which receives exported records.
    pub dui: transfert_dui::Reglages,
    /// Proxies which check the certificates of FHIR clients.
    pub fhir: api_fhir::Mtls,
    /// JSON answers.
    pub json: bool,
    /// Operator of MSSanté.
    pub mssante: Option<courriers_mssante::Fichiers>,
}

impl Config {
    /// Reads the configuration; `sous_dossier` keeps the demo's data apart.
    ///
    /// # Errors
    /// When `grappe.toml` or the database URL cannot be read.
    pub fn lire(options: &Options, sous_dossier: Option<&str>) -> anyhow::Result<Self> {
        let fichier = lire_fichier(Path::new("grappe.toml"))?;
        let racine = options.data.clone().or(fichier.data).unwrap_or_else(|| PathBuf::from("donnees"));
        let data = sous_dossier.map_or_else(|| racine.clone(), |nom| racine.join(nom));
        let target = match options.database_url.clone().or(fichier.database_url) {
            Some(url) => url.parse()?,
            None => Target::Sqlite(data.join("grappe.sqlite")),
        };
        let copie = options.temoins.clone().or(fichier.temoins);
        let listen = options.listen.or(fichier.listen).unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
        let adresse = options.adresse.clone().or(fichier.adresse).unwrap_or_else(|| format!("http://{listen}"));
        Ok(Self {
            target,
            listen,
            adresse: adresse.trim_end_matches('/').to_owned(),
            tls: options.tls || fichier.tls,
            temoins: std::iter::once(data.join("temoins")).chain(copie).collect(),
            mllp: ecoutes::lire(options.mllp.as_deref(), fichier.mllp)?,
            secours: options.secours.clone().or(fichier.secours).unwrap_or_else(|| data.join("secours")),
            data,
            dui: transfert_dui::Reglages {
                adresse: options.dui_adresse.clone().or(fichier.dui_adresse),
                jeton: options.dui_jeton.clone().or(fichier.dui_jeton),
            },
            fhir: api_fhir::Mtls::lire(options.fhir_proxys.as_ref().or(fichier.fhir_proxys.as_ref()).map_or("", String::as_str))
                .map_err(anyhow::Error::msg)?,
            json: options.json,
            mssante: fichier.mssante,
        })
    }

    /// The file of the key documents are sealed with.
    pub fn cle_maitre(&self) -> PathBuf {
        self.data.join("cle-maitre")
    }
}

fn lire_fichier(path: &Path) -> anyhow::Result<Fichier> {
    match std::fs::read_to_string(path) {
        Ok(texte) => toml::from_str(&texte).with_context(|| format!("lecture de {}", path.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Fichier::default()),
        Err(error) => Err(error).with_context(|| format!("lecture de {}", path.display())),
    }
}
