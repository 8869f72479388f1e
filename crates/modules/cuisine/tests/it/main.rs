//! The kitchen through the router, on both engines.

#![expect(clippy::expect_used, reason = "in a fixture a failure is a failed test, told where it happened")]

use http::StatusCode;
use kernel::id::CompteId;
use monde_essai::une_maison::{ANNA, AS, BRUNO, ETAB, IDE};
use monde_essai::{Monde, entre, role, une_maison};
use platform::offline::Operations;
use platform::worker::Worker;
use testkit::TestStore;
use usagers::{Alertes, Allergies};
use uuid::Uuid;

const CUISINE: CompteId = CompteId(Uuid::from_u128(0x60));
const TECHNIQUE: CompteId = CompteId(Uuid::from_u128(0x61));

async fn monde(store: TestStore) -> Monde {
    let modules = vec![
        cuisine::module(),
        urgences::module(),
        medical::module(),
        sejours::module(),
        transmissions::module(),
        constantes::module(),
        usagers::module(),
        hospitalisations::module(),
    ];
    let mut operations = Operations::default();
    for module in &modules {
        (module.offline)(&mut operations);
    }
    let monde = une_maison::semer(Monde::branche(store, true, modules, operations, |application| application)).await;
    monde.compte(CUISINE, "Noé Fournil", vec![role("cuisine", Some(ETAB), &[])]).await;
    monde.compte(TECHNIQUE, "Éric Clef", vec![role("technique", Some(ETAB), &[])]).await;
    let alertes = Alertes {
        usager: BRUNO,
        etablissement: ETAB,
        allergies: Allergies::NonRenseignees,
        signaux: Vec::new(),
        texture: "mixée".into(),
        regime: "sans sel".into(),
        boisson: String::new(),
        transfert: String::new(),
        gir: None,
    };
    monde.ecrire(Alertes::id(BRUNO), &alertes).await;
    monde
}

/// « 2 Ce soir »: the number above a word.
fn couverts(page: &str) -> (String, String) {
    let chiffre = |mot: &str| {
        let fin = page.find(mot).expect("the service is shown");
        page[..fin]
            .chars()
            .rev()
            .skip_while(|c| !c.is_ascii_digit())
            .take_while(char::is_ascii_digit)
            .collect::<String>()
            .chars()
            .rev()
            .collect()
    };
    (chiffre("Ce soir"), chiffre("Demain midi"))
}

async fn partir(monde: &Monde) {
    monde.envoyer(AS, &format!("/residents/{ANNA}/urgence/etape"), &[("quoi", "motif"), ("motif", "chute")]).await;
    let parti = monde.envoyer(AS, &format!("/residents/{ANNA}/urgence/depart"), &[("hopital", "CH de Val-Brumeux")]).await;
    assert_eq!(parti.status, StatusCode::SEE_OTHER);
}

/// The movement of the first notice.
fn mouvement(page: &str) -> String {
    entre(page, "name=\"mouvement\" value=\"", "\"").to_owned()
}

testkit::on_both! {
    async fn a_departure_in_an_emergency_reaches_the_kitchen_and_comes_back_as_a_step(store: TestStore) {
        let monde = monde(store).await;
        let avant = monde.lire(CUISINE, "/cuisine").await.texte;
        assert_eq!(couverts(&avant), ("2".into(), "2".into()), "{avant}");
        let feuille = monde.lire(CUISINE, "/cuisine/feuille").await.texte;
        assert!(feuille.contains("CASTAGNOL") && feuille.contains("mixée, sans sel") && feuille.contains("ce soir, demain midi"), "{feuille}");
        assert!(avant.contains("mixée") && avant.contains("sans sel") && avant.contains("Aucun changement à noter"), "{avant}");
        partir(&monde).await;
        let apres = monde.lire(CUISINE, "/cuisine").await.texte;
        assert_eq!(couverts(&apres), ("1".into(), "1".into()), "{apres}");
        assert!(!monde.lire(CUISINE, "/cuisine/feuille").await.texte.contains("BRUMELLE"), "who left is not served");
        assert!(apres.contains("un couvert de moins") && apres.contains("BRUMELLE") && apres.contains("Hospitalisation : CH de Val-Brumeux"), "{apres}");
        assert!(monde.lire(CUISINE, "/cuisine/tableau").await.texte.contains("un couvert de moins"));
        let note = monde.envoyer(CUISINE, "/cuisine/avis", &[("mouvement", &mouvement(&apres))]).await;
        assert_eq!(note.status, StatusCode::SEE_OTHER);
        assert!(monde.lire(CUISINE, "/cuisine").await.texte.contains("Aucun changement à noter"));
        let mut worker = Worker::default();
        cuisine::planifier(&mut worker);
        worker.on(sejours::TOPIC_HOPITAL, |_, _| async { Ok(()) });
        worker.settle(&monde.services).await.expect("told");
        let fiche = monde.lire(AS, &format!("/residents/{ANNA}/urgence")).await.texte;
        assert!(fiche.contains("Cuisine prévenue (Noé Fournil)"), "{fiche}");
        let envoyer = monde.envoyer(CUISINE, "/cuisine/avis", &[("mouvement", &mouvement(&apres))]).await;
        assert_eq!(envoyer.status, StatusCode::SEE_OTHER, "a second tap is harmless");
        worker.settle(&monde.services).await.expect("nothing more");
        let etapes: Vec<platform::store::Stored<urgences::Etape>> =
            monde.store.list(&platform::store::Reach::All, &platform::store::Query::person(ANNA)).await.expect("list");
        assert_eq!(etapes.iter().filter(|etape| matches!(etape.quoi, urgences::Quoi::Cuisine { .. })).count(), 1);
    }

    async fn others_read_and_the_kitchen_alone_acknowledges(store: TestStore) {
        let monde = monde(store).await;
        partir(&monde).await;
        let lu = monde.lire(IDE, "/cuisine").await;
        assert!(lu.status == StatusCode::OK && !lu.texte.contains("La cuisine le sait"), "{}", lu.texte);
        let avis = mouvement(&monde.lire(CUISINE, "/cuisine").await.texte);
        assert_eq!(monde.envoyer(IDE, "/cuisine/avis", &[("mouvement", &avis)]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(monde.lire(TECHNIQUE, "/cuisine").await.status, StatusCode::FORBIDDEN);
        for inconnu in [Uuid::from_u128(9).to_string(), "abc".into()] {
            let rien = monde.envoyer(CUISINE, "/cuisine/avis", &[("mouvement", &inconnu)]).await;
            assert_eq!(rien.status, StatusCode::SEE_OTHER);
        }
        assert!(monde.lire(CUISINE, "/cuisine").await.texte.contains("un couvert de moins"), "nothing was acknowledged");
    }
}
