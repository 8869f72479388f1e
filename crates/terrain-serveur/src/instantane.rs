//! `GET /api/terrain/instantane`: the server's own pages, as the person would read them, cut into fragments for the tablet.
//!
//! Pages are answered inside the process by the modules' routes, through the gate and its journal: what a tablet holds is exactly
//! what its holder may read. After the first reading only what changed is sent.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use kernel::id::UniteId;
use platform::Services;
use platform::web::{self, Incarne};
use serde_json::{Value, json};
use store::Stored;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tower::ServiceExt;
use uuid::Uuid;

use crate::dossier_html::decouper;
use crate::empreintes::{Donne, empreinte};
use crate::etat::Etat;
use crate::portee::{self, ResidentPorte};
use crate::records::SessionGardee;
use crate::requete::{self, Ecart};

/// Pages every person may hold, with their compartment; those her rights do not open are left out.
const PAGES: &[(&str, &str)] = &[
    ("/accueil", "perso"),
    ("/tour/soins", "soins"),
    ("/tour/nuit", "soins"),
    ("/releve", "soins"),
    ("/transmissions", "soins"),
    ("/transmissions/nouvelle", "vie"),
    ("/constantes", "soins"),
    ("/residents", "vie"),
    ("/urgence", "vie"),
];
/// Pages of each resident, after `/residents/{id}`.
const PAGES_RESIDENT: &[(&str, &str)] = &[
    ("", "soins"),
    ("/soins", "soins"),
    ("/transmissions", "soins"),
    ("/constantes", "soins"),
    ("/constantes/saisir", "soins"),
    ("/vie", "vie"),
    ("/urgence", "soins"),
];
/// Largest page copied (bytes).
const PAGE_MAX: usize = 4 * 1024 * 1024;

/// One reading of a tablet.
struct Lecture {
    etat: Arc<Etat>,
    services: Arc<Services>,
    session: Uuid,
    qui: Incarne,
    sortie: mpsc::Sender<Result<Bytes, Infallible>>,
    avant: Option<Donne>,
    cles: HashMap<String, u64>,
}

pub(crate) async fn lire(etat: Arc<Etat>, services: Arc<Services>, request: Request) -> Result<Response, Ecart> {
    let signee = requete::lire(&etat, &services, request).await?;
    let session = signee.personne(&etat, &services).await?;
    let unites = unites(&services, &signee.entetes, &session).await?;
    let depuis = signee.requete.split('&').find_map(|p| p.strip_prefix("depuis=")).and_then(curseur).unwrap_or_default();
    let avant = etat.empreintes.connue(session.id, &depuis, &unites);
    let qui = Incarne {
        compte: session.session.compte,
        poste: Some(signee.poste.0.id),
        etablissement: Some(session.etablissement),
        unites: unites.clone(),
    };
    let (sortie, entree) = mpsc::channel(32);
    let lecture = Lecture { etat, services, session: session.id, qui, sortie, avant, cles: HashMap::new() };
    tokio::spawn(async move {
        if let Err(Arret(raison)) = lecture.executer().await {
            tracing::warn!(raison, "a tablet did not receive its whole copy");
        }
    });
    let mut reponse = Response::new(Body::from_stream(ReceiverStream::new(entree)));
    reponse.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson; charset=utf-8"));
    Ok(reponse)
}

/// The units the person chose on her page, else those of her login.
async fn unites(services: &Services, entetes: &http::HeaderMap, session: &Stored<SessionGardee>) -> Result<Vec<UniteId>, Ecart> {
    let page = web::session_de(services, entetes).await?;
    let choisies = page.filter(|page| page.compte == session.session.compte).map(|page| page.unites);
    Ok(choisies.unwrap_or_else(|| session.unites.clone()))
}

/// The cursor of the `depuis` parameter: `soins:x,vie:x,perso:x`, one value for all.
fn curseur(texte: &str) -> Option<String> {
    let texte = texte.replace("%3A", ":").replace("%2C", ",");
    let mut valeurs: Vec<&str> = texte.split(',').filter_map(|paire| paire.split_once(':').map(|(_, v)| v)).collect();
    valeurs.dedup();
    match valeurs.as_slice() {
        [seule] => Some((*seule).to_owned()),
        _ => None,
    }
}

/// Why a copy stops in the middle: the tablet asks again.
struct Arret(&'static str);

impl Lecture {
    async fn executer(mut self) -> Result<(), Arret> {
        let residents = self.residents().await?;
        // Read before the pages: what is written during the reading is read again by the next one.
        let tetes: HashMap<Uuid, u64> =
            residents.iter().map(|qui| (qui.id, self.services.store.signals().head(&qui.id.to_string()))).collect();
        let complet = self.avant.is_none();
        let total = PAGES.len() + residents.len() * (PAGES_RESIDENT.len() + 1);
        self.dire(&json!({ "t": "debut", "complet": complet, "compartiments": ["vie", "soins", "perso"], "total": total }))
            .await?;
        for (adresse, compartiment) in PAGES {
            self.page(adresse, compartiment).await?;
        }
        for (rang, resident) in residents.iter().enumerate() {
            self.resident(rang, resident, tetes.get(&resident.id)).await?;
        }
        self.retirer().await?;
        let curseur = self.services.clock.fresh_id().simple().to_string();
        let a = self.services.clock.now();
        let unites = self.qui.unites.clone();
        let donne = Donne { curseur: curseur.clone(), unites, cles: std::mem::take(&mut self.cles), tetes };
        self.etat.empreintes.noter(self.session, donne);
        self.dire(&json!({ "t": "fin", "curseurs": { "vie": curseur, "soins": curseur, "perso": curseur }, "a": a })).await
    }

    async fn residents(&self) -> Result<Vec<ResidentPorte>, Arret> {
        match self.demander(portee::ADRESSE).await? {
            Some(texte) => serde_json::from_str(&texte).map_err(|_| Arret("scope")),
            None => Ok(Vec::new()),
        }
    }

    async fn resident(&mut self, rang: usize, qui: &ResidentPorte, tete: Option<&u64>) -> Result<(), Arret> {
        let adresse = format!("/residents/{}", qui.id);
        let ordre = format!("{rang:05}");
        let donnees = json!({ "id": qui.id, "nom": qui.nom, "chambre": qui.chambre });
        let ligne = json!({ "t": "d", "c": "vie", "cle": format!("resident/{}", qui.id), "ordre": ordre, "d": donnees });
        self.donner(format!("resident/{}", qui.id), ligne).await?;
        let immobile = tete.is_some() && self.avant.as_ref().is_some_and(|avant| avant.tetes.get(&qui.id) == tete);
        if immobile && self.garder(&adresse) {
            return Ok(());
        }
        for (suffixe, compartiment) in PAGES_RESIDENT {
            self.page(&format!("{adresse}{suffixe}"), compartiment).await?;
        }
        Ok(())
    }

    /// Keeps what the tablet already holds of a resident; false when it holds nothing.
    fn garder(&mut self, adresse: &str) -> bool {
        let Some(avant) = &self.avant else { return false };
        let prefixe = format!("page:{adresse}");
        let tenues: Vec<(String, u64)> =
            avant.cles.iter().filter(|(cle, _)| cle.starts_with(&prefixe)).map(|(cle, e)| (cle.clone(), *e)).collect();
        let tient = !tenues.is_empty();
        self.cles.extend(tenues);
        tient
    }

    async fn page(&mut self, adresse: &str, compartiment: &str) -> Result<(), Arret> {
        let Some(decoupe) = self.demander(adresse).await?.as_deref().and_then(decouper) else { return Ok(()) };
        let cle = format!("page:{adresse}");
        self.donner(cle.clone(), json!({ "t": "f", "c": compartiment, "cle": cle, "html": decoupe.page })).await?;
        for (rang, (cle, html)) in decoupe.fragments.into_iter().enumerate() {
            let ligne = json!({ "t": "f", "c": compartiment, "cle": cle, "ordre": format!("{rang:05}"), "html": html });
            self.donner(cle, ligne).await?;
        }
        Ok(())
    }

    /// Sends a record when the tablet does not hold it as it is.
    async fn donner(&mut self, cle: String, mut ligne: Value) -> Result<(), Arret> {
        let e = empreinte(&ligne.to_string());
        let inchangee = self.avant.as_ref().and_then(|avant| avant.cles.get(&cle)) == Some(&e);
        self.cles.insert(cle, e);
        if inchangee {
            return Ok(());
        }
        if let Some(objet) = ligne.as_object_mut() {
            objet.insert("a".into(), self.services.clock.now().to_string().into());
            objet.insert("v".into(), format!("{e:x}").into());
        }
        self.dire(&ligne).await
    }

    /// Tells what the tablet holds and should not any more.
    async fn retirer(&self) -> Result<(), Arret> {
        let Some(avant) = &self.avant else { return Ok(()) };
        for cle in avant.cles.keys().filter(|cle| !self.cles.contains_key(*cle)) {
            for c in ["vie", "soins", "perso"] {
                self.dire(&json!({ "t": "x", "c": c, "cle": cle })).await?;
            }
        }
        Ok(())
    }

    async fn dire(&self, valeur: &Value) -> Result<(), Arret> {
        let ligne = Bytes::from(format!("{valeur}\n"));
        self.sortie.send(Ok(ligne)).await.map_err(|_| Arret("gone"))
    }

    /// Asks a page of the product as the person; `None` when her rights do not open it or it does not exist.
    async fn demander(&self, adresse: &str) -> Result<Option<String>, Arret> {
        let Some(routeur) = self.etat.interieur.get() else { return Ok(None) };
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = adresse.parse().map_err(|_| Arret("address"))?;
        request.extensions_mut().insert(self.qui.clone());
        let reponse = routeur.clone().oneshot(request).await.map_err(|_| Arret("page"))?;
        if reponse.status() == StatusCode::OK {
            let octets = to_bytes(reponse.into_body(), PAGE_MAX).await.map_err(|_| Arret("page"))?;
            return String::from_utf8(octets.to_vec()).map(Some).map_err(|_| Arret("page"));
        }
        if reponse.status().is_server_error() { Err(Arret("page failed")) } else { Ok(None) }
    }
}
