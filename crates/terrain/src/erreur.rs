use thiserror::Error;

/// Why something of the protocol was not accepted. No variant carries data about a person.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum Erreur {
    /// The key named by the tablet is not, or no longer, held: sealed more than [`crate::GARDE_JOURS`] days ago.
    #[error("clé de scellement inconnue ou trop ancienne")]
    CleInconnue,
    /// The bytes do not open: altered, moved under another id, or sealed for somebody else.
    #[error("contenu altéré ou scellé pour un autre établissement")]
    Altere,
    /// The bytes open but are not an operation, or not the one announced in clear.
    #[error("opération illisible")]
    Illisible,
    /// The proof was not made with the session's key.
    #[error("preuve de l'auteur invalide")]
    PreuveInvalide,
    /// The signature of a request is absent, malformed or wrong.
    #[error("signature du poste invalide")]
    SignatureInvalide,
    /// The request is well signed but too old or too far in the future to open anything.
    #[error("demande trop ancienne")]
    Perimee,
    /// The operation comes from a release newer than this server: it waits, nothing is lost.
    #[error("version d'opération plus récente que le serveur")]
    TropRecente,
    /// The machine's source of randomness or a primitive failed.
    #[error("opération cryptographique impossible")]
    Primitive,
}
