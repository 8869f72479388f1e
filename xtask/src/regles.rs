//! The official rules (CDA, XDM, HL7, FHIR) beside the repository: what they need is made under `target/regles`.
//!
//! They are programs of others, for tests only: nothing of them is linked into the product.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::Instant;

use anyhow::{Context, bail};

use crate::outils::{commande, dire, lancer, racine};

/// Python packages of the rules (`lxml saxonche hl7`) and of the clients by others which the tests run against our API.
const PYTHON: [&str; 7] = ["lxml", "saxonche", "hl7", "fhirpy", "pyjwt", "cryptography", "requests"];

/// The rules, as published beside the repository; `None` where they are not.
fn officielles() -> Option<PathBuf> {
    let dossier = racine().join("../shared/check");
    dossier.join("cda.py").exists().then_some(dossier)
}

/// What we make for them.
fn atelier() -> PathBuf {
    racine().join("target/regles")
}

fn python() -> PathBuf {
    atelier().join("bin/python")
}

fn moteur() -> PathBuf {
    atelier().join("moteur/debug/fhirval")
}

fn definitions() -> PathBuf {
    atelier().join("fhir/packages")
}

/// Variables by which the tests find the rules and what they need; none where they are absent.
pub(crate) fn variables() -> Vec<(&'static str, PathBuf)> {
    if officielles().is_none() {
        return Vec::new();
    }
    vec![("GRAPPE_PYTHON", python()), ("FHIRVAL", moteur()), ("FHIR_PACKAGES", definitions())]
}

/// Makes the Python environment and unpacks the FHIR definitions; what is there already is kept.
pub(crate) fn installer() -> anyhow::Result<()> {
    let Some(officielles) = officielles() else {
        dire("règles officielles absentes (../shared/check) : ce qui est produit n'est relu que par nous");
        return Ok(());
    };
    if !python().exists() {
        lancer(commande("python3", &["-m", "venv", &texte(&atelier())]))?;
    }
    let mut arguments = vec!["install", "--quiet", "--disable-pip-version-check"];
    arguments.extend(PYTHON);
    lancer(commande(&texte(&atelier().join("bin/pip")), &arguments))?;
    // Listing the profiles unpacks them; naming an engine keeps the script from building its own.
    let mut lister = commande(&texte(&python()), &[&texte(&officielles.join("fhir.py")), "--list"]);
    lister.env("FHIR_CHECK_CACHE", atelier().join("fhir")).env("FHIRVAL", moteur()).env_remove("FHIR_PACKAGES");
    let sortie = lister.output().context("dépliage des définitions FHIR")?;
    if !sortie.status.success() || !definitions().join("hl7.fhir.r4.core").is_dir() {
        bail!("définitions FHIR : {}", String::from_utf8_lossy(&sortie.stderr));
    }
    Ok(())
}

/// Makes all of it, and says the variables a run of the tests by hand must be given.
pub(crate) fn tout() -> anyhow::Result<()> {
    installer()?;
    construire_moteur()?.map_or(Ok(()), Moteur::attendre)?;
    for (nom, valeur) in variables() {
        dire(&format!("export {nom}={}", valeur.display()));
    }
    Ok(())
}

/// The build of the FHIR engine, on its way.
#[derive(Debug)]
pub(crate) struct Moteur {
    construction: Child,
    journal: PathBuf,
    depart: Instant,
}

/// Begins to build the FHIR engine; `None` where the rules are absent.
pub(crate) fn construire_moteur() -> anyhow::Result<Option<Moteur>> {
    let Some(officielles) = officielles() else { return Ok(None) };
    let sources = atelier().join("fhirval");
    copier(&officielles.join("fhirval"), &sources)?;
    let manifeste = sources.join("Cargo.toml");
    // Under our root, cargo would take it for a member of our workspace.
    let lu = fs::read_to_string(&manifeste)?;
    fs::write(&manifeste, format!("{lu}\n[workspace]\n"))?;
    let journal = atelier().join("moteur.log");
    let mut cargo = commande("cargo", &["build", "--quiet", "--locked", "--ignore-rust-version", "--manifest-path"]);
    cargo.arg(&manifeste).arg("--target-dir").arg(atelier().join("moteur"));
    let construction = cargo.stdout(File::create(&journal)?).stderr(File::options().append(true).open(&journal)?).spawn()?;
    Ok(Some(Moteur { construction, journal, depart: Instant::now() }))
}

impl Moteur {
    /// Waits for the engine.
    ///
    /// # Errors
    /// What the build said, when it failed.
    pub(crate) fn attendre(mut self) -> anyhow::Result<()> {
        let statut = self.construction.wait()?;
        if !statut.success() {
            bail!("moteur des règles FHIR : {}", fs::read_to_string(&self.journal).unwrap_or_default());
        }
        essayer()?;
        dire(&format!("moteur des règles FHIR : prêt {} s après le début de sa construction", self.depart.elapsed().as_secs()));
        Ok(())
    }
}

/// Sets of definitions the tests use.
const JEUX: [&str; 3] = ["frcore-2.1.0", "tddui-2.4.0", "pdsm"];

/// The engine judges one official example with each set: it runs, and what the script keeps beside the definitions is there before
/// tests ask for it at once.
fn essayer() -> anyhow::Result<()> {
    let script = racine().join("../shared/check/fhir.py");
    let exemple = racine().join("../shared/interop/tddui-2.4.0/examples/patient-ins.json");
    for jeu in JEUX {
        let mut juger = commande(&texte(&python()), &[&texte(&script), "--set", jeu, &texte(&exemple)]);
        let sortie = juger.envs(variables()).output().context("règles FHIR")?;
        // 1: the example breaks a rule of this set, which was therefore asked.
        if !matches!(sortie.status.code(), Some(0 | 1)) || !String::from_utf8_lossy(&sortie.stdout).contains("VALID") {
            bail!("règles FHIR ({jeu}) : {}", String::from_utf8_lossy(&sortie.stderr));
        }
    }
    Ok(())
}

/// Copies a folder; a file already the same is left, so that nothing is built again.
fn copier(de: &Path, vers: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(vers)?;
    for entree in fs::read_dir(de)? {
        let (entree, type_) = entree.and_then(|une| Ok((une.path(), une.file_type()?)))?;
        let Some(nom) = entree.file_name() else { continue };
        if type_.is_dir() {
            copier(&entree, &vers.join(nom))?;
        } else {
            let octets = fs::read(&entree)?;
            if fs::read(vers.join(nom)).ok().as_ref() != Some(&octets) {
                fs::write(vers.join(nom), octets)?;
            }
        }
    }
    Ok(())
}

fn texte(chemin: &Path) -> String {
    chemin.to_string_lossy().into_owned()
}
