//! The independent peer sends what the hospitals' guides publish.

use std::path::PathBuf;

use testkit::{Rules, TestStore, Validator};

use crate::monde::{Monde, admission};

/// Every official message, in the order of their paths.
pub(crate) fn officiels() -> Vec<PathBuf> {
    let Some(racine) = testkit::interop_or_skip().map(|dossier| dossier.join("hl7v2")) else { return Vec::new() };
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
        let Some(pair) = Validator::find(Rules::Hl7v2) else { return };
        let monde = Monde::new(store).await;
        let messages = officiels();
        assert!(messages.len() >= 14, "{messages:?}");
        let essai = std::env::temp_dir().join(format!("grappe-pair-{}.hl7", monde.adresse.port()));
        std::fs::write(&essai, admission("7001")).expect("written");
        let mut commande = pair.command();
        commande.args(["--mllp-send", &monde.adresse.to_string()]).arg(&essai).args(&messages);
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
