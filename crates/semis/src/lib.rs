//! The demo grappe sown into the store: maps the plain story of the `demo` crate to the product's records.
//!
//! Everything goes through batches with their journal line, like any other writing, so that the demo's
//! journal verifies. Identifiers are derived from the story's indexes: two sowings of one instant are equal.

mod comptes;
mod ids;
mod personnes;
mod sejour;
mod semeur;
mod structure;

use demo::Recit;
use jiff::Timestamp;
use platform::store::Store;

pub use comptes::MOT_DE_PASSE;
pub use ids::{compte_id, etablissement_id, unite_id, usager_id};
pub use semeur::{Avancement, ErreurSemis, Semeur};

/// Sows the whole demo as it stands at an instant.
///
/// # Errors
/// When a text of the story does not fit the product's rules, or when the store refuses.
pub async fn semer(store: &Store, now: Timestamp, avancement: Avancement<'_>) -> Result<(), ErreurSemis> {
    let recit = Recit::construire(now).map_err(|error| ErreurSemis::Recit(error.to_string()))?;
    let mut semeur = Semeur::new(store, now, avancement);
    structure::semer(&mut semeur, &recit).await?;
    comptes::semer(&mut semeur, &recit).await?;
    personnes::semer(&mut semeur, &recit).await?;
    sejour::semer(&mut semeur, &recit).await?;
    semeur.finir().await
}
