//! The trust put in an identity. The status is never stored: it follows from what was obtained and what was seen.

use super::{Ins, Traits, memes_traits_stricts};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The four statuses of the RNIV.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StatutIdentite {
    /// Neither INS nor identity document.
    Provisoire,
    /// INS obtained, document not seen.
    Recuperee,
    /// Document seen, no INS.
    Validee,
    /// Both: the only status that lets the INS leave with health data.
    Qualifiee,
}

impl StatutIdentite {
    /// Word for the screen.
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Provisoire => "Provisoire",
            Self::Recuperee => "Récupérée",
            Self::Validee => "Validée",
            Self::Qualifiee => "Qualifiée",
        }
    }
}

/// The document whose traits were compared with the record (its type only: no copy is needed).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentIdentite {
    /// Carte nationale d'identité.
    CarteIdentite,
    /// Passeport.
    Passeport,
    /// Titre de séjour.
    TitreSejour,
    /// Livret de famille with a carte Vitale with photograph (direct admission in EHPAD, RNIV 2024).
    LivretFamilleEtVitale,
    /// Extrait d'acte de naissance with a carte Vitale with photograph (direct admission in EHPAD, RNIV 2024).
    ActeNaissanceEtVitale,
    /// Electronic identification of high level.
    IdentiteNumerique,
}

impl DocumentIdentite {
    /// Every document, in the order of the list on screen.
    pub const TOUS: [Self; 6] = [
        Self::CarteIdentite,
        Self::Passeport,
        Self::TitreSejour,
        Self::LivretFamilleEtVitale,
        Self::ActeNaissanceEtVitale,
        Self::IdentiteNumerique,
    ];

    /// Name on screen.
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::CarteIdentite => "Carte nationale d'identité",
            Self::Passeport => "Passeport",
            Self::TitreSejour => "Titre de séjour",
            Self::LivretFamilleEtVitale => "Livret de famille et carte Vitale avec photo",
            Self::ActeNaissanceEtVitale => "Extrait d'acte de naissance et carte Vitale avec photo",
            Self::IdentiteNumerique => "Identité numérique de niveau élevé",
        }
    }
}

/// Why a step was refused. `Display` is a sentence for the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ErreurIdentite {
    /// Marked doubtful: nothing can raise its status.
    #[error("Cette identité est marquée douteuse : elle reste provisoire. Levez le doute avant de continuer.")]
    Douteuse,
    /// Imaginary person.
    #[error("Cette identité est fictive : elle reste provisoire et ne peut pas porter d'INS.")]
    Fictive,
    /// An INS or a document proves that the person exists.
    #[error("Cette identité s'appuie sur une INS ou une pièce d'identité : elle ne peut pas être fictive.")]
    PersonneReelle,
    /// No INS to take away.
    #[error("Cette identité n'a pas d'INS.")]
    SansIns,
}

/// An identity, its proofs and its attributes. Every step returns a new value; the status cannot be set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Brute")]
pub struct Identite {
    traits: Traits,
    #[serde(skip_serializing_if = "Option::is_none")]
    ins: Option<Ins>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<DocumentIdentite>,
    douteuse: bool,
    fictive: bool,
    homonyme: bool,
}

#[derive(Deserialize)]
struct Brute {
    traits: Traits,
    #[serde(default)]
    ins: Option<Ins>,
    #[serde(default)]
    document: Option<DocumentIdentite>,
    #[serde(default)]
    douteuse: bool,
    #[serde(default)]
    fictive: bool,
    #[serde(default)]
    homonyme: bool,
}

impl TryFrom<Brute> for Identite {
    type Error = ErreurIdentite;
    fn try_from(b: Brute) -> Result<Self, ErreurIdentite> {
        let lue = Self {
            traits: b.traits,
            ins: b.ins,
            document: b.document,
            douteuse: b.douteuse,
            fictive: b.fictive,
            homonyme: b.homonyme,
        };
        if lue.statut() != StatutIdentite::Provisoire {
            lue.exiger_sure()?;
        }
        Ok(lue)
    }
}

impl Identite {
    /// A new identity, from declared traits: provisoire.
    pub fn provisoire(traits: Traits) -> Self {
        Self { traits, ins: None, document: None, douteuse: false, fictive: false, homonyme: false }
    }

    /// The status that the proofs give.
    pub fn statut(&self) -> StatutIdentite {
        match (&self.ins, self.document) {
            (None, None) => StatutIdentite::Provisoire,
            (Some(_), None) => StatutIdentite::Recuperee,
            (None, Some(_)) => StatutIdentite::Validee,
            (Some(_), Some(_)) => StatutIdentite::Qualifiee,
        }
    }

    /// The téléservice INSi answered one identity: its traits replace those of the record. When they differ from the
    /// traits compared with a document, that document must be seen again and the status is récupérée.
    pub fn insi_obtenue(&self, ins: Ins, traits: Traits) -> Result<Self, ErreurIdentite> {
        self.exiger_sure()?;
        let document = self.document.filter(|_| memes_traits_stricts(&self.traits, &traits));
        Ok(Self { traits, ins: Some(ins), document, ..self.clone() })
    }

    /// The INS was withdrawn, or a check by INSi answered no: qualifiée becomes validée, récupérée provisoire.
    pub fn insi_invalidee(&self) -> Result<Self, ErreurIdentite> {
        self.ins.as_ref().ok_or(ErreurIdentite::SansIns)?;
        Ok(Self { ins: None, ..self.clone() })
    }

    /// Somebody compared the traits with an identity document: provisoire becomes validée, récupérée qualifiée.
    pub fn document_verifie(&self, document: DocumentIdentite) -> Result<Self, ErreurIdentite> {
        self.exiger_sure()?;
        Ok(Self { document: Some(document), ..self.clone() })
    }

    /// Traits corrected by hand: if one strict trait changes, INS and document are dropped and the identity is
    /// provisoire again; the same traits change nothing.
    #[must_use]
    pub fn traits_modifies(&self, traits: Traits) -> Self {
        if memes_traits_stricts(&self.traits, &traits) {
            return self.clone();
        }
        Self { traits, ins: None, document: None, ..self.clone() }
    }

    /// Doubt about who this is: INS and document are dropped, provisoire until the doubt is lifted.
    #[must_use]
    pub fn marquer_douteuse(&self) -> Self {
        Self { douteuse: true, ins: None, document: None, ..self.clone() }
    }

    /// The doubt is lifted; the proofs have to be obtained again.
    #[must_use]
    pub fn lever_doute(&self) -> Self {
        Self { douteuse: false, ..self.clone() }
    }

    /// Imaginary person (training); refused once an INS or a document proves the contrary.
    pub fn marquer_fictive(&self) -> Result<Self, ErreurIdentite> {
        if self.statut() != StatutIdentite::Provisoire {
            return Err(ErreurIdentite::PersonneReelle);
        }
        Ok(Self { fictive: true, ..self.clone() })
    }

    /// The mark « fictive » was a mistake.
    #[must_use]
    pub fn lever_fictive(&self) -> Self {
        Self { fictive: false, ..self.clone() }
    }

    /// Sets or clears the mark « homonyme »; compatible with every status.
    #[must_use]
    pub fn marquer_homonyme(&self, homonyme: bool) -> Self {
        Self { homonyme, ..self.clone() }
    }

    /// The INS that may be shown and sent: only that of a qualified identity.
    pub fn ins_transmissible(&self) -> Option<&Ins> {
        self.ins.as_ref().filter(|_| self.statut() == StatutIdentite::Qualifiee)
    }

    /// The INS obtained, whatever the status: for identitovigilance, not for exchanges.
    pub fn ins(&self) -> Option<&Ins> {
        self.ins.as_ref()
    }

    /// The strict traits.
    pub fn traits(&self) -> &Traits {
        &self.traits
    }

    /// The document seen.
    pub fn document(&self) -> Option<DocumentIdentite> {
        self.document
    }

    /// Marked doubtful.
    pub fn est_douteuse(&self) -> bool {
        self.douteuse
    }

    /// Marked imaginary.
    pub fn est_fictive(&self) -> bool {
        self.fictive
    }

    /// Marked as having a homonym.
    pub fn est_homonyme(&self) -> bool {
        self.homonyme
    }

    /// Whether the téléservice may be called: neither doubtful nor imaginary.
    pub fn appel_insi_permis(&self) -> bool {
        self.exiger_sure().is_ok()
    }

    fn exiger_sure(&self) -> Result<(), ErreurIdentite> {
        match (self.douteuse, self.fictive) {
            (true, _) => Err(ErreurIdentite::Douteuse),
            (false, true) => Err(ErreurIdentite::Fictive),
            (false, false) => Ok(()),
        }
    }
}
