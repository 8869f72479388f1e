//! A small world: one establishment, two units, three residents with a plan, carers, a nurse, a night aide, a cook.

use std::sync::Arc;

use axum::body::Body;
use etablissements::{Annuaire, Etablissement, Unite};
use http::{Request, StatusCode, header};
use kernel::id::{CompteId, EtablissementId, OrganismeId, SejourId, UniteId, UsagerId};
use plan_de_soins::{AVerifier, Plan, SoinPrevu, Validation, actes_partages};
use platform::acces::{Compte, EtatSejour, Habilitation, NatureCompte, Rattachement};
use platform::store::{Batch, Entity, Line, Nature, Query, Reach, Stored};
use platform::web::{Application, Methode, ouvrir_session};
use platform::{Demarrage, Services};
use sejours::{GenreSejour, Sejour};
use testkit::TestStore;
use tower::ServiceExt;
use usagers::{Civilite, Usager};
use uuid::Uuid;

pub(crate) const ETAB: EtablissementId = EtablissementId(Uuid::from_u128(0xE55A_0000 + 1));
pub(crate) const VOLCANS: UniteId = UniteId(Uuid::from_u128(0xE55A_0000 + 2));
pub(crate) const DOMES: UniteId = UniteId(Uuid::from_u128(0xE55A_0000 + 3));
pub(crate) const ANNA: UsagerId = UsagerId(Uuid::from_u128(0xE55A_0000 + 10));
pub(crate) const BRUNO: UsagerId = UsagerId(Uuid::from_u128(0xE55A_0000 + 11));
pub(crate) const CLARA: UsagerId = UsagerId(Uuid::from_u128(0xE55A_0000 + 12));
pub(crate) const SOPHIE: CompteId = CompteId(Uuid::from_u128(0xE55A_0000 + 20));
pub(crate) const KARIM: CompteId = CompteId(Uuid::from_u128(0xE55A_0000 + 21));
pub(crate) const AILLEURS: CompteId = CompteId(Uuid::from_u128(0xE55A_0000 + 22));
pub(crate) const IDE: CompteId = CompteId(Uuid::from_u128(0xE55A_0000 + 23));
pub(crate) const NUIT: CompteId = CompteId(Uuid::from_u128(0xE55A_0000 + 24));
pub(crate) const CUISINE: CompteId = CompteId(Uuid::from_u128(0xE55A_0000 + 25));

/// Acts of Anna's plan: washing at 08:30, heels at 08:40 and 19:40, weighing at 09:00, transfer (at risk) at 08:20,
/// night rounds at 22:00 and 02:00, music when needed.
pub(crate) const TOILETTE: Uuid = Uuid::from_u128(0xE55A_0000 + 100);
pub(crate) const TALONS: Uuid = Uuid::from_u128(0xE55A_0000 + 101);
pub(crate) const PESEE: Uuid = Uuid::from_u128(0xE55A_0000 + 102);
pub(crate) const TRANSFERT: Uuid = Uuid::from_u128(0xE55A_0000 + 103);
pub(crate) const RONDE: Uuid = Uuid::from_u128(0xE55A_0000 + 104);
pub(crate) const MUSIQUE: Uuid = Uuid::from_u128(0xE55A_0000 + 105);

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
        let mut operations = platform::offline::Operations::default();
        (plan_de_soins::module().offline)(&mut operations);
        let annuaire = Arc::new(Annuaire::default());
        let services = Services::new(Demarrage {
            store: store.handle(),
            clock: store.clock.clone(),
            enseigne: annuaire.clone(),
            operations,
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
        for (id, nom, rang) in [(VOLCANS, "Volcans", 1), (DOMES, "Dômes", 2)] {
            let unite = serde_json::json!({"etablissement": ETAB, "nom": nom, "rang": rang, "capacite": 14});
            self.ecrire(id.0, &serde_json::from_value::<Unite>(unite).expect("unite")).await;
        }
        self.annuaire.relire(&self.store).await.expect("names");
        self.resident(ANNA, "Brumelle", "Anna", Civilite::Madame, ("214", VOLCANS)).await;
        self.resident(BRUNO, "Castagnol", "Bruno", Civilite::Monsieur, ("215", VOLCANS)).await;
        self.resident(CLARA, "Doriaz", "Clara", Civilite::Madame, ("114", DOMES)).await;
        for usager in [ANNA, BRUNO, CLARA] {
            self.ecrire(Plan::id(usager), &plan(usager)).await;
        }
        for (compte, nom, profil, unites) in [
            (SOPHIE, "Sophie Vinatier", "as", vec![VOLCANS]),
            (KARIM, "Karim Belaïd", "as", vec![VOLCANS]),
            (AILLEURS, "Zoé Ailleurs", "as", vec![DOMES]),
            (IDE, "Nadia Rousset", "ide", vec![VOLCANS, DOMES]),
            (NUIT, "Paul Lanuit", "as_nuit", vec![]),
            (CUISINE, "Luc Fourneau", "cuisine", vec![]),
        ] {
            self.compte(compte, nom, profil, unites).await;
        }
    }

    async fn resident(&self, id: UsagerId, nom: &str, prenom: &str, civilite: Civilite, place: (&str, UniteId)) {
        let (chambre, unite) = place;
        let usager = serde_json::json!({"id": id, "etablissement": ETAB, "nom": nom, "prenom": prenom, "civilite": civilite});
        self.ecrire(id.0, &serde_json::from_value::<Usager>(usager).expect("usager")).await;
        let sejour = Sejour {
            id: SejourId(kernel::id::derived(id.0, "sejour")),
            usager: id,
            etablissement: ETAB,
            genre: GenreSejour::Permanent,
            etat: EtatSejour::Present,
            unite: Some(unite),
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
        self.ecrire(Rattachement::id(id), &sejours::rattachement(None, &sejour)).await;
    }

    async fn compte(&self, id: CompteId, nom: &str, profil: &str, unites: Vec<UniteId>) {
        let role = Habilitation {
            profil: profil.into(),
            etablissement: Some(ETAB),
            unites,
            du: testkit::instant("2025-01-01T00:00:00Z"),
            au: None,
        };
        let compte = Compte {
            identifiant: nom.to_lowercase(),
            nom_affiche: nom.to_owned(),
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
        let router = Application::new(Arc::clone(&self.services), vec![plan_de_soins::module()]).router();
        let request = request.header(header::COOKIE, format!("grappe={jeton}")).body(Body::from(body)).expect("request");
        let response = router.oneshot(request).await.expect("response");
        let lieu =
            response.headers().get(header::LOCATION).map(|lieu| lieu.to_str().expect("ascii").to_owned()).unwrap_or_default();
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), 16 << 20).await.expect("body");
        (status, lieu, String::from_utf8_lossy(&bytes).replace(['\u{a0}', '\u{202f}'], " "))
    }

    /// Every validation of a person, annulled ones included, in the order they happened.
    pub(crate) async fn validations(&self, usager: UsagerId) -> Vec<Stored<Validation>> {
        self.store.list(&Reach::All, &Query::person(usager)).await.expect("list")
    }

    /// What waits for a decision.
    pub(crate) async fn a_verifier(&self) -> Vec<Stored<AVerifier>> {
        let mut tous: Vec<Stored<AVerifier>> = Vec::new();
        for usager in [ANNA, BRUNO, CLARA] {
            tous.extend(self.store.list(&Reach::All, &Query::person(usager)).await.expect("list"));
        }
        tous.retain(|releve| releve.ferme.is_none());
        tous
    }

    /// Changes the stay of a person, and what the gate knows of it.
    pub(crate) async fn sejour(&self, usager: UsagerId, change: impl FnOnce(&mut Sejour)) {
        let id = kernel::id::derived(usager.0, "sejour");
        let lu: Stored<Sejour> = self.store.get(&Reach::All, id).await.expect("read").expect("stay");
        let mut nouveau = lu.value.clone();
        change(&mut nouveau);
        let gate = Rattachement::id(usager);
        let connu: Stored<Rattachement> = self.store.get(&Reach::All, gate).await.expect("read").expect("gate");
        let mut batch = Batch::default();
        let now = self.services.clock.now();
        batch.update(&lu, Uuid::nil(), now, &nouveau).expect("stay");
        batch.update(&connu, Uuid::nil(), now, &sejours::rattachement(Some(&connu.value), &nouveau)).expect("gate");
        self.store.commit(batch.with_line(ligne())).await.expect("commit");
    }

    /// Changes the plan of a person.
    pub(crate) async fn changer_plan(&self, usager: UsagerId, change: impl FnOnce(&mut Plan)) {
        let lu: Stored<Plan> = self.store.get(&Reach::All, Plan::id(usager)).await.expect("read").expect("plan");
        let mut nouveau = lu.value.clone();
        change(&mut nouveau);
        let mut batch = Batch::default();
        batch.update(&lu, Uuid::nil(), self.services.clock.now(), &nouveau).expect("plan");
        self.store.commit(batch.with_line(ligne())).await.expect("commit");
    }

    /// A tap on a planned time.
    pub(crate) async fn cocher(&self, compte: CompteId, id: u128, usager: UsagerId, soin: Uuid, cle: &str) -> StatusCode {
        let adresse = format!("/residents/{usager}/soins/pointer");
        let id = Uuid::from_u128(id).to_string();
        self.envoyer(compte, &adresse, &[("id", &id), ("fait", &format!("{soin}|{cle}")), ("retour", "/tour/soins")]).await.0
    }

    /// A word on the sheet of a planned time of Anna's.
    pub(crate) async fn tracer(
        &self,
        compte: CompteId,
        id: u128,
        soin: Uuid,
        cle: &str,
        champs: &[(&str, &str)],
    ) -> (StatusCode, String, String) {
        let adresse = format!("/residents/{ANNA}/soins/{soin}/tracer");
        let id = Uuid::from_u128(id).to_string();
        let mut tous = vec![("id", id.as_str()), ("occurrence", cle), ("retour", "/tour/soins")];
        tous.extend_from_slice(champs);
        self.envoyer(compte, &adresse, &tous).await
    }

    /// A fragment asked for with the version already held: status and version.
    pub(crate) async fn etag(&self, compte: CompteId, adresse: &str, connu: Option<&str>) -> (StatusCode, String) {
        let jeton = ouvrir_session(&self.services, compte, Methode::MotDePasse, None).await.expect("session");
        let router = Application::new(Arc::clone(&self.services), vec![plan_de_soins::module()]).router();
        let mut request = Request::get(adresse).header(header::COOKIE, format!("grappe={jeton}")).header("x-fragment", "oui");
        if let Some(connu) = connu {
            request = request.header(header::IF_NONE_MATCH, connu);
        }
        let response = router.oneshot(request.body(Body::empty()).expect("request")).await.expect("response");
        let etag = response.headers().get(header::ETAG).map(|etag| etag.to_str().expect("ascii").to_owned()).unwrap_or_default();
        (response.status(), etag)
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

fn soin(id: Uuid, code: &str, heures: &[(i8, i8)]) -> SoinPrevu {
    let acte = actes_partages().iter().find(|acte| acte.code == code).expect("a shared act");
    let heures: Vec<_> = heures.iter().map(|(heure, minute)| jiff::civil::time(*heure, *minute, 0, 0)).collect();
    acte.prevoir(id, plan_de_soins::Recurrence::quotidien(&heures), jiff::civil::date(2026, 1, 1))
}

/// The plan of a person; ids of acts are those above for Anna, derived from them for the others.
fn plan(usager: UsagerId) -> Plan {
    let id = |id: Uuid| if usager == ANNA { id } else { kernel::id::derived(usager.0, &id.to_string()) };
    let mut musique = soin(id(MUSIQUE), "musique_personnelle", &[]);
    musique.recurrence = plan_de_soins::Recurrence::si_besoin();
    let mut plan = Plan::vide(usager, ETAB);
    plan.lignes = vec![
        soin(id(TOILETTE), "toilette_lavabo_aide_partielle", &[(8, 30)]),
        soin(id(TALONS), "prevention_escarre_talons", &[(8, 40), (19, 40)]),
        soin(id(PESEE), "pesee", &[(9, 0)]),
        soin(id(TRANSFERT), "transfert_leve_malade", &[(8, 20)]),
        soin(id(RONDE), "ronde_nuit", &[(22, 0), (2, 0)]),
        musique,
    ];
    plan
}
