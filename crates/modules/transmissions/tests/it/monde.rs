//! A small world: two establishments, two units, four residents, and those who care, manage or may not know.

use std::sync::Arc;

use axum::body::Body;
use etablissements::{Annuaire, Etablissement, Unite};
use http::{Request, StatusCode, header};
use kernel::id::{CompteId, EtablissementId, OrganismeId, SejourId, UniteId, UsagerId};
use platform::acces::{Compte, EtatSejour, Habilitation, NatureCompte};
use platform::store::{Batch, Entity, Line, Nature, Query, Reach, Stored};
use platform::web::{Application, Methode, ouvrir_session};
use platform::{Demarrage, Services};
use sejours::{GenreSejour, Sejour};
use testkit::TestStore;
use tower::ServiceExt;
use transmissions::Transmission;
use usagers::{Civilite, Usager};
use uuid::Uuid;

pub(crate) const ETAB: EtablissementId = EtablissementId(Uuid::from_u128(1));
pub(crate) const AILLEURS: EtablissementId = EtablissementId(Uuid::from_u128(2));
pub(crate) const VOLCANS: UniteId = UniteId(Uuid::from_u128(3));
pub(crate) const DOMES: UniteId = UniteId(Uuid::from_u128(4));
pub(crate) const LOIN: UniteId = UniteId(Uuid::from_u128(5));
/// Unit Volcans.
pub(crate) const ANNA: UsagerId = UsagerId(Uuid::from_u128(10));
/// Unit Volcans.
pub(crate) const BRUNO: UsagerId = UsagerId(Uuid::from_u128(11));
/// Unit Dômes.
pub(crate) const CLAIRE: UsagerId = UsagerId(Uuid::from_u128(12));
/// The other establishment.
pub(crate) const DENIS: UsagerId = UsagerId(Uuid::from_u128(13));
/// AS of Volcans.
pub(crate) const AS: CompteId = CompteId(Uuid::from_u128(20));
/// IDE of Volcans.
pub(crate) const IDE: CompteId = CompteId(Uuid::from_u128(21));
/// AS of Dômes.
pub(crate) const AS_DOMES: CompteId = CompteId(Uuid::from_u128(22));
/// IDEC of the establishment.
pub(crate) const IDEC: CompteId = CompteId(Uuid::from_u128(23));
pub(crate) const SECRETAIRE: CompteId = CompteId(Uuid::from_u128(24));
/// IDE of the other establishment.
pub(crate) const IDE_AILLEURS: CompteId = CompteId(Uuid::from_u128(25));
/// Reads without writing, in Volcans.
pub(crate) const FORMATEUR: CompteId = CompteId(Uuid::from_u128(26));

pub(crate) struct Monde {
    pub(crate) store: TestStore,
    pub(crate) services: Arc<Services>,
}

/// What an act answered.
pub(crate) struct Reponse {
    pub(crate) status: StatusCode,
    pub(crate) lieu: String,
    pub(crate) texte: String,
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
        (transmissions::module().offline)(&mut operations);
        let annuaire = Arc::new(Annuaire::default());
        let enseigne: Arc<dyn platform::Enseigne> = annuaire.clone();
        let services = Services::new(Demarrage {
            store: store.handle(),
            clock: store.clock.clone(),
            enseigne,
            operations,
            nav: Vec::new(),
            scripts: Vec::new(),
            demo: true,
            tls: false,
        });
        let monde = Self { store, services };
        monde.structure().await;
        annuaire.relire(&monde.store).await.expect("names");
        monde.residents().await;
        monde.comptes().await;
        monde
    }

    pub(crate) async fn ecrire<E: Entity>(&self, id: Uuid, value: &E) {
        let mut batch = Batch::default();
        batch.create(id, Uuid::nil(), platform_now(&self.services), value).expect("create");
        self.store.commit(batch.with_line(ligne())).await.expect("commit");
    }

    async fn structure(&self) {
        for (etab, nom, finess) in [(ETAB, "EHPAD d'essai", "750000018"), (AILLEURS, "EHPAD d'ailleurs", "750000026")] {
            let json = serde_json::json!({"id": etab, "organisme": OrganismeId(Uuid::from_u128(9)), "nom": nom, "finess": finess, "genre": "ehpad", "actif": true});
            self.ecrire(etab.0, &serde_json::from_value::<Etablissement>(json).expect("etablissement")).await;
        }
        for (unite, etab, nom, rang) in [(VOLCANS, ETAB, "Volcans", 1), (DOMES, ETAB, "Dômes", 2), (LOIN, AILLEURS, "Loin", 1)] {
            let json = serde_json::json!({"etablissement": etab, "nom": nom, "rang": rang, "capacite": 14});
            self.ecrire(unite.0, &serde_json::from_value::<Unite>(json).expect("unite")).await;
        }
    }

    async fn residents(&self) {
        self.resident(ANNA, "Brumelle", Civilite::Madame, "214", ETAB, VOLCANS).await;
        self.resident(BRUNO, "Castagnol", Civilite::Monsieur, "215", ETAB, VOLCANS).await;
        self.resident(CLAIRE, "Dorveaux", Civilite::Madame, "301", ETAB, DOMES).await;
        self.resident(DENIS, "Estivel", Civilite::Monsieur, "101", AILLEURS, LOIN).await;
    }

    async fn resident(&self, id: UsagerId, nom: &str, civilite: Civilite, chambre: &str, etab: EtablissementId, unite: UniteId) {
        let usager = serde_json::json!({"id": id, "etablissement": etab, "nom": nom, "prenom": "Essai", "civilite": civilite});
        self.ecrire(id.0, &serde_json::from_value::<Usager>(usager).expect("usager")).await;
        let sejour = Sejour {
            id: SejourId(kernel::id::derived(id.0, "sejour")),
            usager: id,
            etablissement: etab,
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
        self.ecrire(platform::acces::Rattachement::id(id), &sejours::rattachement(None, &sejour)).await;
    }

    async fn comptes(&self) {
        for (compte, nom, profil, etab, unites) in [
            (AS, "Sophie Aubrac", "as", ETAB, vec![VOLCANS]),
            (IDE, "Nadia Berthou", "ide", ETAB, vec![VOLCANS]),
            (AS_DOMES, "Karim Delmas", "as", ETAB, vec![DOMES]),
            (IDEC, "Claire Fontan", "idec", ETAB, vec![]),
            (SECRETAIRE, "Paul Garrel", "secretaire", ETAB, vec![]),
            (IDE_AILLEURS, "Lise Hermet", "ide", AILLEURS, vec![]),
            (FORMATEUR, "Jean Issard", "formateur", ETAB, vec![VOLCANS]),
        ] {
            let role = Habilitation {
                profil: profil.into(),
                etablissement: Some(etab),
                unites,
                du: testkit::instant("2025-01-01T00:00:00Z"),
                au: None,
            };
            let fiche = Compte {
                identifiant: compte.to_string(),
                nom_affiche: nom.into(),
                professionnel: None,
                etablissement: etab.0,
                mot_de_passe: String::new(),
                code: None,
                nature: NatureCompte::Permanent,
                ferme_le: None,
                habilitations: vec![role],
                demo: None,
                preferences: std::collections::BTreeMap::new(),
            };
            self.ecrire(compte.0, &fiche).await;
        }
    }

    async fn appeler(&self, compte: CompteId, request: http::request::Builder, body: String) -> Reponse {
        let jeton = ouvrir_session(&self.services, compte, Methode::MotDePasse, None).await.expect("session");
        let router = Application::new(Arc::clone(&self.services), vec![transmissions::module()]).router();
        let request = request.header(header::COOKIE, format!("grappe={jeton}")).body(Body::from(body)).expect("request");
        let response = router.oneshot(request).await.expect("response");
        let lieu =
            response.headers().get(header::LOCATION).map(|lieu| lieu.to_str().expect("ascii").to_owned()).unwrap_or_default();
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), 16 << 20).await.expect("body");
        let texte = String::from_utf8_lossy(&bytes).replace(['\u{a0}', '\u{202f}'], " ").replace("&#39;", "'");
        Reponse { status, lieu, texte }
    }

    /// A page which answers.
    pub(crate) async fn page(&self, compte: CompteId, adresse: &str) -> String {
        let reponse = self.lire(compte, adresse).await;
        assert_eq!(reponse.status, StatusCode::OK, "{adresse}: {}", reponse.texte);
        reponse.texte
    }

    /// A page, whatever it answers.
    pub(crate) async fn lire(&self, compte: CompteId, adresse: &str) -> Reponse {
        self.appeler(compte, Request::get(adresse), String::new()).await
    }

    /// An act.
    pub(crate) async fn envoyer(&self, compte: CompteId, adresse: &str, champs: &[(&str, &str)]) -> Reponse {
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

    /// Writes a transmission through the form; answers its id.
    pub(crate) async fn transmettre(&self, compte: CompteId, usager: UsagerId, donnees: &str, plus: &[(&str, &str)]) -> Uuid {
        let id = self.services.clock.fresh_id();
        let (id_texte, usager) = (id.to_string(), usager.to_string());
        let mut champs = vec![("id", id_texte.as_str()), ("resident", usager.as_str()), ("donnees", donnees)];
        champs.extend_from_slice(plus);
        let reponse = self.envoyer(compte, "/transmissions/nouvelle", &champs).await;
        assert_eq!(reponse.status, StatusCode::SEE_OTHER, "{}", reponse.texte);
        self.store.clock.advance(60);
        id
    }

    /// Everything written about a person, oldest first.
    pub(crate) async fn ecrits(&self, usager: UsagerId) -> Vec<Stored<Transmission>> {
        self.store.list(&Reach::All, &Query::person(usager)).await.expect("list")
    }

    /// A record.
    pub(crate) async fn relire<E: Entity>(&self, id: Uuid) -> Option<Stored<E>> {
        self.store.get(&Reach::All, id).await.expect("get")
    }
}

fn platform_now(services: &Services) -> jiff::Timestamp {
    services.clock.now()
}
