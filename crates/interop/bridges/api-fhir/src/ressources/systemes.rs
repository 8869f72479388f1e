//! Addresses of nomenclatures and profiles (FHIR R4, FR Core 2.1.0, NOS).

pub(crate) const LOINC: &str = "http://loinc.org";
pub(crate) const SNOMED: &str = "http://snomed.info/sct";
pub(crate) const CIM10: &str = "http://hl7.org/fhir/sid/icd-10";
pub(crate) const FINESS: &str = "https://finess.esante.gouv.fr";
pub(crate) const URI: &str = "urn:ietf:rfc:3986";
pub(crate) const V2_0203: &str = "http://terminology.hl7.org/CodeSystem/v2-0203";
pub(crate) const V3_ACT: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
pub(crate) const COMMUNES: &str = "https://mos.esante.gouv.fr/NOS/TRE_R13-CommuneOM/FHIR/TRE-R13-CommuneOM";
pub(crate) const FR_0203: &str = "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203";
pub(crate) const FR_0445: &str = "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0445";
pub(crate) const FR_PATIENT: &str = "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-patient";
pub(crate) const FR_PATIENT_INS: &str = "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-patient-ins";
pub(crate) const FR_FIABILITE: &str = "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-identity-reliability";
pub(crate) const FR_PRENOMS: &str = "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-patient-birth-list-given-name";
pub(crate) const FR_INSEE: &str = "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-address-insee-code";
pub(crate) const LIEU_NAISSANCE: &str = "http://hl7.org/fhir/StructureDefinition/patient-birthPlace";
pub(crate) const ABSENCE: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
pub(crate) const ALLERGIE_CLINIQUE: &str = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";
pub(crate) const ALLERGIE_VERIF: &str = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";
pub(crate) const ETAT_CLINIQUE: &str = "http://terminology.hl7.org/CodeSystem/condition-clinical";
pub(crate) const ETAT_VERIF: &str = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
pub(crate) const CATEGORIE_ETAT: &str = "http://terminology.hl7.org/CodeSystem/condition-category";
pub(crate) const CATEGORIE_MESURE: &str = "http://terminology.hl7.org/CodeSystem/observation-category";
