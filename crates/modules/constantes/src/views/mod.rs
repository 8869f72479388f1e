//! Screens of the module.

pub(crate) mod bloc;
pub(crate) mod detail;
pub(crate) mod dossier;
pub(crate) mod saisie;
mod seuils;
pub(crate) mod surveillance;

pub(crate) use seuils::formulaire_seuils;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::alertes::Gravite;
use ui::puces::Etat;

/// The shape and word of a chip for an alert.
pub(crate) fn etat_de(gravite: Gravite) -> Etat {
    match gravite {
        Gravite::Danger => Etat::Danger,
        Gravite::Attention => Etat::ASurveiller,
    }
}

/// « aujourd'hui à 08:10 », « hier à 18:00 », « 12 nov. à 08:00 ».
pub(crate) fn quand(le: Timestamp, now: Timestamp, fuseau: &TimeZone) -> String {
    let jour = kernel::dates::jour_local(le, fuseau);
    let heure = kernel::dates::heure_levee(le, fuseau);
    let ecart = kernel::dates::jour_local(now, fuseau).since(jour).map_or(i32::MAX, |ecart| ecart.get_days());
    match ecart {
        0 => format!("aujourd'hui à {heure}"),
        1 => format!("hier à {heure}"),
        _ => kernel::dates::date_heure(le, fuseau),
    }
}
