//! Out of a base, into an archive.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use jiff::Timestamp;
use serde::Serialize;
use store::{Piece, Store, Vault};

use super::manifeste::{FORMAT, Manifeste, Membre, sha256};
use super::sceau::Scelleur;
use super::{DOSSIERS, INSTALLATION, LISEZMOI, MANIFESTE, MEMBRE_MAX, SECRETS};

/// What an export made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bilan {
    /// The manifest.
    pub manifeste: Manifeste,
}

/// How an archive is written.
pub struct Ecriture<'a> {
    /// Seals it; `None` writes a plain tar without the installation's secrets.
    pub coffre: Option<Vault>,
    /// Data folder, whose secrets go with a sealed archive.
    pub data: &'a Path,
    /// The hour it is made.
    pub le: Timestamp,
    /// Hears how many elements were written so far.
    pub progres: &'a (dyn Fn(u64) + Send + Sync),
}

/// Where members go: the file itself, sealed or not. Nowhere, when only the hashes are asked.
enum Sortie {
    Clair(BufWriter<File>),
    Scelle(Box<Scelleur<BufWriter<File>>>),
    Nulle,
}

impl Write for Sortie {
    fn write(&mut self, octets: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Clair(sortie) => sortie.write(octets),
            Self::Scelle(sortie) => sortie.write(octets),
            Self::Nulle => Ok(octets.len()),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Self::Clair(sortie) => sortie.flush(),
            Self::Scelle(sortie) => sortie.flush(),
            Self::Nulle => Ok(()),
        }
    }
}

/// Exports a base to a file; `fichier` absent computes the hashes only.
///
/// # Errors
/// When the base moves meanwhile, or the file cannot be written.
pub async fn exporter(store: &Store, fichier: Option<&Path>, ecriture: Ecriture<'_>) -> anyhow::Result<Bilan> {
    let scelle = ecriture.coffre.is_some();
    let sortie = match (fichier, ecriture.coffre) {
        (None, _) => Sortie::Nulle,
        (Some(chemin), coffre) => {
            let fichier = File::create_new(chemin).with_context(|| format!("création de {}", chemin.display()))?;
            let fichier = BufWriter::with_capacity(1 << 18, fichier);
            match coffre {
                None => Sortie::Clair(fichier),
                Some(coffre) => Sortie::Scelle(Box::new(Scelleur::new(fichier, coffre)?)),
            }
        }
    };
    let mut archive =
        Archive { tar: tar::Builder::new(sortie), membres: Vec::new(), en_cours: None, elements: 0, le: ecriture.le };
    archive.membre(LISEZMOI, explication().as_bytes(), 1)?;
    let progres = ecriture.progres;
    store::export(store, &mut |piece| {
        archive.prendre(piece).map_err(|erreur| store::Error::Backend(format!("{erreur:#}")))?;
        progres(archive.elements);
        Ok(())
    })
    .await?;
    archive.vider()?;
    if scelle {
        for nom in SECRETS {
            if let Ok(octets) = std::fs::read(ecriture.data.join(nom)) {
                archive.membre(&format!("{INSTALLATION}/{nom}"), &octets, 1)?;
            }
        }
    }
    archive.finir()
}

/// The member being filled: folder, part, lines.
struct EnCours {
    dossier: &'static str,
    part: u32,
    lignes: Vec<u8>,
    elements: u64,
}

struct Archive {
    tar: tar::Builder<Sortie>,
    membres: Vec<Membre>,
    en_cours: Option<EnCours>,
    elements: u64,
    le: Timestamp,
}

impl Archive {
    fn prendre(&mut self, piece: Piece) -> anyhow::Result<()> {
        self.elements += 1;
        match piece {
            Piece::Former(piece) => self.ligne("history", &piece),
            Piece::Present(piece) => self.ligne("records", &piece),
            Piece::Claim(piece) => self.ligne("claims", &piece),
            Piece::Line(piece) => self.ligne("journal", &piece),
            Piece::Head(piece) => self.ligne("heads", &piece),
            Piece::Message(piece) => self.ligne("messages", &piece),
            Piece::Blob(id, octets) => {
                self.vider()?;
                self.membre(&format!("blobs/{}", id.0), &octets, 1)
            }
        }
    }

    fn ligne(&mut self, dossier: &'static str, piece: &impl Serialize) -> anyhow::Result<()> {
        if self.en_cours.as_ref().is_none_or(|en_cours| en_cours.dossier != dossier) {
            self.vider()?;
            self.en_cours = Some(EnCours { dossier, part: 1, lignes: Vec::new(), elements: 0 });
        }
        let Some(en_cours) = &mut self.en_cours else { return Ok(()) };
        serde_json::to_writer(&mut en_cours.lignes, piece)?;
        en_cours.lignes.push(b'\n');
        en_cours.elements += 1;
        if en_cours.lignes.len() < MEMBRE_MAX {
            return Ok(());
        }
        let part = en_cours.part + 1;
        self.vider()?;
        self.en_cours = Some(EnCours { dossier, part, lignes: Vec::new(), elements: 0 });
        Ok(())
    }

    /// Writes the member being filled.
    fn vider(&mut self) -> anyhow::Result<()> {
        let Some(EnCours { dossier, part, lignes, elements }) = self.en_cours.take() else { return Ok(()) };
        if elements == 0 {
            return Ok(());
        }
        self.membre(&format!("{dossier}/{part:06}.ndjson"), &lignes, elements)
    }

    fn membre(&mut self, nom: &str, octets: &[u8], elements: u64) -> anyhow::Result<()> {
        self.ajouter(nom, octets)?;
        self.membres.push(Membre { nom: nom.to_owned(), sha256: sha256(octets), octets: octets.len() as u64, elements });
        Ok(())
    }

    fn ajouter(&mut self, nom: &str, octets: &[u8]) -> anyhow::Result<()> {
        let mut tete = tar::Header::new_ustar();
        tete.set_size(octets.len() as u64);
        tete.set_mode(0o600);
        tete.set_mtime(self.le.as_second().try_into().unwrap_or(0));
        tete.set_entry_type(tar::EntryType::Regular);
        self.tar.append_data(&mut tete, nom, octets)?;
        Ok(())
    }

    fn finir(mut self) -> anyhow::Result<Bilan> {
        let manifeste = Manifeste {
            format: FORMAT.into(),
            grappe: env!("CARGO_PKG_VERSION").into(),
            le: self.le.to_string(),
            empreinte: Manifeste::calculer(&self.membres),
            membres: std::mem::take(&mut self.membres),
        };
        self.ajouter(MANIFESTE, &serde_json::to_vec_pretty(&manifeste)?)?;
        let fichier = match self.tar.into_inner()? {
            Sortie::Nulle => return Ok(Bilan { manifeste }),
            Sortie::Clair(sortie) => sortie,
            Sortie::Scelle(sortie) => sortie.finir()?,
        };
        // Said to be made once it is on the disk.
        fichier.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
        Ok(Bilan { manifeste })
    }
}

fn explication() -> String {
    let membres: String = DOSSIERS.iter().fold(String::new(), |tout, (nom, quoi)| tout + &format!("  {nom}/  {quoi}\n"));
    format!(
        "Archive of a Grappe base ({FORMAT}).\n\n{membres}\nFiles *.ndjson hold one JSON object a line. A record has its plain columns; its body is JSON, as text, \
         as it was written; instants are microseconds since 1970. {MANIFESTE} names every member with its SHA-256; \
         « empreinte » is the SHA-256 of the lines « name sha256 » of the members of data, in order.\n\
         To read it in again: grappe import FILE.\n"
    )
}
