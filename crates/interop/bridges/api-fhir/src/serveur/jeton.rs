//! Access tokens: SMART Backend Services, `client_credentials` by a signed assertion, five minutes, kept hashed.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fhir_r4::Scopes;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use kernel::id::CompteId;
use platform::acces::MotifRefus;
use platform::prelude::*;
use platform::web::{champs_de, hasard};
use platform::worker::automate;
use platform::{Services, api};
use ring::digest::{SHA256, digest};
use serde_json::json;

use super::ecart::Ecart;
use super::{base, reponse};
use crate::NOM_AUTOMATE;
use crate::jose::{self, Assertion};
use crate::records::{Application, Jeton};
use crate::rights::LireApplications;

/// Life of a token, and longest of an assertion (SMART App Launch 2.2, backend services).
const DUREE: SignedDuration = SignedDuration::from_mins(5);
const TYPE_ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

fn empreinte(secret: &str) -> String {
    digest(&SHA256, secret.as_bytes()).as_ref().iter().fold(String::with_capacity(64), |mot, octet| mot + &format!("{octet:02x}"))
}

/// A refusal as OAuth 2.0 writes it (RFC 6749, 5.2).
fn refus(status: StatusCode, code: &str, phrase: &str) -> Response {
    reponse::json(status, &json!({ "error": code, "error_description": phrase }))
}

fn client_refuse() -> Response {
    refus(StatusCode::UNAUTHORIZED, "invalid_client", "The client assertion is not accepted.")
}

/// `POST /fhir/jeton`.
///
/// An application whose certificates are known must show one of them, which the token is bound to; with its `client_id` it needs
/// no assertion then (RFC 8705, 2.2).
pub(crate) async fn donner(services: &Arc<Services>, parts: &Parts, corps: &Bytes, certificat: Option<String>) -> Response {
    let request = Request::from_parts(parts.clone(), Body::from(corps.clone()));
    let Ok(champs) = champs_de(request).await else {
        return refus(StatusCode::BAD_REQUEST, "invalid_request", "A form is expected.");
    };
    if champs.texte("grant_type") != "client_credentials" {
        return refus(StatusCode::BAD_REQUEST, "unsupported_grant_type", "Only client_credentials is served.");
    }
    let (assertion, portees, client) = (champs.texte("client_assertion"), champs.texte("scope"), champs.texte("client_id"));
    let sans_assertion = assertion.is_empty() && certificat.is_some() && !client.is_empty();
    if !sans_assertion && champs.texte("client_assertion_type") != TYPE_ASSERTION {
        return refus(StatusCode::BAD_REQUEST, "invalid_request", "A signed assertion (private_key_jwt) is expected.");
    }
    if (assertion.is_empty() && !sans_assertion) || portees.is_empty() || assertion.len() > jose::ASSERTION_MAX {
        return refus(StatusCode::BAD_REQUEST, "invalid_request", "client_assertion and scope are required.");
    }
    let preuve = if sans_assertion { Preuve::Certificat(client) } else { Preuve::Assertion(assertion) };
    match prouver(services, preuve, portees, certificat).await {
        Ok(response) => response,
        Err(Erreur::DejaPris(_) | Erreur::Conflit) => client_refuse(),
        Err(erreur) => Ecart::from(erreur).reponse(),
    }
}

/// How a client says who it is.
#[derive(Debug, Clone, Copy)]
enum Preuve<'a> {
    /// By a signed assertion.
    Assertion(&'a str),
    /// By its `client_id`, and the certificate it shows.
    Certificat(&'a str),
}

/// The times of an assertion: not past, five minutes ahead at most.
fn a_l_heure(lue: &Assertion, now: Timestamp) -> bool {
    let exp = i64::try_from(lue.exp).unwrap_or(i64::MAX);
    let nbf = lue.nbf.map_or(0, |nbf| i64::try_from(nbf).unwrap_or(i64::MAX));
    let now = now.as_second();
    now < exp && exp <= now.saturating_add(DUREE.as_secs()) && nbf <= now
}

async fn prouver(services: &Arc<Services>, preuve: Preuve<'_>, portees: &str, certificat: Option<String>) -> Resultat<Response> {
    let acces = automate::<LireApplications>(services, NOM_AUTOMATE).await?;
    let annonce = match preuve {
        Preuve::Assertion(assertion) => jose::annonce(assertion),
        Preuve::Certificat(client) => Some(client.to_owned()),
    };
    let Some(compte) = annonce.and_then(|client| client.parse::<CompteId>().ok()) else { return Ok(client_refuse()) };
    let Some(application) = acces.lire::<Application>(Application::id(compte)).await? else { return Ok(client_refuse()) };
    let now = acces.now();
    let usage = match preuve {
        Preuve::Assertion(assertion) => {
            let audience = format!("{}/jeton", base(services));
            let lue = jose::verifier(assertion, &application.cles, &compte.to_string(), &audience);
            lue.filter(|lue| a_l_heure(lue, now)).map(|lue| lue.jti)
        }
        // Without known certificates the certificate shown proves nothing; nothing is used twice either: the connection proved it.
        Preuve::Certificat(_) => Some(acces.nouvel_id().to_string()).filter(|_| !application.certificats.is_empty()),
    };
    let Some(usage) = usage.filter(|_| application.ouverte(now) && application.accepte(certificat.as_deref())) else {
        let _ = acces.refuser(MotifRefus::Profession, None).await;
        return Ok(client_refuse());
    };
    // Only a certificate which is known binds: another one, shown to an application without any, says nothing of it.
    let certificat = certificat.filter(|vue| application.certificats.contains(vue));
    let permises = Scopes::read(&application.portees).unwrap_or_default();
    let voulues = Scopes::read(portees).unwrap_or_default();
    let accordees = permises.granted(&voulues);
    if accordees.0.is_empty() {
        return Ok(refus(StatusCode::BAD_REQUEST, "invalid_scope", "None of these scopes is open to this client."));
    }
    // An account closed on its own page opens nothing either.
    match api::servir(services, compte, |_| async { Ok(()) }).await {
        Err(Erreur::NonConnecte) => return Ok(client_refuse()),
        autre => autre?,
    }
    creer(&acces, &application, (&usage, certificat), &accordees).await
}

async fn creer(
    acces: &Acces<LireApplications>,
    application: &Stored<Application>,
    (usage, certificat): (&str, Option<String>),
    accordees: &Scopes,
) -> Resultat<Response> {
    let secret: [u8; 32] = hasard()?;
    let secret = URL_SAFE_NO_PAD.encode(secret);
    let expire_le = acces.now().checked_add(DUREE).map_err(|erreur| Erreur::Panne(erreur.to_string()))?;
    let jeton = Jeton {
        compte: application.compte,
        lieu: application.etablissements.first().map_or(uuid::Uuid::nil(), |id| id.0),
        portees: accordees.to_string(),
        empreinte: empreinte(&secret),
        jti: empreinte(usage),
        certificat,
        expire_le,
    };
    let mut acte = acces.acte("api.jeton").detail("application", application.compte.to_string());
    acte.create(Jeton::id(&jeton.empreinte), &jeton);
    acces.commit(acte).await?;
    let mut response = reponse::json(
        StatusCode::OK,
        &json!({
            "access_token": secret, "token_type": "bearer", "expires_in": DUREE.as_secs(), "scope": jeton.portees,
        }),
    );
    response.headers_mut().insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    Ok(response)
}

/// Who bears the token of a request, and with which scopes.
///
/// A token bound to a certificate is worth nothing without it; neither is one given before the application had certificates.
pub(crate) async fn porteur(
    services: &Arc<Services>,
    entetes: &HeaderMap,
    certificat: Option<&str>,
) -> Result<(CompteId, Scopes), Ecart> {
    let autorisation = entetes.get(header::AUTHORIZATION).and_then(|valeur| valeur.to_str().ok()).unwrap_or_default();
    let secret = autorisation
        .split_once(' ')
        .filter(|(genre, _)| genre.eq_ignore_ascii_case("bearer"))
        .map(|(_, secret)| secret.trim())
        .filter(|secret| (20..=200).contains(&secret.len()))
        .ok_or_else(Ecart::jeton)?;
    let acces = automate::<LireApplications>(services, NOM_AUTOMATE).await?;
    let empreinte = empreinte(secret);
    let jeton = acces.lire::<Jeton>(Jeton::id(&empreinte)).await?.ok_or_else(Ecart::jeton)?;
    let application = acces.lire::<Application>(Application::id(jeton.compte)).await?.ok_or_else(Ecart::jeton)?;
    let now = acces.now();
    let lie = jeton.certificat.as_deref().is_none_or(|lu| Some(lu) == certificat) && application.accepte(certificat);
    if jeton.empreinte != empreinte || jeton.expire_le <= now || !application.ouverte(now) || !lie {
        return Err(Ecart::jeton());
    }
    Ok((jeton.compte, Scopes::read(&jeton.portees).unwrap_or_default()))
}
