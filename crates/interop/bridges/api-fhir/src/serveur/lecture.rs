//! Reading one resource by its address.

use axum::body::Body;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use constantes::Constante;
use documents::{DocumentCourant, DocumentMedical, LireDocuments, document_de};
use fhir_r4::{Interaction, Object};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use kernel::id::UsagerId;
use plan_de_soins::Plan;
use platform::prelude::*;
use platform::worker::automate;
use sejours::Sejour;
use uuid::Uuid;

use super::appel::Appel;
use super::ecart::Ecart;
use super::{fiches, reponse};
use crate::NOM_AUTOMATE;
use crate::records::Abonnement;
use crate::ressources::patient;
use crate::rights::LireApplications;

/// Whose a resource is. Nothing of it is read: the record is opened through the gate afterwards.
pub(crate) async fn personne(appel: &Appel, genre: &str, id: &str) -> Resultat<Option<UsagerId>> {
    // Parts of a record of a person carry the person's id.
    if let Some((usager, _)) = id.split_once('.') {
        return Ok(usager.parse().ok());
    }
    let Ok(id) = id.parse::<Uuid>() else { return Ok(None) };
    if genre == "Patient" {
        return Ok(Some(UsagerId(id)));
    }
    let acces = automate::<LireApplications>(appel.demande.services(), NOM_AUTOMATE).await?;
    match genre {
        "Encounter" => acces.personne_de::<Sejour>(id).await,
        "Condition" | "MedicationStatement" => acces.personne_de::<medical::Element>(id).await,
        "Observation" => acces.personne_de::<Constante>(id).await,
        "CarePlan" => acces.personne_de::<Plan>(id).await,
        "DocumentReference" | "Binary" => match acces.personne_de::<DocumentMedical>(id).await? {
            Some(usager) => Ok(Some(usager)),
            None => acces.personne_de::<DocumentCourant>(id).await,
        },
        _ => Ok(None),
    }
}

/// `GET /fhir/{type}/{id}`.
pub(crate) async fn lire(appel: &Appel, genre: &str, id: &str, entetes: &HeaderMap) -> Result<Response, Ecart> {
    let connu = appel.exiger(genre, Interaction::Read)?;
    if connu.nom == "Subscription" {
        return abonnement(appel, id).await;
    }
    let usager = personne(appel, connu.nom, id).await?.ok_or_else(Ecart::inconnu)?;
    let fiches = match fiches::de_personne(appel, connu.nom, usager).await {
        Err(Erreur::Fusionne { ancien, garde }) if connu.nom == "Patient" => {
            return Ok(reponse::ressource(StatusCode::OK, &patient::reuni(ancien, garde)));
        }
        // A resource of a record merged since is read in the record kept.
        Err(Erreur::Fusionne { garde, .. }) => fiches::de_personne(appel, connu.nom, garde).await?,
        autre => autre?,
    };
    let fiche = fiches.into_iter().find(|fiche| fiche.id == id).ok_or_else(Ecart::inconnu)?;
    Ok(reponse::version(&fiche, entetes))
}

async fn abonnement(appel: &Appel, id: &str) -> Result<Response, Ecart> {
    let (id, lu) = sien(appel, id).await?;
    Ok(reponse::ressource(StatusCode::OK, &crate::abonnements::ressource(id, &lu)))
}

/// A subscription of the application itself; others' do not exist for it.
pub(crate) async fn sien(appel: &Appel, id: &str) -> Result<(Uuid, Stored<Abonnement>), Ecart> {
    let id: Uuid = id.parse().map_err(|_| Ecart::inconnu())?;
    let acces = automate::<LireApplications>(appel.demande.services(), NOM_AUTOMATE).await?;
    let lu = acces.lire::<Abonnement>(id).await?.filter(|lu| lu.compte == appel.compte).ok_or_else(Ecart::inconnu)?;
    Ok((id, lu))
}

/// `GET /fhir/Binary/{id}`: the bytes as they are, or as a `Binary` for who asks for FHIR.
pub(crate) async fn contenu(appel: &Appel, id: &str, entetes: &HeaderMap) -> Result<Response, Ecart> {
    appel.exiger("Binary", Interaction::Read)?;
    let usager = personne(appel, "Binary", id).await?.ok_or_else(Ecart::inconnu)?;
    let id: Uuid = id.parse().map_err(|_| Ecart::inconnu())?;
    let acces = appel.demande.acces::<LireDocuments>().await?;
    let dossier = match acces.ouvrir_dossier(usager).await {
        Err(Erreur::Fusionne { garde, .. }) => acces.ouvrir_dossier(garde).await?,
        autre => autre?,
    };
    let lu = document_de(&dossier, id).await?.ok_or_else(Ecart::inconnu)?;
    let octets = dossier.document(&lu.blob).await?.ok_or_else(Ecart::inconnu)?;
    let accepte = entetes.get(header::ACCEPT).and_then(|valeur| valeur.to_str().ok()).unwrap_or_default();
    if accepte.contains("application/fhir+json") {
        let corps = Object::resource("Binary")
            .with("id", id.to_string())
            .with("contentType", lu.mime.as_str())
            .with("data", STANDARD.encode(&octets));
        return Ok(reponse::ressource(StatusCode::OK, &corps));
    }
    let mut response = Response::new(Body::from(octets));
    let mime = HeaderValue::from_str(&lu.mime).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    response.headers_mut().insert(header::CONTENT_TYPE, mime);
    response.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    Ok(response)
}
