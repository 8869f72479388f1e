//! `grappe demo`: the fictitious grappe, sown when it is absent or too old to be lively.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use anyhow::{Context, bail};
use clap::Args;
use jiff::{SignedDuration, Timestamp};
use kernel::clock::{SharedClock, ShiftedClock, SystemClock};
use store::{MasterKey, Store, Target, first_verb, hold};

use super::{dire, signaler};
use crate::assemblage::{Produit, assembler, ouvrir_store, refus_de_cle, tenue_ailleurs};
use crate::config::{Config, Options};

/// Past this age the demo is sown again: its morning round must be in progress.
const FRAICHEUR: SignedDuration = SignedDuration::from_hours(10);
/// What hospitals sent, until the service received it.
const COURRIER: &str = "courrier.json";
/// Changes when the story or its mapping changes.
const EDITION: &str = "3";

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Instant de la démonstration, par exemple 2026-11-21T09:12+01:00
    #[arg(long, env = "GRAPPE_DEMO_MAINTENANT")]
    maintenant: Option<Timestamp>,
    /// Sème de nouveau, même si une démonstration récente existe
    #[arg(long)]
    neuve: bool,
    /// Jours d'histoire à semer
    #[arg(long, env = "GRAPPE_DEMO_JOURS", default_value_t = semis::JOURS)]
    jours: u32,
    /// Sème puis s'arrête
    #[arg(long)]
    semer: bool,
}

impl Default for Demo {
    fn default() -> Self {
        Self { maintenant: None, neuve: false, jours: semis::JOURS, semer: false }
    }
}

impl Demo {
    pub(crate) async fn executer(self, options: &Options) -> anyhow::Result<ExitCode> {
        let config = Config::lire(options, Some("demo"))?;
        let clock: SharedClock = match self.maintenant {
            Some(maintenant) => Arc::new(ShiftedClock::starting_at(maintenant)),
            None => Arc::new(SystemClock),
        };
        let ancre = config.data.join("demonstration");
        let a_semer = self.est_a_semer(&config, &ancre, clock.now()).await?;
        if self.semer {
            if a_semer {
                effacer(&config)?;
                semer(&config, clock.now(), self.jours).await?;
                std::fs::write(&ancre, format!("{EDITION} {}", clock.now()))?;
            }
            return Ok(ExitCode::SUCCESS);
        }
        if a_semer {
            semer_a_part(options, clock.now(), self.jours).await?;
        }
        let store = ouvrir_store(&config).await?;
        let mut produit = assembler(&config, store, clock, true).await?;
        let listener =
            tokio::net::TcpListener::bind(config.listen).await.with_context(|| format!("écoute sur {}", config.listen))?;
        produit.ecouter(&config).await?;
        let _porte = produit.ouvrir_porte(&config);
        if let Err(erreur) = recevoir_courrier(&produit, &config).await {
            signaler(&format!(
                "Le courrier des hôpitaux de la démonstration n'a pas été reçu ({erreur}). Le reste n'en dépend pas."
            ));
        }
        accueillir(&listener.local_addr()?.to_string());
        produit.servir(listener).await?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Demo {
    /// Whether the base is to be sown; refused when it is not this demonstration's, before anything is written.
    async fn est_a_semer(&self, config: &Config, ancre: &Path, now: Timestamp) -> anyhow::Result<bool> {
        let embarquee = matches!(config.target, Target::Sqlite(_));
        match first_verb(&config.target).await.context(ILLISIBLE)?.as_deref() {
            None => Ok(true),
            Some(semis::VERBE) if embarquee => Ok(self.neuve || !est_fraiche(ancre, now)),
            Some(semis::VERBE) if self.neuve => bail!(DEJA_SEMEE),
            Some(semis::VERBE) if !ancre.exists() => bail!(INACHEVEE),
            Some(semis::VERBE) => {
                if !est_fraiche(ancre, now) {
                    signaler(ANCIENNE);
                }
                Ok(false)
            }
            Some(_) => bail!(AUTRE),
        }
    }
}

const ILLISIBLE: &str = "La base indiquée n'a pas pu être lue. Rien n'a été écrit";
const AUTRE: &str = "Cette base contient des dossiers qui ne sont pas ceux de la démonstration. Rien n'a été écrit, ils sont intacts. Pour \
                     servir cette base, lancez « grappe serve ». Pour la démonstration, n'indiquez pas de base (elle fait la sienne), ou \
                     une base vide.";
const DEJA_SEMEE: &str = "Cette base PostgreSQL tient déjà une démonstration, et rien n'y est effacé. Rien n'a été écrit. Pour une neuve, \
                          indiquez une base vide ; pour celle-ci, lancez « grappe demo » sans --neuve.";
const INACHEVEE: &str = "Cette base PostgreSQL tient une démonstration dont le semis n'est pas allé à son terme, ou qui est gardée avec un \
                         autre dossier de données. Rien n'a été écrit. Indiquez ce dossier avec --data, ou une base vide.";
const ANCIENNE: &str = "Cette démonstration a été semée il y a plus de dix heures, ou par une autre version : ses tours ne sont plus ceux \
                        du moment. Pour une neuve, indiquez une base PostgreSQL vide.";

fn est_fraiche(ancre: &Path, now: Timestamp) -> bool {
    let Ok(texte) = std::fs::read_to_string(ancre) else { return false };
    let Some((edition, le)) = texte.split_once(' ') else { return false };
    let Ok(le) = le.trim().parse::<Timestamp>() else { return false };
    edition == EDITION && now >= le && now.duration_since(le) < FRAICHEUR
}

/// Removes the former demonstration, which nobody serves meanwhile: what was found to be one, or nothing at all.
fn effacer(config: &Config) -> anyhow::Result<()> {
    let Target::Sqlite(path) = &config.target else { return Ok(()) };
    if !path.exists() {
        return Ok(());
    }
    let tenue = match hold(path) {
        Err(store::Error::Held(verrou)) => bail!(tenue_ailleurs(&verrou)),
        tenue => tenue?,
    };
    let _ = std::fs::remove_file(config.data.join("demonstration"));
    for suffixe in ["", "-wal", "-shm"] {
        let mut nom = path.clone().into_os_string();
        nom.push(suffixe);
        match std::fs::remove_file(&nom) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    let _ = std::fs::remove_dir_all(config.data.join("temoins"));
    drop(tenue);
    Ok(())
}

/// Sows in a process of its own: what it held in memory goes with it.
async fn semer_a_part(options: &Options, now: Timestamp, jours: u32) -> anyhow::Result<()> {
    let mut commande = tokio::process::Command::new(std::env::current_exe()?);
    commande.args(["demo", "--semer", "--neuve", "--maintenant", &now.to_string(), "--jours", &jours.to_string()]);
    commande.kill_on_drop(true);
    if let Some(data) = &options.data {
        commande.arg("--data").arg(data);
    }
    if let Some(base) = &options.database_url {
        // Not an argument: it may hold a password.
        commande.env("GRAPPE_DATABASE_URL", base);
    }
    let fin = commande.status().await.context("lancement du semis")?;
    anyhow::ensure!(fin.success(), "la démonstration n'a pas été semée ({fin}) : la raison est écrite au-dessus");
    Ok(())
}

async fn semer(config: &Config, now: Timestamp, jours: u32) -> anyhow::Result<()> {
    let debut = Instant::now();
    let terminal = std::io::stderr().is_terminal();
    let dernier = AtomicU64::new(0);
    let montrer = move |ecrits: u64, quoi: &str| {
        if terminal && ecrits / 5_000 != dernier.swap(ecrits / 5_000, Ordering::Relaxed) {
            let mut sortie = std::io::stderr();
            let _ = write!(sortie, "\rSemis de la démonstration : {ecrits} enregistrements, {quoi}…            ");
            let _ = sortie.flush();
        }
    };
    let store = match Store::open_to_fill(&config.target, MasterKey::File(config.cle_maitre())).await {
        Err(error) => return Err(refus_de_cle(error, &config.cle_maitre())?.into()),
        Ok(store) => store,
    };
    semis::semer(&store, now, jours, &montrer).await?;
    std::fs::write(config.data.join(COURRIER), serde_json::to_vec(&semis::courrier(now)?)?)?;
    drop(store);
    ouvrir_store(config).await?;
    let mut sortie = std::io::stderr();
    let _ = writeln!(
        sortie,
        "\rDémonstration semée en {:.1} s.                                              ",
        debut.elapsed().as_secs_f32()
    );
    Ok(())
}

/// Receives what hospitals sent, once, through the same door as any file; kept files are read by the worker.
async fn recevoir_courrier(produit: &Produit, config: &Config) -> anyhow::Result<()> {
    let fichier = config.data.join(COURRIER);
    if !fichier.exists() {
        return Ok(());
    }
    let recus: Vec<semis::Recu> = serde_json::from_slice(&std::fs::read(&fichier)?)?;
    for recu in recus {
        let canal = documents::Canal { code: recu.canal, etablissement: Some(recu.etablissement), emetteur: recu.emetteur };
        documents::garder(&produit.services, canal, &recu.nom, recu.texte.as_bytes())
            .await
            .map_err(|erreur| anyhow::anyhow!("{erreur}"))?;
    }
    std::fs::remove_file(&fichier)?;
    Ok(())
}

fn accueillir(adresse: &str) {
    dire(&format!("Grappe, démonstration (données fictives) : http://{adresse}"));
    dire("Ouvrez cette adresse et choisissez « Entrer comme… ».");
    dire(&format!("Avec un identifiant : sophie, nadia, karim, directrice… mot de passe {}", semis::MOT_DE_PASSE));
    dire(&format!("Tour de soins : http://{adresse}/tour/soins"));
    dire(&format!("Relève : http://{adresse}/releve"));
    dire(&format!("Résidents : http://{adresse}/residents"));
}
