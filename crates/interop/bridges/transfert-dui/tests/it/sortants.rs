//! What leaves.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use http::StatusCode;
use monde_essai::Monde;
use monde_essai::une_maison::{ANNA, AS, SECRETAIRE};
use testkit::{Engine, Judgment, Rules, TestStore, Validator};
use transfert_dui::{Envoi, EtatEnvoi, Reglages};
use uuid::Uuid;

use crate::monde::{DIRECTION, attente, export, identite, monde};

const ID: Uuid = Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_00e1);

async fn exporter(monde: &Monde, geste: &str) {
    let champs = [("id", ID.to_string()), ("geste", geste.to_owned())];
    let champs: Vec<(&str, &str)> = champs.iter().map(|(nom, valeur)| (*nom, valeur.as_str())).collect();
    let page = monde.envoyer(SECRETAIRE, &format!("/residents/{ANNA}/export-dui"), &champs).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.texte);
}

/// Hands the message to the worker's function, with this peer.
async fn envoyer(monde: &Monde, adresse: Option<String>) -> Result<EtatEnvoi, platform::Erreur> {
    let messages = attente(monde).await;
    transfert_dui::traiter(&monde.services, &messages[0], &Reglages { adresse, jeton: Some("secret".into()) }).await?;
    Ok(monde.lu::<Envoi>(Envoi::id(ID)).await.value.etat)
}

/// A peer which answers once, and gives back what it was sent.
fn pair(statut: &str, corps: &str) -> (String, std::thread::JoinHandle<String>) {
    let ecoute = TcpListener::bind("127.0.0.1:0").expect("a port");
    let adresse = format!("http://{}/fhir", ecoute.local_addr().expect("an address"));
    let reponse =
        format!("HTTP/1.1 {statut}\r\ncontent-type: application/fhir+json\r\ncontent-length: {}\r\n\r\n{corps}", corps.len());
    let fil = std::thread::spawn(move || {
        let (mut flux, _) = ecoute.accept().expect("somebody");
        let mut lecteur = BufReader::new(flux.try_clone().expect("a stream"));
        let (mut tete, mut longueur) = (String::new(), 0);
        loop {
            let mut ligne = String::new();
            lecteur.read_line(&mut ligne).expect("a line");
            if let Some(valeur) = ligne.to_lowercase().strip_prefix("content-length:") {
                longueur = valeur.trim().parse().expect("a number");
            }
            if ligne == "\r\n" {
                break;
            }
            tete.push_str(&ligne);
        }
        let mut octets = vec![0; longueur];
        lecteur.read_exact(&mut octets).expect("a body");
        flux.write_all(reponse.as_bytes()).expect("answered");
        tete
    });
    (adresse, fil)
}

testkit::on_both! {
    async fn an_export_is_kept_as_a_document_and_says_what_stays(store: TestStore) {
        let monde = monde(store, identite("BRUMELLE", "28/03/1979", true)).await;
        let page = monde.lire(SECRETAIRE, &format!("/residents/{ANNA}/export-dui")).await.texte;
        for mots in ["transmise (identité qualifiée)", "Plan de soins, transmissions", "Départ en absence en cours", "Aucun logiciel destinataire"] {
            assert!(page.contains(mots), "{mots} {page}");
        }
        assert!(!page.contains("QLETTRE"), "a secretary counts the documents, she does not read them");
        for compte in [AS, DIRECTION] {
            assert_eq!(monde.lire(compte, &format!("/residents/{ANNA}/export-dui")).await.status, StatusCode::FORBIDDEN);
        }
        exporter(&monde, "garder").await;
        exporter(&monde, "garder").await;
        let lu = tddui::read(&export(&monde).await, &tddui::Limits::default()).unwrap();
        assert!(lu.defects.is_empty() && lu.others.is_empty());
        assert_eq!((lu.stays.len(), lu.events.len(), lu.contacts.len(), lu.documents.len()), (1, 1, 2, 2));
        assert_eq!(lu.patient.ins.map(|ins| ins.number).as_deref(), Some("279035121518989"));
        assert!(attente(&monde).await.is_empty());
    }

    async fn a_number_which_is_not_qualified_stays(store: TestStore) {
        let provisoire = identite("BRUMELLE", "00/00/1936", false);
        let qualifiee = identite("BRUMELLE", "28/03/1979", true);
        let recuperee = provisoire.insi_obtenue(qualifiee.ins().unwrap().clone(), provisoire.traits().clone()).unwrap();
        let monde = monde(store, recuperee).await;
        exporter(&monde, "garder").await;
        let lu = tddui::read(&export(&monde).await, &tddui::Limits::default()).unwrap();
        assert_eq!((lu.patient.ins, lu.patient.birth_date.as_str()), (None, "1936"));
    }

    async fn the_outcome_of_a_sending_is_shown_in_the_words_of_the_other_software(store: TestStore) {
        let monde = monde(store, identite("BRUMELLE", "28/03/1979", true)).await;
        exporter(&monde, "envoyer").await;
        let (adresse, fil) = pair("422 Unprocessable", r#"{"resourceType":"OperationOutcome","issue":[{"diagnostics":"FINESS inconnu ici"}]}"#);
        assert!(envoyer(&monde, Some("http://127.0.0.1:1/".into())).await.is_err(), "the network is tried again");
        assert!(matches!(envoyer(&monde, Some(adresse)).await.unwrap(), EtatEnvoi::Refuse { .. }));
        let tete = fil.join().unwrap().to_lowercase();
        assert!(tete.starts_with("post /fhir http/1.1") && tete.contains("authorization: bearer secret") && tete.contains("application/fhir+json"), "{tete}");
        let page = monde.lire(SECRETAIRE, &format!("/residents/{ANNA}/export-dui")).await.texte;
        assert!(page.contains("rien n'a été créé là-bas : FINESS inconnu ici"), "{page}");
    }

    async fn without_a_peer_it_says_so_and_is_not_tried_again(store: TestStore) {
        let monde = monde(store, identite("BRUMELLE", "28/03/1979", true)).await;
        exporter(&monde, "envoyer").await;
        let EtatEnvoi::Refuse { phrases } = envoyer(&monde, None).await.unwrap() else { panic!("refused") };
        assert!(phrases[0].contains("GRAPPE_DUI_ADRESSE"));
        assert!(matches!(envoyer(&monde, Some("http://127.0.0.1:1/".into())).await.unwrap(), EtatEnvoi::Refuse { .. }), "settled");
    }
}

#[test]
fn every_export_passes_the_official_rules() {
    let Some(regles) = Validator::find(Rules::Fhir) else { return };
    testkit::run(Engine::Sqlite, |store| async move {
        let dossier = Path::new(env!("CARGO_TARGET_TMPDIR")).join("exports");
        std::fs::create_dir_all(&dossier).expect("a folder");
        let cas = [("BRUMELLE", "28/03/1979", true), ("D'ARTAGNAN-LE GOFF", "00/03/1936", false), ("O", "00/00/1900", false)];
        let mut fichiers = Vec::new();
        drop(store);
        for (rang, (nom, naissance, ins)) in cas.into_iter().enumerate() {
            let monde = monde(testkit::store(Engine::Sqlite).await, identite(nom, naissance, ins)).await;
            exporter(&monde, "garder").await;
            let chemin = dossier.join(format!("{rang}.json"));
            std::fs::write(&chemin, export(&monde).await).expect("written");
            fichiers.push(chemin);
        }
        let Judgment { valid, told } = regles.run(&["--set", "tddui-2.4.0", "--transaction"], &fichiers);
        assert!(valid && told.matches("VALID  ").count() == cas.len(), "{told}");
    });
}

/// Ended when the test ends, whatever happens.
struct Pair(Child);

impl Drop for Pair {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn another_vendors_software_creates_everything() {
    let Some(check) = testkit::check_or_skip() else { return };
    let (Some(moteur), Some(python)) = (testkit::fhir_engine_or_skip(), testkit::python_or_skip("json")) else { return };
    testkit::run(Engine::Sqlite, |store| async move {
        let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
        let mut commande = Command::new(&python);
        commande.arg(check.join("peers/fhir_peer.py")).args([
            "--port",
            &port.to_string(),
            "--set",
            "tddui-2.4.0",
            "--bearer",
            "secret",
        ]);
        let _pair = Pair(commande.env("FHIRVAL", &moteur).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a peer"));
        for _ in 0..100 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        let monde = monde(store, identite("BRUMELLE", "28/03/1979", true)).await;
        exporter(&monde, "envoyer").await;
        let etat = envoyer(&monde, Some(format!("http://127.0.0.1:{port}/"))).await.expect("answered");
        let EtatEnvoi::Recu { ids } = etat else { panic!("{etat:?}") };
        assert_eq!(ids.len(), 8, "patient, house, stay, event, two contacts, two documents: {ids:?}");
        assert!(monde.lire(SECRETAIRE, &format!("/residents/{ANNA}/export-dui")).await.texte.contains("8 éléments créés là-bas"));
    });
}
