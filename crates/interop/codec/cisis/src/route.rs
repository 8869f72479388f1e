//! Routes of administration.

use cda_r2::Code;

use crate::concept::{Concept, System};

/// Route of administration (EDQM, JDV_RouteofAdministration).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// By mouth.
    Oral,
    /// Under the skin.
    Subcutaneous,
    /// Into a muscle.
    Intramuscular,
    /// Into a vein.
    Intravenous,
    /// Through the skin.
    Transdermal,
    /// On the skin.
    Cutaneous,
    /// Inhaled.
    Inhaled,
    /// In the nose.
    Nasal,
    /// In the eye.
    Ophthalmic,
    /// In the ear.
    Auricular,
    /// By the rectum.
    Rectal,
    /// Under the tongue.
    Sublingual,
    /// By a gastric tube.
    Gastric,
}

impl Route {
    const ALL: [Self; 13] = [
        Self::Oral,
        Self::Subcutaneous,
        Self::Intramuscular,
        Self::Intravenous,
        Self::Transdermal,
        Self::Cutaneous,
        Self::Inhaled,
        Self::Nasal,
        Self::Ophthalmic,
        Self::Auricular,
        Self::Rectal,
        Self::Sublingual,
        Self::Gastric,
    ];

    /// The term of the value set.
    pub fn concept(self) -> Concept {
        let (code, display) = match self {
            Self::Oral => ("20053000", "Voie orale"),
            Self::Subcutaneous => ("20066000", "Voie sous-cutanée"),
            Self::Intramuscular => ("20035000", "Voie intramusculaire"),
            Self::Intravenous => ("20045000", "Voie intraveineuse"),
            Self::Transdermal => ("20070000", "Voie transdermique"),
            Self::Cutaneous => ("20003000", "Voie cutanée"),
            Self::Inhaled => ("20020000", "Voie inhalée"),
            Self::Nasal => ("20049000", "Voie nasale"),
            Self::Ophthalmic => ("20051000", "Voie ophtalmique"),
            Self::Auricular => ("20001000", "Voie auriculaire"),
            Self::Rectal => ("20061000", "Voie rectale"),
            Self::Sublingual => ("20067000", "Voie sublinguale"),
            Self::Gastric => ("20013500", "Voie gastrique"),
        };
        Concept::new(code, display, System::Edqm)
    }

    pub(crate) fn of_code(code: &Code) -> Option<Self> {
        Self::ALL.into_iter().find(|route| route.concept().is(code))
    }
}
