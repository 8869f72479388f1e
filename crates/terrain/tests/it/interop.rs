//! What the tablet's code (node's WebCrypto) made, opened by the server's code.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use serde_json::Value;
use terrain::{ClePrivee, Erreur, Preuve, Scelle, SignaturePoste, SignatureSession, canonique, texte_signe};

fn vecteurs() -> Value {
    serde_json::from_str(include_str!("../vecteurs/interop.json")).unwrap()
}

fn octets(v: &Value) -> Vec<u8> {
    B64.decode(v.as_str().unwrap()).unwrap()
}

#[test]
fn the_server_opens_what_the_tablet_sealed_and_believes_its_proof() {
    let v = vecteurs();
    let privee = ClePrivee::lire(&octets(&v["privee"])).unwrap();
    for cas in v["scelles"].as_array().unwrap() {
        let scelle: Scelle = serde_json::from_value(cas["scelle"].clone()).unwrap();
        let ouverte = scelle.ouvrir(&privee).unwrap();
        assert_eq!(Value::Object(ouverte.operation.donnees.clone()), cas["donnees"]);
        assert_eq!(ouverte.verifier(&octets(&v["cle_session"])), Preuve::Valide);
        assert_eq!(ouverte.verifier(&octets(&v["cle_poste"])), Preuve::Invalide);
    }
}

#[test]
fn both_sides_write_the_same_canonical_text() {
    for cas in vecteurs()["scelles"].as_array().unwrap() {
        let attendu = cas["canonique"].as_str().unwrap();
        assert_eq!(canonique(&serde_json::from_str(attendu).unwrap()).unwrap(), attendu);
    }
}

#[test]
fn a_number_which_is_not_an_integer_has_no_canonical_form() {
    assert_eq!(canonique(&serde_json::json!({ "poids": 52.4 })), Err(Erreur::Illisible));
}

#[test]
fn a_seal_moved_or_altered_does_not_open() {
    let v = vecteurs();
    let privee = ClePrivee::lire(&octets(&v["privee"])).unwrap();
    let bon: Scelle = serde_json::from_value(v["scelles"][0]["scelle"].clone()).unwrap();
    let autre: Scelle = serde_json::from_value(v["scelles"][1]["scelle"].clone()).unwrap();
    let alteres = [
        Scelle { id: autre.id, ..bon.clone() },
        Scelle { seq: bon.seq + 1, ..bon.clone() },
        Scelle { kid: "k2".into(), ..bon.clone() },
        Scelle { ct: autre.ct.clone(), ..bon.clone() },
        Scelle { epk: autre.epk.clone(), ..bon.clone() },
        Scelle { iv: "pas du base64 !".into(), ..bon.clone() },
        Scelle { epk: B64.encode([4u8; 65]), ..bon.clone() },
    ];
    for altere in alteres {
        assert_eq!(altere.ouvrir(&privee).unwrap_err(), Erreur::Altere);
    }
    let voisin = ClePrivee::lire(&[7u8; 32]).unwrap();
    assert_eq!(bon.ouvrir(&voisin).unwrap_err(), Erreur::Altere);
}

#[test]
fn the_signature_of_a_request_covers_method_path_instant_and_body() {
    let v = vecteurs();
    let r = &v["requete"];
    let chaine = |nom: &str| r[nom].as_str().unwrap().to_owned();
    let texte = texte_signe(&chaine("methode"), &chaine("chemin"), r["instant"].as_i64().unwrap(), chaine("corps").as_bytes());
    let poste = SignaturePoste::lire(r["entetes"]["Authorization"].as_str().unwrap()).unwrap();
    let session = SignatureSession::lire(r["entetes"]["Terrain-Session"].as_str().unwrap()).unwrap();
    let (cle_poste, cle_session) = (octets(&v["cle_poste"]), octets(&v["cle_session"]));
    poste.verifier(&cle_poste, &texte).unwrap();
    session.verifier(&cle_session, &texte).unwrap();
    assert_eq!(poste.verifier(&cle_session, &texte), Err(Erreur::SignatureInvalide));
    let autre = texte_signe("GET", &chaine("chemin"), r["instant"].as_i64().unwrap(), chaine("corps").as_bytes());
    assert_eq!(poste.verifier(&cle_poste, &autre), Err(Erreur::SignatureInvalide));
    assert_eq!(SignaturePoste::lire("Bearer x"), Err(Erreur::SignatureInvalide));
}
