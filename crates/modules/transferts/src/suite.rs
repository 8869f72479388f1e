//! What follows in the other house: done by the worker, which alone may look at both.
//!
//! It brings both sides to what their people decided, whatever was done before: called twice, or called again after a stop
//! anywhere, it ends in the same place. Each house sees its own act in its own journal.

use std::sync::Arc;

use documents::{Document, Reprise};
use kernel::id::UsagerId;
use medical::{Element, Origine};
use platform::Services;
use platform::acces::{Acces, DossierOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::{OutboxItem, Stored};
use platform::worker::{Worker, automate};
use sejours::{Mouvement, NatureMouvement, Sejour};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::acts::mouvement;
use crate::familles::{Comptes, Contenu, recueillir};
use crate::model::{EtatDepart, EtatRecu, Repris, Transfert, TransfertRecu};
use crate::rights::ProposerTransfert;

/// Topic of the message sent when a house decided something.
pub const TOPIC: &str = "transferts.suite";

const NOM: &str = "Reprise des transferts";

/// A house decided something about this transfer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suite {
    /// The transfer.
    pub transfert: Uuid,
}

/// Listens to both houses.
pub fn planifier(worker: &mut Worker) {
    worker.on(TOPIC, |services, message| async move { traiter(&services, &message).await });
}

/// Handles a message of the outbox.
///
/// # Errors
/// Whatever the store says: the message is tried again.
pub async fn traiter(services: &Arc<Services>, message: &OutboxItem) -> Resultat<()> {
    let suite: Suite = serde_json::from_str(&message.payload).map_err(|erreur| Erreur::Panne(erreur.to_string()))?;
    suivre(services, suite.transfert).await
}

type Dossier = DossierOuvert<ProposerTransfert>;

/// Brings both houses to what was decided.
///
/// # Errors
/// Whatever the store says: called again, it goes on from where it stopped.
pub async fn suivre(services: &Arc<Services>, id: Uuid) -> Resultat<()> {
    let acces: Acces<ProposerTransfert> = automate(services, NOM).await?;
    let recu = acces.lire::<TransfertRecu>(Transfert::id_recu(id)).await?.ok_or(Erreur::Introuvable)?;
    let depart = ouvrir(&acces, recu.dossier_quitte).await?;
    let transfert: Stored<Transfert> = depart.lire(id).await?.ok_or(Erreur::Introuvable)?;
    match &recu.etat {
        EtatRecu::Propose | EtatRecu::Accepte { .. } if recu.repris.is_none() && est_retire(&transfert) => {
            retirer(&acces, &recu, &transfert).await
        }
        EtatRecu::Propose | EtatRecu::Retire { .. } => Ok(()),
        EtatRecu::Refuse { motif, .. } => dire(&depart, &transfert, EtatDepart::Refuse { motif: motif.clone() }).await,
        EtatRecu::Abandonne { motif, .. } => dire(&depart, &transfert, EtatDepart::Abandonne { motif: motif.clone() }).await,
        EtatRecu::Accepte { usager, .. } => {
            let comptes = reprendre(&acces, &recu, *usager, &recueillir(&depart).await?).await?;
            dire(&depart, &transfert, EtatDepart::Accepte { comptes }).await
        }
        EtatRecu::Arrive { usager, le, .. } => {
            if matches!(transfert.etat, EtatDepart::Effectue { .. }) {
                return Ok(());
            }
            reprendre(&acces, &recu, *usager, &recueillir(&depart).await?).await?;
            clore(&depart, &transfert, *le).await
        }
    }
}

/// The record, or the one it was merged into.
async fn ouvrir(acces: &Acces<ProposerTransfert>, usager: UsagerId) -> Resultat<Dossier> {
    match acces.ouvrir_dossier(usager).await {
        Err(Erreur::Fusionne { garde, .. }) => acces.ouvrir_dossier(garde).await,
        autre => autre,
    }
}

fn est_retire(transfert: &Transfert) -> bool {
    matches!(transfert.etat, EtatDepart::Retire { .. })
}

/// Withdrawn before anything was taken over: the other house is told, even when it accepted at the same moment.
async fn retirer(acces: &Acces<ProposerTransfert>, recu: &Stored<TransfertRecu>, transfert: &Transfert) -> Resultat<()> {
    let EtatDepart::Retire { motif } = &transfert.etat else { return Ok(()) };
    let etat = EtatRecu::Retire { motif: motif.clone(), usager: recu.dossier() };
    let mut acte = acces.acte("transferts.retire").detail("transfert", recu.transfert.to_string());
    acte.update(recu, &TransfertRecu { etat, ..recu.value.clone() });
    acces.commit(acte).await
}

/// Tells the house left.
async fn dire(depart: &Dossier, lu: &Stored<Transfert>, etat: EtatDepart) -> Resultat<()> {
    if lu.etat == etat {
        return Ok(());
    }
    let mut acte = depart.acte("transferts.suivi").detail("transfert", lu.id.to_string());
    if let EtatDepart::Accepte { comptes } = &etat {
        acte = acte.detail("repris", serde_json::to_value(comptes).unwrap_or_default());
    }
    acte.update(lu, &Transfert { etat, ..lu.value.clone() });
    depart.commit(acte).await
}

/// Takes the four families over, in one act; what is there already stays as it is.
async fn reprendre(
    acces: &Acces<ProposerTransfert>,
    recu: &Stored<TransfertRecu>,
    usager: UsagerId,
    contenu: &Contenu,
) -> Resultat<Comptes> {
    let dossier = ouvrir(acces, usager).await?;
    let etablissement = recu.etablissement;
    let (de, le) = (recu.de_nom.as_str(), acces.now());
    let mut acte = dossier.acte("transferts.repris").detail("transfert", recu.transfert.to_string());
    let mut change = recu.repris.is_none();
    for (_, lu) in contenu.elements.iter().chain(&contenu.annules.0) {
        let origine = Origine::Reprise { source: source(recu, lu.id), lieu: de.to_owned(), le };
        let element = Element { usager: dossier.usager(), etablissement, origine, ..lu.value.clone() };
        change |= medical::reprendre(&dossier, &mut acte, &element).await?;
    }
    for (_, lu) in contenu.documents.iter().chain(&contenu.annules.1) {
        let repris = Some(Reprise { de: de.to_owned(), le, source: source(recu, lu.id) });
        let document = Document {
            usager: dossier.usager(),
            etablissement,
            repris,
            classe_le: le,
            remplace: None,
            reception: None,
            ..lu.value.clone()
        };
        change |= documents::reprendre(&dossier, &mut acte, document).await?;
    }
    if let Some(allergies) = &contenu.allergies {
        change |= usagers::reprendre_allergies(&dossier, &mut acte, allergies, (de, le)).await?;
    }
    let comptes = contenu.comptes().unwrap_or_default();
    if change {
        acte.update(recu, &TransfertRecu { repris: Some(Repris { le, comptes }), ..recu.value.clone() });
        dossier.commit(acte).await?;
    }
    Ok(comptes)
}

fn source(recu: &TransfertRecu, id: Uuid) -> String {
    format!("{}/{id}", recu.de)
}

/// The stay left is closed by a discharge at the hour of the arrival, with the last word on the transfer, in one act.
async fn clore(depart: &Dossier, transfert: &Stored<Transfert>, le: jiff::Timestamp) -> Resultat<()> {
    let mut acte = depart.acte("transferts.effectue").detail("transfert", transfert.id.to_string());
    let sejours: Vec<Stored<Sejour>> = depart.liste::<Sejour>(|query| query).await?;
    let en_cours = sejours.iter().find(|sejour| sejour.etat.en_cours() && sejour.etablissement == transfert.etablissement);
    let mut reste = String::new();
    if let Some(sejour) = en_cours {
        let sortie = Mouvement { vers: transfert.vers_nom.clone(), ..mouvement(sejour, NatureMouvement::Sortie, le, None) };
        let id = kernel::id::derived(transfert.id, "sortie");
        match sejours::inscrire(depart, &mut acte, sejour, (id, &sortie)).await {
            Ok(()) => {}
            // A movement written since contradicts it: somebody looks, the transfer is done all the same.
            Err(Erreur::Demande(phrase)) => reste = phrase,
            Err(autre) => return Err(autre),
        }
    }
    acte.update(transfert, &Transfert { etat: EtatDepart::Effectue { le, reste }, ..transfert.value.clone() });
    depart.commit(acte).await
}
