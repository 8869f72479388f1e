//! Readers of other organisations, and how their searches go; pure.

use jiff::{SignedDuration, Timestamp};
use kernel::id::CompteId;
use kernel::texte::Texte;
use platform::acces::{Categorie, Referentiel};
use platform::store::{Entity, Scope};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Kinds of organisations: code, words.
pub const NATURES: [(&str, &str); 4] = [
    ("samu", "SAMU, centre 15"),
    ("urgences", "Service d'urgences"),
    ("smur", "SMUR"),
    ("autre", "Autre service qui prend en charge"),
];

/// The list of readers of the grappe.
pub(crate) const LANE_LECTEURS: &str = "lecteurs-externes";

/// Somebody of another organisation who reads DLU.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lecteur {
    /// Their account.
    pub compte: CompteId,
    /// What they work for: « SAMU 63 ».
    pub organisation: Texte<80>,
    /// Code of [`NATURES`].
    pub nature: String,
    /// What they do there.
    pub fonction: Texte<80>,
    /// Where the organisation is called back.
    #[serde(default)]
    pub telephone: String,
    /// Opened at.
    pub ouvert_le: Timestamp,
    /// By whom, as they sign.
    pub ouvert_par: String,
}

impl Lecteur {
    /// The record's id for an account.
    pub fn id(compte: CompteId) -> Uuid {
        kernel::id::derived(compte.0, "lecteur-externe")
    }
}

impl Entity for Lecteur {
    const KIND: &'static str = "lecteur_externe";
    fn scope(&self) -> Scope {
        Scope::of(etablissements::Grappe::id()).at(self.ouvert_le).lane(LANE_LECTEURS)
    }
}

impl Referentiel for Lecteur {
    const CATEGORIE: Categorie = Categorie::Comptes;
}

/// Vain searches without any wait: a name misheard, a date mistyped.
const SANS_ATTENTE: u32 = 3;
/// The first wait; each vain search doubles it.
const PREMIERE_ATTENTE: i64 = 15;
/// The longest wait: a regulator is never locked out for good, the house answers the telephone.
const ATTENTE_MAX: i64 = 900;
/// After so long without a vain search, the next one waits no more.
const OUBLI: SignedDuration = SignedDuration::from_hours(1);

/// How the searches of an account go: each is written before it is answered, so that many at once are as many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recherches {
    /// Whose.
    pub compte: CompteId,
    /// Vain searches in a row of less than [`OUBLI`] between two.
    pub vaines: u32,
    /// Vain searches since somebody looked.
    pub a_voir: u32,
    /// The last one.
    pub derniere_le: Timestamp,
    /// The request which wrote this: two of the same instant are two, not one sent twice.
    pub requete: Uuid,
    /// When an administrator looked, and who.
    #[serde(default)]
    pub vues: Option<(Timestamp, String)>,
}

impl Recherches {
    /// The record's id for an account.
    pub fn id(compte: CompteId) -> Uuid {
        kernel::id::derived(compte.0, "recherches-dlu")
    }

    /// Nothing was searched yet.
    pub fn aucune(compte: CompteId) -> Self {
        Self { compte, vaines: 0, a_voir: 0, derniere_le: Timestamp::UNIX_EPOCH, requete: Uuid::nil(), vues: None }
    }

    /// Seconds to wait before the next search.
    pub fn attente(&self, now: Timestamp) -> u64 {
        if self.vaines < SANS_ATTENTE {
            return 0;
        }
        let palier = (self.vaines - SANS_ATTENTE).min(10);
        let due = (PREMIERE_ATTENTE << palier).min(ATTENTE_MAX);
        u64::try_from(due - now.duration_since(self.derniere_le).as_secs()).unwrap_or(0)
    }

    /// One more, counted vain until it finds.
    #[must_use]
    pub fn tentee(&self, now: Timestamp, requete: Uuid) -> Self {
        let oubliees = now.duration_since(self.derniere_le) >= OUBLI;
        let vaines = if oubliees { 0 } else { self.vaines };
        Self {
            vaines: vaines.saturating_add(1),
            a_voir: self.a_voir.saturating_add(1),
            derniere_le: now,
            requete,
            ..self.clone()
        }
    }

    /// It found: it was not vain. Those before remain, so that a known identity does not wash guesses.
    #[must_use]
    pub fn trouvee(&self, requete: Uuid) -> Self {
        Self { vaines: self.vaines.saturating_sub(1), a_voir: self.a_voir.saturating_sub(1), requete, ..self.clone() }
    }

    /// Somebody looked: the wait ends.
    #[must_use]
    pub fn vues_par(&self, now: Timestamp, qui: &str) -> Self {
        Self { vaines: 0, a_voir: 0, vues: Some((now, qui.to_owned())), ..self.clone() }
    }
}

impl Entity for Recherches {
    const KIND: &'static str = "recherches_dlu";
    fn scope(&self) -> Scope {
        Scope::of(etablissements::Grappe::id()).at(self.derniere_le).lane("recherches-dlu")
    }
}

/// One's own for a reader; the grappe's for who opens their accounts. No house reaches it.
impl Referentiel for Recherches {
    const CATEGORIE: Categorie = Categorie::Personnel;
}

#[cfg(test)]
mod tests {
    use super::*;

    const T: Timestamp = Timestamp::constant(1_700_000_000, 0);

    fn apres(secondes: i64) -> Timestamp {
        T.checked_add(SignedDuration::from_secs(secondes)).unwrap()
    }

    fn apres_vaines(combien: u32) -> Recherches {
        (0..combien).fold(Recherches::aucune(CompteId(Uuid::nil())), |lues, _| lues.tentee(T, Uuid::nil()))
    }

    #[test]
    fn the_wait_doubles_and_never_locks_out() {
        let attentes: Vec<u64> = (0..12).map(|combien| apres_vaines(combien).attente(T)).collect();
        assert_eq!(attentes, [0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900]);
        assert_eq!((apres_vaines(3).attente(apres(14)), apres_vaines(3).attente(apres(15))), (1, 0));
        assert_eq!(apres_vaines(u32::from(u8::MAX)).attente(apres(900)), 0);
    }

    #[test]
    fn what_finds_is_not_counted_and_washes_nothing() {
        let lues = apres_vaines(4).tentee(T, Uuid::nil()).trouvee(Uuid::nil());
        assert_eq!((lues.vaines, lues.a_voir), (4, 4));
        assert_eq!(lues.tentee(apres(3_600), Uuid::nil()).vaines, 1, "an hour later");
        assert_eq!(lues.tentee(apres(3_600), Uuid::nil()).a_voir, 5, "what nobody looked at stays");
    }
}
