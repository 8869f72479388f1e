//! The block model: what a document says, never where it lies on the page.
//!
//! A DLU, a care plan or a contract is a function to a [`Doc`]; every rendering starts from it.

use jiff::Timestamp;

pub use crate::formes::{Alignement, Case, Cases, Colonne, Encadre, Figure, Liste, Section, Tableau, Ton};

/// A run of text in one weight. `\n` breaks the line; other control characters are dropped.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Segment {
    /// The words, in Unicode.
    pub texte: String,
    /// Bold when true.
    pub gras: bool,
}

impl Segment {
    /// A run in the regular weight.
    pub fn normal(texte: impl Into<String>) -> Self {
        Self { texte: texte.into(), gras: false }
    }

    /// A run in bold.
    pub fn gras(texte: impl Into<String>) -> Self {
        Self { texte: texte.into(), gras: true }
    }
}

/// A paragraph of runs: a table cell, a list item, a line of an alert.
pub type Texte = Vec<Segment>;

/// A [`Texte`] of a single regular run.
pub fn texte(texte: impl Into<String>) -> Texte {
    vec![Segment::normal(texte)]
}

/// The direction of the A4 sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Orientation {
    /// 210 × 297 mm.
    #[default]
    Portrait,
    /// 297 × 210 mm, for wide tables.
    Paysage,
}

/// Who speaks: printed at the top left of each page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entete {
    /// Name of the establishment.
    pub etablissement: String,
    /// Unit or service; left empty when the document is about the whole house.
    pub unite: String,
}

/// A whole document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doc {
    /// Title, printed once, and title of the file.
    pub titre: String,
    /// Line under the title; may be empty.
    pub sous_titre: String,
    /// Printed at the top of each page.
    pub entete: Entete,
    /// Free line of the footer (phone numbers, legal notice); may be empty.
    pub pied: String,
    /// Confidentiality notice, in bold in the footer of each page; may be empty.
    pub confidentialite: String,
    /// When it was made, already written in French (« 21 novembre 2026 à 06:00 »).
    pub edite_le: String,
    /// The same instant for machines: PDF/A asks for a date of creation. Taken from the clock of the request; the
    /// default is the UNIX epoch, which is the honest mark of a date nobody gave.
    pub instant: Timestamp,
    /// Who made it, as it must be read.
    pub edite_par: String,
    /// Direction of the sheet.
    pub orientation: Orientation,
    /// Adds « document de travail » to the footer: true unless the document is a final one.
    pub document_de_travail: bool,
    /// What each page must repeat at its top right, usually the identity of the usager; may be empty.
    pub repere: String,
    /// URL of the page this sheet comes from, drawn as a QR code at the foot of each page.
    pub qr: Option<String>,
    /// The content.
    pub blocs: Vec<Bloc>,
}

impl Default for Doc {
    fn default() -> Self {
        Self {
            titre: String::new(),
            sous_titre: String::new(),
            entete: Entete::default(),
            pied: String::new(),
            confidentialite: String::new(),
            edite_le: String::new(),
            instant: Timestamp::UNIX_EPOCH,
            edite_par: String::new(),
            orientation: Orientation::default(),
            document_de_travail: true,
            repere: String::new(),
            qr: None,
            blocs: Vec::new(),
        }
    }
}

/// Level of a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Niveau {
    /// A part: also a bookmark of the PDF.
    Un,
    /// A chapter of a part.
    Deux,
    /// A heading in a chapter.
    Trois,
}

/// One block of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bloc {
    /// A heading; never left alone at the foot of a page.
    Titre(Niveau, String),
    /// A paragraph.
    Paragraphe(Texte),
    /// A bulleted or numbered list.
    Liste(Liste),
    /// Label and value pairs: identity, phone numbers.
    Definitions(Vec<(String, Texte)>),
    /// A table.
    Tableau(Tableau),
    /// An image.
    Figure(Figure),
    /// An alert that must be seen first.
    Encadre(Encadre),
    /// Boxes to tick with a pen, or already ticked.
    CasesACocher(Cases),
    /// Ruled lines to write on, after a label.
    LignesAEcrire {
        /// What is to be written.
        libelle: String,
        /// How many lines, 1 to 40.
        nombre: u8,
    },
    /// A QR code in the text, with its caption.
    Qr {
        /// The address it opens.
        url: String,
        /// What it opens, in words.
        legende: String,
    },
    /// Starts a new page.
    SautDePage,
    /// Starts a new page which begins another sheet of a binder.
    Section(Section),
    /// Vertical space, in millimetres.
    Espace(u8),
    /// Two columns side by side.
    DeuxColonnes(Vec<Bloc>, Vec<Bloc>),
}
