//! Puts the store, the modules and the worker together.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use etablissements::Annuaire;
use kernel::clock::SharedClock;
use platform::web::Application;
use platform::worker::{Witness, Worker};
use platform::{Demarrage, Services};
use store::{Signer, Store, Vault};

use crate::config::Config;
use crate::modules::{Composition, composer};
use crate::porte::Porte;

/// The product, ready to be served.
#[derive(Debug)]
pub struct Produit {
    /// What the process shares.
    pub services: Arc<Services>,
    /// The HTTP application.
    pub application: Application,
    /// Work done outside of requests.
    pub worker: Worker,
    /// Where signed heads of the journal are kept.
    pub witness: Witness,
    annuaire: Arc<Annuaire>,
}

/// Opens the store of a configuration.
///
/// # Errors
/// When the key or the database cannot be opened.
pub async fn ouvrir_store(config: &Config) -> anyhow::Result<Store> {
    match essayer_store(config).await? {
        Err(store::Error::Held(verrou)) => {
            bail!("Un autre programme tient déjà cette base ({}). Arrêtez-le, ou attendez qu'il ait fini.", verrou.display())
        }
        Err(store::Error::Occupied(session)) => bail!(occupee(session)),
        autre => Ok(autre?),
    }
}

/// Another node is alone on a PostgreSQL base and does not answer: what is safe, what to do.
pub(crate) fn occupee(session: Option<i32>) -> String {
    let (nom, fermer) = match session {
        Some(pid) => (format!(" (session PostgreSQL {pid})"), format!(" par « select pg_terminate_backend({pid}) »")),
        None => (String::new(), String::new()),
    };
    format!(
        "Un autre serveur Grappe tient cette base et ne fait pas de place{nom}. Rien n'a été changé. Vérifiez que ce serveur répond ; \
         s'il est arrêté ou coupé du réseau, fermez sa session{fermer}, puis recommencez."
    )
}

/// The same, telling apart the refusal of the database itself.
pub(crate) async fn essayer_store(config: &Config) -> anyhow::Result<Result<Store, store::Error>> {
    config.preparer()?;
    let cle = config.cle_maitre();
    let neuve = !cle.exists();
    let ouverte = Store::open(&config.target, Vault::open(&cle)?).await;
    if neuve
        && let Ok(store) = &ouverte
        && store.health().await?.seq > 0
    {
        std::fs::remove_file(&cle)?;
        bail!(sans_cle(&cle));
    }
    Ok(ouverte)
}

/// Documents sealed with another key than the others could not be read with them: no new key for a base which has one.
fn sans_cle(cle: &Path) -> String {
    format!(
        "Cette base contient déjà des dossiers, et sa clé n'est pas là : {}. Remettez-y le fichier cle-maitre de l'installation ou \
         de sa sauvegarde, ou indiquez le bon dossier avec --data. Rien n'a été changé.",
        cle.display()
    )
}

/// Opens the store of a configuration to read it only, beside the service if it runs.
///
/// # Errors
/// When there is none yet, or it cannot be read.
pub async fn lire_store(config: &Config) -> anyhow::Result<Store> {
    if let store::Target::Sqlite(base) = &config.target
        && !base.exists()
    {
        bail!("Il n'y a pas de base à cet endroit : {}. Indiquez-la avec --data ou --database-url.", base.display());
    }
    let cle = config.cle_maitre();
    if !cle.exists() {
        bail!(sans_cle(&cle));
    }
    let vault = Vault::open(&cle)?;
    Store::open_reading(&config.target, vault).await.context("La base n'a pas pu être ouverte en lecture")
}

/// Assembles the product over an open store.
///
/// # Errors
/// When the signing key or the structure cannot be read.
pub async fn assembler(config: &Config, store: Store, clock: SharedClock, demo: bool) -> anyhow::Result<Produit> {
    let annuaire = Arc::new(Annuaire::default());
    annuaire.relire(&store).await?;
    let cle_terrain = store::secret_file(&config.data.join("cle-terrain"))?;
    let Composition { modules, operations, terrain } = composer(&cle_terrain)?;
    let services = Services::new(Demarrage {
        store,
        clock,
        enseigne: Arc::clone(&annuaire) as Arc<dyn platform::Enseigne>,
        operations,
        nav: modules.iter().flat_map(|module| module.nav.clone()).collect(),
        scripts: vec![terrain_serveur::ENTREE.to_owned()],
        demo,
        tls: config.tls,
    });
    let application = terrain_serveur::brancher(Application::new(Arc::clone(&services), modules), &terrain);
    let signer = Signer::open(&config.data.join("signature-journal"), "grappe")?;
    let witness = Witness { signer, folders: config.temoins.clone() };
    let mut worker = Worker::default();
    documents::planifier(&mut worker);
    let reglages = secours::Reglages { dossier: Some(config.secours.clone()), adresse: Some(config.adresse.clone()) };
    secours::planifier(&mut worker, reglages);
    Ok(Produit { services, application, worker, witness, annuaire })
}

impl Produit {
    /// Opens the control door of the embedded database; without it the service runs all the same.
    pub fn ouvrir_porte(&self, config: &Config) -> Option<Porte> {
        let chemin = crate::porte::adresse(&config.target)?;
        match Porte::ouvrir(&chemin, Arc::clone(&self.services)) {
            Ok(porte) => Some(porte),
            Err(error) => {
                tracing::error!(%error, path = %chemin.display(), "no control door: commands need the service to be stopped");
                None
            }
        }
    }

    /// Serves until the process is asked to stop.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub async fn servir(self, listener: tokio::net::TcpListener) -> anyhow::Result<()> {
        let Self { services, application, worker, witness, annuaire } = self;
        let store = services.store.clone();
        tokio::spawn(async move { annuaire.suivre(store).await });
        tokio::spawn(worker.run(services, witness));
        axum::serve(listener, application.router()).with_graceful_shutdown(arret()).await?;
        Ok(())
    }
}

/// Ends at Ctrl+C or when the service manager asks.
async fn arret() {
    let interrompu = tokio::signal::ctrl_c();
    #[cfg(unix)]
    let termine = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrompu => {}
        () = termine => {}
    }
}
