//! Pages of the medical file.

pub(crate) mod bloc;
pub(crate) mod consignes;
pub(crate) mod element;
pub(crate) mod fichier;

use kernel::id::UsagerId;
use platform::web::{Champs, Erreurs};
use uuid::Uuid;

use crate::Nature;

/// The form of an entry.
pub(crate) struct Formulaire<'a> {
    pub usager: UsagerId,
    pub id: Uuid,
    pub nature: Nature,
    pub champs: &'a Champs,
    pub erreurs: &'a Erreurs,
}
