//! People on a device: their keys at login, the change of person, the end of a shift.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use http::header;
use jiff::SignedDuration;
use kernel::id::CompteId;
use platform::Services;
use platform::web::{self, Methode};
use serde_json::json;
use store::{Batch, Stored};
use terrain::{Compartiment, SessionTerrain};

use crate::etat::Etat;
use crate::postes::{cle_courante, ligne};
use crate::records::SessionGardee;
use crate::requete::{self, Ecart, Signee, json as reponse_json};

/// Life of a person's keys on a device without contact (hours, ux.md §4.2).
const VIE_H: i64 = 14;
/// Idle delay of a shared device (seconds).
const VERROU_S: u32 = 90;

/// `POST /api/terrain/session`: the keys of the person who has just logged in, on this device.
pub(crate) async fn ouvrir(etat: Arc<Etat>, services: Arc<Services>, request: Request) -> Result<Response, Ecart> {
    let signee = requete::lire(&etat, &services, request).await?;
    signee.en_service()?;
    let page = web::session_de(&services, &signee.entetes).await?.ok_or(Ecart::SESSION)?;
    let poste = &signee.poste.0;
    let now = services.clock.now();
    let fin = now.checked_add(SignedDuration::from_hours(VIE_H)).unwrap_or(now);
    let id = services.clock.fresh_id();
    let session = SessionTerrain::ouvrir(id, poste.id, page.compte, (now, fin), &etat.maitre, &etat.hasard)?;
    let cle = session.cle(&etat.maitre)?;
    let gardee = SessionGardee { etablissement: poste.etablissement, unites: page.unites.clone(), session };
    let mut batch = Batch::default();
    batch.create(id, page.compte.0, now, &gardee)?;
    services.store.commit(batch.with_line(ligne(&services, "terrain.session_ouverte", page.compte, poste.etablissement))).await?;
    let groupe = web::groupe_de_droits(&services, page.compte, &page.unites).await?;
    let deks = poste.deks(page.compte, &groupe, &[Compartiment::Vie, Compartiment::Soins, Compartiment::Perso], &etat.maitre)?;
    let personne = personne(&services, page.compte).await?;
    Ok(reponse_json(&json!({
        "personne": personne, "session": id, "cle_session": B64.encode(cle),
        "deks": deks.into_iter().map(|(c, cle)| (c.nom(), cle)).collect::<BTreeMap<_, _>>(),
        "groupe": groupe, "droits": Vec::<String>::new(), "expire_a": fin,
        "cle_publique": cle_courante(&etat, &services, poste.etablissement).await?,
        "parametres": { "verrou_s": VERROU_S, "contact_max_h": VIE_H, "medicament_alerte_h": 4, "medicament_blocage_h": 12 },
    })))
}

async fn personne(services: &Services, compte: CompteId) -> Result<serde_json::Value, Ecart> {
    let qui = web::personne_de(services, compte).await?.ok_or(Ecart::SESSION)?;
    let (prenom, nom) = qui.nom.split_once(' ').unwrap_or((qui.nom.as_str(), ""));
    let initiales: String = [prenom, nom].iter().filter_map(|mot| mot.chars().next()).collect();
    Ok(json!({ "id": compte, "nom": nom, "prenom": prenom, "initiales": initiales.to_uppercase(), "profession": qui.metier }))
}

/// `POST /api/terrain/deverrouiller`: the person proved by her code's key gets a page session; the former one is closed.
pub(crate) async fn deverrouiller(etat: Arc<Etat>, services: Arc<Services>, request: Request) -> Result<Response, Ecart> {
    let signee = requete::lire(&etat, &services, request).await?;
    let session = signee.personne(&etat, &services).await?;
    let compte = session.session.compte;
    let actuelle = web::session_de(&services, &signee.entetes).await?;
    if actuelle.is_some_and(|page| page.compte == compte) {
        return Ok(reponse_json(&json!({})));
    }
    web::fermer_session(&services, &signee.entetes).await?;
    let jeton = web::ouvrir_session(&services, compte, Methode::Code, Some(signee.poste.0.id)).await?;
    let mut reponse = reponse_json(&json!({}));
    poser(&mut reponse, &services, &jeton);
    Ok(reponse)
}

/// `POST /api/terrain/verrouiller`: closes the page session; the keys stay on the device, under their code.
pub(crate) async fn verrouiller(etat: Arc<Etat>, services: Arc<Services>, request: Request) -> Result<Response, Ecart> {
    let signee = requete::lire(&etat, &services, request).await?;
    web::fermer_session(&services, &signee.entetes).await?;
    let mut reponse = reponse_json(&json!({}));
    poser(&mut reponse, &services, "");
    Ok(reponse)
}

/// `POST /api/terrain/fin-de-poste`: closes the person's session on this device; what she entered and has not left yet is still accepted.
pub(crate) async fn finir(etat: Arc<Etat>, services: Arc<Services>, request: Request) -> Result<Response, Ecart> {
    let signee = requete::lire(&etat, &services, request).await?;
    let session = signee.personne(&etat, &services).await?;
    fermer(&services, &signee, &session).await?;
    web::fermer_session(&services, &signee.entetes).await?;
    etat.empreintes.oublier(session.id);
    let mut reponse = reponse_json(&json!({}));
    poser(&mut reponse, &services, "");
    Ok(reponse)
}

async fn fermer(services: &Services, signee: &Signee, session: &Stored<SessionGardee>) -> Result<(), Ecart> {
    let now = services.clock.now();
    let mut fermee = session.value.clone();
    fermee.session.fermee_a = Some(now);
    let compte = fermee.session.compte;
    let mut batch = Batch::default();
    batch.update(session, compte.0, now, &fermee)?;
    let line = ligne(services, "terrain.fin_de_poste", compte, signee.poste.0.etablissement);
    services.store.commit(batch.with_line(line)).await?;
    Ok(())
}

fn poser(reponse: &mut Response, services: &Services, jeton: &str) {
    if let Some(cookie) = web::cookie_de_session(services, jeton) {
        reponse.headers_mut().append(header::SET_COOKIE, cookie);
    }
}
