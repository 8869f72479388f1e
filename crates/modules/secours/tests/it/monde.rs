//! A small world: one establishment, one unit, two residents, a nurse, a carer and a secretary.

use std::sync::Arc;

use axum::body::Body;
use etablissements::{Annuaire, Etablissement, Unite};
use http::{Request, StatusCode, header};
use kernel::id::{CompteId, EtablissementId, OrganismeId, SejourId, UniteId, UsagerId};
use platform::acces::{Compte, EtatSejour, Habilitation, NatureCompte};
use platform::store::{Batch, Entity, Line, Nature};
use platform::web::{Application, Methode, ouvrir_session};
use platform::{Demarrage, Services};
use sejours::{GenreSejour, Sejour};
use testkit::TestStore;
use tower::ServiceExt;
use usagers::{Civilite, Usager};
use uuid::Uuid;

pub(crate) const ETAB: EtablissementId = EtablissementId(Uuid::from_u128(1));
pub(crate) const UNITE: UniteId = UniteId(Uuid::from_u128(2));
pub(crate) const ANNA: UsagerId = UsagerId(Uuid::from_u128(10));
pub(crate) const BRUNO: UsagerId = UsagerId(Uuid::from_u128(11));
pub(crate) const IDE: CompteId = CompteId(Uuid::from_u128(20));
pub(crate) const AS: CompteId = CompteId(Uuid::from_u128(21));
pub(crate) const SECRETAIRE: CompteId = CompteId(Uuid::from_u128(22));

pub(crate) struct Monde {
    pub(crate) store: TestStore,
    pub(crate) services: Arc<Services>,
    annuaire: Arc<Annuaire>,
}

fn ligne() -> Line {
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

impl Monde {
    pub(crate) async fn new(store: TestStore) -> Self {
        Self::avec(store, Annuaire::default()).await
    }

    async fn avec(store: TestStore, annuaire: Annuaire) -> Self {
        let annuaire = Arc::new(annuaire);
        let services = Services::new(Demarrage {
            store: store.handle(),
            clock: store.clock.clone(),
            enseigne: annuaire.clone(),
            operations: platform::offline::Operations::default(),
            nav: Vec::new(),
            scripts: Vec::new(),
            demo: true,
            tls: false,
        });
        let monde = Self { store, services, annuaire };
        monde.semer().await;
        monde
    }

    pub(crate) async fn ecrire<E: Entity>(&self, id: Uuid, value: &E) {
        let mut batch = Batch::default();
        batch.create(id, Uuid::nil(), testkit::instant(testkit::START), value).expect("create");
        self.store.commit(batch.with_line(ligne())).await.expect("commit");
    }

    async fn semer(&self) {
        let etablissement = serde_json::json!({"id": ETAB, "organisme": OrganismeId(Uuid::from_u128(3)), "nom": "EHPAD d'essai",
            "finess": "750000018", "genre": "ehpad", "actif": true});
        let etablissement: Etablissement = serde_json::from_value(etablissement).expect("etablissement");
        self.ecrire(ETAB.0, &etablissement).await;
        self.unite(UNITE, "Volcans").await;
        self.resident(ANNA, "Brumelle", "Anna", Civilite::Madame, "214").await;
        self.resident(BRUNO, "Castagnol", "Bruno", Civilite::Monsieur, "215").await;
        for (compte, identifiant, profil) in [(IDE, "ide", "ide"), (AS, "as", "as"), (SECRETAIRE, "secretaire", "secretaire")] {
            self.compte(compte, identifiant, profil).await;
        }
    }

    /// Opens a unit, known to the menus at once.
    pub(crate) async fn unite(&self, id: UniteId, nom: &str) {
        let unite = serde_json::json!({"id": id, "etablissement": ETAB, "nom": nom, "rang": 1, "capacite": 14});
        self.ecrire(id.0, &serde_json::from_value::<Unite>(unite).expect("unite")).await;
        self.annuaire.relire(&self.store).await.expect("names");
    }

    async fn resident(&self, id: UsagerId, nom: &str, prenom: &str, civilite: Civilite, chambre: &str) {
        let usager = serde_json::json!({"id": id, "etablissement": ETAB, "nom": nom, "prenom": prenom, "civilite": civilite});
        self.ecrire(id.0, &serde_json::from_value::<Usager>(usager).expect("usager")).await;
        let sejour = Sejour {
            id: SejourId(kernel::id::derived(id.0, "sejour")),
            usager: id,
            etablissement: ETAB,
            genre: GenreSejour::Permanent,
            etat: EtatSejour::Present,
            unite: Some(UNITE),
            chambre: None,
            lit: None,
            chambre_libelle: chambre.into(),
            rang: chambre.parse().expect("number"),
            entree_le: testkit::instant("2025-01-10T09:00:00Z"),
            sortie_prevue: None,
            sortie_le: None,
            parti_le: None,
            lieu: String::new(),
        };
        self.ecrire(sejour.id.0, &sejour).await;
        self.ecrire(platform::acces::Rattachement::id(id), &sejours::rattachement(None, &sejour)).await;
    }

    async fn compte(&self, id: CompteId, identifiant: &str, profil: &str) {
        let role = Habilitation {
            profil: profil.into(),
            etablissement: Some(ETAB),
            unites: Vec::new(),
            du: testkit::instant("2025-01-01T00:00:00Z"),
            au: None,
        };
        let compte = Compte {
            identifiant: identifiant.into(),
            nom_affiche: format!("Essai {identifiant}"),
            professionnel: None,
            etablissement: ETAB.0,
            mot_de_passe: String::new(),
            code: None,
            nature: NatureCompte::Permanent,
            ferme_le: None,
            habilitations: vec![role],
            demo: None,
            preferences: std::collections::BTreeMap::new(),
        };
        self.ecrire(id.0, &compte).await;
    }

    async fn appeler(&self, compte: CompteId, request: http::request::Builder, body: String) -> (StatusCode, String, String) {
        let jeton = ouvrir_session(&self.services, compte, Methode::MotDePasse, None).await.expect("session");
        let router = Application::new(Arc::clone(&self.services), vec![secours::module()]).router();
        let request = request.header(header::COOKIE, format!("grappe={jeton}")).body(Body::from(body)).expect("request");
        let response = router.oneshot(request).await.expect("response");
        let lieu =
            response.headers().get(header::LOCATION).map(|lieu| lieu.to_str().expect("ascii").to_owned()).unwrap_or_default();
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), 16 << 20).await.expect("body");
        (status, lieu, String::from_utf8_lossy(&bytes).replace(['\u{a0}', '\u{202f}'], " "))
    }

    /// Plans one act every day at these hours.
    pub(crate) async fn planifier(&self, usager: UsagerId, libelle: &str, heures: &[i8]) {
        let heures: Vec<jiff::civil::Time> = heures.iter().map(|heure| jiff::civil::time(*heure, 0, 0, 0)).collect();
        let mut plan = plan_de_soins::Plan::vide(usager, ETAB);
        plan.lignes.push(plan_de_soins::SoinPrevu {
            id: kernel::id::derived(usager.0, libelle),
            acte: String::new(),
            libelle: libelle.into(),
            icone: "bath".into(),
            categorie: String::new(),
            consigne: "à deux".into(),
            metiers: Vec::new(),
            recurrence: plan_de_soins::Recurrence::quotidien(&heures),
            du: jiff::civil::date(2026, 1, 1),
            au: None,
            ajoute_le: None,
            arret: None,
            mesures: Vec::new(),
            a_risque: false,
            observation: false,
            duree_min: 10,
            origine: None,
        });
        self.ecrire(plan_de_soins::Plan::id(usager), &plan).await;
    }

    /// The editions of the establishment.
    pub(crate) async fn editions(&self) -> Vec<platform::store::Stored<secours::Edition>> {
        let lane = secours::lane_editions(ETAB);
        self.store.list(&platform::store::Reach::All, &platform::store::Query::lane(&lane)).await.expect("list")
    }

    /// A page: status and text.
    pub(crate) async fn lire(&self, compte: CompteId, adresse: &str) -> (StatusCode, String) {
        let (status, _, texte) = self.appeler(compte, Request::get(adresse), String::new()).await;
        (status, texte)
    }

    /// An act: status, where it leads, text.
    pub(crate) async fn envoyer(&self, compte: CompteId, adresse: &str, champs: &[(&str, &str)]) -> (StatusCode, String, String) {
        let encoder = |texte: &str| {
            texte
                .bytes()
                .map(|octet| if octet.is_ascii_alphanumeric() { char::from(octet).to_string() } else { format!("%{octet:02X}") })
                .collect::<String>()
        };
        let corps =
            champs.iter().map(|(nom, valeur)| format!("{}={}", encoder(nom), encoder(valeur))).collect::<Vec<_>>().join("&");
        let request = Request::post(adresse).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.appeler(compte, request, corps).await
    }
}
