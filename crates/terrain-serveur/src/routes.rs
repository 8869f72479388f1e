//! The table of routes: those of the gate, and those of devices.

use std::future::Future;
use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use platform::web::{Application, RoutePublique, Routes};
use platform::{Module, Services};
use ui::Icone;

use platform::acces::{Acces, Droit};
use platform::web::Corps;

use crate::etat::Etat;
use crate::requete::Ecart;
use crate::rights::{ClorreSaisie, DROITS, GererPostes, LirePortee, LirePostes, LireSaisiesRefusees, MesSaisies, PreparerPoste};
use crate::{fichiers, flux, instantane, operations, pages, portee, postes, sessions};

/// The module: pages and acts of people, through the gate.
pub fn module(etat: &Arc<Etat>) -> Module {
    let pour_preparer = Arc::clone(etat);
    let routes = Routes::new()
        .post::<PreparerPoste, _>("/api/terrain/poste", move |acces: Acces<PreparerPoste>, corps: Corps<postes::Demande>| {
            postes::preparer(Arc::clone(&pour_preparer), acces, corps)
        })
        .get::<LirePortee, _>(portee::ADRESSE, portee::lister)
        .get::<MesSaisies, _>("/mes-saisies", pages::mes_saisies)
        .get::<LireSaisiesRefusees, _>("/a-verifier/saisies", pages::a_revoir)
        .post::<ClorreSaisie, _>("/a-verifier/saisies/{saisie}", pages::clore)
        .get::<LirePostes, _>("/admin/postes", pages::postes)
        .post::<GererPostes, _>("/admin/postes/{poste}", pages::changer_poste);
    Module::new("terrain", DROITS, routes)
        .nav("Organiser", "Tablettes et postes", "/admin/postes", Icone::Tablet, GererPostes::INFO)
        .locale()
        .nav("Organiser", "Saisies de tablettes à revoir", "/a-verifier/saisies", Icone::CloudUpload, LireSaisiesRefusees::INFO)
}

/// Adds the routes of devices: each says why it demands no page session.
#[must_use]
pub fn brancher(application: Application, etat: &Arc<Etat>) -> Application {
    // The pages a tablet copies: those of the modules, without the device's own routes.
    let _ = etat.interieur.set(application.clone().router());
    let application = application
        .publique(
            publique("GET", "/terrain/{*fichier}", "code de l'application de terrain, sans donnée de personne"),
            fichiers::fichier,
        )
        .publique(publique("GET", "/sw.js", "service worker, sans donnée de personne"), fichiers::service_worker)
        .publique(publique("GET", "/verrou", "écran verrouillé : ne montre aucune donnée de résident"), fichiers::verrou);
    let application =
        appareil(application, etat, ("POST", "/api/terrain/session", "clé du poste et session de page"), sessions::ouvrir);
    let application = appareil(
        application,
        etat,
        ("POST", "/api/terrain/deverrouiller", "clé du poste et preuve de la personne"),
        sessions::deverrouiller,
    );
    let application = appareil(
        application,
        etat,
        ("POST", "/api/terrain/verrouiller", "clé du poste ; ne fait que fermer une session"),
        sessions::verrouiller,
    );
    let application = appareil(
        application,
        etat,
        ("POST", "/api/terrain/fin-de-poste", "clé du poste et preuve de la personne"),
        sessions::finir,
    );
    let application = appareil(
        application,
        etat,
        ("POST", "/api/terrain/operations", "clé du poste, puis preuve de l'auteur de chaque saisie"),
        operations::recevoir,
    );
    let application = appareil(
        application,
        etat,
        ("GET", "/api/terrain/instantane", "clé du poste et preuve de la personne"),
        instantane::lire,
    );
    appareil(application, etat, ("GET", "/api/terrain/flux", "clé du poste et preuve de la personne"), flux::ecouter)
}

const fn publique(method: &'static str, path: &'static str, pourquoi: &'static str) -> RoutePublique {
    RoutePublique { method, path, pourquoi }
}

fn appareil<F, Fut>(
    application: Application,
    etat: &Arc<Etat>,
    route: (&'static str, &'static str, &'static str),
    servir: F,
) -> Application
where
    F: Fn(Arc<Etat>, Arc<Services>, Request) -> Fut + Copy + Send + Sync + 'static,
    Fut: Future<Output = Result<Response, Ecart>> + Send + 'static,
{
    let etat = Arc::clone(etat);
    let (method, path, pourquoi) = route;
    application.publique(publique(method, path, pourquoi), move |services, request| {
        let etat = Arc::clone(&etat);
        async move { servir(etat, services, request).await.unwrap_or_else(Ecart::reponse) }
    })
}
