//! Modules behind the real router, and how a test asks them something.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use etablissements::Annuaire;
use http::request::Builder;
use http::{Request, Response, header};
use kernel::id::CompteId;
use platform::offline::Operations;
use platform::store::{Batch, Entity, JournalFilter, Line, LineRow, Nature, Reach, Stored};
use platform::web::{Application, Methode, ouvrir_session};
use platform::{Demarrage, Module, Services};
use testkit::TestStore;
use tower::ServiceExt;
use uuid::Uuid;

use crate::Reponse;

/// Modules over a fresh store, without any house nor account yet.
pub struct Monde {
    /// The store; its `clock` is the one of the whole world.
    pub store: TestStore,
    /// What the process shares.
    pub services: Arc<Services>,
    pub(crate) annuaire: Arc<Annuaire>,
    router: Router,
}

impl std::fmt::Debug for Monde {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Monde(…)")
    }
}

/// The line of what a world is born with.
pub(crate) fn ligne() -> Line {
    Line {
        at: testkit::instant(testkit::START),
        nature: Nature::Acte,
        verb: "essai.semer".into(),
        account: Uuid::nil(),
        establishment: None,
        person: None,
        detail: serde_json::Map::new(),
        objects: Vec::new(),
    }
}

/// Fields as a browser sends them.
pub fn formulaire(champs: &[(&str, &str)]) -> String {
    let encoder = |texte: &str| {
        let octet = |octet: u8| {
            if octet.is_ascii_alphanumeric() { char::from(octet).to_string() } else { format!("%{octet:02X}") }
        };
        texte.bytes().map(octet).collect::<String>()
    };
    champs.iter().map(|(nom, valeur)| format!("{}={}", encoder(nom), encoder(valeur))).collect::<Vec<_>>().join("&")
}

impl Monde {
    /// These modules, with the acts their tablets send and their places in the menu; `demo` opens the doors of the demonstration.
    pub fn nouveau(store: TestStore, demo: bool, modules: Vec<Module>) -> Self {
        let mut operations = Operations::default();
        for module in &modules {
            (module.offline)(&mut operations);
        }
        Self::branche(store, demo, modules, operations, |application| application)
    }

    /// The same with these acts of tablets, and public routes added by `brancher`.
    pub fn branche(
        store: TestStore,
        demo: bool,
        modules: Vec<Module>,
        operations: Operations,
        brancher: impl FnOnce(Application) -> Application,
    ) -> Self {
        let annuaire = Arc::new(Annuaire::default());
        let services = Services::new(Demarrage {
            store: store.handle(),
            clock: store.clock.clone(),
            enseigne: Arc::clone(&annuaire) as Arc<dyn platform::Enseigne>,
            operations,
            nav: modules.iter().flat_map(|module| module.nav.clone()).collect(),
            scripts: Vec::new(),
            demo,
            tls: false,
        });
        let router = brancher(Application::new(Arc::clone(&services), modules)).router();
        Self { store, services, annuaire, router }
    }

    /// Ends the world and gives its store back, for whoever closes it, or opens it otherwise.
    pub fn fermer(self) -> TestStore {
        self.store
    }

    /// Writes a record, past the gate.
    pub async fn ecrire<E: Entity>(&self, id: impl Into<Uuid>, value: &E) {
        let mut batch = Batch::default();
        batch.create(id, Uuid::nil(), self.services.clock.now(), value).expect("a record");
        self.store.commit(batch.with_line(ligne())).await.expect("committed");
    }

    /// Changes a record past the gate, as another part of the product would.
    pub async fn changer<E: Entity + Clone>(&self, id: impl Into<Uuid>, change: impl FnOnce(&mut E)) {
        let lu: Stored<E> = self.lu(id).await;
        let mut nouveau = lu.value.clone();
        change(&mut nouveau);
        let mut batch = Batch::default();
        batch.update(&lu, Uuid::nil(), self.services.clock.now(), &nouveau).expect("a version");
        self.store.commit(batch.with_line(ligne())).await.expect("committed");
    }

    /// A record which is there.
    pub async fn lu<E: Entity>(&self, id: impl Into<Uuid>) -> Stored<E> {
        self.store.get(&Reach::All, id).await.expect("read").expect("the record is there")
    }

    /// Lines of the journal of an account whose verb starts so, newest first.
    pub async fn lignes(&self, compte: CompteId, verbe: &str) -> Vec<LineRow> {
        let filtre = JournalFilter { account: Some(compte.0), verb: Some(verbe.into()), limit: 200, ..JournalFilter::default() };
        self.store.journal(filtre).await.expect("journal")
    }

    /// Number of lines of the journal.
    pub async fn journal(&self) -> i64 {
        self.store.health().await.expect("health").journal
    }

    /// Opens a session of an account, as a password does; gives the value of its cookie.
    pub async fn session(&self, compte: CompteId) -> String {
        ouvrir_session(&self.services, compte, Methode::MotDePasse, None).await.expect("a session")
    }

    /// Sends a request as it is; `jeton` is the value of a session's cookie.
    pub async fn demander(&self, jeton: Option<&str>, request: Builder, corps: impl Into<Body>) -> Response<Body> {
        let request = match jeton {
            Some(jeton) => request.header(header::COOKIE, format!("grappe={jeton}")),
            None => request,
        };
        let request = request.body(corps.into()).expect("a request");
        self.router.clone().oneshot(request).await.expect("an answer")
    }

    /// Sends a request and reads its whole answer.
    pub async fn appeler(&self, jeton: Option<&str>, request: Builder, corps: impl Into<Body>) -> Reponse {
        Reponse::de(self.demander(jeton, request, corps).await).await
    }

    /// A page, in this session.
    pub async fn get(&self, jeton: &str, adresse: &str) -> Reponse {
        self.appeler(Some(jeton), Request::get(adresse), Body::empty()).await
    }

    /// A form, in this session or by nobody.
    pub async fn post(&self, jeton: Option<&str>, adresse: &str, champs: &[(&str, &str)]) -> Reponse {
        let request = Request::post(adresse).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.appeler(jeton, request, formulaire(champs)).await
    }

    /// A page asked in a fresh session of an account.
    pub async fn lire(&self, compte: CompteId, adresse: &str) -> Reponse {
        let jeton = self.session(compte).await;
        self.get(&jeton, adresse).await
    }

    /// A form sent in a fresh session of an account.
    pub async fn envoyer(&self, compte: CompteId, adresse: &str, champs: &[(&str, &str)]) -> Reponse {
        let jeton = self.session(compte).await;
        self.post(Some(&jeton), adresse, champs).await
    }
}
