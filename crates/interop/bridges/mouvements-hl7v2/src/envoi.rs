//! Who says it, and when: what every reading of a message needs.

use hl7v2::{Authority, Header, Identifier};
use hospitalisations::Hopital;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::temps::{instant, propre};

/// The sender of a message and its hours.
#[derive(Debug, Clone)]
pub struct Envoi<'a> {
    /// Which hospital (MSH-4, else MSH-3).
    pub hopital: Hopital,
    /// When it was sent (MSH-7).
    pub envoye_le: Option<Timestamp>,
    /// The zone of hours without an offset.
    pub fuseau: &'a TimeZone,
}

impl<'a> Envoi<'a> {
    /// From the header.
    pub fn de(entete: &Header, fuseau: &'a TimeZone) -> Self {
        let emetteur = entete.sending_facility.as_ref().or(entete.sending_application.as_ref());
        let cle = emetteur.and_then(cle_d_autorite).unwrap_or_default();
        let nom = emetteur.and_then(|autorite| propre(autorite.namespace.as_deref()?));
        let nom = nom.unwrap_or_else(|| if cle.is_empty() { "Hôpital non nommé".into() } else { cle.clone() });
        Self { hopital: Hopital { cle, nom }, envoye_le: entete.time.as_ref().and_then(|lu| instant(lu, fuseau)), fuseau }
    }

    /// What tells the message from the others of its sender: MSH-3, MSH-4, MSH-10 and MSH-7, since counters start again.
    pub(crate) fn cle_message(&self, entete: &Header) -> String {
        let autorite = |autorite: Option<&Authority>| autorite.and_then(cle_d_autorite).unwrap_or_default();
        let heure = entete.time.as_ref().map(|lu| lu.raw.as_str()).unwrap_or_default();
        let application = autorite(entete.sending_application.as_ref());
        format!("{}|{application}|{}|{heure}", self.hopital.cle, entete.control_id)
    }
}

/// The most lasting name of an authority: its number, else its code.
fn cle_d_autorite(autorite: &Authority) -> Option<String> {
    autorite.universal_id.as_deref().or(autorite.namespace.as_deref()).and_then(propre)
}

/// A number a hospital gives to a person (IPP), with who gave it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ipp {
    /// Who gave it: FINESS number, OID or code.
    pub autorite: String,
    /// The number.
    pub numero: String,
}

/// The local numbers among identifiers: type `PI`, or no type at all; the authority is the hospital when none is said.
pub fn ipps(identifiants: &[Identifier], hopital: &Hopital) -> Vec<Ipp> {
    let locaux = identifiants.iter().filter(|lu| lu.kind.as_deref().is_none_or(|sorte| sorte == "PI"));
    let mut trouves: Vec<Ipp> = locaux
        .filter_map(|lu| {
            let autorite = lu.authority.as_ref().and_then(cle_d_autorite).unwrap_or_else(|| hopital.cle.clone());
            Some(Ipp { autorite, numero: propre(&lu.value)? })
        })
        .collect();
    trouves.sort();
    trouves.dedup();
    trouves
}
