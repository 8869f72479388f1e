//! The real program, started as an operator does, and commands run beside it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use kernel::clock::{Clock, SystemClock};
use testkit::{Database, Engine};

/// A folder and perhaps a database, gone with the test.
pub(crate) struct Installation {
    pub(crate) dossier: PathBuf,
    base: Option<Database>,
}

/// What a command answered.
pub(crate) struct Reponse {
    pub(crate) statut: ExitStatus,
    pub(crate) sortie: String,
    pub(crate) erreurs: String,
}

/// A running service, killed with the test.
pub(crate) struct Service {
    processus: Child,
    pub(crate) adresse: String,
    _lecture: std::thread::JoinHandle<()>,
}

impl Installation {
    /// `None` when the machine has not this engine.
    pub(crate) async fn nouvelle(engine: Engine) -> Option<Self> {
        let base = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(testkit::postgres_or_skip().await?),
        };
        let dossier = std::env::temp_dir().join(format!("grappe-commandes-{}", SystemClock.fresh_id().simple()));
        std::fs::create_dir_all(&dossier).unwrap();
        Some(Self { dossier, base })
    }

    pub(crate) fn donnees(&self) -> PathBuf {
        self.dossier.join("donnees")
    }

    pub(crate) fn cle_maitre(&self) -> PathBuf {
        self.donnees().join("cle-maitre")
    }

    /// Address of its database.
    pub(crate) fn url(&self) -> String {
        match &self.base {
            Some(base) => base.url(),
            None => format!("sqlite:{}", self.donnees().join("grappe.sqlite").display()),
        }
    }

    /// Names and digests of its files, but for what SQLite keeps beside a file while somebody reads it.
    pub(crate) fn contenu(&self) -> Vec<(PathBuf, String)> {
        let mut trouves = Vec::new();
        let mut dossiers = vec![self.dossier.clone()];
        while let Some(dossier) = dossiers.pop() {
            for chemin in std::fs::read_dir(dossier).unwrap().map(|entree| entree.unwrap().path()) {
                let nom = chemin.to_string_lossy();
                if chemin.is_dir() {
                    trouves.push((chemin.clone(), String::new()));
                    dossiers.push(chemin);
                } else if !nom.ends_with("-wal") && !nom.ends_with("-shm") {
                    trouves.push((chemin.clone(), store::BlobId::of(&std::fs::read(&chemin).unwrap()).0));
                }
            }
        }
        trouves.sort();
        trouves
    }

    /// The program with the settings of this installation, and nothing of the environment of the test.
    pub(crate) fn programme(&self, arguments: &[&str]) -> Command {
        let mut programme = Command::new(env!("CARGO_BIN_EXE_grappe"));
        programme.current_dir(&self.dossier).env_clear().args(arguments).stdin(Stdio::null());
        programme.env("GRAPPE_DATA", self.donnees()).env("GRAPPE_LISTEN", "127.0.0.1:0");
        if let Some(base) = &self.base {
            programme.env("GRAPPE_DATABASE_URL", base.url());
        }
        programme
    }

    /// Runs a command to its end.
    pub(crate) fn lancer(&self, arguments: &[&str]) -> Reponse {
        let fait = self.programme(arguments).output().unwrap();
        let texte = |octets: &[u8]| String::from_utf8_lossy(octets).into_owned();
        Reponse { statut: fait.status, sortie: texte(&fait.stdout), erreurs: texte(&fait.stderr) }
    }

    /// What `verify-journal` says it compared: lines (those which wait for a transaction of another test too), records, anomalies.
    pub(crate) fn journal(&self, arguments: &[&str]) -> (i64, i64, String) {
        let verifie = self.lancer(&[&["verify-journal", "--json"], arguments].concat());
        let json: serde_json::Value = serde_json::from_str(&verifie.sortie)
            .unwrap_or_else(|erreur| panic!("{erreur}: {}{}", verifie.sortie, verifie.erreurs));
        let nombre = |nom: &str| json[nom].as_i64().unwrap();
        (nombre("lignes") + nombre("lignes_en_attente"), nombre("enregistrements"), json["anomalies"].to_string())
    }

    /// Starts the service and waits until it says where it listens.
    pub(crate) fn servir(&self, arguments: &[&str]) -> Service {
        let mut processus = self.programme(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let mut sortie = BufReader::new(processus.stdout.take().unwrap());
        let adresse = loop {
            let mut ligne = String::new();
            assert!(sortie.read_line(&mut ligne).unwrap() > 0, "the service ended before listening");
            if let Some((_, adresse)) = ligne.trim().split_once("http://") {
                break adresse.to_owned();
            }
        };
        let lecture = std::thread::spawn(move || drop(sortie.read_to_end(&mut Vec::new())));
        Service { processus, adresse, _lecture: lecture }
    }

    /// Runs SQL on the PostgreSQL database.
    pub(crate) async fn executer(&self, sql: &str) -> Result<(), String> {
        let base = self.base.as_ref().ok_or("no PostgreSQL")?;
        base.execute(sql).await.map_err(|error| error.to_string())
    }

    /// A file of the operator.
    pub(crate) fn fichier(&self, nom: &str, octets: &[u8]) -> String {
        let chemin = self.dossier.join(nom);
        std::fs::write(&chemin, octets).unwrap();
        chemin.to_str().unwrap().to_owned()
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.dossier);
    }
}

impl Service {
    /// A number of `/etat`.
    pub(crate) fn etat(&self, nom: &str) -> i64 {
        let mut flux = TcpStream::connect(&self.adresse).unwrap();
        write!(flux, "GET /etat?format=json HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.adresse).unwrap();
        let mut texte = String::new();
        flux.read_to_string(&mut texte).unwrap();
        let json: serde_json::Value = serde_json::from_str(&texte[texte.find('{').unwrap()..=texte.rfind('}').unwrap()]).unwrap();
        json[nom].as_i64().unwrap_or(-1)
    }

    /// As a power cut would.
    pub(crate) fn tuer(mut self) {
        self.processus.kill().unwrap();
        self.processus.wait().unwrap();
    }

    /// As the service manager asks.
    pub(crate) fn arreter(mut self) -> ExitStatus {
        Command::new("kill").arg("-TERM").arg(self.processus.id().to_string()).status().unwrap();
        self.processus.wait().unwrap()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.processus.kill();
        let _ = self.processus.wait();
    }
}

/// Every PDF under a folder.
pub(crate) fn pdf(dossier: &Path) -> Vec<PathBuf> {
    let mut trouves = Vec::new();
    for entree in std::fs::read_dir(dossier).into_iter().flatten().flatten().map(|entree| entree.path()) {
        if entree.is_dir() {
            trouves.extend(pdf(&entree));
        } else if entree.extension().is_some_and(|suite| suite == "pdf") {
            trouves.push(entree);
        }
    }
    trouves
}
