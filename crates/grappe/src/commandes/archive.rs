//! `grappe export`, `grappe import`: the whole base out, and into an empty base of either engine.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, bail, ensure};
use clap::Args;
use kernel::clock::{Clock, SystemClock};
use store::{MasterKey, Vault, secret_file};

use super::{dire, signaler};
use crate::archive::{Ecriture, Manifeste, exporter, importer};
use crate::assemblage::ouvrir_store;
use crate::config::{Config, Options};

#[derive(Debug, Args)]
pub(crate) struct Exporter {
    /// Fichier à écrire, ou dossier existant où l'écrire ; la clé de l'archive est écrite à côté (.cle)
    vers: PathBuf,
    /// Archive en clair (tar), sans les secrets de l'installation : pour un autre éditeur, à protéger comme les données
    #[arg(long)]
    en_clair: bool,
    /// Exporte la base de démonstration
    #[arg(long)]
    demo: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Importer {
    /// Archive à relire
    fichier: PathBuf,
    /// Clé de l'archive ; sans argument, le fichier .cle à côté d'elle
    #[arg(long)]
    cle: Option<PathBuf>,
}

/// One line on a terminal every ten thousand elements; nothing when nobody looks.
fn progres() -> impl Fn(u64) + Send + Sync + 'static {
    let vu = AtomicU64::new(0);
    let terminal = std::io::stderr().is_terminal();
    move |fait| {
        if terminal && fait / 10_000 > vu.swap(fait / 10_000, Ordering::Relaxed) {
            signaler(&format!("{fait} éléments…"));
        }
    }
}

fn a_cote(fichier: &Path) -> PathBuf {
    let mut nom = fichier.as_os_str().to_owned();
    nom.push(".cle");
    nom.into()
}

fn compte_rendu(manifeste: &Manifeste) -> serde_json::Value {
    serde_json::json!({
        "empreinte": manifeste.empreinte,
        "enregistrements": manifeste.combien("records"),
        "versions_anterieures": manifeste.combien("history"),
        "journal": manifeste.combien("journal"),
        "documents": manifeste.combien("blobs"),
    })
}

fn rendre(config: &Config, manifeste: &Manifeste, phrase: &str, suite: &[(&str, String)]) {
    let mut compte = compte_rendu(manifeste);
    for (nom, valeur) in suite {
        compte[*nom] = valeur.clone().into();
    }
    if config.json {
        dire(&compte.to_string());
        return;
    }
    dire(&format!(
        "{phrase} {} enregistrements, {} versions antérieures, {} lignes de journal, {} documents.",
        compte["enregistrements"], compte["versions_anterieures"], compte["journal"], compte["documents"]
    ));
    dire(&format!("Empreinte : {}", manifeste.empreinte));
    for (nom, valeur) in suite {
        dire(&format!("{nom} : {valeur}"));
    }
}

impl Exporter {
    pub(crate) async fn executer(self, options: &Options) -> anyhow::Result<ExitCode> {
        let config = Config::lire(options, self.demo.then_some("demo"))?;
        let le = SystemClock.now();
        let suffixe = if self.en_clair { "tar" } else { "grappe" };
        let fichier = if self.vers.is_dir() {
            self.vers.join(format!("grappe-{}.{suffixe}", le.strftime("%Y%m%d-%H%M%S")))
        } else {
            self.vers.clone()
        };
        ensure!(!fichier.exists(), "{} existe déjà : rien n'est écrasé.", fichier.display());
        let store = ouvrir_store(&config)
            .await
            .context("Arrêtez le service : un export complet se fait sur une base que personne n'écrit.")?;
        let cle = (!self.en_clair).then(|| a_cote(&fichier));
        let coffre = match &cle {
            None => None,
            Some(cle) => {
                ensure!(!cle.exists(), "{} existe déjà : rien n'est écrasé.", cle.display());
                Some(Vault::with_key(&secret_file(cle)?)?)
            }
        };
        let progres = progres();
        let ecriture = Ecriture { coffre, data: &config.data, le, progres: &progres };
        let bilan = match exporter(&store, Some(&fichier), ecriture).await {
            Ok(bilan) => bilan,
            Err(erreur) => {
                // Half an archive is no archive.
                let _ = std::fs::remove_file(&fichier);
                if let Some(cle) = &cle {
                    let _ = std::fs::remove_file(cle);
                }
                return Err(erreur);
            }
        };
        let mut suite = vec![("archive", fichier.display().to_string())];
        match cle {
            Some(cle) => {
                suite.push(("cle", format!("{} (à garder ailleurs que l'archive : sans elle, rien ne se relit)", cle.display())));
            }
            None => {
                signaler("Cette archive est en clair : elle contient tous les dossiers. Protégez-la comme la base elle-même.");
            }
        }
        rendre(&config, &bilan.manifeste, "Export fait.", &suite);
        Ok(ExitCode::SUCCESS)
    }
}

impl Importer {
    pub(crate) async fn executer(self, options: &Options) -> anyhow::Result<ExitCode> {
        let config = Config::lire(options, None)?;
        let voisine = a_cote(&self.fichier);
        let cle = match (&self.cle, voisine.exists()) {
            (Some(cle), _) => Some(lire_cle(cle)?),
            (None, true) => Some(lire_cle(&voisine)?),
            (None, false) => None,
        };
        let ou = (&config.target, MasterKey::File(config.cle_maitre()), config.data.as_path());
        let manifeste = importer(&self.fichier, cle, ou, progres()).await.context("Rien n'a été importé.")?;
        // What went in comes out the same, or it is said.
        let store = ouvrir_store(&config).await?;
        let ecriture = Ecriture { coffre: None, data: &config.data, le: SystemClock.now(), progres: &|_| {} };
        let relu = exporter(&store, None, ecriture).await?.manifeste;
        if relu.empreinte != manifeste.empreinte {
            bail!(
                "L'import s'est terminé mais la base ne redonne pas la même empreinte ({} au lieu de {}). Ne la mettez pas en service.",
                relu.empreinte,
                manifeste.empreinte
            );
        }
        rendre(&config, &manifeste, "Import fait, et relu à l'identique.", &[]);
        Ok(ExitCode::SUCCESS)
    }
}

fn lire_cle(chemin: &Path) -> anyhow::Result<[u8; 32]> {
    let octets = std::fs::read(chemin).with_context(|| format!("lecture de {}", chemin.display()))?;
    octets.try_into().map_err(|_| anyhow::anyhow!("{} n'est pas la clé d'une archive.", chemin.display()))
}
