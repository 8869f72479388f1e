//! Numbers received from a device: what is missing is known at its next contact, whatever it is.

use jiff::Timestamp;

use crate::records::SuiviPoste;

/// Numbers kept beyond a gap: past this, the oldest gap is given up and told.
const AU_DELA_MAX: usize = 5_000;

impl SuiviPoste {
    /// Notes numbers received at `now`.
    #[must_use]
    pub fn avec(mut self, numeros: impl IntoIterator<Item = u64>, now: Timestamp) -> Self {
        self.au_dela.extend(numeros.into_iter().filter(|n| *n > self.jusqua));
        self.au_dela.sort_unstable();
        self.au_dela.dedup();
        let suite = self.au_dela.iter().zip(self.jusqua + 1..).take_while(|(n, attendu)| **n == *attendu).count();
        self.jusqua += u64::try_from(suite).unwrap_or(0);
        self.au_dela.drain(..suite);
        if self.au_dela.len() > AU_DELA_MAX {
            self.jusqua = self.au_dela.first().copied().unwrap_or(self.jusqua);
        }
        self.vu_le = now;
        self.manque_depuis = if self.au_dela.is_empty() { None } else { self.manque_depuis.or(Some(now)) };
        self
    }

    /// How many entries the device made which the server has not received.
    pub fn manquantes(&self) -> u64 {
        let dernier = self.au_dela.last().copied().unwrap_or(self.jusqua);
        (dernier - self.jusqua).saturating_sub(self.au_dela.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::id::{EtablissementId, PosteId};
    use uuid::Uuid;

    fn suivi() -> SuiviPoste {
        SuiviPoste {
            poste: PosteId(Uuid::nil()),
            etablissement: EtablissementId(Uuid::nil()),
            jusqua: 0,
            au_dela: Vec::new(),
            vu_le: Timestamp::UNIX_EPOCH,
            manque_depuis: None,
        }
    }

    #[test]
    fn a_gap_is_counted_until_it_is_filled() {
        let t = Timestamp::UNIX_EPOCH;
        let s = suivi().avec([1, 2, 5, 6], t);
        assert_eq!((s.jusqua, s.manquantes(), s.manque_depuis), (2, 2, Some(t)));
        let s = s.avec([4, 3, 3], t);
        assert_eq!((s.jusqua, s.manquantes(), s.manque_depuis), (6, 0, None));
        assert_eq!(s.avec([2, 7], t).jusqua, 7);
    }
}
