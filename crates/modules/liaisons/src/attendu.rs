//! A document which must come back from the hospital: asked for at J+2 and J+5, closed by itself when it arrives (F138).

use jiff::{SignedDuration, Timestamp};
use kernel::id::{EtablissementId, UsagerId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What is expected after a stay in hospital: key, words, codes of JDV_J07 which close it.
pub const ATTENDUS: [(&str, &str, &[&str]); 3] = [
    ("lettre", "Lettre de liaison à la sortie", &["11490-0", "34112-3", "18842-5"]),
    ("ordonnance", "Ordonnance de sortie", &["57833-6", "10183-2"]),
    ("urgences", "Fiche de retour ou compte rendu des urgences", &["60280-5", "15507-7", "74207-2"]),
];

/// First reminder after the return.
const J2: SignedDuration = SignedDuration::from_hours(48);
/// Second reminder after the return.
const J5: SignedDuration = SignedDuration::from_hours(120);

/// How somebody asked for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relance {
    /// When.
    pub le: Timestamp,
    /// By whom, as they sign.
    pub par: String,
    /// `telephone`, `messagerie`, `courrier`.
    pub moyen: String,
    /// What was answered.
    #[serde(default)]
    pub note: String,
}

/// Ways to ask: code, words.
pub const MOYENS: [(&str, &str); 3] =
    [("telephone", "Téléphone"), ("messagerie", "Messagerie sécurisée"), ("courrier", "Courrier")];

/// Where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "etat", rename_all = "snake_case")]
pub enum EtatAttendu {
    /// Not there yet.
    Attendu,
    /// It came.
    Recu {
        /// The document of the record; none when a person said it came otherwise.
        #[serde(default)]
        document: Option<Uuid>,
        /// When.
        le: Timestamp,
    },
    /// It will not come.
    Abandonne {
        /// Why.
        motif: String,
    },
}

/// A document expected for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendu {
    /// Whose.
    pub usager: UsagerId,
    /// Where the record is held.
    pub etablissement: EtablissementId,
    /// Key of [`ATTENDUS`].
    pub sorte: String,
    /// The hospital, as the movement says it.
    #[serde(default)]
    pub hopital: String,
    /// The departure it follows.
    pub parti_le: Timestamp,
    /// The return, once it happened: what reminders count from.
    #[serde(default)]
    pub revenu_le: Option<Timestamp>,
    /// Who asked for it so far.
    #[serde(default)]
    pub relances: Vec<Relance>,
    /// Documents of its kind filed since, which bear no date: somebody says whether one of them is it.
    #[serde(default)]
    pub proposes: Vec<Uuid>,
    /// Where it stands.
    #[serde(flatten)]
    pub etat: EtatAttendu,
}

/// What is to be done about it now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Echeance {
    /// Second reminder due: five days after the return.
    J5,
    /// First reminder due: two days after the return.
    J2,
    /// The person is back, there is time.
    Revenu,
    /// Still in hospital.
    Hospitalise,
}

impl Attendu {
    /// Id of what is expected after a departure.
    pub fn id(mouvement: Uuid, sorte: &str) -> Uuid {
        kernel::id::derived(mouvement, &format!("attendu/{sorte}"))
    }

    /// Its words.
    pub fn libelle(&self) -> &'static str {
        ATTENDUS.iter().find(|(sorte, ..)| *sorte == self.sorte).map_or("Document", |(_, libelle, _)| libelle)
    }

    /// True if a document of this kind closes it.
    pub fn attend(&self, type_code: &str) -> bool {
        self.etat == EtatAttendu::Attendu
            && ATTENDUS.iter().any(|(sorte, _, codes)| *sorte == self.sorte && codes.contains(&type_code))
    }

    /// True if this document was counted here already: it closed the line, or is one of those somebody is asked about.
    pub fn connait(&self, document: Uuid) -> bool {
        self.proposes.contains(&document)
            || matches!(self.etat, EtatAttendu::Recu { document: Some(recu), .. } if recu == document)
    }

    /// What is to be done about it; a reminder made since the deadline settles it.
    pub fn echeance(&self, now: Timestamp) -> Echeance {
        let Some(revenu) = self.revenu_le else { return Echeance::Hospitalise };
        let depuis = |delai: SignedDuration| {
            let due = revenu.checked_add(delai).unwrap_or(revenu);
            now >= due && !self.relances.iter().any(|relance| relance.le >= due)
        };
        if depuis(J5) {
            Echeance::J5
        } else if depuis(J2) {
            Echeance::J2
        } else {
            Echeance::Revenu
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attendu(revenu_le: Option<&str>) -> Attendu {
        Attendu {
            usager: UsagerId(Uuid::nil()),
            etablissement: EtablissementId(Uuid::nil()),
            sorte: "lettre".into(),
            hopital: String::new(),
            parti_le: Timestamp::UNIX_EPOCH,
            revenu_le: revenu_le.map(|texte| texte.parse().unwrap()),
            relances: Vec::new(),
            proposes: Vec::new(),
            etat: EtatAttendu::Attendu,
        }
    }

    #[test]
    fn reminders_come_at_two_then_five_days_and_one_made_settles_its_deadline() {
        let un = attendu(Some("2026-11-01T10:00:00Z"));
        let le = |texte: &str| texte.parse::<Timestamp>().unwrap();
        assert_eq!(attendu(None).echeance(le("2026-12-01T10:00:00Z")), Echeance::Hospitalise);
        assert_eq!(un.echeance(le("2026-11-03T09:59:59Z")), Echeance::Revenu);
        assert_eq!(un.echeance(le("2026-11-03T10:00:00Z")), Echeance::J2);
        assert_eq!(un.echeance(le("2026-11-06T10:00:00Z")), Echeance::J5);
        let relance =
            Relance { le: le("2026-11-04T08:00:00Z"), par: "N.".into(), moyen: "telephone".into(), note: String::new() };
        let relance = Attendu { relances: vec![relance], ..un };
        assert_eq!(relance.echeance(le("2026-11-04T09:00:00Z")), Echeance::Revenu);
        assert_eq!(relance.echeance(le("2026-11-06T10:00:00Z")), Echeance::J5);
    }

    #[test]
    fn only_a_document_of_its_kind_closes_it() {
        let un = attendu(None);
        assert!(un.attend("11490-0") && un.attend("34112-3") && !un.attend("57833-6") && !un.attend("11502-2"));
        let recu = Attendu { etat: EtatAttendu::Recu { document: None, le: Timestamp::UNIX_EPOCH }, ..un };
        assert!(!recu.attend("11490-0"));
    }
}
