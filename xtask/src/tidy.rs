//! House rules no compiler checks: sizes, forbidden words, boundaries between crates.

use std::process::ExitCode;

use anyhow::bail;

use crate::outils::{dire, fichiers, racine};

/// Hard limit of a source file, in lines.
const LIGNES_MAX: usize = 400;
const NOMS_INTERDITS: [&str; 5] = ["utils", "helpers", "common", "misc", "shared"];

struct Regle {
    quoi: &'static str,
    motifs: &'static [&'static str],
    /// Files where the words are allowed.
    permis: &'static [&'static str],
    extensions: &'static [&'static str],
}

/// Patterns are written in two halves so that this file does not break its own rules.
const REGLES: &[Regle] = &[
    Regle {
        quoi: "un pilote de base de données ou du SQL hors de crates/store",
        motifs: &["rusqlite", "tokio_postgres", "deadpool_postgres"],
        permis: &["crates/store/", "xtask/", "bench/", "crates/testkit/", "docs/"],
        extensions: &["rs"],
    },
    Regle {
        quoi: "un module qui contourne le passage (accès direct au store)",
        motifs: &["services().store", "services.store"],
        permis: &[
            "crates/platform/",
            "crates/grappe/",
            "crates/semis/",
            "crates/terrain/",
            "crates/terrain-serveur/",
            "crates/store/",
            "bench/",
            "xtask/",
            "tests/",
        ],
        extensions: &["rs"],
    },
    Regle {
        quoi: "un travail inachevé, de son propre aveu",
        motifs: &["TO\u{44}O", "FIX\u{4d}E", "unimple\u{6d}ented!", "todo\u{21}("],
        permis: &[],
        extensions: &["rs", "js", "mjs", "css"],
    },
    Regle {
        quoi: "un test éteint",
        motifs: &["#[ign\u{6f}re", "test.sk\u{69}p", "test.onl\u{79}"],
        permis: &[],
        extensions: &["rs", "js", "mjs"],
    },
    Regle {
        quoi: "un chemin de la machine",
        motifs: &["/wor\u{6b}/", "/roo\u{74}/"],
        permis: &[],
        extensions: &["rs", "js", "mjs", "md", "toml", "sh", "json"],
    },
];

/// Checks every file; prints what breaks a rule.
pub(crate) fn controler() -> anyhow::Result<ExitCode> {
    let mut fautes = Vec::new();
    for nom in fichiers()? {
        if nom.contains("vendor/") || nom.contains("node_modules/") || nom.ends_with("package-lock.json") {
            continue;
        }
        let Ok(texte) = std::fs::read_to_string(racine().join(&nom)) else { continue };
        controler_fichier(&nom, &texte, &mut fautes);
    }
    for faute in &fautes {
        dire(faute);
    }
    if fautes.is_empty() { Ok(ExitCode::SUCCESS) } else { bail!("{} faute(s) de maison", fautes.len()) }
}

fn controler_fichier(nom: &str, texte: &str, fautes: &mut Vec<String>) {
    let tige = nom.rsplit('/').next().and_then(|fichier| fichier.split('.').next()).unwrap_or_default();
    if NOMS_INTERDITS.contains(&tige) {
        fautes.push(format!("{nom} : un nom de fichier qui ne dit rien"));
    }
    let extension = nom.rsplit('.').next().unwrap_or_default();
    if matches!(extension, "rs" | "js" | "mjs") && texte.lines().count() > LIGNES_MAX {
        fautes.push(format!("{nom} : {} lignes, {LIGNES_MAX} au plus", texte.lines().count()));
    }
    for regle in REGLES.iter().filter(|regle| regle.extensions.contains(&extension)) {
        if regle.permis.iter().any(|permis| nom.contains(permis)) {
            continue;
        }
        for (rang, ligne) in texte.lines().enumerate() {
            if regle.motifs.iter().any(|motif| ligne.contains(motif)) {
                fautes.push(format!("{nom}:{} : {}", rang + 1, regle.quoi));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::controler_fichier;

    #[test]
    fn each_rule_catches_its_fault_and_lets_good_lines_pass() {
        let cas = [
            ("crates/modules/x/src/pages.rs", "let s = acces.services().store.clone();", 1),
            ("crates/modules/x/src/pages.rs", "use rusqlite::Connection;", 1),
            ("crates/store/src/sqlite/mod.rs", "use rusqlite::Connection;", 0),
            ("crates/modules/x/src/utils.rs", "//! nothing", 1),
            ("docs/guide.md", "cd /wor\u{6b}/main", 1),
            ("crates/modules/x/src/pages.rs", "let dossier = acces.ouvrir_dossier(usager).await?;", 0),
        ];
        for (nom, ligne, attendu) in cas {
            let mut fautes = Vec::new();
            controler_fichier(nom, ligne, &mut fautes);
            assert_eq!(fautes.len(), attendu, "{nom}: {ligne}");
        }
    }
}
