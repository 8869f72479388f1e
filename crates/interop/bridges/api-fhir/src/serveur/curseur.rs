//! Where the next page begins: after a place of the sorted list, so that what is added meanwhile shifts nothing.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fhir_r4::Search;

use super::ecart::Ecart;
use crate::ressources::Fiche;

/// Entries of a page when nothing is asked, and most of them.
const PAR_DEFAUT: usize = 20;
const AU_PLUS: usize = 100;

/// A page of a sorted list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    /// Most entries.
    pub(crate) nombre: usize,
    /// After this place: type, microseconds, id.
    apres: Option<(String, i64, String)>,
}

impl Page {
    /// Reads `_count` and `_page`.
    pub(crate) fn lire(recherche: &Search) -> Result<Self, Ecart> {
        let nombre = match recherche.first("_count") {
            None => PAR_DEFAUT,
            Some(texte) => {
                let lu: usize = texte.parse().map_err(|_| Ecart::demande("« _count » est un nombre entier."))?;
                lu.min(AU_PLUS)
            }
        };
        let apres = recherche.first("_page").map(decoder).transpose()?;
        Ok(Self { nombre, apres })
    }

    /// The entries of the page, and the cursor of the next one. The list is sorted as [`trier`] does within each type.
    pub(crate) fn prendre(&self, mut fiches: Vec<Fiche>, ordre: &[&str]) -> (Vec<Fiche>, Option<String>) {
        if let Some((genre, rang, id)) = &self.apres {
            let place = |genre: &str| ordre.iter().position(|un| *un == genre).unwrap_or(usize::MAX);
            let borne = (place(genre), std::cmp::Reverse(*rang), id.as_str());
            fiches
                .retain(|fiche| (place(fiche.genre), std::cmp::Reverse(fiche.rang.as_microsecond()), fiche.id.as_str()) > borne);
        }
        let reste = fiches.len() > self.nombre && self.nombre > 0;
        fiches.truncate(self.nombre);
        let suite = fiches.last().filter(|_| reste).map(encoder);
        (fiches, suite)
    }
}

/// Latest first, then by id.
pub(crate) fn trier(fiches: &mut [Fiche]) {
    fiches.sort_by(|a, b| b.rang.cmp(&a.rang).then_with(|| a.id.cmp(&b.id)));
}

fn encoder(fiche: &Fiche) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}/{}/{}", fiche.genre, fiche.rang.as_microsecond(), fiche.id))
}

fn decoder(texte: &str) -> Result<(String, i64, String), Ecart> {
    let lu = URL_SAFE_NO_PAD.decode(texte).ok().and_then(|octets| String::from_utf8(octets).ok()).and_then(|texte| {
        let mut parties = texte.splitn(3, '/');
        let genre = parties.next()?.to_owned();
        let rang = parties.next()?.parse().ok()?;
        Some((genre, rang, parties.next()?.to_owned()))
    });
    lu.ok_or_else(|| Ecart::demande("Cette page de résultats n'existe pas. Recommencez la recherche depuis le début."))
}
