//! What the screens draw: functions from values to markup.

pub(crate) mod consignes;
pub(crate) mod dossier;
pub(crate) mod fil;
pub(crate) mod formulaire;
pub(crate) mod ligne;
mod passations;
pub(crate) mod poids;
pub(crate) mod presenter;
pub(crate) mod releve;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use kernel::dates::{date_courte, heure_levee, jour_local};
use maud::{Markup, html};
use platform::Services;
use platform::acces::{Acces, Droit};
use ui::impression::Tirage;

use crate::themes;

/// Who looks, when and where: what every line needs to be told.
pub(crate) struct Regard<'a> {
    pub(crate) services: &'a Services,
    pub(crate) now: Timestamp,
}

impl<'a> Regard<'a> {
    pub(crate) fn de<D: Droit>(acces: &'a Acces<D>) -> Self {
        Self { services: acces.services(), now: acces.now() }
    }

    pub(crate) fn fuseau(&self) -> &TimeZone {
        &self.services.fuseau
    }

    /// « 08:30 ».
    pub(crate) fn heure(&self, instant: Timestamp) -> String {
        heure_levee(instant, self.fuseau())
    }

    /// « 08:30 » today, « hier 21:02 », « jeu. 19 nov. 14:10 » before.
    pub(crate) fn quand(&self, instant: Timestamp) -> String {
        let (jour, aujourd_hui) = (jour_local(instant, self.fuseau()), jour_local(self.now, self.fuseau()));
        let heure = self.heure(instant);
        if jour == aujourd_hui {
            return heure;
        }
        if jour.tomorrow().is_ok_and(|demain| demain == aujourd_hui) {
            return format!("hier {heure}");
        }
        if aujourd_hui.tomorrow().is_ok_and(|demain| demain == jour) {
            return format!("demain {heure}");
        }
        format!("{} {} {heure}", jour_abrege(jour.weekday()), sans_annee(&date_courte(jour), jour.year(), aujourd_hui.year()))
    }

    /// « ce soir », « demain 09:00 »…
    pub(crate) fn echeance(&self, instant: Timestamp) -> String {
        let (jour, aujourd_hui) = (jour_local(instant, self.fuseau()), jour_local(self.now, self.fuseau()));
        if jour == aujourd_hui && self.heure(instant).as_str() >= "18:00" { "ce soir".to_owned() } else { self.quand(instant) }
    }

    /// « Sophie Vernet, AS, saisi 09:12 ».
    pub(crate) fn signature(&self, une: &crate::Transmission) -> String {
        let mut mots = vec![une.auteur_nom.clone()];
        let court = self.services.profils.get(&une.auteur_profil).map(|profil| profil.court.clone());
        mots.extend(court.filter(|court| !court.is_empty()));
        if une.saisi_le.duration_since(une.fait_le) >= SignedDuration::from_mins(10) {
            mots.push(format!("saisi {}", self.quand(une.saisi_le)));
        }
        if une.hors_ligne {
            mots.push("sans réseau".to_owned());
        }
        if une.heure_a_confirmer {
            mots.push("heure à confirmer".to_owned());
        }
        mots.join(", ")
    }

    /// Short form of a profile.
    pub(crate) fn court(&self, profil: &str) -> String {
        self.services.profils.get(profil).map_or_else(|| profil.to_owned(), |profil| profil.court.clone())
    }
}

fn jour_abrege(jour: jiff::civil::Weekday) -> &'static str {
    use jiff::civil::Weekday;
    match jour {
        Weekday::Monday => "lun.",
        Weekday::Tuesday => "mar.",
        Weekday::Wednesday => "mer.",
        Weekday::Thursday => "jeu.",
        Weekday::Friday => "ven.",
        Weekday::Saturday => "sam.",
        Weekday::Sunday => "dim.",
    }
}

fn sans_annee(date: &str, annee: i16, courante: i16) -> String {
    if annee == courante { date.trim_end_matches(&format!(" {annee}")).to_owned() } else { date.to_owned() }
}

/// The header and the footer seen on paper.
pub(crate) fn tirage<D: Droit>(acces: &Acces<D>, titre: &str, adresse: &str) -> (Markup, Markup) {
    let services = acces.services();
    let etablissement = acces.etablissement().ok().and_then(|id| services.enseigne.etablissement(id)).unwrap_or_default();
    let tirage = Tirage {
        etablissement,
        titre: titre.to_owned(),
        auteur: acces.contexte().acteur.nom.clone(),
        date: kernel::dates::date_heure(acces.now(), &services.fuseau),
        adresse: adresse.to_owned(),
    };
    (tirage.entete(), tirage.pied())
}

/// The chip of a theme.
pub(crate) fn puce_theme(code: &str) -> ui::puces::Puce {
    let icone = themes::get(code).map_or(ui::Icone::ListChecks, themes::Theme::icone);
    ui::puces::Puce::neutre(themes::libelle(code)).icone(icone)
}

/// « 1 transmission », « 12 transmissions ».
pub(crate) fn compte(nombre: u64, un: &str, plusieurs: &str) -> String {
    if nombre > 1 { format!("{nombre}\u{a0}{plusieurs}") } else { format!("{nombre}\u{a0}{un}") }
}

/// A sentence which says who reads a transmission.
pub(crate) fn visible_par() -> Markup {
    html! { p class="secondaire" { "Visible par les soignants de l'unité et les professionnels de santé de l'établissement. Pas par la famille ni par les services hôteliers, techniques et administratifs." } }
}
