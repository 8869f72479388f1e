//! Oppositions of the person (art. L.1110-4 CSP): to whom, about what.

use kernel::id::{CompteId, EtablissementId};
use platform::acces::{Categorie, CibleOpposition, Opposition, Profils};
use platform::web::{Champs, Erreurs};

/// Families of data an opposition may be about: whatever is told of the person.
pub(crate) const CATEGORIES: [(Categorie, &str); 11] = [
    (Categorie::Identite, "identite"),
    (Categorie::Administratif, "administratif"),
    (Categorie::Alertes, "alertes"),
    (Categorie::Vie, "vie"),
    (Categorie::Soins, "soins"),
    (Categorie::Constantes, "constantes"),
    (Categorie::Transmissions, "transmissions"),
    (Categorie::Medical, "medical"),
    (Categorie::Urgence, "urgence"),
    (Categorie::Documents, "documents"),
    (Categorie::Psychologie, "psychologie"),
];

/// Reads one opposition: `cible` is `profil/…`, `compte/…` or `etablissement/…`; `categories` empty or `tout` ticked means everything.
pub(crate) fn lire(champs: &Champs, profils: &Profils) -> Result<Opposition, Erreurs> {
    let mut erreurs = Erreurs::default();
    let cible = match champs.texte("cible").split_once('/') {
        Some(("profil", code)) if profils.get(code).is_some() => Some(CibleOpposition::Profil(code.to_owned())),
        Some(("compte", id)) => id.parse().ok().map(|id| CibleOpposition::Compte(CompteId(id))),
        Some(("etablissement", id)) => id.parse().ok().map(|id| CibleOpposition::Etablissement(EtablissementId(id))),
        _ => None,
    };
    erreurs.exiger("cible", cible.is_some(), "Choisissez à qui la personne s'oppose.");
    let categories: Vec<Categorie> = CATEGORIES
        .iter()
        .filter(|(_, code)| champs.tous("categories").any(|choisie| choisie == *code))
        .map(|(categorie, _)| *categorie)
        .collect();
    let tout = champs.coche("tout");
    erreurs.exiger(
        "categories",
        tout || !categories.is_empty(),
        "Choisissez les informations concernées, ou « Tout le dossier ».",
    );
    match cible {
        Some(cible) if erreurs.aucune() => Ok(Opposition { cible, categories: if tout { Vec::new() } else { categories } }),
        _ => Err(erreurs),
    }
}
