//! What applications send: documents, which go to the sas and nowhere else, and subscriptions.

use std::sync::Arc;

use axum::body::Bytes;
use axum::response::Response;
use documents::{Canal, Reception};
use fhir_r4::publish::{PublishError, Published, Sent, simplified, transaction as lire_transaction};
use fhir_r4::{Bundle, BundleKind, Entry, Interaction, Issue, IssueType, Object, outcome};
use http::StatusCode;
use kernel::id::{EtablissementId, UsagerId};
use platform::prelude::*;
use platform::worker::automate;
use sejours::LireSejour;

use super::appel::Appel;
use super::ecart::Ecart;
use super::filtre::id_de;
use super::{lecture, reponse};
use crate::NOM_AUTOMATE;
use crate::records::{Application, Publication};
use crate::rights::LireApplications;

impl From<PublishError> for Ecart {
    fn from(erreur: PublishError) -> Self {
        let non_traitable = |kind, phrase: String| Self::new(StatusCode::UNPROCESSABLE_ENTITY, kind, phrase);
        match erreur {
            PublishError::Json => Self::illisible("L'envoi n'est pas du JSON lisible. Rien n'a été gardé."),
            PublishError::Resource { expected } => {
                Self::illisible(format!("Une ressource {expected} est attendue. Rien n'a été gardé."))
            }
            PublishError::Missing(element) => {
                non_traitable(IssueType::Required, format!("L'élément {element} manque. Rien n'a été gardé."))
            }
            PublishError::Status => non_traitable(
                IssueType::BusinessRule,
                "Seul un document au statut « current » est reçu. Rien n'a été gardé.".into(),
            ),
            PublishError::Base64 => {
                non_traitable(IssueType::Value, "Les données ne sont pas du base64. Rien n'a été gardé.".into())
            }
            PublishError::NotTransaction => Self::illisible("Un Bundle de type « transaction » est attendu. Rien n'a été gardé."),
            PublishError::TooMany => Self::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                IssueType::TooLong,
                "La transaction a plus de 200 entrées. Rien n'a été gardé.",
            ),
            PublishError::Entry(rang) => non_traitable(
                IssueType::NotSupported,
                format!("L'entrée {rang} n'est pas la création d'un document, d'une liste ou d'un contenu. Rien n'a été gardé."),
            ),
            PublishError::Attachment(rang) => non_traitable(
                IssueType::NotFound,
                format!("Le contenu de l'entrée {rang} n'est pas dans l'envoi. Rien n'a été gardé."),
            ),
            PublishError::Nothing => non_traitable(IssueType::Required, "L'envoi ne contient aucun document.".into()),
        }
    }
}

/// `POST /fhir/DocumentReference` (ITI-105).
pub(crate) async fn document(appel: &Appel, corps: &Bytes) -> Result<Response, Ecart> {
    appel.exiger("DocumentReference", Interaction::Create)?;
    let publie = simplified(corps)?;
    borner(&publie)?;
    let reception = recevoir(appel, &publie).await?;
    let adresse = format!("{}/DocumentReference/{}", appel.base, reception.id);
    Ok(reponse::creee(&constat(&publie, &reception), &adresse))
}

/// `POST /fhir` (ITI-65): every document is read before the first is kept; each is then kept by itself, in its order.
pub(crate) async fn transaction(appel: &Appel, corps: &Bytes) -> Result<Response, Ecart> {
    appel.exiger("DocumentReference", Interaction::Create)?;
    let envoyes = lire_transaction(corps)?;
    for envoye in &envoyes {
        if let Sent::Document(publie) = envoye {
            borner(publie)?;
        }
    }
    let mut entries = Vec::with_capacity(envoyes.len());
    for envoye in &envoyes {
        entries.push(match envoye {
            Sent::Document(publie) => {
                let reception = recevoir(appel, publie).await?;
                let adresse = format!("DocumentReference/{}", reception.id);
                Entry::answered("201 Created", &adresse, Some(constat(publie, &reception)))
            }
            Sent::Binary => Entry::answered("201 Created", "", None),
            Sent::List => {
                let phrase = "Le lot est noté avec ses documents ; la liste elle-même n'est pas tenue.";
                Entry::answered("200 OK", "", Some(outcome(&[Issue::warning(IssueType::NotSupported, phrase)])))
            }
        });
    }
    let bundle = Bundle {
        kind: BundleKind::TransactionResponse,
        at: appel.demande.contexte().now,
        total: None,
        links: Vec::new(),
        entries,
    };
    Ok(reponse::ressource(StatusCode::OK, &bundle.into_resource()))
}

fn borner(publie: &Published) -> Result<(), Ecart> {
    if publie.bytes.len() > documents::FICHIER_MAX { Err(Ecart::trop_long()) } else { Ok(()) }
}

/// The name of the file in the queue: the title, and an extension which says what was announced.
fn nom_de_fichier(publie: &Published) -> String {
    let extension = publie.extension().unwrap_or_default();
    let titre = if publie.title.is_empty() { "document" } else { publie.title.as_str() };
    format!("{}{extension}", titre.chars().take(120).collect::<String>())
}

/// Where a document is addressed: the establishment of the person it names, if the gate opens her; else the only one of the
/// application; else the grappe.
async fn destination(appel: &Appel, publie: &Published) -> Resultat<Option<EtablissementId>> {
    if let Some(usager) = publie.subject.as_deref().and_then(|sujet| id_de(sujet).parse::<UsagerId>().ok())
        && let Ok(acces) = appel.demande.acces::<LireSejour>().await
        && let Ok(dossier) = acces.ouvrir_dossier(usager).await
    {
        return Ok(dossier.etablissement());
    }
    Ok(if let [seul] = appel.etablissements()[..] { Some(seul) } else { None })
}

/// Keeps the bytes by the sas, then the metadata beside the reception.
async fn recevoir(appel: &Appel, publie: &Published) -> Resultat<Stored<Reception>> {
    let services = Arc::clone(appel.demande.services());
    let etablissement = destination(appel, publie).await?;
    let emetteur = appel.demande.contexte().acteur.nom.clone();
    let canal = Canal { code: "fhir".into(), etablissement, emetteur };
    let reception = documents::recevoir(&services, canal, &nom_de_fichier(publie), &publie.bytes).await?;
    let acces = automate::<LireApplications>(&services, NOM_AUTOMATE).await?;
    let publication = Publication {
        compte: appel.compte,
        lieu: reception.lieu,
        reception: reception.id,
        le: acces.now(),
        metadonnees: publie.metadata.clone(),
    };
    let mut acte = acces
        .acte("api.document_publie")
        .detail("application", appel.compte.to_string())
        .detail("reception", reception.id.to_string());
    acte.create(Publication::id(reception.id), &publication);
    match acces.commit(acte).await {
        // The same bytes, received and told once already.
        Err(Erreur::Conflit) => Ok(reception),
        autre => autre.map(|()| reception),
    }
}

/// What became of a document: kept, and what of it does not agree.
fn constat(publie: &Published, reception: &Stored<Reception>) -> Object {
    let mut issues = vec![Issue {
        severity: fhir_r4::Severity::Information,
        kind: IssueType::Informational,
        text: format!("Document gardé sous le numéro {}. L'établissement le classe au dossier.", reception.id),
    }];
    for ecart in &publie.warnings {
        issues.push(Issue::warning(
            IssueType::Value,
            format!("L'élément attachment.{ecart} ne correspond pas aux données reçues. Elles sont gardées telles quelles."),
        ));
    }
    outcome(&issues)
}

/// `POST /fhir/Subscription`.
pub(crate) async fn abonnement(appel: &Appel, corps: &Bytes) -> Result<Response, Ecart> {
    appel.exiger("Subscription", Interaction::Create)?;
    let acces = automate::<LireApplications>(appel.demande.services(), NOM_AUTOMATE).await?;
    let application = acces.lire::<Application>(Application::id(appel.compte)).await?.ok_or_else(Ecart::jeton)?;
    let (id, lu) = crate::abonnements::creer(appel, &acces, &application, corps).await?;
    let adresse = format!("{}/Subscription/{id}", appel.base);
    Ok(reponse::creee(&crate::abonnements::ressource(id, &lu), &adresse))
}

/// `DELETE /fhir/Subscription/{id}`: it ends; nothing is erased.
pub(crate) async fn fermer_abonnement(appel: &Appel, id: &str) -> Result<Response, Ecart> {
    appel.exiger("Subscription", Interaction::Delete)?;
    let (_, lu) = lecture::sien(appel, id).await?;
    let acces = automate::<LireApplications>(appel.demande.services(), NOM_AUTOMATE).await?;
    if lu.ferme_le.is_none() {
        crate::abonnements::changer(&acces, &lu, "api.abonnement_ferme", |abonnement| abonnement.ferme_le = Some(acces.now()))
            .await?;
    }
    let phrase = "Abonnement fermé : plus aucun appel ne sera fait.";
    let dit = Issue { severity: fhir_r4::Severity::Information, kind: IssueType::Informational, text: phrase.into() };
    Ok(reponse::ressource(StatusCode::OK, &outcome(&[dit])))
}
