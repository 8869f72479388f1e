//! The official rules (XSD, schematrons) on the documents we sign; they are run by an independent program.

use std::path::Path;

use testkit::{Engine, Rules, Validator};

use crate::redaction::{self, MEDECIN};
use crate::{Monde, cas, identification, monde, remplir, signer};
use monde_essai::une_maison::{ETAB, IDE};
use usagers::Identification;

async fn personne(rang: usize) -> Monde {
    let monde = monde(testkit::store(Engine::Sqlite).await).await;
    let cas = &cas()[rang];
    monde.ecrire(Identification::id(monde_essai::une_maison::ANNA), &identification(cas)).await;
    if cas.plein {
        remplir(&monde).await;
    }
    monde
}

#[tokio::test(flavor = "multi_thread")]
async fn every_document_signed_obeys_the_official_rules_and_a_broken_one_does_not() {
    let Some(regles) = Validator::find(Rules::Cda) else { return };
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
    let rapport: serde_json::Value = serde_json::from_str(&regles.run(&["--json"], &fichiers).told).expect("a report");
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
    let Some(regles) = Validator::find(Rules::Cda) else { return };
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
    // No model covers a level 1 document; which model was applied to the others is checked below.
    let rapport: serde_json::Value =
        serde_json::from_str(&regles.run(&["--json", "--no-volet-ok"], &fichiers).told).expect("a report");
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
