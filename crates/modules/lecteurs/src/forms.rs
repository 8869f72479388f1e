//! The forms of readers and of who opens their accounts; every French sentence of their errors.

use jiff::Timestamp;
use kernel::dates::DateNaissance;
use kernel::id::CompteId;
use kernel::texte::Texte;
use platform::web::{Champs, Erreurs};
use professionnels::Exterieur;

use crate::acts::Pourquoi;
use crate::chercher::Identite;
use crate::model::{Lecteur, NATURES};
use crate::motifs::{AUTRE, motifs};

/// The one profile of these accounts.
pub(crate) const PROFIL: &str = "lecteur_urgence";

/// The fields of the motive, by identity.
pub(crate) const POURQUOI: (&str, &str) = ("motif", "precision");
/// The same, by link.
pub(crate) const POURQUOI_LIEN: (&str, &str) = ("motif_lien", "precision_lien");

fn pourquoi(erreurs: &mut Erreurs, champs: &Champs, (champ, mots): (&str, &str)) -> Pourquoi {
    let motif = champs.texte(champ);
    erreurs.exiger(champ, motifs().iter().any(|(code, _)| code == motif), "Choisissez le motif : sans motif, rien ne s'ouvre.");
    let precision = erreurs.garder(mots, Texte::<300>::facultatif(champs.texte(mots))).flatten();
    erreurs.exiger(mots, motif != AUTRE || precision.is_some(), "Dites en quelques mots pourquoi vous ouvrez ce document.");
    Pourquoi { motif: motif.to_owned(), precision: precision.map(String::from).unwrap_or_default() }
}

/// Reads a search by identity.
pub(crate) fn lire_recherche(champs: &Champs) -> Result<(Identite, Pourquoi), Erreurs> {
    let mut erreurs = Erreurs::default();
    let nom = erreurs.garder("nom", Texte::<100>::new(champs.texte("nom")));
    let prenom = erreurs.garder("prenom", Texte::<100>::facultatif(champs.texte("prenom"))).flatten();
    let naissance = champs.texte("naissance").parse::<DateNaissance>().ok();
    erreurs.exiger("naissance", naissance.is_some(), "Écrivez la date de naissance : jour, mois, année.");
    let pourquoi = pourquoi(&mut erreurs, champs, POURQUOI);
    match (nom, naissance) {
        (Some(nom), Some(naissance)) if erreurs.aucune() => {
            Ok((Identite::new(&nom, naissance, prenom.as_deref().unwrap_or_default()), pourquoi))
        }
        _ => Err(erreurs),
    }
}

/// Reads what opens by a link: its address, the year of birth.
pub(crate) fn lire_lien(champs: &Champs) -> Result<(String, String, Pourquoi), Erreurs> {
    let mut erreurs = Erreurs::default();
    let lien = erreurs.garder("lien", Texte::<300>::new(champs.texte("lien")));
    let annee = champs.texte("annee").trim();
    let chiffres = annee.len() == 4 && annee.bytes().all(|octet| octet.is_ascii_digit());
    erreurs.exiger("annee", chiffres, "Écrivez l'année de naissance, en quatre chiffres.");
    let pourquoi = pourquoi(&mut erreurs, champs, POURQUOI_LIEN);
    match lien {
        Some(lien) if erreurs.aucune() => Ok((lien.into(), annee.to_owned(), pourquoi)),
        _ => Err(erreurs),
    }
}

/// Reads the account of a reader.
pub(crate) fn lire_lecteur(
    champs: &Champs,
    compte: CompteId,
    (ouvert_le, ouvert_par): (Timestamp, &str),
) -> Result<(Exterieur, Lecteur), Erreurs> {
    let mut erreurs = Erreurs::default();
    let nom = erreurs.garder("nom", Texte::<80>::new(champs.texte("nom")));
    let prenom = erreurs.garder("prenom", Texte::<80>::new(champs.texte("prenom")));
    let organisation = erreurs.garder("organisation", Texte::<80>::new(champs.texte("organisation")));
    let fonction = erreurs.garder("fonction", Texte::<80>::new(champs.texte("fonction")));
    let telephone = erreurs.garder("telephone", Texte::<30>::facultatif(champs.texte("telephone"))).flatten();
    let nature = champs.texte("nature");
    erreurs.exiger("nature", NATURES.iter().any(|(code, _)| *code == nature), "Choisissez ce qu'est l'organisation.");
    match (nom, prenom, organisation, fonction) {
        (Some(nom), Some(prenom), Some(organisation), Some(fonction)) if erreurs.aucune() => Ok((
            Exterieur {
                compte,
                prenom: prenom.into(),
                nom: nom.into(),
                organisation: organisation.to_string(),
                profil: PROFIL.to_owned(),
            },
            Lecteur {
                compte,
                organisation,
                nature: nature.to_owned(),
                fonction,
                telephone: telephone.map(String::from).unwrap_or_default(),
                ouvert_le,
                ouvert_par: ouvert_par.to_owned(),
            },
        )),
        _ => Err(erreurs),
    }
}
