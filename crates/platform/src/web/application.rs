//! The whole HTTP application: modules' routes behind the gate, a short list of public ones.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, any, on};
use http::{HeaderValue, Method, header};

use super::erreurs;
use super::routes::{Appel, EntreeRoute};
use super::{connexion, securite, session, statiques};
use crate::acces::{Contexte, DroitInfo, Origine, Passage};
use crate::dossier::Extensions;
use crate::erreur::{Erreur, Resultat};
use crate::module::Module;
use crate::services::Services;

/// A route anybody may call, and why.
#[derive(Debug, Clone, Copy)]
pub struct RoutePublique {
    /// HTTP verb; `*` for a route which answers every verb itself.
    pub method: &'static str,
    /// Path.
    pub path: &'static str,
    /// Why nobody needs to be signed in.
    pub pourquoi: &'static str,
}

/// Every public route; this list only shrinks.
pub const PUBLIQUES: &[RoutePublique] = &[
    RoutePublique { method: "GET", path: "/", pourquoi: "mène à l'accueil ou à la connexion" },
    RoutePublique { method: "GET", path: "/connexion", pourquoi: "formulaire de connexion" },
    RoutePublique { method: "POST", path: "/connexion", pourquoi: "connexion" },
    RoutePublique { method: "POST", path: "/connexion/demo", pourquoi: "« Entrer comme… », données fictives seulement" },
    RoutePublique { method: "POST", path: "/deconnexion", pourquoi: "ferme la session du navigateur" },
    RoutePublique { method: "GET", path: "/s/{*fichier}", pourquoi: "feuilles de style, scripts, police" },
    RoutePublique { method: "GET", path: "/etat", pourquoi: "état du service, sans donnée de personne" },
    RoutePublique { method: "GET", path: "/accessibilite", pourquoi: "déclaration d'accessibilité" },
    RoutePublique { method: "GET", path: "/mentions", pourquoi: "mentions légales" },
];

type Publique =
    Arc<dyn Fn(Arc<Services>, Request) -> std::pin::Pin<Box<dyn std::future::Future<Output = Response> + Send>> + Send + Sync>;

/// The application: its modules and what they share.
#[derive(Clone)]
pub struct Application {
    /// What the process shares.
    pub services: Arc<Services>,
    entrees: Vec<EntreeRoute>,
    droits: Vec<DroitInfo>,
    publiques: Vec<(RoutePublique, Publique)>,
}

impl std::fmt::Debug for Application {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(&self.entrees).finish()
    }
}

impl Application {
    /// Assembles modules.
    pub fn new(services: Arc<Services>, modules: Vec<Module>) -> Self {
        let droits: Vec<DroitInfo> = modules
            .iter()
            .flat_map(|module| module.droits.iter().copied())
            .chain(connexion::DROITS.iter().copied())
            .chain(crate::dossier::DROITS.iter().copied())
            .collect();
        let mut releve = crate::releve::SourcesReleve::default();
        for module in &modules {
            (module.releve)(&mut releve);
        }
        services.etendre(Extensions {
            releve,
            blocs: modules.iter().flat_map(|module| module.blocs.iter().copied()).collect(),
            documents: modules.iter().filter_map(|module| module.document).collect(),
            entete: modules.iter().find_map(|module| module.entete),
            droits: droits.clone(),
        });
        let mut entrees: Vec<EntreeRoute> = modules.into_iter().flat_map(|module| module.routes.entrees).collect();
        entrees.extend(connexion::routes().entrees);
        Self { services, entrees, droits, publiques: Vec::new() }
    }

    /// Adds a public route of the product (device protocol, service worker): it must say why it is public.
    #[must_use]
    pub fn publique<F, Fut>(mut self, route: RoutePublique, servir: F) -> Self
    where
        F: Fn(Arc<Services>, Request) -> Fut + Send + Sync + 'static,
        Fut: std::future::Future<Output = Response> + Send + 'static,
    {
        self.publiques.push((route, Arc::new(move |services, request| Box::pin(servir(services, request)))));
        self
    }

    /// Every route which demands a right.
    pub fn entrees(&self) -> &[EntreeRoute] {
        &self.entrees
    }

    /// Every right declared.
    pub fn droits(&self) -> &[DroitInfo] {
        &self.droits
    }

    /// Every public route.
    pub fn publiques(&self) -> Vec<RoutePublique> {
        PUBLIQUES.iter().copied().chain(self.publiques.iter().map(|(route, _)| *route)).collect()
    }

    /// The router, ready to serve.
    pub fn router(self) -> Router {
        let services = Arc::clone(&self.services);
        let mut router: Router<Arc<Services>> = connexion::publiques();
        router = router
            .route("/s/{*fichier}", any(|request: Request| async move { statiques::servir(request.uri().path()) }))
            .fallback(|State(services): State<Arc<Services>>| async move { repondre_erreur(&services, &Erreur::Introuvable) });
        for (route, servir) in self.publiques {
            router = router.route(
                route.path,
                on(filtre_public(route.method), move |State(services): State<Arc<Services>>, request: Request| {
                    let servir = Arc::clone(&servir);
                    async move { servir(services, request).await }
                }),
            );
        }
        for entree in self.entrees {
            let filter = if entree.method == Method::POST { MethodFilter::POST } else { MethodFilter::GET };
            let appel = entree.appel;
            router = router.route(
                entree.path,
                on(filter, move |State(services): State<Arc<Services>>, request: Request| {
                    let appel = Arc::clone(&appel);
                    async move { traiter(services, request, appel).await }
                }),
            );
        }
        router
            .with_state(Arc::clone(&services))
            .layer(axum::extract::DefaultBodyLimit::max(super::extraits::FICHIER_MAX + 1024 * 1024))
            .layer(axum::middleware::from_fn_with_state(services, garder))
            .layer(tower_http::catch_panic::CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
                Erreur::Panne("panic".into()).into_response()
            }))
            .layer(axum::middleware::from_fn(super::compression::compresser))
    }
}

/// `*`: the route answers every verb itself, refusals included (an API).
fn filtre_public(method: &str) -> MethodFilter {
    match method {
        "*" => MethodFilter::GET.or(MethodFilter::POST).or(MethodFilter::PUT).or(MethodFilter::PATCH).or(MethodFilter::DELETE),
        "POST" => MethodFilter::POST,
        _ => MethodFilter::GET,
    }
}

/// Refuses foreign origins, and puts the headers of security on every answer.
async fn garder(State(services): State<Arc<Services>>, request: Request, next: axum::middleware::Next) -> Response {
    let etrangere = securite::est_etrangere(request.method(), request.headers());
    let mut response = if etrangere {
        let refus = Erreur::Demande("Cette demande vient d'un autre site : elle a été refusée. Rien n'a été enregistré.".into());
        let mut response = repondre_erreur(&services, &refus);
        *response.status_mut() = http::StatusCode::FORBIDDEN;
        response
    } else {
        next.run(request).await
    };
    securite::proteger(response.headers_mut(), services.tls);
    // The product's own hour: devices measure their clock against it, and the demo may be anchored elsewhere than now.
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&services.clock.now());
    if let Some(date) = date.ok().and_then(|date| HeaderValue::from_str(&date).ok()) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

/// The answer of a public route: what it says, or the page of the error. A route which reads a record commits its own line first.
pub fn brute(services: &Services, resultat: Resultat<super::Answer>) -> Response {
    resultat.map_or_else(|erreur| repondre_erreur(services, &erreur), |answer| answer.response)
}

/// The fields of a form sent to a public route.
///
/// # Errors
/// A sentence when it is not a readable form.
pub async fn champs_de(request: Request) -> Resultat<super::Champs> {
    use axum::extract::FromRequest as _;
    super::Champs::from_request(request, &()).await
}

pub(crate) fn repondre_erreur(services: &Services, erreur: &Erreur) -> Response {
    let requete = services.clock.fresh_id();
    if let Erreur::Panne(reason) = erreur {
        tracing::error!(%requete, reason, "a request failed");
    }
    let (status, markup) = erreurs::page(erreur, requete, services.demo);
    let mut response = Response::new(Body::from(markup.into_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}

async fn traiter(services: Arc<Services>, request: Request, appel: Appel) -> Response {
    let page = request.method() == Method::GET && !request.headers().contains_key("x-fragment");
    let cible = request.uri().path_and_query().map(|path| path.as_str().to_owned()).unwrap_or_default();
    match passer(&services, request, appel).await {
        Ok(response) => response,
        Err(Erreur::Fusionne { ancien, garde }) => {
            super::Answer::vers(cible.replace(&ancien.to_string(), &garde.to_string())).response
        }
        Err(Erreur::NonConnecte) if page => {
            let retour = connexion::encoder(&cible);
            super::Answer::vers(format!("/connexion?retour={retour}")).response
        }
        Err(erreur) => repondre_erreur(&services, &erreur),
    }
}

async fn passer(services: &Arc<Services>, request: Request, appel: Appel) -> Resultat<Response> {
    if let Some(qui) = request.extensions().get::<session::Incarne>().cloned() {
        return copier(services, qui, request, appel).await;
    }
    let Some(trouvee) = session::trouver(services, request.headers()).await? else { return Err(Erreur::NonConnecte) };
    if trouvee.session.methode == session::Methode::Provisoire && request.uri().path() != connexion::CHOIX_MOT_DE_PASSE {
        return Ok(super::Answer::vers(connexion::CHOIX_MOT_DE_PASSE).response);
    }
    let message = session::cookie(request.headers(), connexion::COOKIE_MESSAGE).and_then(connexion::decoder);
    let lecture = request.method() == Method::GET;
    let montre = message.is_some() && lecture && !request.headers().contains_key("x-fragment");
    let contexte = Contexte {
        acteur: Arc::clone(&trouvee.acteur),
        now: services.clock.now(),
        etablissement: trouvee.session.etablissement,
        unites: trouvee.session.unites.clone(),
        session: Some(trouvee.session.id),
        poste: trouvee.session.poste,
        requete: services.clock.fresh_id(),
        origine: Origine::Page,
        message: message.filter(|_| montre),
        lecture,
    };
    let requete = contexte.requete;
    let passage = Passage::new(contexte, Arc::clone(services));
    let resultat = appel(Arc::clone(&passage), request).await;
    passage.durable().await?;
    Ok(nommer(repondre(services, resultat, requete, lecture, montre)?, requete))
}

/// Where an answer says which request of the journal and of the technical log it answers.
pub const ENTETE_REQUETE: &str = "x-requete";

fn nommer(mut response: Response, requete: uuid::Uuid) -> Response {
    if let Ok(nom) = HeaderValue::from_str(&requete.simple().to_string()) {
        response.headers_mut().insert(ENTETE_REQUETE, nom);
    }
    response
}

/// The response of a handler's answer, with what it says once; a page for its failure.
fn repondre(
    services: &Services,
    resultat: Resultat<super::Answer>,
    requete: uuid::Uuid,
    lecture: bool,
    montre: bool,
) -> Resultat<Response> {
    let answer = match resultat {
        Ok(answer) => answer,
        Err(erreur @ Erreur::Fusionne { .. }) if lecture => return Err(erreur),
        Err(erreur) => {
            if let Erreur::Panne(reason) = &erreur {
                tracing::error!(%requete, reason, "a request failed");
            }
            return Ok(page_erreur(services, &erreur, requete));
        }
    };
    let mut response = answer.response;
    let dit = answer
        .message
        .map(|message| connexion::cookie_message(&message))
        .or_else(|| montre.then(|| connexion::cookie_message("")));
    if let Some(cookie) = dit.flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Answers a page asked by the process itself for a person already proved: same rights, same journal, told as a tablet's copy.
async fn copier(services: &Arc<Services>, qui: session::Incarne, request: Request, appel: Appel) -> Resultat<Response> {
    let Some((_, acteur)) = services.acteur(qui.compte).await? else { return Err(Erreur::NonConnecte) };
    let contexte = Contexte {
        acteur,
        now: services.clock.now(),
        etablissement: qui.etablissement,
        unites: qui.unites,
        session: None,
        poste: qui.poste,
        requete: services.clock.fresh_id(),
        origine: Origine::Terrain,
        message: None,
        lecture: true,
    };
    let passage = Passage::new(contexte, Arc::clone(services));
    let resultat = appel(Arc::clone(&passage), request).await;
    passage.durable().await?;
    resultat.map(|answer| answer.response)
}

fn page_erreur(services: &Services, erreur: &Erreur, requete: uuid::Uuid) -> Response {
    let (status, markup) = erreurs::page(erreur, requete, services.demo);
    let mut response = Response::new(Body::from(markup.into_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}
