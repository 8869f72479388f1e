//! The person a resource is about, for the strict matching of the sas (FR Core 2.1: `fr-core-patient-ins`).

use documents::{PatientLu, borner};
use serde_json::Value;

/// Authorities of the INS (RNIV): NIR, NIA, and those of tests and demonstrations.
const INS: [&str; 4] = ["1.2.250.1.213.1.4.8", "1.2.250.1.213.1.4.9", "1.2.250.1.213.1.4.10", "1.2.250.1.213.1.4.11"];
/// Statuses by which the sender itself doubts who the person is (FR Core `fr-core-cs-v2-0445`): somebody must compare.
const DOUTES: [&str; 12] = ["DOUB", "DOUT", "DOUA", "DPOT", "DESA", "COLP", "COLV", "FICT", "USUR", "ANOM", "INVA", "CACH"];
const FIABILITE: &str = "fr-core-identity-reliability";
const PRENOMS: &str = "fr-core-patient-birth-list-given-name";
const LIEU: &str = "patient-birthPlace";
const INSEE: &str = "fr-core-address-insee-code";

/// The only person of a resource or of a bundle, by itself or contained; `None` without one, or with several who differ.
pub(super) fn patient(valeur: &Value) -> Option<PatientLu> {
    let mut lus = Vec::new();
    for ressource in super::lisible::ressources(valeur) {
        for une in std::iter::once(ressource).chain(liste(ressource, "contained")) {
            if texte(une, "resourceType") == Some("Patient") {
                lus.push(lire(une));
            }
        }
    }
    let premier = lus.pop()?;
    lus.iter().all(|lu| *lu == premier).then_some(premier)
}

fn lire(patient: &Value) -> PatientLu {
    let noms: Vec<&Value> = liste(patient, "name").collect();
    let officiel = noms.iter().find(|nom| texte(nom, "use") == Some("official")).copied();
    let affiche = noms.iter().find(|nom| texte(nom, "use") == Some("usual")).copied().or(officiel).or(noms.first().copied());
    let prenoms = officiel.and_then(|nom| extension(nom, PRENOMS)).and_then(|une| texte(une, "valueString"));
    let lieu = extension(patient, LIEU).and_then(|une| extension(une.get("valueAddress")?, INSEE));
    PatientLu {
        ins: if est_douteuse(patient) { Vec::new() } else { liste(patient, "identifier").filter_map(ins).collect() },
        nom_naissance: officiel.and_then(|nom| texte(nom, "family")).map(borner),
        prenoms: prenoms.map(borner),
        premier_prenom: officiel.and_then(|nom| liste(nom, "given").next()?.as_str()).map(borner),
        nom_affiche: affiche.map(|nom| borner(&super::valeurs::nom(nom))).unwrap_or_default(),
        sexe: texte(patient, "gender").map(|genre| match genre {
            "female" => "F".to_owned(),
            "male" => "M".to_owned(),
            _ => "I".to_owned(),
        }),
        naissance: texte(patient, "birthDate").and_then(naissance),
        lieu: lieu.and_then(|une| une.pointer("/valueCoding/code").and_then(Value::as_str)).map(borner),
    }
}

fn est_douteuse(patient: &Value) -> bool {
    let statuts = extension(patient, FIABILITE).into_iter().flat_map(|une| liste(une, "extension"));
    statuts.filter_map(|une| une.pointer("/valueCoding/code")?.as_str()).any(|code| DOUTES.contains(&code))
}

fn ins(identifiant: &Value) -> Option<(String, String)> {
    let oid = texte(identifiant, "system")?.strip_prefix("urn:oid:")?;
    INS.contains(&oid).then(|| Some((oid.to_owned(), borner(texte(identifiant, "value")?))))?
}

/// `AAAA-MM-JJ`, zeros for what is unknown.
fn naissance(date: &str) -> Option<String> {
    match date.len() {
        4 => Some(format!("{date}-00-00")),
        7 => Some(format!("{date}-00")),
        10 => Some(date.to_owned()),
        _ => None,
    }
}

fn texte<'a>(valeur: &'a Value, nom: &str) -> Option<&'a str> {
    valeur.get(nom).and_then(Value::as_str)
}

fn liste<'a>(valeur: &'a Value, nom: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    valeur.get(nom).and_then(Value::as_array).into_iter().flatten()
}

fn extension<'a>(valeur: &'a Value, nom: &str) -> Option<&'a Value> {
    liste(valeur, "extension").find(|une| texte(une, "url").is_some_and(|url| url.rsplit('/').next() == Some(nom)))
}
