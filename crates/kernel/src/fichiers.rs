//! What a received file is, by its first bytes, and a name that is safe to show. The name given by the sender and
//! the type announced by the browser are never believed.

use crate::texte::est_invisible;

/// Kinds of files the record accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NatureFichier {
    /// PDF document.
    Pdf,
    /// PNG image.
    Png,
    /// JPEG image.
    Jpeg,
    /// WebP image.
    Webp,
    /// XML whose root is not a clinical document.
    Xml,
    /// CDA clinical document: XML whose root is `ClinicalDocument`.
    Cda,
    /// ZIP archive (XDM deliveries, among others).
    Zip,
}

impl NatureFichier {
    /// Recognises the kind from the beginning of the content (4 kB are enough, unless an XML prologue is longer);
    /// `None` for anything else. This says what the file claims to be, not that it is well formed.
    ///
    /// XML is recognised in UTF-8 only, and never when it has a DOCTYPE: no exchanged document needs one, and entities
    /// are an attack.
    pub fn reconnaitre(debut: &[u8]) -> Option<Self> {
        match debut {
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            // First entry, or the end record of an empty archive.
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Self::Zip),
            _ => match racine_xml(debut)? {
                b"ClinicalDocument" => Some(Self::Cda),
                _ => Some(Self::Xml),
            },
        }
    }

    /// Media type, for the answer to the browser.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Xml | Self::Cda => "application/xml",
            Self::Zip => "application/zip",
        }
    }

    /// Usual extension, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Webp => "webp",
            Self::Xml | Self::Cda => "xml",
            Self::Zip => "zip",
        }
    }

    /// Name on screen.
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Pdf => "Document PDF",
            Self::Png | Self::Jpeg | Self::Webp => "Image",
            Self::Xml => "Fichier XML",
            Self::Cda => "Document médical structuré (CDA)",
            Self::Zip => "Archive ZIP",
        }
    }

    /// Whether it is a picture.
    pub const fn est_image(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::Webp)
    }
}

/// Local name of the root element, past the byte order mark, the declaration, comments and instructions.
fn racine_xml(debut: &[u8]) -> Option<&[u8]> {
    let mut reste = debut.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(debut);
    loop {
        reste = reste.trim_ascii_start();
        if let Some(suite) = reste.strip_prefix(b"<?") {
            reste = apres(suite, b"?>")?;
        } else if let Some(suite) = reste.strip_prefix(b"<!--") {
            reste = apres(suite, b"-->")?;
        } else {
            break;
        }
    }
    let nom = reste.strip_prefix(b"<")?;
    let longueur = nom.iter().position(|o| o.is_ascii_whitespace() || matches!(o, b'>' | b'/'))?;
    let nom = nom.get(..longueur)?;
    let local = nom.iter().position(|o| *o == b':').map_or(nom, |p| &nom[p + 1..]);
    let premier = *local.first()?;
    // An HTML page is not a document to import, even when it begins like XML.
    let html = local.eq_ignore_ascii_case(b"html");
    (!html && (premier.is_ascii_alphabetic() || premier == b'_' || premier >= 0x80)).then_some(local)
}

fn apres<'a>(texte: &'a [u8], motif: &[u8]) -> Option<&'a [u8]> {
    let position = texte.windows(motif.len()).position(|f| f == motif)?;
    texte.get(position + motif.len()..)
}

/// Longest name shown, in characters.
const NOM_MAX: usize = 120;

/// A file name that can be shown and offered for download: the last component of a path, without control characters,
/// invisible and direction marks (a program cannot pass for a PDF by turning its name over), reserved characters or leading dots;
/// at most 120 characters, the extension being kept. Never empty: « sans-nom » at worst.
///
/// ```
/// use kernel::fichiers::nom_affichable;
/// assert_eq!(nom_affichable("C:\\fakepath\\compte rendu.pdf"), "compte rendu.pdf");
/// ```
pub fn nom_affichable(nom: &str) -> String {
    let dernier = nom.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or_default();
    let propre: String = dernier
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !est_invisible(*c) && !est_reserve(*c))
        .collect();
    let propre = propre.split(' ').filter(|m| !m.is_empty()).collect::<Vec<_>>().join(" ");
    let propre = propre.trim_start_matches(['.', ' ']).trim_end_matches(['.', ' ']);
    if propre.is_empty() { "sans-nom".to_owned() } else { raccourcir(propre) }
}

fn est_reserve(c: char) -> bool {
    // U+061C is the Arabic direction mark; the others have a meaning for a file system.
    matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\u{061C}' | '\u{FFFD}')
}

fn raccourcir(nom: &str) -> String {
    let longueur = nom.chars().count();
    if longueur <= NOM_MAX {
        return nom.to_owned();
    }
    let extension = nom.rfind('.').map(|p| &nom[p..]).filter(|e| e.chars().count() <= 10).unwrap_or_default();
    let garde = NOM_MAX - extension.chars().count();
    let base: String = nom.chars().take(garde).collect();
    format!("{}{extension}", base.trim_end())
}
