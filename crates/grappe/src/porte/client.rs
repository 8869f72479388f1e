//! The side of a command.

use std::path::Path;

use anyhow::{Context, bail};
use tokio::net::UnixStream;

use super::Chemin;
use super::trame::{Appel, Demande, Reponse, envoyer, lire};

/// A command at the door of a running service.
#[derive(Debug)]
pub(crate) struct Client(UnixStream);

impl Client {
    /// Knocks; `None` when nobody answers there.
    pub(super) async fn frapper(porte: &Path) -> anyhow::Result<Option<Self>> {
        use std::io::ErrorKind;
        let chemin = match Chemin::vers(porte) {
            Ok(chemin) => chemin,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("dossier de {}", porte.display())),
        };
        match UnixStream::connect(&chemin.court).await {
            Ok(flux) => Ok(Some(Self(flux))),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::ConnectionRefused) => Ok(None),
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                bail!("Le service tourne sous un autre compte. Lancez cette commande avec le compte du service, ou en root.")
            }
            Err(error) => Err(error).with_context(|| format!("porte locale du service, {}", porte.display())),
        }
    }

    /// Asks.
    pub(super) async fn demander(&mut self, demande: Demande, octets: &[u8]) -> anyhow::Result<()> {
        let appel = Appel { version: env!("CARGO_PKG_VERSION").to_owned(), demande };
        envoyer(&mut self.0, &appel, octets).await.context(COUPEE)
    }

    /// The next answer and its bytes; a failure is told in the words of the service.
    pub(super) async fn reponse(&mut self) -> anyhow::Result<(Reponse, Vec<u8>)> {
        match lire::<_, Reponse>(&mut self.0).await.context(COUPEE)? {
            Some((Reponse::Echec { phrase }, _)) => bail!(phrase),
            Some(lue) => Ok(lue),
            None => bail!(COUPEE),
        }
    }
}

const COUPEE: &str = "Le service s'est arrêté avant d'avoir répondu. Ce qu'il avait annoncé est gardé ; recommencez le reste.";
