//! The table of a module's routes: verb, path, right, handler.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::extract::Request;
use http::Method;

use super::{Answer, Porte};
use crate::acces::{Acces, Droit, DroitInfo, Passage};
use crate::erreur::Resultat;

type Boxed = Pin<Box<dyn Future<Output = Resultat<Answer>> + Send>>;
pub(crate) type Appel = Arc<dyn Fn(Arc<Passage>, Request) -> Boxed + Send + Sync>;

/// One route.
#[derive(Clone)]
pub struct EntreeRoute {
    /// HTTP verb.
    pub method: Method,
    /// Path, with `{parameters}`.
    pub path: &'static str,
    /// The right it demands.
    pub droit: DroitInfo,
    pub(crate) appel: Appel,
}

impl std::fmt::Debug for EntreeRoute {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} ({})", self.method, self.path, self.droit.code)
    }
}

/// The routes of a module.
#[derive(Debug, Clone, Default)]
pub struct Routes {
    pub(crate) entrees: Vec<EntreeRoute>,
}

impl Routes {
    /// No route yet.
    pub fn new() -> Self {
        Self::default()
    }

    fn ajouter<D: Droit, T, P: Porte<D, T>>(mut self, method: Method, path: &'static str, porte: P) -> Self {
        let appel: Appel = Arc::new(move |passage, request| {
            let porte = porte.clone();
            Box::pin(async move {
                let acces = Acces::<D>::ouvrir(passage).await?;
                porte.appeler(acces, request).await
            })
        });
        self.entrees.push(EntreeRoute { method, path, droit: D::INFO, appel });
        self
    }

    /// A page.
    #[must_use]
    pub fn get<D: Droit, T>(self, path: &'static str, porte: impl Porte<D, T>) -> Self {
        self.ajouter(Method::GET, path, porte)
    }

    /// An act.
    #[must_use]
    pub fn post<D: Droit, T>(self, path: &'static str, porte: impl Porte<D, T>) -> Self {
        self.ajouter(Method::POST, path, porte)
    }

    /// The routes of this table.
    pub fn entrees(&self) -> &[EntreeRoute] {
        &self.entrees
    }
}
