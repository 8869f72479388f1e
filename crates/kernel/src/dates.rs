//! Civil dates, hours and spans as French care homes write and read them.
//!
//! Instants are stored in UTC ([`jiff::Timestamp`]); what a carer reads is always local to the establishment, whose
//! [`jiff::tz::TimeZone`] is a parameter of every conversion here (overseas establishments included).

mod format;
mod local;
mod naissance;
mod partielle;
mod periode;
mod saison;

pub use format::{date_courte, date_heure, date_longue, heure, heure_levee, il_y_a, mois_abrege, mois_en_lettres};
pub use local::{instant_local, jour_local};
pub use naissance::{Age, DateNaissance};
pub use partielle::DatePartielle;
pub use periode::Periode;

use jiff::civil::Date;
use thiserror::Error;

/// Why a date was refused. `Display` is a sentence for the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ErreurDate {
    /// Neither `JJ/MM/AAAA` nor `AAAA-MM-JJ`.
    #[error("La date doit s'écrire JJ/MM/AAAA.")]
    Forme,
    /// Well written, but no such day (31 April, 29 February of a common year).
    #[error("Cette date n'existe pas dans le calendrier. Vérifiez le jour et le mois.")]
    Inexistante,
    /// Same as [`ErreurDate::Forme`], for a date of birth.
    #[error("La date de naissance doit s'écrire JJ/MM/AAAA. Si le jour ou le mois est inconnu, écrivez 00.")]
    FormeNaissance,
    /// A date of birth whose month is unknown and whose day is given.
    #[error("La date de naissance ne peut pas avoir un jour sans mois. Écrivez 00/00 suivi de l'année.")]
    JourSansMois,
    /// Year of birth outside 1850 to 2199.
    #[error("L'année de naissance doit être comprise entre 1850 et 2199.")]
    Annee,
    /// A period that ends before it begins.
    #[error("La date de fin précède la date de début. Corrigez l'une des deux.")]
    FinAvantDebut,
}

/// Reads a date typed as `JJ/MM/AAAA` (or `J/M/AAAA`, or with dots or dashes) or received as ISO `AAAA-MM-JJ`.
///
/// Two-digit years are refused: 36 is 1936 for a birth and 2036 for an appointment.
pub fn lire_date(texte: &str) -> Result<Date, ErreurDate> {
    let (annee, mois, jour) = decouper(texte).ok_or(ErreurDate::Forme)?;
    Date::new(annee, mois, jour).map_err(|_| ErreurDate::Inexistante)
}

/// Year, month and day as written, without looking at the calendar.
fn decouper(texte: &str) -> Option<(i16, i8, i8)> {
    let parties: Vec<&str> = texte.trim().split(['/', '-', '.']).collect();
    let &[a, b, c] = parties.as_slice() else {
        return None;
    };
    if parties.iter().any(|p| p.is_empty() || !p.bytes().all(|o| o.is_ascii_digit())) {
        return None;
    }
    let (annee, mois, jour) = match (a.len(), b.len(), c.len()) {
        (1 | 2, 1 | 2, 4) => (c, b, a),
        (4, 2, 2) => (a, b, c),
        _ => return None,
    };
    Some((annee.parse().ok()?, mois.parse().ok()?, jour.parse().ok()?))
}
