//! The official rules (XSD, schematrons) on the documents we sign; they are run by an independent program.

use std::path::Path;

use testkit::{Engine, Rules, Validator};

use crate::{Monde, cas, identification, monde, remplir, signer};
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
