//! Puts the store, the modules and the worker together.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use etablissements::Annuaire;
use kernel::clock::SharedClock;
use mouvements_hl7v2::Ecoute;
use platform::web::Application;
use platform::worker::{Witness, Worker};
use platform::{Demarrage, Services};
use store::{MasterKey, Signer, Store};

use crate::commandes::dire;
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
    ecoutes: Vec<Ecoute>,
}

/// Opens the store of a configuration.
///
/// # Errors
/// When the key or the database cannot be opened.
pub async fn ouvrir_store(config: &Config) -> anyhow::Result<Store> {
    for _ in 0..ESSAIS {
        match essayer_store(config).await? {
            Err(store::Error::Held(_)) => tokio::time::sleep(ATTENTE).await,
            Err(store::Error::Occupied(session)) => bail!(occupee(session)),
            autre => return Ok(autre?),
        }
    }
    match essayer_store(config).await? {
        Err(store::Error::Held(verrou)) => bail!(tenue_ailleurs(&verrou)),
        Err(store::Error::Occupied(session)) => bail!(occupee(session)),
        autre => Ok(autre?),
    }
}

/// A service which is killed leaves its lock for an instant to the reader of files it was starting, whose process still was a
/// copy of its own: the next start waits for that.
const ESSAIS: u32 = 10;
const ATTENTE: Duration = Duration::from_millis(200);

/// Says that another program runs on the base.
pub(crate) fn tenue_ailleurs(verrou: &Path) -> String {
    format!("Un autre programme tient déjà cette base ({}). Arrêtez-le, ou attendez qu'il ait fini.", verrou.display())
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

/// The same, telling apart the refusal of the database itself. A key is made for a new base only, and no folder but for it.
pub(crate) async fn essayer_store(config: &Config) -> anyhow::Result<Result<Store, store::Error>> {
    match Store::open(&config.target, MasterKey::File(config.cle_maitre())).await {
        Err(error) => refus_de_cle(error, &config.cle_maitre()).map(Err),
        ouverte => Ok(ouverte),
    }
}

/// Says in French that the key is absent or another's; gives back any other error.
pub(crate) fn refus_de_cle(error: store::Error, cle: &Path) -> anyhow::Result<store::Error> {
    let cle = cle.display();
    match error {
        store::Error::NoKey(_) => bail!(
            "Cette base est déjà en service, et sa clé n'est pas là : {cle}. Rien n'a été changé, ses données sont intactes. Remettez-y \
             le fichier cle-maitre de l'installation ou de sa sauvegarde, ou indiquez le bon dossier avec --data."
        ),
        store::Error::OtherKey(_) => bail!(
            "Cette clé n'est pas celle de la base : {cle}. Les documents déjà gardés ne s'ouvriraient pas avec elle. Rien n'a été \
             changé, les données de la base sont intactes. Remettez-y le fichier cle-maitre de l'installation ou de sa sauvegarde, ou \
             indiquez la bonne base avec --database-url et le bon dossier avec --data."
        ),
        autre => Ok(autre),
    }
}

/// Refuses a place without a base, for what must never make one: a file received in a new base by a slip of `--data` would be
/// read by nobody.
///
/// # Errors
/// When there is none, in French.
pub(crate) fn exiger_base(config: &Config) -> anyhow::Result<()> {
    if let store::Target::Sqlite(base) = &config.target
        && !base.exists()
    {
        bail!("Il n'y a pas de base à cet endroit : {}. Indiquez-la avec --data ou --database-url.", base.display());
    }
    Ok(())
}

/// Opens the store of a configuration to read it only, beside the service if it runs.
///
/// # Errors
/// When there is none yet, or it cannot be read.
pub async fn lire_store(config: &Config) -> anyhow::Result<Store> {
    exiger_base(config)?;
    match Store::open_reading(&config.target, MasterKey::Kept(config.cle_maitre())).await {
        Ok(store) => Ok(store),
        Err(error) => Err(refus_de_cle(error, &config.cle_maitre())?).context("La base n'a pas pu être ouverte en lecture"),
    }
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
    services.publier(&config.adresse);
    let application = terrain_serveur::brancher(Application::new(Arc::clone(&services), modules), &terrain);
    let application = api_fhir::brancher_avec(urgences::brancher(application), config.fhir.clone());
    let signer = Signer::open(&config.data.join("signature-journal"), "grappe")?;
    let witness = Witness { signer, folders: config.temoins.clone() };
    let mut worker = Worker::default();
    receptions::installer();
    documents::planifier(&mut worker);
    liaisons::planifier(&mut worker);
    documents_sortants::planifier(&mut worker);
    let mssante = config.mssante.as_ref().map(courriers_mssante::Reglages::lire).transpose();
    courriers_mssante::planifier(&mut worker, mssante.map_err(anyhow::Error::msg)?);
    mouvements_hl7v2::planifier(&mut worker);
    cuisine::planifier(&mut worker);
    lecteurs::planifier(&mut worker);
    lectures::planifier(&mut worker);
    api_fhir::planifier(&mut worker);
    transferts::planifier(&mut worker);
    transfert_dui::planifier(&mut worker, config.dui.clone());
    let reglages = secours::Reglages { dossier: Some(config.secours.clone()), adresse: Some(config.adresse.clone()) };
    secours::planifier(&mut worker, reglages);
    Ok(Produit { services, application, worker, witness, annuaire, ecoutes: Vec::new() })
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

    /// Takes the addresses hospitals send to; their messages are received once the product serves.
    ///
    /// # Errors
    /// When an address is taken, or its certificates cannot be used.
    pub async fn ecouter(&mut self, config: &Config) -> anyhow::Result<()> {
        for reglages in &config.mllp {
            let ecoute = Ecoute::ouvrir(&self.services, reglages).await?;
            dire(&format!("Messages HL7 de « {} » attendus sur {}", ecoute.correspondant(), ecoute.adresse()));
            self.ecoutes.push(ecoute);
        }
        Ok(())
    }

    /// Serves until the process is asked to stop; messages of hospitals which have begun are then kept and acknowledged.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub async fn servir(self, listener: tokio::net::TcpListener) -> anyhow::Result<()> {
        let Self { services, application, worker, witness, annuaire, ecoutes } = self;
        let store = services.store.clone();
        tokio::spawn(async move { annuaire.suivre(store).await });
        tokio::spawn(worker.run(services, witness));
        let (arreter, arrete) = tokio::sync::watch::channel(false);
        let mut ouvertes = tokio::task::JoinSet::new();
        for ecoute in ecoutes {
            let mut arrete = arrete.clone();
            ouvertes.spawn(ecoute.servir(async move { drop(arrete.wait_for(|fini| *fini).await) }));
        }
        // Who speaks is known to the routes: a header which names a certificate is believed from the named proxies only.
        let service = application.router().into_make_service_with_connect_info::<std::net::SocketAddr>();
        let servi = axum::serve(listener, service).with_graceful_shutdown(async move {
            arret().await;
            let _ = arreter.send(true);
        });
        servi.await?;
        while ouvertes.join_next().await.is_some() {}
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
