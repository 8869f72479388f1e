//! Handlers: functions whose first argument is the access their route demands.

use std::future::Future;
use std::pin::Pin;

use axum::extract::{FromRequest, FromRequestParts, Request};

use super::Answer;
use crate::acces::Acces;
use crate::erreur::{Erreur, Resultat};

/// A handler for the right `D`: `async fn(Acces<D>, parts…) -> Resultat<Answer>`.
///
/// A handler written for another right does not compile on the route.
pub trait Porte<D, T>: Clone + Send + Sync + 'static {
    /// Calls the handler.
    fn appeler(self, acces: Acces<D>, request: Request) -> Pin<Box<dyn Future<Output = Resultat<Answer>> + Send>>;
}

impl<F, Fut, D> Porte<D, ()> for F
where
    F: Fn(Acces<D>) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Resultat<Answer>> + Send + 'static,
    D: 'static,
{
    fn appeler(self, acces: Acces<D>, _: Request) -> Pin<Box<dyn Future<Output = Resultat<Answer>> + Send>> {
        Box::pin(self(acces))
    }
}

macro_rules! portes {
    ($($part:ident)* ; $last:ident) => {
        impl<F, Fut, D, M, $($part,)* $last> Porte<D, (M, $($part,)* $last)> for F
        where
            F: Fn(Acces<D>, $($part,)* $last) -> Fut + Clone + Send + Sync + 'static,
            Fut: Future<Output = Resultat<Answer>> + Send + 'static,
            $($part: FromRequestParts<(), Rejection = Erreur> + Send + 'static,)*
            $last: FromRequest<(), M> + Send + 'static,
            Erreur: From<$last::Rejection>,
            D: 'static,
            M: 'static,
        {
            #[expect(non_snake_case, reason = "one name for a type and its value")]
            fn appeler(self, acces: Acces<D>, request: Request) -> Pin<Box<dyn Future<Output = Resultat<Answer>> + Send>> {
                Box::pin(async move {
                    let (mut parts, body) = request.into_parts();
                    let _lent = &mut parts;
                    $(let $part = $part::from_request_parts(_lent, &()).await?;)*
                    let $last = $last::from_request(Request::from_parts(parts, body), &()).await?;
                    self(acces, $($part,)* $last).await
                })
            }
        }
    };
}

portes!(; L);
portes!(A; L);
portes!(A B; L);
portes!(A B C; L);
