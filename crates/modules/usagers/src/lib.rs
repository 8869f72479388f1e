//! Persons accompanied: who they are, what nobody may ignore about them, who surrounds them, what matters to them.

mod alertes;
mod bandeau;
mod entourage;
mod identification;
mod records;
mod usager;
mod vie;

pub use alertes::{Allergie, Allergies, Alertes, SignalAlerte};
pub use bandeau::{allergies as allergies_ui, identite_courte, puces as puces_ui, statut_ins};
pub use entourage::{Contact, Entourage, MesureProtection, RoleContact};
pub use identification::Identification;
pub use records::{fiches, lane_usagers};
pub use usager::{Civilite, Usager};
pub use vie::{Contenu as ContenuVie, Habitudes};
