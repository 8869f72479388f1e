//! From records to the design system's words: identity line, allergies, chips.

use jiff::civil::Date;
use kernel::dates::date_courte;
use kernel::ins::StatutIdentite;
use ui::bandeau_resident::{Allergies as AllergiesUi, Identite as IdentiteUi, StatutIns};
use ui::puces::{Etat, Puce};

use crate::{Alertes, Allergies, Identification, Usager};

/// Name, birth, age, sex, room, photo, ready to show. Without the right on the identity, birth and sex stay blank.
pub fn identite_courte(usager: &Usager, identification: Option<&Identification>, chambre: &str, aujourd_hui: Date) -> IdentiteUi {
    let traits = identification.map(|identification| identification.identite.traits());
    let age = traits.and_then(|traits| traits.date_naissance().age_le(aujourd_hui)).map_or(0, |age| age.min);
    IdentiteUi {
        href: format!("/residents/{}", usager.id),
        nom: usager.nom.as_str().to_uppercase(),
        prenom: usager.prenom.as_str().to_owned(),
        civilite: usager.civilite.courte().to_owned(),
        naissance: traits.map(|traits| traits.date_naissance().to_string()).unwrap_or_default(),
        age,
        sexe: traits.map(|traits| traits.sexe().libelle().to_lowercase()).unwrap_or_default(),
        chambre: chambre.to_owned(),
        photo: usager
            .photo
            .as_ref()
            .map(|photo| format!("/residents/{}/photo?v={}", usager.id, photo.0.get(..12).unwrap_or(&photo.0))),
        homonyme: (!usager.homonymes.is_empty()).then(|| "dans l'établissement".to_owned()),
    }
}

/// The status of the INS as the banner shows it.
pub fn statut_ins(identification: Option<&Identification>) -> StatutIns {
    match identification.map(|identification| identification.identite.statut()) {
        Some(StatutIdentite::Qualifiee) => StatutIns::Qualifiee,
        Some(StatutIdentite::Recuperee) => StatutIns::Recuperee,
        Some(StatutIdentite::Validee) => StatutIns::Validee,
        _ => StatutIns::Provisoire,
    }
}

/// The four states of allergies; without the record nobody was asked yet.
pub fn allergies(alertes: Option<&Alertes>) -> AllergiesUi {
    match alertes.map(|alertes| &alertes.allergies) {
        Some(Allergies::Connues { liste }) => AllergiesUi::Connues(
            liste
                .iter()
                .map(|allergie| match allergie.annee {
                    Some(annee) => format!("{}, {} ({annee})", allergie.agent, allergie.reaction),
                    None => format!("{}, {}", allergie.agent, allergie.reaction),
                })
                .collect(),
        ),
        Some(Allergies::Aucune { verifie_le }) => AllergiesUi::Aucune(date_courte(*verifie_le)),
        Some(Allergies::Indisponible) => AllergiesUi::Indisponible,
        Some(Allergies::NonRenseignees) | None => AllergiesUi::NonRenseignees,
    }
}

/// Chips of the banner and of cards; each opens its proof.
pub fn puces(alertes: Option<&Alertes>) -> Vec<Puce> {
    let signaux = alertes.map(|alertes| alertes.signaux.as_slice()).unwrap_or_default();
    signaux
        .iter()
        .map(|signal| Puce::new(if signal.danger { Etat::Danger } else { Etat::ASurveiller }, signal.libelle.clone()))
        .zip(alertes.into_iter().cycle())
        .map(|(puce, alertes)| puce.lien(format!("/residents/{}/alertes", alertes.usager)))
        .collect()
}
