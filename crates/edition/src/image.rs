//! Images: told by their first bytes, and laid flat on white, as PDF/A-1 knows no transparency.

use krilla::image::{BitsPerComponent, CustomImage, Image, ImageColorspace};
use png::{ColorType, Transformations};
use std::sync::Arc;

use crate::EditionError;
use crate::modele::Figure;

/// Largest image accepted, in pixels: one above is a decompression bomb.
const PIXELS_MAX: u64 = 40_000_000;

/// MIME type of `octets`, when they are a PNG or a JPEG.
pub(crate) fn type_mime(octets: &[u8]) -> Option<&'static str> {
    if octets.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if octets.starts_with(&[0xff, 0xd8, 0xff]) {
        Some("image/jpeg")
    } else {
        None
    }
}

pub(crate) fn lire(figure: &Figure) -> Result<Image, EditionError> {
    let erreur = || EditionError::Image(figure.texte_alternatif.clone());
    let image = match type_mime(&figure.image) {
        Some("image/png") => {
            let aplat = aplatir(&figure.image).ok_or_else(erreur)?;
            Image::from_custom(aplat, false).map_err(|_| erreur())?
        }
        Some(_) if !matches!(composantes_jpeg(&figure.image), Some(1 | 3)) => return Err(erreur()),
        Some(_) => Image::from_jpeg(figure.image.clone().into(), false).map_err(|_| erreur())?,
        None => return Err(erreur()),
    };
    let (l, h) = image.size();
    let pixels = u64::from(l) * u64::from(h);
    if pixels == 0 || pixels > PIXELS_MAX { Err(erreur()) } else { Ok(image) }
}

/// Number of colours of a JPEG, read in its frame header. PDF/A would ask a colour profile for the four of print.
fn composantes_jpeg(octets: &[u8]) -> Option<u8> {
    let mut i = 2;
    loop {
        let (&[debut, marque], suite) = (octets.get(i..)?.first_chunk::<2>()?, octets.get(i + 2..)?);
        match (debut, marque) {
            (0xff, 0xff) => i += 1,
            (0xff, 0xc0..=0xcf) if !matches!(marque, 0xc4 | 0xc8 | 0xcc) => {
                return suite.get(7).copied();
            }
            (0xff, _) => i += 2 + usize::from(u16::from_be_bytes(*suite.first_chunk::<2>()?)),
            _ => return None,
        }
    }
}

/// Pixels without transparency. Cheap to clone; hashed by content so that files are reproducible.
#[derive(Debug, Clone, Hash)]
pub(crate) struct Pixels {
    octets: Arc<[u8]>,
    largeur: u32,
    hauteur: u32,
    /// Levels of grey; else red, green and blue.
    gris: bool,
}

impl Pixels {
    /// A square of grey levels, `cote` pixels wide.
    pub(crate) const fn carre_gris(octets: Arc<[u8]>, cote: u32) -> Self {
        Self { octets, largeur: cote, hauteur: cote, gris: true }
    }
}

impl CustomImage for Pixels {
    fn color_channel(&self) -> &[u8] {
        &self.octets
    }

    fn alpha_channel(&self) -> Option<&[u8]> {
        None
    }

    fn bits_per_component(&self) -> BitsPerComponent {
        BitsPerComponent::Eight
    }

    fn size(&self) -> (u32, u32) {
        (self.largeur, self.hauteur)
    }

    fn icc_profile(&self) -> Option<&[u8]> {
        None
    }

    fn color_space(&self) -> ImageColorspace {
        if self.gris { ImageColorspace::Luma } else { ImageColorspace::Rgb }
    }
}

fn aplatir(octets: &[u8]) -> Option<Pixels> {
    let mut decodeur = png::Decoder::new(std::io::Cursor::new(octets));
    decodeur.set_transformations(Transformations::normalize_to_color8());
    let mut lecteur = decodeur.read_info().ok()?;
    let (largeur, hauteur) = (lecteur.info().width, lecteur.info().height);
    if u64::from(largeur) * u64::from(hauteur) > PIXELS_MAX {
        return None;
    }
    let mut tampon = vec![0; lecteur.output_buffer_size()?];
    let trame = lecteur.next_frame(&mut tampon).ok()?;
    let brut = tampon.get(..trame.buffer_size())?;
    let pixels: Vec<u8> = match trame.color_type {
        ColorType::Rgb => brut.to_vec(),
        ColorType::Rgba => brut.chunks_exact(4).flat_map(|p| [0, 1, 2].map(|i| sur_blanc(p[i], p[3]))).collect(),
        ColorType::Grayscale => brut.iter().flat_map(|&g| [g; 3]).collect(),
        ColorType::GrayscaleAlpha => brut.chunks_exact(2).flat_map(|p| [sur_blanc(p[0], p[1]); 3]).collect(),
        ColorType::Indexed => return None,
    };
    Some(Pixels { octets: pixels.into(), largeur, hauteur, gris: false })
}

fn sur_blanc(couleur: u8, alpha: u8) -> u8 {
    let melange = (u16::from(couleur) * u16::from(alpha) + 255 * (255 - u16::from(alpha))) / 255;
    u8::try_from(melange).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::{aplatir, composantes_jpeg, sur_blanc};

    #[test]
    fn transparency_becomes_white() {
        assert_eq!((sur_blanc(10, 255), sur_blanc(10, 0), sur_blanc(0, 128)), (10, 255, 127));
        let aplat = aplatir(include_bytes!("../tests/figures/schema.png")).unwrap();
        assert_eq!((aplat.largeur, aplat.hauteur), (240, 160));
        assert_eq!(&aplat.octets[..3], [255, 255, 255]);
        let corps = (100 * 240 + 60) * 3;
        assert_eq!(&aplat.octets[corps..corps + 3], [90, 110, 130]);
    }

    #[test]
    fn the_colours_of_a_jpeg_are_counted() {
        assert_eq!(composantes_jpeg(include_bytes!("../tests/figures/gris.jpg")), Some(1));
        assert_eq!(composantes_jpeg(include_bytes!("../tests/figures/quadri.jpg")), Some(4));
        assert_eq!(composantes_jpeg(b"\xff\xd8\xff"), None);
    }
}
