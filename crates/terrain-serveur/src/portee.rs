//! Who a tablet covers: the residents of the units of the person who holds it.

use platform::acces::Acces;
use platform::erreur::Resultat;
use platform::web::Answer;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::rights::LirePortee;

/// Address answered inside the process only; asked by a browser it gives the same list, under the same right.
pub(crate) const ADRESSE: &str = "/api/terrain/portee";

/// A resident, for lists and for finding a room.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ResidentPorte {
    pub(crate) id: Uuid,
    pub(crate) nom: String,
    pub(crate) chambre: String,
}

pub(crate) async fn lister(acces: Acces<LirePortee>) -> Resultat<Answer> {
    let etablissement = acces.etablissement()?;
    let unites = acces.contexte().unites.clone();
    let perimetre = acces.ouvrir_perimetre(etablissement, &unites).await?;
    let residents: Vec<ResidentPorte> = sejours::residents_nommes(&perimetre)
        .await?
        .into_iter()
        .map(|resident| ResidentPorte {
            id: resident.id().0,
            nom: resident.usager.value.nom_complet(),
            chambre: resident.sejour.chambre_libelle.clone(),
        })
        .collect();
    Ok(Answer::json(&residents))
}
