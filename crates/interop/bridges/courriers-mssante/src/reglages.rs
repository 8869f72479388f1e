//! How the operator is reached: servers, certificate of the structure, trusted domains.

use std::collections::BTreeMap;
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
    /// Mailboxes the operator opens otherwise, by address.
    #[serde(default)]
    pub boites: BTreeMap<String, FichiersBoite>,
}

/// How the operator opens one mailbox, when it is not as the others: `[mssante.boites."idec@ehpad.mssante.example"]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FichiersBoite {
    /// A file holding its password.
    #[serde(default)]
    pub mot_de_passe: Option<PathBuf>,
    /// Its own certificate, with its chain (PEM).
    #[serde(default)]
    pub certificat: Option<PathBuf>,
    /// The private key of its certificate (PEM).
    #[serde(default)]
    pub cle: Option<PathBuf>,
}

/// The settings, ready.
#[derive(Debug, Clone)]
pub struct Reglages {
    smtp: SmtpServer,
    imap: ImapServer,
    pub(crate) politique: Policy,
    mot_de_passe: Option<String>,
    boites: BTreeMap<String, ReglagesBoite>,
}

/// What is particular to a mailbox.
#[derive(Debug, Clone, Default)]
struct ReglagesBoite {
    mot_de_passe: Option<String>,
    tls: Option<Tls>,
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
        let autorites = lire_fichier("autorites", &fichiers.autorites)?;
        let tls = certifier(&autorites, "", &fichiers.certificat, &fichiers.cle)?;
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
        let mot_de_passe = secret("mot_de_passe", fichiers.mot_de_passe.as_ref())?;
        let mut boites = BTreeMap::new();
        for (adresse, une) in &fichiers.boites {
            let ou = format!("boites.\"{adresse}\".");
            let mot_de_passe = secret(&format!("{ou}mot_de_passe"), une.mot_de_passe.as_ref())?;
            let tls = match (&une.certificat, &une.cle) {
                (Some(certificat), Some(cle)) => Some(certifier(&autorites, &ou, certificat, cle)?),
                (None, None) => None,
                _ => return Err(format!("mssante.{ou}certificat : écrivez aussi la clé, et l'inverse")),
            };
            boites.insert(adresse.to_lowercase(), ReglagesBoite { mot_de_passe, tls });
        }
        Ok(Self { smtp, imap, politique, mot_de_passe, boites })
    }

    fn particuliers(&self, boite: &str) -> Option<&ReglagesBoite> {
        self.boites.get(&boite.to_lowercase())
    }

    /// The submission server, as this mailbox reaches it.
    pub(crate) fn smtp(&self, boite: &str) -> SmtpServer {
        match self.particuliers(boite).and_then(|un| un.tls.clone()) {
            Some(tls) => SmtpServer { tls, ..self.smtp.clone() },
            None => self.smtp.clone(),
        }
    }

    /// The reception server, as this mailbox reaches it.
    pub(crate) fn imap(&self, boite: &str) -> ImapServer {
        match self.particuliers(boite).and_then(|un| un.tls.clone()) {
            Some(tls) => ImapServer { tls, ..self.imap.clone() },
            None => self.imap.clone(),
        }
    }

    /// How a mailbox is opened.
    pub(crate) fn ouverture(&self, boite: &str) -> Login {
        let particulier = self.particuliers(boite).and_then(|un| un.mot_de_passe.as_ref());
        match particulier.or(self.mot_de_passe.as_ref()) {
            Some(password) => Login::Password { user: boite.to_owned(), password: password.clone() },
            None => Login::Certificate { user: Some(boite.to_owned()) },
        }
    }
}

fn lire_fichier(quoi: &str, chemin: &PathBuf) -> Result<Vec<u8>, String> {
    std::fs::read(chemin).map_err(|erreur| format!("mssante.{quoi} : {} ne se lit pas ({erreur})", chemin.display()))
}

fn secret(quoi: &str, chemin: Option<&PathBuf>) -> Result<Option<String>, String> {
    let lu = chemin.map(|chemin| lire_fichier(quoi, chemin)).transpose()?;
    Ok(lu.map(|octets| String::from_utf8_lossy(&octets).trim().to_owned()))
}

/// The secure channel of a certificate; `ou` names the table it is written in.
fn certifier(autorites: &[u8], ou: &str, certificat: &PathBuf, cle: &PathBuf) -> Result<Tls, String> {
    let chain_pem = lire_fichier(&format!("{ou}certificat"), certificat)?;
    let key_pem = lire_fichier(&format!("{ou}cle"), cle)?;
    let certificat = ClientCertificate { chain_pem: &chain_pem, key_pem: &key_pem };
    Tls::new(autorites, Some(certificat))
        .map_err(|erreur| format!("mssante.{ou}certificat : certificats inutilisables ({erreur})"))
}

fn adresse(quoi: &str, texte: &str) -> Result<(String, u16), String> {
    let lue = texte.rsplit_once(':').and_then(|(nom, port)| Some((nom.to_owned(), port.parse().ok()?)));
    lue.ok_or_else(|| format!("mssante.{quoi} : écrivez nom:port, par exemple smtp.operateur.fr:465"))
}
