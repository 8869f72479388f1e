//! Everything the continuous integration checks, in the order which fails fastest.

use std::process::ExitCode;
use std::time::Instant;

use crate::outils::{commande, dire, existe, lancer, racine};
use crate::{droits, regles, tidy};

type Etape = (&'static str, fn() -> anyhow::Result<()>);

const ETAPES: &[Etape] = &[
    ("installation", installer),
    ("mise en forme", mise_en_forme),
    ("maison (tidy)", || tidy::controler().map(drop)),
    ("types du terrain", types),
    ("clippy", clippy),
    ("tests", tests),
    ("droits.txt à jour", droits::verifier),
    ("tests du terrain", tests_terrain),
    ("navigateur", navigateur),
    ("pannes", pannes),
    ("réceptions", receptions),
    ("licences et sources", licences),
];

/// Runs every step; stops at the first which fails.
pub(crate) fn tout() -> anyhow::Result<ExitCode> {
    let debut = Instant::now();
    for (nom, etape) in ETAPES {
        let depart = Instant::now();
        dire(&format!("== {nom}"));
        etape()?;
        dire(&format!("== {nom} : {} s", depart.elapsed().as_secs()));
    }
    dire(&format!("Tout est vert en {} s.", debut.elapsed().as_secs()));
    Ok(ExitCode::SUCCESS)
}

/// Debian packages needed by the tests, with a program which shows each is there.
const PAQUETS: &[(&str, &str)] = &[
    ("postgresql", "/usr/lib/postgresql"),
    ("chromium", "/usr/bin/chromium"),
    ("poppler-utils", "/usr/bin/pdftotext"),
    ("strace", "/usr/bin/strace"),
    ("python3-venv", "/usr/share/doc/python3-venv"),
    // The mail operator of the tests: real servers, which only root may start.
    ("postfix", "/usr/sbin/postfix"),
    ("dovecot-imapd", "/usr/lib/dovecot/imap"),
    ("dovecot-lmtpd", "/usr/lib/dovecot/lmtp"),
    ("openssl", "/usr/bin/openssl"),
];

/// Installs what the checks need: Debian packages, npm packages of `e2e/`.
pub(crate) fn installer() -> anyhow::Result<()> {
    let manquants: Vec<&str> =
        PAQUETS.iter().filter(|(_, preuve)| !std::path::Path::new(preuve).exists()).map(|(paquet, _)| *paquet).collect();
    if !manquants.is_empty() {
        dire(&format!("paquets Debian : {}", manquants.join(" ")));
        let sudo = if existe("sudo", "--version") && !est_root() { vec!["sudo"] } else { vec![] };
        let programme = sudo.first().copied().unwrap_or("apt-get");
        let mut suite: Vec<&str> = sudo.iter().map(|_| "apt-get").collect();
        suite.extend(["install", "-y", "--no-install-recommends"]);
        suite.extend(&manquants);
        let mut maj: Vec<&str> = sudo.iter().map(|_| "apt-get").collect();
        maj.push("update");
        lancer(commande(programme, &maj))?;
        let mut installe = commande(programme, &suite);
        installe.env("DEBIAN_FRONTEND", "noninteractive");
        lancer(installe)?;
    }
    regles::installer()?;
    if racine().join("e2e/package-lock.json").exists() {
        lancer(commande("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", "e2e"]))?;
    }
    Ok(())
}

fn est_root() -> bool {
    commande("id", &["-u"]).output().is_ok_and(|sortie| sortie.stdout.starts_with(b"0"))
}

fn mise_en_forme() -> anyhow::Result<()> {
    lancer(commande("cargo", &["fmt", "--all", "--check"]))
}

/// The engine of the FHIR rules is built meanwhile: it shares nothing with us but the processor.
fn clippy() -> anyhow::Result<()> {
    let moteur = regles::construire_moteur()?;
    lancer(commande("cargo", &["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]))?;
    moteur.map_or(Ok(()), regles::Moteur::attendre)
}

fn tests() -> anyhow::Result<()> {
    let mut essais = if existe("cargo-nextest", "--version") {
        commande("cargo", &["nextest", "run", "--workspace", "--locked", "--no-fail-fast"])
    } else {
        commande("cargo", &["test", "--workspace", "--locked"])
    };
    essais.envs(regles::variables());
    lancer(essais)
}

fn types() -> anyhow::Result<()> {
    lancer(commande("npm", &["run", "--silent", "types", "--prefix", "e2e"]))
}

fn tests_terrain() -> anyhow::Result<()> {
    lancer(commande("npm", &["run", "--silent", "unites", "--prefix", "e2e"]))
}

fn navigateur() -> anyhow::Result<()> {
    lancer(commande("cargo", &["build", "--locked", "--package", "grappe"]))?;
    lancer(commande("npm", &["run", "--silent", "navigateur", "--prefix", "e2e"]))
}

fn pannes() -> anyhow::Result<()> {
    lancer(commande("cargo", &["run", "--quiet", "--locked", "--package", "bench", "--", "faults", "--court"]))
}

/// Sends the real server what hospitals send, hostile or not, and kills it meanwhile.
fn receptions() -> anyhow::Result<()> {
    lancer(commande("cargo", &["build", "--locked", "--package", "grappe"]))?;
    lancer(commande("cargo", &["run", "--quiet", "--locked", "--package", "bench", "--", "receptions", "--court"]))
}

fn licences() -> anyhow::Result<()> {
    if !existe("cargo-deny", "--version") {
        lancer(commande("cargo", &["install", "cargo-deny", "--locked", "--quiet"]))?;
    }
    lancer(commande("cargo", &["deny", "--all-features", "check", "bans", "licenses", "sources"]))
}
