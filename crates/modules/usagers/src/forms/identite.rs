//! Identity: strict traits as on the document, used names, answer of the téléservice INSi.

use kernel::dates::DateNaissance;
use kernel::ins::{DatamatrixIns, Ins, LieuNaissance, Matricule, Oid, Sexe, Traits};
use kernel::texte::Texte;
use platform::web::{Champs, Erreurs};

use crate::{Identification, Usager};

/// Names the person uses, when they differ from those of birth.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NomsUtilises {
    /// Used name.
    pub nom: Option<String>,
    /// Used first name.
    pub prenom: Option<String>,
}

/// Reads the strict traits: `nom_naissance`, `prenoms_naissance`, `naissance`, `sexe`, `lieu_naissance`.
pub fn lire_traits(champs: &Champs, erreurs: &mut Erreurs) -> Option<Traits> {
    let naissance = erreurs.garder("naissance", champs.texte("naissance").parse::<DateNaissance>());
    let sexe = erreurs.garder("sexe", Sexe::lire(champs.texte("sexe")));
    let lieu = match champs.texte("lieu_naissance") {
        "" => Some(LieuNaissance::inconnu()),
        code => erreurs.garder("lieu_naissance", LieuNaissance::new(code)),
    };
    let (nom, prenoms) = (champs.texte("nom_naissance"), champs.texte("prenoms_naissance"));
    let essai = Traits::new(nom, "X", DateNaissance::new(1900, 1, 1).ok()?, Sexe::Indetermine, LieuNaissance::inconnu());
    erreurs.garder("nom_naissance", essai);
    let essai = Traits::new("X", prenoms, DateNaissance::new(1900, 1, 1).ok()?, Sexe::Indetermine, LieuNaissance::inconnu());
    erreurs.garder("prenoms_naissance", essai);
    Traits::new(nom, prenoms, naissance?, sexe?, lieu?).ok()
}

/// Reads the used names: `nom_utilise`, `prenom_utilise`.
pub fn lire_noms(champs: &Champs, erreurs: &mut Erreurs) -> NomsUtilises {
    let nom = erreurs.garder("nom_utilise", Texte::<120>::facultatif(champs.texte("nom_utilise"))).flatten();
    let prenom = erreurs.garder("prenom_utilise", Texte::<80>::facultatif(champs.texte("prenom_utilise"))).flatten();
    NomsUtilises { nom: nom.map(String::from), prenom: prenom.map(String::from) }
}

/// The name shown on screens: the used one, else the birth name.
pub fn nom_affiche(traits: &Traits, noms: &NomsUtilises) -> Option<Texte<120>> {
    Texte::new(noms.nom.as_deref().unwrap_or(traits.nom_naissance())).ok()
}

/// The first name shown on screens: the used one, else the first of birth, with a capital.
pub fn prenom_affiche(traits: &Traits, noms: &NomsUtilises) -> Option<Texte<80>> {
    let prenom = noms.prenom.clone().unwrap_or_else(|| capitales(traits.premier_prenom()));
    Texte::new(&prenom).ok()
}

/// « MARIE-LOUISE » becomes « Marie-Louise ».
fn capitales(prenom: &str) -> String {
    let mut debut = true;
    prenom
        .chars()
        .map(|c| {
            let sortie = if debut { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
            debut = !c.is_alphanumeric();
            sortie
        })
        .collect()
}

/// Whether the authority of a number suits the installation (INV-44): real numbers never in a demonstration, others never elsewhere.
pub(crate) fn oid_admis(oid: Oid, demo: bool) -> Result<Oid, &'static str> {
    match (oid.est_production(), demo) {
        (true, true) => {
            Err("Cette installation ne contient que des données fictives : un matricule réel ne peut pas y être saisi.")
        }
        (false, false) => {
            Err("Ce matricule est un matricule de test ou de démonstration : il ne peut pas être saisi pour une personne réelle.")
        }
        _ => Ok(oid),
    }
}

/// Reads a matricule and its authority: `matricule`, `oid`.
pub(crate) fn lire_ins(champs: &Champs, demo: bool, erreurs: &mut Erreurs) -> Option<Ins> {
    let oid = erreurs.garder("oid", champs.texte("oid").parse::<Oid>());
    let oid = erreurs.garder("oid", oid_admis(oid?, demo));
    let matricule = erreurs.garder("matricule", Matricule::new(champs.texte("matricule")));
    erreurs.garder("matricule", Ins::new(matricule?, oid?))
}

/// The fields of the identity form as they stand in the record.
pub(crate) fn saisie(usager: &Usager, identification: &Identification, version: i64) -> Champs {
    let traits = identification.identite.traits();
    Champs::depuis(&[
        ("version", &version.to_string()),
        ("nom_naissance", traits.nom_naissance()),
        ("prenoms_naissance", traits.prenoms_naissance()),
        ("naissance", &traits.date_naissance().jj_mm_aaaa()),
        ("sexe", traits.sexe().code()),
        ("lieu_naissance", traits.lieu_naissance().code()),
        ("nom_utilise", identification.nom_utilise.as_deref().unwrap_or_default()),
        ("prenom_utilise", identification.prenom_utilise.as_deref().unwrap_or_default()),
        ("civilite", usager.civilite.code()),
    ])
}

/// How scanners set as keyboards write the separator of the code (ASCII 29).
const SEPARATEURS: [&str; 3] = ["␝", "<GS>", "^]"];

/// The fields of the INS form as the code read gives them.
///
/// # Errors
/// A sentence for the screen.
pub(crate) fn saisie_datamatrix(code: &str, version: &str) -> Result<Champs, String> {
    let code = SEPARATEURS.iter().fold(code.to_owned(), |code, ecrit| code.replace(ecrit, "\u{1D}"));
    let lu = DatamatrixIns::lire(&code).map_err(|erreur| erreur.to_string())?;
    let traits = lu.traits().map_err(|erreur| erreur.to_string())?;
    Ok(Champs::depuis(&[
        ("version", version),
        ("matricule", lu.matricule.as_str()),
        ("oid", &lu.oid_brut),
        ("nom_naissance", traits.nom_naissance()),
        ("prenoms_naissance", traits.prenoms_naissance()),
        ("naissance", &traits.date_naissance().jj_mm_aaaa()),
        ("sexe", traits.sexe().code()),
        ("lieu_naissance", traits.lieu_naissance().code()),
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_trait_is_said_at_once() {
        let champs = Champs::depuis(&[
            ("nom_naissance", "R2D2"),
            ("prenoms_naissance", ""),
            ("naissance", "31/02/1936"),
            ("sexe", "Z"),
            ("lieu_naissance", "631"),
        ]);
        let mut erreurs = Erreurs::default();
        assert!(lire_traits(&champs, &mut erreurs).is_none());
        for champ in ["nom_naissance", "prenoms_naissance", "naissance", "sexe", "lieu_naissance"] {
            assert!(erreurs.de(champ).is_some(), "{champ}");
        }
    }

    #[test]
    fn names_shown_come_from_use_then_from_birth() {
        let champs = Champs::depuis(&[
            ("nom_naissance", "D'Artigues"),
            ("prenoms_naissance", "Marie-Louise Odette"),
            ("naissance", "29/02/1936"),
            ("sexe", "F"),
        ]);
        let mut erreurs = Erreurs::default();
        let traits = lire_traits(&champs, &mut erreurs).unwrap();
        assert!(erreurs.aucune());
        assert_eq!(&*nom_affiche(&traits, &NomsUtilises::default()).unwrap(), "D'ARTIGUES");
        assert_eq!(&*prenom_affiche(&traits, &NomsUtilises::default()).unwrap(), "Marie-Louise");
        let noms = NomsUtilises { nom: Some("BRUMELLE".into()), prenom: Some("Malou".into()) };
        assert_eq!(&*nom_affiche(&traits, &noms).unwrap(), "BRUMELLE");
        assert_eq!(&*prenom_affiche(&traits, &noms).unwrap(), "Malou");
    }

    #[test]
    fn numbers_never_cross_between_demonstration_and_service() {
        assert!(oid_admis(Oid::Nir, false).is_ok() && oid_admis(Oid::Nia, false).is_ok());
        assert!(oid_admis(Oid::Nir, true).is_err() && oid_admis(Oid::Nia, true).is_err());
        assert!(oid_admis(Oid::Demo, true).is_ok() && oid_admis(Oid::Test, true).is_ok());
        assert!(oid_admis(Oid::Demo, false).is_err() && oid_admis(Oid::Test, false).is_err());
    }
}
