//! The demo grappe sown into the store: maps the plain story of the `demo` crate to the product's records.
//!
//! Everything goes through batches with their journal line, like any other writing, so that the demo's
//! journal verifies. Identifiers are derived from the story's indexes: two sowings of one instant are equal.

mod agents;
mod annuaire;
mod attendus;
mod comptes;
mod courrier;
mod faits;
mod ids;
mod medical;
mod personnes;
mod plans;
mod sejour;
mod semeur;
mod structure;

use demo::Recit;
use jiff::Timestamp;
use platform::store::Store;

pub use comptes::MOT_DE_PASSE;
pub use courrier::{Recu, courrier};
pub use ids::{compte_id, etablissement_id, unite_id, usager_id};
pub use semeur::{Avancement, ErreurSemis, Semeur, VERBE};

/// Days of history the demo tells.
pub const JOURS: u32 = 60;

/// Sows the demo as it stands at an instant, with the last `jours` days of its history (0: places and people only).
///
/// # Errors
/// When a text of the story does not fit the product's rules, or when the store refuses.
pub async fn semer(store: &Store, now: Timestamp, jours: u32, avancement: Avancement<'_>) -> Result<(), ErreurSemis> {
    let recit = Recit::construire(now).map_err(|error| ErreurSemis::Recit(error.to_string()))?;
    let mut semeur = Semeur::new(store, now, avancement);
    structure::semer(&mut semeur, &recit).await?;
    annuaire::semer(&mut semeur, &recit).await?;
    comptes::semer(&mut semeur, &recit).await?;
    personnes::semer(&mut semeur, &recit).await?;
    sejour::semer(&mut semeur, &recit).await?;
    attendus::semer(&mut semeur, &recit).await?;
    let auteurs = agents::auteurs(&recit);
    medical::semer(&mut semeur, &recit, &auteurs).await?;
    plans::semer(&mut semeur, &recit, &auteurs).await?;
    faits::semer(&mut semeur, &recit, &auteurs, jours).await?;
    semeur.finir().await
}
