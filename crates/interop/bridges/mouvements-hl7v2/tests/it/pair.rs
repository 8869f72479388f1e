//! The independent peer sends what the hospitals' guides publish.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use testkit::TestStore;

use crate::monde::{Monde, admission};

/// A folder of the official material or of the validators; absent, the test says so and passes.
pub(crate) fn dossier(variable: &str, nom: &str) -> Option<PathBuf> {
    let racine = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../../shared").join(nom);
    let trouve = std::env::var_os(variable).map_or(racine, PathBuf::from);
    if trouve.is_dir() {
        return Some(trouve);
    }
    eprintln!("absent: set {variable} to test with it");
    None
}

fn pair() -> Option<(OsString, PathBuf)> {
    let script = dossier("GRAPPE_CHECK", "check")?.join("hl7v2.py");
    let python = std::env::var_os("GRAPPE_PYTHON").unwrap_or_else(|| "python3".into());
    let pret = Command::new(&python).args(["-c", "import hl7"]).output().is_ok_and(|sortie| sortie.status.success());
    if !pret {
        eprintln!("no Python with the package hl7: set GRAPPE_PYTHON");
        return None;
    }
    Some((python, script))
}

/// Every official message, in the order of their paths.
pub(crate) fn officiels() -> Vec<PathBuf> {
    let Some(racine) = dossier("GRAPPE_INTEROP", "interop").map(|dossier| dossier.join("hl7v2")) else { return Vec::new() };
    let mut trouves = Vec::new();
    let mut dossiers = vec![racine];
    while let Some(dossier) = dossiers.pop() {
        for entree in std::fs::read_dir(dossier).expect("a folder").map(|entree| entree.expect("an entry").path()) {
            match entree.extension().and_then(|fin| fin.to_str()) {
                _ if entree.is_dir() => dossiers.push(entree),
                Some("er7" | "hl7") => trouves.push(entree),
                _ => {}
            }
        }
    }
    trouves.sort();
    trouves
}

testkit::on_both! {
    async fn the_peer_is_acknowledged_for_every_official_message(store: TestStore) {
        let Some((python, script)) = pair() else { return };
        let monde = Monde::new(store).await;
        let messages = officiels();
        assert!(messages.len() >= 14, "{messages:?}");
        let essai = std::env::temp_dir().join(format!("grappe-pair-{}.hl7", monde.adresse.port()));
        std::fs::write(&essai, admission("7001")).expect("written");
        let mut commande = Command::new(python);
        commande.arg(script).args(["--mllp-send", &monde.adresse.to_string()]).arg(&essai).args(&messages);
        let sortie = tokio::task::spawn_blocking(move || commande.output().expect("the peer")).await.expect("no panic");
        let dit = String::from_utf8_lossy(&sortie.stdout).into_owned();
        std::fs::remove_file(essai).expect("removed");
        assert!(sortie.status.success(), "{dit}");
        assert_eq!(dit.matches("MSA|AA|").count(), messages.len() + 1, "{dit}");
        assert!(dit.contains("MSA|AA|7001") && dit.contains("MSA|AA|3995"), "{dit}");
        let distincts = monde.gardes().await;
        assert_eq!(distincts.len(), messages.len() + 1);
    }
}
