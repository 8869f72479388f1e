//! The persons of a perimeter in the walking order of their rooms: what every round and list starts from.

use std::collections::HashMap;

use kernel::id::UsagerId;
use platform::acces::{Categorie, DossierOuvert, Droit, EtatSejour, PerimetreOuvert};
use platform::erreur::Resultat;
use platform::store::{Query, Stored};
use usagers::{Alertes, Usager};

use crate::model::Sejour;
use crate::records::{lane_presents, lane_unite};

/// A person with the stay in progress and what nobody may ignore.
#[derive(Debug, Clone)]
pub struct Resident {
    /// Who.
    pub usager: Stored<Usager>,
    /// The stay in progress, else the last one.
    pub sejour: Stored<Sejour>,
    /// Allergies, texture, chips; absent when the right is not held or nothing was written yet.
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

/// The persons of a perimeter, in walking order; expected ones are left out unless asked for.
pub async fn residents_de<D: Droit>(perimetre: &PerimetreOuvert<D>) -> Resultat<Vec<Resident>> {
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
    let ids: Vec<UsagerId> = sejours.iter().map(|sejour| sejour.usager).collect();
    let mut fiches: HashMap<UsagerId, _> =
        usagers::fiches(perimetre, &ids).await?.into_iter().map(|fiche| (fiche.0.value.id, fiche)).collect();
    let mut residents: Vec<Resident> = sejours
        .into_iter()
        .filter_map(|sejour| {
            let (usager, alertes) = fiches.remove(&sejour.usager)?;
            Some(Resident { usager, sejour, alertes })
        })
        .collect();
    residents.sort_by(|a, b| {
        let cle = |resident: &Resident| (resident.sejour.unite, resident.sejour.rang, resident.sejour.chambre_libelle.clone());
        cle(a).cmp(&cle(b))
    });
    Ok(residents)
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
