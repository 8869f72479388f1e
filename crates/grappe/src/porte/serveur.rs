//! The side of the service: one task a command, whoever runs it being the owner of the service or root.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use platform::Services;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::Semaphore;

use super::trame::{Appel, Demande, Reponse, envoyer, lire};
use super::{Chemin, travaux};

/// Commands at the same time.
const ENSEMBLE: usize = 4;
/// A command which says nothing for so long has gone.
const SILENCE: Duration = Duration::from_mins(1);

/// The open door; closed and removed when dropped.
#[derive(Debug)]
pub struct Porte {
    chemin: PathBuf,
    accueil: tokio::task::JoinHandle<()>,
}

impl Drop for Porte {
    fn drop(&mut self) {
        self.accueil.abort();
        let _ = std::fs::remove_file(&self.chemin);
    }
}

impl Porte {
    /// Opens the door. Only the process which holds the database calls it, so that a socket found there is one left by
    /// a crash.
    ///
    /// # Errors
    /// When the folder does not take a socket.
    pub fn ouvrir(chemin: &Path, services: Arc<Services>) -> std::io::Result<Self> {
        match std::fs::remove_file(chemin) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let ecoute = UnixListener::bind(&Chemin::vers(chemin)?.court)?;
        std::fs::set_permissions(chemin, std::fs::Permissions::from_mode(0o600))?;
        let proprietaire = std::fs::metadata(chemin)?.uid();
        let accueil = tokio::spawn(accueillir(ecoute, proprietaire, services));
        Ok(Self { chemin: chemin.to_owned(), accueil })
    }
}

async fn accueillir(ecoute: UnixListener, proprietaire: u32, services: Arc<Services>) {
    let places = Arc::new(Semaphore::new(ENSEMBLE));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let flux = match ecoute.accept().await {
            Ok((flux, _)) => flux,
            Err(error) => {
                tracing::warn!(%error, "the control door could not take a command");
                tokio::time::sleep(Duration::from_secs(1)).await;
                continue;
            }
        };
        // The mode of the file is set just after it is made: who comes in between is told apart here.
        if !flux.peer_cred().is_ok_and(|pair| pair.uid() == proprietaire || pair.uid() == 0) {
            tracing::warn!("another user knocked at the control door");
            continue;
        }
        let services = Arc::clone(&services);
        tokio::spawn(async move {
            if let Err(error) = servir(flux, &services).await {
                tracing::warn!(%error, "a command of the control door was cut");
            }
            drop(place);
        });
    }
}

async fn servir(mut flux: UnixStream, services: &Arc<Services>) -> std::io::Result<()> {
    loop {
        let lu = tokio::time::timeout(SILENCE, lire::<_, serde_json::Value>(&mut flux)).await;
        let Some((appel, octets)) = lu.map_err(|_| std::io::ErrorKind::TimedOut)?? else { return Ok(()) };
        match serde_json::from_value::<Appel>(appel) {
            Ok(Appel { version, demande }) if version == env!("CARGO_PKG_VERSION") => {
                repondre(&mut flux, services, demande, octets).await?;
            }
            _ => {
                let phrase = format!(
                    "Le service qui tourne est à la version {}, pas cette commande. Prenez le même programme, ou redémarrez le service.",
                    env!("CARGO_PKG_VERSION")
                );
                envoyer(&mut flux, &Reponse::Echec { phrase }, &[]).await?;
            }
        }
    }
}

async fn repondre(flux: &mut UnixStream, services: &Arc<Services>, demande: Demande, octets: Vec<u8>) -> std::io::Result<()> {
    let reponse = match demande {
        Demande::Recevoir { nom, expediteur } => Reponse::Recu(travaux::recevoir(services, &expediteur, &nom, &octets).await),
        Demande::Classeurs => classeurs(flux, services).await?,
        Demande::Administrateur { identifiant, nom, grappe } => {
            match travaux::administrateur(&services.store, &identifiant, &nom, &grappe).await {
                Ok(mot_de_passe) => Reponse::Compte { mot_de_passe },
                Err(phrase) => Reponse::Echec { phrase },
            }
        }
        Demande::OuvrirApplication { ouverture } => match travaux::ouvrir_application(services, &ouverture).await {
            Ok(identifiant) => Reponse::Application { identifiant },
            Err(phrase) => Reponse::Echec { phrase },
        },
        Demande::RetirerApplication { compte, motif } => match travaux::retirer_application(services, &compte, &motif).await {
            Ok(()) => Reponse::Fin,
            Err(phrase) => Reponse::Echec { phrase },
        },
    };
    envoyer(flux, &reponse, &[]).await
}

/// Sends each binder as soon as it is drawn; a command which has gone stops the work.
async fn classeurs(flux: &mut UnixStream, services: &Arc<Services>) -> std::io::Result<Reponse> {
    let unites = match secours::unites(services).await {
        Ok(unites) => unites,
        Err(erreur) => return Ok(Reponse::Echec { phrase: travaux::phrase(&erreur) }),
    };
    for unite in unites {
        match secours::tirer_un(services, &unite).await {
            Ok(classeur) => {
                let chemin = classeur.chemin.to_string_lossy().into_owned();
                envoyer(flux, &Reponse::Classeur { chemin }, &classeur.pdf).await?;
            }
            Err(erreur) => {
                let phrase = format!("{} : {}", unite.nom, travaux::phrase(&erreur));
                envoyer(flux, &Reponse::SansClasseur { phrase }, &[]).await?;
            }
        }
    }
    Ok(Reponse::Fin)
}
