//! What comes.

use http::StatusCode;
use kernel::id::UsagerId;
use monde_essai::Monde;
use monde_essai::une_maison::{ANNA, AS, ETAB, SECRETAIRE};
use platform::acces::EtatSejour;
use platform::store::{Query, Reach, Stored};
use testkit::TestStore;
use transfert_dui::{Canal, DossierEntrant, EtatEntrant};
use usagers::{Entourage, Identification};

use crate::monde::{ADM, identite, monde};

fn canal() -> Canal {
    Canal { code: "fichier".into(), etablissement: Some(ETAB), emetteur: "EHPAD d'ailleurs".into() }
}

/// A bundle as another software writes it.
fn dossier(nom: &str) -> Vec<u8> {
    let document = |n: u32, titre: &str, octets: &[u8]| tddui::Document {
        id: format!("urn:uuid:0192aaaa-bbbb-7ccc-8ddd-0000000000{n:02}"),
        title: titre.into(),
        kind: ("11490-0".into(), "Lettre".into()),
        date: "2026-05-04T10:00:00+02:00".into(),
        author: "Dr Ailleurs".into(),
        media_type: "text/html".into(),
        bytes: octets.to_vec(),
    };
    let contact = tddui::Contact {
        id: "c1".into(),
        role: tddui::ContactRole::Trusted,
        link: "fils".into(),
        name: "Paul MARTIN".into(),
        phone: "0600000001".into(),
        email: String::new(),
        address: String::new(),
        comment: String::new(),
    };
    let patient = tddui::Patient {
        local_id: "3630000017/A1".into(),
        ins: Some(tddui::Qualified { oid: "1.2.250.1.213.1.4.10".into(), number: "279035121518989".into() }),
        family: nom.into(),
        given: "ANNA".into(),
        given_names: "ANNA MARIE-LOUISE".into(),
        used: None,
        gender: tddui::Gender::Female,
        birth_date: "1979-03-28".into(),
        birth_place: Some("51215".into()),
    };
    let transfer = tddui::Transfer {
        id: "0192aaaa-bbbb-7ccc-8ddd-0000000000ff".into(),
        patient,
        organization: tddui::Organization { finess: "630000017".into(), name: "EHPAD d'ailleurs".into() },
        stays: Vec::new(),
        events: Vec::new(),
        contacts: vec![contact],
        documents: vec![document(1, "Lettre QRECUE", b"%PDF-1.7 lettre"), document(2, "Page", b"<html><script>1</script>")],
    };
    tddui::write(&transfer).expect("written")
}

async fn recevoir(monde: &Monde, octets: &[u8]) -> Stored<DossierEntrant> {
    transfert_dui::recevoir(&monde.services, canal(), "dossier.json", octets).await.expect("kept")
}

async fn accepter(monde: &Monde, lu: &Stored<DossierEntrant>, champs: &[(&str, &str)]) -> monde_essai::Reponse {
    let version = lu.version.to_string();
    let mut tous = vec![("version", version.as_str()), ("genre", "permanent"), ("prevu_le", "2026-12-01")];
    tous.extend_from_slice(champs);
    monde.envoyer(ADM, &format!("/transferts/entrants/{}/accepter", lu.id), &tous).await
}

testkit::on_both! {
    async fn a_record_received_waits_for_a_person_and_becomes_a_pre_admission_with_its_origin(store: TestStore) {
        let monde = monde(store, identite("BRUMELLE", "01/01/1930", false)).await;
        let lu = recevoir(&monde, &dossier("MARTINOT")).await;
        assert_eq!(recevoir(&monde, &dossier("MARTINOT")).await.id, lu.id, "the same bytes are one reception");
        let liste = monde.lire(ADM, "/transferts/entrants").await.texte;
        assert!(liste.contains("MARTINOT ANNA MARIE-LOUISE") && liste.contains("EHPAD d'ailleurs") && liste.contains("À décider (1)"), "{liste}");
        assert_eq!(monde.lire(AS, "/transferts/entrants").await.status, StatusCode::FORBIDDEN);
        let page = monde.lire(ADM, &format!("/transferts/entrants/{}", lu.id)).await.texte;
        assert!(page.contains("2 documents, 1 contact") && !page.contains("1 contacts") && page.contains("à récupérer de nouveau ici") && !page.contains("QRECUE"), "{page}");
        let reponse = accepter(&monde, &lu, &[]).await;
        assert_eq!(reponse.status, StatusCode::SEE_OTHER, "{}", reponse.texte);
        let EtatEntrant::Accepte { usager, .. } = monde.lu::<DossierEntrant>(lu.id).await.value.etat else { panic!("accepted") };
        let sejours: Vec<Stored<sejours::Sejour>> = monde.store.list(&Reach::All, &Query::person(usager)).await.unwrap();
        assert_eq!(sejours[0].etat, EtatSejour::Preadmis);
        let connue = monde.lu::<Identification>(Identification::id(usager)).await;
        assert!(connue.identite.ins().is_none() && connue.identite.traits().nom_naissance() == "MARTINOT", "claims prove nothing");
        assert_eq!(monde.lu::<Entourage>(Entourage::id(usager)).await.contacts[0].nom, "Paul MARTIN");
        let documents: Vec<Stored<documents::DocumentMedical>> = monde.store.list(&Reach::All, &Query::person(usager)).await.unwrap();
        let mut types: Vec<&str> = documents.iter().map(|lu| lu.value.0.mime.as_str()).collect();
        types.sort_unstable();
        assert_eq!(types, ["application/octet-stream", "application/pdf"], "the declared type is never believed");
        assert!(documents.iter().all(|lu| lu.value.0.repris.as_ref().is_some_and(|repris| repris.de == "EHPAD d'ailleurs")));
        assert_eq!(monde.store.blob(&documents[0].value.0.blob).await.unwrap().map(|octets| octets.len() > 5), Some(true));
    }

    async fn the_same_record_of_the_other_software_is_taken_once(store: TestStore) {
        let monde = monde(store, identite("BRUMELLE", "01/01/1930", false)).await;
        let lu = recevoir(&monde, &dossier("MARTINOT")).await;
        assert_eq!(accepter(&monde, &lu, &[]).await.status, StatusCode::SEE_OTHER);
        let mut autre = dossier("MARTINOT");
        autre.push(b'\n');
        let encore = recevoir(&monde, &autre).await;
        assert_ne!(encore.id, lu.id);
        let page = accepter(&monde, &encore, &[("dossier", "nouveau")]).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.texte.contains("déjà été repris"), "{}", page.texte);
        let seconde = UsagerId(kernel::id::derived(encore.id, "usager"));
        let sejours: Vec<Stored<sejours::Sejour>> = monde.store.list(&Reach::All, &Query::person(seconde)).await.unwrap();
        assert!(sejours.is_empty(), "all or nothing");
    }

    async fn somebody_who_looks_alike_is_chosen_by_a_person_never_merged(store: TestStore) {
        let monde = monde(store, identite("BRUMELLE", "28/03/1979", true)).await;
        let lu = recevoir(&monde, &dossier("BRUMELLE")).await;
        let page = accepter(&monde, &lu, &[]).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.texte.contains("Dites s'il s'agit de l'une d'elles"), "{}", page.texte);
        let page = accepter(&monde, &lu, &[("dossier", &ANNA.to_string())]).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.texte.contains("déjà un séjour en cours"), "she is here already: {}", page.texte);
        assert_eq!(accepter(&monde, &lu, &[("dossier", "nouveau")]).await.status, StatusCode::SEE_OTHER);
    }

    async fn what_cannot_be_read_is_kept_and_said(store: TestStore) {
        let monde = monde(store, identite("BRUMELLE", "28/03/1979", true)).await;
        let seul = br#"{"resourceType":"Patient"}"#;
        let entier = dossier("MARTINOT");
        assert!(transfert_dui::est_un_dossier(&entier) && transfert_dui::est_un_dossier(&entier[..entier.len() - 50]));
        let document = br#"{"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"resourceType":"DocumentReference"}}]}"#;
        for autre in [seul.as_slice(), document, b"%PDF-1.7", b"{}"] {
            assert!(!transfert_dui::est_un_dossier(autre), "documents read it");
        }
        let lu = recevoir(&monde, seul).await;
        assert!(matches!(&lu.etat, EtatEntrant::Illisible { code } if code == "not_a_transaction"));
        let page = monde.lire(SECRETAIRE, &format!("/transferts/entrants/{}", lu.id)).await.texte;
        assert!(page.contains("pas un dossier complet") && !page.contains("Reprendre le dossier"), "{page}");
        let fichier = monde.lire(SECRETAIRE, &format!("/transferts/entrants/{}/fichier", lu.id)).await;
        assert_eq!(fichier.octets, seul, "the file is taken as it came");
        assert_eq!(monde.lire(AS, &format!("/transferts/entrants/{}/fichier", lu.id)).await.status, StatusCode::FORBIDDEN);
        let refuser = format!("/transferts/entrants/{}/refuser", lu.id);
        let version = lu.version.to_string();
        assert_eq!(monde.envoyer(SECRETAIRE, &refuser, &[("version", &version)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        monde.envoyer(SECRETAIRE, &refuser, &[("version", &version), ("motif", "Fichier incomplet")]).await;
        assert!(monde.lire(SECRETAIRE, "/transferts/entrants").await.texte.contains("refusé"));
    }

    async fn official_examples_are_received(store: TestStore) {
        let monde = monde(store, identite("BRUMELLE", "28/03/1979", true)).await;
        let pres = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../../shared/interop");
        let exemples = std::env::var_os("GRAPPE_INTEROP").map_or(pres, std::path::PathBuf::from).join("tddui-2.4.0/examples");
        for (nom, lisible) in [("bundle.json", true), ("bundle-as-published.json", true), ("patient-ins.json", false), ("organization.json", false), ("encounter-sejour.json", false)] {
            let Ok(octets) = std::fs::read(exemples.join(nom)) else { return };
            let lu = recevoir(&monde, &octets).await;
            assert_eq!(lu.etat == EtatEntrant::ADecider, lisible, "{nom}");
            assert_eq!(monde.lire(ADM, &format!("/transferts/entrants/{}", lu.id)).await.status, StatusCode::OK, "{nom}");
        }
    }
}
