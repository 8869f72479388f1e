//! The demonstration, assembled as the binary does, with a real operator of mail and a listener of hospitals' messages.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use courriers_mssante::Fichiers;
use demo::Recit;
use grappe::assemblage::assembler;
use grappe::config::Config;
use http::request::Builder;
use http::{Request, StatusCode, header};
use jiff::SignedDuration;
use kernel::clock::Clock;
use kernel::id::{CompteId, EtablissementId};
use monde_essai::{Reponse, formulaire};
use mouvements_hl7v2::{Ecoute, Reglages};
use platform::Services;
use platform::acces::{Compte, Habilitation, NatureCompte};
use platform::web::{Methode, ouvrir_session};
use platform::worker::Worker;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use store::Batch;
use testkit::{Operator, TestStore};
use uuid::Uuid;

use crate::monde::ligne;

const ADRESSE: &str = "https://grappe.test";
/// A mailbox of the operator.
pub(crate) const HOPITAL: &str = "medecin@hopital-test.mssante.fr";
/// Who acts in a house, and the program which reads it.
pub(crate) struct Maison {
    pub(crate) infirmiere: String,
    pub(crate) secretaire: String,
    pub(crate) application: String,
}

/// The three houses of the demonstration.
pub(crate) struct Maisons {
    pub(crate) store: TestStore,
    pub(crate) services: Arc<Services>,
    pub(crate) recit: Recit,
    pub(crate) lieux: Vec<Maison>,
    pub(crate) worker: Worker,
    operateur: Option<Operator>,
    /// Where hospitals send their messages.
    pub(crate) mllp: SocketAddr,
    router: Router,
    donnees: PathBuf,
}

impl Drop for Maisons {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.donnees);
    }
}

fn fichiers(operateur: &Operator, donnees: &Path) -> Fichiers {
    let reglages = operateur.settings(donnees);
    Fichiers {
        smtp: reglages.smtp,
        imap: reglages.imap,
        domaine: reglages.domain,
        autorites: reglages.authorities,
        certificat: reglages.certificate,
        cle: reglages.key,
        domaines_de_confiance: Vec::new(),
        mot_de_passe: Some(reglages.password),
        boites: std::collections::BTreeMap::new(),
    }
}

fn services_id(store: &TestStore) -> String {
    store.clock.fresh_id().simple().to_string()
}

/// The operator of mail, when this machine can run one.
pub(crate) fn operateur() -> Option<Operator> {
    let cles = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mss-keys");
    Operator::start(&testkit::check_or_skip()?, &cles)
}

impl Maisons {
    /// Sown with so many days of history; mails leave by this operator, or wait.
    pub(crate) async fn ouvrir(store: TestStore, jours: u32, operateur: Option<Operator>) -> Self {
        documents::installer_lecteur(env!("CARGO_BIN_EXE_grappe").into(), Some(documents::SOUS_COMMANDE));
        let now = store.clock.now();
        semis::semer(&store, now, jours, &|_, _| {}).await.unwrap();
        let donnees = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("maisons-{}", services_id(&store)));
        std::fs::create_dir_all(&donnees).unwrap();
        let ecoute = SocketAddr::from(([127, 0, 0, 1], 0));
        let config = Config {
            target: store.target(),
            data: donnees.clone(),
            listen: ecoute,
            tls: false,
            temoins: Vec::new(),
            secours: donnees.join("secours"),
            adresse: ADRESSE.into(),
            mllp: Vec::new(),
            dui: transfert_dui::Reglages::default(),
            fhir: api_fhir::Mtls::default(),
            json: false,
            mssante: operateur.as_ref().map(|operateur| fichiers(operateur, &donnees)),
        };
        let produit = assembler(&config, store.handle(), store.clock.clone(), true).await.unwrap();
        let services = Arc::clone(&produit.services);
        let reglages = Reglages { adresse: ecoute, correspondant: "CHU de Val-Brumeux".into(), finess: None, tls: None };
        let ecoute = Ecoute::ouvrir(&services, &reglages).await.unwrap();
        let mllp = ecoute.adresse();
        tokio::spawn(ecoute.servir(std::future::pending()));
        let mut maisons = Self {
            recit: Recit::construire(now).unwrap(),
            router: produit.application.router(),
            worker: produit.worker,
            lieux: Vec::new(),
            services,
            store,
            operateur,
            mllp,
            donnees,
        };
        maisons.adresses_de_l_operateur().await;
        for rang in 0..3 {
            let maison = maisons.peupler(semis::etablissement_id(rang)).await;
            maisons.lieux.push(maison);
        }
        maisons
    }

    /// The operator takes the mails of its own domain only: each house has its mailbox there.
    async fn adresses_de_l_operateur(&self) {
        for lue in demo::correspondants::annuaire().unwrap().messagerie {
            let id = kernel::id::derived(Uuid::nil(), &format!("messagerie/{}", lue.adresse));
            let connue: store::Stored<correspondants::Messagerie> =
                self.store.get(&store::Reach::All, id).await.unwrap().unwrap();
            let adresse = format!("maison{}@ehpad-test.mssante.fr", lue.etablissement);
            let nouvelle = correspondants::Messagerie { adresse, ..connue.value.clone() };
            let mut batch = Batch::default();
            batch.update(&connue, Uuid::nil(), self.services.clock.now(), &nouvelle).unwrap();
            self.store.commit(batch.with_line(ligne(self.services.clock.now()))).await.unwrap();
        }
    }

    async fn peupler(&self, id: EtablissementId) -> Maison {
        Maison {
            infirmiere: self.entrer("ide", id).await,
            secretaire: self.entrer("secretaire", id).await,
            application: self.application(id).await,
        }
    }

    async fn entrer(&self, profil: &str, etablissement: EtablissementId) -> String {
        let now = self.services.clock.now();
        let id = self.services.clock.fresh_id();
        let du = now.checked_sub(SignedDuration::from_hours(1)).unwrap();
        let role = Habilitation { profil: profil.into(), etablissement: Some(etablissement), unites: Vec::new(), du, au: None };
        let compte = Compte {
            identifiant: format!("essai-{}", id.simple()),
            nom_affiche: format!("Camille ESSAI-{}", profil.to_uppercase()),
            professionnel: None,
            etablissement: etablissement.0,
            mot_de_passe: String::new(),
            code: None,
            nature: NatureCompte::Permanent,
            ferme_le: None,
            habilitations: vec![role],
            demo: None,
            preferences: std::collections::BTreeMap::new(),
        };
        let mut batch = Batch::default();
        batch.create(id, Uuid::nil(), now, &compte).unwrap();
        self.store.commit(batch.with_line(ligne(now))).await.unwrap();
        ouvrir_session(&self.services, CompteId(id), Methode::MotDePasse, None).await.unwrap()
    }

    /// A hospital's program opened as the operator's command does; gives its access token.
    async fn application(&self, id: EtablissementId) -> String {
        let maison: store::Stored<etablissements::Etablissement> = self.store.get(&store::Reach::All, id).await.unwrap().unwrap();
        let alea = SystemRandom::new();
        let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, &alea).unwrap();
        let cle = EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, der.as_ref(), &alea).unwrap();
        let b64 = |octets: &[u8]| URL_SAFE_NO_PAD.encode(octets);
        let point = cle.public_key().as_ref();
        let publique = json!({
            "kty": "EC", "crv": "P-384", "kid": "une", "alg": "ES384", "x": b64(&point[1..49]), "y": b64(&point[49..]),
        });
        let ouverture = api_fhir::Ouverture {
            nom: "Dossier patient".into(),
            organisation: "CHU de Val-Brumeux".into(),
            finess: String::new(),
            profil: "partenaire_hospitalier".into(),
            cles: json!({ "keys": [publique] }).to_string(),
            certificats: String::new(),
            portees: "system/*.cruds".into(),
            etablissements: vec![maison.finess.as_str().to_owned()],
            hotes: String::new(),
            au: String::new(),
        };
        let compte = api_fhir::ouvrir(&self.services, &ouverture).await.unwrap();
        let exp = self.services.clock.now().as_second() + 240;
        let charge = json!({
            "iss": compte, "sub": compte, "aud": format!("{ADRESSE}/fhir/jeton"), "exp": exp, "jti": self.services.clock.fresh_id(),
        });
        let partie = |lu: &Value| b64(lu.to_string().as_bytes());
        let texte = format!("{}.{}", partie(&json!({ "alg": "ES384", "kid": "une" })), partie(&charge));
        let assertion = format!("{texte}.{}", b64(cle.sign(&alea, texte.as_bytes()).unwrap().as_ref()));
        let champs = [
            ("grant_type", "client_credentials"),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion.as_str()),
            ("scope", "system/*.cruds"),
        ];
        let reponse = self.appeler(formulaire_vers("/fhir/jeton"), formulaire(&champs)).await;
        assert_eq!(reponse.status, StatusCode::OK, "{}", reponse.texte);
        let lue: Value = serde_json::from_slice(&reponse.octets).unwrap();
        lue["access_token"].as_str().unwrap().to_owned()
    }

    async fn appeler(&self, request: Builder, corps: impl Into<Body>) -> Reponse {
        use tower::ServiceExt;
        let request = request.header(header::HOST, "essai").body(corps.into()).unwrap();
        Reponse::de(self.router.clone().oneshot(request).await.unwrap()).await
    }

    /// A page, which must be there.
    pub(crate) async fn lire(&self, jeton: &str, adresse: &str) -> Reponse {
        let reponse = self.appeler(Request::get(adresse).header(header::COOKIE, format!("grappe={jeton}")), "").await;
        assert_eq!(reponse.status, StatusCode::OK, "{adresse}: {}", reponse.texte);
        reponse
    }

    /// A form, which must be accepted.
    pub(crate) async fn envoyer(&self, jeton: &str, adresse: &str, champs: &[(&str, &str)]) -> Reponse {
        let request = formulaire_vers(adresse).header(header::COOKIE, format!("grappe={jeton}"));
        let reponse = self.appeler(request, formulaire(champs)).await;
        assert_eq!(reponse.status, StatusCode::SEE_OTHER, "{adresse}: {}", reponse.texte);
        reponse
    }

    /// A form with a file.
    pub(crate) async fn deposer(&self, jeton: &str, adresse: &str, champs: &[(&str, &str)], fichier: (&str, &[u8])) {
        let mut corps = Vec::new();
        for (nom, valeur) in champs {
            corps.extend(format!("--B\r\nContent-Disposition: form-data; name=\"{nom}\"\r\n\r\n{valeur}\r\n").into_bytes());
        }
        let (nom, octets) = fichier;
        corps.extend(
            format!("--B\r\nContent-Disposition: form-data; name=\"fichiers\"; filename=\"{nom}\"\r\nContent-Type: application/pdf\r\n\r\n")
                .into_bytes(),
        );
        corps.extend_from_slice(octets);
        corps.extend(b"\r\n--B--\r\n");
        let request = Request::post(adresse)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=B")
            .header(header::COOKIE, format!("grappe={jeton}"));
        let reponse = self.appeler(request, corps).await;
        assert_eq!(reponse.status, StatusCode::SEE_OTHER, "{adresse}: {}", reponse.texte);
    }

    /// What the interface answers to the program of a house.
    pub(crate) async fn fhir(&self, jeton: &str, adresse: &str) -> Reponse {
        self.appeler(Request::get(adresse).header(header::AUTHORIZATION, format!("Bearer {jeton}")), "").await
    }

    /// What the interface answers to a publication.
    pub(crate) async fn publier(&self, jeton: &str, adresse: &str, corps: &Value) -> Reponse {
        let request = Request::post(adresse)
            .header(header::AUTHORIZATION, format!("Bearer {jeton}"))
            .header(header::CONTENT_TYPE, "application/fhir+json");
        self.appeler(request, corps.to_string()).await
    }

    /// The mails which arrived at the hospital, once there are so many.
    pub(crate) async fn courriels(&self, attendus: usize) -> Vec<Vec<u8>> {
        let boite = self.operateur.as_ref().unwrap().path(&format!("mail/{HOPITAL}"));
        let mut trouves = Vec::new();
        for _ in 0..120 {
            trouves.clear();
            for dossier in ["new", "cur"] {
                let Ok(entrees) = std::fs::read_dir(boite.join(dossier)) else { continue };
                trouves.extend(entrees.filter_map(|entree| Some(entree.ok()?.path())));
            }
            if trouves.len() >= attendus {
                return trouves.iter().map(|chemin| std::fs::read(chemin).unwrap()).collect();
            }
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        }
        panic!("{} mails of {attendus} arrived in a minute in {}", trouves.len(), boite.display());
    }
}

fn formulaire_vers(adresse: &str) -> Builder {
    Request::post(adresse).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}
