//! Enrolling a device, and the keys of its establishment.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use jiff::Timestamp;
use kernel::id::{CompteId, EtablissementId, PosteId};
use platform::Services;
use platform::acces::Acces;
use platform::erreur::{Erreur, Resultat};
use platform::web::{Answer, Corps};
use serde::Deserialize;
use serde_json::{Map, json};
use store::{Batch, Line, Nature, Reach, Stored};
use terrain::{ClePublique, Poste};
use uuid::Uuid;

use crate::etat::Etat;
use crate::records::{ClesGardees, PosteGarde};
use crate::rights::PreparerPoste;

/// Longest name of a device (characters).
const NOM_MAX: usize = 60;

#[derive(Debug, Deserialize)]
pub(crate) struct Demande {
    #[serde(default)]
    nom: String,
}

/// `POST /api/terrain/poste`: enrols the device in hand.
pub(crate) async fn preparer(etat: Arc<Etat>, acces: Acces<PreparerPoste>, corps: Corps<Demande>) -> Resultat<Answer> {
    let illisible = || Erreur::Demande("Donnez un nom à ce poste, par exemple « Tablette 7 ».".into());
    let nom: String = corps.0.nom.trim().chars().take(NOM_MAX).collect();
    if nom.is_empty() {
        return Err(illisible());
    }
    let etablissement = acces.etablissement()?;
    let cle_publique = cle_courante(&etat, acces.services(), etablissement).await?;
    let id = PosteId(acces.nouvel_id());
    let par = (acces.contexte().acteur.compte, acces.now());
    let poste = Poste::enroler(id, nom.clone(), etablissement, par, &etat.maitre, &etat.hasard).map_err(panne)?;
    let cle = B64.encode(poste.cle_requete(&etat.maitre).map_err(panne)?);
    let mut acte = acces.acte("poste.prepare").detail("poste", id.to_string());
    acte.create(id, &PosteGarde(poste));
    acces.commit(acte).await?;
    Ok(Answer::json(&json!({ "id": id, "nom": nom, "etablissement": etablissement, "cle": cle, "cle_publique": cle_publique })))
}

pub(crate) fn panne(erreur: terrain::Erreur) -> Erreur {
    Erreur::Panne(erreur.to_string())
}

/// A journal line of the protocol's own work.
pub(crate) fn ligne(services: &Services, verbe: &str, compte: CompteId, etablissement: EtablissementId) -> Line {
    let mut detail = Map::new();
    detail.insert("origine".into(), "terrain".into());
    Line {
        at: services.clock.now(),
        nature: Nature::Acte,
        verb: verbe.to_owned(),
        account: compte.0,
        establishment: Some(etablissement.0),
        person: None,
        detail,
        objects: Vec::new(),
    }
}

/// The key pairs of an establishment, if it has any.
pub(crate) async fn cles(
    services: &Services,
    etablissement: EtablissementId,
) -> Result<Option<Stored<ClesGardees>>, store::Error> {
    services.store.get(&Reach::All, ClesGardees::id(etablissement)).await
}

/// The key tablets of an establishment seal to; made or turned when it is time.
pub(crate) async fn cle_courante(etat: &Etat, services: &Services, etablissement: EtablissementId) -> Resultat<ClePublique> {
    // Two requests may turn the key at the same instant: the loser reads what the winner wrote.
    for _ in 0..3 {
        let connues = cles(services, etablissement).await?;
        let now = services.clock.now();
        if let Some(connues) = connues.as_ref().filter(|connues| !connues.cles.a_tourner(now)) {
            return connues.cles.courante().cloned().ok_or_else(|| Erreur::Panne("an establishment without key".into()));
        }
        match tourner(etat, services, etablissement, connues, now).await {
            Err(Erreur::Conflit) => {}
            autre => return autre,
        }
    }
    Err(Erreur::Conflit)
}

async fn tourner(
    etat: &Etat,
    services: &Services,
    etablissement: EtablissementId,
    connues: Option<Stored<ClesGardees>>,
    now: Timestamp,
) -> Resultat<ClePublique> {
    let mut nouvelles = connues.as_ref().map_or_else(
        || ClesGardees { etablissement, cles: terrain::ClesEtablissement::default() },
        |connues| connues.value.clone(),
    );
    nouvelles.cles.tourner(now, &etat.maitre, &etat.hasard).map_err(panne)?;
    let mut batch = Batch::default();
    match &connues {
        Some(ancienne) => batch.update(ancienne, Uuid::nil(), now, &nouvelles)?,
        None => batch.create(ClesGardees::id(etablissement), Uuid::nil(), now, &nouvelles)?,
    }
    let line = ligne(services, "terrain.cle_tournee", CompteId(Uuid::nil()), etablissement);
    services.store.commit(batch.with_line(line)).await?;
    nouvelles.cles.courante().cloned().ok_or_else(|| Erreur::Panne("an establishment without key".into()))
}
