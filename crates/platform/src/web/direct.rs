//! Live screens: a stream which says only that a list moved, never what is on it.

use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::sync::broadcast::error::RecvError;

use crate::acces::{Acces, Droit};
use crate::services::Services;

const BATTEMENT: Duration = Duration::from_secs(20);
const LISTES_MAX: usize = 600;

/// Streams the names of the lists followed, each time one of them moves.
pub(crate) fn flux(services: &Services, listes: Vec<String>, etablissements: Vec<uuid::Uuid>) -> Response {
    let receiver = services.store.signals().subscribe();
    let listes: Vec<String> = listes.into_iter().take(LISTES_MAX).collect();
    let events = stream::unfold((receiver, listes, etablissements), |(mut receiver, listes, etablissements)| async move {
        loop {
            let bouge: Vec<&String> = match receiver.recv().await {
                Ok(signals) => listes
                    .iter()
                    .filter(|liste| {
                        signals
                            .iter()
                            .any(|signal| etablissements.contains(&signal.establishment) && signal.lanes.contains(liste))
                    })
                    .collect(),
                Err(RecvError::Lagged(_)) => listes.iter().collect(),
                Err(RecvError::Closed) => return None,
            };
            if bouge.is_empty() {
                continue;
            }
            let event = bouge
                .iter()
                .fold(String::new(), |texte, liste| if texte.is_empty() { (*liste).clone() } else { texte + "\n" + liste });
            return Some((Ok::<_, Infallible>(Event::default().data(event)), (receiver, listes, etablissements)));
        }
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(BATTEMENT)).into_response()
}

/// The version of what stands on lists, for « nothing new since »: changes when one of them moves or when the server restarts.
pub fn etiquette<D: Droit>(acces: &Acces<D>, listes: &[String]) -> String {
    let signals = acces.services().store.signals();
    let sum = listes.iter().fold(0_u64, |sum, liste| sum.wrapping_mul(31).wrapping_add(signals.head(liste)));
    format!("\"{:x}-{}-{sum:x}\"", acces.services().demarrage.as_microsecond(), acces.contexte().acteur.compte.0.simple())
}
