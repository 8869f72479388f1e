//! A small world: the demo's places and people, and accounts made for the test.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use grappe::modules::{Composition, composer};
use http::{Request, Response, StatusCode, header};
use jiff::SignedDuration;
use kernel::id::{CompteId, EtablissementId, UniteId};
use platform::acces::{Compte, Habilitation, NatureCompte};
use platform::web::{Application, Methode, ouvrir_session};
use platform::{Demarrage, Services};
use store::{Batch, Line, Nature, Store};
use testkit::TestStore;
use tower::ServiceExt;
use uuid::Uuid;

/// The assembled product over a test store.
pub(crate) struct Monde {
    pub(crate) services: Arc<Services>,
    pub(crate) router: Router,
}

impl Monde {
    /// Sows places and people, without history.
    pub(crate) async fn nouveau(store: &TestStore) -> Self {
        let store: Store = (**store).clone();
        let clock = testkit::clock();
        semis::semer(&store, kernel::clock::Clock::now(&*clock), 0, &|_, _| {}).await.unwrap();
        let annuaire = Arc::new(etablissements::Annuaire::default());
        annuaire.relire(&store).await.unwrap();
        let Composition { modules, operations, terrain } = composer(&[7; 32]).unwrap();
        let nav = modules.iter().flat_map(|module| module.nav.clone()).collect();
        let demarrage =
            Demarrage { store, clock, enseigne: annuaire, operations, nav, scripts: Vec::new(), demo: true, tls: false };
        let services = Services::new(demarrage);
        let application = terrain_serveur::brancher(Application::new(Arc::clone(&services), modules), &terrain);
        let router = application.router();
        Self { services, router }
    }

    /// Creates an account holding this role in a house, and signs it in; gives its cookie.
    pub(crate) async fn entrer(&self, profil: &str, etablissement: EtablissementId, unites: Vec<UniteId>) -> String {
        self.entrer_ou(profil, Some(etablissement), unites).await
    }

    /// The same over the whole grappe, in no house.
    pub(crate) async fn entrer_partout(&self, profil: &str) -> String {
        self.entrer_ou(profil, None, Vec::new()).await
    }

    async fn entrer_ou(&self, profil: &str, etablissement: Option<EtablissementId>, unites: Vec<UniteId>) -> String {
        let now = self.services.clock.now();
        let id = self.services.clock.fresh_id();
        let compte = Compte {
            identifiant: format!("essai-{profil}-{}", id.simple()),
            nom_affiche: format!("Essai {profil}"),
            professionnel: None,
            etablissement: etablissement.map_or_else(etablissements::Grappe::id, |lieu| lieu.0),
            mot_de_passe: String::new(),
            code: None,
            nature: NatureCompte::Permanent,
            ferme_le: None,
            habilitations: vec![Habilitation {
                profil: profil.to_owned(),
                etablissement,
                unites,
                du: now.checked_sub(SignedDuration::from_hours(1)).unwrap(),
                au: None,
            }],
            demo: None,
            preferences: std::collections::BTreeMap::new(),
        };
        let mut batch = Batch::default();
        batch.create(id, Uuid::nil(), now, &compte).unwrap();
        self.services.store.commit(batch.with_line(ligne(now))).await.unwrap();
        let jeton = ouvrir_session(&self.services, CompteId(id), Methode::Demo, None).await.unwrap();
        format!("grappe={jeton}")
    }

    /// Sends a request; an empty form for a POST.
    pub(crate) async fn demander(&self, method: &str, path: &str, cookie: Option<&str>) -> Response<Body> {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "essai");
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if method == "POST" {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    /// Status and text of a page.
    pub(crate) async fn lire(&self, path: &str, cookie: &str) -> (StatusCode, String) {
        let response = self.demander("GET", path, Some(cookie)).await;
        let status = response.status();
        let bytes = to_bytes(response.into_body(), 64 * 1024 * 1024).await.unwrap();
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Family names of the residents of the first house, as screens write them.
    pub(crate) async fn noms(&self) -> Vec<String> {
        let lane = usagers::lane_usagers(semis::etablissement_id(0));
        let query = store::Query::lane(&lane);
        let usagers: Vec<store::Stored<usagers::Usager>> = self.services.store.list(&store::Reach::All, &query).await.unwrap();
        usagers.iter().map(|usager| usager.nom.as_str().to_uppercase()).collect()
    }

    /// Number of lines of the journal.
    pub(crate) async fn journal(&self) -> i64 {
        self.services.store.health().await.unwrap().journal
    }
}

/// A line of journal of the tests themselves.
pub(crate) fn ligne(at: jiff::Timestamp) -> Line {
    Line {
        at,
        nature: Nature::Systeme,
        verb: "essai".into(),
        account: Uuid::nil(),
        establishment: None,
        person: None,
        detail: serde_json::Map::new(),
        objects: Vec::new(),
    }
}
