//! Codes of the refusal of a document by the system that should have integrated it.

/// Why a document was refused: 900 to 906 of the French table of integration errors
/// (`ansforge/IG-hl7v2-volet-trans-lps-doc-cda-courriel-mss`, `error-codes.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum IntegrationCode {
    /// 900: the version to replace or delete is not the one known.
    WrongVersion,
    /// 901: the author may not do this.
    AuthorNotAllowed,
    /// 902: the patient is unknown.
    PatientUnknown,
    /// 903: the document has no national identity (INS).
    NoIns,
    /// 904: the national identity differs from the one known.
    InsDiffers,
    /// 905: the traits of the national identity are incomplete.
    InsTraitsIncomplete,
    /// 906: any other reason, a package that cannot be read for instance.
    Other,
}

impl IntegrationCode {
    /// The number, 900 to 906.
    pub fn number(self) -> u16 {
        match self {
            Self::WrongVersion => 900,
            Self::AuthorNotAllowed => 901,
            Self::PatientUnknown => 902,
            Self::NoIns => 903,
            Self::InsDiffers => 904,
            Self::InsTraitsIncomplete => 905,
            Self::Other => 906,
        }
    }

    /// Reads a number; `None` for another one.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "900" => Some(Self::WrongVersion),
            "901" => Some(Self::AuthorNotAllowed),
            "902" => Some(Self::PatientUnknown),
            "903" => Some(Self::NoIns),
            "904" => Some(Self::InsDiffers),
            "905" => Some(Self::InsTraitsIncomplete),
            "906" => Some(Self::Other),
            _ => None,
        }
    }
}
