//! What others say of a reception entrusted to them.

use std::sync::Arc;

use kernel::id::UsagerId;
use platform::Services;
use platform::acces::Acces;
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use platform::worker::automate;
use uuid::Uuid;

use crate::contenu::Suite;
use crate::courrier::annoncer;
use crate::reception::{Attente, EtatReception, Reception};
use crate::recevoir::NOM;
use crate::rights::ClasserReceptions;

/// What was done with a reception.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reglement {
    /// Its receipts are those of what was sent from here.
    Rattachee(Vec<(UsagerId, Uuid)>),
    /// What it announced was noted, in words.
    Appliquee(UsagerId, String),
    /// Somebody must look, with what exactly in words.
    Attente(Attente, String),
}

/// A reception entrusted for something, and its bytes; none when it was settled meanwhile.
///
/// # Errors
/// Whatever the store says: the message is tried again.
pub async fn confiee(services: &Arc<Services>, id: Uuid, pour: Suite) -> Resultat<Option<(Stored<Reception>, Vec<u8>)>> {
    let acces: Acces<ClasserReceptions> = automate(services, NOM).await?;
    let Some(lue) = acces.lire::<Reception>(id).await? else { return Err(Erreur::Introuvable) };
    if !matches!(lue.etat, EtatReception::Confiee { suite, .. } if suite == pour) {
        return Ok(None);
    }
    let octets = acces.piece(&lue.blob).await?.ok_or_else(|| Erreur::Panne("the bytes of a reception are missing".into()))?;
    Ok(Some((lue, octets)))
}

/// Settles a reception which was entrusted; twice is once.
///
/// # Errors
/// Whatever the store says: the message is tried again.
pub async fn regler(services: &Arc<Services>, lue: &Stored<Reception>, reglement: Reglement) -> Resultat<()> {
    let acces: Acces<ClasserReceptions> = automate(services, NOM).await?;
    let etat = match reglement {
        Reglement::Rattachee(envois) => EtatReception::Rattachee { envois },
        Reglement::Appliquee(usager, dit) => EtatReception::Appliquee { usager, dit },
        Reglement::Attente(raison, dit) => EtatReception::EnAttente { raison, code: None, dit: Some(dit) },
    };
    let mut acte = acces.acte("reception.reglee");
    let reglee = Reception { etat, ..lue.value.clone() };
    annoncer(&mut acte, lue, &reglee);
    acte.update(lue, &reglee);
    match acces.commit(acte).await {
        Err(Erreur::Conflit) => Ok(()),
        autre => autre,
    }
}
