//! Running commands, from the root of the repository.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, bail};

/// The root of the repository.
pub(crate) fn racine() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().map(PathBuf::from).unwrap_or_default()
}

/// Says what is being done.
#[expect(clippy::print_stderr, reason = "a task speaks to the person who runs it")]
pub(crate) fn dire(texte: &str) {
    eprintln!("{texte}");
}

/// A command run from the root.
pub(crate) fn commande(programme: &str, arguments: &[&str]) -> Command {
    let mut commande = Command::new(programme);
    commande.args(arguments).current_dir(racine());
    commande
}

/// Runs a command; fails when it fails.
pub(crate) fn lancer(mut commande: Command) -> anyhow::Result<()> {
    let statut = commande.status().with_context(|| format!("lancement de {commande:?}"))?;
    if !statut.success() {
        bail!("{commande:?} : {statut}");
    }
    Ok(())
}

/// True if a program answers.
pub(crate) fn existe(programme: &str, argument: &str) -> bool {
    Command::new(programme).arg(argument).output().is_ok_and(|sortie| sortie.status.success())
}

/// Files of the repository known to git or not yet added, except ignored ones.
pub(crate) fn fichiers() -> anyhow::Result<Vec<String>> {
    let sortie = commande("git", &["ls-files", "--cached", "--others", "--exclude-standard"]).output()?;
    Ok(String::from_utf8_lossy(&sortie.stdout).lines().map(str::to_owned).filter(|nom| racine().join(nom).is_file()).collect())
}
