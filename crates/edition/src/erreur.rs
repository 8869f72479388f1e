//! What can stop a document from being made.

/// Why a document could not be rendered. The message is for the person who asked for it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditionError {
    /// An embedded font cannot be read: the program itself is damaged.
    #[error("La police embarquée n'a pas pu être lue. Réinstallez le programme.")]
    Police,
    /// An image is neither a PNG nor a grey or RGB JPEG, is damaged, or is too large (over 40 million pixels).
    #[error("L'image « {0} » n'a pas pu être lue. Remplacez-la par une image PNG ou JPEG.")]
    Image(String),
    /// An address is too long for a QR code (over about 1,200 bytes).
    #[error("L'adresse est trop longue pour un code QR : {0} octets. Raccourcissez-la.")]
    Qr(usize),
    /// A table has no column, or a row has more cells than columns.
    #[error("Le tableau « {0} » a plus de cellules que de colonnes. Signalez-le au support.")]
    Tableau(String),
    /// The PDF/A validator refused the result.
    #[error("Le document n'est pas conforme au format d'archivage PDF/A-1b : {0}. Signalez-le au support.")]
    Conformite(String),
}
