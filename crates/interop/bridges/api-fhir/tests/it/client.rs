//! A client written by others (PyPI fhirpy, PyJWT) takes a token, searches, follows pages, reads and publishes.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use base64::Engine;
use monde_essai::Monde;
use monde_essai::une_maison::{ANNA, ETAB};
use serde_json::{Value, json};
use testkit::Engine as Base;

use crate::monde::{HOPITAL, OCTETS, TOUT, application, monde_a, remplir};

fn jouer(python: &str, arguments: &[&str]) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/client.py");
    let sortie = Command::new(python).arg(script).args(arguments).output().expect("the client runs");
    let dit = String::from_utf8_lossy(&sortie.stderr).into_owned();
    serde_json::from_slice(&sortie.stdout).unwrap_or_else(|_| json!({ "stderr": dit }))
}

/// Serves the world on the loopback.
fn servir(monde: Arc<Monde>, ecoute: tokio::net::TcpListener) {
    let router = Router::new().fallback(move |request: Request| {
        let monde = Arc::clone(&monde);
        async move {
            let (parts, corps) = request.into_parts();
            let mut demande = http::Request::builder().method(parts.method).uri(parts.uri);
            for (nom, valeur) in &parts.headers {
                demande = demande.header(nom, valeur);
            }
            monde.demander(None, demande, corps).await
        }
    });
    tokio::spawn(async move { axum::serve(ecoute, router).await });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_written_by_others_reads_searches_and_publishes() {
    // The client is no part of the shared material: where there are no rules it may lack even in CI.
    let Some(python) = testkit::check_or_skip().and_then(|_| testkit::python_or_skip("fhirpy, jwt, cryptography, requests"))
    else {
        return;
    };
    let ecoute = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let adresse = format!("http://{}", ecoute.local_addr().expect("an address"));
    let monde = Arc::new(monde_a(testkit::store(Base::Sqlite).await, &adresse).await);
    remplir(&monde).await;
    let cle: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("client.pem");
    let cle = cle.to_string_lossy().into_owned();
    let publique = jouer(&python, &["cle", &cle]);
    application(&monde, HOPITAL, "partenaire_hospitalier", &[ETAB], &publique, TOUT).await;
    servir(Arc::clone(&monde), ecoute);
    let (base, client, patient) = (format!("{adresse}/fhir"), HOPITAL.to_string(), ANNA.to_string());
    let vu =
        tokio::task::spawn_blocking(move || jouer(&python, &["lire", &base, &client, &cle, &patient])).await.expect("played");
    let attendu = json!({
        "family": ["Brumelle"], "found": [ANNA], "observations": ["29463-7", "85354-9"],
        "conditions": ["Fibrillation auriculaire"], "bytes": base64::engine::general_purpose::STANDARD.encode(OCTETS),
        "unknown": "ResourceNotFound", "published": 201,
    });
    assert_eq!(vu, attendu);
}
