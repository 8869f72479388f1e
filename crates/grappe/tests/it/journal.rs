//! `verify-journal` while a transaction of anybody keeps the last lines of the journal from their place.

use serde_json::Value;
use testkit::Engine;

use crate::service::{Installation, Reponse};

const RAPPORT: &[u8] = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n";

fn json(reponse: &Reponse) -> Value {
    serde_json::from_str(&reponse.sortie).unwrap_or_else(|erreur| panic!("{erreur}: {}{}", reponse.sortie, reponse.erreurs))
}

#[tokio::test]
async fn lines_which_wait_are_told_in_french_and_are_no_anomaly() {
    let Some(serveur) = testkit::own_server_or_skip().await else { return };
    let Some(installation) = Installation::nouvelle(Engine::Sqlite).await else { return };
    let url = serveur.url("postgres");
    let lancer = |arguments: &[&str]| installation.lancer(&[arguments, &["--database-url", &url]].concat());
    assert!(lancer(&["administrateur", "Martine", "Martine Essai"]).statut.success());
    serveur.execute("postgres", "create database ailleurs").await.unwrap();
    let avant = json(&lancer(&["verify-journal", "--json"]));
    assert!(avant["lignes"].as_i64().unwrap() > 0 && avant["lignes_en_attente"] == 0 && avant["attente"].is_null(), "{avant}");

    let ouverte = serveur.open_transaction("ailleurs").await.unwrap();
    let recu = lancer(&["receive", &installation.fichier("compte-rendu.pdf", RAPPORT)]);
    assert!(recu.statut.success(), "{}{}", recu.sortie, recu.erreurs);
    let attendent = json(&lancer(&["verify-journal", "--json"]));
    assert_eq!((&attendent["lignes"], &attendent["anomalies"]), (&avant["lignes"], &Value::Array(vec![])), "{attendent}");
    assert!(attendent["enregistrements"].as_i64() > avant["enregistrements"].as_i64(), "{attendent}");
    let dit = lancer(&["verify-journal"]);
    assert!(dit.statut.success() && dit.sortie.contains("Aucune anomalie"), "{}{}", dit.sortie, dit.erreurs);
    let qui = format!(
        "une transaction plus ancienne du serveur PostgreSQL (session {}, base « ailleurs », compte « postgres », depuis le ",
        ouverte.pid
    );
    assert!(dit.sortie.contains(&qui), "{}", dit.sortie);
    assert!(dit.sortie.contains(&format!("select pg_terminate_backend({});", ouverte.pid)), "{}", dit.sortie);

    ouverte.commit().await.unwrap();
    let apres = json(&lancer(&["verify-journal", "--json"]));
    let total = avant["lignes"].as_i64().unwrap() + attendent["lignes_en_attente"].as_i64().unwrap();
    assert!(apres["lignes"] == total && apres["lignes_en_attente"] == 0, "{apres}");
    assert_eq!((&apres["enregistrements"], &apres["anomalies"]), (&attendent["enregistrements"], &attendent["anomalies"]));
}

#[tokio::test]
async fn a_line_taken_away_while_it_waits_is_an_anomaly() {
    let Some(serveur) = testkit::own_server_or_skip().await else { return };
    let Some(installation) = Installation::nouvelle(Engine::Sqlite).await else { return };
    let url = serveur.url("postgres");
    let lancer = |arguments: &[&str]| installation.lancer(&[arguments, &["--database-url", &url]].concat());
    assert!(lancer(&["administrateur", "Martine", "Martine Essai"]).statut.success());
    let _ouverte = serveur.open_transaction("postgres").await.unwrap();
    assert!(lancer(&["receive", &installation.fichier("compte-rendu.pdf", RAPPORT)]).statut.success());
    serveur.execute("postgres", "delete from journal where detail like '%blob/%'").await.unwrap();
    let dit = lancer(&["verify-journal"]);
    assert_eq!(dit.statut.code(), Some(1), "{}", dit.sortie);
    assert!(
        dit.sortie.contains("ANOMALIE : Le document ") && dit.sortie.contains("ANOMALIE : L'enregistrement "),
        "{}",
        dit.sortie
    );
}

#[tokio::test]
async fn a_login_without_rights_over_the_server_is_told_which_session_holds() {
    let Some(serveur) = testkit::own_server_or_skip().await else { return };
    let Some(installation) = Installation::nouvelle(Engine::Sqlite).await else { return };
    serveur.execute("postgres", "create role simple login").await.unwrap();
    serveur.execute("postgres", "create database grappe owner simple").await.unwrap();
    let url = serveur.url("grappe").replace("//postgres@", "//simple@");
    let lancer = |arguments: &[&str]| installation.lancer(&[arguments, &["--database-url", &url]].concat());
    let ouverte = serveur.open_transaction("postgres").await.unwrap();
    let cree = lancer(&["administrateur", "Martine", "Martine Essai"]);
    assert!(cree.statut.success(), "{}{}", cree.sortie, cree.erreurs);
    let dit = lancer(&["verify-journal"]);
    assert!(dit.statut.success() && dit.sortie.starts_with("0 lignes relues"), "{}{}", dit.sortie, dit.erreurs);
    assert!(
        dit.sortie.contains(&format!("(session {}, base « postgres », compte « postgres »).", ouverte.pid)),
        "{}",
        dit.sortie
    );
}
