//! What the forms of the structure bring, read as the model or given back with sentences.

use kernel::id::{EtablissementId, LitId, OrganismeId, UniteId};
use kernel::numeros::{Finess, Telephone};
use kernel::texte::Texte;
use platform::web::{Champs, Erreurs};

use crate::{Chambre, Etablissement, Genres, Lit, Organisme, Statut, Unite};

/// Most rooms created at once.
const CHAMBRES_MAX: u32 = 200;

fn facultatif(erreurs: &mut Erreurs, champs: &Champs, nom: &str) -> String {
    let lu = Texte::<200>::facultatif(champs.texte(nom));
    erreurs.garder(nom, lu).flatten().map(String::from).unwrap_or_default()
}

fn nombre(erreurs: &mut Erreurs, champs: &Champs, nom: &str, maximum: u32) -> u32 {
    match champs.texte(nom) {
        "" => 0,
        texte => match texte.parse() {
            Ok(lu) if lu <= maximum => lu,
            _ => {
                erreurs.ajouter(nom, format!("Indiquez un nombre entier, de 0 à {maximum}."));
                0
            }
        },
    }
}

/// An organisme gestionnaire.
pub(crate) fn organisme(champs: &Champs) -> Result<Organisme, Erreurs> {
    let mut erreurs = Erreurs::default();
    let nom = erreurs.garder("nom", Texte::new(champs.texte("nom")));
    let finess = erreurs.garder("finess", Finess::new(champs.texte("finess")));
    let statut = Statut::TOUS.iter().find(|(_, code, _)| *code == champs.texte("statut")).map(|(statut, ..)| *statut);
    erreurs.exiger("statut", statut.is_some(), "Choisissez le statut juridique.");
    match (nom, finess, statut) {
        (Some(nom), Some(finess), Some(statut)) if erreurs.aucune() => Ok(Organisme { nom, finess, statut }),
        _ => Err(erreurs),
    }
}

/// An establishment or service; `connus` are the organismes which exist.
pub(crate) fn etablissement(champs: &Champs, id: EtablissementId, connus: &[OrganismeId]) -> Result<Etablissement, Erreurs> {
    let mut erreurs = Erreurs::default();
    let nom = erreurs.garder("nom", Texte::new(champs.texte("nom")));
    let finess = erreurs.garder("finess", Finess::new(champs.texte("finess")));
    let organisme = champs.lire::<OrganismeId>("organisme").filter(|organisme| connus.contains(organisme));
    erreurs.exiger("organisme", organisme.is_some(), "Choisissez l'organisme gestionnaire.");
    let genre = Genres::get(champs.texte("genre"));
    erreurs.exiger("genre", genre.is_some(), "Choisissez le genre d'établissement ou de service.");
    let departement = champs.texte("departement").to_uppercase();
    let forme = departement.is_empty()
        || ((2..=3).contains(&departement.len()) && departement.bytes().all(|octet| octet.is_ascii_alphanumeric()));
    erreurs.exiger("departement", forme, "Indiquez le code du département : 63, 2A, 974.");
    let telephone = champs.texte("telephone");
    if !telephone.is_empty() {
        erreurs.garder("telephone", Telephone::new(telephone));
    }
    let (adresse, commune) = (facultatif(&mut erreurs, champs, "adresse"), facultatif(&mut erreurs, champs, "commune"));
    let acces_nuit = facultatif(&mut erreurs, champs, "acces_nuit");
    let capacite = nombre(&mut erreurs, champs, "capacite", 5_000);
    match (nom, finess, organisme, genre) {
        (Some(nom), Some(finess), Some(organisme), Some(genre)) if erreurs.aucune() => Ok(Etablissement {
            id,
            organisme,
            nom,
            finess,
            genre: genre.code.clone(),
            adresse,
            commune,
            departement,
            telephone: telephone.to_owned(),
            acces_nuit,
            capacite,
            actif: champs.texte("actif") == "oui",
        }),
        _ => Err(erreurs),
    }
}

/// A unit, at this place among the units.
pub(crate) fn unite(champs: &Champs, etablissement: EtablissementId, rang: u32) -> Result<Unite, Erreurs> {
    let mut erreurs = Erreurs::default();
    let nom = erreurs.garder("nom", Texte::new(champs.texte("nom")));
    let capacite = nombre(&mut erreurs, champs, "capacite", 1_000);
    match nom {
        Some(nom) if erreurs.aucune() => {
            Ok(Unite { etablissement, nom, rang, capacite, de_jour: champs.coche("de_jour"), fermee: false })
        }
        _ => Err(erreurs),
    }
}

/// The numbers « 201 », « 201-212 » or « 201, 203, 12 bis » stand for, in their order.
pub(crate) fn numeros(texte: &str) -> Result<Vec<String>, String> {
    let mut numeros = Vec::new();
    for morceau in texte.split([',', ';']).map(str::trim).filter(|morceau| !morceau.is_empty()) {
        let bornes = morceau.split_once('-').map(|(debut, fin)| (debut.trim().parse::<u32>(), fin.trim().parse::<u32>()));
        match bornes {
            Some((Ok(debut), Ok(fin))) if debut <= fin && fin - debut < CHAMBRES_MAX => {
                numeros.extend((debut..=fin).map(|numero| numero.to_string()));
            }
            Some((Ok(_), Ok(_))) => {
                return Err(format!("Écrivez une suite croissante de {CHAMBRES_MAX} chambres au plus, par exemple 201-212."));
            }
            _ => numeros.push(Texte::<12>::new(morceau).map_err(|erreur| erreur.to_string())?.as_str().to_owned()),
        }
    }
    numeros.dedup();
    match numeros.len() {
        0 => Err("Indiquez un numéro, par exemple 201, ou une suite, par exemple 201-212.".into()),
        n if n > CHAMBRES_MAX as usize => Err(format!("Créez {CHAMBRES_MAX} chambres au plus à la fois.")),
        _ => Ok(numeros),
    }
}

/// A room with one bed, or two marked door and window.
pub(crate) fn chambre(
    etablissement: EtablissementId,
    unite: UniteId,
    numero: &str,
    rang: u32,
    double: bool,
) -> Result<Chambre, String> {
    let id = Chambre::id(etablissement, numero);
    let lit = |repere: &str| Lit { id: LitId(kernel::id::derived(id.0, &format!("lit/{repere}"))), repere: repere.to_owned() };
    let lits = if double { vec![lit("P"), lit("F")] } else { vec![lit("")] };
    let numero = Texte::new(numero).map_err(|erreur| erreur.to_string())?;
    Ok(Chambre { etablissement, unite, numero, rang, lits, hors_service: None })
}

/// The reason of a closing, typed in this field.
pub(crate) fn motif(champs: &Champs, champ: &str) -> Result<Texte<200>, Erreurs> {
    Texte::new(champs.texte(champ)).map_err(|_| {
        let mut erreurs = Erreurs::default();
        erreurs.ajouter("motif", "Indiquez le motif de la fermeture, en 200 caractères au plus.");
        erreurs
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_numbers_are_read_one_by_one_and_as_a_range() {
        assert_eq!(numeros("201-203, 12 bis").unwrap(), ["201", "202", "203", "12 bis"]);
        assert!(numeros("  ").is_err() && numeros("210-201").is_err() && numeros("1-900").is_err());
    }

    #[test]
    fn an_establishment_without_kind_is_refused_with_every_sentence() {
        let champs = Champs::depuis(&[("finess", "12"), ("departement", "puy-de-dôme")]);
        let erreurs = etablissement(&champs, EtablissementId(uuid::Uuid::nil()), &[]).unwrap_err();
        let attendus = ["nom", "finess", "organisme", "genre", "departement"];
        assert!(attendus.iter().all(|champ| erreurs.de(champ).is_some()), "{erreurs:?}");
    }
}
