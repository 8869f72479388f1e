//! `cargo xtask nouveau-module NOM`: a module which compiles, with the fixed file names.

use std::fs;
use std::process::ExitCode;

use anyhow::bail;

use crate::outils::{dire, racine};

const FICHIERS: &[(&str, &str)] = &[
    (
        "lib.rs",
        "//! MODULE: what it is, for whom.\n\nmod model;\nmod pages;\nmod records;\nmod rights;\nmod routes;\n\nuse platform::Module;\n\n/// What the module gives to the product.\npub fn module() -> Module {\n    Module::new(\"MODULE\", rights::DROITS, routes::routes())\n}\n",
    ),
    ("model.rs", "//! Types and invariants; pure.\n"),
    ("records.rs", "//! Where the records stand, and the questions asked of them.\n"),
    (
        "rights.rs",
        "//! Rights of the module.\n\nplatform::droits! {\n    /// Reading.\n    Lire = \"MODULE.lire\", \"Lire\", Organisation, Lire, Structure;\n}\n",
    ),
    (
        "routes.rs",
        "//! The table: verb, path, right, handler.\n\nuse platform::web::Routes;\n\nuse crate::{pages, rights::Lire};\n\npub(crate) fn routes() -> Routes {\n    Routes::new().get::<Lire, _>(\"/MODULE\", pages::accueil)\n}\n",
    ),
    (
        "pages.rs",
        "//! Pages.\n\nuse maud::html;\nuse platform::prelude::*;\n\nuse crate::rights::Lire;\n\npub(crate) async fn accueil(acces: Acces<Lire>) -> Resultat<Answer> {\n    let page = platform::web::page(&acces, \"MODULE\", \"/MODULE\");\n    Ok(Answer::html(page.contenu(html! { h1 { \"MODULE\" } }).render()))\n}\n",
    ),
];

/// Creates the skeleton.
pub(crate) fn creer(nom: &str) -> anyhow::Result<ExitCode> {
    if nom.is_empty() || !nom.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
        bail!("un nom de module s'écrit en minuscules sans accent : « vaccinations », « plan-de-soins »");
    }
    let dossier = racine().join("crates/modules").join(nom);
    if dossier.exists() {
        bail!("{} existe déjà", dossier.display());
    }
    fs::create_dir_all(dossier.join("src"))?;
    let manifeste =
        fs::read_to_string(racine().join("crates/modules/sejours/Cargo.toml"))?.replace("\"sejours\"", &format!("\"{nom}\""));
    fs::write(dossier.join("Cargo.toml"), manifeste)?;
    for (fichier, contenu) in FICHIERS {
        fs::write(dossier.join("src").join(fichier), contenu.replace("MODULE", nom))?;
    }
    fs::write(dossier.join("README.md"), format!("# {nom}\nWords, states, rules with their sources, screens.\n"))?;
    dire(&format!(
        "{} créé. Ajoutez-le à Cargo.toml (workspace.dependencies), à crates/grappe/Cargo.toml et à crates/grappe/src/modules.rs.",
        dossier.display()
    ));
    Ok(ExitCode::SUCCESS)
}
