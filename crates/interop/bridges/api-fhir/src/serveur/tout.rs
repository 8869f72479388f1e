//! `Patient/{id}/$everything`: what the scopes and the gate open of one record.

use axum::response::Response;
use fhir_r4::{Interaction, Search};
use http::StatusCode;
use kernel::id::UsagerId;
use platform::prelude::*;

use super::appel::Appel;
use super::curseur::Page;
use super::ecart::Ecart;
use super::{fiches, recherche, reponse};

/// The order of types in the answer; traces are asked apart.
const ORDRE: [&str; 10] = [
    "Patient",
    "Encounter",
    "Appointment",
    "AllergyIntolerance",
    "Condition",
    "MedicationStatement",
    "CarePlan",
    "Consent",
    "DocumentReference",
    "Observation",
];

const INCOMPLET: &str = "Une partie du dossier n'est pas partagée avec cette application : cette réponse n'est pas complète.";

/// Parameters of the operation which are served.
const PARAMETRES: [&str; 4] = ["_count", "_page", "_type", "_format"];

fn types(recherche: &Search) -> Result<Vec<&'static str>, Ecart> {
    if let Some(inconnu) = recherche.parameters.iter().find(|parametre| !PARAMETRES.contains(&parametre.name.as_str())) {
        return Err(Ecart::demande(format!("Le paramètre « {} » n'est pas pris en charge par $everything.", inconnu.name)));
    }
    let voulus: Vec<&String> = recherche.all("_type").flat_map(|parametre| &parametre.values).collect();
    if let Some(inconnu) = voulus.iter().find(|voulu| !ORDRE.contains(&voulu.as_str())) {
        return Err(Ecart::demande(format!("Le type « {inconnu} » n'est pas donné par $everything.")));
    }
    Ok(ORDRE.into_iter().filter(|genre| voulus.is_empty() || voulus.iter().any(|voulu| voulu == genre)).collect())
}

/// `GET /fhir/Patient/{id}/$everything`.
pub(crate) async fn lire(appel: &Appel, id: &str, requete: &str) -> Result<Response, Ecart> {
    appel.exiger("Patient", Interaction::Read)?;
    let recherche = Search::read(requete)?;
    let page = Page::lire(&recherche)?;
    let types = types(&recherche)?;
    let usager: UsagerId = id.parse().map_err(|_| Ecart::inconnu())?;
    let personne = fiches::la_personne(appel, usager).await?;
    let mut toutes = Vec::new();
    let mut manque = false;
    for genre in types.into_iter().filter(|genre| appel.permet(genre, Interaction::Search)) {
        if genre == "Patient" {
            toutes.push(personne.clone());
            continue;
        }
        match fiches::de_personne(appel, genre, usager).await {
            Ok(lues) => toutes.extend(lues),
            Err(Erreur::Refus(_)) => manque = true,
            Err(autre) => return Err(autre.into()),
        }
    }
    let total = i64::try_from(toutes.len()).ok();
    let (choisies, suite) = page.prendre(toutes, &ORDRE);
    let chemin = format!("Patient/{usager}/$everything");
    let mut bundle = recherche::composer(appel, &chemin, &recherche, choisies, suite.as_deref());
    bundle.total = total;
    if manque {
        bundle.entries.push(recherche::avertir(INCOMPLET));
    }
    Ok(reponse::ressource(StatusCode::OK, &bundle.into_resource()))
}
