//! A resource as a person reads it: one table a resource, its elements in their order, in French.

use documents::TableauLu;
use serde_json::{Map, Value};

use super::{mots, valeurs};

/// Resources shown of a bundle; the file itself keeps the others.
const RESSOURCES_MAX: usize = 100;
/// Rows shown of a resource.
const LIGNES_MAX: usize = 300;
/// How deep elements are followed.
const PROFONDEUR_MAX: usize = 8;
/// Longest text of a cell, in characters.
const CELLULE_MAX: usize = 2_000;
/// What machines alone read, or what the other elements say in another form.
const TUS: [&str; 8] = ["resourceType", "id", "meta", "text", "contained", "implicitRules", "language", "data"];

/// The resources of a file: itself, or those of a bundle.
pub(super) fn ressources(valeur: &Value) -> Vec<&Value> {
    let entrees = valeur.get("entry").and_then(Value::as_array);
    match (genre(valeur), entrees) {
        ("Bundle", Some(entrees)) => entrees.iter().filter_map(|entree| entree.get("resource")).take(RESSOURCES_MAX).collect(),
        _ => vec![valeur],
    }
}

fn genre(valeur: &Value) -> &str {
    valeur.get("resourceType").and_then(Value::as_str).unwrap_or_default()
}

/// The title of the file: its kind, and those of the resources of a bundle.
pub(super) fn titre(valeur: &Value) -> String {
    if genre(valeur) != "Bundle" {
        return titre_de(valeur);
    }
    let mut genres: Vec<&str> = ressources(valeur).into_iter().map(|une| mots::ressource(genre(une))).collect();
    genres.dedup();
    match genres.as_slice() {
        [] => "Lot sans ressource".to_owned(),
        [seul] => (*seul).to_owned(),
        plusieurs => format!("Lot : {}", plusieurs.join(", ").to_lowercase()),
    }
}

fn titre_de(ressource: &Value) -> String {
    let genre = mots::ressource(genre(ressource));
    let nom = ressource.get("name").map(valeurs::breve).or_else(|| ressource.get("title").map(valeurs::breve));
    match nom.filter(|nom| !nom.is_empty()) {
        Some(nom) => format!("{genre} : {nom}"),
        None => genre.to_owned(),
    }
}

/// What is read of it.
pub(super) fn tableaux(valeur: &Value) -> Vec<TableauLu> {
    let lues = ressources(valeur);
    if lues.is_empty() || (lues.len() == 1 && genre(valeur) != "Bundle") {
        return vec![tableau(valeur)];
    }
    lues.into_iter().map(tableau).collect()
}

fn tableau(ressource: &Value) -> TableauLu {
    let mut lignes = Vec::new();
    if let Value::Object(elements) = ressource {
        objet("", elements, PROFONDEUR_MAX, &mut lignes);
    }
    lignes.truncate(LIGNES_MAX);
    TableauLu { titre: couper(&titre_de(ressource)), colonnes: vec!["Élément".to_owned(), "Valeur".to_owned()], lignes }
}

fn objet(avant: &str, elements: &Map<String, Value>, reste: usize, lignes: &mut Vec<Vec<String>>) {
    let mut rangs: Vec<(&String, &Value)> = elements.iter().collect();
    rangs.sort_by_key(|(nom, _)| mots::DABORD.iter().position(|connu| connu == nom).unwrap_or(usize::MAX));
    for (nom, valeur) in rangs {
        if let ("extension" | "modifierExtension", Value::Array(complements)) = (nom.as_str(), valeur) {
            for un in complements {
                complement(avant, un, reste, lignes);
            }
        // `_birthDate` holds what is said of `birthDate`.
        } else if !TUS.contains(&nom.as_str()) && !nom.starts_with('_') {
            element(&joindre(avant, &mots::element(nom)), valeur, reste, lignes);
        }
    }
}

fn element(libelle: &str, valeur: &Value, reste: usize, lignes: &mut Vec<Vec<String>>) {
    if lignes.len() >= LIGNES_MAX || reste == 0 {
        return;
    }
    match (valeurs::dite(valeur), valeur) {
        (Some(dite), _) if dite.is_empty() => {}
        (Some(dite), _) => lignes.push(vec![couper(libelle), couper(&dite)]),
        (None, Value::Array(plusieurs)) => {
            for (rang, une) in plusieurs.iter().enumerate() {
                let libelle = if plusieurs.len() > 1 { format!("{libelle} {}", rang + 1) } else { libelle.to_owned() };
                element(&libelle, une, reste - 1, lignes);
            }
        }
        (None, Value::Object(elements)) => objet(libelle, elements, reste - 1, lignes),
        (None, _) => {}
    }
}

/// An extension, under its own name.
fn complement(avant: &str, un: &Value, reste: usize, lignes: &mut Vec<Vec<String>>) {
    let Some((nom, valeur)) = un.as_object().and_then(valeurs::extension) else { return };
    let libelle = joindre(avant, &mots::element(nom));
    match valeur {
        Value::Array(complements) if reste > 0 => {
            for un in complements {
                complement(&libelle, un, reste - 1, lignes);
            }
        }
        valeur => element(&libelle, valeur, reste, lignes),
    }
}

fn joindre(avant: &str, nom: &str) -> String {
    if avant.is_empty() { nom.to_owned() } else { format!("{avant} : {}", nom.to_lowercase()) }
}

fn couper(texte: &str) -> String {
    texte.chars().filter(|c| !c.is_control() || *c == '\n').take(CELLULE_MAX).collect()
}
