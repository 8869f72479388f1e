//! `GET /api/terrain/flux`: says that something changed in the establishment, never what.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use platform::Services;
use store::Signal;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use uuid::Uuid;

use crate::etat::Etat;
use crate::requete::{self, Ecart};

const BATTEMENT: Duration = Duration::from_secs(25);
/// Changes within this delay are told once.
const RAFALE: Duration = Duration::from_millis(700);
/// Kinds which no page of a tablet shows.
const MUETS: [&str; 7] =
    ["session", "terrain_session", "terrain_operation", "poste_suivi", "terrain_cles", "poste", "cle_provisoire"];

pub(crate) async fn ecouter(etat: Arc<Etat>, services: Arc<Services>, request: Request) -> Result<Response, Ecart> {
    let signee = requete::lire(&etat, &services, request).await?;
    let session = signee.personne(&etat, &services).await?;
    let etablissement = session.etablissement.0;
    let poste = signee.poste.id;
    let receveur = services.store.signals().subscribe();
    let evenements = stream::unfold(receveur, move |mut receveur| async move {
        let mot = attendre(&mut receveur, etablissement, poste).await?;
        tokio::time::sleep(RAFALE).await;
        let revoque = mot == REVOQUE || vider(&mut receveur, poste);
        let evenement = Event::default().event(if revoque { REVOQUE } else { "invalide" }).data("{}");
        Some((Ok::<_, Infallible>(evenement), receveur))
    });
    Ok(Sse::new(evenements).keep_alive(KeepAlive::new().interval(BATTEMENT)).into_response())
}

const REVOQUE: &str = "cle-revoquee";

/// Waits for something worth telling.
async fn attendre(receveur: &mut Receiver<Arc<[Signal]>>, etablissement: Uuid, poste: Uuid) -> Option<&'static str> {
    loop {
        match receveur.recv().await {
            Ok(signaux) if vise(&signaux, poste) => return Some(REVOQUE),
            Ok(signaux) if signaux.iter().any(|s| s.establishment == etablissement && !MUETS.contains(&s.kind.as_str())) => {
                return Some("invalide");
            }
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => return Some("invalide"),
            Err(RecvError::Closed) => return None,
        }
    }
}

/// Drops what came meanwhile; true when the device itself was changed.
fn vider(receveur: &mut Receiver<Arc<[Signal]>>, poste: Uuid) -> bool {
    let mut revoque = false;
    while let Ok(signaux) = receveur.try_recv() {
        revoque |= vise(&signaux, poste);
    }
    revoque
}

fn vise(signaux: &[Signal], poste: Uuid) -> bool {
    signaux.iter().any(|signal| signal.kind == "poste" && signal.id == poste)
}
