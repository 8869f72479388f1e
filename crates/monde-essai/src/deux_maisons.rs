//! Two houses, three units, one resident whom the gate knows, an account for each role which manages or reviews.

use kernel::id::{CompteId, EtablissementId, UniteId, UsagerId};
use platform::acces::{EtatSejour, Lien, Rattachement};
use uuid::Uuid;

use crate::{Monde, role};

/// The first house, Les Genêts.
pub const A: EtablissementId = EtablissementId(Uuid::from_u128(0xA));
/// The second house, La Rivière.
pub const B: EtablissementId = EtablissementId(Uuid::from_u128(0xB));
/// A unit of A.
pub const VOLCANS: UniteId = UniteId(Uuid::from_u128(0xA1));
/// Another unit of A.
pub const DOMES: UniteId = UniteId(Uuid::from_u128(0xA2));
/// The unit of B.
pub const RIVIERE: UniteId = UniteId(Uuid::from_u128(0xB1));
/// A resident of the unit Volcans of A, opposed to nothing; only the gate knows her.
pub const ANNA: UsagerId = UsagerId(Uuid::from_u128(0x10));

const fn compte(n: u128) -> CompteId {
    CompteId(Uuid::from_u128(0x100 + n))
}
/// Administration of the grappe.
pub const ADMIN: CompteId = compte(1);
/// Human resources of A.
pub const RH_A: CompteId = compte(2);
/// Direction of A.
pub const DIRECTION_A: CompteId = compte(3);
/// Direction of B.
pub const DIRECTION_B: CompteId = compte(4);
/// Cadre de santé of A.
pub const CADRE_A: CompteId = compte(5);
/// Carer of Volcans.
pub const AS_VOLCANS: CompteId = compte(6);
/// Nurse of Dômes.
pub const IDE_DOMES: CompteId = compte(7);
/// Hotel agent of Dômes.
pub const ASH_DOMES: CompteId = compte(8);
/// Médecin coordonnateur of A.
pub const MEDCO_A: CompteId = compte(9);
/// DPO of A.
pub const DPO_A: CompteId = compte(10);
/// Human resources of B.
pub const RH_B: CompteId = compte(11);
/// Carer of Rivière.
pub const AS_RIVIERE: CompteId = compte(12);

/// An account: who, which role, where, the name shown.
type Agent<'a> = (CompteId, &'a str, Option<EtablissementId>, &'a [UniteId], &'a str);

const AGENTS: [Agent<'_>; 12] = [
    (ADMIN, "admin_grappe", None, &[], "Ada ADMINE"),
    (RH_A, "rh", Some(A), &[], "Rose HAUTIER"),
    (DIRECTION_A, "direction", Some(A), &[], "Diane ALVERNE"),
    (DIRECTION_B, "direction", Some(B), &[], "Denis BREUIL"),
    (CADRE_A, "cadre_sante", Some(A), &[], "Claire CADEAU"),
    (AS_VOLCANS, "as", Some(A), &[VOLCANS], "Sophie VOLCAN"),
    (IDE_DOMES, "ide", Some(A), &[DOMES], "Nadia DOMEAU"),
    (ASH_DOMES, "ash", Some(A), &[DOMES], "Lina DOMAT"),
    (MEDCO_A, "medecin_co", Some(A), &[], "Marc COORDO"),
    (DPO_A, "dpo", Some(A), &[], "Dora PEO"),
    (RH_B, "rh", Some(B), &[], "Remi HUBERT"),
    (AS_RIVIERE, "as", Some(B), &[RIVIERE], "Karim RIVIERE"),
];

/// Puts them in a world.
pub async fn semer(monde: Monde) -> Monde {
    for (id, nom, finess) in [(A, "Les Genêts", "750000018"), (B, "La Rivière", "750000026")] {
        monde.maison(id, nom, finess).await;
    }
    for (id, lieu, nom, rang) in [(VOLCANS, A, "Volcans", 0), (DOMES, A, "Dômes", 1), (RIVIERE, B, "Rive", 0)] {
        monde.unite(id, lieu, nom, rang).await;
    }
    let depuis = testkit::instant(testkit::START);
    let lien = Lien { etablissement: A, unite: Some(VOLCANS), etat: EtatSejour::Present, depuis, jusque: None };
    let anna =
        Rattachement { usager: ANNA, liens: vec![lien], oppositions: Vec::new(), fusionne_dans: None, absorbes: Vec::new() };
    monde.ecrire(Rattachement::id(ANNA), &anna).await;
    for (id, profil, lieu, unites, nom) in AGENTS {
        monde.compte(id, nom, vec![role(profil, lieu, unites)]).await;
    }
    monde
}
