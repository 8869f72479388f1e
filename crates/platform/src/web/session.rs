//! Sessions: a random cookie, a record which says whose it is, dead at once when closed.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderMap, HeaderValue, header};
use jiff::{SignedDuration, Timestamp};
use kernel::id::{CompteId, EtablissementId, PosteId, UniteId};
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};
use serde_json::Map;
use store::{Batch, Entity, Line, Nature, Reach, Scope, Stored};
use uuid::Uuid;

use crate::acces::Acteur;
use crate::erreur::{Erreur, Resultat};
use crate::services::Services;

/// Absolute life of a session (ASVS 7.3.2; a shift and its margins).
pub(crate) const DUREE: SignedDuration = SignedDuration::from_hours(12);

/// How the person proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Methode {
    /// Login and password.
    MotDePasse,
    /// Six-digit code on a device opened earlier by the same person.
    Code,
    /// A password given by somebody else: only the choice of one's own is open.
    Provisoire,
    /// A card of the demo.
    Demo,
}

/// A session in progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Whose.
    pub compte: CompteId,
    /// Establishment the account belongs to, for the record's scope.
    pub origine: Uuid,
    /// Since.
    pub ouverte_le: Timestamp,
    /// Until at most.
    pub expire_le: Timestamp,
    /// Proof given.
    pub methode: Methode,
    /// The device, when it is enrolled.
    #[serde(default)]
    pub poste: Option<PosteId>,
    /// The establishment worked in.
    #[serde(default)]
    pub etablissement: Option<EtablissementId>,
    /// The units chosen; empty: all those of the role.
    #[serde(default)]
    pub unites: Vec<UniteId>,
    /// Closed.
    #[serde(default)]
    pub fermee_le: Option<Timestamp>,
}

impl Entity for Session {
    const KIND: &'static str = "session";

    fn scope(&self) -> Scope {
        Scope::of(self.origine).at(self.ouverte_le).lane(format!("sessions/{}", self.compte))
    }
}

/// The record's id: a hash of the cookie, so that the database never holds a usable token.
fn id_de(jeton: &str) -> Uuid {
    let digest = ring::digest::digest(&ring::digest::SHA256, jeton.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.as_ref()[..16]);
    Uuid::from_bytes(bytes)
}

fn nom_du_cookie(tls: bool) -> &'static str {
    if tls { "__Host-grappe" } else { "grappe" }
}

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, nom: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(cle, valeur)| (cle == nom).then_some(valeur))
}

/// The header which sets the session's cookie; an empty token removes it.
pub(crate) fn entete(services: &Services, jeton: &str) -> Option<HeaderValue> {
    let age = if jeton.is_empty() { 0 } else { DUREE.as_secs() };
    let secure = if services.tls { "; Secure" } else { "" };
    let nom = nom_du_cookie(services.tls);
    HeaderValue::from_str(&format!("{nom}={jeton}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}")).ok()
}

/// A session which was found, with whom it belongs to.
#[derive(Debug, Clone)]
pub(crate) struct SessionTrouvee {
    pub(crate) session: Stored<Session>,
    pub(crate) acteur: Arc<Acteur>,
}

/// The session of a request; `None` when there is none, or when it ended.
pub(crate) async fn trouver(services: &Services, headers: &HeaderMap) -> Resultat<Option<SessionTrouvee>> {
    let Some(jeton) = cookie(headers, nom_du_cookie(services.tls)).filter(|jeton| jeton.len() >= 40) else { return Ok(None) };
    let Some(session) = services.store.get::<Session>(&Reach::All, id_de(jeton)).await? else { return Ok(None) };
    let now = services.clock.now();
    if session.fermee_le.is_some() || now >= session.expire_le {
        return Ok(None);
    }
    let Some((_, acteur)) = services.acteur(session.compte).await? else { return Ok(None) };
    Ok(Some(SessionTrouvee { session, acteur }))
}

pub(crate) fn ligne(services: &Services, nature: Nature, verbe: &str, compte: Uuid, etablissement: Option<Uuid>) -> Line {
    Line {
        at: services.clock.now(),
        nature,
        verb: verbe.to_owned(),
        account: compte,
        establishment: etablissement,
        person: None,
        detail: Map::new(),
        objects: Vec::new(),
    }
}

/// Opens a session for an account and gives the cookie's value.
pub async fn ouvrir_session(services: &Services, compte: CompteId, methode: Methode, poste: Option<PosteId>) -> Resultat<String> {
    let Some((lu, acteur)) = services.acteur(compte).await? else { return Err(Erreur::NonConnecte) };
    let now = services.clock.now();
    let premier =
        acteur.actives(now).find_map(|role| role.etablissement.map(|etablissement| (etablissement, role.unites.clone())));
    let mut bytes = [0; 32];
    SystemRandom::new().fill(&mut bytes).map_err(|_| Erreur::Panne("no randomness available".into()))?;
    let jeton = URL_SAFE_NO_PAD.encode(bytes);
    let session = Session {
        compte,
        origine: lu.etablissement,
        ouverte_le: now,
        expire_le: now.checked_add(DUREE).map_err(|error| Erreur::Panne(error.to_string()))?,
        methode,
        poste,
        etablissement: premier.as_ref().map(|(etablissement, _)| *etablissement),
        unites: premier.map(|(_, unites)| unites).unwrap_or_default(),
        fermee_le: None,
    };
    let line = ligne(services, Nature::Acte, "session.ouverte", compte.0, session.etablissement.map(Uuid::from));
    let mut batch = Batch::default();
    batch.create(id_de(&jeton), compte.0, now, &session)?;
    services.store.commit(batch.with_line(line)).await?;
    Ok(jeton)
}

/// A person for whom the process itself asks a page, already proved by another door (a tablet's signature).
///
/// Put in the extensions of a request made inside the process: no request from the network carries one.
#[derive(Debug, Clone)]
pub struct Incarne {
    /// Who.
    pub compte: CompteId,
    /// The device.
    pub poste: Option<PosteId>,
    /// The establishment worked in.
    pub etablissement: Option<EtablissementId>,
    /// The units chosen; empty: all those of the role.
    pub unites: Vec<UniteId>,
}

/// A person as other screens name them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personne {
    /// Name shown.
    pub nom: String,
    /// Profession in short: « AS ».
    pub metier: String,
}

/// Who an account is; `None` when it is closed.
pub async fn personne_de(services: &Services, compte: CompteId) -> Resultat<Option<Personne>> {
    let Some((_, acteur)) = services.acteur(compte).await? else { return Ok(None) };
    let now = services.clock.now();
    let profil = acteur.profils(now).first().and_then(|code| services.profils.get(code));
    Ok(Some(Personne { nom: acteur.nom.clone(), metier: profil.map(|profil| profil.court.clone()).unwrap_or_default() }))
}

/// Short name of what an account may read with these units chosen: two accounts share it when their pages show the same things.
pub async fn groupe_de_droits(services: &Services, compte: CompteId, unites: &[UniteId]) -> Resultat<String> {
    let Some((_, acteur)) = services.acteur(compte).await? else { return Err(Erreur::NonConnecte) };
    let mut roles: Vec<String> = acteur
        .actives(services.clock.now())
        .map(|role| format!("{}|{:?}|{:?}", role.profil, role.etablissement, role.unites))
        .collect();
    roles.sort_unstable();
    let texte = format!("{roles:?}|{unites:?}|{:?}", acteur.bris);
    let digest = ring::digest::digest(&ring::digest::SHA256, texte.as_bytes());
    Ok(URL_SAFE_NO_PAD.encode(digest.as_ref().get(..9).unwrap_or_default()))
}

/// The page session of a request, if it holds a live one.
pub async fn session_de(services: &Services, headers: &HeaderMap) -> Resultat<Option<Session>> {
    Ok(trouver(services, headers).await?.map(|trouvee| trouvee.session.value))
}

/// Closes the page session of a request, if it holds one.
pub async fn fermer_session(services: &Services, headers: &HeaderMap) -> Resultat<()> {
    let Some(trouvee) = trouver(services, headers).await? else { return Ok(()) };
    let now = services.clock.now();
    changer(services, &trouvee, "session.fermee", |session| session.fermee_le = Some(now)).await
}

/// The header which sets the cookie of a page session; an empty token removes it.
pub fn cookie_de_session(services: &Services, jeton: &str) -> Option<HeaderValue> {
    entete(services, jeton)
}

/// Writes the next version of a session: another unit, or its end.
pub(crate) async fn changer(
    services: &Services,
    trouvee: &SessionTrouvee,
    verbe: &str,
    change: impl FnOnce(&mut Session),
) -> Resultat<()> {
    let now = services.clock.now();
    let mut session = trouvee.session.value.clone();
    change(&mut session);
    let line = ligne(services, Nature::Acte, verbe, session.compte.0, session.etablissement.map(Uuid::from));
    let mut batch = Batch::default();
    batch.update(&trouvee.session, session.compte.0, now, &session)?;
    services.store.commit(batch.with_line(line)).await?;
    Ok(())
}
