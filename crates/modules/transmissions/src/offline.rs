//! Acts a tablet may send, perhaps hours later: the same functions as the pages.

use jiff::Timestamp;
use jiff::civil::Date;
use kernel::texte::Texte;
use platform::acces::Acces;
use platform::erreur::{Erreur, Resultat};
use platform::offline::{Issue, Operation, Operations};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::acts::{self, Entree, Inscription};
use crate::cible::Cible;
use crate::forms::Redaction;
use crate::model::{ConsigneEcrite, EtatCible, Importance, Lien};
use crate::rights::{EcrireTransmissions, MarquerLu};
use crate::themes;

/// Content of `transmission.creer`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Creer {
    theme: String,
    donnees: String,
    actions: String,
    resultat: String,
    importance: Importance,
    a_revoir: Option<Timestamp>,
    consigne: Option<ConsigneRecue>,
    cible: Option<Uuid>,
    clore: bool,
    liens: Vec<Lien>,
}

#[derive(Debug, Deserialize)]
struct ConsigneRecue {
    texte: String,
    jusquau: Date,
    #[serde(default)]
    pour: Vec<String>,
}

/// Content of `lecture.marquer`.
#[derive(Debug, Deserialize)]
struct Marquer {
    depuis: Timestamp,
    jusqua: Timestamp,
}

/// Declares the acts.
pub(crate) fn declarer(operations: &mut Operations) {
    operations.declarer::<EcrireTransmissions, _, _>("transmission.creer", creer);
    operations.declarer::<EcrireTransmissions, _, _>("cible.resultat", resultat);
    operations.declarer::<MarquerLu, _, _>("lecture.marquer", marquer);
}

fn contenu<T: DeserializeOwned>(operation: &Operation) -> Resultat<T> {
    serde_json::from_value(operation.donnees.clone())
        .map_err(|_| Erreur::Demande("Cette saisie n'a pas la forme attendue. Elle est gardée pour vérification.".into()))
}

fn texte(brut: &str) -> Resultat<Option<Texte<4000>>> {
    Texte::facultatif(brut).map_err(|erreur| Erreur::Demande(erreur.to_string()))
}

fn redaction(operation: &Operation, recu: Creer) -> Resultat<Redaction> {
    let consigne = match recu.consigne {
        None => None,
        Some(recue) => {
            let texte = Texte::new(&recue.texte).map_err(|erreur| Erreur::Demande(erreur.to_string()))?;
            Some(ConsigneEcrite { texte, jusquau: recue.jusquau, pour: recue.pour })
        }
    };
    let (donnees, actions, resultat) = (texte(&recu.donnees)?, texte(&recu.actions)?, texte(&recu.resultat)?);
    if [&donnees, &actions, &resultat].iter().all(|texte| texte.is_none()) {
        return Err(Erreur::Demande("Cette transmission est vide : rien n'a été enregistré.".into()));
    }
    Ok(Redaction {
        id: operation.id,
        theme: Some(recu.theme).filter(|code| themes::get(code).is_some()),
        donnees,
        actions,
        resultat,
        importance: recu.importance,
        consigne,
        a_revoir: recu.a_revoir,
        cible: recu.cible,
        clore: recu.clore && recu.cible.is_some(),
        liens: recu.liens,
        fait_le: Some(operation.fait_a),
    })
}

async fn ecrire(acces: &Acces<EcrireTransmissions>, operation: &Operation, redaction: &Redaction) -> Resultat<Issue> {
    let usager =
        operation.resident.ok_or_else(|| Erreur::Demande("Cette saisie ne dit pas de quel résident il s'agit.".into()))?;
    let dossier = acces.ouvrir_dossier(usager).await?;
    let close = match redaction.cible {
        Some(fil) => dossier.lire::<Cible>(Cible::id(fil)).await?.is_some_and(|cible| cible.etat == EtatCible::Close),
        None => false,
    };
    let entree = Entree {
        saisi_le: Some(operation.saisi_a),
        hors_ligne: operation.hors_ligne,
        heure_a_confirmer: operation.heure_a_confirmer,
    };
    let transmission = acts::composer(&dossier, redaction, entree)?;
    match acts::inscrire(&dossier, transmission).await? {
        Inscription::Deja => Ok(Issue::Deja),
        Inscription::Faite if close && !redaction.clore => {
            Ok(Issue::Conflit("La cible avait été close entre-temps : votre écrit l'a rouverte.".into(), "/a-verifier"))
        }
        Inscription::Faite => Ok(Issue::Appliquee),
    }
}

async fn creer(acces: Acces<EcrireTransmissions>, operation: Operation) -> Resultat<Issue> {
    let recu: Creer = contenu(&operation)?;
    ecrire(&acces, &operation, &redaction(&operation, recu)?).await
}

/// A result added to a target: `cible` names the thread.
async fn resultat(acces: Acces<EcrireTransmissions>, operation: Operation) -> Resultat<Issue> {
    let mut recu: Creer = contenu(&operation)?;
    let fil = operation.cible.as_deref().and_then(|cible| cible.parse().ok());
    recu.cible = fil.or(recu.cible);
    if recu.cible.is_none() {
        return Err(Erreur::Demande("Cette saisie ne dit pas à quelle cible elle répond.".into()));
    }
    ecrire(&acces, &operation, &redaction(&operation, recu)?).await
}

async fn marquer(acces: Acces<MarquerLu>, operation: Operation) -> Resultat<Issue> {
    let recu: Marquer = contenu(&operation)?;
    let usager =
        operation.resident.ok_or_else(|| Erreur::Demande("Cette lecture ne dit pas de quel résident il s'agit.".into()))?;
    let dossier = acces.ouvrir_dossier(usager).await?;
    acts::marquer_lu(&dossier, recu.depuis, recu.jusqua.min(acces.now())).await?;
    Ok(Issue::Appliquee)
}
