//! The two embedded faces, parsed once: which glyph a character takes, how far it advances, how a pair is kerned.

use std::collections::HashMap;
use std::sync::OnceLock;

use krilla::text::Font;
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::opentype_layout::LayoutTable;
use ttf_parser::{Face, GlyphId, Tag};

use crate::EditionError;
use crate::symboles::Symbole;

static NORMALE: &[u8] = include_bytes!("../polices/AtkinsonHyperlegibleNext-Regular.ttf");
static GRASSE: &[u8] = include_bytes!("../polices/AtkinsonHyperlegibleNext-Bold.ttf");

/// Characters the faces lack and which another of their glyphs draws exactly.
const JUMEAUX: [(char, char); 8] = [
    ('\u{b5}', '\u{3bc}'),
    ('\u{2011}', '-'),
    ('\u{2010}', '-'),
    ('\u{2032}', '\''),
    ('\u{2033}', '"'),
    ('\u{2bc}', '’'),
    ('\u{2206}', '\u{394}'),
    ('\u{2126}', '\u{3a9}'),
];

/// First character looked up in the table rather than at its own place.
const COURANTS: u32 = 0x250;

/// Characters worth kerning with each other: the letters and signs of French.
const CRENES: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzÀÂÇÉÈÊËÎÏÔÖÙÛÜŒàâçéèêëîïôöùûüœ0123456789.,-’'()/";

#[derive(Debug, Clone, Copy)]
pub(crate) struct Glyphe {
    pub(crate) id: u16,
    /// Advance, in ems.
    pub(crate) avance: f32,
    rang: Option<u16>,
}

#[derive(Debug)]
pub(crate) struct Police {
    glyphes: HashMap<char, Glyphe>,
    /// The same for the first characters of Unicode, those of French: a page asks for thousands of them.
    courants: Vec<Option<Glyphe>>,
    crenage: Vec<f32>,
    rangs: usize,
    espace: Glyphe,
    pub(crate) fonte: Font,
}

#[derive(Debug)]
pub(crate) struct Polices {
    pub(crate) normale: Police,
    pub(crate) grasse: Police,
}

impl Polices {
    pub(crate) fn embarquees() -> Result<&'static Self, EditionError> {
        static POLICES: OnceLock<Option<Polices>> = OnceLock::new();
        POLICES
            .get_or_init(|| Some(Self { normale: Police::lire(NORMALE)?, grasse: Police::lire(GRASSE)? }))
            .as_ref()
            .ok_or(EditionError::Police)
    }

    pub(crate) fn choisir(&self, gras: bool) -> &Police {
        if gras { &self.grasse } else { &self.normale }
    }
}

impl Police {
    fn lire(octets: &'static [u8]) -> Option<Self> {
        let face = Face::parse(octets, 0).ok()?;
        let cadratin = f32::from(face.units_per_em());
        let mut glyphes = HashMap::new();
        for plage in face.tables().cmap?.subtables {
            if plage.is_unicode() {
                plage.codepoints(|code| ajouter(&mut glyphes, &face, cadratin, code));
            }
        }
        for (absent, jumeau) in JUMEAUX {
            if let (false, Some(&g)) = (glyphes.contains_key(&absent), glyphes.get(&jumeau)) {
                glyphes.insert(absent, g);
            }
        }
        let espace = *glyphes.get(&' ')?;
        glyphes.entry('\u{202f}').or_insert(Glyphe { avance: espace.avance * 0.6, ..espace });
        let crenage = crener(&mut glyphes, &face, cadratin);
        let fonte = Font::new(octets.into(), 0)?;
        let courants = (0..COURANTS).map(|code| char::from_u32(code).and_then(|c| glyphes.get(&c).copied())).collect();
        Some(Self { glyphes, courants, crenage, rangs: CRENES.chars().count(), espace, fonte })
    }

    fn trouver(&self, c: char) -> Option<Glyphe> {
        match self.courants.get(c as usize) {
            Some(glyphe) => *glyphe,
            None => self.glyphes.get(&c).copied(),
        }
    }

    pub(crate) fn connait(&self, c: char) -> bool {
        self.trouver(c).is_some()
    }

    /// The glyph of `c`: a symbol drawn by hand keeps its place with the glyph of a space.
    pub(crate) fn glyphe(&self, c: char) -> Glyphe {
        self.trouver(c).unwrap_or_else(|| Symbole::de(c).map_or(self.espace, |s| Glyphe { avance: s.avance(), ..self.espace }))
    }

    /// Advance from `c` to the next character, kerning included, in ems.
    pub(crate) fn avance(&self, c: char, suivant: Option<char>) -> f32 {
        let g = self.glyphe(c);
        let crenage = suivant.map_or(0.0, |s| self.paire(g, self.glyphe(s)));
        g.avance + crenage
    }

    /// Width of `texte` set at `taille` points, in points.
    pub(crate) fn largeur(&self, texte: &str, taille: f32) -> f32 {
        let mut suite = texte.chars().peekable();
        let mut somme = 0.0;
        while let Some(c) = suite.next() {
            somme += self.avance(c, suite.peek().copied());
        }
        somme * taille
    }

    fn paire(&self, gauche: Glyphe, droite: Glyphe) -> f32 {
        match (gauche.rang, droite.rang) {
            (Some(g), Some(d)) => self.crenage.get(usize::from(g) * self.rangs + usize::from(d)).copied().unwrap_or(0.0),
            _ => 0.0,
        }
    }
}

fn ajouter(glyphes: &mut HashMap<char, Glyphe>, face: &Face<'_>, cadratin: f32, code: u32) {
    let Some(c) = char::from_u32(code) else {
        return;
    };
    if let Some(id) = face.glyph_index(c) {
        let avance = f32::from(face.glyph_hor_advance(id).unwrap_or(0)) / cadratin;
        glyphes.insert(c, Glyphe { id: id.0, avance, rang: None });
    }
}

fn crener(glyphes: &mut HashMap<char, Glyphe>, face: &Face<'_>, cadratin: f32) -> Vec<f32> {
    for (rang, c) in CRENES.chars().enumerate() {
        if let Some(g) = glyphes.get_mut(&c) {
            g.rang = u16::try_from(rang).ok();
        }
    }
    let Some(gpos) = face.tables().gpos else {
        return Vec::new();
    };
    let ids: Vec<Option<u16>> = CRENES.chars().map(|c| glyphes.get(&c).map(|g| g.id)).collect();
    let sous_tables = tables_kern(gpos);
    let mut matrice = Vec::with_capacity(ids.len() * ids.len());
    for gauche in &ids {
        for droite in &ids {
            let valeur = match (gauche, droite) {
                (Some(g), Some(d)) => valeur_paire(&sous_tables, GlyphId(*g), GlyphId(*d)),
                _ => 0,
            };
            matrice.push(f32::from(valeur) / cadratin);
        }
    }
    matrice
}

fn tables_kern(gpos: LayoutTable<'_>) -> Vec<PairAdjustment<'_>> {
    let mut indices: Vec<u16> =
        gpos.features.into_iter().filter(|f| f.tag == Tag::from_bytes(b"kern")).flat_map(|f| f.lookup_indices).collect();
    indices.sort_unstable();
    indices.dedup();
    indices
        .into_iter()
        .filter_map(|i| gpos.lookups.get(i))
        .flat_map(|lookup| lookup.subtables.into_iter::<PositioningSubtable<'_>>())
        .filter_map(|s| if let PositioningSubtable::Pair(p) = s { Some(p) } else { None })
        .collect()
}

fn valeur_paire(tables: &[PairAdjustment<'_>], gauche: GlyphId, droite: GlyphId) -> i16 {
    for table in tables {
        match table {
            PairAdjustment::Format1 { coverage, sets } => {
                let trouvee = coverage.get(gauche).and_then(|i| sets.get(i)).and_then(|s| s.get(droite));
                if let Some((valeur, _)) = trouvee {
                    return valeur.x_advance;
                }
            }
            PairAdjustment::Format2 { coverage, classes, matrix } if coverage.contains(gauche) => {
                let cle = (classes.0.get(gauche), classes.1.get(droite));
                if let Some((valeur, _)) = matrix.get(cle)
                    && valeur.x_advance != 0
                {
                    return valeur.x_advance;
                }
            }
            PairAdjustment::Format2 { .. } => {}
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::Polices;

    #[test]
    fn pairs_are_kerned_and_spaces_keep_their_measure() {
        let police = &Polices::embarquees().unwrap().normale;
        let separees = police.largeur("A", 10.0) + police.largeur("V", 10.0);
        assert!(police.largeur("AV", 10.0) < separees - 0.1);
        assert!((police.largeur("00", 10.0) - 2.0 * police.largeur("0", 10.0)).abs() < 0.01, "figures stay in columns");
        assert!(police.largeur("\u{202f}", 10.0) < police.largeur("\u{a0}", 10.0));
        assert!((police.largeur("\u{a0}", 10.0) - police.largeur(" ", 10.0)).abs() < 0.01);
    }

    #[test]
    fn both_faces_draw_the_same_characters() {
        let polices = Polices::embarquees().unwrap();
        let gras: Vec<_> = polices.normale.glyphes.keys().filter(|c| !polices.grasse.connait(**c)).collect();
        assert!(gras.is_empty(), "{gras:?}");
    }
}
