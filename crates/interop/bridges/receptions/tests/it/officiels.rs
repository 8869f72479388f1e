//! The official HL7 messages: what each is taken for.

use documents::{EtatReception, Nature, Suite};
use testkit::TestStore;

use crate::fabrique::racine;
use crate::monde::{ANNA, Monde};

fn messages() -> Vec<(String, Vec<u8>)> {
    let mut dossiers = vec![racine().join("hl7v2")];
    let mut lus = Vec::new();
    while let Some(dossier) = dossiers.pop() {
        let Ok(entrees) = std::fs::read_dir(dossier) else { continue };
        for chemin in entrees.filter_map(|entree| Some(entree.ok()?.path())) {
            if chemin.is_dir() {
                dossiers.push(chemin);
            } else if chemin.extension().is_some_and(|extension| extension == "er7" || extension == "hl7") {
                let nom = chemin.strip_prefix(racine()).expect("inside").to_string_lossy().into_owned();
                lus.push((nom, std::fs::read(chemin).expect("bytes")));
            }
        }
    }
    lus.sort();
    if lus.is_empty() {
        eprintln!("official messages absent: set GRAPPE_INTEROP to test them");
    }
    lus
}

#[test]
fn every_official_message_is_understood_for_what_it_is() {
    for (nom, octets) in messages() {
        let lu = receptions::lire(&octets);
        assert_eq!(lu.apercu.nature, Nature::Message, "{nom}");
        if nom.contains("/ack.") {
            assert_eq!(lu.apercu.refus.as_deref(), Some("hl7_unsupported_message"), "{nom}");
            continue;
        }
        assert_eq!(lu.apercu.refus, None, "{nom}: {:?}", lu.apercu.detail);
        let patient = lu.apercu.patient.as_ref().expect("a patient");
        assert!(patient.nom_naissance.is_some() || !patient.nom_affiche.is_empty(), "{nom}");
        match lu.apercu.suite {
            Some(Suite::Mouvement) => assert!(nom.contains("sgl") || nom.contains("adt"), "{nom}"),
            Some(Suite::Retrait) => assert!(nom.contains("DEL") || nom.contains("SUPP") || nom.contains("T04"), "{nom}"),
            _ => assert!(!lu.parties.is_empty(), "{nom} carries a document"),
        }
    }
}

testkit::on_both! {
    async fn the_documents_of_the_official_messages_are_filed_or_queued(store: TestStore) {
        let monde = Monde::new(store).await;
        let (mut classes, mut visibles) = (0, 0);
        for (nom, octets) in messages() {
            let recue = monde.recevoir(&nom, &octets).await;
            for partie in monde.parties(&recue).await {
                match &partie.etat {
                    EtatReception::Classee { usager, .. } => { assert_eq!(*usager, ANNA, "{nom}"); classes += 1; }
                    EtatReception::Doublon { .. } => visibles += 1,
                    autre => { assert!(autre.attente().is_some(), "{nom}: {autre:?}"); visibles += 1; }
                }
            }
        }
        eprintln!("{classes} filed, {visibles} visible");
        if !messages().is_empty() { assert!(classes + visibles > 0); }
    }
}
