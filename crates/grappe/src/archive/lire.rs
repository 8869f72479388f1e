//! Into an empty base, from an archive which was checked whole before anything is written.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use anyhow::{Context, bail, ensure};
use serde::de::DeserializeOwned;
use store::{BlobId, MasterKey, Piece, Target, Vault};
use tokio::sync::mpsc;

use super::manifeste::{FORMAT, Manifeste, Membre, sha256};
use super::mots::mots;
use super::sceau::{MARQUE, Ouvreur, abime};
use super::{INSTALLATION, LISEZMOI, MANIFESTE, MEMBRE_MAX, SECRETS};

/// A document, or a member of lines: what is held in memory at most.
const OCTETS_MAX: u64 = 256 << 20;
/// The manifest: a line a member.
const MANIFESTE_MAX: u64 = 1 << 30;
/// Pages on their way to the base.
const AVANCE: usize = 2;

/// Opens the archive: plain, or sealed with this key.
fn ouvrir(chemin: &Path, cle: Option<&[u8; 32]>) -> anyhow::Result<Box<dyn Read + Send>> {
    let lecture = || format!("lecture de {}", chemin.display());
    let mut fichier = BufReader::with_capacity(1 << 18, File::open(chemin).with_context(lecture)?);
    let mut debut = [0; 16];
    fichier.read_exact(&mut debut).context("Ce fichier n'est pas une archive de Grappe.")?;
    if debut == *MARQUE {
        let Some(cle) = cle else { bail!("Cette archive est scellée : donnez sa clé avec --cle.") };
        return Ok(Box::new(Ouvreur::new(fichier, Vault::with_key(cle)?)));
    }
    Ok(Box::new(std::io::Cursor::new(debut).chain(fichier)))
}

/// Reads the members one by one; `prendre` gets the name and the bytes of each but the manifest, which is given back.
fn parcourir(
    entree: Box<dyn Read + Send>,
    prendre: &mut dyn FnMut(&str, Vec<u8>) -> anyhow::Result<()>,
) -> anyhow::Result<Manifeste> {
    let mut archive = tar::Archive::new(entree);
    let mut manifeste: Option<Manifeste> = None;
    for membre in archive.entries()? {
        let mut membre = membre?;
        let nom = membre.path()?.to_str().context("un nom de l'archive n'est pas du texte")?.to_owned();
        ensure!(manifeste.is_none(), "L'archive contient autre chose après son manifeste.");
        let borne = if nom == MANIFESTE { MANIFESTE_MAX } else { OCTETS_MAX };
        ensure!(membre.size() <= borne, "L'élément {nom} de l'archive est trop gros.");
        let mut octets = Vec::new();
        membre.read_to_end(&mut octets)?;
        if nom == MANIFESTE {
            manifeste = Some(serde_json::from_slice(&octets).context("Le manifeste de l'archive ne se lit pas.")?);
        } else {
            prendre(&nom, octets)?;
        }
    }
    // To the very end: a sealed archive proves there that nothing is missing.
    std::io::copy(&mut archive.into_inner(), &mut std::io::sink())?;
    manifeste.context("L'archive est tronquée : son manifeste manque.")
}

/// Checks an archive whole: seals, hashes, completeness. Gives its manifest.
///
/// # Errors
/// The first thing which is not as the manifest says.
pub fn controler(chemin: &Path, cle: Option<&[u8; 32]>) -> anyhow::Result<Manifeste> {
    let mut lus: Vec<Membre> = Vec::new();
    let mut noms = HashSet::new();
    let manifeste = parcourir(ouvrir(chemin, cle)?, &mut |nom, octets| {
        ensure!(noms.insert(nom.to_owned()), "L'élément {nom} est deux fois dans l'archive.");
        let mut elements = 0;
        if en_pieces(nom) {
            pieces(nom, &octets, &mut |_| {
                elements += 1;
                Ok(())
            })?;
        }
        let elements = if nom == LISEZMOI || nom.starts_with(INSTALLATION) { 1 } else { elements };
        lus.push(Membre { nom: nom.to_owned(), sha256: sha256(&octets), octets: octets.len() as u64, elements });
        Ok(())
    })?;
    ensure!(manifeste.format == FORMAT, "Cette archive est d'un autre format ({}).", manifeste.format);
    ensure!(manifeste.membres == lus, "L'archive n'est pas ce que dit son manifeste : elle est abîmée ou incomplète.");
    ensure!(manifeste.empreinte == Manifeste::calculer(&lus), "L'empreinte de l'archive est fausse.");
    Ok(manifeste)
}

fn en_pieces(nom: &str) -> bool {
    nom != LISEZMOI && !nom.starts_with(&format!("{INSTALLATION}/"))
}

fn lignes<T: DeserializeOwned>(octets: &[u8], prendre: &mut dyn FnMut(T) -> anyhow::Result<()>) -> anyhow::Result<()> {
    for ligne in octets.split(|octet| *octet == b'\n').filter(|ligne| !ligne.is_empty()) {
        prendre(serde_json::from_slice(ligne).context("Une ligne de l'archive ne se lit pas.")?)?;
    }
    Ok(())
}

/// The pieces of a member.
fn pieces(nom: &str, octets: &[u8], prendre: &mut dyn FnMut(Piece) -> anyhow::Result<()>) -> anyhow::Result<()> {
    match nom.split_once('/').unwrap_or((nom, "")) {
        ("history", _) => lignes(octets, &mut |piece| prendre(Piece::Former(piece))),
        ("records", _) => lignes(octets, &mut |piece| prendre(Piece::Present(piece))),
        ("claims", _) => lignes(octets, &mut |piece| prendre(Piece::Claim(piece))),
        ("journal", _) => lignes(octets, &mut |piece| prendre(Piece::Line(piece))),
        ("heads", _) => lignes(octets, &mut |piece| prendre(Piece::Head(piece))),
        ("messages", _) => lignes(octets, &mut |piece| prendre(Piece::Message(piece))),
        ("blobs", id) => {
            ensure!(sha256(octets) == id, "Le document {id} de l'archive est abîmé.");
            prendre(Piece::Blob(BlobId(id.to_owned()), octets.to_vec()))
        }
        _ => bail!("L'archive contient un élément inconnu : {nom}."),
    }
}

/// Checks the archive whole, then loads it into the base, which must be empty: all of it, or nothing. Secrets of the
/// installation are put in the data folder when none are there.
///
/// # Errors
/// An archive which is altered or cut, a base which holds something.
pub async fn importer(
    chemin: &Path,
    cle: Option<[u8; 32]>,
    (target, master, data): (&Target, MasterKey, &Path),
    progres: impl Fn(u64) + Send + 'static,
) -> anyhow::Result<Manifeste> {
    let (fichier, dossier) = (chemin.to_owned(), data.to_owned());
    let controle = tokio::task::spawn_blocking(move || controler(&fichier, cle.as_ref()));
    let manifeste = controle.await??;
    let (envoi, pages) = mpsc::channel(AVANCE);
    let fichier = chemin.to_owned();
    let lecture = tokio::task::spawn_blocking(move || {
        if let Err(erreur) = envoyer(&fichier, cle.as_ref(), &envoi, &progres) {
            let _ = envoi.blocking_send(Err(store::Error::Refused(format!("{erreur:#}"))));
        }
    });
    let charge = store::load(target, master, mots, pages).await;
    lecture.await?;
    match charge {
        Err(store::Error::Refused(raison)) if raison == store::NOT_EMPTY => {
            bail!("La base n'est pas vide. Un import ne se mêle à rien : indiquez une base neuve.")
        }
        autre => autre?,
    }
    poser_secrets(chemin, cle, &dossier).await?;
    Ok(manifeste)
}

type Envoi = mpsc::Sender<store::Result<Vec<Piece>>>;

fn envoyer(chemin: &Path, cle: Option<&[u8; 32]>, envoi: &Envoi, progres: &impl Fn(u64)) -> anyhow::Result<()> {
    let mut total = 0;
    parcourir(ouvrir(chemin, cle)?, &mut |nom, octets| {
        if !en_pieces(nom) {
            return Ok(());
        }
        let mut page = Vec::with_capacity(octets.len().min(MEMBRE_MAX) / 512);
        pieces(nom, &octets, &mut |piece| {
            page.push(piece);
            Ok(())
        })?;
        total += page.len() as u64;
        // Nobody reads any more: the loading ended, and says why itself.
        envoi.blocking_send(Ok(page)).map_err(|_| abime("la base n'attend plus rien"))?;
        progres(total);
        Ok(())
    })
    .map(drop)
}

async fn poser_secrets(chemin: &Path, cle: Option<[u8; 32]>, data: &Path) -> anyhow::Result<()> {
    let (chemin, data) = (chemin.to_owned(), data.to_owned());
    let travail = tokio::task::spawn_blocking(move || {
        std::fs::create_dir_all(&data)?;
        parcourir(ouvrir(&chemin, cle.as_ref())?, &mut |nom, octets| {
            let secret = nom.strip_prefix("installation/").filter(|nom| SECRETS.contains(nom));
            match secret.map(|nom| data.join(nom)) {
                Some(lieu) if !lieu.exists() => {
                    ecrire_secret(&lieu, &octets).with_context(|| format!("écriture de {}", lieu.display()))
                }
                _ => Ok(()),
            }
        })
        .map(drop)
    });
    travail.await?
}

fn ecrire_secret(lieu: &Path, octets: &[u8]) -> anyhow::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut fichier = options.open(lieu)?;
    fichier.write_all(octets)?;
    Ok(fichier.sync_all()?)
}
