//! Former versions: nothing is overwritten, so each is given as it was.

use axum::response::Response;
use constantes::{Constante, LireConstantes};
use documents::{DocumentCourant, DocumentMedical, LireDocuments};
use fhir_r4::{Bundle, BundleKind, Entry, Interaction, Search};
use http::{HeaderMap, StatusCode};
use kernel::dates::jour_local;
use kernel::id::UsagerId;
use medical::LireMedical;
use plan_de_soins::{LireSoins, Plan};
use platform::prelude::*;
use sejours::{LireSejour, Sejour};
use usagers::{Alertes, Identification, LireAlertes, LireIdentite, Usager};
use uuid::Uuid;

use super::appel::{Appel, lieu};
use super::ecart::Ecart;
use super::fiches::unite;
use super::genres::Offre;
use super::lecture::personne;
use super::reponse;
use crate::ressources::{Fiche, allergies, documents as papiers, medical as lignes, mesures, patient, plan, sejour};

/// Most versions of an answer, the latest ones.
const VERSIONS_MAX: usize = 100;

async fn lues(appel: &Appel, genre: &str, id: &str) -> Result<Vec<Fiche>, Ecart> {
    let connu = appel.exiger(genre, Interaction::Read)?;
    if !connu.offre(Offre::Versions) {
        return Err(Ecart::new(
            StatusCode::METHOD_NOT_ALLOWED,
            fhir_r4::IssueType::NotSupported,
            format!("Les versions antérieures de {} ne sont pas servies.", connu.nom),
        ));
    }
    let usager = personne(appel, connu.nom, id).await?.ok_or_else(Ecart::inconnu)?;
    let mut lues = match connu.nom {
        "Patient" => de_la_personne(appel, usager).await?,
        "AllergyIntolerance" => {
            let dossier = appel.demande.acces::<LireAlertes>().await?.ouvrir_dossier(usager).await?;
            let versions = dossier.versions::<Alertes>(Alertes::id(usager)).await?;
            versions.iter().flat_map(|lue| allergies::allergies(usager, Some(lue))).collect()
        }
        genre => d_un_enregistrement(appel, genre, usager, id.parse().map_err(|_| Ecart::inconnu())?).await?,
    };
    lues.retain(|fiche| fiche.id == id && fiche.genre == connu.nom);
    if lues.is_empty() { Err(Ecart::inconnu()) } else { Ok(lues) }
}

async fn d_un_enregistrement(appel: &Appel, genre: &str, usager: UsagerId, id: Uuid) -> Resultat<Vec<Fiche>> {
    match genre {
        "Encounter" => {
            let acces = appel.demande.acces::<LireSejour>().await?;
            let dossier = acces.ouvrir_dossier(usager).await?;
            let mut fiches = Vec::new();
            for lu in dossier.versions::<Sejour>(id).await? {
                let (finess, nom) = lieu(&acces, lu.etablissement).await?;
                fiches.push(sejour::sejour(&lu, (&finess, &nom), unite(&acces, &lu).as_deref()));
            }
            Ok(fiches)
        }
        "Observation" => {
            let dossier = appel.demande.acces::<LireConstantes>().await?.ouvrir_dossier(usager).await?;
            Ok(dossier.versions::<Constante>(id).await?.iter().map(mesures::mesure).collect())
        }
        "CarePlan" => {
            let acces = appel.demande.acces::<LireSoins>().await?;
            let dossier = acces.ouvrir_dossier(usager).await?;
            let fuseau = &acces.services().fuseau;
            let alors = |lu: &Stored<Plan>| plan::plan(lu, lu.recorded, jour_local(lu.recorded, fuseau));
            Ok(dossier.versions::<Plan>(id).await?.iter().map(alors).collect())
        }
        "DocumentReference" => du_document(appel, usager, id).await,
        _ => {
            let acces = appel.demande.acces::<LireMedical>().await?;
            let dossier = acces.ouvrir_dossier(usager).await?;
            let fuseau = &acces.services().fuseau;
            Ok(dossier.versions::<medical::Element>(id).await?.iter().filter_map(|lu| lignes::element(lu, fuseau)).collect())
        }
    }
}

async fn du_document(appel: &Appel, usager: UsagerId, id: Uuid) -> Resultat<Vec<Fiche>> {
    let acces = appel.demande.acces::<LireDocuments>().await?;
    let dossier = acces.ouvrir_dossier(usager).await?;
    let mut versions = Vec::new();
    if dossier.peut_lire(Categorie::Medical) {
        versions.extend(dossier.versions::<DocumentMedical>(id).await?.into_iter().map(|lu| lu.map(|document| document.0)));
    }
    if dossier.peut_lire(Categorie::Documents) && versions.is_empty() {
        versions.extend(dossier.versions::<DocumentCourant>(id).await?.into_iter().map(|lu| lu.map(|document| document.0)));
    }
    let mut fiches = Vec::new();
    for lu in &versions {
        let (finess, nom) = lieu(&acces, lu.etablissement).await?;
        fiches.push(papiers::document(lu, &appel.base, (&finess, &nom), &acces.services().fuseau));
    }
    Ok(fiches)
}

/// The person is made of two records: each of their versions, in the order they were written, makes one of hers.
async fn de_la_personne(appel: &Appel, usager: UsagerId) -> Resultat<Vec<Fiche>> {
    let acces = appel.demande.acces::<LireIdentite>().await?;
    let dossier = acces.ouvrir_dossier(usager).await?;
    let connus = dossier.versions::<Usager>(usager).await?;
    let identites = dossier.versions::<Identification>(Identification::id(usager)).await?;
    let mut ordre: Vec<(jiff::Timestamp, i64, Option<usize>, Option<usize>)> = Vec::new();
    ordre.extend(connus.iter().enumerate().map(|(rang, lu)| (lu.recorded, lu.seq, Some(rang), None)));
    ordre.extend(identites.iter().enumerate().map(|(rang, lue)| (lue.recorded, lue.seq, None, Some(rang))));
    ordre.sort_by_key(|(le, seq, ..)| (*le, *seq));
    let (mut connu, mut identite): (Option<&Stored<Usager>>, Option<&Stored<Identification>>) = (None, None);
    let mut fiches = Vec::new();
    for (.., un, autre) in ordre {
        connu = un.and_then(|rang| connus.get(rang)).or(connu);
        identite = autre.and_then(|rang| identites.get(rang)).or(identite);
        let Some(lu) = connu else { continue };
        let (finess, nom) = lieu(&acces, lu.etablissement).await?;
        fiches.push(patient::patient(&patient::Source {
            usager: lu,
            identification: identite,
            presente: identites.last().map(|lue| &lue.identite),
            etablissement: (&finess, &nom),
            fuseau: &acces.services().fuseau,
        }));
    }
    Ok(fiches)
}

/// `GET /fhir/{type}/{id}/_history`, latest first.
pub(crate) async fn toutes(appel: &Appel, genre: &str, id: &str, requete: &str) -> Result<Response, Ecart> {
    let recherche = Search::read(requete)?;
    if let Some(inconnu) = recherche.parameters.iter().find(|parametre| !["_format", "_count"].contains(&parametre.name.as_str()))
    {
        return Err(Ecart::demande(format!("Le paramètre « {} » n'est pas pris en charge par _history.", inconnu.name)));
    }
    let mut lues = lues(appel, genre, id).await?;
    lues.reverse();
    let total = i64::try_from(lues.len()).ok();
    lues.truncate(VERSIONS_MAX);
    let cible = format!("{genre}/{id}");
    let adresse = format!("{}/{cible}", appel.base);
    let entree = |fiche: Fiche| {
        let verbe = if fiche.version == 1 { "POST" } else { "PUT" };
        Entry::version(&adresse, fiche.corps, verbe, if verbe == "POST" { genre } else { &cible })
    };
    let bundle = Bundle {
        kind: BundleKind::History,
        at: appel.demande.contexte().now,
        total,
        links: vec![("self", format!("{adresse}/_history"))],
        entries: lues.into_iter().map(entree).collect(),
    };
    Ok(reponse::ressource(StatusCode::OK, &bundle.into_resource()))
}

/// `GET /fhir/{type}/{id}/_history/{version}`.
pub(crate) async fn une(appel: &Appel, genre: &str, id: &str, version: &str) -> Result<Response, Ecart> {
    let voulue: i64 = version.parse().map_err(|_| Ecart::inconnu())?;
    let lues = lues(appel, genre, id).await?;
    let fiche = lues.into_iter().find(|fiche| fiche.version == voulue).ok_or_else(Ecart::inconnu)?;
    Ok(reponse::version(&fiche, &HeaderMap::new()))
}
