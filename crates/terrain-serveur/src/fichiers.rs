//! The application's files, its service worker, its shell, the lock page.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use maud::{Markup, html};
use platform::Services;
use platform::web;
use ui::Page;
use ui::navigation::Navigation;
use ui::page::Utilisateur;

/// The script every page loads: it does nothing on a device which is not prepared.
pub const ENTREE: &str = "/terrain/app.js";
/// Files of the design system the shell needs.
const COMMUNS: [&str; 8] = [
    "grappe.css",
    "interface.js",
    "brouillons.js",
    "direct.js",
    "icones.svg",
    "favicon.svg",
    "atkinson-latin.woff2",
    "atkinson-latin-ext.woff2",
];

fn reponse(statut: StatusCode, mime: &'static str, corps: impl Into<Body>) -> Response {
    let mut reponse = Response::new(corps.into());
    *reponse.status_mut() = statut;
    reponse.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    reponse.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    reponse
}

/// `GET /terrain/{*fichier}`.
pub(crate) async fn fichier(services: Arc<Services>, request: Request) -> Response {
    let chemin = request.uri().path();
    if chemin == terrain::COQUILLE {
        return reponse(StatusCode::OK, "text/html; charset=utf-8", coquille(&services).into_string());
    }
    let Some(fichier) = chemin.strip_prefix("/terrain/").and_then(terrain::fichier) else {
        return reponse(StatusCode::NOT_FOUND, "text/plain; charset=utf-8", "");
    };
    let etag = format!("\"{}\"", fichier.etag);
    let connu = request.headers().get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    let mut reponse = if connu == Some(etag.as_str()) {
        reponse(StatusCode::NOT_MODIFIED, fichier.mime, "")
    } else {
        reponse(StatusCode::OK, fichier.mime, fichier.contenu.into_owned())
    };
    if let Ok(valeur) = HeaderValue::from_str(&etag) {
        reponse.headers_mut().insert(header::ETAG, valeur);
    }
    reponse
}

/// `GET /sw.js`.
pub(crate) async fn service_worker(services: Arc<Services>, _: Request) -> Response {
    let communs: Vec<&str> = COMMUNS.iter().map(|nom| ui::assets::url(nom)).collect();
    let texte = terrain::service_worker(&coquille(&services).into_string(), &communs);
    reponse(StatusCode::OK, "text/javascript; charset=utf-8", texte)
}

/// The page drawn by the tablet itself when the network does not answer.
fn coquille(services: &Services) -> Markup {
    Page::new("Grappe")
        .nav(Navigation::new("").standard("/tour/soins"))
        .demo(services.demo)
        .script(ENTREE)
        .contenu(html! { div data-coquille {} p { "Ouverture depuis cet appareil…" } })
        .render()
}

/// `GET /verrou`: who are you? Drawn by the device; without script, the way to the login.
pub(crate) async fn verrou(services: Arc<Services>, request: Request) -> Response {
    let compte = web::session_de(&services, request.headers()).await.ok().flatten().map(|session| session.compte);
    let page = Page::seule("Verrou").demo(services.demo).script(ENTREE).contenu(html! {
        h1 { "Écran verrouillé" }
        p { "Pour reprendre, identifiez-vous de nouveau." }
        p class="boutons" { a class="bouton bouton--principal" href="/connexion" { "Se connecter" } a class="bouton" href="/accueil" { "Revenir à l'accueil" } }
    });
    let page = match compte {
        Some(compte) => page.utilisateur(Utilisateur { id: compte.to_string(), ..Utilisateur::default() }),
        None => page,
    };
    let mut reponse = reponse(StatusCode::OK, "text/html; charset=utf-8", page.render().into_string());
    reponse.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    reponse
}
