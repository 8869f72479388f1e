//! Listeners: one address a correspondent.

use std::future::Future;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use documents::FICHIER_MAX;
use mllp::tls::{Clients, Identity};
use mllp::{Limits, Settings, TlsError, serve};
use platform::Services;
use tokio::net::TcpListener;

use crate::sas::Sas;

/// Files of a secured listener, in PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tls {
    /// Certificate, then the authorities above it.
    pub certificat: PathBuf,
    /// Its private key.
    pub cle: PathBuf,
    /// Authorities of the correspondents; without it, no certificate is asked from them.
    pub clients: Option<PathBuf>,
    /// Revocation lists of these authorities.
    pub revocations: Option<PathBuf>,
}

/// Where a correspondent sends its messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reglages {
    /// Address listened on.
    pub adresse: SocketAddr,
    /// Who sends there, as screens name it: the hospital.
    pub correspondant: String,
    /// FINESS number of the house the messages are for; absent: the whole grappe.
    pub finess: Option<String>,
    /// Absent: plain TCP, for a private network or a tunnel.
    pub tls: Option<Tls>,
}

/// Why a listener does not start.
#[derive(Debug, thiserror::Error)]
pub enum ErreurEcoute {
    /// The address is taken or not ours.
    #[error(
        "L'adresse {0} ne peut pas être écoutée : {1}. Choisissez-en une autre dans « mllp », ou arrêtez le programme qui l'occupe."
    )]
    Adresse(SocketAddr, std::io::Error),
    /// A file is absent or not readable.
    #[error("Le fichier {0} de « mllp » ne peut pas être lu : {1}.")]
    Fichier(PathBuf, std::io::Error),
    /// Certificate, key or authorities cannot be used.
    #[error("Les certificats de « mllp » ne peuvent pas être utilisés : {0}.")]
    Certificats(#[from] TlsError),
}

/// A listener which holds its address.
pub struct Ecoute {
    listener: TcpListener,
    adresse: SocketAddr,
    settings: Settings,
    sas: Arc<Sas>,
}

impl std::fmt::Debug for Ecoute {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Ecoute({})", self.adresse)
    }
}

impl Ecoute {
    /// Takes the address and reads the certificates; nothing is received yet.
    ///
    /// # Errors
    /// [`ErreurEcoute`].
    pub async fn ouvrir(services: &Arc<Services>, reglages: &Reglages) -> Result<Self, ErreurEcoute> {
        let tls = match &reglages.tls {
            Some(tls) => Some(secure(tls).await?),
            None => None,
        };
        let erreur = |erreur| ErreurEcoute::Adresse(reglages.adresse, erreur);
        let listener = TcpListener::bind(reglages.adresse).await.map_err(erreur)?;
        let adresse = listener.local_addr().map_err(erreur)?;
        if tls.is_none() && !adresse.ip().is_loopback() {
            tracing::warn!(%adresse, "this MLLP listener has no TLS: only a private network or a tunnel may lead to it");
        }
        let settings = Settings { limits: Limits { max_message: FICHIER_MAX, ..Limits::default() }, tls };
        let (correspondant, finess) = (reglages.correspondant.clone(), reglages.finess.clone());
        Ok(Self { listener, adresse, settings, sas: Arc::new(Sas { services: Arc::clone(services), correspondant, finess }) })
    }

    /// The address held; its port is the real one when 0 was asked.
    pub fn adresse(&self) -> SocketAddr {
        self.adresse
    }

    /// Who sends there.
    pub fn correspondant(&self) -> &str {
        &self.sas.correspondant
    }

    /// Receives until `stop` ends; messages begun are then kept and acknowledged.
    pub async fn servir(self, stop: impl Future<Output = ()>) {
        serve(self.listener, self.settings, self.sas, stop).await;
    }
}

/// Opens a listener and receives until `stop` ends.
///
/// # Errors
/// [`ErreurEcoute`] when it cannot start.
pub async fn ecouter(services: &Arc<Services>, reglages: &Reglages, stop: impl Future<Output = ()>) -> Result<(), ErreurEcoute> {
    Ecoute::ouvrir(services, reglages).await?.servir(stop).await;
    Ok(())
}

async fn lire(chemin: &Path) -> Result<Vec<u8>, ErreurEcoute> {
    tokio::fs::read(chemin).await.map_err(|erreur| ErreurEcoute::Fichier(chemin.to_owned(), erreur))
}

async fn lire_si(chemin: Option<&PathBuf>) -> Result<Option<Vec<u8>>, ErreurEcoute> {
    match chemin {
        Some(chemin) => lire(chemin).await.map(Some),
        None => Ok(None),
    }
}

async fn secure(tls: &Tls) -> Result<Arc<rustls::ServerConfig>, ErreurEcoute> {
    let (chain, key) = (lire(&tls.certificat).await?, lire(&tls.cle).await?);
    let (authorities, revocations) = (lire_si(tls.clients.as_ref()).await?, lire_si(tls.revocations.as_ref()).await?);
    let clients = authorities.as_deref().map(|authorities| Clients { authorities, revocations: revocations.as_deref() });
    Ok(mllp::tls::server(Identity { chain: &chain, key: &key }, clients)?)
}
