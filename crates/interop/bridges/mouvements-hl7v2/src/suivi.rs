//! What the sas entrusts: a message whose person is known is noted, and the reception says what was done.

use std::sync::Arc;

use documents::{Attente, Avis, EtatReception, Reglement, Suite as Demande, TOPIC_CONFIEE};
use platform::Services;
use platform::erreur::{Erreur, Resultat};
use platform::store::OutboxItem;
use platform::worker::Worker;

use crate::application::appliquer;

/// Listens to the sas.
pub fn planifier(worker: &mut Worker) {
    worker.on(TOPIC_CONFIEE, |services, message: OutboxItem| async move { suivre(&services, &message).await });
}

/// A movement or an appointment was entrusted: noted, or left to somebody with the reason.
///
/// # Errors
/// Whatever the store says: the message is tried again.
pub async fn suivre(services: &Arc<Services>, message: &OutboxItem) -> Resultat<()> {
    let avis = Avis::lire(message)?;
    let Some((lue, octets)) = documents::confiee(services, avis.reception, Demande::Mouvement).await? else { return Ok(()) };
    let EtatReception::Confiee { usager: Some(usager), .. } = lue.etat else {
        return Err(Erreur::Panne("a movement was entrusted without a person".into()));
    };
    let suite = appliquer(services, usager, lue.id, &octets).await?;
    let reglement = if suite.attend_quelqu_un() {
        Reglement::Attente(Attente::Mouvement, suite.phrase().to_owned())
    } else {
        Reglement::Appliquee(usager, suite.phrase().to_owned())
    };
    documents::regler(services, &lue, reglement).await
}
