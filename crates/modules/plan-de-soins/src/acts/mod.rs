//! What people do with plans and rounds. Pages and tablets go through these same functions.

pub mod bibliotheque;
pub mod corriger;
pub mod decider;
pub mod groupe;
pub mod planifier;
pub(crate) mod releve;
pub mod repartir;
pub mod ronde;
pub mod valider;

use platform::acces::{Acces, Droit};

use crate::plan::Signataire;

/// Who signs what is written by this request.
pub fn signataire<D: Droit>(acces: &Acces<D>) -> Signataire {
    let contexte = acces.contexte();
    let profil = contexte.acteur.profils(contexte.now).first().copied().unwrap_or_default();
    let metier = acces.services().profils.get(profil).map(|profil| profil.court.clone()).unwrap_or_default();
    Signataire { compte: contexte.acteur.compte, nom: contexte.acteur.nom.clone(), metier }
}
