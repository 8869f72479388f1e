//! Acts a tablet may send: the steps of an emergency, the departure and the end.

use platform::acces::Acces;
use platform::erreur::{Erreur, Resultat};
use platform::offline::{Issue, Operation, Operations};

use crate::acts::{self, Entree};
use crate::forms::{champs_de, lire_quoi};
use crate::rights::TracerUrgence;

/// Declares the acts.
pub(crate) fn declarer(operations: &mut Operations) {
    operations.declarer::<TracerUrgence, _, _>("urgence.etape", etape);
    operations.declarer::<TracerUrgence, _, _>("urgence.depart", depart);
    operations.declarer::<TracerUrgence, _, _>("urgence.fin", fin);
}

fn entree(acces: &Acces<TracerUrgence>, operation: &Operation) -> Entree {
    Entree {
        a: operation.fait_a.min(acces.now()),
        saisie_a: operation.saisi_a.min(acces.now()),
        hors_ligne: operation.hors_ligne,
        heure_a_confirmer: operation.heure_a_confirmer || operation.fait_a > acces.now(),
    }
}

async fn ouvrir(acces: &Acces<TracerUrgence>, operation: &Operation) -> Resultat<platform::acces::DossierOuvert<TracerUrgence>> {
    let usager =
        operation.resident.ok_or_else(|| Erreur::Demande("Cette saisie ne dit pas de quel résident il s'agit.".into()))?;
    acces.ouvrir_dossier(usager).await
}

async fn etape(acces: Acces<TracerUrgence>, operation: Operation) -> Resultat<Issue> {
    let quoi = lire_quoi(&champs_de(&operation.donnees)).map_err(Erreur::Demande)?;
    let dossier = ouvrir(&acces, &operation).await?;
    if acts::deja(&dossier, operation.id).await? {
        return Ok(Issue::Deja);
    }
    acts::tracer(&dossier, operation.id, quoi, entree(&acces, &operation)).await?;
    Ok(Issue::Appliquee)
}

async fn depart(acces: Acces<TracerUrgence>, operation: Operation) -> Resultat<Issue> {
    let champs = champs_de(&operation.donnees);
    let dossier = ouvrir(&acces, &operation).await?;
    if acts::deja(&dossier, operation.id).await? {
        return Ok(Issue::Deja);
    }
    let hopital: String = champs.texte("hopital").chars().take(160).collect();
    let contredit = acts::partir(&dossier, operation.id, hopital.trim(), entree(&acces, &operation)).await?;
    Ok(match contredit {
        Some(phrase) => Issue::Conflit(format!("Départ noté, séjour inchangé : {phrase}"), "/mouvements"),
        None => Issue::Appliquee,
    })
}

async fn fin(acces: Acces<TracerUrgence>, operation: Operation) -> Resultat<Issue> {
    let dossier = ouvrir(&acces, &operation).await?;
    if acts::deja(&dossier, operation.id).await? {
        return Ok(Issue::Deja);
    }
    match acts::finir(&dossier, operation.id, entree(&acces, &operation)).await {
        // Somebody else ended it meanwhile: both say the same.
        Err(Erreur::Demande(_)) => Ok(Issue::Deja),
        autre => autre.map(|()| Issue::Appliquee),
    }
}
