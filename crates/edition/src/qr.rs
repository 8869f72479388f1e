//! QR codes, as images the file holds once, whatever the number of pages which show them.

use std::sync::Arc;

use krilla::image::Image;
use qrcode::{EcLevel, QrCode};

use crate::EditionError;
use crate::image::Pixels;

/// Longest address accepted, in bytes: beyond, the squares are too small for a cheap printer.
const LIMITE: usize = 1200;

/// Pixels of the side of a module: enough for its edges to stay sharp where a viewer smooths what it enlarges.
const GROSSEUR: usize = 2;
const NOIR: u8 = 0;
const BLANC: u8 = 255;

/// A QR code ready to be drawn.
#[derive(Debug, Clone)]
pub(crate) struct CodeQr {
    pub(crate) image: Image,
}

impl CodeQr {
    pub(crate) fn de(url: &str) -> Result<Self, EditionError> {
        let trop_long = || EditionError::Qr(url.len());
        if url.len() > LIMITE {
            return Err(trop_long());
        }
        let motif = QrCode::with_error_correction_level(url, EcLevel::M).map_err(|_| trop_long())?;
        let pixels: Arc<[u8]> = pixels(&motif).into();
        let cote = u32::try_from(motif.width() * GROSSEUR).map_err(|_| trop_long())?;
        let image = Image::from_custom(Pixels::carre_gris(pixels, cote), false).map_err(|_| trop_long())?;
        Ok(Self { image })
    }
}

/// Grey levels, line after line.
fn pixels(motif: &QrCode) -> Vec<u8> {
    let couleurs = motif.to_colors();
    let mut pixels = Vec::with_capacity(couleurs.len() * GROSSEUR * GROSSEUR);
    for ligne in couleurs.chunks(motif.width()) {
        let teinte = |couleur: &qrcode::Color| if *couleur == qrcode::Color::Dark { NOIR } else { BLANC };
        let large: Vec<u8> = ligne.iter().flat_map(|couleur| [teinte(couleur); GROSSEUR]).collect();
        for _ in 0..GROSSEUR {
            pixels.extend_from_slice(&large);
        }
    }
    pixels
}

#[cfg(test)]
mod tests {
    use super::{GROSSEUR, QrCode, pixels};

    /// Dark modules of a line, left to right, read inside each.
    fn ligne(code: &[u8], cote: usize, y: usize) -> String {
        let pixel = |x: usize| code[(y * GROSSEUR + 1) * cote * GROSSEUR + x * GROSSEUR + 1];
        (0..cote).map(|x| if pixel(x) == 0 { '#' } else { '.' }).collect()
    }

    #[test]
    fn the_three_finder_patterns_are_in_place() {
        let motif = QrCode::new("https://grappe.exemple.fr/u/1").unwrap();
        let (code, cote) = (pixels(&motif), motif.width());
        for (rang, motif) in
            ["#######.", "#.....#.", "#.###.#.", "#.###.#.", "#.###.#.", "#.....#.", "#######.", "........"].iter().enumerate()
        {
            let haut = ligne(&code, cote, rang);
            let miroir: String = motif.chars().rev().collect();
            assert!(haut.starts_with(motif) && haut.ends_with(&miroir), "line {rang}: {haut}");
        }
        assert!(ligne(&code, cote, cote - 1).starts_with("#######."));
    }
}
