//! The real binary, read by many at once and killed at random instants: each whole answer somebody received and which names
//! a person has its line in the journal (INV-27).

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use kernel::clock::{Clock, SystemClock};
use kernel::id::UsagerId;
use monde_essai::deux_maisons::A;
use platform::web::ENTETE_REQUETE;
use store::{JournalFilter, LineRow, Target};
use testkit::TestStore;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::petit::{entrer, habiter, modules_seuls};

const NOM: &str = "QUIVABAX";
const COUPURES: u32 = 10;
const LECTEURS: usize = 16;
const PERSONNES: u128 = 6;

/// `grappe serve`, killed when dropped.
struct Serveur {
    enfant: Child,
    adresse: SocketAddr,
}

impl Serveur {
    /// Starts it; a base which its former process has not let go of yet is asked again.
    fn lancer(base: &Target, donnees: &Path) -> Self {
        let base = match base {
            Target::Sqlite(chemin) => format!("sqlite:{}", chemin.display()),
            Target::Postgres(url) => url.clone(),
        };
        (0..100).find_map(|_| Self::essayer(&base, donnees)).unwrap()
    }

    fn essayer(base: &str, donnees: &Path) -> Option<Self> {
        let mut enfant = Command::new(env!("CARGO_BIN_EXE_grappe"))
            .args(["serve", "--listen", "127.0.0.1:0", "--database-url", base, "--data"])
            .arg(donnees)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lignes = BufReader::new(enfant.stdout.take().unwrap()).lines();
        let dite =
            lignes.map_while(Result::ok).find_map(|ligne| ligne.split_once("http://").map(|(_, adresse)| adresse.to_owned()));
        let Some(adresse) = dite else {
            enfant.wait().unwrap();
            std::thread::sleep(Duration::from_millis(100));
            return None;
        };
        Some(Self { enfant, adresse: adresse.trim().parse().unwrap() })
    }
}

impl Drop for Serveur {
    /// SIGKILL: nothing is told to the process.
    fn drop(&mut self) {
        let _ = self.enfant.kill();
        let _ = self.enfant.wait();
    }
}

/// A whole answer: its request and its text; `None` when the server died before its end.
async fn demander(serveur: SocketAddr, cookie: &str, adresse: &str) -> Option<(String, String)> {
    let mut prise = TcpStream::connect(serveur).await.ok()?;
    let demande = format!("GET {adresse} HTTP/1.1\r\nHost: essai\r\nCookie: grappe={cookie}\r\nConnection: close\r\n\r\n");
    prise.write_all(demande.as_bytes()).await.ok()?;
    let mut octets = Vec::new();
    prise.read_to_end(&mut octets).await.ok()?;
    let texte = String::from_utf8_lossy(&octets).into_owned();
    let (tete, corps) = texte.split_once("\r\n\r\n")?;
    let entete = |nom: &str| {
        let lignes = tete.lines().filter_map(|ligne| ligne.split_once(": "));
        lignes.filter(|(lu, _)| lu.eq_ignore_ascii_case(nom)).map(|(_, valeur)| valeur.to_owned()).next()
    };
    let longueur: usize = entete("content-length")?.parse().ok()?;
    let entiere = octets.len() == tete.len() + 4 + longueur;
    Some((entete(ENTETE_REQUETE)?, corps.to_owned())).filter(|_| entiere && tete.starts_with("HTTP/1.1 200"))
}

/// Reads without rest until the server dies; gives the requests of the whole answers which name somebody.
async fn lire_sans_cesse(serveur: SocketAddr, cookie: String, rang: usize) -> Vec<String> {
    let fiche = format!("/residents/{}", Uuid::from_u128(0x5200 + rang as u128 % PERSONNES));
    let adresses =
        [fiche.as_str(), "/presence/tableau", "/recherche?q=QUIVABAX", "/presence/tableau", "/residents", "/presence/tableau"];
    let mut requetes = Vec::new();
    for adresse in adresses.iter().cycle().skip(rang) {
        match demander(serveur, &cookie, adresse).await {
            Some((requete, texte)) if texte.contains(NOM) => requetes.push(requete),
            Some(_) => {}
            None => break,
        }
    }
    requetes
}

/// Every request the journal knows.
async fn inscrites(store: &TestStore) -> HashSet<String> {
    let mut connues = HashSet::new();
    let mut avant = None;
    loop {
        let filtre = JournalFilter { before: avant, limit: 1_000, ..JournalFilter::default() };
        let lignes: Vec<LineRow> = store.journal(filtre).await.unwrap();
        let Some(derniere) = lignes.last() else { return connues };
        avant = Some(derniere.n);
        let details = lignes.iter().filter_map(|ligne| serde_json::from_str::<serde_json::Value>(&ligne.detail).ok());
        connues.extend(details.filter_map(|detail| detail.get("requete").and_then(|lue| lue.as_str()).map(str::to_owned)));
    }
}

/// Milliseconds before the next cut: 150 to 661.
fn hasard() -> u64 {
    let [haut, bas] = platform::web::hasard::<2>().unwrap();
    150 + u64::from(u16::from_be_bytes([haut & 1, bas]))
}

fn dossier() -> PathBuf {
    let chemin = std::env::temp_dir().join(format!("grappe-coupure-{}", SystemClock.fresh_id().simple()));
    std::fs::create_dir_all(&chemin).unwrap();
    chemin
}

testkit::on_both! {
    async fn each_whole_answer_that_names_somebody_has_its_line_after_any_cut(store: TestStore) {
        store.clock.set(SystemClock.now());
        let cible = store.target();
        let monde = modules_seuls(store).await;
        for qui in 0..PERSONNES {
            habiter(&monde, UsagerId(Uuid::from_u128(0x5200 + qui)), NOM).await;
        }
        let mut cookies = Vec::new();
        for rang in 0..LECTEURS {
            cookies.push(entrer(&monde, rang as u128, "idec", A, &[]).await);
        }
        let mut store = monde.fermer();
        store.close();
        let donnees = dossier();
        std::fs::write(donnees.join("cle-maitre"), testkit::VAULT_KEY).unwrap();
        let mut recues = Vec::new();
        for _ in 0..COUPURES {
            let serveur = Serveur::lancer(&cible, &donnees);
            let mut lecteurs = JoinSet::new();
            for (rang, cookie) in cookies.iter().cloned().enumerate() {
                lecteurs.spawn(lire_sans_cesse(serveur.adresse, cookie, rang));
            }
            tokio::time::sleep(Duration::from_millis(hasard())).await;
            drop(serveur);
            recues.extend(lecteurs.join_all().await.into_iter().flatten());
        }
        store.reopen().await;
        let connues = inscrites(&store).await;
        let sans_ligne: Vec<&String> = recues.iter().filter(|requete| !connues.contains(*requete)).collect();
        assert!(sans_ligne.is_empty(), "{} of {} whole answers have no line", sans_ligne.len(), recues.len());
        assert_eq!(recues.iter().collect::<HashSet<_>>().len(), recues.len(), "a request is answered once");
        assert!(recues.len() >= 20, "only {} answers were received", recues.len());
        std::fs::remove_dir_all(&donnees).unwrap();
    }
}
