//! The oracle: a second, naive reading of the profiles, sharing no code with the policy.

/// True if the text of `profils.toml` gives this profession the category, to read or to write.
pub(crate) fn permet(profil: &str, categorie: &str, ecrire: bool) -> bool {
    let toml = include_str!("../../../platform/data/profils.toml");
    let Some(debut) = toml.find(&format!("\n[{profil}]\n")) else { return false };
    let section = &toml[debut + 2..];
    let section = &section[..section.find("\n[").unwrap_or(section.len())];
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
