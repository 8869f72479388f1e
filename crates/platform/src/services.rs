//! What the whole process shares.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use kernel::clock::SharedClock;
use kernel::id::{CompteId, EtablissementId, UniteId, UsagerId};
use store::{Query, Reach, Store, Stored};
use tokio::sync::Semaphore;

use crate::acces::{
    Acteur, BrisDeGlace, Compte, DUREE_LECTURE, DroitInfo, Freinage, LectureDlu, Lectures, NatureCompte, Profils, Rattachement,
};
use crate::dossier::Extensions;
use crate::erreur::Resultat;
use crate::module::EntreeNav;
use crate::offline::Operations;
use crate::web::mot_de_passe::Freins;

/// Names the shell shows; given by the module which owns the structure.
pub trait Enseigne: Send + Sync + 'static {
    /// Name of an establishment.
    fn etablissement(&self, id: EtablissementId) -> Option<String>;
    /// Units of an establishment with their names, in their order.
    fn unites(&self, etablissement: EtablissementId) -> Vec<(UniteId, String)>;
}

/// What the whole process shares.
pub struct Services {
    /// The records.
    pub store: Store,
    /// Time.
    pub clock: SharedClock,
    /// Time zone of the establishments.
    pub fuseau: TimeZone,
    /// What each profession may do.
    pub profils: Profils,
    /// Names of the structure.
    pub enseigne: Arc<dyn Enseigne>,
    /// Acts a tablet may send.
    pub operations: Operations,
    /// Places in the menu, in the order of modules.
    pub nav: Vec<EntreeNav>,
    /// Scripts of every page, besides the shell's own.
    pub scripts: Vec<String>,
    /// When the process started.
    pub demarrage: Timestamp,
    /// Fictitious data: the banner is shown and the demo's doors are open.
    pub demo: bool,
    /// Served behind TLS: cookies are `Secure` and `__Host-`.
    pub tls: bool,
    /// Brakes on sign-in attempts.
    pub freins: Freins,
    /// Address people reach the service at, without a slash at its end; set once at assembly.
    adresse: OnceLock<String>,
    pub(crate) lectures: Lectures,
    pub(crate) directs: crate::web::direct::Ouverts,
    pub(crate) retours: Semaphore,
    extensions: OnceLock<Extensions>,
    cle_journal: OnceLock<String>,
    rattachements: Cache<UsagerId, Option<Arc<Rattachement>>>,
    acteurs: Cache<CompteId, (Arc<Compte>, Arc<Acteur>)>,
    memoires: Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
}

impl std::fmt::Debug for Demarrage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Demarrage(…)")
    }
}

impl std::fmt::Debug for Services {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Services(…)")
    }
}

/// What starts the services.
pub struct Demarrage {
    /// The records.
    pub store: Store,
    /// Time.
    pub clock: SharedClock,
    /// Names of the structure.
    pub enseigne: Arc<dyn Enseigne>,
    /// Acts a tablet may send.
    pub operations: Operations,
    /// Places in the menu.
    pub nav: Vec<EntreeNav>,
    /// Scripts of every page.
    pub scripts: Vec<String>,
    /// Fictitious data.
    pub demo: bool,
    /// Served behind TLS.
    pub tls: bool,
}

impl Services {
    /// Says once at which address people reach the service, for links that leave it.
    pub fn publier(&self, adresse: &str) {
        let _ = self.adresse.set(adresse.trim_end_matches('/').to_owned());
    }

    /// The address people reach the service at, without a slash at its end; empty when nobody said it.
    pub fn adresse(&self) -> &str {
        self.adresse.get().map_or("", String::as_str)
    }

    /// Starts the services.
    pub fn new(demarrage: Demarrage) -> Arc<Self> {
        let Demarrage { store, clock, enseigne, operations, nav, scripts, demo, tls } = demarrage;
        let demarrage = clock.now();
        Arc::new(Self {
            store,
            clock,
            fuseau: kernel::clock::fuseau_par_defaut(),
            profils: Profils::livres(),
            enseigne,
            operations,
            nav,
            scripts,
            demarrage,
            demo,
            tls,
            freins: Freins::default(),
            adresse: OnceLock::new(),
            lectures: Lectures::default(),
            directs: crate::web::direct::Ouverts::default(),
            retours: Semaphore::new(crate::offline::ENSEMBLE),
            extensions: OnceLock::new(),
            cle_journal: OnceLock::new(),
            rattachements: Cache::default(),
            acteurs: Cache::default(),
            memoires: Mutex::default(),
        })
    }

    /// What a module remembers as long as the process runs, one value a type, empty at first: it can always be read again.
    pub fn memoire<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut memoires = self.memoires.lock().unwrap_or_else(PoisonError::into_inner);
        let connue = memoires.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default()));
        Arc::clone(connue).downcast().unwrap_or_default()
    }

    /// What modules gave to the pages of a record; nothing before the application is assembled.
    pub fn extensions(&self) -> Extensions {
        self.extensions.get().cloned().unwrap_or_default()
    }

    /// Keeps what modules gave to the pages of a record; only the first assembly counts.
    pub(crate) fn etendre(&self, mut extensions: Extensions) {
        extensions.blocs.sort_by_key(|bloc| (bloc.volet, bloc.rang));
        if self.extensions.set(extensions).is_err() {
            tracing::debug!("the application was assembled twice over the same services");
        }
    }

    /// The public key which verifies the signed heads of the journal (base64), once the worker runs.
    pub fn cle_journal(&self) -> Option<String> {
        self.cle_journal.get().cloned()
    }

    /// Tells which key signs the heads of the journal; only the first one counts.
    pub fn annoncer_cle_journal(&self, cle: String) {
        let _ = self.cle_journal.set(cle);
    }

    /// A right by its code, among those of the modules assembled.
    pub fn droit(&self, code: &str) -> Option<DroitInfo> {
        self.extensions.get()?.droits.iter().find(|droit| droit.code == code).copied()
    }

    /// Where a person stays, as the gate knows it: never older than the last commit of this node, than ten seconds for others'.
    ///
    /// That nobody is known is remembered as well: a person elsewhere and nobody cost the same readings (INV-19).
    pub(crate) async fn rattachement(&self, usager: UsagerId) -> Resultat<Option<Arc<Rattachement>>> {
        let head = self.store.signals().head(&Rattachement::lane(usager));
        let now = self.clock.now();
        if let Some(connu) = self.rattachements.get(&usager, head, now) {
            return Ok(connu);
        }
        let lu: Option<Stored<Rattachement>> = self.store.get(&Reach::All, Rattachement::id(usager)).await?;
        let lu = lu.map(|lu| Arc::new(lu.value));
        self.rattachements.put(usager, head, now, lu.clone());
        Ok(lu)
    }

    /// An account and what it may do; `None` when it does not exist, is closed or holds no role at this instant.
    pub(crate) async fn acteur(&self, compte: CompteId) -> Resultat<Option<(Arc<Compte>, Arc<Acteur>)>> {
        let signals = self.store.signals();
        let bris = BrisDeGlace::lane_compte(compte);
        let freinages = Freinage::lane_compte(compte);
        let lectures = LectureDlu::lane_compte(compte);
        let head =
            signals.head(crate::acces::LANE_COMPTES) + signals.head(&bris) + signals.head(&freinages) + signals.head(&lectures);
        let now = self.clock.now();
        if let Some(connu) = self.acteurs.get(&compte, head, now) {
            return Ok(Some(connu).filter(|(compte, _)| compte.ouvert(now)));
        }
        let Some(lu) = self.store.get::<Compte>(&Reach::All, compte).await? else { return Ok(None) };
        let ouverts: Vec<Stored<BrisDeGlace>> =
            self.store.list(&Reach::All, &Query::lane(&bris).newest_first().limit(50)).await?;
        let freines: Vec<Stored<Freinage>> =
            self.store.list(&Reach::All, &Query::lane(&freinages).newest_first().limit(1)).await?;
        let accordees = self.lectures_de(&lu, now).await?;
        let acteur = Arc::new(Acteur {
            compte,
            nom: lu.value.nom_affiche.clone(),
            habilitations: lu.value.habilitations.clone(),
            bris: ouverts.iter().map(|bris| (bris.usager, bris.expire_le)).collect(),
            lectures: accordees,
            freinage: freines.into_iter().next().map(|lu| lu.value),
            preferences: lu.value.preferences.clone(),
        });
        let couple = (Arc::new(lu.value), acteur);
        self.acteurs.put(compte, head, now, couple.clone());
        Ok(Some(couple).filter(|(compte, _)| compte.ouvert(now)))
    }

    /// The readings of a DLU granted to an account of another organisation; nobody else is asked for them.
    async fn lectures_de(&self, compte: &Stored<Compte>, now: Timestamp) -> Resultat<Vec<(UsagerId, Timestamp)>> {
        if compte.nature != NatureCompte::Exterieur {
            return Ok(Vec::new());
        }
        let depuis = now.saturating_sub(DUREE_LECTURE).unwrap_or(Timestamp::UNIX_EPOCH);
        let lane = LectureDlu::lane_compte(CompteId(compte.id));
        let lues: Vec<Stored<LectureDlu>> = self.store.list(&Reach::All, &Query::lane(&lane).since(depuis)).await?;
        Ok(lues.iter().map(|lue| (lue.usager, lue.expire_le)).collect())
    }
}

const MOST: usize = 200_000;

/// How long a value is trusted when nothing says it moved: another node may have written it, and its change feed be late.
const CONFIANCE: SignedDuration = SignedDuration::from_secs(10);

/// Values known for a given movement count of their list; a value of another count, or too old, is forgotten.
#[derive(Debug)]
struct Cache<K, V>(RwLock<HashMap<K, (u64, Timestamp, V)>>);

impl<K, V> Default for Cache<K, V> {
    fn default() -> Self {
        Self(RwLock::new(HashMap::new()))
    }
}

impl<K: std::hash::Hash + Eq, V: Clone> Cache<K, V> {
    fn get(&self, key: &K, head: u64, now: Timestamp) -> Option<V> {
        let map = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let recent = |le: &Timestamp| *le <= now && now.duration_since(*le) < CONFIANCE;
        map.get(key).filter(|(known, le, _)| *known == head && recent(le)).map(|(.., value)| value.clone())
    }

    fn put(&self, key: K, head: u64, now: Timestamp, value: V) {
        let mut map = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if map.len() > MOST {
            map.clear();
        }
        map.insert(key, (head, now, value));
    }
}
