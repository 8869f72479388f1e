//! The journal as a CSV file whose fingerprint is itself written in the journal, hence under the next signed head.

use std::fmt::Write as _;

use platform::store::{Checkpoint, LineRow};

/// A cell: quoted, and never read as a formula by a spreadsheet (ASVS 1.2.10).
fn cellule(texte: &str) -> String {
    let garde = if texte.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{garde}{}\"", texte.replace('"', "\"\"").replace(['\n', '\r'], " "))
}

/// A line ready to be written: its words are already French.
pub(crate) struct Ligne<'a> {
    pub(crate) source: &'a LineRow,
    pub(crate) qui: String,
    pub(crate) quoi: String,
    pub(crate) nature: &'static str,
    pub(crate) personne: String,
    pub(crate) etablissement: String,
    pub(crate) motif: String,
}

/// The file: a heading which names the last signed head, then one row a line, each with its number in the journal.
///
/// Semicolons and a byte order mark: what French spreadsheets open.
pub(crate) fn csv(lignes: &[Ligne<'_>], tete: Option<&Checkpoint>, produit: &str) -> String {
    let mut texte = String::from("\u{feff}");
    let _ = writeln!(texte, "{}", cellule(&format!("Journal des accès, extrait produit {produit}")));
    match tete {
        Some(tete) => {
            let racine = hexadecimal(&tete.root);
            let _ = writeln!(
                texte,
                "{};{};{}",
                cellule("Dernière tête signée"),
                cellule(&format!("{} lignes, le {}", tete.size, tete.at)),
                cellule(&racine)
            );
        }
        None => {
            let _ = writeln!(texte, "{}", cellule("Aucune tête signée à ce jour"));
        }
    }
    texte.push_str("ligne;instant UTC;nature;qui;compte;profil;quoi;code;personne;identifiant de la personne;établissement;poste;porte;motif;requête\r\n");
    for un in lignes {
        let detail = |nom: &str| un.source.detail(nom).unwrap_or_default();
        let personne = un.source.person.map(|id| id.to_string()).unwrap_or_default();
        let cellules = [
            un.source.n.to_string(),
            un.source.at.to_string(),
            un.nature.to_owned(),
            un.qui.clone(),
            un.source.account.to_string(),
            detail("profil"),
            un.quoi.clone(),
            un.source.verb.clone(),
            un.personne.clone(),
            personne,
            un.etablissement.clone(),
            detail("poste"),
            detail("origine"),
            un.motif.clone(),
            detail("requete"),
        ];
        let _ = write!(texte, "{}\r\n", cellules.iter().map(|texte| cellule(texte)).collect::<Vec<_>>().join(";"));
    }
    texte
}

/// SHA-256 of the file, in hexadecimal: what the journal keeps of the export.
pub(crate) fn empreinte(octets: &[u8]) -> String {
    hexadecimal(ring::digest::digest(&ring::digest::SHA256, octets).as_ref())
}

/// Bytes in hexadecimal.
pub(crate) fn hexadecimal(octets: &[u8]) -> String {
    octets.iter().fold(String::new(), |mut hex, octet| {
        let _ = write!(hex, "{octet:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_never_becomes_a_formula() {
        assert_eq!(cellule("=1+1"), "\"'=1+1\"");
        assert_eq!(cellule("dit \"oui\"\nnon"), "\"dit \"\"oui\"\" non\"");
    }

    #[test]
    fn the_fingerprint_is_sha_256() {
        assert_eq!(empreinte(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
