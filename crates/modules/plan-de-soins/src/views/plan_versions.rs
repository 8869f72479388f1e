//! Versions of a plan: who signed, when, what changed.

use kernel::dates::{date_courte, date_heure};
use maud::{Markup, html};
use platform::store::Stored;
use ui::Icone;
use ui::bloc::Bloc;
use ui::frise::{Fait, frise};

use super::plan::rythme;
use crate::plan::{Plan, SoinPrevu};
use crate::tour::fuseau;

/// Draws the versions, newest first.
pub(crate) fn historique(versions: &[Stored<Plan>]) -> Markup {
    let mut faits = Vec::new();
    for (rang, version) in versions.iter().enumerate().rev() {
        let avant = rang.checked_sub(1).and_then(|avant| versions.get(avant));
        let par = version.signe.as_ref().map(crate::plan::Signataire::complet).unwrap_or_default();
        let differences = differences(avant.map(|avant| &avant.value), &version.value);
        faits.push(
            Fait::new(date_heure(version.recorded, &fuseau()), format!("Version {} · {par}", version.version))
                .detail(html! { ul { @for difference in &differences { li { (difference) } } } }),
        );
    }
    Bloc::new("Versions signées du plan", html! { @if faits.is_empty() { p { "Aucune version." } } @else { (frise(&faits)) } })
        .icone(Icone::History)
        .render()
}

/// What a version of a plan changed, in words.
fn differences(avant: Option<&Plan>, apres: &Plan) -> Vec<String> {
    let vide = Vec::new();
    let avant = avant.map_or(&vide, |avant| &avant.lignes);
    let mut mots = Vec::new();
    for soin in &apres.lignes {
        match avant.iter().find(|connu| connu.id == soin.id) {
            None => mots.push(format!("Ajouté : {}, {}", soin.libelle, rythme(soin))),
            Some(connu) if connu.arret.is_none() && soin.arret.is_some() => {
                let motif = soin.arret.as_ref().map(|arret| arret.motif.as_str()).unwrap_or_default();
                mots.push(format!("Arrêté : {} ({motif})", soin.libelle));
            }
            Some(connu) if connu != soin => mots.push(format!("Modifié : {}{}", soin.libelle, details(connu, soin))),
            Some(_) => {}
        }
    }
    if mots.is_empty() {
        mots.push(if apres.changement.is_empty() { "Aucun soin changé".to_owned() } else { apres.changement.clone() });
    }
    mots
}

fn details(avant: &SoinPrevu, apres: &SoinPrevu) -> String {
    let mut mots = Vec::new();
    if avant.consigne != apres.consigne {
        mots.push(format!("consigne « {} » au lieu de « {} »", apres.consigne, avant.consigne));
    }
    if avant.au != apres.au {
        mots.push(apres.au.map_or_else(|| "sans date de fin".to_owned(), |au| format!("jusqu'au {}", date_courte(au))));
    }
    if avant.metiers != apres.metiers {
        mots.push("métiers".to_owned());
    }
    if avant.libelle != apres.libelle {
        mots.push(format!("« {} » au lieu de « {} »", apres.libelle, avant.libelle));
    }
    if mots.is_empty() { String::new() } else { format!(" : {}", mots.join(", ")) }
}
