//! The plan of a person: adding, changing, stopping, applying a template, its history.

use http::StatusCode;
use plan_de_soins::Plan;
use platform::store::{Reach, Stored};
use testkit::TestStore;
use uuid::Uuid;

use crate::monde::{ANNA, IDE, Monde, SOPHIE, TOILETTE};

async fn plan(monde: &Monde) -> Stored<Plan> {
    monde.store.get(&Reach::All, Plan::id(ANNA)).await.unwrap().unwrap()
}

fn adresse(fin: &str) -> String {
    format!("/residents/{ANNA}/soins{fin}")
}

testkit::on_both! {
    async fn an_act_is_added_once_and_signed(store: TestStore) {
        let monde = Monde::new(store).await;
        let id = Uuid::from_u128(300).to_string();
        let champs = [("id", id.as_str()), ("version", "1"), ("acte", "douche"), ("rythme", "hebdomadaire"), ("jours", "mar"), ("jours", "ven"), ("heures", "10:15"), ("du", "2026-11-21")];
        for _ in 0..2 {
            assert_eq!(monde.envoyer(IDE, &adresse("/ajouter"), &champs).await.0, StatusCode::SEE_OTHER);
        }
        let apres = plan(&monde).await;
        assert_eq!((apres.version, apres.lignes.len()), (2, 7));
        let signe = apres.signe.as_ref().unwrap();
        assert_eq!((signe.nom.as_str(), signe.metier.as_str()), ("Nadia Rousset", "IDE"));
        let (_, historique) = monde.lire(IDE, &adresse("?vue=historique")).await;
        assert!(historique.contains("Ajouté : Douche") && historique.contains("Version 2 · Nadia Rousset, IDE"), "{historique}");
        let (_, semaine) = monde.lire(SOPHIE, &adresse("?vue=semaine&jour=2026-11-25")).await;
        assert!(semaine.contains("10:15"), "{semaine}");
    }

    async fn a_form_with_mistakes_comes_back_with_what_was_typed(store: TestStore) {
        let monde = Monde::new(store).await;
        let champs = [("version", "1"), ("acte", "douche"), ("rythme", "hebdomadaire"), ("heures", "25:99"), ("du", "2026-11-21"), ("consigne", "Eau tiède")];
        let (statut, _, page) = monde.envoyer(IDE, &adresse("/ajouter"), &champs).await;
        assert_eq!(statut, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("Choisissez au moins un jour") && page.contains("n'est pas une heure") || page.contains("n&#39;est pas une heure"), "{page}");
        assert!(page.contains("Eau tiède"));
        assert_eq!(plan(&monde).await.version, 1);
    }

    async fn a_stale_page_never_overwrites(store: TestStore) {
        let monde = Monde::new(store).await;
        let arreter = adresse(&format!("/{TOILETTE}/arreter"));
        assert_eq!(monde.envoyer(IDE, &arreter, &[("version", "1"), ("motif", "Fait seule")]).await.0, StatusCode::SEE_OTHER);
        assert_eq!(monde.envoyer(IDE, &arreter, &[("version", "1"), ("motif", "Autre")]).await.0, StatusCode::CONFLICT);
        let apres = plan(&monde).await;
        let arret = apres.ligne(TOILETTE).unwrap().arret.as_ref().unwrap();
        assert_eq!((arret.motif.as_str(), arret.par.as_str()), ("Fait seule", "Nadia Rousset, IDE"));
        assert_eq!(monde.envoyer(IDE, &adresse(&format!("/{TOILETTE}/arreter")), &[("version", "2")]).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn another_rhythm_keeps_the_past_as_it_was(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.cocher(SOPHIE, 1, ANNA, TOILETTE, "2026-11-21T08:30").await;
        monde.store.clock.advance(3600);
        let id = Uuid::from_u128(301).to_string();
        let champs = [("id", id.as_str()), ("version", "1"), ("acte", "toilette_lavabo_aide_partielle"), ("rythme", "quotidien"), ("heures", "10:30"), ("du", "2026-01-01")];
        assert_eq!(monde.envoyer(IDE, &adresse(&format!("/{TOILETTE}/modifier")), &champs).await.0, StatusCode::SEE_OTHER);
        let apres = plan(&monde).await;
        assert!(apres.ligne(TOILETTE).unwrap().arret.is_some() && apres.ligne(Uuid::from_u128(301)).is_some());
        let (_, tour) = monde.lire(SOPHIE, "/tour/soins").await;
        assert!(tour.contains("fait 08:00 · S. V.") && !tour.contains("hors plan"), "{tour}");
        let (_, hier) = monde.lire(SOPHIE, "/tour/soins?jour=2026-11-20&poste=matin").await;
        assert!(hier.contains("non tracé, prévu 08:30") && !hier.contains("prévu 10:30"), "{hier}");
    }

    async fn only_the_how_to_changes_in_place(store: TestStore) {
        let monde = Monde::new(store).await;
        let champs = [("version", "1"), ("acte", "toilette_lavabo_aide_partielle"), ("rythme", "quotidien"), ("heures", "08:30"), ("du", "2026-01-01"), ("consigne", "Radio allumée")];
        assert_eq!(monde.envoyer(IDE, &adresse(&format!("/{TOILETTE}/modifier")), &champs).await.0, StatusCode::SEE_OTHER);
        let apres = plan(&monde).await;
        assert_eq!((apres.lignes.len(), apres.ligne(TOILETTE).unwrap().consigne.as_str()), (6, "Radio allumée"));
        let (_, historique) = monde.lire(IDE, &adresse("?vue=historique")).await;
        assert!(historique.contains("Radio allumée") && historique.contains("au lieu de"), "{historique}");
    }

    async fn a_template_is_weighed_then_signed_line_by_line(store: TestStore) {
        let monde = Monde::new(store).await;
        let (_, page) = monde.lire(IDE, &adresse("/plan-type?code=chutes")).await;
        assert!(page.contains("Charge par poste") && page.contains("avec ce plan type"), "{page}");
        let id = Uuid::from_u128(302).to_string();
        let vide = [("id", id.as_str()), ("version", "1"), ("code", "chutes")];
        assert_eq!(monde.envoyer(IDE, &adresse("/plan-type"), &vide).await.0, StatusCode::UNPROCESSABLE_ENTITY);
        let champs = [("id", id.as_str()), ("version", "1"), ("code", "chutes"), ("ligne", "0"), ("ligne", "3")];
        for _ in 0..2 {
            assert_eq!(monde.envoyer(IDE, &adresse("/plan-type"), &champs).await.0, StatusCode::SEE_OTHER);
        }
        let apres = plan(&monde).await;
        assert_eq!((apres.version, apres.lignes.len()), (2, 8));
        assert!(apres.lignes.iter().filter(|ligne| ligne.origine.as_deref() == Some("plan-type/chutes")).count() == 2);
    }

    async fn an_act_added_at_ten_does_not_owe_what_was_before(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.store.clock.advance(2 * 3600);
        let id = Uuid::from_u128(303).to_string();
        let champs = [("id", id.as_str()), ("version", "1"), ("acte", "hydratation_matin"), ("rythme", "quotidien"), ("heures", "08:00, 11:00"), ("du", "2026-11-21")];
        monde.envoyer(IDE, &adresse("/ajouter"), &champs).await;
        let apres = plan(&monde).await;
        let fuseau = kernel::clock::fuseau_par_defaut();
        let dues = apres.ligne(Uuid::from_u128(303)).unwrap().occurrences(jiff::civil::date(2026, 11, 21), &fuseau);
        assert_eq!(dues.iter().map(|due| due.cle.to_string()).collect::<Vec<_>>(), ["2026-11-21T11:00"]);
    }

    async fn the_day_of_a_person_tells_what_is_due_and_done(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.cocher(SOPHIE, 1, ANNA, TOILETTE, "2026-11-21T08:30").await;
        let (statut, page) = monde.lire(SOPHIE, &format!("/residents/{ANNA}/journee")).await;
        assert_eq!(statut, StatusCode::OK);
        assert!(page.contains("fait 08:00") && page.contains("22:00") && page.contains("Pesée"), "{page}");
    }
}
