//! Movements as events of the digest.

use jiff::Timestamp;
use platform::releve::EvenementReleve;
use platform::store::Stored;
use sejours::{Mouvement, NatureMouvement};

fn genre(nature: NatureMouvement) -> Option<&'static str> {
    Some(match nature {
        NatureMouvement::Preadmission => return None,
        NatureMouvement::Admission => "arrivee",
        NatureMouvement::ChangementChambre => "changement_chambre",
        NatureMouvement::DepartAbsence => "absence",
        NatureMouvement::RetourAbsence => "retour_absence",
        NatureMouvement::Hospitalisation => "hospitalisation",
        NatureMouvement::RetourHospitalisation => "retour_hospitalisation",
        NatureMouvement::Sortie => "sortie",
        NatureMouvement::Deces => "deces",
    })
}

fn libelle(mouvement: &Mouvement) -> String {
    let mot = mouvement.nature.libelle();
    let lieu = match (mouvement.nature, mouvement.de.as_str(), mouvement.vers.as_str()) {
        (_, _, "") => String::new(),
        (NatureMouvement::ChangementChambre, de, vers) if !de.is_empty() => format!(" : {de} → {vers}"),
        (_, _, vers) => format!(" : {vers}"),
    };
    let motif = if mouvement.motif.is_empty() { String::new() } else { format!(", {}", mouvement.motif) };
    format!("{mot}{lieu}{motif}")
}

/// The event of a movement; nothing for one which is expected, or which was annulled.
///
/// It is known from the moment it was written, or happened if it had been foreseen.
pub(super) fn evenement(lu: &Stored<Mouvement>) -> Option<EvenementReleve> {
    if lu.annule.is_some() {
        return None;
    }
    Some(EvenementReleve {
        usager: lu.usager,
        le: lu.le,
        connu_le: Timestamp::max(lu.le, lu.recorded),
        genre: genre(lu.nature)?.to_owned(),
        libelle: libelle(lu),
        href: Some(format!("/residents/{}/sejour", lu.usager)),
    })
}
