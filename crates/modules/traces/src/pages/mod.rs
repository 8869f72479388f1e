//! Pages of traces.

mod avis;
pub(crate) mod bris;
pub(crate) mod droits;
pub(crate) mod freinage;
pub(crate) mod historique;
pub(crate) mod journal;
pub(crate) mod registre;
pub(crate) mod revue;

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kernel::id::EtablissementId;
use platform::acces::{Acces, Droit};
use platform::erreur::Resultat;
use ui::impression::Tirage;

/// The first instant of a day of the house.
fn debut_du_jour(jour: Date, fuseau: &TimeZone) -> Timestamp {
    kernel::dates::instant_local(jour.to_datetime(jiff::civil::time(0, 0, 0, 0)), fuseau)
}

/// « 21 nov. 2026 à 08:03:12 ».
fn a_la_seconde(le: Timestamp, fuseau: &TimeZone) -> String {
    let local = fuseau.to_datetime(le);
    format!("{} à {}:{:02}", kernel::dates::date_courte(local.date()), kernel::dates::heure(local.time()), local.second())
}

/// A value within an address.
fn encoder(texte: &str) -> String {
    texte.bytes().fold(String::new(), |mut encode, octet| {
        if octet.is_ascii_alphanumeric() || b"-_.".contains(&octet) {
            encode.push(char::from(octet));
        } else {
            let _ = write!(encode, "%{octet:02X}");
        }
        encode
    })
}

/// Heading and footer of what is printed.
fn tirage<D: Droit>(acces: &Acces<D>, titre: &str, adresse: String) -> Tirage {
    let services = acces.services();
    let etablissement = acces.contexte().etablissement.and_then(|id| services.enseigne.etablissement(id));
    Tirage {
        etablissement: etablissement.unwrap_or_else(|| "Grappe".to_owned()),
        titre: titre.to_owned(),
        auteur: acces.contexte().acteur.nom.clone(),
        date: kernel::dates::date_heure(acces.now(), &services.fuseau),
        adresse,
    }
}

/// The establishments where this right is held, by name.
async fn lieux<D: Droit>(acces: &Acces<D>) -> Resultat<Vec<(EtablissementId, String)>> {
    let tous = etablissements::etablissements(acces).await?;
    Ok(tous
        .iter()
        .filter(|un| un.actif && acces.ouvert_dans(un.value.id))
        .map(|un| (un.value.id, un.nom.as_str().to_owned()))
        .collect())
}
