//! A fresh store on either engine, gone with the test.

use std::future::Future;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

use kernel::clock::{Clock, ManualClock, SystemClock};
use store::{Store, Target, Vault};

use crate::postgres::{Database, postgres_or_skip, scratch};

/// The two engines a store runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The embedded one.
    Sqlite,
    /// The server.
    Postgres,
}

/// Where the data of a test lives.
#[derive(Debug)]
enum Place {
    Folder(PathBuf),
    Database(Database),
}

/// A fresh store, read as a [`Store`]; its data is removed when dropped.
#[derive(Debug)]
pub struct TestStore {
    store: Option<Store>,
    place: Place,
    /// Stopped at [`crate::START`].
    pub clock: Arc<ManualClock>,
}

impl Deref for TestStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        let Some(store) = &self.store else { panic!("the store is closed") };
        store
    }
}

impl TestStore {
    /// The engine it runs on.
    pub fn engine(&self) -> Engine {
        match self.place {
            Place::Folder(_) => Engine::Sqlite,
            Place::Database(_) => Engine::Postgres,
        }
    }

    /// Where its data lives, to open it otherwise.
    pub fn target(&self) -> Target {
        match &self.place {
            Place::Folder(folder) => Target::Sqlite(folder.join("grappe.db")),
            Place::Database(database) => Target::Postgres(database.url()),
        }
    }

    /// The PostgreSQL database behind; `None` on SQLite.
    pub fn database(&self) -> Option<&Database> {
        match &self.place {
            Place::Folder(_) => None,
            Place::Database(database) => Some(database),
        }
    }

    /// Another handle on the same store.
    pub fn handle(&self) -> Store {
        Store::clone(self)
    }

    /// Opens the same data a second time: another node on PostgreSQL, refused on SQLite.
    pub async fn second(&self) -> store::Result<Store> {
        Store::open(&self.target(), vault()).await
    }

    /// Closes the store; its data stays until this value is dropped.
    pub fn close(&mut self) {
        self.store = None;
    }

    /// Closes the store and opens it again, as a restart does.
    pub async fn reopen(&mut self) {
        self.store = None;
        self.store = Some(opened(&self.target()).await);
    }
}

impl Drop for TestStore {
    fn drop(&mut self) {
        self.store = None;
        if let Place::Folder(folder) = &self.place {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// The key of the vault of every test: no secret.
pub const VAULT_KEY: [u8; 32] = [7; 32];

fn vault() -> Vault {
    Vault::with_key(&VAULT_KEY).unwrap_or_else(|error| panic!("vault: {error}"))
}

async fn opened(target: &Target) -> Store {
    match Store::open(target, vault()).await {
        Ok(store) => store,
        Err(error) => panic!("{target:?} does not open: {error}"),
    }
}

/// A fresh store on this engine; fails the test when there is no PostgreSQL.
pub async fn store(engine: Engine) -> TestStore {
    match store_or_skip(engine).await {
        Some(store) => store,
        None => panic!("no PostgreSQL on this machine"),
    }
}

/// A fresh store on this engine, or `None` after having told why there is none.
pub async fn store_or_skip(engine: Engine) -> Option<TestStore> {
    let place = match engine {
        Engine::Sqlite => Place::Folder(scratch().join(format!("grappe-essai-{}", SystemClock.fresh_id().simple()))),
        Engine::Postgres => Place::Database(postgres_or_skip().await?),
    };
    let mut fixture = TestStore { store: None, place, clock: crate::clock() };
    fixture.store = Some(opened(&fixture.target()).await);
    Some(fixture)
}

/// Runs a test body on a fresh store of this engine; see [`crate::on_both`].
pub fn run<F, Fut>(engine: Engine, body: F)
where
    F: FnOnce(TestStore) -> Fut,
    Fut: Future<Output = ()>,
{
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.unwrap_or_else(|error| panic!("runtime: {error}"));
    runtime.block_on(async {
        if let Some(store) = store_or_skip(engine).await {
            body(store).await;
        }
    });
}
