//! QR codes, as squares to draw.

use qrcode::{EcLevel, QrCode};

use crate::EditionError;

/// Longest address accepted, in bytes: beyond, the squares are too small for a cheap printer.
const LIMITE: usize = 1200;

/// A QR code: its side in modules, and the runs of dark modules of each line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CodeQr {
    pub(crate) cote: u16,
    /// (line, first column, length) of each run of dark modules.
    pub(crate) traits: Vec<(u16, u16, u16)>,
}

impl CodeQr {
    pub(crate) fn de(url: &str) -> Result<Self, EditionError> {
        let trop_long = || EditionError::Qr(url.len());
        if url.len() > LIMITE {
            return Err(trop_long());
        }
        let motif = QrCode::with_error_correction_level(url, EcLevel::M).map_err(|_| trop_long())?;
        let cote = u16::try_from(motif.width()).map_err(|_| trop_long())?;
        let couleurs = motif.to_colors();
        let mut traits = Vec::new();
        for (y, ligne) in (0u16..).zip(couleurs.chunks(usize::from(cote))) {
            let mut x = 0u16;
            for groupe in ligne.chunk_by(|a, b| a == b) {
                let long = u16::try_from(groupe.len()).map_err(|_| trop_long())?;
                if groupe[0] == qrcode::Color::Dark {
                    traits.push((y, x, long));
                }
                x += long;
            }
        }
        Ok(Self { cote, traits })
    }
}

#[cfg(test)]
mod tests {
    use super::CodeQr;

    /// Dark modules of a line, left to right.
    fn ligne(code: &CodeQr, y: u16) -> String {
        let sombre = |x: u16| code.traits.iter().any(|&(l, d, n)| l == y && (d..d + n).contains(&x));
        (0..code.cote).map(|x| if sombre(x) { '#' } else { '.' }).collect()
    }

    #[test]
    fn the_three_finder_patterns_are_in_place() {
        let code = CodeQr::de("https://grappe.exemple.fr/u/1").unwrap();
        for (rang, motif) in
            ["#######.", "#.....#.", "#.###.#.", "#.###.#.", "#.###.#.", "#.....#.", "#######.", "........"].iter().enumerate()
        {
            let haut = ligne(&code, u16::try_from(rang).unwrap());
            let miroir: String = motif.chars().rev().collect();
            assert!(haut.starts_with(motif) && haut.ends_with(&miroir), "line {rang}: {haut}");
        }
        assert!(ligne(&code, code.cote - 1).starts_with("#######."));
    }
}
