//! The rights of each profession as text: a table for the repository, sentences for a director.

use std::fmt::Write as _;

use super::{Categorie, DroitInfo, Portee, Profil, Profils, Verbe};

/// How far a profile reaches, in words.
fn portee(profil: &Profil) -> &'static str {
    match profil.portee {
        Portee::Unite => "ses unités",
        Portee::Etablissement => "tout l'établissement",
        Portee::AucunDossier => "aucun dossier",
        Portee::LectureAccordee => "un DLU demandé, quatre heures",
    }
}

/// « E » writes and reads, « l » reads, « · » nothing.
pub fn signe(profil: &Profil, categorie: Categorie) -> char {
    match (profil.permet(categorie, Verbe::Ecrire), profil.permet(categorie, Verbe::Lire)) {
        (true, _) => 'E',
        (false, true) => 'l',
        (false, false) => '·',
    }
}

fn enumerer(mots: &[&str]) -> String {
    match mots {
        [] => String::new(),
        [seul] => (*seul).to_owned(),
        [debut @ .., dernier] => format!("{} et {dernier}", debut.join(", ")),
    }
}

/// What a profession may do, in sentences a director reads (ux.md 2.6 « Droits »).
pub fn phrases(profil: &Profil) -> Vec<String> {
    let choisir = |verbe: Option<Verbe>| -> Vec<&'static str> {
        Categorie::TOUTES
            .into_iter()
            .filter(|categorie| *categorie != Categorie::Personnel)
            .filter(|categorie| match verbe {
                Some(Verbe::Ecrire) => profil.permet(*categorie, Verbe::Ecrire),
                Some(Verbe::Lire) => profil.permet(*categorie, Verbe::Lire) && !profil.permet(*categorie, Verbe::Ecrire),
                None => !profil.permet(*categorie, Verbe::Lire),
            })
            .map(Categorie::libelle)
            .collect()
    };
    let mut phrases = vec![match profil.portee {
        Portee::Unite => "Ouvre les dossiers des personnes de ses unités.".to_owned(),
        Portee::Etablissement => "Ouvre les dossiers des personnes de tout l'établissement.".to_owned(),
        Portee::AucunDossier => "N'ouvre aucun dossier.".to_owned(),
        Portee::LectureAccordee => {
            "Ouvre le seul DLU d'une personne retrouvée exactement, pour un motif écrit, quatre heures ; l'établissement le voit."
                .to_owned()
        }
    }];
    for (verbe, debut) in
        [(Some(Verbe::Ecrire), "Peut lire et écrire"), (Some(Verbe::Lire), "Peut lire, sans modifier"), (None, "N'a pas accès à")]
    {
        let mots = choisir(verbe);
        if !mots.is_empty() {
            phrases.push(format!("{debut} : {}.", enumerer(&mots)));
        }
    }
    if profil.sante && profil.portee == Portee::Unite {
        phrases.push("Peut ouvrir un dossier hors de ses unités pour un motif écrit, 60 minutes, relu ensuite.".to_owned());
    }
    phrases
}

/// The matrix of rights and profiles as stable text, to be committed and compared.
///
/// First the families of data by profile, then each declared right with the profiles which hold it.
pub fn matrice_texte(profils: &Profils, droits: &[DroitInfo]) -> String {
    let mut texte = String::from(
        "# Droits par profil. E : lit et écrit ; l : lit ; · : rien.\n# Écrit par cargo xtask droits ; ne pas modifier à la main.\n\n",
    );
    let largeur = profils.tous().map(|(code, _)| code.len()).max().unwrap_or(0);
    for (rang, categorie) in Categorie::TOUTES.into_iter().enumerate() {
        let _ = writeln!(texte, "{:>2} {}", rang + 1, categorie.libelle());
    }
    let _ = write!(texte, "\n{:largeur$}", "profil");
    for rang in 1..=Categorie::TOUTES.len() {
        let _ = write!(texte, " {rang:>2}");
    }
    texte.push_str("  portée\n");
    for (code, profil) in profils.tous() {
        let _ = write!(texte, "{code:largeur$}");
        for categorie in Categorie::TOUTES {
            let _ = write!(texte, "  {}", signe(profil, categorie));
        }
        let _ = writeln!(texte, "  {}{}", portee(profil), if profil.sante { ", soignant" } else { "" });
    }
    texte.push_str("\n# Chaque droit et les profils qui le tiennent.\n");
    let mut tries: Vec<&DroitInfo> = droits.iter().collect();
    tries.sort_by_key(|droit| droit.code);
    tries.dedup_by_key(|droit| droit.code);
    for droit in tries {
        let tenants: Vec<&str> =
            profils.tous().filter(|(_, profil)| profil.permet(droit.categorie, droit.verbe)).map(|(code, _)| code).collect();
        let emporte: Vec<&str> = droit.emporte.iter().map(|categorie| categorie.libelle()).collect();
        let avec = if emporte.is_empty() { String::new() } else { format!(" ; fait lire : {}", emporte.join(", ")) };
        let _ = writeln!(
            texte,
            "\n{} ({}, {}{avec})\n  {}\n  {}",
            droit.code,
            droit.categorie.libelle(),
            verbe(droit.verbe),
            droit.libelle,
            tenants.join(" ")
        );
    }
    texte
}

fn verbe(verbe: Verbe) -> &'static str {
    match verbe {
        Verbe::Lire => "lire",
        Verbe::Ecrire => "écrire",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acces::Objet;

    #[test]
    fn the_matrix_is_stable_and_names_who_holds_a_right() {
        let droit = DroitInfo {
            code: "essai.lire",
            libelle: "Lire",
            categorie: Categorie::Medical,
            verbe: Verbe::Lire,
            objet: Objet::Dossier,
            emporte: &[],
        };
        let profils = Profils::livres();
        let texte = matrice_texte(&profils, &[droit, droit]);
        assert_eq!(texte, matrice_texte(&profils, &[droit]), "order and repetition change nothing");
        let tenants = texte.lines().last().unwrap();
        assert!(tenants.contains(" ide ") && !tenants.contains("ash") && !tenants.contains("rh"), "{tenants}");
    }

    #[test]
    fn sentences_say_what_is_read_written_and_closed() {
        let profils = Profils::livres();
        let aide = phrases(profils.get("as").unwrap()).join("\n");
        assert!(
            aide.contains("lire et écrire : alertes et allergies") && aide.contains("N'a pas accès à : administratif"),
            "{aide}"
        );
        let rh = phrases(profils.get("rh").unwrap()).join("\n");
        assert!(rh.contains("N'ouvre aucun dossier") && !rh.contains("60 minutes"), "{rh}");
    }
}
