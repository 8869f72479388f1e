//! The card of two words which differ, or of a word the plan no longer expects; outcomes in words.

use jiff::Timestamp;
use uuid::Uuid;

use crate::tour::fuseau;
use crate::validation::{Issue, Validation};
use crate::verification::{AVerifier, Decision, FaitCompare, NatureEcart};

/// A card for whoever decides: facts side by side; the latest hour is proposed, being the last thing known.
pub(crate) fn releve(nature: NatureEcart, contexte: &str, faits: &[(Uuid, &Validation)], now: Timestamp) -> AVerifier {
    let compare = |(id, validation): &(Uuid, &Validation)| FaitCompare {
        validation: *id,
        issue: en_mots(&validation.issue),
        fait_le: validation.fait_le,
        saisi_le: validation.saisi_le,
        compte: validation.par.compte,
        par: validation.par.complet(),
    };
    let dernier = faits.iter().max_by_key(|(_, validation)| validation.fait_le);
    let proposition = match (nature, dernier) {
        (NatureEcart::IssuesDifferentes, Some((id, _))) => Decision::Retenir { validation: *id },
        _ => Decision::GarderTout,
    };
    let (_, derniere) = faits[faits.len() - 1];
    AVerifier {
        usager: derniere.usager,
        etablissement: derniere.etablissement,
        unite: derniere.unite,
        nature,
        soin: derniere.soin,
        libelle: derniere.libelle.clone(),
        occurrence: derniere.occurrence.clone(),
        faits: faits.iter().map(compare).collect(),
        proposition,
        contexte: contexte.to_owned(),
        leve_le: now,
        ferme: None,
    }
}

/// « refusé : Fatigue », « reporté à 14:30 : La personne dort ».
pub(crate) fn en_mots(issue: &Issue) -> String {
    let quand = match issue {
        Issue::Reporte { a, .. } => format!(" à {}", kernel::dates::heure_levee(*a, &fuseau())),
        _ => String::new(),
    };
    match issue.motif() {
        Some(motif) => format!("{}{quand} : {}", issue.libelle(), crate::motifs::libelle(issue.code(), motif)),
        None => format!("{}{quand}", issue.libelle()),
    }
}
