//! Measured values as `Observation`: LOINC codes of `referentiels/constantes.toml`, units of UCUM, exact decimals.
//!
//! A quantity without verified LOINC code is given by its words. A blood pressure is LOINC 85354-9 with its two
//! components (FHIR vital signs).

use constantes::{Constante, Grandeur, TENSION, TENSION_BASSE};
use fhir_r4::{DateRange, Element, Object, coding, concept_text, quantity};
use kernel::decimal::Decimal;
use platform::store::Stored;

use super::systemes as s;
use super::{Fiche, Indice, debut, vers_patient};

/// The panel of a blood pressure.
const PANNEAU_TENSION: &str = "85354-9";

/// The unit of UCUM for a unit of the file; empty: none is sure.
fn ucum(unite: &str) -> &str {
    match unite {
        "°C" => "Cel",
        "mmHg" => "mm[Hg]",
        "/j" => "/d",
        "/10" | "/5" => "{score}",
        autre => autre,
    }
}

fn valeur(valeur: Decimal, unite: &str) -> Object {
    let chiffres = Element::decimal(&String::from(valeur)).unwrap_or(Element::Absent);
    let lisible = if unite.is_empty() { "" } else { unite };
    quantity(chiffres, lisible, if unite.is_empty() { "1" } else { ucum(unite) })
}

fn code(type_code: &str) -> Object {
    let Some(grandeur) = Grandeur::get(type_code) else { return concept_text(type_code) };
    let codings = if grandeur.loinc.is_empty() { Vec::new() } else { vec![coding(s::LOINC, &grandeur.loinc, "")] };
    Object::new().with("coding", codings).with("text", grandeur.libelle.as_str())
}

/// Annulled: entered in error. Implausible, or perhaps entered twice: preliminary. A later version corrects the former.
fn statut(lu: &Stored<Constante>) -> &'static str {
    match (lu.annule.is_some(), lu.a_confirmer || lu.jumelle_de.is_some(), lu.version) {
        (true, ..) => "entered-in-error",
        (_, true, _) => "preliminary",
        (.., 1) => "final",
        _ => "corrected",
    }
}

/// The value as a resource.
pub(crate) fn mesure(lu: &Stored<Constante>) -> Fiche {
    let id = lu.id.to_string();
    let statut = statut(lu);
    let pression = lu.type_code == TENSION && lu.valeur2.is_some();
    let categorie = Object::new().with("coding", vec![coding(s::CATEGORIE_MESURE, "vital-signs", "Vital Signs")]);
    let note: Vec<&str> = [lu.contexte.as_str(), lu.commentaire.as_str()].into_iter().filter(|mots| !mots.is_empty()).collect();
    let note = if note.is_empty() { Vec::new() } else { vec![Object::new().with("text", note.join("\n"))] };
    let sujet = debut("Observation", &id, lu.version, lu.recorded, &[])
        .with("status", statut)
        .with("category", vec![categorie])
        .with("code", if pression { panneau() } else { code(&lu.type_code) })
        .with("subject", vers_patient(lu.usager))
        .with("effectiveDateTime", lu.mesuree_le)
        .with("issued", lu.saisie_le)
        .with("performer", vec![Object::new().with("display", lu.auteur_nom.as_str())]);
    let corps = match lu.valeur2 {
        Some(basse) if pression => {
            let partie = |type_code: &str, mesuree: Decimal| {
                Object::new().with("code", code(type_code)).with("valueQuantity", valeur(mesuree, &lu.unite_mesure))
            };
            sujet.with("note", note).with("component", vec![partie(TENSION, lu.valeur), partie(TENSION_BASSE, basse)])
        }
        _ => sujet.with("valueQuantity", valeur(lu.valeur, &lu.unite_mesure)).with("note", note),
    };
    let mut indices = vec![
        ("_id", Indice::Jeton("", id.clone())),
        ("status", Indice::Jeton("", statut.to_owned())),
        ("category", Indice::Jeton(s::CATEGORIE_MESURE, "vital-signs".to_owned())),
        ("date", Indice::Dates(DateRange::instant(lu.mesuree_le))),
    ];
    let loinc =
        if pression { Some(PANNEAU_TENSION) } else { Grandeur::get(&lu.type_code).map(|grandeur| grandeur.loinc.as_str()) };
    indices.extend(loinc.filter(|code| !code.is_empty()).map(|code| ("code", Indice::Jeton(s::LOINC, code.to_owned()))));
    Fiche { genre: "Observation", id, version: lu.version, maj: lu.recorded, rang: lu.mesuree_le, corps, indices }
}

fn panneau() -> Object {
    let panneau = coding(s::LOINC, PANNEAU_TENSION, "Blood pressure panel with all children optional");
    Object::new().with("coding", vec![panneau]).with("text", "Tension artérielle")
}
