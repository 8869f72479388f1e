//! Who eats here, counted from the stays in progress; pure.

use std::collections::BTreeMap;

use jiff::civil::Date;
use platform::acces::EtatSejour;
use sejours::{GenreSejour, Resident};

/// A service which is prepared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    /// The dinner of today.
    CeSoir,
    /// The lunch of the next day.
    DemainMidi,
}

impl Service {
    pub(crate) const TOUS: [Self; 2] = [Self::CeSoir, Self::DemainMidi];

    pub(crate) fn libelle(self) -> &'static str {
        match self {
            Self::CeSoir => "Ce soir",
            Self::DemainMidi => "Demain midi",
        }
    }
}

/// True if the person is expected at this service: in the house, not a guest of the day at night, not gone by the end foreseen.
/// Nobody in hospital or away is counted back before coming back: their return is a notice of its own.
pub(crate) fn mange(resident: &Resident, service: Service, aujourd_hui: Date) -> bool {
    let sejour = &resident.sejour;
    if sejour.etat != EtatSejour::Present || sejour.genre == GenreSejour::Domicile {
        return false;
    }
    let parti = |jour: Date| sejour.sortie_prevue.is_some_and(|fin| fin <= jour);
    match service {
        Service::CeSoir => sejour.genre != GenreSejour::AccueilDeJour && !parti(aujourd_hui),
        Service::DemainMidi => !parti(aujourd_hui),
    }
}

/// How many of each: textures, diets, drinks. A person without anything written counts as « normale ».
pub(crate) struct Comptes {
    pub textures: BTreeMap<String, usize>,
    pub regimes: BTreeMap<String, usize>,
}

/// Counts those given, whose alerts the reader may read; `None` when the reader reads none of them.
pub(crate) fn compter<'a>(residents: impl Iterator<Item = &'a Resident>, lisible: bool) -> Option<Comptes> {
    if !lisible {
        return None;
    }
    let mut comptes = Comptes { textures: BTreeMap::new(), regimes: BTreeMap::new() };
    for resident in residents {
        let (texture, regime) =
            resident.alertes.as_ref().map_or(("", ""), |alertes| (alertes.texture.as_str(), alertes.regime.as_str()));
        let texture = if texture.is_empty() { "normale" } else { texture };
        *comptes.textures.entry(texture.to_owned()).or_default() += 1;
        if !regime.is_empty() {
            *comptes.regimes.entry(regime.to_owned()).or_default() += 1;
        }
    }
    Some(comptes)
}
