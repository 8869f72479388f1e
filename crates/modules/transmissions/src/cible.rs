//! A target: the thread of transmissions which goes from a first writing to its closing.

use jiff::Timestamp;
use kernel::id::{EtablissementId, UniteId, UsagerId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::model::{EtatCible, Importance, Transmission};

/// Where a target stands, computed from its transmissions and kept so that open ones are listed without reading years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cible {
    /// Id of the transmission which opened it.
    pub fil: Uuid,
    /// About whom.
    pub usager: UsagerId,
    /// Where.
    pub etablissement: EtablissementId,
    /// The unit of its last transmission.
    #[serde(default)]
    pub unite: Option<UniteId>,
    /// Theme code of its first transmission.
    pub theme: String,
    /// Where it stands.
    pub etat: EtatCible,
    /// Highest importance written in it.
    pub importance: Importance,
    /// Since.
    pub ouverte_le: Timestamp,
    /// Its last writing.
    pub derniere_le: Timestamp,
    /// What its last writing says: the result, else the datum.
    pub phrase: String,
    /// Whether `phrase` is a result.
    pub phrase_resultat: bool,
    /// When somebody looks again.
    #[serde(default)]
    pub a_revoir: Option<Timestamp>,
    /// How many transmissions it holds, annulled ones left out.
    pub nombre: u32,
}

impl Cible {
    /// The record's id, made from the thread.
    pub fn id(fil: Uuid) -> Uuid {
        kernel::id::derived(fil, "cible")
    }

    /// The target of a thread; `None` when nothing is left of it, or when it is a note alone.
    ///
    /// Annulled transmissions do not count. Closed if the last writing closes it; awaited if something after the last
    /// result calls for one; followed otherwise.
    pub fn depuis<'a>(transmissions: impl IntoIterator<Item = &'a Transmission>) -> Option<Self> {
        let mut fil: Vec<&Transmission> =
            transmissions.into_iter().filter(|transmission| transmission.annule.is_none()).collect();
        fil.sort_by_key(|transmission| (transmission.fait_le, transmission.saisi_le, transmission.id));
        let (premiere, derniere) = (*fil.first()?, *fil.last()?);
        if fil.len() == 1 && premiere.etat == EtatCible::Isolee && premiere.cible.is_none() {
            return None;
        }
        let (lettre, phrase) = derniere.derniere_phrase();
        Some(Self {
            fil: premiere.fil(),
            usager: premiere.usager,
            etablissement: premiere.etablissement,
            unite: derniere.unite,
            theme: fil.iter().find(|transmission| transmission.id == premiere.fil()).unwrap_or(&premiere).theme.clone(),
            etat: etat(&fil),
            importance: fil.iter().map(|transmission| transmission.importance).max().unwrap_or_default(),
            ouverte_le: premiere.fait_le,
            derniere_le: derniere.fait_le,
            phrase: phrase.to_owned(),
            phrase_resultat: lettre == 'R',
            a_revoir: derniere.a_revoir,
            nombre: u32::try_from(fil.len()).unwrap_or(u32::MAX),
        })
    }

    /// True if a result was awaited for more than this many hours.
    pub fn attend_depuis(&self, heures: i64, now: Timestamp) -> bool {
        self.etat == EtatCible::Ouverte && now.duration_since(self.derniere_le).as_hours() >= heures
    }
}

fn etat(fil: &[&Transmission]) -> EtatCible {
    if fil.last().is_some_and(|derniere| derniere.etat == EtatCible::Close) {
        return EtatCible::Close;
    }
    let apres = fil.iter().rposition(|transmission| transmission.resultat.is_some()).map_or(0, |rang| rang + 1);
    let attendu = fil.iter().skip(apres).any(|transmission| transmission.etat == EtatCible::Ouverte);
    if attendu { EtatCible::Ouverte } else { EtatCible::Suivie }
}
