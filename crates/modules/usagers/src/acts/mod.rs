//! Human acts of the module: each one batch, one journal line.

mod fiches;
mod fusion;
mod homonymes;
mod identite;
mod reprise;

pub use fiches::{AjoutAllergies, ajouter_allergies};
pub(crate) use fiches::{ecrire_alertes, ecrire_oppositions, ecrire_photo, ecrire_vie, modifier_entourage};
pub(crate) use fusion::{Paire, reunir, separer};
pub use homonymes::{Connu, accorder_homonymes, connus, voisins};
pub(crate) use identite::{Etape, corriger, franchir, reporter_ins};
pub use reprise::reprendre_allergies;
