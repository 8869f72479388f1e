//! The printed matrix of rights: reviewed by people, compared with the code.

use std::process::ExitCode;

use anyhow::bail;

use crate::outils::{commande, racine};

fn imprimer() -> anyhow::Result<String> {
    let sortie = commande("cargo", &["run", "--quiet", "--locked", "--package", "grappe", "--", "rights"]).output()?;
    if !sortie.status.success() {
        bail!("{}", String::from_utf8_lossy(&sortie.stderr));
    }
    Ok(String::from_utf8(sortie.stdout)?)
}

/// Writes `droits.txt`.
pub(crate) fn ecrire() -> anyhow::Result<ExitCode> {
    std::fs::write(racine().join("droits.txt"), imprimer()?)?;
    Ok(ExitCode::SUCCESS)
}

/// Fails when `droits.txt` is not what the code does.
pub(crate) fn verifier() -> anyhow::Result<()> {
    if std::fs::read_to_string(racine().join("droits.txt"))? != imprimer()? {
        bail!("droits.txt n'est plus ce que fait le code : cargo xtask droits, puis relire la différence");
    }
    Ok(())
}
