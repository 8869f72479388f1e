//! Results of examinations, from a CDA.

use cisis::Measure;
use cisis::read::{Bounds, Examination, Finding, Listed, Reference};
use propositions::{Famille, Ligne, Lu};

use crate::cda::{code, suite};
use crate::dates::partielle;

/// Code of the CIM-10 of a multi-resistant bacterium, as the DLU asks for it.
const BMR: &str = "U83.71";

/// The results of a document as lines.
pub(crate) fn cda(lu: &mut Lu, lues: &Listed<Vec<Examination>>) {
    lu.non_lues += lues.unread;
    let lignes = lues.list.iter().enumerate().map(|(rang, examen)| ligne(examen, format!("resultat/{}", rang + 1)));
    lu.lignes.extend(lignes);
}

fn ligne(examen: &Examination, repere: String) -> Ligne {
    let bmr = examen.code.as_ref().is_some_and(|code| code.code() == BMR) && examen.finding == Finding::Boolean(true);
    let valeur = trouve(&examen.finding);
    let signes = drapeaux(examen.flags.iter().map(String::as_str));
    let normes: Vec<String> = examen.references.iter().filter_map(norme).collect();
    let isolat = examen.isolate.as_ref().map(|isolat| format!("isolat : {isolat}"));
    let titres = examen.titles.join(", ");
    Ligne {
        codes: examen.code.iter().map(code).collect(),
        debut: examen.time.as_ref().and_then(partielle),
        detail: suite([
            examen.site.as_deref(),
            Some(valeur.as_str()),
            signes.as_deref(),
            Some(normes.join(" ; ").as_str()),
            isolat.as_deref(),
        ]),
        precision: suite([Some(titres.as_str()), examen.comment.as_deref()]),
        anormal: anormal(examen.flags.iter().map(String::as_str)),
        ..Ligne::new(repere, if bmr { Famille::Bmr } else { Famille::Resultat }, &examen.label)
    }
}

/// Interpretations of HL7 (table 0078, ObservationInterpretation) in words.
const SIGNES: [(&str, &str); 20] = [
    ("H", "haut"),
    ("HH", "très haut"),
    ("L", "bas"),
    ("LL", "très bas"),
    ("A", "anormal"),
    ("AA", "très anormal"),
    ("HU", "nettement haut"),
    ("LU", "nettement bas"),
    (">", "au-delà de la mesure"),
    ("<", "en deçà de la mesure"),
    ("S", "sensible"),
    ("I", "intermédiaire"),
    ("R", "résistant"),
    ("POS", "positif"),
    ("NEG", "négatif"),
    ("DET", "détecté"),
    ("ND", "non détecté"),
    ("U", "en hausse"),
    ("D", "en baisse"),
    ("N", "normal"),
];

/// The flags of a result in words; an unknown one stays as it is.
pub(crate) fn drapeaux<'a>(codes: impl Iterator<Item = &'a str>) -> Option<String> {
    let dits: Vec<&str> =
        codes.map(|code| SIGNES.iter().find(|(connu, _)| *connu == code).map_or(code, |(_, mots)| mots)).collect();
    (!dits.is_empty()).then(|| dits.join(", "))
}

/// True when the laboratory says the result is out of what is usual.
pub(crate) fn anormal<'a>(codes: impl Iterator<Item = &'a str>) -> bool {
    codes.into_iter().any(|code| matches!(code, "H" | "HH" | "L" | "LL" | "A" | "AA" | "HU" | "LU" | ">" | "<" | "R" | "POS"))
}

/// A number with the French decimal comma.
pub(crate) fn nombre(point: &str) -> String {
    point.replace('.', ",")
}

/// Units of UCUM whose writing differs from the usual one.
const UNITES: [(&str, &str); 7] = [
    ("m[IU]/L", "mUI/L"),
    ("[IU]/L", "UI/L"),
    ("10*9/L", "10⁹/L"),
    ("10*12/L", "10¹²/L"),
    ("ug/mL", "µg/mL"),
    ("umol/L", "µmol/L"),
    ("{ratio}", ""),
];

fn mesure(mesure: &Measure) -> String {
    avec_unite(mesure.value.as_str(), &mesure.unit)
}

/// « 7,67 pg/mL », « 500/mL ».
pub(crate) fn avec_unite(valeur: &str, ucum: &str) -> String {
    let unite = UNITES.iter().find(|(code, _)| *code == ucum).map_or(ucum, |(_, usage)| usage);
    let colle = if unite.starts_with('/') || unite.is_empty() || unite == "1" { "" } else { " " };
    format!("{}{colle}{}", nombre(valeur), if unite == "1" { "" } else { unite })
}

fn trouve(finding: &Finding) -> String {
    match finding {
        Finding::Measure(une) => mesure(une),
        Finding::Between(bornes) => entre(bornes),
        Finding::Boolean(true) => "oui".to_owned(),
        Finding::Boolean(false) => "non".to_owned(),
        Finding::Text(texte) => texte.clone(),
        _ => String::new(),
    }
}

fn entre(bornes: &Bounds) -> String {
    match (&bornes.low, &bornes.high) {
        (Some(bas), Some(haut)) if bas.unit == haut.unit => format!("{} à {}", nombre(bas.value.as_str()), mesure(haut)),
        (Some(bas), Some(haut)) => format!("{} à {}", mesure(bas), mesure(haut)),
        (Some(bas), None) => format!("{} {}", if bornes.above { ">" } else { "≥" }, mesure(bas)),
        (None, Some(haut)) => format!("{} {}", if bornes.below { "<" } else { "≤" }, mesure(haut)),
        (None, None) => String::new(),
    }
}

/// « référence 9,30 à 17,00 pg/mL »; the usual values only: other thresholds are named by what they mean.
fn norme(reference: &Reference) -> Option<String> {
    let texte = reference.bounds.as_ref().map(entre).filter(|texte| !texte.is_empty()).or_else(|| reference.text.clone())?;
    match reference.meaning.as_deref() {
        None | Some("N") => Some(format!("référence {texte}")),
        Some(autre) => Some(format!("{} : {texte}", drapeaux(std::iter::once(autre)).unwrap_or_default())),
    }
}
