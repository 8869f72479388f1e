//! The digest through its screens: what is new, « lu », alerts by name, late arrivals, handing over.

use http::StatusCode;
use platform::store::{Query, Reach, Stored};
use sejours::{Mouvement, NatureMouvement};
use testkit::TestStore;
use transmissions::PriseDeConnaissance;
use uuid::Uuid;

use crate::monde::{ANNA, AS, AS_DOMES, BRUNO, ETAB, FORMATEUR, IDE, Monde};

fn champ(page: &str, nom: &str) -> String {
    let debut = format!("name=\"{nom}\" value=\"");
    page.split(&debut).nth(1).and_then(|reste| reste.split('"').next()).unwrap_or_default().to_owned()
}

async fn prises(monde: &Monde, usager: kernel::id::UsagerId) -> Vec<Stored<PriseDeConnaissance>> {
    monde.store.list(&Reach::All, &Query::person(usager)).await.expect("list")
}

testkit::on_both! {
    async fn what_is_new_is_told_until_it_is_read(store: TestStore) {
        let monde = Monde::new(store).await;
        assert!(monde.page(IDE, "/releve").await.contains("Rien de nouveau depuis hier 08:00."));
        let alerte = monde.transmettre(AS, ANNA, "Retrouvée au sol, consciente.", &[("theme", "chute"), ("importance", "alerte")]).await;
        monde.transmettre(AS, BRUNO, "A bien dormi.", &[("theme", "sommeil")]).await;
        monde.store.clock.advance(60);
        let page = monde.page(IDE, "/releve").await;
        for mot in ["L'essentiel", "1 chute", "1 alerte", "Retrouvée au sol", "A bien dormi", "2 résidents", "Tout lu"] {
            assert!(page.contains(mot), "{mot}: {page}");
        }
        assert!(page.find("BRUMELLE").expect("Anna") < page.find("CASTAGNOL").expect("Bruno"), "the fall first");
        let (depuis, jusqua) = (champ(&page, "depuis"), champ(&page, "jusqua"));
        let anna = ANNA.to_string();
        let lu = [("usager", anna.as_str()), ("depuis", &depuis), ("jusqua", &jusqua)];
        assert_eq!(monde.envoyer(IDE, "/releve/lu", &lu).await.status, StatusCode::SEE_OTHER);
        let noms: Vec<String> = prises(&monde, ANNA).await.iter().map(|prise| prise.nom.clone()).collect();
        assert_eq!(noms, ["Nadia Berthou"], "reading an alert is taking note of it by name");
        let page = monde.page(IDE, "/releve").await;
        assert!(!page.contains("Retrouvée au sol") && page.contains("A bien dormi"));
        assert!(monde.page(AS, "/releve").await.contains("Retrouvée au sol"), "each reader has their own window");
        assert_eq!(monde.envoyer(IDE, "/releve/tout-lu", &[("jusqua", &jusqua)]).await.status, StatusCode::SEE_OTHER);
        assert!(monde.page(IDE, "/releve").await.contains("Rien de nouveau"));
        let detail = monde.page(AS, &format!("/residents/{ANNA}/transmissions/{alerte}")).await;
        assert!(detail.contains("Vue par Nadia Berthou (IDE)"), "{detail}");
        monde.transmettre(AS, BRUNO, "Toux grasse.", &[("theme", "respiration")]).await;
        assert!(monde.page(IDE, "/releve").await.contains("Toux grasse"));
    }

    async fn everything_read_takes_note_of_every_alert_shown_once(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.transmettre(AS, ANNA, "Retrouvée au sol.", &[("theme", "chute"), ("importance", "alerte")]).await;
        monde.transmettre(AS, BRUNO, "Fièvre à 39.", &[("theme", "infection"), ("importance", "alerte")]).await;
        let jusqua = champ(&monde.page(FORMATEUR, "/releve").await, "jusqua");
        for _ in 0..2 {
            assert_eq!(monde.envoyer(FORMATEUR, "/releve/tout-lu", &[("jusqua", &jusqua)]).await.status, StatusCode::SEE_OTHER);
        }
        assert_eq!((prises(&monde, ANNA).await.len(), prises(&monde, BRUNO).await.len()), (1, 1));
        let demain = (monde.services.clock.now() + jiff::SignedDuration::from_hours(24)).as_microsecond().to_string();
        assert_eq!(monde.envoyer(FORMATEUR, "/releve/tout-lu", &[("jusqua", &demain)]).await.status, StatusCode::BAD_REQUEST, "nobody read the future");
    }

    async fn movements_are_told_and_the_departed_too(store: TestStore) {
        let monde = Monde::new(store).await;
        let le = monde.services.clock.now() - jiff::SignedDuration::from_hours(2);
        let mouvement: Mouvement = serde_json::from_value(serde_json::json!({
            "sejour": kernel::id::derived(ANNA.0, "sejour"), "usager": ANNA, "etablissement": ETAB, "nature": NatureMouvement::Hospitalisation,
            "le": le, "vers": "Clermont-Ferrand", "motif": "chute"
        })).expect("movement");
        monde.ecrire(Uuid::from_u128(900), &mouvement).await;
        let page = monde.page(IDE, "/releve").await;
        assert!(page.contains("1 hospitalisation") && page.contains("Hospitalisation : Clermont-Ferrand, chute"), "{page}");
        assert!(!monde.page(AS_DOMES, "/releve").await.contains("Clermont-Ferrand"));
    }

    async fn a_handover_is_told_then_accepted_by_another_by_name(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.transmettre(AS, ANNA, "Retrouvée au sol.", &[("theme", "chute"), ("importance", "alerte")]).await;
        let ecran = monde.page(IDE, "/releve/presenter").await;
        assert!(ecran.contains("BRUMELLE") && ecran.contains("1 / 1") && ecran.contains("data-fleche=\"droite\""));
        let suite = ecran.split("rel=\"next\"").nth(1).and_then(|reste| reste.split("href=\"").nth(1)).and_then(|reste| reste.split('"').next()).expect("next");
        let fin = monde.page(IDE, &suite.replace("&amp;", "&")).await;
        assert!(fin.contains("Fin de la relève"), "{fin}");
        let (id, debut, fenetre) = (champ(&fin, "id"), champ(&fin, "debut"), champ(&fin, "fenetre"));
        let champs = [("id", id.as_str()), ("debut", &debut), ("fenetre", &fenetre)];
        for _ in 0..2 {
            assert_eq!(monde.envoyer(IDE, "/releve/presenter", &champs).await.status, StatusCode::SEE_OTHER);
        }
        let accepter = format!("/releve/passations/{id}/accepter");
        assert!(monde.page(AS, "/releve").await.contains("Relève présentée par"));
        assert_eq!(monde.envoyer(IDE, &accepter, &[]).await.status, StatusCode::BAD_REQUEST, "not one's own");
        assert_eq!(monde.envoyer(AS_DOMES, &accepter, &[]).await.status, StatusCode::NOT_FOUND, "not of another unit");
        assert_eq!(monde.envoyer(AS, &accepter, &[]).await.status, StatusCode::SEE_OTHER);
        assert!(monde.page(IDE, "/releve").await.contains("Acceptée par Sophie Aubrac (AS)"));
    }

    async fn an_annulment_of_what_was_read_is_told(store: TestStore) {
        let monde = Monde::new(store).await;
        let id = monde.transmettre(AS, ANNA, "Retrouvée au sol.", &[("theme", "chute"), ("importance", "alerte")]).await;
        let jusqua = champ(&monde.page(IDE, "/releve").await, "jusqua");
        monde.envoyer(IDE, "/releve/tout-lu", &[("jusqua", &jusqua)]).await;
        monde.envoyer(AS, &format!("/residents/{ANNA}/transmissions/{id}/annuler"), &[("version", "1"), ("motif", "Mauvais résident")]).await;
        let page = monde.page(IDE, "/releve").await;
        assert!(page.contains("Transmission annulée (Chute) : Mauvais résident"), "{page}");
    }
}
