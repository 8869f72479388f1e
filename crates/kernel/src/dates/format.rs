//! What the screen shows. Months are always in letters: 03/04 is read both ways in a mixed team.

use super::local::decalage_double;
use super::saison;
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};

const MOIS: [&str; 12] =
    ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];
const MOIS_ABREGES: [&str; 12] =
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];

/// Name of the month, 1 to 12; empty outside.
pub fn mois_en_lettres(mois: i8) -> &'static str {
    element(&MOIS, mois)
}

/// Usual abbreviation of the month, 1 to 12; empty outside.
pub fn mois_abrege(mois: i8) -> &'static str {
    element(&MOIS_ABREGES, mois)
}

fn element(noms: &[&'static str; 12], mois: i8) -> &'static str {
    usize::try_from(mois).ok().and_then(|m| noms.get(m.wrapping_sub(1))).copied().unwrap_or_default()
}

/// « 21 nov. 2026 », « 1er avr. 1936 ».
pub fn date_courte(date: Date) -> String {
    format!("{} {} {}", quantieme(date), mois_abrege(date.month()), date.year())
}

/// « samedi 21 novembre 2026 ».
pub fn date_longue(date: Date) -> String {
    let jour = match date.weekday() {
        Weekday::Monday => "lundi",
        Weekday::Tuesday => "mardi",
        Weekday::Wednesday => "mercredi",
        Weekday::Thursday => "jeudi",
        Weekday::Friday => "vendredi",
        Weekday::Saturday => "samedi",
        Weekday::Sunday => "dimanche",
    };
    format!("{jour} {} {} {}", quantieme(date), mois_en_lettres(date.month()), date.year())
}

fn quantieme(date: Date) -> String {
    if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() }
}

/// « 08:05 », on 24 hours.
pub fn heure(heure: Time) -> String {
    format!("{:02}:{:02}", heure.hour(), heure.minute())
}

/// « 21 nov. 2026 à 08:05 » at the place of `fuseau`; the hour is that of [`heure_levee`].
pub fn date_heure(instant: Timestamp, fuseau: &TimeZone) -> String {
    let local = fuseau.to_datetime(instant);
    format!("{} à {}", date_courte(local.date()), heure_levee(instant, fuseau))
}

/// Local hour of an instant, without ambiguity: in the hour that comes twice when clocks go back, the season is
/// written, « 02:30 (heure d'été) » then « 02:30 (heure d'hiver) ». Elsewhere, only « 08:05 ».
pub fn heure_levee(instant: Timestamp, fuseau: &TimeZone) -> String {
    if let Some(local) = saison::horloge(instant, fuseau) {
        return heure(local.time());
    }
    let local = fuseau.to_datetime(instant);
    let texte = heure(local.time());
    match decalage_double(local, fuseau) {
        Some((avant, _)) if fuseau.to_offset(instant) == avant => format!("{texte} (heure d'été)"),
        Some(_) => format!("{texte} (heure d'hiver)"),
        None => texte,
    }
}

/// Elapsed time in words: « à l'instant » (under a minute), « il y a 12 min », « il y a 3 h », « hier » (24 to 48 h),
/// « il y a 4 j ». A negative duration is ahead: « dans 12 min », « demain », « dans 4 j ».
///
/// The number and its unit are bound by a no-break space (U+00A0).
pub fn il_y_a(duree: SignedDuration) -> String {
    let minutes = duree.as_mins().unsigned_abs();
    let futur = duree.is_negative();
    let quantite = match minutes {
        0 => return "à l'instant".to_owned(),
        1..60 => format!("{minutes}\u{a0}min"),
        60..1440 => format!("{}\u{a0}h", minutes / 60),
        1440..2880 => return if futur { "demain" } else { "hier" }.to_owned(),
        _ => format!("{}\u{a0}j", minutes / 1440),
    };
    if futur { format!("dans {quantite}") } else { format!("il y a {quantite}") }
}
