//! Images and QR codes set in the text.

use crate::EditionError;
use crate::atelier::{Atelier, MM};
use crate::bande::{Bande, CORPS, LEGENDE, Op, souder, tenir};
use crate::modele::{Figure, Segment};
use crate::qr::CodeQr;

/// Side of a QR code set in the text, 25 mm.
const COTE_QR: f32 = 25.0 * MM;

impl Atelier {
    pub(crate) fn figure(&mut self, figure: &Figure, x: f32, largeur: f32) -> Result<Vec<Bande>, EditionError> {
        let image = crate::image::lire(figure)?;
        let (pl, ph) = image.size();
        let rapport = points(ph) / points(pl);
        let souhaitee = f32::from(figure.largeur_mm.max(5)) * MM;
        let l = souhaitee.min(largeur).min(self.utile * 0.8 / rapport);
        let h = l * rapport;
        let mut bandes = vec![Bande { hauteur: h + 4.0, ops: vec![Op::Image { x, y: 0.0, l, h, image }], ..Bande::default() }];
        if !figure.legende.is_empty() {
            bandes.extend(self.paragraphe(&[Segment::normal(&figure.legende)], LEGENDE, x, largeur));
        }
        tenir(&mut bandes, self.utile);
        bandes.push(Bande::espace(8.0));
        Ok(bandes)
    }

    pub(crate) fn qr(&mut self, url: &str, legende: &str, x: f32, largeur: f32) -> Result<Vec<Bande>, EditionError> {
        let image = CodeQr::de(url)?.image;
        let retrait = COTE_QR + 12.0;
        let mut texte = self.paragraphe(&[Segment::gras(legende)], CORPS, x + retrait, largeur - retrait);
        texte.extend(self.paragraphe(&[Segment::normal(url)], LEGENDE, x + retrait, largeur - retrait));
        let mut bande = souder(texte);
        bande.ops.push(Op::Image { x, y: 2.0, l: COTE_QR, h: COTE_QR, image });
        bande.hauteur = bande.hauteur.max(COTE_QR + 4.0);
        bande.besoin = bande.hauteur.min(self.utile);
        Ok(vec![bande, Bande::espace(8.0)])
    }
}

#[expect(clippy::cast_precision_loss, reason = "a size in pixels is under 2^24")]
fn points(pixels: u32) -> f32 {
    pixels as f32
}
