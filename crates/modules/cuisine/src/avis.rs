//! What moved and the kitchen has not acknowledged yet; pure.

use std::collections::BTreeSet;

use jiff::Timestamp;
use kernel::id::UsagerId;
use sejours::{Mouvement, NatureMouvement};
use uuid::Uuid;

/// What a movement does to the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effet {
    /// One less.
    Moins,
    /// One more.
    Plus,
}

/// A change to acknowledge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Avis {
    /// The movement.
    pub mouvement: Uuid,
    /// Who moved.
    pub usager: UsagerId,
    /// What it does to the table now: an annulled departure gives one more.
    pub effet: Effet,
    /// « Hospitalisation : CH de Val-Brumeux », « Annulé : … ».
    pub phrase: String,
    /// When it happened.
    pub le: Timestamp,
    /// It was acknowledged, and annulled since.
    pub annule: bool,
}

/// What a kind of movement does to the table; nothing for a change of room.
fn effet(nature: NatureMouvement) -> Option<Effet> {
    match nature {
        NatureMouvement::Admission | NatureMouvement::RetourAbsence | NatureMouvement::RetourHospitalisation => Some(Effet::Plus),
        NatureMouvement::Hospitalisation | NatureMouvement::DepartAbsence | NatureMouvement::Sortie | NatureMouvement::Deces => {
            Some(Effet::Moins)
        }
        NatureMouvement::Preadmission | NatureMouvement::ChangementChambre => None,
    }
}

/// The changes to acknowledge, newest first. `accuses` are the movements acknowledged, as they were or once annulled.
///
/// A movement annulled before anybody acknowledged it changes nothing; one annulled afterwards is told again.
pub fn avis<'a>(mouvements: impl Iterator<Item = (Uuid, &'a Mouvement)>, accuses: &BTreeSet<(Uuid, bool)>) -> Vec<Avis> {
    let mut avis: Vec<Avis> = mouvements.filter_map(|(id, mouvement)| un(id, mouvement, accuses)).collect();
    avis.sort_by_key(|avis| (std::cmp::Reverse(avis.le), avis.mouvement));
    avis
}

fn un(id: Uuid, mouvement: &Mouvement, accuses: &BTreeSet<(Uuid, bool)>) -> Option<Avis> {
    let direct = effet(mouvement.nature)?;
    let (su, annule) = (accuses.contains(&(id, false)), mouvement.annule.is_some());
    if annule != su || accuses.contains(&(id, true)) {
        return None;
    }
    let effet = match (annule, direct) {
        (false, effet) => effet,
        (true, Effet::Moins) => Effet::Plus,
        (true, Effet::Plus) => Effet::Moins,
    };
    // Where a person goes is told for a hospital only: an absence with family is nobody's business in the kitchen.
    let vers =
        Some(mouvement.vers.as_str()).filter(|vers| mouvement.nature == NatureMouvement::Hospitalisation && !vers.is_empty());
    let mots =
        vers.map_or_else(|| mouvement.nature.libelle().to_owned(), |vers| format!("{} : {vers}", mouvement.nature.libelle()));
    let phrase = if annule { format!("Annulé : {}", mots.to_lowercase()) } else { mots };
    Some(Avis { mouvement: id, usager: mouvement.usager, effet, phrase, le: mouvement.le, annule })
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::id::{EtablissementId, SejourId};

    fn mouvement(nature: NatureMouvement, annule: bool) -> Mouvement {
        Mouvement {
            sejour: SejourId(Uuid::nil()),
            usager: UsagerId(Uuid::nil()),
            etablissement: EtablissementId(Uuid::nil()),
            nature,
            le: Timestamp::UNIX_EPOCH,
            de: String::new(),
            vers: "CH".into(),
            motif: String::new(),
            annule: annule.then(String::new),
            place: None,
            origine: None,
        }
    }

    fn dits(nature: NatureMouvement, annule: bool, accuses: &[bool]) -> Vec<(Effet, bool)> {
        let sus = accuses.iter().map(|annule| (Uuid::nil(), *annule)).collect();
        let mouvement = mouvement(nature, annule);
        avis([(Uuid::nil(), &mouvement)].into_iter(), &sus).iter().map(|avis| (avis.effet, avis.annule)).collect()
    }

    #[test]
    fn a_departure_is_told_until_acknowledged_and_again_when_it_never_happened() {
        let parti = NatureMouvement::Hospitalisation;
        assert_eq!(dits(parti, false, &[]), [(Effet::Moins, false)]);
        assert_eq!(dits(parti, false, &[false]), []);
        assert_eq!(dits(parti, true, &[]), [], "nobody was told: nothing to undo");
        assert_eq!(dits(parti, true, &[false]), [(Effet::Plus, true)]);
        assert_eq!(dits(parti, true, &[false, true]), []);
        assert_eq!(dits(NatureMouvement::RetourHospitalisation, false, &[]), [(Effet::Plus, false)]);
        assert_eq!(dits(NatureMouvement::ChangementChambre, false, &[]), []);
    }

    #[test]
    fn where_a_person_goes_with_their_family_is_not_told() {
        let absence = mouvement(NatureMouvement::DepartAbsence, false);
        let lus = avis([(Uuid::nil(), &absence)].into_iter(), &BTreeSet::new());
        assert_eq!(lus[0].phrase, "Départ en absence");
    }
}
