//! Versions behind and ahead, answers, sessions of acts, the files of the application.

use jiff::{SignedDuration, Timestamp};
use kernel::uuid::Uuid;
use ring::rand::SystemRandom;
use serde_json::{Value, json};
use terrain::{CleMaitre, Conversions, Erreur, EtatReponse, Operation, OperationOuverte, Reponse, SessionTerrain, Validite};

const ID: &str = "018f0000-0000-7000-8000-000000000001";

fn operation(v: u32, genre: &str, donnees: &Value) -> Operation {
    serde_json::from_value(json!({
        "id": ID, "type": genre, "v": v, "poste": ID, "seq": 1, "auteur": ID, "session": ID, "etablissement": ID,
        "fait_a": "2026-11-21T08:00:00Z", "saisi_a": "2026-11-21T08:00:00Z", "donnees": donnees, "preuve": "",
    }))
    .unwrap()
}

fn conversions() -> Conversions {
    Conversions::default()
        .declarer("soin.valider", 3)
        .etape("soin.valider", 1, |d| {
            let issue = d.remove("resultat").unwrap_or(Value::Null);
            d.insert("issue".into(), issue);
        })
        .etape("soin.valider", 2, |d| {
            d.entry("groupe").or_insert(Value::Bool(false));
        })
}

#[test]
fn a_tablet_two_releases_behind_is_understood() {
    let mut op = operation(1, "soin.valider", &json!({ "resultat": "fait" }));
    conversions().convertir(&mut op).unwrap();
    assert_eq!((op.v, Value::Object(op.donnees)), (3, json!({ "issue": "fait", "groupe": false })));
}

#[test]
fn a_tablet_ahead_waits() {
    let mut op = operation(4, "soin.valider", &json!({}));
    assert_eq!(conversions().convertir(&mut op), Err(Erreur::TropRecente));
    let mut inconnue = operation(1, "plaie.photo", &json!({}));
    assert_eq!(conversions().convertir(&mut inconnue), Err(Erreur::TropRecente));
}

#[test]
fn the_first_releases_of_the_contract_are_still_read() {
    let op = operation(1, "soin.valider", &json!({ "issue": "fait" }));
    assert!(op.apres.is_empty() && !op.hors_ligne && op.resident.is_none());
}

#[test]
fn the_same_id_with_other_content_has_another_digest() {
    let lire = |d: Value| OperationOuverte::lire(&serde_json::to_vec(&operation(1, "soin.valider", &d)).unwrap()).unwrap();
    assert_eq!(lire(json!({ "a": 1, "b": 2 })).empreinte(), lire(json!({ "b": 2, "a": 1 })).empreinte());
    assert_ne!(lire(json!({ "a": 1 })).empreinte(), lire(json!({ "a": 2 })).empreinte());
}

#[test]
fn answers_have_the_words_of_the_contract() {
    let id: Uuid = ID.parse().unwrap();
    let mots: Vec<Value> =
        [EtatReponse::Appliquee, EtatReponse::Deja, EtatReponse::Conflit, EtatReponse::Refusee, EtatReponse::PlusTard]
            .into_iter()
            .map(|etat| serde_json::to_value(Reponse::simple(id, etat)).unwrap()["etat"].clone())
            .collect();
    assert_eq!(mots, ["appliquee", "deja", "conflit", "refusee", "plus_tard"]);
}

#[test]
fn an_act_of_a_closed_account_is_kept_and_marked() {
    let t0: Timestamp = "2026-11-21T08:00:00Z".parse().unwrap();
    let maitre = CleMaitre::new(&[1; 32]).unwrap();
    let op = operation(1, "soin.valider", &json!({}));
    let bornes = (t0, t0 + SignedDuration::from_hours(14));
    let mut s = SessionTerrain::ouvrir(op.session, op.poste, op.auteur, bornes, &maitre, &SystemRandom::new()).unwrap();
    assert!(s.est_celle_de(&op));
    s.fermee_a = Some(t0 + SignedDuration::from_hours(1));
    assert_eq!(s.validite(t0 + SignedDuration::from_mins(30)), Validite::EnCours);
    assert_eq!(s.validite(t0 + SignedDuration::from_mins(90)), Validite::ApresFermeture);
    let autre = Operation { auteur: kernel::id::CompteId(Uuid::from_u128(5)), ..op };
    assert!(!s.est_celle_de(&autre));
}

#[test]
fn the_worker_lists_every_file_and_its_version_moves_with_them() {
    let texte = terrain::service_worker("<html>", &["/style.css"]);
    assert!(texte.starts_with("const VERSION = \""));
    for nom in terrain::fichiers() {
        assert!(texte.contains(&format!("\"/terrain/{nom}\"")), "{nom}");
    }
    assert!(texte.contains("\"/style.css\"") && texte.contains(terrain::COQUILLE));
    assert_ne!(texte, terrain::service_worker("<html lang=fr>", &["/style.css"]));
    assert_ne!(terrain::version(&["/style.css"]), terrain::version(&["/style2.css"]));
    assert!(terrain::fichier("coeur/boite.js").unwrap().mime.starts_with("text/javascript"));
    assert!(terrain::fichier("types.d.ts").is_none() && terrain::fichier("../Cargo.toml").is_none());
}
