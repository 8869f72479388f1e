//! Certificates of clients: asked, bound to tokens, believed from the proxy only.

use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use http::{Request, StatusCode, header};
use monde_essai::une_maison::{ANNA, ETAB};
use monde_essai::{Monde, Reponse, formulaire};
use ring::digest::{SHA256, digest};
use serde_json::json;
use testkit::TestStore;

use crate::monde::{Cle, HOPITAL, TOUT, application, charge, demander_jeton, json_de, monde_avec, remplir};

const MIEN: &[u8] = b"le certificat de l'application";
const AUTRE: &[u8] = b"un autre certificat";
const PROXY: &str = "10.1.1.1";
const INCONNU: &str = "10.9.9.9";

/// A demand which comes from this address with this certificate.
fn venant(request: http::request::Builder, de: &str, certificat: Option<&[u8]>) -> http::request::Builder {
    let pair: SocketAddr = format!("{de}:4000").parse().expect("an address");
    let request = request.extension(ConnectInfo(pair));
    match certificat {
        Some(der) => request.header("Client-Cert", format!(":{}:", STANDARD.encode(der))),
        None => request,
    }
}

async fn jeton(monde: &Monde, champs: &[(&str, &str)], de: &str, certificat: Option<&[u8]>) -> Reponse {
    let request = Request::post("/fhir/jeton").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    monde.appeler(None, venant(request, de, certificat), formulaire(champs)).await
}

async fn lire(monde: &Monde, jeton: &str, de: &str, certificat: Option<&[u8]>) -> StatusCode {
    let request = Request::get(format!("/fhir/Patient/{ANNA}")).header(header::AUTHORIZATION, format!("Bearer {jeton}"));
    monde.appeler(None, venant(request, de, certificat), "").await.status
}

/// The world behind a proxy, with an application which has a certificate.
async fn prepare(store: TestStore) -> (Monde, Cle) {
    let mtls = api_fhir::Mtls::lire(PROXY).expect("an address");
    let monde = monde_avec(store, move |application| api_fhir::brancher_avec(application, mtls)).await;
    remplir(&monde).await;
    let cle = Cle::nouvelle();
    application(&monde, HOPITAL, "partenaire_hospitalier", &[ETAB], &cle.publique(), TOUT).await;
    let mien = URL_SAFE_NO_PAD.encode(digest(&SHA256, MIEN));
    monde.changer::<api_fhir::Application>(api_fhir::Application::id(HOPITAL), |lue| lue.certificats = vec![mien]).await;
    (monde, cle)
}

fn par_certificat(client: &str) -> [(&str, &str); 3] {
    [("grant_type", "client_credentials"), ("client_id", client), ("scope", TOUT)]
}

testkit::on_both! {
    async fn a_token_is_given_to_the_certificate_and_worth_nothing_without_it(store: TestStore) {
        let (monde, _) = prepare(store).await;
        let client = HOPITAL.to_string();
        let donne = jeton(&monde, &par_certificat(&client), PROXY, Some(MIEN)).await;
        assert_eq!(donne.status, StatusCode::OK, "{}", donne.texte);
        let secret = json_de(&donne)["access_token"].as_str().expect("a token").to_owned();
        assert_eq!(lire(&monde, &secret, PROXY, Some(MIEN)).await, StatusCode::OK);
        for (de, certificat) in [(PROXY, None), (PROXY, Some(AUTRE)), (INCONNU, Some(MIEN)), (INCONNU, None)] {
            assert_eq!(lire(&monde, &secret, de, certificat).await, StatusCode::UNAUTHORIZED, "{de}");
        }
        monde.changer::<api_fhir::Application>(api_fhir::Application::id(HOPITAL), |lue| lue.certificats = vec!["autre".into()]).await;
        assert_eq!(lire(&monde, &secret, PROXY, Some(MIEN)).await, StatusCode::UNAUTHORIZED, "a certificate withdrawn");
    }

    async fn without_its_certificate_neither_the_name_nor_the_signature_opens(store: TestStore) {
        let (monde, cle) = prepare(store).await;
        let client = HOPITAL.to_string();
        for (de, certificat) in [(PROXY, None), (PROXY, Some(AUTRE)), (INCONNU, Some(MIEN))] {
            let refuse = jeton(&monde, &par_certificat(&client), de, certificat).await;
            assert!(!refuse.status.is_success(), "{de}: {}", refuse.texte);
        }
        let assertion = || cle.signer(&json!({ "alg": "ES384", "kid": "une" }), &charge(&monde, HOPITAL));
        assert_eq!(demander_jeton(&monde, &assertion(), TOUT).await.status, StatusCode::UNAUTHORIZED, "a signature alone");
        let signee = assertion();
        let champs = [
            ("grant_type", "client_credentials"), ("scope", TOUT), ("client_assertion", signee.as_str()),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ];
        assert_eq!(jeton(&monde, &champs, PROXY, Some(MIEN)).await.status, StatusCode::OK, "both");
    }

    async fn a_certificate_proves_nothing_of_an_application_which_has_none(store: TestStore) {
        let (monde, cle) = prepare(store).await;
        monde.changer::<api_fhir::Application>(api_fhir::Application::id(HOPITAL), |lue| lue.certificats.clear()).await;
        let client = HOPITAL.to_string();
        assert_eq!(jeton(&monde, &par_certificat(&client), PROXY, Some(MIEN)).await.status, StatusCode::UNAUTHORIZED);
        let assertion = cle.signer(&json!({ "alg": "ES384", "kid": "une" }), &charge(&monde, HOPITAL));
        let donne = demander_jeton(&monde, &assertion, TOUT).await;
        let secret = json_de(&donne)["access_token"].as_str().expect("a token").to_owned();
        assert_eq!(lire(&monde, &secret, INCONNU, None).await, StatusCode::OK, "as before");
    }

    async fn what_is_told_of_certificates_is_what_is_served(store: TestStore) {
        let (monde, _) = prepare(store).await;
        let dite = monde.appeler(None, Request::get("/fhir/.well-known/smart-configuration"), "").await;
        assert!(json_de(&dite)["tls_client_certificate_bound_access_tokens"] == true && dite.texte.contains("self_signed_tls_client_auth"));
    }
}
