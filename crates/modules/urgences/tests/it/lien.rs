//! The reading link: what it opens, to whom, how long, and what is written of it.

use http::{Request, StatusCode, header};
use monde_essai::une_maison::{ANNA, AS, ETAB, IDE};
use monde_essai::{Monde, Reponse};
use platform::store::{Query, Reach, Stored};
use testkit::TestStore;
use urgences::{Lien, Quoi};
use usagers::Identification;

use crate::{dossier, etapes, monde};

async fn identifiee(monde: &Monde) {
    let traits = kernel::ins::Traits::new(
        "BRUMELLE",
        "ANNA",
        "12/04/1936".parse().expect("a date"),
        kernel::ins::Sexe::Feminin,
        kernel::ins::LieuNaissance::inconnu(),
    )
    .expect("traits");
    let identification = Identification {
        usager: ANNA,
        etablissement: ETAB,
        identite: kernel::ins::Identite::provisoire(traits),
        nom_utilise: None,
        prenom_utilise: None,
    };
    monde.ecrire(Identification::id(ANNA), &identification).await;
}

/// Gives a link and returns its path.
async fn donner(monde: &Monde) -> String {
    let page = monde.envoyer(AS, &format!("/residents/{ANNA}/dlu/liens"), &[]).await.texte;
    let debut = page.find("/liaison/").expect("the address is shown");
    page[debut..].chars().take_while(|c| !matches!(c, '"' | '<')).collect()
}

async fn repondre(monde: &Monde, chemin: &str, annee: &str) -> Reponse {
    let request = Request::post(chemin).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    monde.appeler(None, request, format!("annee={annee}")).await
}

async fn ouvrir(monde: &Monde, chemin: &str) -> Reponse {
    monde.appeler(None, Request::get(chemin), "").await
}

async fn lien(monde: &Monde) -> Stored<Lien> {
    let mut liens: Vec<Stored<Lien>> = monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("list");
    liens.pop().expect("a link")
}

testkit::on_both! {
    async fn the_crew_reads_the_dlu_with_the_year_of_birth_and_the_house_sees_it(store: TestStore) {
        let monde = monde(store).await;
        dossier(&monde).await;
        identifiee(&monde).await;
        let chemin = donner(&monde).await;
        let demande = ouvrir(&monde, &chemin).await;
        assert!(demande.status == StatusCode::OK && demande.texte.contains("Année de naissance") && !demande.texte.contains("BRUMELLE"));
        assert_eq!(repondre(&monde, &chemin, "1935").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let lu = repondre(&monde, &chemin, "1936").await;
        assert!(lu.status == StatusCode::OK && lu.texte.contains("BRUMELLE") && lu.texte.contains("Apixaban"), "{}", lu.texte);
        assert_eq!((lien(&monde).await.lectures.len(), lien(&monde).await.essais), (1, 1));
        assert!(etapes(&monde).await.iter().any(|etape| etape.quoi == Quoi::dlu("lu")));
        let suivi = monde.lire(IDE, &format!("/residents/{ANNA}/dlu/liens")).await.texte;
        assert!(suivi.contains("Ouvert :") && suivi.contains("1 essai avec une année fausse") && !suivi.contains(&chemin), "{suivi}");
    }

    async fn five_wrong_years_two_days_or_a_word_of_the_team_close_it(store: TestStore) {
        let monde = monde(store).await;
        identifiee(&monde).await;
        let chemin = donner(&monde).await;
        for annee in ["1901", "1902", "1903", "", "1905"] {
            repondre(&monde, &chemin, annee).await;
        }
        let fermes = [repondre(&monde, &chemin, "1936").await, ouvrir(&monde, &chemin).await, ouvrir(&monde, "/liaison/jamaisdonne").await];
        assert!(fermes.iter().all(|page| page.status == StatusCode::NOT_FOUND && page.texte == fermes[0].texte), "all say the same");
        let chemin = donner(&monde).await;
        let id = lien(&monde).await.id;
        monde.envoyer(IDE, &format!("/residents/{ANNA}/dlu/liens/{id}/revocation"), &[]).await;
        assert_eq!(repondre(&monde, &chemin, "1936").await.status, StatusCode::NOT_FOUND);
        let chemin = donner(&monde).await;
        monde.store.clock.advance(48 * 3600 + 1);
        assert_eq!(repondre(&monde, &chemin, "1936").await.status, StatusCode::NOT_FOUND);
    }

    async fn years_tried_all_at_once_are_counted_one_by_one(store: TestStore) {
        let monde = monde(store).await;
        identifiee(&monde).await;
        let chemin = donner(&monde).await;
        tokio::join!(
            repondre(&monde, &chemin, "1901"), repondre(&monde, &chemin, "1902"), repondre(&monde, &chemin, "1903"),
            repondre(&monde, &chemin, "1904"), repondre(&monde, &chemin, "1905"),
        );
        assert_eq!(lien(&monde).await.essais, 5);
        assert_eq!(repondre(&monde, &chemin, "1936").await.status, StatusCode::NOT_FOUND);
    }

    async fn the_base_does_not_hold_the_secret(store: TestStore) {
        let monde = monde(store).await;
        identifiee(&monde).await;
        let chemin = donner(&monde).await;
        let secret = chemin.trim_start_matches("/liaison/");
        assert_eq!(secret.len(), 26);
        assert!(!serde_json::to_string(&lien(&monde).await.value).expect("json").contains(secret));
        for ligne in monde.store.journal(platform::store::JournalFilter { limit: 500, ..Default::default() }).await.expect("journal") {
            assert!(!format!("{ligne:?}").contains(secret));
        }
    }
}
