//! Rights: one type a right, declared by the module whose act it opens.

use serde::{Deserialize, Serialize};

/// A family of data; a profession may read some of them and write some of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Categorie {
    /// Who is where: presence, room, photo, name.
    Presence,
    /// Identity traits, INS.
    Identite,
    /// Contacts, protection measure, stays, contracts.
    Administratif,
    /// Allergies, diet and texture, alert chips: what nobody at the bedside may ignore.
    Alertes,
    /// Who eats here, and what the kitchen knows of it.
    Repas,
    /// Habits, wishes, what matters to the person.
    Vie,
    /// Care plan and its validations.
    Soins,
    /// Vital signs, weight, pain.
    Constantes,
    /// Targeted transmissions.
    Transmissions,
    /// Medical history, letters, results.
    Medical,
    /// What is told and handed over in an emergency: call to the centre 15, DLU, departure to the hospital.
    Urgence,
    /// The DLU opened for a few hours to who takes the person in charge outside (SAMU, emergency department), and nothing else.
    LectureExterne,
    /// Documents which are not medical.
    Documents,
    /// Confidential social notes.
    Social,
    /// Psychologist's shared notes.
    Psychologie,
    /// Establishments, units, rooms, shared libraries.
    Organisation,
    /// Professionals, accounts, habilitations.
    Comptes,
    /// Accounts of temporary workers only (F242).
    Remplacements,
    /// The journal: who did and read what.
    Journal,
    /// Records opened by exception, to be reviewed by somebody else.
    BrisDeGlace,
    /// Exchanges: reception, identity queue.
    Echanges,
    /// One's own account and preferences.
    Personnel,
}

impl Categorie {
    /// Every category, in the order of the printed matrix.
    pub const TOUTES: [Self; 22] = [
        Self::Presence,
        Self::Identite,
        Self::Administratif,
        Self::Alertes,
        Self::Repas,
        Self::Vie,
        Self::Soins,
        Self::Constantes,
        Self::Transmissions,
        Self::Medical,
        Self::Urgence,
        Self::LectureExterne,
        Self::Documents,
        Self::Social,
        Self::Psychologie,
        Self::Organisation,
        Self::Comptes,
        Self::Remplacements,
        Self::Journal,
        Self::BrisDeGlace,
        Self::Echanges,
        Self::Personnel,
    ];

    /// Its name on screens.
    pub fn libelle(self) -> &'static str {
        match self {
            Self::Presence => "présence",
            Self::Identite => "identité",
            Self::Administratif => "administratif",
            Self::Alertes => "alertes et allergies",
            Self::Repas => "repas et liaison cuisine",
            Self::Vie => "habitudes de vie",
            Self::Soins => "plan de soins",
            Self::Constantes => "constantes",
            Self::Transmissions => "transmissions",
            Self::Medical => "données médicales",
            Self::Urgence => "urgence et liaison (DLU)",
            Self::LectureExterne => "lecture du DLU par un lecteur extérieur",
            Self::Documents => "documents",
            Self::Social => "notes sociales",
            Self::Psychologie => "suivi psychologique",
            Self::Organisation => "organisation",
            Self::Comptes => "comptes et habilitations",
            Self::Remplacements => "comptes de remplacement",
            Self::Journal => "journal des accès",
            Self::BrisDeGlace => "revue des bris de glace",
            Self::Echanges => "échanges",
            Self::Personnel => "son propre compte",
        }
    }

    /// True for what always lives in one establishment: persons accompanied, and what is exchanged about them.
    pub const fn est_d_un_etablissement(self) -> bool {
        !matches!(
            self,
            Self::LectureExterne
                | Self::Organisation
                | Self::Comptes
                | Self::Remplacements
                | Self::Journal
                | Self::BrisDeGlace
                | Self::Personnel
        )
    }

    /// True for health data in the sense of art. L.1110-4 CSP: never for hotel, technical or administrative roles.
    pub fn est_sante(self) -> bool {
        matches!(self, Self::Soins | Self::Constantes | Self::Medical | Self::Urgence | Self::LectureExterne | Self::Psychologie)
    }
}

/// Reading or writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verbe {
    /// To read.
    Lire,
    /// To write, correct, annul.
    Ecrire,
}

/// What a right is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objet {
    /// The record of one person.
    Dossier,
    /// A list over a unit or an establishment.
    Perimetre,
    /// The structure, its accounts, its libraries: no record of a person.
    Structure,
    /// One's own account.
    Soi,
}

/// A right as data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DroitInfo {
    /// Stable code, `module.verbe`.
    pub code: &'static str,
    /// French sentence, for the matrix read by the direction and the DPO.
    pub libelle: &'static str,
    /// The family of data it opens.
    pub categorie: Categorie,
    /// Reading or writing.
    pub verbe: Verbe,
    /// What it is about.
    pub objet: Objet,
    /// Families of data read with it, for this use only, whatever the profession reads otherwise: those a DLU is made of.
    /// The person's oppositions hold for each of them.
    pub emporte: &'static [Categorie],
}

/// A right as a type: what a handler must hold.
pub trait Droit: Send + Sync + 'static {
    /// The right as data.
    const INFO: DroitInfo;
}

/// Declares rights: `droits! { /// doc LireTransmissions = "transmissions.lire", "Lire les transmissions", Transmissions, Lire, Dossier; }`.
///
/// `Dossier + [Identite, Alertes]` after the object names the families of data read with the right (see [`DroitInfo::emporte`]).
///
/// Also makes `pub const DROITS: &[DroitInfo]`, which the module gives to the platform.
#[macro_export]
macro_rules! droits {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $label:literal, $category:ident, $verb:ident, $object:ident $(+ [$($carried:ident),+])?;)+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy)]
            pub struct $name;
            impl $crate::acces::Droit for $name {
                const INFO: $crate::acces::DroitInfo = $crate::acces::DroitInfo {
                    code: $code,
                    libelle: $label,
                    categorie: $crate::acces::Categorie::$category,
                    verbe: $crate::acces::Verbe::$verb,
                    objet: $crate::acces::Objet::$object,
                    emporte: &[$($($crate::acces::Categorie::$carried),+)?],
                };
            }
        )+
        /// Every right of the module.
        pub const DROITS: &[$crate::acces::DroitInfo] = &[$(<$name as $crate::acces::Droit>::INFO),+];
    };
}
