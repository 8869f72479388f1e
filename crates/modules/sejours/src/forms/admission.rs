//! A request of admission.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use platform::web::{Champs, Erreurs};

use super::court;
use crate::model::GenreSejour;

/// What is known of a request when it comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DemandeLue {
    pub(crate) genre: GenreSejour,
    /// Entry wished or expected.
    pub(crate) souhaitee_le: Option<Date>,
    /// The same as an instant: noon of the day, or now.
    pub(crate) entree_le: Timestamp,
    /// Foreseen end, for a temporary stay.
    pub(crate) sortie_prevue: Option<Date>,
    pub(crate) provenance: String,
    pub(crate) reference: String,
    pub(crate) urgente: bool,
}

/// Reads `genre`, `souhaitee_le`, `sortie_prevue`, `provenance`, `reference`, `urgente`.
pub(crate) fn lire(champs: &Champs, (now, fuseau): (Timestamp, &TimeZone), erreurs: &mut Erreurs) -> Option<DemandeLue> {
    let genre = GenreSejour::TOUS.iter().find(|(_, code, _)| *code == champs.texte("genre")).map(|(genre, ..)| *genre);
    erreurs.exiger("genre", genre.is_some(), "Choisissez la nature de l'accueil.");
    let jour = |nom: &str, erreurs: &mut Erreurs| match champs.texte(nom) {
        "" => None,
        texte => erreurs.garder(nom, kernel::dates::lire_date(texte)),
    };
    let souhaitee_le = jour("souhaitee_le", erreurs);
    let sortie_prevue = jour("sortie_prevue", erreurs);
    let temporaire = genre == Some(GenreSejour::Temporaire);
    erreurs.exiger(
        "sortie_prevue",
        !temporaire || sortie_prevue.is_some() || erreurs.de("sortie_prevue").is_some(),
        "Un hébergement temporaire a une date de fin.",
    );
    let ordre = souhaitee_le.zip(sortie_prevue).is_none_or(|(debut, fin)| debut <= fin);
    erreurs.exiger("sortie_prevue", ordre, "La fin du séjour précède son début.");
    let midi = souhaitee_le.map(|jour| kernel::dates::instant_local(jour.at(12, 0, 0, 0), fuseau));
    Some(DemandeLue {
        genre: genre?,
        souhaitee_le,
        entree_le: midi.unwrap_or(now),
        sortie_prevue: sortie_prevue.filter(|_| temporaire),
        provenance: court::<120>(champs, "provenance", erreurs),
        reference: court::<60>(champs, "reference", erreurs),
        urgente: champs.coche("urgente"),
    })
}
