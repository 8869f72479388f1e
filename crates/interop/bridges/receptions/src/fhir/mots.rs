//! French words of resources, elements and codes of FHIR R4. What has no word here keeps its own name: nothing is hidden.

/// The name of a resource.
pub(super) fn ressource(genre: &str) -> &str {
    match genre {
        "AllergyIntolerance" => "Allergie ou intolérance",
        "Appointment" => "Rendez-vous",
        "Binary" => "Contenu d'un document",
        "Bundle" => "Lot de ressources",
        "CarePlan" => "Plan d'accompagnement",
        "CareTeam" => "Équipe de soins",
        "Composition" => "Document structuré",
        "Condition" => "Problème de santé",
        "Consent" => "Consentement",
        "DiagnosticReport" => "Compte rendu d'examen",
        "DocumentReference" => "Document publié",
        "Encounter" => "Séjour ou venue",
        "Goal" => "Objectif",
        "HealthcareService" => "Service",
        "Immunization" => "Vaccination",
        "List" => "Liste de documents",
        "Location" => "Lieu",
        "Medication" => "Médicament",
        "MedicationAdministration" => "Administration d'un médicament",
        "MedicationRequest" => "Prescription de médicament",
        "MedicationStatement" => "Médicament pris",
        "Observation" => "Observation",
        "OperationOutcome" => "Réponse d'un logiciel",
        "Organization" => "Établissement",
        "Patient" => "Identité d'une personne",
        "Practitioner" => "Professionnel",
        "PractitionerRole" => "Exercice d'un professionnel",
        "Procedure" => "Acte",
        "QuestionnaireResponse" => "Questionnaire rempli",
        "RelatedPerson" => "Proche",
        "Schedule" => "Agenda",
        "ServiceRequest" => "Demande d'acte",
        "Slot" => "Créneau",
        "Task" => "Tâche",
        "" => "Ressource sans nom",
        autre => autre,
    }
}

/// What a person looks for first, in this order; the other elements follow.
pub(super) const DABORD: [&str; 22] = [
    "name",
    "title",
    "medicationCodeableConcept",
    "medicationReference",
    "code",
    "type",
    "description",
    "note",
    "dosageInstruction",
    "subject",
    "patient",
    "birthDate",
    "gender",
    "identifier",
    "status",
    "date",
    "authoredOn",
    "start",
    "end",
    "period",
    "requester",
    "author",
];

/// Types the name of a choice of types ends with (`value[x]`).
const TYPES: [&str; 13] = [
    "CodeableConcept",
    "Reference",
    "Quantity",
    "DateTime",
    "Period",
    "Boolean",
    "String",
    "Integer",
    "Timing",
    "Range",
    "Ratio",
    "Code",
    "Date",
];

/// The word of an element; its own name when there is none.
pub(super) fn element(nom: &str) -> String {
    let chercher =
        |nom: &str| super::elements::ELEMENTS.iter().find(|(connu, _)| *connu == nom).map(|(_, mot)| (*mot).to_owned());
    let sans_type = || TYPES.iter().find_map(|genre| nom.strip_suffix(genre)).and_then(chercher);
    let autre = || match nom {
        "value" => Some("Valeur".to_owned()),
        "title" => Some("Titre".to_owned()),
        "type" => Some("Type".to_owned()),
        _ if nom.starts_with("value") => Some("Valeur".to_owned()),
        _ => None,
    };
    chercher(nom).or_else(sans_type).or_else(autre).unwrap_or_else(|| nom.to_owned())
}

/// The word of a code of the required value sets of FHIR R4; `None` for any other text.
pub(super) fn code(code: &str) -> Option<&'static str> {
    Some(match code {
        "accepted" => "accepté",
        "active" | "in-progress" => "en cours",
        "booked" => "confirmé",
        "busy" => "pris",
        "cancelled" => "annulé",
        "completed" | "finished" => "terminé",
        "current" => "en vigueur",
        "declined" => "refusé",
        "draft" => "brouillon",
        "entered-in-error" => "saisi par erreur",
        "female" => "féminin",
        "final" => "définitif",
        "free" => "libre",
        "inactive" => "inactif",
        "male" => "masculin",
        "needs-action" => "à confirmer",
        "on-hold" => "suspendu",
        "optional" => "facultative",
        "order" => "ordre",
        "pending" => "en attente",
        "planned" => "prévu",
        "preliminary" => "provisoire",
        "proposed" => "proposé",
        "required" => "obligatoire",
        "routine" => "habituelle",
        "stopped" => "arrêté",
        "superseded" => "remplacé",
        "urgent" => "urgente",
        "working" => "en cours de constitution",
        _ => return None,
    })
}

/// What an identifier or a coordinate is, by its system; empty when the system says nothing to a person.
pub(super) fn systeme(systeme: &str) -> &'static str {
    match systeme {
        "phone" => "téléphone",
        "email" => "courriel",
        "fax" => "télécopie",
        "url" => "site",
        "urn:oid:1.2.250.1.213.1.4.8" | "urn:oid:1.2.250.1.213.1.4.9" => "INS",
        "urn:oid:1.2.250.1.213.1.4.10" | "urn:oid:1.2.250.1.213.1.4.11" => "INS d'essai",
        "urn:oid:1.2.250.1.71.4.2.1" | "https://rpps.esante.gouv.fr" => "RPPS ou identifiant national",
        "urn:oid:1.2.250.1.71.4.2.2" | "https://finess.esante.gouv.fr" => "FINESS ou identifiant national",
        _ => "",
    }
}

/// Units of time (UCUM), as « par … » wants them.
pub(super) fn unite_de_temps(unite: &str) -> &str {
    match unite {
        "s" => "seconde",
        "min" => "minute",
        "h" => "heure",
        "d" => "jour",
        "wk" => "semaine",
        "mo" => "mois",
        "a" => "an",
        autre => autre,
    }
}
