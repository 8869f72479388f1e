//! Photos received: recognised by their first bytes, kept without what the camera wrote about place and device.

use kernel::fichiers::NatureFichier;

/// Largest photo received: 10 MiB.
pub(crate) const PHOTO_MAX: usize = 10 * 1024 * 1024;

const PNG_ENTETE: usize = 8;
/// Chunks of a PNG kept: what draws the image and its colours (PNG specification, 3rd edition, 5.6), nothing which carries words.
const PNG_GARDES: [&[u8; 4]; 10] = [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs"];

/// The photo without its metadata (EXIF, XMP, comments, texts); the image itself is not touched.
///
/// # Errors
/// A sentence for the screen: too large, neither JPEG nor PNG, or cut.
pub(crate) fn nettoyer(octets: &[u8]) -> Result<Vec<u8>, &'static str> {
    if octets.len() > PHOTO_MAX {
        return Err("La photo dépasse 10 Mo. Choisissez-en une plus petite.");
    }
    let propre = match NatureFichier::reconnaitre(octets) {
        Some(NatureFichier::Jpeg) => jpeg(octets),
        Some(NatureFichier::Png) => png(octets),
        _ => {
            return Err(
                "Ce fichier n'est pas une photo JPEG ou PNG. Choisissez une photo prise par un appareil ou une tablette.",
            );
        }
    };
    propre.ok_or("Cette photo est incomplète ou abîmée. Reprenez-la ou choisissez-en une autre.")
}

/// The media type of a kept photo.
pub(crate) fn mime(octets: &[u8]) -> &'static str {
    match NatureFichier::reconnaitre(octets) {
        Some(nature) if matches!(nature, NatureFichier::Jpeg | NatureFichier::Png | NatureFichier::Webp) => nature.mime(),
        _ if octets.starts_with(b"<svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

/// Copies the segments of a JPEG but APP1 to APP13, APP15 and comments; APP0 (density) and APP14 (colour transform) stay.
/// What follows the end of the image is left out: phones append previews there.
fn jpeg(octets: &[u8]) -> Option<Vec<u8>> {
    let mut sortie = octets.get(..2)?.to_vec();
    let mut reste = octets.get(2..)?;
    let mut image = false;
    loop {
        let [0xFF, marqueur, ..] = *reste else { return None };
        match marqueur {
            0xFF => reste = reste.get(1..)?,
            0xD9 => {
                sortie.extend_from_slice(&[0xFF, 0xD9]);
                return image.then_some(sortie);
            }
            0x00 | 0x01 | 0xD0..=0xD8 => return None,
            _ => {
                let longueur = usize::from(u16::from_be_bytes([*reste.get(2)?, *reste.get(3)?]));
                let mut fin = longueur.checked_add(2).filter(|_| longueur >= 2)?;
                if marqueur == 0xDA {
                    image = true;
                    fin += longueur_balayage(reste.get(fin..)?)?;
                }
                let segment = reste.get(..fin)?;
                if !matches!(marqueur, 0xE1..=0xED | 0xEF | 0xFE) {
                    sortie.extend_from_slice(segment);
                }
                reste = reste.get(fin..)?;
            }
        }
    }
}

/// Bytes of compressed image up to the next marker (ITU-T T.81, B.1.1.5: a data byte FF is followed by 00, restarts are D0 to D7).
fn longueur_balayage(donnees: &[u8]) -> Option<usize> {
    donnees
        .windows(2)
        .position(|paire| matches!(paire, [0xFF, suite] if *suite != 0 && *suite != 0xFF && !(0xD0..=0xD7).contains(suite)))
}

fn png(octets: &[u8]) -> Option<Vec<u8>> {
    let mut sortie = octets.get(..PNG_ENTETE)?.to_vec();
    let mut reste = octets.get(PNG_ENTETE..)?;
    loop {
        let longueur = usize::try_from(u32::from_be_bytes(reste.get(..4)?.try_into().ok()?)).ok()?;
        let morceau = reste.get(..longueur.checked_add(12)?)?;
        let genre = morceau.get(4..8)?;
        if PNG_GARDES.iter().any(|garde| garde.as_slice() == genre) {
            sortie.extend_from_slice(morceau);
        }
        if genre == b"IEND" {
            return Some(sortie);
        }
        reste = reste.get(morceau.len()..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(marqueur: u8, contenu: &[u8]) -> Vec<u8> {
        let longueur = u16::try_from(contenu.len() + 2).unwrap().to_be_bytes();
        [&[0xFF, marqueur], longueur.as_slice(), contenu].concat()
    }

    fn morceau(genre: [u8; 4], contenu: &[u8]) -> Vec<u8> {
        [&u32::try_from(contenu.len()).unwrap().to_be_bytes(), genre.as_slice(), contenu, &[0, 0, 0, 0]].concat()
    }

    #[test]
    fn a_jpeg_loses_its_place_and_comments_and_keeps_its_image() {
        let image = [segment(0xDA, &[1, 2]), vec![10, 0xFF, 0x00, 20, 0xFF, 0xD9]].concat();
        let table = segment(0xDB, b"tables");
        let avec = [
            vec![0xFF, 0xD8],
            segment(0xE0, b"JFIF\0"),
            segment(0xE1, b"Exif\0\0GPS 45.77 3.08"),
            segment(0xED, b"Photoshop IPTC"),
            segment(0xFE, b"comment"),
            table.clone(),
            image.clone(),
            b"GPS after the end".to_vec(),
        ]
        .concat();
        let sans = [vec![0xFF, 0xD8], segment(0xE0, b"JFIF\0"), table, image].concat();
        assert_eq!(nettoyer(&avec).unwrap(), sans);
    }

    #[test]
    fn a_jpeg_of_several_scans_is_kept_whole_without_what_hides_between_them() {
        let scan = |octets: &[u8]| [segment(0xDA, &[1, 2]), octets.to_vec()].concat();
        let tables = segment(0xC4, &[7, 0xFF, 0xD9, 7]);
        let morceaux = [vec![0xFF, 0xD8], scan(&[5, 0xFF, 0x00, 0xFF, 0xD3, 6]), tables, scan(&[8]), vec![0xFF, 0xD9]];
        let mut avec = morceaux.to_vec();
        avec.insert(2, segment(0xE1, b"Exif GPS"));
        assert_eq!(nettoyer(&avec.concat()).unwrap(), morceaux.concat());
    }

    #[test]
    fn a_png_loses_its_texts_and_keeps_its_image() {
        let entete = [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n'];
        let gardes = [entete.to_vec(), morceau(*b"IHDR", &[1; 13]), morceau(*b"IDAT", b"pixels"), morceau(*b"IEND", b"")];
        let avec = [
            gardes[0].clone(),
            gardes[1].clone(),
            morceau(*b"eXIf", b"GPS"),
            morceau(*b"tEXt", b"Author\0Somebody"),
            morceau(*b"iTXt", b"XML:com.adobe.xmp"),
            gardes[2].clone(),
            gardes[3].clone(),
            b"trailer".to_vec(),
        ]
        .concat();
        assert_eq!(nettoyer(&avec).unwrap(), gardes.concat());
    }

    #[test]
    fn other_files_cut_ones_and_large_ones_are_refused() {
        assert!(nettoyer(b"%PDF-1.7").is_err());
        assert!(nettoyer(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>").is_err());
        let coupee = [vec![0xFF, 0xD8], segment(0xE0, b"JFIF\0")].concat();
        assert!(nettoyer(&coupee).is_err());
        let menteuse = [vec![0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF, 0]].concat();
        assert!(nettoyer(&menteuse).is_err());
        assert!(nettoyer(&vec![0xFF; PHOTO_MAX + 1]).is_err());
    }
}
