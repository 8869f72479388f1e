//! What lies between blocks and pages: bands, the slices of a page that are never cut.

use std::rc::Rc;

use krilla::image::Image;

use crate::lignes::Ligne;
use crate::modele::Section;
use crate::symboles::Symbole;

/// An ink. All keep their order of darkness in black and white.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encre {
    Noir,
    Gris,
    Filet,
    Voile,
    Blanc,
    Danger,
    DangerVoile,
    Attention,
    AttentionVoile,
    Info,
    InfoVoile,
}

/// Something to draw, in points; y grows downwards from the top of its band.
#[derive(Debug, Clone)]
pub(crate) enum Op {
    Texte { x: f32, y: f32, taille: f32, gras: bool, encre: Encre, texte: String },
    Rectangle { x: f32, y: f32, l: f32, h: f32, encre: Encre },
    Symbole { x: f32, y: f32, taille: f32, symbole: Symbole },
    Image { x: f32, y: f32, l: f32, h: f32, image: Image },
}

/// What a band does to the page, besides being drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Effet {
    #[default]
    Rien,
    /// Blank space, swallowed at the top of a page.
    Espace,
    Saut,
    Section(Section),
}

/// An uncut slice of page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bande {
    pub(crate) hauteur: f32,
    /// Height that must be left on the page for the band to start there: keeps a heading with its text.
    pub(crate) besoin: f32,
    pub(crate) ops: Vec<Op>,
    pub(crate) effet: Effet,
    /// Bookmark that leads here.
    pub(crate) signet: Option<String>,
    /// Bands set again at the top of the page when a page break falls just before this one.
    pub(crate) reprise: Option<Rc<Vec<Bande>>>,
}

impl Bande {
    pub(crate) fn espace(hauteur: f32) -> Self {
        Self { hauteur, effet: Effet::Espace, ..Self::default() }
    }

    pub(crate) fn effet(effet: Effet) -> Self {
        Self { effet, ..Self::default() }
    }

    /// A line of text: `interligne` points high, baseline set so that the letters look centred in it.
    pub(crate) fn ligne(ligne: &Ligne, style: Style, x: f32) -> Self {
        Self { hauteur: style.interligne, ops: ops_ligne(ligne, style, x), ..Self::default() }
    }
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) taille: f32,
    pub(crate) interligne: f32,
    pub(crate) encre: Encre,
}

impl Style {
    pub(crate) const fn new(taille: f32, interligne: f32, encre: Encre) -> Self {
        Self { taille, interligne, encre }
    }
}

/// Text of the body.
pub(crate) const CORPS: Style = Style::new(11.0, 15.5, Encre::Noir);
/// Text of tables.
pub(crate) const TABLE: Style = Style::new(10.0, 13.5, Encre::Noir);
/// Captions and what is said in a lower voice.
pub(crate) const LEGENDE: Style = Style::new(9.0, 12.0, Encre::Gris);

/// `ligne` as text operations, its top at 0.
pub(crate) fn ops_ligne(ligne: &Ligne, style: Style, x: f32) -> Vec<Op> {
    let y = style.interligne * 0.5 + style.taille * 0.33;
    ligne
        .fragments
        .iter()
        .map(|f| Op::Texte { x: x + f.x, y, taille: style.taille, gras: f.gras, encre: style.encre, texte: f.texte.clone() })
        .collect()
}

impl Op {
    /// The same, `dy` points lower.
    pub(crate) fn descendre(mut self, dy: f32) -> Self {
        match &mut self {
            Self::Texte { y, .. } | Self::Rectangle { y, .. } | Self::Symbole { y, .. } | Self::Image { y, .. } => *y += dy,
        }
        self
    }
}

/// Total height of `bandes`, in points.
pub(crate) fn hauteur(bandes: &[Bande]) -> f32 {
    bandes.iter().map(|b| b.hauteur).sum()
}

/// Asks that `bandes` stay on one page when they are at most `limite` high; otherwise that two of them stay together
/// at the start, so that no lone line is left behind.
pub(crate) fn tenir(bandes: &mut [Bande], limite: f32) {
    let total = hauteur(bandes);
    let debut = hauteur(&bandes[..bandes.len().min(2)]);
    if let Some(premiere) = bandes.first_mut() {
        premiere.besoin = premiere.besoin.max(if total <= limite { total } else { debut });
    }
}

/// Piles `bandes` into one, whose effects and bookmarks but the first are lost.
pub(crate) fn souder(bandes: Vec<Bande>) -> Bande {
    let mut seule = Bande::default();
    for bande in bandes {
        let dy = seule.hauteur;
        seule.ops.extend(bande.ops.into_iter().map(|op| op.descendre(dy)));
        seule.hauteur += bande.hauteur;
        seule.signet = seule.signet.or(bande.signet);
    }
    seule.besoin = seule.hauteur;
    seule
}
