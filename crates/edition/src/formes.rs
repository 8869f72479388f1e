//! What the blocks are made of: lists, tables, figures, alerts, boxes.

use crate::modele::Texte;

/// A list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Liste {
    /// Numbered from 1 when true, bulleted otherwise.
    pub numerotee: bool,
    /// The items, in order.
    pub elements: Vec<Texte>,
}

/// A table. Cells wrap and are never shortened; the header comes back on each page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tableau {
    /// Caption, above the table; may be empty.
    pub legende: String,
    /// The columns, left to right; at least one.
    pub colonnes: Vec<Colonne>,
    /// The rows. A row shorter than the columns is completed with empty cells.
    pub lignes: Vec<Vec<Texte>>,
    /// The first cell names its row: bold, and a row header in HTML.
    pub premiere_colonne_entete: bool,
    /// What is printed when there is no row; « Néant » when empty.
    pub si_vide: String,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colonne {
    /// Header of the column.
    pub titre: String,
    /// Relative width, at least 1.
    pub largeur: u16,
    /// Where its text leans.
    pub alignement: Alignement,
}

impl Colonne {
    /// A column leaning to the left.
    pub fn new(titre: impl Into<String>, largeur: u16) -> Self {
        Self { titre: titre.into(), largeur, alignement: Alignement::Gauche }
    }

    /// A column of figures, leaning to the right.
    pub fn chiffres(titre: impl Into<String>, largeur: u16) -> Self {
        Self { titre: titre.into(), largeur, alignement: Alignement::Droite }
    }

    /// A centred column, for boxes to tick.
    pub fn centree(titre: impl Into<String>, largeur: u16) -> Self {
        Self { titre: titre.into(), largeur, alignement: Alignement::Centre }
    }
}

/// Where the text of a column leans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Alignement {
    /// To the left.
    #[default]
    Gauche,
    /// In the middle.
    Centre,
    /// To the right.
    Droite,
}

/// A PNG or JPEG image.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figure {
    /// The file, PNG or JPEG (told by its first bytes).
    pub image: Vec<u8>,
    /// What the image shows, for who cannot see it.
    pub texte_alternatif: String,
    /// Caption under the image; may be empty.
    pub legende: String,
    /// Width in millimetres; brought back to the width of the text and the height of a page.
    pub largeur_mm: u16,
}

/// How serious an alert is. Never told by colour alone: each has its word and its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ton {
    /// A danger to life: allergy, swallowing disorder.
    Danger,
    /// To be watched.
    Attention,
    /// To be known.
    Info,
}

impl Ton {
    /// The French word printed with the alert.
    pub fn mot(self) -> &'static str {
        match self {
            Self::Danger => "Danger",
            Self::Attention => "Attention",
            Self::Info => "À savoir",
        }
    }
}

/// An alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encadre {
    /// How serious.
    pub ton: Ton,
    /// Its title; may be empty, the word of the tone is always printed.
    pub titre: String,
    /// Its paragraphs.
    pub paragraphes: Vec<Texte>,
}

/// A box and its label.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Case {
    /// Label, at the right of the box.
    pub libelle: String,
    /// Already ticked.
    pub cochee: bool,
}

impl Case {
    /// An empty box.
    pub fn vide(libelle: impl Into<String>) -> Self {
        Self { libelle: libelle.into(), cochee: false }
    }

    /// A ticked box.
    pub fn cochee(libelle: impl Into<String>) -> Self {
        Self { libelle: libelle.into(), cochee: true }
    }
}

/// A group of boxes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cases {
    /// The question; may be empty.
    pub question: String,
    /// The boxes, read line by line.
    pub cases: Vec<Case>,
    /// Boxes per line, 1 to 6.
    pub par_ligne: u8,
}

/// A sheet of a binder: a new page, with its own landmark and QR code until the next one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section {
    /// Printed at the top right of its pages, usually identity and room.
    pub repere: String,
    /// URL drawn as a QR code at the foot of its pages.
    pub qr: Option<String>,
}
