//! A stay as an `Encounter` (FHIR R4; FR Core's profile of it is for hospitals and is not claimed).

use fhir_r4::{DateRange, Object, coding, concept_text, logical_reference, period};
use platform::acces::EtatSejour;
use platform::store::Stored;
use sejours::{GenreSejour, Sejour};

use super::systemes as s;
use super::{Fiche, Indice, debut, vers_patient};

/// `encounter-status` of a stay: away for a time or in hospital is « on leave ».
fn statut(etat: EtatSejour) -> &'static str {
    match etat {
        EtatSejour::Preadmis => "planned",
        EtatSejour::Present => "in-progress",
        EtatSejour::Absent | EtatSejour::Hospitalise => "onleave",
        EtatSejour::Sorti | EtatSejour::Decede => "finished",
    }
}

fn classe(genre: GenreSejour) -> Object {
    match genre {
        GenreSejour::Permanent | GenreSejour::Temporaire => coding(s::V3_ACT, "IMP", "inpatient encounter"),
        GenreSejour::AccueilDeJour => coding(s::V3_ACT, "AMB", "ambulatory"),
        GenreSejour::Domicile => coding(s::V3_ACT, "HH", "home health"),
    }
}

/// The stay; `etablissement` is its FINESS and its name, `unite` the name of the unit.
pub(crate) fn sejour(lu: &Stored<Sejour>, etablissement: (&str, &str), unite: Option<&str>) -> Fiche {
    let id = lu.value.id.to_string();
    let statut = statut(lu.etat);
    let chambre =
        Some(lu.chambre_libelle.as_str()).filter(|chambre| !chambre.is_empty()).map(|chambre| format!("chambre {chambre}"));
    let place: Vec<String> = unite.map(str::to_owned).into_iter().chain(chambre).collect();
    let lieu = if place.is_empty() {
        Vec::new()
    } else {
        vec![Object::new().with("location", Object::new().with("display", place.join(", ")))]
    };
    let corps = debut("Encounter", &id, lu.version, lu.recorded, &[])
        .with("status", statut)
        .with("class", classe(lu.genre))
        .with("type", vec![concept_text(lu.genre.libelle())])
        .with("subject", vers_patient(lu.usager))
        .with("period", period(Some(lu.entree_le), lu.sortie_le))
        .with("location", lieu)
        .with("serviceProvider", logical_reference("Organization", s::FINESS, etablissement.0, etablissement.1));
    let indices = vec![
        ("_id", Indice::Jeton("", id.clone())),
        ("status", Indice::Jeton("", statut.to_owned())),
        ("date", Indice::Dates(DateRange::period(lu.entree_le, lu.sortie_le))),
    ];
    Fiche { genre: "Encounter", id, version: lu.version, maj: lu.recorded, rang: lu.entree_le, corps, indices }
}
