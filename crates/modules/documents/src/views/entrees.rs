//! Structured data of a section as a plain list: what a machine may reuse, readable by anybody.

use cda_r2::{Code, Entry, Quantity, Range, Section, Value};
use maud::{Markup, html};

use super::cda::instant;

const LIGNES_MAX: usize = 200;

/// The structured data of a section, folded; nothing when there is none worth reading.
pub(crate) fn liste(section: &Section) -> Markup {
    let mut lignes = Vec::new();
    for entree in &section.entries {
        collecter(entree, 0, &mut lignes);
    }
    if lignes.is_empty() {
        return html! {};
    }
    let total = lignes.len();
    html! {
        details class="recu-donnees" {
            summary { @if total == 1 { "1 donnée structurée" } @else { (total) " données structurées" } }
            ul { @for ligne in lignes.iter().take(LIGNES_MAX) { li { (ligne) } } }
            @if total > LIGNES_MAX { p class="secondaire" { "Les suivantes sont dans le fichier d'origine." } }
        }
    }
}

fn collecter(entree: &Entry, profondeur: usize, lignes: &mut Vec<String>) {
    if let Some(phrase) = phrase(entree) {
        lignes.push(format!("{}{phrase}", "– ".repeat(profondeur.min(3))));
    }
    for dedans in &entree.entries {
        collecter(dedans, profondeur + 1, lignes);
    }
}

fn phrase(entree: &Entry) -> Option<String> {
    let nom = entree
        .product
        .as_ref()
        .and_then(|produit| produit.name.clone().or_else(|| produit.code.as_ref().and_then(Code::label).map(str::to_owned)))
        .or_else(|| entree.code.as_ref().and_then(Code::label).map(str::to_owned));
    let valeurs: Vec<String> = entree.values.iter().filter_map(valeur).collect();
    let dose = entree.dose.as_ref().and_then(etendue).map(|dose| format!("dose {dose}"));
    let voie = entree.route.as_ref().and_then(Code::label).map(|voie| format!("voie {voie}"));
    let quand = entree
        .effective_times
        .first()
        .and_then(|temps| temps.value.as_ref().or(temps.low.as_ref()))
        .map(|le| format!("le {}", instant(le)));
    let sens: Vec<&str> = entree.interpretations.iter().filter_map(Code::label).collect();
    let sens = (!sens.is_empty()).then(|| format!("interprétation : {}", sens.join(", ")));
    let lot = entree.product.as_ref().and_then(|produit| produit.lot.as_ref()).map(|lot| format!("lot {lot}"));
    let contenu = (!valeurs.is_empty()).then(|| valeurs.join(", "));
    if nom.is_none() && contenu.is_none() {
        return None;
    }
    let suite: Vec<String> = [contenu, dose, voie, quand, sens, lot].into_iter().flatten().collect();
    let nie = if entree.negated { "absence de : " } else { "" };
    let nom = nom.unwrap_or_else(|| "valeur".to_owned());
    Some(if suite.is_empty() { format!("{nie}{nom}") } else { format!("{nie}{nom} : {}", suite.join(" · ")) })
}

fn valeur(valeur: &Value) -> Option<String> {
    match valeur {
        Value::Boolean(vrai) => Some(if *vrai { "oui" } else { "non" }.to_owned()),
        Value::Code(code) => code.label().map(str::to_owned).or_else(|| code.code.clone()),
        Value::Quantity(etendue_lue) => etendue(etendue_lue),
        Value::Number(texte) | Value::Text(texte) => Some(texte.clone()),
        Value::Time(temps) => temps.value.as_ref().or(temps.low.as_ref()).map(instant),
        _ => None,
    }
}

fn quantite(quantite: &Quantity) -> Option<String> {
    let valeur = quantite.value.as_ref()?;
    Some(match quantite.unit.as_deref() {
        None | Some("" | "1") => valeur.replace('.', ","),
        Some(unite) => format!("{}\u{a0}{unite}", valeur.replace('.', ",")),
    })
}

fn etendue(lue: &Range) -> Option<String> {
    match (lue.value.as_ref().and_then(quantite), lue.low.as_ref().and_then(quantite), lue.high.as_ref().and_then(quantite)) {
        (Some(valeur), _, _) => Some(valeur),
        (None, Some(bas), Some(haut)) if bas == haut => Some(bas),
        (None, Some(bas), Some(haut)) => Some(format!("de {bas} à {haut}")),
        (None, Some(bas), None) => Some(format!("à partir de {bas}")),
        (None, None, Some(haut)) => Some(format!("jusqu'à {haut}")),
        _ => None,
    }
}
