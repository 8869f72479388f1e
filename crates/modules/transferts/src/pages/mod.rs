//! GET and POST handlers, one file a house.

pub(crate) mod arrivee;
pub(crate) mod depart;
pub(crate) mod liste;

use platform::prelude::*;

/// A printed summary, shown in the browser.
async fn imprimer(doc: edition::Doc, nom: &str) -> Resultat<Answer> {
    let dessin = tokio::task::spawn_blocking(move || edition::pdf(&doc));
    let octets = dessin.await.map_err(|erreur| Erreur::Panne(erreur.to_string()))?;
    Ok(Answer::fichier(octets.map_err(|erreur| Erreur::Panne(erreur.to_string()))?, "application/pdf", nom, true))
}
