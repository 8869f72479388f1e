//! The bytes are durable before anything reads them; then read, bounded; then somebody decides.

use std::sync::Arc;

use kernel::fichiers::nom_affichable;
use kernel::id::EtablissementId;
use platform::Services;
use platform::acces::Acces;
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use platform::worker::automate;
use serde::Deserialize;
use tddui::{Gender, Limits, Read, TdduiError};

use crate::RecevoirEntrants;
use crate::entrants::{Canal, DossierEntrant, EtatEntrant, Lecture};

const NOM: &str = "Réception de dossiers d'un autre logiciel";
/// Defects kept: the first ones tell enough.
const DEFAUTS_MAX: usize = 30;

/// What tells a record from any other resource.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Lot {
    resource_type: String,
    #[serde(default, rename = "type")]
    genre: String,
    #[serde(default)]
    entry: Vec<Entree>,
}

#[derive(Deserialize)]
struct Entree {
    resource: Option<Ressource>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ressource {
    resource_type: String,
}

/// True for a record (a transaction with its person), whole or cut: what `grappe receive` sends here rather than to documents,
/// which read every other resource.
pub fn est_un_dossier(octets: &[u8]) -> bool {
    let octets = octets.strip_prefix(b"\xef\xbb\xbf").unwrap_or(octets);
    if let Ok(lot) = serde_json::from_slice::<Lot>(octets) {
        return lot.est_un_dossier();
    }
    // The order of members is free: the kind of a cut bundle may be in what is lost.
    let debut = String::from_utf8_lossy(octets.get(..octets.len().min(4_096)).unwrap_or_default());
    let lot = debut.contains("\"Bundle\"") || debut.contains("\"entry\"");
    debut.trim_start().starts_with('{') && debut.contains("\"resourceType\"") && lot
}

impl Lot {
    fn est_un_dossier(&self) -> bool {
        let personne = |entree: &Entree| entree.resource.as_ref().is_some_and(|une| une.resource_type == "Patient");
        self.resource_type == "Bundle" && self.genre == "transaction" && self.entry.iter().any(personne)
    }
}

/// Receives a file. Idempotent by digest: the same bytes again are the same reception.
///
/// # Errors
/// `Demande` beyond 50 MiB (nothing was kept); the store.
pub async fn recevoir(services: &Arc<Services>, canal: Canal, nom: &str, octets: &[u8]) -> Resultat<Stored<DossierEntrant>> {
    if octets.len() > Limits::default().bytes {
        return Err(Erreur::Demande("Le fichier est trop volumineux (50 Mo au plus). Rien n'a été gardé.".into()));
    }
    let acces: Acces<RecevoirEntrants> = automate(services, NOM).await?;
    let scelle = acces.sceller(octets)?;
    let id = DossierEntrant::id(scelle.id());
    if let Some(connu) = acces.lire::<DossierEntrant>(id).await? {
        // Kept, then stopped before it was read: read now.
        lire(&acces, id, octets.to_vec()).await?;
        return Ok(acces.lire::<DossierEntrant>(id).await?.unwrap_or(connu));
    }
    let etablissement = lieu(&acces, canal.etablissement).await?;
    let entrant = DossierEntrant {
        etablissement,
        canal,
        nom: nom_affichable(nom),
        blob: scelle.id().clone(),
        taille: octets.len() as u64,
        recu_le: acces.now(),
        lecture: None,
        etat: EtatEntrant::Illisible { code: "not_read".into() },
    };
    let mut acte = acces.acte("dossier_entrant.garde");
    acte.keep(scelle);
    acte.create(id, &entrant);
    match acces.commit(acte).await {
        // Somebody received the same bytes at the same instant.
        Ok(()) | Err(Erreur::Conflit) => {}
        Err(autre) => return Err(autre),
    }
    lire(&acces, id, octets.to_vec()).await?;
    acces.lire::<DossierEntrant>(id).await?.ok_or(Erreur::Introuvable)
}

/// Where it stands: where it was put, else at the largest house in service, whose office opens the mail of the grappe.
async fn lieu(acces: &Acces<RecevoirEntrants>, dit: Option<EtablissementId>) -> Resultat<EtablissementId> {
    if let Some(etablissement) = dit {
        return Ok(etablissement);
    }
    let connus = etablissements::etablissements(acces).await?;
    let plus_grand = connus.iter().filter(|lu| lu.actif).max_by_key(|lu| lu.capacite);
    plus_grand.map(|lu| lu.value.id).ok_or_else(|| Erreur::Demande("Aucun établissement en service : rien n'a été gardé.".into()))
}

async fn lire(acces: &Acces<RecevoirEntrants>, id: uuid::Uuid, octets: Vec<u8>) -> Resultat<()> {
    let lu = acces.lire::<DossierEntrant>(id).await?.ok_or(Erreur::Introuvable)?;
    if lu.lecture.is_some() {
        return Ok(());
    }
    let nouveau = match interpreter(octets).await? {
        Ok(dossier) => DossierEntrant { lecture: Some(resumer(&dossier)), etat: EtatEntrant::ADecider, ..lu.value.clone() },
        Err(erreur) => DossierEntrant { etat: EtatEntrant::Illisible { code: erreur.code().into() }, ..lu.value.clone() },
    };
    if nouveau == lu.value {
        return Ok(());
    }
    let mut acte = acces.acte("dossier_entrant.lu");
    acte.update(&lu, &nouveau);
    acces.commit(acte).await
}

/// Reads away from the requests: a bundle of 50 MiB takes a while.
pub(crate) async fn interpreter(octets: Vec<u8>) -> Resultat<Result<Read, TdduiError>> {
    let travail = tokio::task::spawn_blocking(move || tddui::read(&octets, &Limits::default()));
    travail.await.map_err(|erreur| Erreur::Panne(erreur.to_string()))
}

fn resumer(dossier: &Read) -> Lecture {
    let combien = |nombre: usize| u32::try_from(nombre).unwrap_or(u32::MAX);
    let patient = &dossier.patient;
    Lecture {
        nom: format!("{} {}", patient.family.to_uppercase(), patient.given_names),
        naissance: patient.birth_date.clone(),
        sexe: match patient.gender {
            Gender::Male => "Masculin",
            Gender::Female => "Féminin",
            Gender::Unknown => "Indéterminé",
        }
        .into(),
        identifiant: patient.local_id.clone(),
        ins: patient.ins.is_some(),
        etablissements: dossier.organizations.iter().map(|une| une.name.clone()).take(20).collect(),
        comptes: [dossier.stays.len(), dossier.events.len(), dossier.contacts.len(), dossier.documents.len()].map(combien),
        autres: dossier.others.iter().take(DEFAUTS_MAX).map(|(genre, nombre)| (genre.clone(), combien(*nombre))).collect(),
        defauts: dossier.defects.iter().take(DEFAUTS_MAX).cloned().collect(),
        version: dossier.version.clone(),
    }
}

/// What happened and what to do, for a code of the reader.
pub(crate) fn phrase(code: &str) -> &'static str {
    match code {
        "not_json" => "Ce fichier n'est pas du JSON lisible, ou il est imbriqué au-delà du raisonnable.",
        "not_a_transaction" => {
            "Ce fichier n'est pas un dossier complet (un Bundle FHIR de type transaction). Demandez l'export TDDUI de la personne."
        }
        "too_large" => "Ce dossier dépasse ce que Grappe accepte (50 Mo, 5 000 éléments).",
        "not_a_creation" => "Ce dossier demande autre chose que des créations : il n'est pas accepté.",
        "patients" => "Ce dossier ne contient pas exactement une personne. Demandez un export par personne.",
        "patient_lacks" => "L'identité de la personne est incomplète : nom, prénom, sexe ou date de naissance manque.",
        "not_read" => "Le fichier est gardé mais n'a pas encore été lu. Déposez-le de nouveau.",
        _ => "Ce fichier n'a pas pu être lu.",
    }
}
