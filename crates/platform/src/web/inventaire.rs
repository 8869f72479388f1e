//! Every route and right of a list of modules, without opening any store: for printed matrices and tests.

use super::application::{PUBLIQUES, RoutePublique};
use super::connexion;
use crate::acces::DroitInfo;
use crate::module::Module;

/// A route which demands a right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteGardee {
    /// HTTP verb.
    pub method: String,
    /// Path, with `{parameters}`.
    pub path: &'static str,
    /// The right.
    pub droit: DroitInfo,
}

/// Every route and right of the product.
#[derive(Debug, Clone)]
pub struct Inventaire {
    /// Routes behind the gate, sorted by path.
    pub routes: Vec<RouteGardee>,
    /// Public routes and why.
    pub publiques: Vec<RoutePublique>,
    /// Rights.
    pub droits: Vec<DroitInfo>,
}

/// Lists every route and right.
pub fn inventaire(modules: &[Module]) -> Inventaire {
    let propres = connexion::routes();
    let entrees = modules.iter().flat_map(|module| module.routes.entrees()).chain(propres.entrees());
    let mut routes: Vec<RouteGardee> =
        entrees.map(|entree| RouteGardee { method: entree.method.to_string(), path: entree.path, droit: entree.droit }).collect();
    routes.sort_by(|a, b| (a.path, &a.method).cmp(&(b.path, &b.method)));
    let droits =
        modules.iter().flat_map(|module| module.droits.iter().copied()).chain(connexion::DROITS.iter().copied()).collect();
    Inventaire { routes, publiques: PUBLIQUES.to_vec(), droits }
}
