//! The pseudo-random source of the demonstration: SplitMix64 (Steele, Lea, Flood, 2014), seeded by a key.
//!
//! Every draw of the story is keyed by what it is about (a resident, a day, a care line), so adding a draw in one place does not
//! change what happens elsewhere. Not for secrets.

/// A small deterministic generator.
#[derive(Clone, Debug)]
pub struct Alea {
    etat: u64,
}

const PAS: u64 = 0x9E37_79B9_7F4A_7C15;

fn melanger(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Alea {
    /// A generator for `graine` and a key: the same pair always gives the same sequence.
    pub fn pour(graine: u64, cle: &[i64]) -> Self {
        let etat = cle
            .iter()
            .fold(melanger(graine.wrapping_add(PAS)), |acc, part| melanger(acc.wrapping_add(PAS) ^ part.cast_unsigned()));
        Self { etat }
    }

    /// The next 64 bits.
    pub fn suivant(&mut self) -> u64 {
        self.etat = self.etat.wrapping_add(PAS);
        melanger(self.etat)
    }

    /// An integer between `min` and `max`, both included; `min` when the range is empty.
    pub fn entre(&mut self, min: i64, max: i64) -> i64 {
        if max <= min {
            return min;
        }
        let largeur = max.abs_diff(min).saturating_add(1);
        let tirage = (u128::from(self.suivant()) * u128::from(largeur)) >> 64;
        min.saturating_add(i64::try_from(tirage).unwrap_or(0))
    }

    /// An index below `n`; 0 when `n` is 0.
    pub fn indice(&mut self, n: usize) -> usize {
        let tirage = (u128::from(self.suivant()) * n as u128) >> 64;
        usize::try_from(tirage).unwrap_or(0)
    }

    /// True `pour_mille` times in a thousand.
    pub fn chance(&mut self, pour_mille: i64) -> bool {
        self.entre(0, 999) < pour_mille
    }

    /// One element of `choix`, none when it is empty.
    pub fn un<'a, T>(&mut self, choix: &'a [T]) -> Option<&'a T> {
        choix.get(self.indice(choix.len()))
    }

    /// One text of `choix`, empty when there is none.
    pub fn mot<'a>(&mut self, choix: &'a [String]) -> &'a str {
        self.un(choix).map_or("", String::as_str)
    }

    /// Shuffles in place (Fisher-Yates).
    pub fn melange<T>(&mut self, liste: &mut [T]) {
        for i in (1..liste.len()).rev() {
            liste.swap(i, self.indice(i + 1));
        }
    }
}
