//! Sealed by chunks: AES-256-GCM, each bound to its rank and to being the last, so that nothing is cut, moved or added unseen.
//!
//! `grappe-scelle/1\n`, then chunks: length (four bytes, big-endian) of what follows, nonce (12 bytes), ciphertext and tag. The
//! additional data of a chunk is `grappe-archive/` + rank + `/` + `0` or, for the last one, `1`.

use std::io::{self, Read, Write};

use store::Vault;

/// First bytes of a sealed archive.
pub(crate) const MARQUE: &[u8] = b"grappe-scelle/1\n";
/// Clear bytes of a chunk.
const MORCEAU: usize = 1 << 20;

fn etiquette(rang: u64, dernier: bool) -> Vec<u8> {
    format!("grappe-archive/{rang}/{}", u8::from(dernier)).into_bytes()
}

/// Seals what is written to it.
pub(crate) struct Scelleur<W> {
    sortie: W,
    coffre: Vault,
    attente: Vec<u8>,
    rang: u64,
}

impl<W: Write> Scelleur<W> {
    pub(crate) fn new(mut sortie: W, coffre: Vault) -> io::Result<Self> {
        sortie.write_all(MARQUE)?;
        Ok(Self { sortie, coffre, attente: Vec::with_capacity(MORCEAU), rang: 0 })
    }

    fn morceau(&mut self, clair: &[u8], dernier: bool) -> io::Result<()> {
        let scelle = self.coffre.encrypt(&etiquette(self.rang, dernier), clair).map_err(io::Error::other)?;
        self.rang += 1;
        self.sortie.write_all(&u32::try_from(scelle.len()).map_err(io::Error::other)?.to_be_bytes())?;
        self.sortie.write_all(&scelle)
    }

    /// Seals the last chunk; without it the archive is cut short.
    pub(crate) fn finir(mut self) -> io::Result<W> {
        let reste = std::mem::take(&mut self.attente);
        self.morceau(&reste, true)?;
        self.sortie.flush()?;
        Ok(self.sortie)
    }
}

impl<W: Write> Write for Scelleur<W> {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        let place = MORCEAU - self.attente.len();
        let (pris, _) = octets.split_at(octets.len().min(place));
        self.attente.extend_from_slice(pris);
        if self.attente.len() == MORCEAU {
            let plein = std::mem::replace(&mut self.attente, Vec::with_capacity(MORCEAU));
            self.morceau(&plein, false)?;
        }
        Ok(pris.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Opens what a [`Scelleur`] wrote.
pub(crate) struct Ouvreur<R> {
    entree: R,
    coffre: Vault,
    clair: io::Cursor<Vec<u8>>,
    rang: u64,
    fini: bool,
}

impl<R: Read> Ouvreur<R> {
    /// The mark was read already.
    pub(crate) fn new(entree: R, coffre: Vault) -> Self {
        Self { entree, coffre, clair: io::Cursor::default(), rang: 0, fini: false }
    }

    fn suivant(&mut self) -> io::Result<()> {
        let mut longueur = [0; 4];
        self.entree.read_exact(&mut longueur).map_err(|_| abime("l'archive est tronquée"))?;
        let longueur = usize::try_from(u32::from_be_bytes(longueur)).map_err(io::Error::other)?;
        if longueur > MORCEAU + 64 {
            return Err(abime("l'archive est abîmée"));
        }
        let mut scelle = vec![0; longueur];
        self.entree.read_exact(&mut scelle).map_err(|_| abime("l'archive est tronquée"))?;
        let ouvert = |dernier| self.coffre.decrypt(&etiquette(self.rang, dernier), &scelle);
        let (clair, fini) = match ouvert(false) {
            Ok(clair) => (clair, false),
            Err(_) => (ouvert(true).map_err(|_| abime("l'archive est abîmée, ou cette clé n'est pas la sienne"))?, true),
        };
        if fini && self.entree.read(&mut [0])? != 0 {
            return Err(abime("l'archive contient autre chose après sa fin"));
        }
        (self.rang, self.fini) = (self.rang + 1, fini);
        self.clair = io::Cursor::new(clair);
        Ok(())
    }
}

pub(crate) fn abime(quoi: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, quoi.to_owned())
}

impl<R: Read> Read for Ouvreur<R> {
    fn read(&mut self, tampon: &mut [u8]) -> io::Result<usize> {
        loop {
            let lus = self.clair.read(tampon)?;
            if lus > 0 || tampon.is_empty() || self.fini {
                return Ok(lus);
            }
            self.suivant()?;
        }
    }
}
