//! What this server says of itself: the CapabilityStatement and the SMART configuration. What is not served is not told.

use fhir_r4::{Object, concept};
use platform::Services;
use serde_json::{Value, json};

use super::GENRES;
use super::base;
use super::genres::{Genre, Maniere, Offre};
use crate::portees::SERVIS;

const OAUTH: &str = "http://terminology.hl7.org/CodeSystem/restful-security-service";

/// Profiles a type may claim.
fn profils(genre: &str) -> Vec<&'static str> {
    match genre {
        "Patient" => vec![crate::ressources::systemes::FR_PATIENT, crate::ressources::systemes::FR_PATIENT_INS],
        _ => Vec::new(),
    }
}

fn interactions(genre: &Genre) -> Vec<Object> {
    let codes = [
        (true, "read"),
        (genre.offre(Offre::Versions), "vread"),
        (genre.offre(Offre::Versions), "history-instance"),
        (genre.offre(Offre::Recherche), "search-type"),
        (genre.offre(Offre::Creation), "create"),
        (genre.offre(Offre::Fin), "delete"),
    ];
    codes.into_iter().filter(|(servi, _)| *servi).map(|(_, code)| Object::new().with("code", code)).collect()
}

fn recherches(genre: &Genre) -> Vec<Object> {
    let commun = if genre.parametres.is_empty() { None } else { Some(("_lastUpdated", Maniere::Date)) };
    let parametre = |(nom, maniere): &(&str, Maniere)| Object::new().with("name", *nom).with("type", maniere.code());
    genre.parametres.iter().chain(commun.as_ref()).map(parametre).collect()
}

fn decrire(genre: &Genre) -> Object {
    let tout =
        Object::new().with("name", "everything").with("definition", "http://hl7.org/fhir/OperationDefinition/Patient-everything");
    let inclus: Vec<String> = genre.maniere("patient").map(|_| format!("{}:patient", genre.nom)).into_iter().collect();
    Object::new()
        .with("type", genre.nom)
        .with("supportedProfile", profils(genre.nom))
        .with("documentation", genre.mots)
        .with("interaction", interactions(genre))
        .with("versioning", if genre.offre(Offre::Versions) { "versioned" } else { "no-version" })
        .with("readHistory", genre.offre(Offre::Versions))
        .with("searchInclude", inclus)
        .with("searchParam", recherches(genre))
        .with("operation", if genre.nom == "Patient" { vec![tout] } else { Vec::new() })
}

/// `GET /fhir/metadata`.
pub(crate) fn capacites(services: &Services, mtls: bool) -> Object {
    let base = base(services);
    let services_de_surete =
        [Some(concept(OAUTH, "SMART-on-FHIR", "SMART-on-FHIR")), mtls.then(|| concept(OAUTH, "Certificates", "Certificates"))];
    let services_de_surete: Vec<Object> = services_de_surete.into_iter().flatten().collect();
    let securite = Object::new().with("service", services_de_surete).with(
        "description",
        "SMART Backend Services (adresse .well-known/smart-configuration) : private_key_jwt, RS384 ou ES384, jetons de cinq \
             minutes. Chaque lecture est inscrite au journal \
             de l'établissement ; les oppositions de la personne s'appliquent.",
    );
    let serveur = Object::new()
        .with("mode", "server")
        .with(
            "documentation",
            "Une recherche nomme la personne, sauf sur Patient. Un paramètre inconnu est refusé. POST sur la racine : transaction \
             PDSm (ITI-65) ; POST DocumentReference : publication simplifiée (ITI-105).",
        )
        .with("security", securite)
        .with("resource", GENRES.iter().map(decrire).collect::<Vec<_>>())
        .with("interaction", vec![Object::new().with("code", "transaction")]);
    Object::resource("CapabilityStatement")
        .with("status", "active")
        .with("date", services.demarrage)
        .with("publisher", "Grappe")
        .with("kind", "instance")
        .with("software", Object::new().with("name", "Grappe").with("version", env!("CARGO_PKG_VERSION")))
        .with("implementation", Object::new().with("description", "Dossier de l'usager, interface FHIR R4").with("url", base))
        .with("fhirVersion", "4.0.1")
        .with("format", vec!["application/fhir+json"])
        .with("rest", vec![serveur])
}

/// `GET /.well-known/smart-configuration`.
///
/// Certificates of clients are told where a proxy checks them (RFC 8705, 3.3).
pub(crate) fn smart(services: &Services, mtls: bool) -> Value {
    let base = base(services);
    let methodes: &[&str] = if mtls { &["private_key_jwt", "self_signed_tls_client_auth"] } else { &["private_key_jwt"] };
    let portees: Vec<String> = SERVIS.iter().map(|(genre, _)| format!("system/{genre}.rs")).collect();
    json!({
        "issuer": base,
        "token_endpoint": format!("{base}/jeton"),
        "grant_types_supported": ["client_credentials"],
        "token_endpoint_auth_methods_supported": methodes,
        "tls_client_certificate_bound_access_tokens": mtls,
        "token_endpoint_auth_signing_alg_values_supported": ["RS384", "ES384"],
        "scopes_supported": portees,
        "capabilities": ["client-confidential-asymmetric", "permission-v1", "permission-v2"],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_what_the_table_serves() {
        let patient = decrire(super::super::genres::trouver("Patient").unwrap()).to_json();
        assert!(patient.contains("\"vread\"") && patient.contains("birthdate") && patient.contains("everything"));
        let trace = decrire(super::super::genres::trouver("AuditEvent").unwrap()).to_json();
        assert!(!trace.contains("vread") && !trace.contains("create"), "{trace}");
    }
}
