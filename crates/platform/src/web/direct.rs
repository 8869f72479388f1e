//! Live screens: a stream which says only that a list moved, never what is on it.
//!
//! The names of the lists come in the body of the request: a page of a whole house follows hundreds of them, and proxies
//! refuse such an address (ADR 0020). Nothing is kept between two streams, so any node opens one, after a restart too.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use store::Signal;
use tokio::sync::broadcast::error::RecvError;
use uuid::Uuid;

use crate::acces::{Acces, Droit};
use crate::erreur::{Erreur, Resultat};
use crate::services::Services;

const BATTEMENT: Duration = Duration::from_secs(20);
/// Names followed by one stream, and their bytes: the cards of the largest houses, several times over.
const LISTES_MAX: usize = 4_000;
const OCTETS_MAX: usize = 256 * 1024;
/// Streams of one session at the same time: each open page holds one.
const FLUX_MAX: u32 = 40;

/// How many streams each session holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ouverts(Arc<Mutex<HashMap<Uuid, u32>>>);

/// One of them, given back when the stream ends.
struct Place {
    ouverts: Ouverts,
    session: Uuid,
}

impl Ouverts {
    fn prendre(&self, session: Uuid) -> Option<Place> {
        let mut comptes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let compte = comptes.entry(session).or_default();
        if *compte >= FLUX_MAX {
            return None;
        }
        *compte += 1;
        Some(Place { ouverts: self.clone(), session })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut comptes = self.ouverts.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(compte) = comptes.get_mut(&self.session) {
            *compte -= 1;
            if *compte == 0 {
                comptes.remove(&self.session);
            }
        }
    }
}

/// What a page follows: lists, in the establishments of whoever reads it.
struct Suivi {
    listes: HashSet<String>,
    etablissements: Vec<Uuid>,
    _place: Place,
}

impl Suivi {
    fn bougees<'a>(&self, signals: &'a [Signal]) -> BTreeSet<&'a str> {
        let siens = signals.iter().filter(|signal| self.etablissements.contains(&signal.establishment));
        siens.flat_map(|signal| &signal.lanes).filter(|liste| self.listes.contains(*liste)).map(String::as_str).collect()
    }
}

/// Streams the names of the lists followed, each time one of them moves.
///
/// # Errors
/// When more is followed than a page does, or by more pages than a person opens.
pub(crate) fn flux(services: &Services, session: Uuid, listes: HashSet<String>, etablissements: Vec<Uuid>) -> Resultat<Response> {
    if listes.len() > LISTES_MAX || listes.iter().map(String::len).sum::<usize>() > OCTETS_MAX {
        return Err(Erreur::Demande("Cette page suit trop de listes à la fois. Réduisez-la à une unité.".into()));
    }
    let place = services.directs.prendre(session);
    let Some(place) = place else {
        return Err(Erreur::Demande("Trop de pages sont ouvertes à la fois : celle-ci ne se mettra pas à jour seule.".into()));
    };
    let receiver = services.store.signals().subscribe();
    let suivi = Suivi { listes, etablissements, _place: place };
    let events = stream::unfold((receiver, suivi), |(mut receiver, suivi)| async move {
        loop {
            let noms = match receiver.recv().await {
                Ok(signals) => joindre(suivi.bougees(&signals)),
                Err(RecvError::Lagged(_)) => joindre(suivi.listes.iter().map(String::as_str)),
                Err(RecvError::Closed) => return None,
            };
            if !noms.is_empty() {
                return Some((Ok::<_, Infallible>(Event::default().data(noms)), (receiver, suivi)));
            }
        }
    });
    // Said at once: a proxy passes the head of an answer on with its first bytes, and the page knows it is followed again.
    let ouvert = stream::once(std::future::ready(Ok(Event::default().comment("suivi"))));
    Ok(Sse::new(ouvert.chain(events)).keep_alive(KeepAlive::new().interval(BATTEMENT)).into_response())
}

/// One name a line.
fn joindre<'a>(noms: impl IntoIterator<Item = &'a str>) -> String {
    noms.into_iter().fold(String::new(), |texte, nom| if texte.is_empty() { nom.to_owned() } else { texte + "\n" + nom })
}

/// The version of what stands on lists, for « nothing new since »: changes when one of them moves or when the server restarts.
pub fn etiquette<D: Droit>(acces: &Acces<D>, listes: &[String]) -> String {
    let signals = acces.services().store.signals();
    let sum = listes.iter().fold(0_u64, |sum, liste| sum.wrapping_mul(31).wrapping_add(signals.head(liste)));
    format!("\"{:x}-{}-{sum:x}\"", acces.services().demarrage.as_microsecond(), acces.contexte().acteur.compte.0.simple())
}
