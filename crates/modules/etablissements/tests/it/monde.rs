//! A small world: two establishments, three units, one resident, an account for each role the tests need.

use std::sync::Arc;

use axum::body::Body;
use etablissements::{Annuaire, Etablissement, Unite};
use http::{Request, StatusCode, header};
use kernel::id::{CompteId, EtablissementId, OrganismeId, UniteId, UsagerId};
use platform::acces::{Compte, EtatSejour, Habilitation, Lien, NatureCompte, Opposition, Rattachement};
use platform::store::{Batch, Entity, Line, Nature, Reach, Stored};
use platform::web::{Application, Methode, ouvrir_session};
use platform::{Demarrage, Module, Services};
use testkit::TestStore;
use tower::ServiceExt;
use uuid::Uuid;

pub(crate) const A: EtablissementId = EtablissementId(Uuid::from_u128(0xA));
pub(crate) const B: EtablissementId = EtablissementId(Uuid::from_u128(0xB));
pub(crate) const VOLCANS: UniteId = UniteId(Uuid::from_u128(0xA1));
pub(crate) const DOMES: UniteId = UniteId(Uuid::from_u128(0xA2));
pub(crate) const RIVIERE: UniteId = UniteId(Uuid::from_u128(0xB1));
/// A resident of the unit Volcans of A.
pub(crate) const ANNA: UsagerId = UsagerId(Uuid::from_u128(0x10));

const fn compte(n: u128) -> CompteId {
    CompteId(Uuid::from_u128(0x100 + n))
}
pub(crate) const ADMIN: CompteId = compte(1);
pub(crate) const RH_A: CompteId = compte(2);
pub(crate) const DIRECTION_A: CompteId = compte(3);
pub(crate) const DIRECTION_B: CompteId = compte(4);
pub(crate) const CADRE_A: CompteId = compte(5);
pub(crate) const AS_VOLCANS: CompteId = compte(6);
pub(crate) const IDE_DOMES: CompteId = compte(7);
pub(crate) const ASH_DOMES: CompteId = compte(8);
pub(crate) const MEDCO_A: CompteId = compte(9);
pub(crate) const DPO_A: CompteId = compte(10);
pub(crate) const RH_B: CompteId = compte(11);
pub(crate) const AS_RIVIERE: CompteId = compte(12);

/// An account of the world: its role, where it stands, its name.
type Agent<'a> = (CompteId, &'a str, Option<EtablissementId>, &'a [UniteId], &'a str);

pub(crate) struct Monde {
    pub(crate) store: TestStore,
    pub(crate) services: Arc<Services>,
    modules: fn() -> Vec<Module>,
}

/// What the router answered.
#[derive(Debug)]
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

fn role(profil: &str, etablissement: Option<EtablissementId>, unites: &[UniteId]) -> Habilitation {
    let du = testkit::instant("2025-01-01T00:00:00Z");
    Habilitation { profil: profil.into(), etablissement, unites: unites.to_vec(), du, au: None }
}

impl Monde {
    pub(crate) async fn new(store: TestStore, modules: fn() -> Vec<Module>) -> Self {
        let annuaire = Arc::new(Annuaire::default());
        let services = Services::new(Demarrage {
            store: store.handle(),
            clock: store.clock.clone(),
            enseigne: Arc::clone(&annuaire) as Arc<dyn platform::Enseigne>,
            operations: platform::offline::Operations::default(),
            nav: Vec::new(),
            scripts: Vec::new(),
            demo: false,
            tls: false,
        });
        let monde = Self { store, services, modules };
        monde.semer().await;
        annuaire.relire(&monde.store).await.unwrap();
        monde
    }

    pub(crate) async fn ecrire<E: Entity>(&self, id: impl Into<Uuid>, value: &E) {
        let mut batch = Batch::default();
        batch.create(id, Uuid::nil(), testkit::instant(testkit::START), value).unwrap();
        self.store.commit(batch.with_line(ligne())).await.unwrap();
    }

    async fn semer(&self) {
        for (id, nom, finess) in [(A, "Les Genêts", "750000018"), (B, "La Rivière", "750000026")] {
            let lu = serde_json::json!({"id": id, "organisme": OrganismeId(Uuid::from_u128(3)), "nom": nom, "finess": finess, "genre": "ehpad", "actif": true});
            self.ecrire(id, &serde_json::from_value::<Etablissement>(lu).unwrap()).await;
        }
        for (id, lieu, nom, rang) in [(VOLCANS, A, "Volcans", 0), (DOMES, A, "Dômes", 1), (RIVIERE, B, "Rive", 0)] {
            let lue = serde_json::json!({"etablissement": lieu, "nom": nom, "rang": rang, "capacite": 14});
            self.ecrire(id, &serde_json::from_value::<Unite>(lue).unwrap()).await;
        }
        self.rattacher(Vec::new()).await;
        let roles: [Agent<'_>; 12] = [
            (ADMIN, "admin_grappe", None, &[], "Ada ADMINE"),
            (RH_A, "rh", Some(A), &[], "Rose HAUTIER"),
            (DIRECTION_A, "direction", Some(A), &[], "Diane ALVERNE"),
            (DIRECTION_B, "direction", Some(B), &[], "Denis BREUIL"),
            (CADRE_A, "cadre_sante", Some(A), &[], "Claire CADEAU"),
            (AS_VOLCANS, "as", Some(A), &[VOLCANS], "Sophie VOLCAN"),
            (IDE_DOMES, "ide", Some(A), &[DOMES], "Nadia DOMEAU"),
            (ASH_DOMES, "ash", Some(A), &[DOMES], "Lina DOMAT"),
            (MEDCO_A, "medecin_co", Some(A), &[], "Marc COORDO"),
            (DPO_A, "dpo", Some(A), &[], "Dora PEO"),
            (RH_B, "rh", Some(B), &[], "Remi HUBERT"),
            (AS_RIVIERE, "as", Some(B), &[RIVIERE], "Karim RIVIERE"),
        ];
        for (id, profil, lieu, unites, nom) in roles {
            self.compte(id, nom, vec![role(profil, lieu, unites)]).await;
        }
    }

    /// Anna stays in the unit Volcans of A, opposed to these.
    async fn rattacher(&self, oppositions: Vec<Opposition>) {
        let lien = Lien {
            etablissement: A,
            unite: Some(VOLCANS),
            etat: EtatSejour::Present,
            depuis: testkit::instant(testkit::START),
            jusque: None,
        };
        let rattachement =
            Rattachement { usager: ANNA, liens: vec![lien], oppositions, fusionne_dans: None, absorbes: Vec::new() };
        self.ecrire(Rattachement::id(ANNA), &rattachement).await;
    }

    pub(crate) async fn compte(&self, id: CompteId, nom: &str, habilitations: Vec<Habilitation>) {
        let etablissement = habilitations.iter().find_map(|role| role.etablissement).map_or_else(Uuid::nil, Uuid::from);
        let identifiant = kernel::texte::plier(nom).replace(' ', ".");
        let compte = Compte {
            identifiant,
            nom_affiche: nom.into(),
            professionnel: None,
            etablissement,
            mot_de_passe: String::new(),
            code: None,
            nature: NatureCompte::Permanent,
            ferme_le: None,
            habilitations,
            demo: None,
            preferences: std::collections::BTreeMap::new(),
        };
        self.ecrire(id, &compte).await;
    }

    pub(crate) async fn lu<E: Entity>(&self, id: impl Into<Uuid>) -> Stored<E> {
        self.store.get(&Reach::All, id).await.unwrap().unwrap()
    }

    pub(crate) async fn session(&self, compte: CompteId) -> String {
        ouvrir_session(&self.services, compte, Methode::MotDePasse, None).await.unwrap()
    }

    async fn appeler(&self, jeton: Option<&str>, request: http::request::Builder, corps: String) -> Reponse {
        let router = Application::new(Arc::clone(&self.services), (self.modules)()).router();
        let request = match jeton {
            Some(jeton) => request.header(header::COOKIE, format!("grappe={jeton}")),
            None => request,
        };
        let response = router.oneshot(request.body(Body::from(corps)).unwrap()).await.unwrap();
        let lieu = response.headers().get(header::LOCATION).map(|valeur| valeur.to_str().unwrap().to_owned()).unwrap_or_default();
        let status = response.status();
        let octets = axum::body::to_bytes(response.into_body(), 16 << 20).await.unwrap();
        Reponse { status, lieu, texte: String::from_utf8_lossy(&octets).replace(['\u{a0}', '\u{202f}'], " ") }
    }

    pub(crate) async fn get(&self, jeton: &str, adresse: &str) -> Reponse {
        self.appeler(Some(jeton), Request::get(adresse), String::new()).await
    }

    pub(crate) async fn post(&self, jeton: Option<&str>, adresse: &str, champs: &[(&str, &str)]) -> Reponse {
        let encoder = |texte: &str| {
            texte
                .bytes()
                .map(|octet| if octet.is_ascii_alphanumeric() { char::from(octet).to_string() } else { format!("%{octet:02X}") })
                .collect::<String>()
        };
        let corps =
            champs.iter().map(|(nom, valeur)| format!("{}={}", encoder(nom), encoder(valeur))).collect::<Vec<_>>().join("&");
        let request = Request::post(adresse).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.appeler(jeton, request, corps).await
    }

    /// A page asked in a fresh session of an account.
    pub(crate) async fn lire(&self, compte: CompteId, adresse: &str) -> Reponse {
        let jeton = self.session(compte).await;
        self.get(&jeton, adresse).await
    }

    /// A form sent in a fresh session of an account.
    pub(crate) async fn envoyer(&self, compte: CompteId, adresse: &str, champs: &[(&str, &str)]) -> Reponse {
        let jeton = self.session(compte).await;
        self.post(Some(&jeton), adresse, champs).await
    }
}
