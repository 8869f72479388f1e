//! The day of a person: what is due and done, by time; other modules add their own facts.

use jiff::Timestamp;
use jiff::civil::Date;
use kernel::dates::{date_longue, heure_levee};
use maud::{Markup, html};
use ui::Icone;
use ui::bloc::{Bloc, EntetePage};
use ui::boutons::{Bouton, boutons};
use ui::liste::{Ligne, liste};
use ui::puces::Puce;
use ui::vide::vide_bon;

use super::ligne::mention;
use crate::journee::Journee;
use crate::tour::fuseau;

/// A moment of a day, whatever module tells it.
#[derive(Debug, Clone)]
pub struct MomentDuJour {
    /// When.
    pub a: Timestamp,
    /// What: « Toilette au lavabo », « Kinésithérapeute », « Atelier mémoire ».
    pub titre: String,
    /// How, where, with whom.
    pub detail: String,
    /// Family of facts: « Soin », « Rendez-vous », « Animation », « Transport ».
    pub genre: &'static str,
    /// Sign.
    pub icone: Icone,
    /// State in words.
    pub puce: Option<Puce>,
    /// Where to read more.
    pub href: Option<String>,
}

/// The care of a day as moments of it, to be merged with those of other modules by [`journee`].
pub fn moments(journee: &Journee, now: Timestamp) -> Vec<MomentDuJour> {
    let usager = journee.resident.id();
    let retour = format!("/residents/{usager}/journee?jour={}", journee.jour);
    let moment = |soin: &crate::SoinDuTour| {
        let (etat, mots) = mention(soin, now);
        MomentDuJour {
            a: soin.principale().map_or(soin.due, |principale| principale.fait_le),
            titre: soin.ligne.libelle.clone(),
            detail: soin.ligne.consigne.clone(),
            genre: "Soin",
            icone: super::icone(&soin.ligne.icone),
            puce: Some(Puce::new(etat, mots)),
            href: Some(crate::adresses::fiche(usager, soin.ligne.id, &soin.occurrence, &retour)),
        }
    };
    journee.soins.iter().map(moment).collect()
}

/// Draws a day from the moments of every module, in the order of time.
pub fn journee(mut moments: Vec<MomentDuJour>) -> Markup {
    moments.sort_by(|a, b| (a.a, &a.titre).cmp(&(b.a, &b.titre)));
    html! {
        @if moments.is_empty() { (vide_bon("Rien n'est prévu ce jour.")) }
        @else {
            (liste(&moments.iter().map(ligne).collect::<Vec<_>>()))
        }
    }
}

fn ligne(moment: &MomentDuJour) -> Ligne {
    let detail =
        if moment.detail.is_empty() { moment.genre.to_owned() } else { format!("{} · {}", moment.genre, moment.detail) };
    let mut ligne =
        Ligne::new(format!("{} · {}", heure_levee(moment.a, &fuseau()), moment.titre)).detail(detail).icone(moment.icone);
    if let Some(puce) = &moment.puce {
        ligne = ligne.puce(puce.clone());
    }
    match &moment.href {
        Some(href) => ligne.lien(href),
        None => ligne,
    }
}

/// The content of the page.
pub(crate) fn page(journee_lue: &Journee, moments: Vec<MomentDuJour>, onglets: &Markup) -> Markup {
    let usager = journee_lue.resident.id();
    let adresse = |jour: Date| format!("/residents/{usager}/journee?jour={jour}");
    let jour = journee_lue.jour;
    html! {
        (onglets)
        (EntetePage::new("Journée").phrase(date_longue(jour)))
        (boutons(&html! {
            (Bouton::lien("Veille", adresse(jour.yesterday().unwrap_or(jour))).icone(Icone::ArrowLeft).petit())
            (Bouton::lien("Lendemain", adresse(jour.tomorrow().unwrap_or(jour))).icone(Icone::ArrowRight).petit())
        }))
        (Bloc::new("Ce qui est prévu et fait", journee(moments)).icone(Icone::CalendarDays))
    }
}
