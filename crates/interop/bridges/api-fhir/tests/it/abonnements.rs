//! Subscriptions: what may be followed, calls without content, retries, the end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http::{Request, StatusCode, header};
use monde_essai::Monde;
use monde_essai::une_maison::ANNA;
use platform::acces::{CibleOpposition, Opposition, Rattachement};
use platform::store::{Signer, Stored};
use platform::worker::{Witness, Worker};
use serde_json::{Value, json};
use testkit::TestStore;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::monde::{
    AILLEURS, AUTRE, HOPITAL, TOUT, ZOE, envoyer, hopital, jeton, json_de, lire, lu, mesure, monde, remplir, trouves,
};

/// A listener on the loopback: counts calls, keeps the last, answers this status.
struct Oreille {
    port: u16,
    appels: Arc<AtomicUsize>,
    dernier: Arc<std::sync::Mutex<String>>,
}

impl Oreille {
    async fn ouvrir(status: u16) -> Self {
        let ecoute = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = ecoute.local_addr().expect("an address").port();
        let (appels, dernier) = (Arc::new(AtomicUsize::new(0)), Arc::new(std::sync::Mutex::new(String::new())));
        let (compte, garde) = (Arc::clone(&appels), Arc::clone(&dernier));
        tokio::spawn(async move {
            while let Ok((mut flux, _)) = ecoute.accept().await {
                let mut lu = vec![0; 4096];
                let n = flux.read(&mut lu).await.unwrap_or(0);
                *garde.lock().expect("a text") = String::from_utf8_lossy(&lu[..n]).into_owned();
                compte.fetch_add(1, Ordering::SeqCst);
                let _ = flux.write_all(format!("HTTP/1.1 {status} x\r\ncontent-length: 0\r\n\r\n").as_bytes()).await;
            }
        });
        Self { port, appels, dernier }
    }

    /// Waits until so many calls came; tells how many did.
    async fn attendre(&self, nombre: usize) -> usize {
        for _ in 0..80 {
            if self.appels.load(Ordering::SeqCst) >= nombre {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        self.appels.load(Ordering::SeqCst)
    }
}

fn abonnement(criteres: &str, adresse: &str) -> Value {
    json!({
        "resourceType": "Subscription", "status": "requested", "reason": "suivre", "criteria": criteres,
        "channel": { "type": "rest-hook", "endpoint": adresse, "header": ["Authorization: Bearer secret-du-client"] },
    })
}

/// Starts the worker of the product, with what the interface gives it.
fn travailler(monde: &Monde) -> tokio::task::JoinHandle<()> {
    let mut worker = Worker::default();
    api_fhir::planifier(&mut worker);
    let dossier = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(monde.services.clock.fresh_id().to_string());
    std::fs::create_dir_all(&dossier).expect("folder");
    let signer = Signer::open(&dossier.join("cle"), "essai").expect("a signer");
    tokio::spawn(worker.run(Arc::clone(&monde.services), Witness { signer, folders: Vec::new() }))
}

async fn ouvrir(monde: &Monde, jeton: &str, corps: &Value) -> String {
    let reponse = envoyer(monde, jeton, "/fhir/Subscription", corps).await;
    assert_eq!(reponse.status, 201, "{}", reponse.texte);
    json_de(&reponse)["id"].as_str().expect("an id").to_owned()
}

/// A little later: what is written now is after the subscription.
async fn peser(monde: &Monde, n: u128) {
    monde.store.clock.advance(61);
    monde.ecrire(Uuid::from_u128(n), &mesure("poids", "51", None, "kg", "2026-11-21T06:00:00Z")).await;
}

async fn changer_compte(monde: &Monde) {
    monde.store.clock.advance(61);
    monde.changer::<sejours::Sejour>(kernel::id::derived(ZOE.0, "sejour"), |sejour| sejour.rang += 1).await;
}

testkit::on_both! {
    async fn a_change_of_what_is_followed_is_called_once_without_content(store: TestStore) {
        let monde = monde(store).await;
        remplir(&monde).await;
        let jeton = hopital(&monde, TOUT).await;
        let oreille = Oreille::ouvrir(200).await;
        let adresse = format!("http://127.0.0.1:{}/crochet?a=1", oreille.port);
        let id = ouvrir(&monde, &jeton, &abonnement(&format!("Observation?patient={ANNA}"), &adresse)).await;
        peser(&monde, 0xA00).await;
        let travail = travailler(&monde);
        assert_eq!(oreille.attendre(1).await, 1);
        let dit = oreille.dernier.lock().unwrap().clone();
        assert!(dit.starts_with("POST /crochet?a=1 HTTP/1.1"), "{dit}");
        assert!(dit.to_lowercase().contains("authorization: bearer secret-du-client") && dit.contains("content-length: 0"), "{dit}");
        assert!(!dit.contains(&ANNA.to_string()) && dit.ends_with("\r\n\r\n"), "nothing is told: {dit}");
        // Another family of data, and another house, move nothing.
        changer_compte(&monde).await;
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        assert_eq!(oreille.appels.load(Ordering::SeqCst), 1);
        peser(&monde, 0xA01).await;
        assert_eq!(oreille.attendre(2).await, 2);
        travail.abort();
        let lue = json_de(&lire_neuf(&monde, &id).await);
        assert_eq!(lue["status"], "active");
        assert!(!lue.to_string().contains("secret-du-client"), "the headers are never told again");
    }

    async fn a_person_who_becomes_opposed_is_followed_no_more(store: TestStore) {
        let monde = monde(store).await;
        remplir(&monde).await;
        let jeton = hopital(&monde, TOUT).await;
        let oreille = Oreille::ouvrir(200).await;
        ouvrir(&monde, &jeton, &abonnement("Observation", &format!("http://127.0.0.1:{}/", oreille.port))).await;
        let opposition = Opposition { cible: CibleOpposition::Compte(HOPITAL), categories: Vec::new() };
        monde.changer::<Rattachement>(Rattachement::id(ANNA), |porte| porte.oppositions.push(opposition.clone())).await;
        peser(&monde, 0xA00).await;
        let travail = travailler(&monde);
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert_eq!(oreille.appels.load(Ordering::SeqCst), 0);
        let refus = envoyer(&monde, &neuf(&monde).await, "/fhir/Subscription", &abonnement(&format!("Observation?patient={ANNA}"), "http://localhost/")).await;
        assert_eq!(refus.status, 404, "{}", refus.texte);
        travail.abort();
    }

    async fn calls_which_fail_are_tried_again_then_the_subscription_ends_and_says_why(store: TestStore) {
        let monde = monde(store).await;
        remplir(&monde).await;
        let jeton = hopital(&monde, TOUT).await;
        let oreille = Oreille::ouvrir(500).await;
        let id = ouvrir(&monde, &jeton, &abonnement("Observation", &format!("http://127.0.0.1:{}/", oreille.port))).await;
        peser(&monde, 0xA00).await;
        let travail = travailler(&monde);
        for essai in 1..=12 {
            assert_eq!(oreille.attendre(essai).await, essai, "call {essai}");
            tokio::time::sleep(Duration::from_millis(200)).await;
            monde.store.clock.advance(3_700);
        }
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        travail.abort();
        assert_eq!(oreille.appels.load(Ordering::SeqCst), 12, "no call after the end");
        let lu: Stored<api_fhir::Abonnement> = monde.lu(id.parse::<Uuid>().unwrap()).await;
        assert!(lu.ferme_le.is_some() && lu.echecs == 12, "{lu:?}");
        let lue = json_de(&lire_neuf(&monde, &id).await);
        assert_eq!((&lue["status"], &lue["error"]), (&json!("error"), &json!("L'adresse a répondu 500.")));
    }

    async fn only_what_is_served_to_a_host_which_was_opened_may_be_followed(store: TestStore) {
        let monde = monde(store).await;
        let jeton = hopital(&monde, "system/Observation.rs system/Subscription.crd").await;
        let bonne = "http://127.0.0.1:9/";
        let avec = |champ: &str, valeur: Value| {
            let mut lu = abonnement("Observation", bonne);
            *lu.pointer_mut(champ).unwrap() = valeur;
            lu
        };
        for (corps, status) in [
            (avec("/criteria", json!("MedicationRequest")), 422),
            (avec("/criteria", json!("Observation?code=1")), 422),
            (avec("/criteria", json!(format!("Observation?patient={ZOE}"))), 404),
            (avec("/criteria", json!("Condition")), 403),
            (avec("/channel/type", json!("email")), 422),
            (avec("/channel/endpoint", json!("http://exemple.fr/")), 422),
            (avec("/channel/endpoint", json!("https://exemple.fr/")), 422),
            (avec("/channel/endpoint", json!("https://127.0.0.1@exemple.fr/")), 422),
            (avec("/channel/endpoint", json!("file:///etc/passwd")), 422),
            (avec("/channel/header", json!(["Host: exemple.fr"])), 422),
            (avec("/channel/header", json!(["A: b\r\nC: d"])), 422),
            (avec("/channel/header", json!(vec!["A: b"; 11])), 422),
            (avec("/channel", json!({ "type": "rest-hook", "endpoint": bonne, "payload": "application/fhir+json" })), 422),
        ] {
            let reponse = envoyer(&monde, &jeton, "/fhir/Subscription", &corps).await;
            assert_eq!(reponse.status, status, "{corps}: {}", reponse.texte);
        }
    }

    async fn a_subscription_is_seen_and_ended_by_its_application_only(store: TestStore) {
        let monde = monde(store).await;
        let hopital = hopital(&monde, TOUT).await;
        let ailleurs = jeton(&monde, AILLEURS, "partenaire_hospitalier", &[AUTRE], TOUT).await;
        let id = ouvrir(&monde, &hopital, &abonnement("Observation", "http://127.0.0.1:9/")).await;
        let adresse = format!("/fhir/Subscription/{id}");
        assert_eq!(trouves(&lu(&monde, &hopital, "/fhir/Subscription").await).len(), 1);
        assert_eq!(trouves(&lu(&monde, &ailleurs, "/fhir/Subscription").await).len(), 0);
        assert_eq!(lire(&monde, &ailleurs, &adresse).await.status, 404);
        let fermer = |jeton: &str| Request::delete(&adresse).header(header::AUTHORIZATION, format!("Bearer {jeton}"));
        assert_eq!(monde.appeler(None, fermer(&ailleurs), "").await.status, StatusCode::NOT_FOUND);
        assert_eq!(monde.appeler(None, fermer(&hopital), "").await.status, 200);
        assert_eq!(lu(&monde, &hopital, &adresse).await["status"], "off");
    }
}

/// Tokens die while the clock moves: a fresh application of the same account reads what became of a subscription.
async fn neuf(monde: &Monde) -> String {
    let cle = crate::monde::Cle::nouvelle();
    monde.changer::<api_fhir::Application>(api_fhir::Application::id(HOPITAL), |une| une.cles = vec![cle.publique()]).await;
    crate::monde::prendre(monde, &cle, HOPITAL, TOUT).await
}

async fn lire_neuf(monde: &Monde, id: &str) -> monde_essai::Reponse {
    let jeton = neuf(monde).await;
    lire(monde, &jeton, &format!("/fhir/Subscription/{id}")).await
}
