//! The oracle: a second, naive reading of the profiles, sharing no code with the policy.

/// Every family of data, as the profiles write it.
pub(crate) const CATEGORIES: [&str; 22] = [
    "presence",
    "identite",
    "administratif",
    "alertes",
    "repas",
    "vie",
    "soins",
    "constantes",
    "transmissions",
    "medical",
    "urgence",
    "lecture_externe",
    "documents",
    "social",
    "psychologie",
    "organisation",
    "comptes",
    "remplacements",
    "journal",
    "bris_de_glace",
    "echanges",
    "personnel",
];

fn section(profil: &str) -> Option<&'static str> {
    let toml = include_str!("../../../platform/data/profils.toml");
    let debut = toml.find(&format!("\n[{profil}]\n"))?;
    let section = &toml[debut + 2..];
    Some(&section[..section.find("\n[").unwrap_or(section.len())])
}

/// How far the text lets this profession reach: `unite`, `etablissement`, `lecture_accordee` or `aucun_dossier`.
pub(crate) fn portee(profil: &str) -> &'static str {
    section(profil).and_then(|texte| texte.split_once("portee = \"")).and_then(|(_, suite)| suite.split('"').next()).unwrap_or("")
}

/// True if the text of `profils.toml` gives this profession the category, to read or to write.
pub(crate) fn permet(profil: &str, categorie: &str, ecrire: bool) -> bool {
    let Some(section) = section(profil) else { return false };
    let liste = |nom: &str| {
        let ligne = section.lines().find(|ligne| ligne.starts_with(&format!("{nom} =")) || ligne.starts_with(&format!("{nom}=")));
        ligne.is_some_and(|ligne| ligne.contains(&format!("\"{categorie}\"")))
    };
    liste("ecrire") || (!ecrire && liste("lire"))
}

/// Every profession of the file.
pub(crate) fn profils() -> Vec<&'static str> {
    include_str!("../../../platform/data/profils.toml")
        .lines()
        .filter_map(|ligne| ligne.strip_prefix('[')?.strip_suffix(']'))
        .collect()
}
