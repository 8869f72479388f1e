//! The official rules (XSD, schematrons) on the documents we sign; they are run by an independent program.

use std::path::{Path, PathBuf};
use std::process::Command;

use testkit::Engine;

use crate::redaction::{self, MEDECIN};
use crate::{Monde, cas, identification, monde, remplir, signer};
use monde_essai::une_maison::{ETAB, IDE};
use usagers::Identification;

fn programme() -> Option<(String, PathBuf)> {
    let check = std::env::var_os("GRAPPE_CHECK")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../../shared/check"), PathBuf::from);
    let python = std::env::var("GRAPPE_PYTHON").unwrap_or_else(|_| "python3".into());
    let la = Command::new(&python).args(["-c", "import lxml, saxonche"]).output().is_ok_and(|sortie| sortie.status.success());
    let programme = check.join("cda.py");
    (la && programme.is_file()).then_some((python, programme))
}

async fn personne(rang: usize) -> Monde {
    let monde = monde(testkit::store(Engine::Sqlite).await).await;
    let cas = &cas()[rang];
    monde.ecrire(Identification::id(monde_essai::une_maison::ANNA), &identification(cas)).await;
    if cas.plein {
        remplir(&monde).await;
    }
    monde
}

/// Errors the rules find in each file, by its name. The program compiles its rules beside them and removes what it compiled: when
/// another test runs it at the same time, it is run again.
// No model covers a level 1 document; the tests check which model was applied to the others.
fn erreurs(python: &str, programme: &Path, fichiers: &[PathBuf]) -> serde_json::Value {
    let mut dit = String::new();
    for _ in 0..5 {
        let sortie =
            Command::new(python).arg(programme).args(["--json", "--no-volet-ok"]).args(fichiers).output().expect("the rules run");
        match serde_json::from_slice(&sortie.stdout) {
            Ok(rapport) => return rapport,
            Err(erreur) => dit = format!("{erreur}: {}", String::from_utf8_lossy(&sortie.stderr)),
        }
    }
    serde_json::json!({ "report": dit })
}

#[tokio::test(flavor = "multi_thread")]
async fn every_document_signed_obeys_the_official_rules_and_a_broken_one_does_not() {
    let Some((python, programme)) = programme() else {
        eprintln!("official rules absent: set GRAPPE_CHECK and GRAPPE_PYTHON to run them");
        return;
    };
    let dossier = Path::new(env!("CARGO_TARGET_TMPDIR")).join("dlu");
    std::fs::create_dir_all(&dossier).expect("folder");
    let mut fichiers = Vec::new();
    for rang in 0..cas().len() {
        let octets = signer(&personne(rang).await).await;
        let chemin = dossier.join(format!("{}.xml", cas()[rang].nom));
        std::fs::write(&chemin, &octets).expect("written");
        fichiers.push(chemin);
    }
    let casse = String::from_utf8(std::fs::read(&fichiers[0]).expect("read")).expect("text").replacen(
        "legalAuthenticator",
        "authenticator",
        2,
    );
    let chemin = dossier.join("casse.xml");
    std::fs::write(&chemin, casse).expect("written");
    fichiers.push(chemin);
    let rapport = erreurs(&python, &programme, &fichiers);
    for (nom, lu) in rapport.as_object().expect("a report") {
        let trouvees = lu["errors"].as_array().expect("errors");
        if nom.ends_with("casse.xml") {
            assert!(!trouvees.is_empty(), "the rules see nothing: {lu}");
        } else {
            assert!(trouvees.is_empty(), "{nom}: {trouvees:#?}");
            assert!(lu["volet"].as_str().is_some_and(|volet| volet.contains("DLU-EHPAD-DLU")), "{nom}: {lu}");
        }
    }
}

/// Some identities with every document: full, empty, a birth known by its year.
const IDENTITES: [usize; 3] = [0, 2, 5];
/// Each document, and what its volet is called by the rules.
const VOLETS: [(&str, &str); 4] = [("fludt", "DLU-EHPAD-FLUDT_"), ("ldl-ees", "LDL-EES_"), ("vsm", "VSM_"), ("compte-rendu", "")];

#[tokio::test(flavor = "multi_thread")]
async fn the_other_documents_obey_them_too_and_their_broken_copies_do_not() {
    let Some((python, programme)) = programme() else {
        eprintln!("official rules absent: set GRAPPE_CHECK and GRAPPE_PYTHON to run them");
        return;
    };
    let dossier = Path::new(env!("CARGO_TARGET_TMPDIR")).join("volets");
    std::fs::create_dir_all(&dossier).expect("folder");
    let mut fichiers = Vec::new();
    for rang in IDENTITES {
        let monde = personne(rang).await;
        monde.compte(MEDECIN, "Ève Médecin", vec![monde_essai::role("medecin", Some(ETAB), &[])]).await;
        for (volet, _) in VOLETS {
            let qui = if volet == "vsm" { MEDECIN } else { IDE };
            let octets = redaction::signer(&monde, qui, volet, &[]).await;
            for (suffixe, octets) in [("", octets.clone()), ("casse-", casser(&octets))] {
                if suffixe.is_empty() || rang == 0 {
                    let chemin = dossier.join(format!("{suffixe}{}-{volet}.xml", cas()[rang].nom));
                    std::fs::write(&chemin, &octets).expect("written");
                    fichiers.push(chemin);
                }
            }
        }
    }
    let rapport = erreurs(&python, &programme, &fichiers);
    let rapport = rapport.as_object().expect("a report");
    assert_eq!(rapport.len(), IDENTITES.len() * VOLETS.len() + VOLETS.len());
    for (nom, lu) in rapport {
        let trouvees = lu["errors"].as_array().expect("errors");
        if nom.contains("casse-") {
            assert!(!trouvees.is_empty(), "the rules see nothing in {nom}: {lu}");
            continue;
        }
        assert!(trouvees.is_empty(), "{nom}: {trouvees:#?}");
        let (_, attendu) = VOLETS.iter().find(|(volet, _)| nom.ends_with(&format!("-{volet}.xml"))).expect("a document");
        assert!(attendu.is_empty() || lu["volet"].as_str().is_some_and(|volet| volet.contains(attendu)), "{nom}: {lu}");
    }
}

/// The same without its signature.
fn casser(octets: &[u8]) -> Vec<u8> {
    let texte = String::from_utf8(octets.to_vec()).expect("text");
    texte.replacen("legalAuthenticator", "authenticator", 2).into_bytes()
}
