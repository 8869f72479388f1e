//! The medical file: diseases and history as `Condition`, treatments taken as `MedicationStatement`.
//!
//! Nothing is prescribed in this version: there is no `MedicationRequest` to give (a treatment is told « as declared »).

use fhir_r4::{DateRange, Element, Object, coding};
use jiff::tz::TimeZone;
use kernel::dates::DatePartielle;
use medical::{Code, Element as Ligne, Etat, Nature};
use platform::store::Stored;

use super::systemes as s;
use super::{Fiche, Indice, debut, vers_patient};

fn date(date: DatePartielle) -> String {
    match (date.mois(), date.jour()) {
        (Some(mois), Some(jour)) => format!("{:04}-{mois:02}-{jour:02}", date.annee()),
        (Some(mois), None) => format!("{:04}-{mois:02}", date.annee()),
        _ => format!("{:04}", date.annee()),
    }
}

fn code(ligne: &Ligne) -> Object {
    let codings = ligne.code.as_ref().map(|code| {
        let systeme = if code.systeme == Code::CIM10 { s::CIM10.to_owned() } else { format!("urn:oid:{}", code.systeme) };
        vec![coding(&systeme, &code.code, &code.libelle)]
    });
    Object::new().with("coding", codings).with("text", ligne.libelle.as_str())
}

fn note(ligne: &Ligne, avec_detail: bool) -> Vec<Object> {
    let mots = [if avec_detail { ligne.detail.as_str() } else { "" }, ligne.precision.as_str()];
    let mots: Vec<&str> = mots.into_iter().filter(|mots| !mots.is_empty()).collect();
    if mots.is_empty() { Vec::new() } else { vec![Object::new().with("text", mots.join("\n"))] }
}

/// An entry as a resource; `None` for the families this interface does not give.
pub(crate) fn element(lu: &Stored<Ligne>, fuseau: &TimeZone) -> Option<Fiche> {
    match lu.nature {
        Nature::Pathologie | Nature::Antecedent | Nature::Bmr => Some(condition(lu, fuseau)),
        Nature::Traitement => Some(traitement(lu, fuseau)),
        _ => None,
    }
}

/// con-3, con-4, con-5: a clinical status unless written by mistake; resolved when it ended.
fn condition(lu: &Stored<Ligne>, fuseau: &TimeZone) -> Fiche {
    let id = lu.id.to_string();
    let clinique = match (&lu.etat, lu.nature) {
        (Etat::Annule { .. }, _) => None,
        (Etat::Termine { .. }, _) => Some("resolved"),
        (Etat::EnVigueur, Nature::Antecedent) => Some("inactive"),
        (Etat::EnVigueur, _) => Some("active"),
    };
    let verification = if clinique.is_some() { "confirmed" } else { "entered-in-error" };
    let un = |systeme: &str, code: &str| Object::new().with("coding", vec![coding(systeme, code, "")]);
    let fin = if let Etat::Termine { le, .. } = &lu.etat { Element::from(*le) } else { Element::Absent };
    let corps = debut("Condition", &id, lu.version, lu.recorded, &[])
        .with("clinicalStatus", clinique.map(|code| un(s::ETAT_CLINIQUE, code)))
        .with("verificationStatus", un(s::ETAT_VERIF, verification))
        .with("category", vec![un(s::CATEGORIE_ETAT, "problem-list-item").with("text", lu.nature.libelle())])
        .with("code", code(lu))
        .with("subject", vers_patient(lu.usager))
        .with("onsetDateTime", lu.debut.map(date))
        .with("abatementDateTime", fin)
        .with("recordedDate", lu.note_le)
        .with("note", note(lu, true));
    let mut indices = indices(lu, fuseau, "onset-date");
    indices.extend(clinique.map(|code| ("clinical-status", Indice::Jeton(s::ETAT_CLINIQUE, code.to_owned()))));
    indices.push(("verification-status", Indice::Jeton(s::ETAT_VERIF, verification.to_owned())));
    indices.push(("category", Indice::Jeton(s::CATEGORIE_ETAT, "problem-list-item".to_owned())));
    Fiche { genre: "Condition", id, version: lu.version, maj: lu.recorded, rang: lu.note_le, corps, indices }
}

fn traitement(lu: &Stored<Ligne>, fuseau: &TimeZone) -> Fiche {
    let id = lu.id.to_string();
    let (statut, fin) = match &lu.etat {
        Etat::EnVigueur => ("active", None),
        Etat::Termine { le, .. } => ("stopped", Some(le.to_string())),
        Etat::Annule { .. } => ("entered-in-error", None),
    };
    let prise = Object::new().with("start", lu.debut.map(date)).with("end", fin);
    let dose = Object::new().with("text", lu.detail.as_str());
    let doses = if lu.detail.is_empty() { Vec::new() } else { vec![dose] };
    let corps = debut("MedicationStatement", &id, lu.version, lu.recorded, &[])
        .with("status", statut)
        .with("medicationCodeableConcept", code(lu))
        .with("subject", vers_patient(lu.usager))
        .with("effectivePeriod", prise)
        .with("dateAsserted", lu.note_le)
        .with("note", note(lu, false))
        .with("dosage", doses);
    let mut indices = indices(lu, fuseau, "effective");
    indices.push(("status", Indice::Jeton("", statut.to_owned())));
    Fiche { genre: "MedicationStatement", id, version: lu.version, maj: lu.recorded, rang: lu.note_le, corps, indices }
}

fn indices(lu: &Stored<Ligne>, fuseau: &TimeZone, debut: &'static str) -> Vec<(&'static str, Indice)> {
    let mut indices = vec![("_id", Indice::Jeton("", lu.id.to_string()))];
    if let Some(code) = &lu.code {
        let systeme = if code.systeme == Code::CIM10 { s::CIM10 } else { "" };
        indices.push(("code", Indice::Jeton(systeme, code.code.clone())));
    }
    let plage = lu.debut.and_then(|debut| DateRange::civil(debut.annee(), debut.mois(), debut.jour(), fuseau));
    indices.extend(plage.map(|plage| (debut, Indice::Dates(plage))));
    indices.push(("recorded-date", Indice::Dates(DateRange::instant(lu.note_le))));
    indices
}
