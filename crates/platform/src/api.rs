//! Requests of partner applications: through the same gate as pages, journalled the same.

use std::future::Future;
use std::sync::Arc;

use kernel::id::CompteId;

use crate::acces::{Acces, Contexte, Droit, Origine, Passage};
use crate::erreur::{Erreur, Resultat};
use crate::services::Services;

/// One request of an application whose token was proved.
#[derive(Debug, Clone)]
pub struct Demande {
    passage: Arc<Passage>,
}

impl Demande {
    /// The key of the request for a right, as a page's route asks it.
    ///
    /// # Errors
    /// A refusal, journalled, when the application's profile does not open the right.
    pub async fn acces<D: Droit>(&self) -> Resultat<Acces<D>> {
        Acces::ouvrir(Arc::clone(&self.passage)).await
    }

    /// Who asks, and when.
    pub fn contexte(&self) -> &Contexte {
        &self.passage.contexte
    }

    /// What the process shares.
    pub fn services(&self) -> &Arc<Services> {
        &self.passage.services
    }
}

/// Answers one request of an application: the answer waits for every line of the journal, refusals included.
///
/// # Errors
/// [`Erreur::NonConnecte`] when the account is closed or holds no role at this instant; what `faire` says.
pub async fn servir<T, F, Fut>(services: &Arc<Services>, compte: CompteId, faire: F) -> Resultat<T>
where
    F: FnOnce(Demande) -> Fut,
    Fut: Future<Output = Resultat<T>>,
{
    let Some((_, acteur)) = services.acteur(compte).await? else { return Err(Erreur::NonConnecte) };
    let contexte = Contexte {
        acteur,
        now: services.clock.now(),
        etablissement: None,
        unites: Vec::new(),
        session: None,
        poste: None,
        requete: services.clock.fresh_id(),
        origine: Origine::Api,
        message: None,
        lecture: true,
    };
    let passage = Passage::new(contexte, Arc::clone(services));
    let resultat = faire(Demande { passage: Arc::clone(&passage) }).await;
    passage.durable().await?;
    resultat
}
