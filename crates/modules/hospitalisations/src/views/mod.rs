//! Functions to HTML.

pub(crate) mod bloc;
pub(crate) mod dossier;
pub(crate) mod episode;
pub(crate) mod liste;

use kernel::id::UsagerId;
use maud::Markup;
use maud::html;
use ui::alerte::{Alerte, Nature};
use ui::boutons::Bouton;
use ui::puces::{Etat, Puce};

use crate::comparaison::Desaccord;
use crate::episode::{Episode, EtatEpisode};

/// The state of an episode as a chip.
pub(crate) fn puce(episode: &Episode) -> Puce {
    let etat = match episode.etat() {
        EtatEpisode::EnCours => Etat::ASurveiller,
        EtatEpisode::Prevu | EtatEpisode::EnPermission => Etat::Info,
        EtatEpisode::Termine => Etat::Fait,
        EtatEpisode::Decede | EtatEpisode::Annule => Etat::Archive,
    };
    Puce::new(etat, episode.etat().libelle())
}

/// What does not agree, with the gesture which settles it for those who may make it.
pub(crate) fn alerte(usager: UsagerId, desaccord: Desaccord, peut: bool) -> Markup {
    let alerte = Alerte::new(Nature::Attention, desaccord.phrase())
        .texte("Rien n'a été changé au séjour. Vérifiez, puis enregistrez ce qui s'est passé.");
    let geste = desaccord.geste().filter(|_| peut);
    let alerte = match geste {
        Some((verbe, code)) => {
            let bouton = Bouton::lien(verbe, format!("/residents/{usager}/sejour/{code}"));
            alerte.actions(html! { (bouton) })
        }
        None => alerte,
    };
    html! { (alerte) }
}
