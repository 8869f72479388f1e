//! One house, one unit, two residents, a nurse, a carer and a secretary.

use kernel::id::{CompteId, EtablissementId, UniteId, UsagerId};
use usagers::Civilite;
use uuid::Uuid;

use crate::{Monde, Resident, role};

/// The house.
pub const ETAB: EtablissementId = EtablissementId(Uuid::from_u128(1));
/// Its only unit, Volcans.
pub const UNITE: UniteId = UniteId(Uuid::from_u128(2));
/// Mme Anna Brumelle, room 214.
pub const ANNA: UsagerId = UsagerId(Uuid::from_u128(10));
/// M. Bruno Castagnol, room 215.
pub const BRUNO: UsagerId = UsagerId(Uuid::from_u128(11));
/// The nurse.
pub const IDE: CompteId = CompteId(Uuid::from_u128(20));
/// The carer.
pub const AS: CompteId = CompteId(Uuid::from_u128(21));
/// The secretary.
pub const SECRETAIRE: CompteId = CompteId(Uuid::from_u128(22));

/// Puts them in a world.
pub async fn semer(monde: Monde) -> Monde {
    monde.maison(ETAB, "EHPAD d'essai", "750000018").await;
    monde.unite(UNITE, ETAB, "Volcans", 1).await;
    for (id, nom, prenom, civilite, chambre) in
        [(ANNA, "Brumelle", "Anna", Civilite::Madame, "214"), (BRUNO, "Castagnol", "Bruno", Civilite::Monsieur, "215")]
    {
        monde.resident(&Resident { id, nom, prenom, civilite, lieu: (ETAB, UNITE), chambre }).await;
    }
    for (id, profil) in [(IDE, "ide"), (AS, "as"), (SECRETAIRE, "secretaire")] {
        monde.compte(id, &format!("Essai {profil}"), vec![role(profil, Some(ETAB), &[])]).await;
    }
    monde
}
