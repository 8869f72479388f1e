//! The kitchen acknowledges, and the emergency in progress says so.

use kernel::id::UsagerId;
use platform::acces::{Acces, PerimetreOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::worker::Worker;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::avis::{Avis, Effet};
use crate::model::Accuse;
use crate::rights::AccuserRepas;

/// Topic of the message sent when the kitchen acknowledged a departure.
pub const TOPIC_CUISINE: &str = "cuisine.prevenue";

/// The kitchen knows that somebody eats elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CuisinePrevenue {
    /// Who left.
    pub usager: UsagerId,
    /// The movement.
    pub mouvement: Uuid,
    /// Who acknowledged.
    pub par: String,
}

/// Acknowledges one change; one acknowledged meanwhile by a colleague stays theirs.
pub(crate) async fn accuser(acces: &Acces<AccuserRepas>, perimetre: &PerimetreOuvert<AccuserRepas>, avis: &Avis) -> Resultat<()> {
    let acteur = &acces.contexte().acteur;
    let accuse = Accuse {
        mouvement: avis.mouvement,
        usager: avis.usager,
        etablissement: perimetre.etablissement(),
        annule: avis.annule,
        par: acteur.compte,
        par_nom: acteur.nom.clone(),
        le: acces.now(),
    };
    let mut acte = perimetre.acte("cuisine.prevenue", &[avis.usager]).await?;
    acte.create(Accuse::id(avis.mouvement, avis.annule), &accuse);
    if avis.effet == Effet::Moins && !avis.annule {
        let dit = CuisinePrevenue { usager: avis.usager, mouvement: avis.mouvement, par: acteur.nom.clone() };
        acte.send(TOPIC_CUISINE, format!("cuisine/{}", avis.mouvement), &dit);
    }
    match perimetre.commit(acte).await {
        Err(Erreur::Conflit) => Ok(()),
        fait => fait,
    }
}

/// Gives the worker what it does for the module: the chronology of the emergency says that the kitchen knows.
pub fn planifier(worker: &mut Worker) {
    worker.on(TOPIC_CUISINE, |services, item| async move {
        let dit: CuisinePrevenue = serde_json::from_str(&item.payload).map_err(|erreur| Erreur::Panne(erreur.to_string()))?;
        urgences::noter_cuisine(&services, dit.usager, kernel::id::derived(dit.mouvement, "cuisine"), &dit.par).await
    });
}
