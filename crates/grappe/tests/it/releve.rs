//! What modules bring to the handover digest, and what the demonstration tells in it.

use std::sync::Arc;

use axum::body::Body;
use constantes::Constante;
use grappe::modules::{Composition, composer};
use http::{Request, StatusCode, header};
use kernel::id::{CompteId, UniteId};
use platform::acces::{Compte, LANE_COMPTES};
use platform::web::{Application, Methode, ouvrir_session};
use platform::{Demarrage, Services};
use store::{Batch, Query, Reach, Stored};
use testkit::TestStore;
use tower::ServiceExt;
use uuid::Uuid;

use crate::monde::{Monde, ligne};

async fn unite_de(monde: &Monde, usager: Uuid) -> UniteId {
    let sejours: Vec<Stored<sejours::Sejour>> = monde.services.store.list(&Reach::All, &Query::person(usager)).await.unwrap();
    sejours.iter().rev().find_map(|sejour| sejour.unite).unwrap()
}

async fn mesurer(monde: &Monde, unite: UniteId, type_code: &str, valeur: &str, minutes: i64) {
    let now = monde.services.clock.now();
    let le = now - jiff::SignedDuration::from_mins(minutes);
    let constante: Constante = serde_json::from_value(serde_json::json!({
        "usager": semis::usager_id(0), "etablissement": semis::etablissement_id(0), "unite": unite, "type_code": type_code,
        "valeur": valeur, "valeur2": null, "unite_mesure": "", "mesuree_le": le, "saisie_le": le, "contexte": "", "commentaire": "",
        "auteur_nom": "Essai", "a_confirmer": false, "hors_ligne": false, "heure_a_confirmer": false, "soin": null,
        "jumelle_de": null, "motif": "", "annule": null,
    }))
    .unwrap();
    let mut batch = Batch::default();
    batch.create(monde.services.clock.fresh_id(), Uuid::nil(), le, &constante).unwrap();
    monde.services.store.commit(batch.with_line(ligne(now))).await.unwrap();
}

/// The digest, its thin spaces made plain.
async fn releve(monde: &Monde, cookie: &str) -> String {
    let (statut, page) = monde.lire("/releve", cookie).await;
    assert_eq!(statut, StatusCode::OK);
    page.replace(['\u{a0}', '\u{202f}'], " ")
}

testkit::on_both! {
    async fn values_beyond_their_thresholds_are_events_for_who_may_read_them(store: TestStore) {
        let monde = Monde::nouveau(&store).await;
        let unite = unite_de(&monde, semis::usager_id(0).0).await;
        mesurer(&monde, unite, "temperature", "36.8", 300).await;
        let ide = monde.entrer("ide", semis::etablissement_id(0), vec![unite]).await;
        let page = releve(&monde, &ide).await;
        assert!(!page.contains("fièvre"), "36,8 is nobody's news");
        mesurer(&monde, unite, "temperature", "39.1", 120).await;
        mesurer(&monde, unite, "temperature", "37.0", 30).await;
        let page = releve(&monde, &ide).await;
        assert!(page.contains("1 fièvre") && page.contains("Température 39,1 °C"), "the fever of two hours ago, though it went down");
        let psychologue = monde.entrer("psychologue", semis::etablissement_id(0), Vec::new()).await;
        let page = releve(&monde, &psychologue).await;
        assert!(!page.contains("39,1"), "her profession does not open vital signs");
        let ailleurs = monde.entrer("ide", semis::etablissement_id(1), Vec::new()).await;
        assert!(!releve(&monde, &ailleurs).await.contains("39,1"));
    }
}

async fn compte_de(monde: &Monde, identifiant: &str) -> CompteId {
    let lane = format!("compte/{identifiant}");
    let comptes: Vec<Stored<Compte>> = monde.services.store.list(&Reach::All, &Query::lane2(&lane)).await.unwrap();
    CompteId(comptes[0].id)
}

/// The cookie of an account of the demo.
async fn demonstration(monde: &Monde, identifiant: &str) -> String {
    let compte = compte_de(monde, identifiant).await;
    let jeton = ouvrir_session(&monde.services, compte, Methode::Demo, None).await.unwrap();
    format!("grappe={jeton}")
}

/// Where « Entrer comme… » leads.
async fn entrer(monde: &Monde, compte: CompteId, retour: &str) -> String {
    let request = Request::post("/connexion/demo")
        .header(header::HOST, "essai")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(format!("compte={compte}&retour={retour}")))
        .unwrap();
    let response = monde.router.clone().oneshot(request).await.unwrap();
    assert!(response.headers().contains_key(header::SET_COOKIE), "{}", response.status());
    response.headers()[header::LOCATION].to_str().unwrap().to_owned()
}

/// The world with days of history.
async fn avec_histoire(store: &TestStore, jours: u32) -> Monde {
    let clock = testkit::clock();
    semis::semer(store, kernel::clock::Clock::now(&*clock), jours, &|_, _| {}).await.unwrap();
    let annuaire = Arc::new(etablissements::Annuaire::default());
    annuaire.relire(store).await.unwrap();
    let Composition { modules, operations, terrain } = composer(&[7; 32]).unwrap();
    let nav = modules.iter().flat_map(|module| module.nav.clone()).collect();
    let services = Services::new(Demarrage {
        store: store.handle(),
        clock,
        enseigne: annuaire,
        operations,
        nav,
        scripts: Vec::new(),
        demo: true,
        tls: false,
    });
    let application = terrain_serveur::brancher(Application::new(Arc::clone(&services), modules), &terrain);
    let router = application.router();
    Monde { services, router }
}

testkit::on_both! {
    async fn every_account_of_the_demonstration_is_under_contract_but_relatives_and_readers_outside(store: TestStore) {
        let monde = Monde::nouveau(&store).await;
        let store = &monde.services.store;
        let comptes: Vec<Stored<Compte>> = store.list(&Reach::All, &Query::lane(LANE_COMPTES)).await.unwrap();
        let connus: Vec<Stored<professionnels::Professionnel>> =
            store.list(&Reach::All, &Query::lane(professionnels::LANE_PROFESSIONNELS)).await.unwrap();
        let jour = jiff::civil::date(2026, 11, 21);
        let mut proches = 0;
        for compte in &comptes {
            if compte.habilitations.iter().all(|role| ["famille", "lecteur_urgence"].contains(&role.profil.as_str())) {
                proches += 1;
                assert!(compte.professionnel.is_none());
                continue;
            }
            let professionnel = connus.iter().find(|lu| Some(lu.value.id) == compte.professionnel);
            let professionnel = professionnel.unwrap_or_else(|| panic!("{} has nobody behind it", compte.identifiant));
            assert!(professionnel.sous_contrat(jour), "{}", compte.identifiant);
            assert_eq!(professionnel.nom_complet(), compte.nom_affiche);
        }
        assert!(proches > 0 && comptes.len() > 300, "{} accounts, {proches} of relatives", comptes.len());
        let directrice = demonstration(&monde, "directrice").await;
        let (_, page) = monde.lire("/admin/comptes?etat=sans_contrat", &directrice).await;
        assert!(page.contains("Claire BRUMELLE") && !page.contains("Sophie VERNISSAGE"), "{page}");
        assert!(!page.contains("Régis ALAMANDINE"), "a reader outside has no contract here: {page}");
    }
}

#[test]
fn the_digest_of_the_demonstration_tells_falls_and_alerts() {
    testkit::run(testkit::Engine::Sqlite, |store: TestStore| async move {
        let monde = avec_histoire(&store, 5).await;
        let page = releve(&monde, &demonstration(&monde, "nadia").await).await;
        assert!(page.contains("Chute") && page.contains("BRUMELLE"), "the fall of 03:12");
        let idec = releve(&monde, &demonstration(&monde, "idec").await).await;
        assert!(idec.contains("Température 38,4 °C"), "Mme CASTEGRANE, 308, yesterday evening");
    });
}

testkit::on_both! {
    async fn the_login_page_of_the_demonstration_leads_to_its_trials(store: TestStore) {
        let monde = Monde::nouveau(&store).await;
        let response = monde.demander("GET", "/connexion", None).await;
        let octets = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        let page = String::from_utf8_lossy(&octets).into_owned();
        for attendu in ["Entrer comme…", "Couper le réseau", "Deux tablettes", "Sophie VERNISSAGE"] {
            assert!(page.contains(attendu), "{attendu}");
        }
        let compte = compte_de(&monde, "sophie").await;
        assert_eq!(entrer(&monde, compte, "%2Fmes-saisies").await, "/mes-saisies");
        assert_eq!(entrer(&monde, compte, "%2F%2Fexemple.invalid").await, "/accueil", "never to another site");
    }
}
