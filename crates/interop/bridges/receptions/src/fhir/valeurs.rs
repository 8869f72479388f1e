//! Values of the data types of FHIR R4 (§2.24), as a person says them.

use serde_json::{Map, Value};

use super::mots;

/// The words of a value which is said in one cell; `None` for what is told element by element.
pub(super) fn dite(valeur: &Value) -> Option<String> {
    match valeur {
        Value::Null => Some(String::new()),
        Value::Bool(vrai) => Some(if *vrai { "oui" } else { "non" }.to_owned()),
        Value::Number(nombre) => Some(nombre.to_string().replace('.', ",")),
        Value::String(texte) => Some(texte_lisible(texte)),
        Value::Array(plusieurs) => {
            let dites: Option<Vec<String>> = plusieurs.iter().map(dite).collect();
            dites.map(|dites| dites.into_iter().filter(|une| !une.is_empty()).collect::<Vec<_>>().join(" ; "))
        }
        Value::Object(elements) => forme(elements),
    }
}

/// The words of a value, whatever it is; empty when it is told element by element.
pub(super) fn breve(valeur: &Value) -> String {
    dite(valeur).unwrap_or_default()
}

/// Data types known by the elements they have.
fn forme(elements: &Map<String, Value>) -> Option<String> {
    let a = |nom: &str| elements.get(nom);
    let seulement = |permis: &[&str]| elements.keys().all(|nom| permis.contains(&nom.as_str()) || nom.starts_with('_'));
    if a("url").is_some() && elements.keys().any(|nom| nom.starts_with("value") || nom == "extension") {
        return None;
    }
    if seulement(&["coding", "text", "id", "extension"]) && (a("coding").is_some() || a("text").is_some()) {
        return Some(concept(elements));
    }
    if a("family").is_some() || a("given").is_some() {
        return Some(nom_de(elements));
    }
    if seulement(&["system", "version", "code", "display", "userSelected"]) && a("code").is_some() {
        return Some(code(elements));
    }
    if seulement(&["reference", "type", "identifier", "display", "extension"]) {
        return Some(reference(elements));
    }
    if seulement(&["start", "end"]) {
        return Some(periode(elements));
    }
    if seulement(&["value", "comparator", "unit", "system", "code", "extension"]) && a("value").is_some_and(Value::is_number) {
        return Some(mots_de(elements, &["comparator", "value", "unit"]));
    }
    if seulement(&["use", "type", "system", "value", "period", "assigner", "extension", "rank", "id"]) && a("value").is_some() {
        return Some(identifiant(elements));
    }
    if a("city").is_some() || a("postalCode").is_some() || (a("line").is_some() && a("text").is_none()) {
        return Some(mots_de(elements, &["text", "line", "postalCode", "city", "country"]));
    }
    if a("contentType").is_some() {
        return Some(piece(elements));
    }
    a("repeat").and_then(Value::as_object).filter(|_| seulement(&["repeat", "code", "event"])).map(rythme)
}

fn mots_de(elements: &Map<String, Value>, noms: &[&str]) -> String {
    let dits = noms.iter().filter_map(|nom| elements.get(*nom)).map(breve).filter(|dit| !dit.is_empty());
    dits.collect::<Vec<_>>().join(" ")
}

fn concept(elements: &Map<String, Value>) -> String {
    let texte = elements.get("text").map(breve).filter(|texte| !texte.is_empty());
    let codes = || elements.get("coding").map(breve).unwrap_or_default();
    texte.unwrap_or_else(codes)
}

fn code(elements: &Map<String, Value>) -> String {
    let code = elements.get("code").and_then(Value::as_str).unwrap_or_default();
    match elements.get("display").map(breve).filter(|dit| !dit.is_empty()) {
        Some(dit) => format!("{dit} ({code})"),
        None => mots::code(code).unwrap_or(code).to_owned(),
    }
}

fn reference(elements: &Map<String, Value>) -> String {
    let dit = mots_de(elements, &["display"]);
    if !dit.is_empty() {
        return dit;
    }
    let identifiant = elements.get("identifier").map(breve).unwrap_or_default();
    if identifiant.is_empty() { elements.get("reference").map(breve).unwrap_or_default() } else { identifiant }
}

fn periode(elements: &Map<String, Value>) -> String {
    let dite = |nom: &str| elements.get(nom).map(breve).filter(|date| !date.is_empty());
    match (dite("start"), dite("end")) {
        (Some(debut), Some(fin)) => format!("du {debut} au {fin}"),
        (Some(debut), None) => format!("depuis le {debut}"),
        (None, Some(fin)) => format!("jusqu'au {fin}"),
        (None, None) => String::new(),
    }
}

fn identifiant(elements: &Map<String, Value>) -> String {
    let valeur = elements.get("value").map(breve).unwrap_or_default();
    let quoi = elements.get("type").map(breve).filter(|dit| !dit.is_empty());
    let systeme = elements.get("system").and_then(Value::as_str).map(mots::systeme);
    match quoi.or_else(|| systeme.map(str::to_owned)).filter(|quoi| !quoi.is_empty()) {
        Some(quoi) => format!("{valeur} ({quoi})"),
        None => valeur,
    }
}

fn piece(elements: &Map<String, Value>) -> String {
    let titre = mots_de(elements, &["title"]);
    let genre = elements.get("contentType").map(breve).unwrap_or_default();
    let ou = elements
        .get("url")
        .map(breve)
        .filter(|url| !url.is_empty())
        .map_or_else(String::new, |url| format!(", à l'adresse {url}"));
    if titre.is_empty() { format!("{genre}{ou}") } else { format!("{titre} ({genre}){ou}") }
}

/// « 1 fois par jour »: `Timing.repeat`.
fn rythme(repeat: &Map<String, Value>) -> String {
    let nombre = |nom: &str| repeat.get(nom).map(breve).filter(|dit| !dit.is_empty());
    let unite = repeat.get("periodUnit").and_then(Value::as_str).map_or("", mots::unite_de_temps);
    let mut dit = Vec::new();
    if let Some(fois) = nombre("frequency") {
        let periode = nombre("period").filter(|periode| periode != "1").map_or_else(String::new, |periode| format!("{periode} "));
        dit.push(format!("{fois} fois par {periode}{unite}").trim_end().to_owned());
    }
    for (nom, avant) in
        [("timeOfDay", "à"), ("when", ""), ("dayOfWeek", "le"), ("boundsPeriod", ""), ("boundsDuration", "pendant")]
    {
        if let Some(valeur) = nombre(nom) {
            dit.push(format!("{avant} {valeur}").trim().to_owned());
        }
    }
    dit.join(", ")
}

/// « Claire Martin »: `HumanName`.
pub(super) fn nom(valeur: &Value) -> String {
    valeur.as_object().map(nom_de).unwrap_or_default()
}

fn nom_de(elements: &Map<String, Value>) -> String {
    let texte = mots_de(elements, &["text"]);
    if !texte.is_empty() {
        return texte;
    }
    let prenoms = elements.get("given").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let parties = ["prefix", "family"].iter().filter_map(|nom| elements.get(*nom)).map(breve);
    parties.chain(prenoms.map(str::to_owned)).filter(|partie| !partie.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The name and the value of an extension; several values keep their own elements.
pub(super) fn extension(elements: &Map<String, Value>) -> Option<(&str, &Value)> {
    let nom = elements.get("url")?.as_str()?.rsplit(['/', '.']).next()?;
    let valeur = elements.iter().find(|(cle, _)| cle.starts_with("value")).map(|(_, valeur)| valeur);
    Some((nom, valeur.or_else(|| elements.get("extension"))?))
}

/// A date or an instant in French; any other text as it is.
fn texte_lisible(texte: &str) -> String {
    if let Some(dit) = mots::code(texte) {
        return dit.to_owned();
    }
    let jour = texte.get(..10).and_then(|debut| debut.parse::<jiff::civil::Date>().ok());
    match (jour, texte.len()) {
        (Some(jour), 10) => kernel::dates::date_courte(jour),
        (Some(jour), _) if texte.as_bytes().get(10) == Some(&b'T') => {
            let heure = texte.get(11..16).unwrap_or_default();
            format!("{} à {heure}", kernel::dates::date_courte(jour))
        }
        _ => texte.to_owned(),
    }
}
