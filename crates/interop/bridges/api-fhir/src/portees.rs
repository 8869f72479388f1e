//! What applications may ask: scopes in words a director reads.

use fhir_r4::{Interaction, Scope, Scopes};

/// Types which are served, and the words of the form.
pub(crate) const SERVIS: [(&str, &str); 14] = [
    ("Patient", "Identité des personnes"),
    ("Encounter", "Séjours"),
    ("Appointment", "Rendez-vous à l'hôpital"),
    ("AllergyIntolerance", "Allergies"),
    ("Condition", "Pathologies et antécédents"),
    ("MedicationStatement", "Traitements pris"),
    ("Observation", "Constantes"),
    ("CarePlan", "Plan de soins"),
    ("DocumentReference", "Documents : liste"),
    ("Binary", "Documents : contenu"),
    ("Consent", "Oppositions"),
    ("AuditEvent", "Traces d'accès"),
    ("Subscription", "Abonnements"),
    ("*", "Tout ce qui est servi"),
];

/// Reads the scopes of a form or of a command.
///
/// # Errors
/// A French sentence.
pub(crate) fn lire(texte: &str) -> Result<Scopes, String> {
    let lues = Scopes::read(texte)
        .map_err(|erreur| format!("« {} » n'est pas une portée. Écrivez par exemple system/Patient.read.", erreur.0))?;
    if lues.0.is_empty() || lues.0.len() > 40 {
        return Err("Donnez de une à quarante portées, par exemple system/Patient.read.".into());
    }
    match lues.0.iter().find(|portee| !SERVIS.iter().any(|(genre, _)| *genre == portee.resource())) {
        Some(inconnue) => Err(format!("« {inconnue} » porte sur un type que Grappe ne sert pas.")),
        None => Ok(lues),
    }
}

/// « Identité des personnes : lire, chercher ».
pub(crate) fn phrase(portee: &Scope) -> String {
    let libelle = SERVIS.iter().find(|(genre, _)| *genre == portee.resource()).map_or("", |(_, libelle)| libelle);
    let verbes = [
        (Interaction::Read, "lire"),
        (Interaction::Search, "chercher"),
        (Interaction::Create, "créer"),
        (Interaction::Delete, "supprimer"),
    ];
    let permis: Vec<&str> =
        verbes.iter().filter(|(verbe, _)| portee.allows(portee.resource(), *verbe)).map(|(_, mot)| *mot).collect();
    format!("{libelle} : {}", permis.join(", "))
}
