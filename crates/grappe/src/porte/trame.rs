//! Frames of the door: two lengths of four bytes, a JSON header, raw bytes.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{Error, ErrorKind, Result};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// Longest header.
const ENTETE_MAX: u32 = 64 * 1024;
/// Most bytes a frame carries: a received file, or the binder of a unit.
const OCTETS_MAX: u32 = 64 * 1024 * 1024;

/// What a command asks; `version` is that of its program.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Appel {
    pub(super) version: String,
    pub(super) demande: Demande,
}

/// The works of the door.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Demande {
    /// Receives the file whose bytes follow.
    Recevoir { nom: String, expediteur: String },
    /// Draws the binder of every unit.
    Classeurs,
    /// Makes the first account.
    Administrateur { identifiant: String, nom: String, grappe: String },
    /// Opens a partner application.
    OuvrirApplication { ouverture: Box<api_fhir::Ouverture> },
    /// Withdraws a partner application.
    RetirerApplication { compte: String, motif: String },
}

/// What the service answers; a demand ends with anything but a binder.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Reponse {
    Recu(super::Recu),
    /// A binder, whose bytes follow.
    Classeur {
        chemin: String,
    },
    /// A unit whose binder could not be drawn.
    SansClasseur {
        phrase: String,
    },
    Compte {
        mot_de_passe: String,
    },
    /// A partner application was opened.
    Application {
        identifiant: String,
    },
    Fin,
    Echec {
        phrase: String,
    },
}

/// Sends a frame.
pub(super) async fn envoyer<W: AsyncWrite + Unpin, T: Serialize>(flux: &mut W, entete: &T, octets: &[u8]) -> Result<()> {
    let entete = serde_json::to_vec(entete)?;
    let trop = |_| Error::new(ErrorKind::InvalidInput, "a frame is too long");
    flux.write_u32(u32::try_from(entete.len()).map_err(trop)?).await?;
    flux.write_u32(u32::try_from(octets.len()).map_err(trop)?).await?;
    flux.write_all(&entete).await?;
    flux.write_all(octets).await?;
    flux.flush().await
}

/// Reads a frame; `None` when the other side has ended.
pub(super) async fn lire<R: AsyncRead + Unpin, T: DeserializeOwned>(flux: &mut R) -> Result<Option<(T, Vec<u8>)>> {
    let entete = match flux.read_u32().await {
        Ok(longueur) => longueur,
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    };
    let octets = flux.read_u32().await?;
    if entete > ENTETE_MAX || octets > OCTETS_MAX {
        return Err(Error::new(ErrorKind::InvalidData, "a frame is too long"));
    }
    let (entete, octets) = (lire_octets(flux, entete).await?, lire_octets(flux, octets).await?);
    Ok(Some((serde_json::from_slice(&entete)?, octets)))
}

/// Reads exactly this many bytes; memory is taken as they come.
async fn lire_octets<R: AsyncRead + Unpin>(flux: &mut R, longueur: u32) -> Result<Vec<u8>> {
    let mut lus = Vec::new();
    flux.take(u64::from(longueur)).read_to_end(&mut lus).await?;
    if lus.len() == longueur as usize { Ok(lus) } else { Err(ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn frames_come_back_whole_and_bounded() {
        let mut flux = Vec::new();
        envoyer(&mut flux, &Reponse::Classeur { chemin: "a/b.pdf".into() }, b"%PDF").await.unwrap();
        let mut lecteur = flux.as_slice();
        let (reponse, octets): (Reponse, _) = lire(&mut lecteur).await.unwrap().unwrap();
        assert!(matches!(reponse, Reponse::Classeur { chemin } if chemin == "a/b.pdf") && octets == b"%PDF");
        assert!(lire::<_, Reponse>(&mut lecteur).await.unwrap().is_none());
        assert!(lire::<_, Reponse>(&mut &flux[..flux.len() - 1]).await.is_err(), "cut in the middle");
        let long = [0xff_u8; 16];
        assert!(lire::<_, Reponse>(&mut long.as_slice()).await.is_err(), "no memory is promised to a length");
    }
}
