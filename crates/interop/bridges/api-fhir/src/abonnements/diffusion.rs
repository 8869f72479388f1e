//! From changes of records to calls: read each minute from the change feed, sent by the outbox, retried, ended.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use platform::prelude::*;
use platform::store::{OutboxItem, Place};
use platform::worker::{Changement, Worker, automate, changements};
use platform::{Services, api};
use sejours::LireResidents;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{SUIVIS, changer, client};
use crate::NOM_AUTOMATE;
use crate::records::{Abonnement, Application, LANE_ABONNEMENTS, Suivi};
use crate::rights::LireApplications;

/// The messages of calls to make.
const SUJET: &str = "api.notification";
/// Changes read in one go, and goes in one minute.
const LOT: i64 = 1_000;
const LOTS: usize = 50;
/// Calls which fail in a row before a subscription ends: about three hours and a half of retries.
const ECHECS_MAX: u32 = 12;

#[derive(Debug, Serialize, Deserialize)]
struct Notification {
    abonnement: Uuid,
}

/// Gives the worker what it does for subscriptions.
pub(crate) fn planifier(worker: &mut Worker) {
    worker.every_minute(|services, now| async move { suivre(&services, now).await });
    worker.on(SUJET, |services, item| async move { appeler(&services, &item).await });
}

impl Abonnement {
    fn actif(&self, now: Timestamp) -> bool {
        self.ferme_le.is_none() && self.depuis <= now && self.fin.is_none_or(|fin| now < fin)
    }

    /// True if the change is of what is followed, as far as columns tell.
    fn suit(&self, changement: &Changement) -> bool {
        let genre = SUIVIS.iter().find(|(genre, ..)| *genre == self.genre);
        genre.is_some_and(|(_, kinds, _)| kinds.contains(&changement.kind.as_str()))
            && changement.usager.is_some()
            && self.usager.is_none_or(|usager| changement.usager == Some(usager))
            && self.depuis <= changement.le
    }
}

/// Reads what changed, and asks for one call by subscription whatever the number of changes: a call says nothing.
async fn suivre(services: &Arc<Services>, now: Timestamp) -> Resultat<()> {
    let acces = automate::<LireApplications>(services, NOM_AUTOMATE).await?;
    let mut abonnements: Vec<Stored<Abonnement>> = acces.liste(&Query::lane(LANE_ABONNEMENTS)).await?;
    abonnements.retain(|un| un.actif(now));
    if abonnements.is_empty() {
        return Ok(());
    }
    let suivi = acces.lire::<Suivi>(Suivi::id()).await?;
    let depart = suivi.as_ref().map_or_else(Place::default, |suivi| suivi.place);
    let (changes, arrivee) = lire(services, depart).await?;
    if changes.is_empty() {
        return Ok(());
    }
    let mut a_dire = BTreeSet::new();
    for abonnement in &abonnements {
        let siens: Vec<&Changement> = changes.iter().filter(|changement| abonnement.suit(changement)).collect();
        if !siens.is_empty() && ouvert(services, &acces, abonnement, &siens).await? {
            a_dire.insert(abonnement.id);
        }
    }
    let mut acte = acces.acte("api.changements_suivis").detail("appels", a_dire.len());
    match &suivi {
        Some(lu) => acte.update(lu, &Suivi { place: arrivee }),
        None => acte.create(Suivi::id(), &Suivi { place: arrivee }),
    }
    for abonnement in a_dire {
        acte.send(SUJET, format!("{abonnement}/{}.{}", arrivee.xid, arrivee.seq), &Notification { abonnement });
    }
    acces.commit(acte).await
}

/// The changes of records of persons after a place; what this module writes itself is passed over.
async fn lire(services: &Arc<Services>, depart: Place) -> Resultat<(Vec<Changement>, Place)> {
    let (mut place, mut utiles) = (depart, Vec::new());
    for _ in 0..LOTS {
        let lus = changements(services, place, LOT).await?;
        let Some(dernier) = lus.last() else { break };
        place = dernier.place;
        let fini = lus.len() < usize::try_from(LOT).unwrap_or(usize::MAX);
        utiles.extend(lus.into_iter().filter(|un| un.usager.is_some()));
        if fini {
            break;
        }
    }
    Ok((utiles, place))
}

/// True if the gate lets the application see one of these persons for this family of data, now.
async fn ouvert(
    services: &Arc<Services>,
    acces: &Acces<LireApplications>,
    abonnement: &Stored<Abonnement>,
    changes: &[&Changement],
) -> Resultat<bool> {
    let application = acces.lire::<Application>(Application::id(abonnement.compte)).await?;
    let categorie = SUIVIS.iter().find(|(genre, ..)| *genre == abonnement.genre).map(|(.., categorie)| *categorie);
    let (Some(application), Some(categorie)) = (application.filter(|une| une.ouverte(acces.now())), categorie) else {
        return Ok(false);
    };
    let vu = api::servir(services, application.compte, |demande| async move {
        let acces = demande.acces::<LireResidents>().await?;
        for etablissement in &application.etablissements {
            let ici: Vec<_> =
                changes.iter().filter(|un| un.etablissement == etablissement.0).filter_map(|un| un.usager).collect();
            if ici.is_empty() {
                continue;
            }
            let perimetre = acces.ouvrir_perimetre(*etablissement, &[]).await?;
            for usager in ici {
                if perimetre.visible(usager, categorie).await? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    });
    match vu.await {
        Err(Erreur::NonConnecte | Erreur::Refus(_)) => Ok(false),
        autre => autre,
    }
}

/// Calls the application; a failure is counted, and tried again by the worker until the subscription ends.
async fn appeler(services: &Arc<Services>, item: &OutboxItem) -> Resultat<()> {
    let Ok(notification) = serde_json::from_str::<Notification>(&item.payload) else {
        return Err(Erreur::Panne("a notification could not be read".into()));
    };
    let acces = automate::<LireApplications>(services, NOM_AUTOMATE).await?;
    let Some(lu) = acces.lire::<Abonnement>(notification.abonnement).await? else { return Ok(()) };
    let application = acces.lire::<Application>(Application::id(lu.compte)).await?;
    if !lu.actif(acces.now()) || !application.is_some_and(|une| une.ouverte(acces.now())) {
        return Ok(());
    }
    match client::appeler(&lu.adresse, &lu.entetes).await {
        Ok(()) if lu.echecs == 0 => Ok(()),
        Ok(()) => {
            changer(&acces, &lu, "api.abonnement_repris", |abonnement| {
                abonnement.echecs = 0;
                abonnement.erreur = String::new();
            })
            .await
        }
        Err(phrase) => {
            let fin = lu.echecs + 1 >= ECHECS_MAX;
            let verbe = if fin { "api.abonnement_abandonne" } else { "api.abonnement_en_echec" };
            let now = acces.now();
            changer(&acces, &lu, verbe, |abonnement| {
                abonnement.echecs += 1;
                abonnement.erreur.clone_from(&phrase);
                abonnement.ferme_le = fin.then_some(now);
            })
            .await?;
            if fin { Ok(()) } else { Err(Erreur::Panne(phrase)) }
        }
    }
}
