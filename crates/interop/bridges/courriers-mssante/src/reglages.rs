//! How the operator is reached: servers, certificate of the structure, trusted domains.

use std::path::PathBuf;
use std::time::Duration;

use mssante::{ClientCertificate, ImapServer, Limits, Login, Policy, SmtpServer, Tls, TrustedDomains};
use serde::Deserialize;

/// The settings as written in `grappe.toml`, section `[mssante]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fichiers {
    /// Submission server, `nom:465`.
    pub smtp: String,
    /// Reception server, `nom:993`.
    pub imap: String,
    /// Name given to the server: the domain of the structure.
    pub domaine: String,
    /// Authorities the operator's certificates come from (PEM).
    pub autorites: PathBuf,
    /// Certificate of the structure (IGC-Santé ORG), with its chain (PEM).
    pub certificat: PathBuf,
    /// Its private key (PEM).
    pub cle: PathBuf,
    /// Domains documents may go to; those of MSSanté when nothing is said.
    #[serde(default)]
    pub domaines_de_confiance: Vec<String>,
    /// A file holding the password of the mailboxes, when the operator wants one besides the certificate.
    #[serde(default)]
    pub mot_de_passe: Option<PathBuf>,
}

/// The settings, ready.
#[derive(Debug, Clone)]
pub struct Reglages {
    pub(crate) smtp: SmtpServer,
    pub(crate) imap: ImapServer,
    pub(crate) politique: Policy,
    mot_de_passe: Option<String>,
}

/// Time the operator has to answer a command: an emergency must not wait behind a server which does not answer.
const COMMANDE: Duration = Duration::from_secs(20);
/// Time the operator has to take a whole message (RFC 5321 4.5.3.2).
const MESSAGE: Duration = Duration::from_mins(10);

impl Reglages {
    /// Reads certificates and addresses.
    ///
    /// # Errors
    /// A sentence in French: which setting cannot be used, and why.
    pub fn lire(fichiers: &Fichiers) -> Result<Self, String> {
        let lire = |quoi: &str, chemin: &PathBuf| {
            std::fs::read(chemin).map_err(|erreur| format!("mssante.{quoi} : {} ne se lit pas ({erreur})", chemin.display()))
        };
        let autorites = lire("autorites", &fichiers.autorites)?;
        let (chain_pem, key_pem) = (lire("certificat", &fichiers.certificat)?, lire("cle", &fichiers.cle)?);
        let certificat = ClientCertificate { chain_pem: &chain_pem, key_pem: &key_pem };
        let tls =
            Tls::new(&autorites, Some(certificat)).map_err(|erreur| format!("mssante : certificats inutilisables ({erreur})"))?;
        let (host, port) = adresse("smtp", &fichiers.smtp)?;
        let smtp = SmtpServer {
            host,
            port,
            hello: fichiers.domaine.clone(),
            tls: tls.clone(),
            command_timeout: COMMANDE,
            message_timeout: MESSAGE,
        };
        let (host, port) = adresse("imap", &fichiers.imap)?;
        let imap = ImapServer { host, port, tls, timeout: COMMANDE, limits: Limits::default() };
        let mut politique = Policy::default();
        if !fichiers.domaines_de_confiance.is_empty() {
            let motifs: Vec<&str> = fichiers.domaines_de_confiance.iter().map(String::as_str).collect();
            politique.trusted =
                TrustedDomains::new(&motifs).map_err(|erreur| format!("mssante.domaines_de_confiance : {erreur}"))?;
        }
        let mot_de_passe = match &fichiers.mot_de_passe {
            Some(chemin) => Some(String::from_utf8_lossy(&lire("mot_de_passe", chemin)?).trim().to_owned()),
            None => None,
        };
        Ok(Self { smtp, imap, politique, mot_de_passe })
    }

    /// How a mailbox is opened.
    pub(crate) fn ouverture(&self, boite: &str) -> Login {
        match &self.mot_de_passe {
            Some(password) => Login::Password { user: boite.to_owned(), password: password.clone() },
            None => Login::Certificate { user: Some(boite.to_owned()) },
        }
    }
}

fn adresse(quoi: &str, texte: &str) -> Result<(String, u16), String> {
    let lue = texte.rsplit_once(':').and_then(|(nom, port)| Some((nom.to_owned(), port.parse().ok()?)));
    lue.ok_or_else(|| format!("mssante.{quoi} : écrivez nom:port, par exemple smtp.operateur.fr:465"))
}
