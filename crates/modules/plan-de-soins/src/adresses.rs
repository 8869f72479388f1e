//! Addresses of the module's screens.

use kernel::id::UsagerId;
use uuid::Uuid;

use crate::cle::Cle;
use crate::poste::Creneau;

/// Keeps a return address within the site; anything else leads to the round.
pub(crate) fn locale(retour: &str) -> &str {
    let correcte = retour.starts_with('/')
        && !retour.starts_with("//")
        && retour.bytes().all(|octet| octet.is_ascii_graphic() && !matches!(octet, b'\\' | b'"' | b'<' | b'>'));
    if correcte { retour } else { "/tour/soins" }
}

/// Encodes a value for the query of an address.
pub(crate) fn encoder(texte: &str) -> String {
    use std::fmt::Write as _;
    texte.bytes().fold(String::with_capacity(texte.len()), |mut adresse, octet| {
        if octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_' | b'.' | b'~' | b'/') {
            adresse.push(char::from(octet));
        } else {
            let _ = write!(adresse, "%{octet:02X}");
        }
        adresse
    })
}

/// The plan of a person.
pub(crate) fn plan(usager: UsagerId) -> String {
    format!("/residents/{usager}/soins")
}

/// The sheet of one time of an act.
pub(crate) fn fiche(usager: UsagerId, soin: Uuid, cle: &Cle, retour: &str) -> String {
    format!("/residents/{usager}/soins/{soin}?occurrence={}&retour={}", encoder(&cle.to_string()), encoder(retour))
}

/// Receives the taps of a card.
pub(crate) fn pointer(usager: UsagerId) -> String {
    format!("/residents/{usager}/soins/pointer")
}

/// Receives an annulment.
pub(crate) fn annuler(usager: UsagerId, validation: Uuid) -> String {
    format!("/residents/{usager}/validations/{validation}/annuler")
}

/// Adds a parameter to an address.
pub(crate) fn avec(adresse: &str, nom: &str, valeur: &str) -> String {
    let (base, ancre) = adresse.split_once('#').map_or((adresse, ""), |(base, ancre)| (base, ancre));
    let lien = if base.contains('?') { '&' } else { '?' };
    let ancre = if ancre.is_empty() { String::new() } else { format!("#{ancre}") };
    format!("{base}{lien}{nom}={}{ancre}", encoder(valeur))
}

/// `jour=2026-11-21&poste=matin`.
pub(crate) fn creneau(creneau: Creneau) -> String {
    format!("jour={}&poste={}", creneau.jour, creneau.poste.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_return_address_never_leaves_the_site() {
        assert_eq!(locale("/tour/soins?filtre=mes#r-1"), "/tour/soins?filtre=mes#r-1");
        for ailleurs in ["//autre.example", "https://autre.example", "/\\autre.example", "", "/a b", "/\u{e9}"] {
            assert_eq!(locale(ailleurs), "/tour/soins");
        }
    }
}
