//! What the hospital says beside what our record says: told to a human, never applied. Pure.

use jiff::Timestamp;
use platform::acces::EtatSejour;

use crate::annonce::Classe;
use crate::episode::{Episode, EtatEpisode};

/// What the two do not agree on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Desaccord {
    /// The hospital says the person died.
    DecesNonNote,
    /// The hospital has the person, our record says otherwise.
    EntreeNonNotee,
    /// The hospital let the person go, our record says they are still there.
    RetourNonNote,
    /// Our record has the person back, the hospital did not tell the end of the stay.
    SortieNonAnnoncee,
}

impl Desaccord {
    /// What happened, in one sentence.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::DecesNonNote => "L'hôpital annonce un décès que le séjour ne dit pas.",
            Self::EntreeNonNotee => "L'hôpital annonce une entrée que le séjour ne dit pas.",
            Self::RetourNonNote => "L'hôpital annonce une sortie ; le séjour dit encore « hospitalisé ».",
            Self::SortieNonAnnoncee => "Le séjour dit la personne revenue ; l'hôpital n'a pas annoncé sa sortie.",
        }
    }

    /// The gesture of the stay which settles it, if any: label, end of the address `/residents/{usager}/sejour/…`.
    pub fn geste(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::DecesNonNote => Some(("Enregistrer le décès", "deces")),
            Self::EntreeNonNotee => Some(("Enregistrer l'hospitalisation", "hospitalisation")),
            Self::RetourNonNote => Some(("Enregistrer le retour", "retour-hopital")),
            Self::SortieNonAnnoncee => None,
        }
    }
}

/// Our own stay, as far as the comparison goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotreSejour {
    /// Its state.
    pub etat: EtatSejour,
    /// Absent or in hospital since.
    pub parti_le: Option<Timestamp>,
    /// Last back from hospital.
    pub revenu_le: Option<Timestamp>,
}

/// Compares the episodes of a person, newest first, with our stay: the most serious disagreement.
pub fn desaccord(episodes: &[Episode], sejour: NotreSejour, now: Timestamp) -> Option<Desaccord> {
    if matches!(sejour.etat, EtatSejour::Decede | EtatSejour::Sorti | EtatSejour::Preadmis) {
        return None;
    }
    if episodes.iter().any(|episode| episode.etat() == EtatEpisode::Decede) {
        return Some(Desaccord::DecesNonNote);
    }
    let ouverts: Vec<&Episode> = episodes.iter().filter(|episode| episode.est_ouvert(now)).collect();
    match sejour.etat {
        EtatSejour::Present | EtatSejour::Absent => {
            let au_lit = |episode: &&&Episode| {
                episode.etat() == EtatEpisode::EnCours && !episode.classe().is_some_and(Classe::est_d_un_jour)
            };
            let episode = ouverts.iter().find(au_lit)?;
            // The hospital said nothing since the person came back: it is the one which is late.
            let revenue = sejour.revenu_le.is_some_and(|revenu_le| revenu_le > episode.dernier_instant());
            Some(if revenue { Desaccord::SortieNonAnnoncee } else { Desaccord::EntreeNonNotee })
        }
        EtatSejour::Hospitalise if ouverts.is_empty() => {
            let sortie = |episode: &Episode| episode.etat() == EtatEpisode::Termine && episode.fin() >= sejour.parti_le;
            episodes.iter().any(sortie).then_some(Desaccord::RetourNonNote)
        }
        _ => None,
    }
}
