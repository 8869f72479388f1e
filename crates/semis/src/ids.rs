//! Identifiers derived from the story's indexes.

use jiff::Timestamp;
use kernel::id::{ChambreId, CompteId, EtablissementId, LitId, ProfessionnelId, SejourId, UniteId, UsagerId};
use uuid::Uuid;

fn derive(name: &str) -> Uuid {
    kernel::id::derived(Uuid::nil(), &format!("demo/{name}"))
}

/// Establishment of an index of `Grappe::etablissements`.
pub fn etablissement_id(rang: usize) -> EtablissementId {
    EtablissementId(derive(&format!("etablissement/{rang}")))
}

/// Unit of an index of `Grappe::unites`.
pub fn unite_id(rang: usize) -> UniteId {
    UniteId(derive(&format!("unite/{rang}")))
}

/// Room of an index of `Grappe::chambres`.
pub(crate) fn chambre_id(rang: usize) -> ChambreId {
    ChambreId(derive(&format!("chambre/{rang}")))
}

/// Bed of an index of `Grappe::lits`.
pub(crate) fn lit_id(rang: usize) -> LitId {
    LitId(derive(&format!("lit/{rang}")))
}

/// Account of an index of `Recit::agents`.
pub fn compte_id(rang: usize) -> CompteId {
    CompteId(derive(&format!("compte/{rang}")))
}

/// Professional of an index of `Recit::agents`.
pub(crate) fn professionnel_id(rang: usize) -> ProfessionnelId {
    ProfessionnelId(derive(&format!("professionnel/{rang}")))
}

/// Person of an index of `Recit::residents`.
pub fn usager_id(rang: usize) -> UsagerId {
    UsagerId(derive(&format!("usager/{rang}")))
}

/// Stay `numero` of a person.
pub(crate) fn sejour_id(resident: usize, numero: usize) -> SejourId {
    SejourId(derive(&format!("sejour/{resident}/{numero}")))
}

/// Line `numero` of the medical file of a person.
pub(crate) fn element_id(resident: usize, numero: usize) -> Uuid {
    derive(&format!("medical/{resident}/{numero}"))
}

/// A UUIDv7 of an instant and a rank: ordered by time like those a tablet makes, and the same at each sowing.
pub(crate) fn fait_id(le: Timestamp, rang: u64) -> Uuid {
    let millis = u64::try_from(le.as_millisecond()).unwrap_or(0);
    let mut tail = [0; 10];
    tail[2..].copy_from_slice(&rang.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes());
    tail[..2].copy_from_slice(&u16::try_from(rang & 0xffff).unwrap_or(0).to_be_bytes());
    uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
}
