//! The works themselves, done where the database is open: in the service, or in the command when no service runs.

use std::sync::Arc;

use documents::{Canal, EtatReception, recevoir as recevoir_fichier};
use kernel::clock::{Clock, SystemClock};
use platform::Services;
use platform::acces::{Compte, Habilitation, NatureCompte};
use platform::erreur::Erreur;
use serde::{Deserialize, Serialize};
use store::{Batch, Line, Nature, Reach, Store};
use uuid::Uuid;

/// What became of a file, in words.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Recu {
    /// True when its bytes are kept.
    pub(crate) garde: bool,
    /// What became of it, or why it was refused.
    pub(crate) etat: String,
}

/// An error in the words of the operator.
pub(crate) fn phrase(erreur: &Erreur) -> String {
    match erreur {
        Erreur::Demande(phrase) => phrase.clone(),
        Erreur::Plein => "Le disque de la base est plein : rien n'a été gardé. Libérez de la place, puis recommencez.".into(),
        Erreur::Conflit => "Quelqu'un d'autre a écrit la même chose au même instant. Recommencez.".into(),
        Erreur::DejaPris(_) => "Cet identifiant est déjà pris.".into(),
        autre => format!("La base n'a pas répondu comme prévu ({autre}). Regardez le journal technique du service."),
    }
}

fn issue(etat: &EtatReception) -> String {
    match etat {
        EtatReception::Recue => "gardé, lecture en cours".into(),
        EtatReception::EnAttente { raison, .. } => format!("à classer : {}", raison.libelle()),
        EtatReception::Doublon { .. } => "déjà reçu : relié au premier".into(),
        EtatReception::Classee { .. } => "classé dans le dossier".into(),
        EtatReception::Rejetee { .. } => "rejeté".into(),
        EtatReception::Ouverte { parties } => format!("ouvert : {}", traites_a_part(*parties)),
        EtatReception::Jointe => "gardé comme copie".into(),
        EtatReception::Confiee { .. } => "lu, suite en cours".into(),
        EtatReception::Rattachee { .. } => "accusé rattaché à son envoi".into(),
        EtatReception::Appliquee { dit, .. } => format!("noté : {dit}"),
    }
}

fn traites_a_part(parties: u32) -> String {
    if parties == 1 { "1 document traité à part".into() } else { format!("{parties} documents traités à part") }
}

/// Receives a file.
pub(super) async fn recevoir(services: &Arc<Services>, expediteur: &str, nom: &str, octets: &[u8]) -> Recu {
    if transfert_dui::est_un_dossier(octets) {
        return recevoir_dossier(services, expediteur, nom, octets).await;
    }
    let canal = Canal { code: "fichier".into(), etablissement: None, emetteur: expediteur.to_owned() };
    match recevoir_fichier(services, canal, nom, octets).await {
        Ok(reception) => Recu { garde: true, etat: issue(&reception.etat) },
        Err(erreur) => Recu { garde: false, etat: phrase(&erreur) },
    }
}

/// Receives a record of another software: it waits for a person in `/transferts/entrants`.
async fn recevoir_dossier(services: &Arc<Services>, expediteur: &str, nom: &str, octets: &[u8]) -> Recu {
    let canal = transfert_dui::Canal { code: "fichier".into(), etablissement: None, emetteur: expediteur.to_owned() };
    match transfert_dui::recevoir(services, canal, nom, octets).await {
        Ok(entrant) => {
            let etat = if entrant.lecture.is_some() { "dossier à décider" } else { "dossier illisible, gardé" };
            Recu { garde: true, etat: etat.into() }
        }
        Err(erreur) => Recu { garde: false, etat: phrase(&erreur) },
    }
}

/// Makes the first account of an empty installation; gives its password, told once.
pub(super) async fn administrateur(store: &Store, identifiant: &str, nom: &str, grappe: &str) -> Result<String, String> {
    let panne = |error: &dyn std::fmt::Display| format!("Le compte n'a pas été créé ({error}).");
    let now = SystemClock.now();
    let secret: [u8; 12] = platform::web::hasard().map_err(|error| panne(&error))?;
    let mot_de_passe = secret.iter().fold(String::new(), |mot, octet| mot + &format!("{octet:02x}"));
    let compte = Compte {
        identifiant: identifiant.trim().to_lowercase(),
        nom_affiche: nom.to_owned(),
        professionnel: None,
        etablissement: etablissements::Grappe::id(),
        mot_de_passe: platform::web::hacher(&mot_de_passe).map_err(|error| panne(&error))?,
        code: None,
        nature: NatureCompte::Permanent,
        ferme_le: None,
        habilitations: vec![Habilitation {
            profil: "admin_grappe".into(),
            etablissement: None,
            unites: Vec::new(),
            du: now,
            au: None,
        }],
        demo: None,
        preferences: std::collections::BTreeMap::new(),
    };
    let batch = premier_compte(store, &compte, grappe, now).await.map_err(|error| panne(&error))?;
    store.commit(batch).await.map_err(|error| phrase(&error.into()))?;
    Ok(mot_de_passe)
}

/// Opens a partner application; gives its identifier.
pub(super) async fn ouvrir_application(services: &Arc<Services>, ouverture: &api_fhir::Ouverture) -> Result<String, String> {
    api_fhir::ouvrir(services, ouverture).await.map(|compte| compte.to_string()).map_err(|erreur| phrase(&erreur))
}

/// Withdraws a partner application.
pub(super) async fn retirer_application(services: &Arc<Services>, compte: &str, motif: &str) -> Result<(), String> {
    let compte = compte.trim().parse().map_err(|_| "Cet identifiant n'a pas la forme attendue.".to_owned())?;
    api_fhir::retirer(services, compte, motif).await.map_err(|erreur| phrase(&erreur))
}

async fn premier_compte(store: &Store, compte: &Compte, grappe: &str, now: jiff::Timestamp) -> anyhow::Result<Batch> {
    use etablissements::Grappe;
    let mut batch = Batch::default();
    batch.create(SystemClock.fresh_id(), Uuid::nil(), now, compte)?;
    if store.get::<Grappe>(&Reach::All, Grappe::id()).await?.is_none() {
        let nom = grappe.to_owned().try_into().map_err(|error| anyhow::anyhow!("nom de la grappe : {error}"))?;
        batch.create(Grappe::id(), Uuid::nil(), now, &Grappe { nom })?;
    }
    let line = Line {
        at: now,
        nature: Nature::Systeme,
        verb: "compte.premier".into(),
        account: Uuid::nil(),
        establishment: Some(Grappe::id()),
        person: None,
        detail: serde_json::Map::new(),
        objects: Vec::new(),
    };
    Ok(batch.with_line(line))
}
