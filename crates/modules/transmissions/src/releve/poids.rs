//! Weights of the digest and its constants: a file everybody may read, never hidden in code.

use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

/// A kind of event.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Genre {
    /// Stable code.
    pub code: String,
    /// Points when fresh.
    pub points: u32,
    /// « 1 chute ».
    pub un: String,
    /// « 2 chutes ».
    pub plusieurs: String,
    /// Drawn as a danger.
    #[serde(default)]
    pub danger: bool,
    /// Counted in « L'essentiel ».
    #[serde(default)]
    pub essentiel: bool,
}

/// Times of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Fenetre {
    /// Hours shown to somebody who never read this unit.
    pub premiere_heures: i64,
    /// Days read before the window, for what was done earlier and became known within it.
    pub marge_jours: i64,
    /// Longest window, in days.
    pub max_jours: i64,
    /// Hours after which a result still awaited comes back.
    pub cible_dormante_heures: i64,
}

/// How reading time is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Lecture {
    /// Words read in a minute.
    pub mots_par_minute: u64,
    /// Seconds an event.
    pub secondes_par_evenement: u64,
}

/// How points fade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Fraicheur {
    /// Percent lost each whole day.
    pub perte_par_jour: u32,
    /// Percent which always stays.
    pub plancher: u32,
}

/// The whole file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Poids {
    /// Where the order comes from.
    pub source: String,
    /// Times of the window.
    pub fenetre: Fenetre,
    /// Reading time.
    pub lecture: Lecture,
    /// Fading.
    pub fraicheur: Fraicheur,
    /// Kinds of events.
    #[serde(rename = "genre")]
    pub genres: Vec<Genre>,
}

impl Default for Poids {
    fn default() -> Self {
        Self {
            source: String::new(),
            fenetre: Fenetre { premiere_heures: 24, marge_jours: 7, max_jours: 31, cible_dormante_heures: 48 },
            lecture: Lecture { mots_par_minute: 220, secondes_par_evenement: 3 },
            fraicheur: Fraicheur { perte_par_jour: 20, plancher: 40 },
            genres: Vec::new(),
        }
    }
}

static POIDS: LazyLock<Poids> = LazyLock::new(|| toml::from_str(include_str!("../../data/releve.toml")).unwrap_or_default());

impl Poids {
    /// The weights delivered with the product.
    pub fn livres() -> &'static Self {
        &POIDS
    }

    /// A kind by its code.
    pub fn genre(&self, code: &str) -> Option<&Genre> {
        self.genres.iter().find(|genre| genre.code == code)
    }

    /// Points of an event of this kind which happened at this instant, in hundredths; an unknown kind weighs 1.
    pub fn points(&self, code: &str, le: Timestamp, now: Timestamp) -> u32 {
        let points = self.genre(code).map_or(1, |genre| genre.points);
        let jours = u32::try_from(now.duration_since(le).as_hours().max(0) / 24).unwrap_or(u32::MAX);
        let pourcent = 100_u32.saturating_sub(self.fraicheur.perte_par_jour.saturating_mul(jours));
        points * pourcent.max(self.fraicheur.plancher)
    }

    /// Seconds needed to read this many words and events.
    pub fn secondes(&self, mots: u64, evenements: u64) -> u64 {
        (mots * 60).div_ceil(self.lecture.mots_par_minute.max(1)) + evenements * self.lecture.secondes_par_evenement
    }

    /// The earliest window for somebody who never read.
    pub fn premiere(&self, now: Timestamp) -> Timestamp {
        now - SignedDuration::from_hours(self.fenetre.premiere_heures)
    }

    /// The longest window.
    pub fn plancher(&self, now: Timestamp) -> Timestamp {
        now - SignedDuration::from_hours(self.fenetre.max_jours * 24)
    }

    /// How far before the window facts are read.
    pub fn marge(&self) -> SignedDuration {
        SignedDuration::from_hours(self.fenetre.marge_jours * 24)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_and_points_fade_to_their_floor() {
        let poids = Poids::livres();
        assert!(poids.genres.len() >= 20 && !poids.source.is_empty());
        let now: Timestamp = "2026-11-21T08:00:00Z".parse().unwrap();
        assert_eq!(poids.points("chute", now, now), 900);
        assert_eq!(poids.points("chute", now - SignedDuration::from_hours(25), now), 720);
        assert_eq!(poids.points("chute", now - SignedDuration::from_hours(24 * 9), now), 360);
        assert_eq!(poids.points("inconnu", now, now), 100);
        assert_eq!(poids.secondes(220, 2), 66);
    }
}
