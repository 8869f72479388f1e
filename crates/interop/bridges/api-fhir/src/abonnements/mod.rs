//! Subscriptions (FHIR R4, rest-hook, empty payload): read, kept, told by the worker, ended after too many failures.

mod client;
mod diffusion;

use axum::body::Bytes;
use fhir_r4::{Interaction, IssueType, Object, Search};
use http::{StatusCode, Uri};
use jiff::Timestamp;
use kernel::id::UsagerId;
use platform::prelude::*;
use platform::worker::automate;
use serde_json::Value;
use uuid::Uuid;

use crate::NOM_AUTOMATE;
use crate::records::{Abonnement, Application, LANE_ABONNEMENTS};
use crate::ressources::{Fiche, Indice};
use crate::rights::LireApplications;
use crate::serveur::{Appel, Ecart, de_personne, id_de};

pub(crate) use diffusion::planifier;

/// Types which can be followed, with the kinds of records they are made of and the family of data of each.
pub(crate) const SUIVIS: [(&str, &[&str], Categorie); 8] = [
    ("Patient", &["usager", "identification"], Categorie::Identite),
    ("Encounter", &["sejour"], Categorie::Presence),
    ("AllergyIntolerance", &["alertes"], Categorie::Alertes),
    ("Condition", &["element_medical"], Categorie::Medical),
    ("MedicationStatement", &["element_medical"], Categorie::Medical),
    ("Observation", &["constante"], Categorie::Constantes),
    ("CarePlan", &["plan"], Categorie::Soins),
    ("DocumentReference", &["document", "document_medical"], Categorie::Documents),
];

/// Most subscriptions an application has at once.
const OUVERTS_MAX: usize = 50;
/// Most headers sent with a call, and longest of them.
const ENTETES_MAX: usize = 10;
const ENTETE_MAX: usize = 1_000;

fn refus(kind: IssueType, phrase: impl Into<String>) -> Ecart {
    Ecart::new(StatusCode::UNPROCESSABLE_ENTITY, kind, phrase)
}

fn texte<'a>(lu: &'a Value, chemin: &str) -> &'a str {
    lu.pointer(chemin).and_then(Value::as_str).unwrap_or_default()
}

/// `Observation?patient=…`: the type, and perhaps one person.
fn critere(texte: &str) -> Result<(String, Option<UsagerId>), Ecart> {
    let (genre, requete) = texte.split_once('?').unwrap_or((texte, ""));
    if !SUIVIS.iter().any(|(connu, ..)| *connu == genre) {
        return Err(refus(IssueType::NotSupported, format!("« {genre} » ne peut pas être suivi. Rien n'a été enregistré.")));
    }
    let recherche = Search::read(requete)?;
    let seul = |nom: &str| nom == "patient" || nom == "subject" || (genre == "Patient" && nom == "_id");
    match recherche.parameters.as_slice() {
        [] => Ok((genre.to_owned(), None)),
        [un] if seul(&un.name) && un.modifier.is_empty() && un.values.len() == 1 => {
            let usager = un.values.first().and_then(|valeur| id_de(valeur).parse().ok());
            usager.map(|usager| (genre.to_owned(), Some(usager))).ok_or_else(Ecart::inconnu)
        }
        _ => Err(refus(IssueType::NotSupported, "Un critère nomme un type, et au plus une personne : Observation?patient=…")),
    }
}

/// The address called: HTTPS, or HTTP on the loopback, on a host opened to the application.
fn adresse(texte: &str, hotes: &[String]) -> Result<String, Ecart> {
    let uri: Uri = texte.parse().map_err(|_| refus(IssueType::Value, "L'adresse à appeler n'est pas lisible."))?;
    let hote = uri.host().unwrap_or_default().to_lowercase();
    let autorite = uri.authority().map(|autorite| autorite.as_str().to_lowercase()).unwrap_or_default();
    let local = ["127.0.0.1", "[::1]", "localhost"].contains(&hote.as_str());
    let sure = uri.scheme_str() == Some("https") || (uri.scheme_str() == Some("http") && local);
    if !sure || autorite.contains('@') || texte.len() > 500 {
        return Err(refus(
            IssueType::Value,
            "L'adresse à appeler doit être en https, sans identifiant. Rien n'a été enregistré.",
        ));
    }
    if !hotes.contains(&hote) && !hotes.contains(&autorite) {
        let phrase = format!("L'hôte « {hote} » n'est pas ouvert à cette application. Demandez-le à l'établissement.");
        return Err(refus(IssueType::BusinessRule, phrase));
    }
    Ok(texte.to_owned())
}

fn entetes(lu: &Value) -> Result<Vec<(String, String)>, Ecart> {
    let vide = Vec::new();
    let liste = lu.pointer("/channel/header").and_then(Value::as_array).unwrap_or(&vide);
    let mauvais =
        || refus(IssueType::Value, "Un en-tête s'écrit « Nom: valeur » ; dix au plus, sans « Host ». Rien n'a été enregistré.");
    if liste.len() > ENTETES_MAX {
        return Err(mauvais());
    }
    let un = |lu: &Value| {
        let (nom, valeur) = lu.as_str()?.split_once(':')?;
        let (nom, valeur) = (nom.trim().to_ascii_lowercase(), valeur.trim().to_owned());
        let interdit = ["host", "content-length", "transfer-encoding", "connection"].contains(&nom.as_str());
        let lisible = http::HeaderName::from_bytes(nom.as_bytes()).is_ok() && http::HeaderValue::from_str(&valeur).is_ok();
        (!interdit && lisible && valeur.len() <= ENTETE_MAX).then_some((nom, valeur))
    };
    liste.iter().map(|lu| un(lu).ok_or_else(mauvais)).collect()
}

/// Reads and keeps a subscription. One person followed: her record is opened, so that an opposition refuses it.
pub(crate) async fn creer(
    appel: &Appel,
    acces: &Acces<LireApplications>,
    application: &Application,
    corps: &Bytes,
) -> Result<(Uuid, Abonnement), Ecart> {
    let lu: Value = serde_json::from_slice(corps).map_err(|_| Ecart::illisible("L'envoi n'est pas du JSON lisible."))?;
    if texte(&lu, "/resourceType") != "Subscription" || texte(&lu, "/channel/type") != "rest-hook" {
        return Err(refus(IssueType::NotSupported, "Seul un abonnement « rest-hook » est servi. Rien n'a été enregistré."));
    }
    if !texte(&lu, "/channel/payload").is_empty() {
        return Err(refus(IssueType::NotSupported, "Aucune donnée n'est envoyée : « channel.payload » doit être absent."));
    }
    let (genre, usager) = critere(texte(&lu, "/criteria"))?;
    appel.exiger(&genre, Interaction::Read)?;
    let adresse = adresse(texte(&lu, "/channel/endpoint"), &application.hotes)?;
    let entetes = entetes(&lu)?;
    let fin = match texte(&lu, "/end") {
        "" => None,
        texte => Some(texte.parse::<Timestamp>().map_err(|_| refus(IssueType::Value, "« end » n'est pas un instant."))?),
    };
    if let Some(usager) = usager {
        de_personne(appel, &genre, usager).await?;
    }
    let ouverts = siens(acces, application).await?;
    if ouverts.iter().filter(|un| un.ferme_le.is_none()).count() >= OUVERTS_MAX {
        return Err(refus(IssueType::BusinessRule, format!("Une application a {OUVERTS_MAX} abonnements ouverts au plus.")));
    }
    let abonnement = Abonnement {
        compte: application.compte,
        lieu: application.etablissements.first().map_or(Uuid::nil(), |id| id.0),
        genre,
        usager,
        adresse,
        entetes,
        raison: texte(&lu, "/reason").chars().take(200).collect(),
        depuis: acces.now(),
        fin,
        echecs: 0,
        erreur: String::new(),
        ferme_le: None,
    };
    let id = acces.nouvel_id();
    let mut acte = acces.acte("api.abonnement_ouvert").detail("application", application.compte.to_string());
    acte.create(id, &abonnement);
    acces.commit(acte).await?;
    Ok((id, abonnement))
}

async fn siens(acces: &Acces<LireApplications>, application: &Application) -> Resultat<Vec<Stored<Abonnement>>> {
    let mut tous: Vec<Stored<Abonnement>> = acces.liste(&Query::lane(LANE_ABONNEMENTS)).await?;
    tous.retain(|un| un.compte == application.compte);
    Ok(tous)
}

/// Writes the next version of a subscription.
pub(crate) async fn changer(
    acces: &Acces<LireApplications>,
    lu: &Stored<Abonnement>,
    verbe: &str,
    change: impl FnOnce(&mut Abonnement),
) -> Resultat<()> {
    let mut nouveau = lu.value.clone();
    change(&mut nouveau);
    let mut acte = acces.acte(verbe).detail("application", lu.compte.to_string());
    acte.update(lu, &nouveau);
    acces.commit(acte).await
}

/// A subscription as a resource; the headers an application gave are never told again.
pub(crate) fn ressource(id: Uuid, lu: &Abonnement) -> Object {
    let statut = match (lu.ferme_le.is_some(), lu.erreur.is_empty()) {
        (true, true) => "off",
        (_, false) => "error",
        (false, true) => "active",
    };
    let personne =
        lu.usager.map(|usager| if lu.genre == "Patient" { format!("?_id={usager}") } else { format!("?patient={usager}") });
    let canal = Object::new().with("type", "rest-hook").with("endpoint", lu.adresse.as_str());
    let raison = if lu.raison.is_empty() { "Suivi des changements" } else { lu.raison.as_str() };
    Object::resource("Subscription")
        .with("id", id.to_string())
        .with("status", statut)
        .with("end", lu.fin)
        .with("reason", raison)
        .with("criteria", format!("{}{}", lu.genre, personne.unwrap_or_default()))
        .with("error", lu.erreur.as_str())
        .with("channel", canal)
}

/// The subscriptions of the application which asks.
pub(crate) async fn de_l_application(appel: &Appel) -> Resultat<Vec<Fiche>> {
    let acces = automate::<LireApplications>(appel.demande.services(), NOM_AUTOMATE).await?;
    let mut tous: Vec<Stored<Abonnement>> = acces.liste(&Query::lane(LANE_ABONNEMENTS)).await?;
    tous.retain(|un| un.compte == appel.compte);
    let fiche = |un: &Stored<Abonnement>| Fiche {
        genre: "Subscription",
        id: un.id.to_string(),
        version: un.version,
        maj: un.recorded,
        rang: un.depuis,
        corps: ressource(un.id, un),
        indices: vec![("_id", Indice::Jeton("", un.id.to_string()))],
    };
    let mut fiches: Vec<Fiche> = tous.iter().map(fiche).collect();
    crate::serveur::trier(&mut fiches);
    Ok(fiches)
}
