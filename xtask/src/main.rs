//! Tasks of the repository: `cargo xtask verifier`, `tidy`, `droits`, `nouveau-module`.

mod droits;
mod module;
mod outils;
mod regles;
mod tidy;
mod verifier;

use std::process::ExitCode;

use anyhow::bail;

fn main() -> anyhow::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["verifier"] => verifier::tout(),
        ["installer"] => verifier::installer().map(|()| ExitCode::SUCCESS),
        ["regles"] => regles::tout().map(|()| ExitCode::SUCCESS),
        ["tidy"] => tidy::controler(),
        ["droits"] => droits::ecrire(),
        ["nouveau-module", nom] => module::creer(nom),
        _ => bail!(
            "cargo xtask verifier       installe ce qu'il faut et passe tous les contrôles\n\
             cargo xtask installer      installe seulement ce qu'il faut aux contrôles\n\
             cargo xtask regles         prépare les règles officielles et dit les variables qui y mènent\n\
             cargo xtask tidy           contrôle la maison : tailles, mots interdits, frontières\n\
             cargo xtask droits         écrit droits.txt\n\
             cargo xtask nouveau-module NOM   crée le squelette d'un module"
        ),
    }
}
