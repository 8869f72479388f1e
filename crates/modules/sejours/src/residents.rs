//! The persons of a perimeter in the walking order of their rooms: what every round and list starts from.

use std::collections::HashMap;

use kernel::id::UsagerId;
use platform::acces::{Categorie, DossierOuvert, Droit, EtatSejour, PerimetreOuvert};
use platform::erreur::Resultat;
use platform::store::{Query, Stored};
use usagers::{Alertes, Usager};
use uuid::Uuid;

use crate::model::Sejour;
use crate::records::{lane_presents, lane_unite};

/// A person with the stay in progress and what nobody may ignore.
#[derive(Debug, Clone)]
pub struct Resident {
    /// Who.
    pub usager: Stored<Usager>,
    /// The stay in progress, else the last one.
    pub sejour: Stored<Sejour>,
    /// Allergies, texture, chips; absent when the right is not held, nothing was written yet, or names alone were asked.
    pub alertes: Option<Stored<Alertes>>,
}

impl Resident {
    /// Whose.
    pub fn id(&self) -> UsagerId {
        self.usager.value.id
    }

    /// True when the person is in the house.
    pub fn est_present(&self) -> bool {
        self.sejour.etat == EtatSejour::Present
    }
}

/// The persons of a perimeter with what nobody may ignore of them, in walking order; expected ones are left out.
pub async fn residents_de<D: Droit>(perimetre: &PerimetreOuvert<D>) -> Resultat<Vec<Resident>> {
    let mut residents = residents_nommes(perimetre).await?;
    let ids: Vec<Uuid> = residents.iter().map(|resident| Alertes::id(resident.id())).collect();
    let lues: Vec<Stored<Alertes>> = perimetre.lire(&ids).await?;
    let mut alertes: HashMap<UsagerId, Stored<Alertes>> = lues.into_iter().map(|lue| (lue.value.usager, lue)).collect();
    for resident in &mut residents {
        resident.alertes = alertes.remove(&resident.id());
    }
    Ok(residents)
}

/// The same persons by name and room only, for a list to choose in: their alerts are not read.
pub async fn residents_nommes<D: Droit>(perimetre: &PerimetreOuvert<D>) -> Resultat<Vec<Resident>> {
    let mut sejours: Vec<Stored<Sejour>> = Vec::new();
    match perimetre.unites() {
        None => sejours = perimetre.liste(&Query::lane(&lane_presents(perimetre.etablissement()))).await?,
        Some(unites) => {
            for unite in unites {
                sejours.extend(perimetre.liste::<Sejour>(&Query::lane2(&lane_unite(*unite))).await?);
            }
        }
    }
    sejours.retain(|sejour| sejour.etat != EtatSejour::Preadmis);
    sejours.sort_by(|a, b| (a.unite, a.rang, &a.chambre_libelle).cmp(&(b.unite, b.rang, &b.chambre_libelle)));
    let ids: Vec<Uuid> = sejours.iter().map(|sejour| sejour.usager.0).collect();
    let lus: Vec<Stored<Usager>> = perimetre.lire(&ids).await?;
    let mut connus: HashMap<UsagerId, Stored<Usager>> = lus.into_iter().map(|usager| (usager.value.id, usager)).collect();
    let nommes = sejours.into_iter().filter_map(|sejour| {
        let usager = connus.remove(&sejour.usager)?;
        Some(Resident { usager, sejour, alertes: None })
    });
    Ok(nommes.collect())
}

/// The person of an opened record, with the stay in progress, else the last one.
pub async fn resident<D: Droit>(dossier: &DossierOuvert<D>) -> Resultat<Option<Resident>> {
    let Some(usager) = dossier.lire::<Usager>(dossier.usager()).await? else { return Ok(None) };
    let mut sejours: Vec<Stored<Sejour>> = dossier.liste::<Sejour>(|query| query).await?;
    let rang = sejours.iter().rposition(|sejour| sejour.etat.en_cours()).or(sejours.len().checked_sub(1));
    let Some(rang) = rang else { return Ok(None) };
    let sejour = sejours.swap_remove(rang);
    let alertes =
        if dossier.peut_lire(Categorie::Alertes) { dossier.lire::<Alertes>(Alertes::id(dossier.usager())).await? } else { None };
    Ok(Some(Resident { usager, sejour, alertes }))
}
