//! The brake on reading in numbers (INV-26): an account which opens many more records than its profession does within an
//! hour proves again who it is, then is stopped; those who review exceptional accesses are told at once.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use kernel::id::{CompteId, EtablissementId, UsagerId};
use serde::{Deserialize, Serialize};
use store::{Entity, Scope};
use uuid::Uuid;

use super::{Acteur, Profils};

/// The hour in which distinct records are counted, and the longest a stop lasts by itself.
pub const FENETRE_FREINAGE: SignedDuration = SignedDuration::from_hours(1);

/// An account past the number of records its profession opens in an hour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Freinage {
    /// Whose.
    pub compte: CompteId,
    /// Name at the time.
    pub nom: String,
    /// Where the person worked.
    pub etablissement: EtablissementId,
    /// How many times this account was braked, this one included.
    pub rang: u32,
    /// Distinct records opened within the hour when it began.
    pub dossiers: usize,
    /// The number not to exceed without proving who one is.
    pub seuil: usize,
    /// Since.
    pub le: Timestamp,
    /// The person proved again who they are.
    #[serde(default)]
    pub confirme_le: Option<Timestamp>,
    /// No new record opens since then: twice the number was reached.
    #[serde(default)]
    pub bloque_le: Option<Timestamp>,
    /// Who looked at it, which ends it.
    #[serde(default)]
    pub examen: Option<Examen>,
}

/// What somebody else concluded of a braked account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Examen {
    /// By whom.
    pub par: CompteId,
    /// When.
    pub le: Timestamp,
    /// Expected in the work of the person, or not.
    pub attendu: bool,
    /// Words of who looked.
    pub commentaire: String,
}

/// Where a braked account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EtapeFreinage {
    /// The person must prove who they are before opening a new record.
    AConfirmer,
    /// The person did.
    Confirme,
    /// No new record opens until this instant, or until somebody looks at it.
    Bloque(Timestamp),
    /// The hour is over, or somebody looked at it.
    Fini,
}

impl Freinage {
    /// The list of an account's brakes.
    pub fn lane_compte(compte: CompteId) -> String {
        format!("freinage/{compte}")
    }

    /// The list of those an establishment has not looked at yet; the conclusion takes them off it.
    pub fn lane_examen(etablissement: EtablissementId) -> String {
        format!("freinage-a-voir/{etablissement}")
    }

    /// The list of those looked at.
    pub(super) fn lane_vus(etablissement: EtablissementId) -> String {
        format!("freinage-vus/{etablissement}")
    }

    /// The record's id: two requests which brake an account at once write the same one.
    pub(crate) fn id(compte: CompteId, rang: u32) -> Uuid {
        kernel::id::derived(compte.0, &format!("freinage-{rang}"))
    }

    /// Where it stands at this instant.
    pub fn etape(&self, now: Timestamp) -> EtapeFreinage {
        let fin = |le: Timestamp| le.checked_add(FENETRE_FREINAGE).unwrap_or(Timestamp::MAX);
        match (self.bloque_le, self.confirme_le) {
            _ if self.examen.is_some() => EtapeFreinage::Fini,
            (Some(le), _) if now < fin(le) => EtapeFreinage::Bloque(fin(le)),
            (None, Some(_)) if now < fin(self.le) => EtapeFreinage::Confirme,
            (None, None) if now < fin(self.le) => EtapeFreinage::AConfirmer,
            _ => EtapeFreinage::Fini,
        }
    }
}

impl Entity for Freinage {
    const KIND: &'static str = "freinage";

    fn scope(&self) -> Scope {
        let examen = if self.examen.is_none() { Self::lane_examen } else { Self::lane_vus };
        Scope::of(self.etablissement).at(self.le).lane(Self::lane_compte(self.compte)).lane2(examen(self.etablissement))
    }
}

/// What the brake says of one more record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Jugement {
    /// It opens.
    Passe,
    /// It waits for the proof of who asks; `nouveau`: nobody was told yet.
    Confirmer { nouveau: bool },
    /// It stays closed; `nouveau`: nobody was told yet.
    Bloquer { nouveau: bool },
}

/// Judges one more record after `dossiers` others within the hour; pure.
pub(crate) fn juger(dossiers: usize, seuil: usize, freinage: Option<&Freinage>, now: Timestamp) -> Jugement {
    match freinage.map_or(EtapeFreinage::Fini, |freinage| freinage.etape(now)) {
        EtapeFreinage::Bloque(_) => Jugement::Bloquer { nouveau: false },
        EtapeFreinage::AConfirmer => Jugement::Confirmer { nouveau: false },
        EtapeFreinage::Confirme if dossiers >= 2 * seuil => Jugement::Bloquer { nouveau: true },
        EtapeFreinage::Fini if dossiers >= seuil => Jugement::Confirmer { nouveau: true },
        EtapeFreinage::Confirme | EtapeFreinage::Fini => Jugement::Passe,
    }
}

/// The number of distinct records an actor opens in an hour without question: the highest of the roles held now.
pub(crate) fn seuil(profils: &Profils, acteur: &Acteur, now: Timestamp) -> usize {
    acteur.actives(now).filter_map(|role| profils.get(&role.profil)).map(super::Profil::dossiers_par_heure).max().unwrap_or(0)
}

/// The records each account opened lately, in the memory of this node; taken up from the journal after a start.
#[derive(Debug, Default)]
pub(crate) struct Lectures(Mutex<HashMap<CompteId, HashMap<UsagerId, Timestamp>>>);

impl Lectures {
    /// True if this account was counted since the start.
    pub(crate) fn connait(&self, compte: CompteId) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains_key(&compte)
    }

    /// Counts records opened before; the latest opening of each stays.
    pub(crate) fn reprendre(&self, compte: CompteId, lues: impl Iterator<Item = (UsagerId, Timestamp)>) {
        let mut map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let connues = map.entry(compte).or_default();
        for (usager, le) in lues {
            let garde = connues.entry(usager).or_insert(le);
            *garde = le.max(*garde);
        }
    }

    /// The distinct records opened after an instant; `None` when this one is among them, which counts it again.
    pub(crate) fn autres(&self, compte: CompteId, usager: UsagerId, depuis: Timestamp, now: Timestamp) -> Option<usize> {
        let mut map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let connues = map.entry(compte).or_default();
        connues.retain(|_, le| depuis < *le);
        if let Some(le) = connues.get_mut(&usager) {
            *le = now;
            return None;
        }
        Some(connues.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEBUT: Timestamp = Timestamp::constant(1_700_000_000, 0);

    fn apres(minutes: i64) -> Timestamp {
        DEBUT.checked_add(SignedDuration::from_mins(minutes)).unwrap()
    }

    fn freinage() -> Freinage {
        Freinage {
            compte: CompteId(Uuid::nil()),
            nom: String::new(),
            etablissement: EtablissementId(Uuid::nil()),
            rang: 1,
            dossiers: 60,
            seuil: 60,
            le: DEBUT,
            confirme_le: None,
            bloque_le: None,
            examen: None,
        }
    }

    #[test]
    fn one_more_than_the_number_asks_who_is_there_then_twice_the_number_stops() {
        assert_eq!(juger(59, 60, None, DEBUT), Jugement::Passe);
        assert_eq!(juger(60, 60, None, DEBUT), Jugement::Confirmer { nouveau: true });
        let attend = freinage();
        assert_eq!(juger(60, 60, Some(&attend), apres(59)), Jugement::Confirmer { nouveau: false });
        assert_eq!(juger(12, 60, Some(&attend), apres(60)), Jugement::Passe, "an hour later, few records");
        let confirme = Freinage { confirme_le: Some(apres(1)), ..freinage() };
        assert_eq!(juger(119, 60, Some(&confirme), apres(2)), Jugement::Passe);
        assert_eq!(juger(120, 60, Some(&confirme), apres(2)), Jugement::Bloquer { nouveau: true });
        let bloque = Freinage { bloque_le: Some(apres(30)), ..confirme };
        assert_eq!(juger(0, 60, Some(&bloque), apres(89)), Jugement::Bloquer { nouveau: false });
        assert_eq!(juger(0, 60, Some(&bloque), apres(90)), Jugement::Passe, "an hour after the stop");
    }

    #[test]
    fn records_are_counted_once_and_forgotten_after_the_hour() {
        let (lectures, compte) = (Lectures::default(), CompteId(Uuid::from_u128(9)));
        let usager = |n: u128| UsagerId(Uuid::from_u128(n));
        lectures.reprendre(compte, [(usager(1), apres(0)), (usager(2), apres(10)), (usager(1), apres(5))].into_iter());
        assert_eq!(lectures.autres(compte, usager(3), apres(-1), apres(12)), Some(2));
        assert_eq!(lectures.autres(compte, usager(1), apres(-1), apres(20)), None, "known already");
        assert_eq!(lectures.autres(compte, usager(3), apres(11), apres(71)), Some(1), "only the one opened again");
    }
}
