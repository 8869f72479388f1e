//! The interface itself: `/fhir`, told to programs; every refusal is an `OperationOutcome` in French.

mod appel;
mod certificat;
mod conformite;
mod creation;
mod curseur;
mod ecart;
mod fiches;
mod filtre;
mod genres;
mod jeton;
mod lecture;
mod patients;
mod recherche;
mod reponse;
mod tout;
mod versions;

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::response::Response;
use fhir_r4::IssueType;
use http::request::Parts;
use http::{Method, StatusCode};
use platform::web::{Application, RoutePublique};
use platform::{Services, api};

pub(crate) use appel::Appel;
pub use certificat::Mtls;
pub(crate) use certificat::lire_pem;
pub(crate) use curseur::trier;
pub(crate) use ecart::Ecart;
pub(crate) use fiches::de_personne;
pub(crate) use filtre::id_de;
pub(crate) use genres::GENRES;

/// Largest body read: a document of 50 MiB in base64, and its metadata.
const CORPS_MAX: usize = 72 * 1024 * 1024;
/// Largest demand of a token.
const FORMULAIRE_MAX: usize = 64 * 1024;

/// Where the interface is.
pub(crate) fn base(services: &Services) -> String {
    format!("{}/fhir", services.adresse())
}

/// Adds the routes of the interface: each proves the application by its token, then asks the gate.
#[must_use]
pub fn brancher(application: Application) -> Application {
    brancher_avec(application, Mtls::default())
}

/// The same behind proxies which check the certificates of clients.
#[must_use]
pub fn brancher_avec(application: Application, mtls: Mtls) -> Application {
    let mtls = Arc::new(mtls);
    let (racine, suite, smart) = (Arc::clone(&mtls), Arc::clone(&mtls), mtls);
    let jeton = "jeton d'accès d'une application partenaire ; droits, oppositions et journal comme une page";
    let decouverte = "configuration SMART de l'interface FHIR, sans donnée de personne";
    application
        .publique(RoutePublique { method: "*", path: "/fhir", pourquoi: jeton }, move |services, request| {
            traiter(services, request, Arc::clone(&racine))
        })
        .publique(RoutePublique { method: "*", path: "/fhir/{*chemin}", pourquoi: jeton }, move |services, request| {
            traiter(services, request, Arc::clone(&suite))
        })
        .publique(
            RoutePublique { method: "GET", path: "/.well-known/smart-configuration", pourquoi: decouverte },
            move |services, _| {
                let mtls = Arc::clone(&smart);
                async move { reponse::json(StatusCode::OK, &conformite::smart(&services, mtls.actif())) }
            },
        )
}

/// The parts of the address after `/fhir`.
fn segments(chemin: &str) -> Vec<&str> {
    chemin.strip_prefix("/fhir").unwrap_or_default().split('/').filter(|part| !part.is_empty()).collect()
}

async fn traiter(services: Arc<Services>, request: Request, mtls: Arc<Mtls>) -> Response {
    let (parts, corps) = request.into_parts();
    let chemin = parts.uri.path().to_owned();
    let segments = segments(&chemin);
    match (&parts.method, segments.as_slice()) {
        (&Method::GET, ["metadata"]) => {
            return reponse::ressource(StatusCode::OK, &conformite::capacites(&services, mtls.actif()));
        }
        (&Method::GET, [".well-known", "smart-configuration"]) => {
            return reponse::json(StatusCode::OK, &conformite::smart(&services, mtls.actif()));
        }
        _ => {}
    }
    if parts.method == Method::POST && segments == ["jeton"] {
        return match to_bytes(corps, FORMULAIRE_MAX).await {
            Ok(corps) => jeton::donner(&services, &parts, &corps, mtls.presente(&parts)).await,
            Err(_) => Ecart::trop_long().reponse(),
        };
    }
    match servir(&services, &parts, corps, mtls.presente(&parts)).await {
        Ok(response) => response,
        Err(ecart) => ecart.reponse(),
    }
}

/// The application is proved before anything of its body is read.
async fn servir(services: &Arc<Services>, parts: &Parts, corps: Body, certificat: Option<String>) -> Result<Response, Ecart> {
    reponse::accepte(parts)?;
    let segments = segments(parts.uri.path());
    let (compte, portees) = jeton::porteur(services, &parts.headers, certificat.as_deref()).await?;
    let corps = to_bytes(corps, CORPS_MAX).await.map_err(|_| Ecart::trop_long())?;
    let base = base(services);
    let servi = api::servir(services, compte, |demande| async move {
        let appel = Appel { demande, portees, base, compte };
        // What the interface refuses is an answer like another: the journal of the request is durable before it leaves.
        Ok(orienter(&appel, parts, &segments, &corps).await)
    });
    servi.await.map_err(Ecart::from)?
}

async fn orienter(appel: &Appel, parts: &Parts, segments: &[&str], corps: &Bytes) -> Result<Response, Ecart> {
    let requete = parts.uri.query().unwrap_or_default();
    match (parts.method.as_str(), segments) {
        ("GET", [genre]) => recherche::chercher(appel, genre, requete).await,
        ("POST", [genre, "_search"]) => {
            let champs = reponse::formulaire(parts, corps)?;
            let tout = if requete.is_empty() { champs } else { format!("{requete}&{champs}") };
            recherche::chercher(appel, genre, &tout).await
        }
        ("GET", ["Binary", id]) => lecture::contenu(appel, id, &parts.headers).await,
        ("GET", [genre, id]) => lecture::lire(appel, genre, id, &parts.headers).await,
        ("GET", ["Patient", id, "$everything"]) => tout::lire(appel, id, requete).await,
        ("GET", [genre, id, "_history"]) => versions::toutes(appel, genre, id, requete).await,
        ("GET", [genre, id, "_history", version]) => versions::une(appel, genre, id, version).await,
        ("POST", []) => creation::transaction(appel, corps).await,
        ("POST", ["DocumentReference"]) => creation::document(appel, corps).await,
        ("POST", ["Subscription"]) => creation::abonnement(appel, corps).await,
        ("DELETE", ["Subscription", id]) => creation::fermer_abonnement(appel, id).await,
        _ => Err(Ecart::new(
            StatusCode::METHOD_NOT_ALLOWED,
            IssueType::NotSupported,
            "Cette opération n'est pas servie. Ce qui l'est est décrit à l'adresse « metadata ».",
        )),
    }
}
