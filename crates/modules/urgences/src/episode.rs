//! An emergency is read from its steps: it begins with the first one, ends with its end or after a long silence.
//!
//! Nothing is kept beside the steps: two tablets without network write on the same emergency without knowing of each other.

use jiff::{SignedDuration, Timestamp};
use platform::store::Stored;

use crate::etape::{Etape, Quoi};

/// Without a step for so long, the next one opens another emergency.
pub const SILENCE: SignedDuration = SignedDuration::from_hours(12);

/// One emergency.
#[derive(Debug, Clone)]
pub struct Episode {
    /// Its steps, in the order they happened; those taken back included.
    pub etapes: Vec<Stored<Etape>>,
}

impl Episode {
    /// Steps which hold.
    pub fn valides(&self) -> impl DoubleEndedIterator<Item = &Stored<Etape>> {
        self.etapes.iter().filter(|etape| etape.annulee.is_none())
    }

    /// When it began.
    pub fn debut(&self) -> Timestamp {
        self.valides().map(|etape| etape.a).min().unwrap_or_default()
    }

    fn derniere(&self) -> Timestamp {
        self.valides().map(|etape| etape.a).max().unwrap_or_default()
    }

    /// True while somebody may still add to it. A DLU printed or read is no emergency by itself; one sent from the call sheet is.
    pub fn en_cours(&self, now: Timestamp) -> bool {
        let finie = self.a_eu(|quoi| matches!(quoi, Quoi::Fin { .. }));
        let vraie = self.a_eu(|quoi| !matches!(quoi, Quoi::Dlu { comment, .. } if comment != "demande"));
        vraie && !finie && now.duration_since(self.derniere()) < SILENCE
    }

    /// What made somebody call, the last word of it.
    pub fn motif(&self) -> Option<String> {
        self.valides().rev().find(|etape| matches!(etape.quoi, Quoi::Motif { .. })).map(|etape| etape.quoi.phrase())
    }

    /// The last answer to a question of the centre 15.
    pub fn reponse_a(&self, question: &str) -> Option<bool> {
        self.valides().rev().find_map(|etape| match &etape.quoi {
            Quoi::Observation { question: posee, oui } if posee == question => Some(*oui),
            _ => None,
        })
    }

    /// True if a step of this sort was taken.
    pub fn a_eu(&self, sorte: impl Fn(&Quoi) -> bool) -> bool {
        self.valides().any(|etape| sorte(&etape.quoi))
    }

    /// « 03:12 Chute. 03:14 Appel au 15. »: what the transmission says.
    pub fn recit(&self, fuseau: &jiff::tz::TimeZone) -> String {
        let phrases = self.valides().map(|etape| {
            let phrase = etape.quoi.phrase();
            format!("{} {}.", kernel::dates::heure_levee(etape.a, fuseau), phrase.trim_end_matches('.'))
        });
        phrases.collect::<Vec<_>>().join(" ")
    }
}

/// The emergencies of a person, oldest first.
pub fn episodes(mut etapes: Vec<Stored<Etape>>) -> Vec<Episode> {
    etapes.sort_by_key(|etape| (etape.a, etape.seq));
    let mut episodes: Vec<Episode> = Vec::new();
    for etape in etapes {
        match episodes.last_mut() {
            Some(episode) if continue_(episode, &etape) => episode.etapes.push(etape),
            _ => episodes.push(Episode { etapes: vec![etape] }),
        }
    }
    episodes
}

fn continue_(episode: &Episode, etape: &Etape) -> bool {
    let Some(derniere) = episode.etapes.last() else { return false };
    let finie = episode.valides().any(|passee| matches!(passee.quoi, Quoi::Fin { .. }));
    etape.a.duration_since(derniere.a) < SILENCE && !finie
}
