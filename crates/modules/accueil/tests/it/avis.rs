//! A record opened by exception is told at once to those the form says, and to nobody else (INV-21).

use std::time::Duration;

use axum::body::Body;
use http::{Request, StatusCode};
use kernel::id::CompteId;
use monde_essai::deux_maisons::{
    A, ANNA, AS_RIVIERE, AS_VOLCANS, ASH_DOMES, B, CADRE_A, DIRECTION_A, DIRECTION_B, DPO_A, IDE_DOMES, MEDCO_A, RH_A,
};
use monde_essai::{Monde, deux_maisons, role};
use platform::acces::{BrisDeGlace, Compte};
use platform::store::{Nature, Query, Reach, Stored};
use testkit::TestStore;

const TITRE: &str = "Dossiers ouverts par exception";
const REVUE: &str = "/admin/bris-de-glace";

async fn monde(store: TestStore) -> Monde {
    deux_maisons::semer(Monde::nouveau(store, false, vec![accueil::module(), traces::module()])).await
}

async fn briser(monde: &Monde) {
    let adresse = format!("/residents/{ANNA}/bris-de-glace");
    let form = monde.lire(IDE_DOMES, &adresse).await;
    assert!(
        form.texte.contains("La direction, le médecin coordonnateur et le délégué à la protection des données en sont avertis")
    );
    let fait = monde.envoyer(IDE_DOMES, &adresse, &[("motif", "urgence_vitale")]).await;
    assert_eq!(fait.status, StatusCode::SEE_OTHER, "{}", fait.texte);
}

async fn accueil_de(monde: &Monde, compte: CompteId) -> String {
    let page = monde.lire(compte, "/accueil").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.texte);
    page.texte
}

/// Lines which tell that the notice was read.
async fn lectures(monde: &Monde, compte: CompteId) -> usize {
    let lignes = monde.lignes(compte, "traces.revoir_bris").await;
    lignes.iter().filter(|ligne| ligne.nature == Nature::Consultation).count()
}

testkit::on_both! {
    async fn those_the_form_names_are_told_on_their_home_page_with_its_line(store: TestStore) {
        let monde = monde(store).await;
        let relecteurs = [DIRECTION_A, MEDCO_A, DPO_A, CADRE_A];
        for compte in relecteurs {
            assert!(!accueil_de(&monde, compte).await.contains(TITRE), "nothing to tell yet to {compte}");
        }
        briser(&monde).await;
        for compte in relecteurs {
            let avant = lectures(&monde, compte).await;
            let page = accueil_de(&monde, compte).await;
            assert!(page.contains(TITRE) && page.contains("Nadia DOMEAU") && page.contains("Urgence vitale"), "{compte}: {page}");
            assert_eq!(lectures(&monde, compte).await, avant + 2, "the two notices name somebody: a line each for {compte}");
        }
        for compte in [IDE_DOMES, AS_VOLCANS, ASH_DOMES, RH_A, AS_RIVIERE, DIRECTION_B] {
            let page = accueil_de(&monde, compte).await;
            assert!(!page.contains(TITRE) && !page.contains("Urgence vitale"), "{compte} is not one of them");
        }
    }

    async fn the_notice_cannot_be_hidden_by_arranging_ones_home(store: TestStore) {
        let monde = monde(store).await;
        briser(&monde).await;
        monde.changer::<Compte>(DPO_A, |compte| { compte.preferences.insert("accueil".into(), "raccourcis".into()); }).await;
        assert!(accueil_de(&monde, DPO_A).await.contains(TITRE));
    }

    async fn the_review_by_somebody_else_ends_the_notice(store: TestStore) {
        let monde = monde(store).await;
        briser(&monde).await;
        monde.changer::<Compte>(IDE_DOMES, |compte| compte.habilitations.push(role("medecin_co", Some(A), &[]))).await;
        let bris: Vec<Stored<BrisDeGlace>> = monde.store.list(&Reach::All, &Query::person(ANNA)).await.unwrap();
        let id = bris[0].id;
        let (adresse, avis) = (format!("{REVUE}/{id}"), format!("avis-{id}"));
        assert_eq!(monde.envoyer(IDE_DOMES, &adresse, &[(&avis, "oui")]).await.status, StatusCode::BAD_REQUEST, "not by its author");
        assert!(accueil_de(&monde, MEDCO_A).await.contains(TITRE), "it still waits");
        assert_eq!(monde.envoyer(MEDCO_A, &adresse, &[(&avis, "oui")]).await.lieu, REVUE);
        assert!(!accueil_de(&monde, MEDCO_A).await.contains(TITRE));
        assert!(!accueil_de(&monde, DIRECTION_A).await.contains(TITRE), "reviewed once, for everybody");
    }

    async fn a_home_page_already_open_is_told_without_being_loaded_again(store: TestStore) {
        let monde = monde(store).await;
        let jeton = monde.session(DIRECTION_A).await;
        let page = monde.get(&jeton, "/accueil").await;
        let liste = BrisDeGlace::lane_revue(A);
        let source = format!("{REVUE}/avis?etablissement={A}");
        assert!(page.texte.contains(&format!("data-suivre=\"{liste}\" data-source=\"{source}\"")), "{}", page.texte);
        let demande = Request::post("/direct").header("content-type", "application/x-www-form-urlencoded");
        let flux = monde.demander(Some(&jeton), demande, monde_essai::formulaire(&[("liste", &liste)])).await;
        let mut corps = flux.into_body();
        assert!(!prochain(&mut corps).await.contains("data"), "it speaks at once, of nothing yet");
        briser(&monde).await;
        let recu = tokio::time::timeout(Duration::from_mins(2), prochain(&mut corps)).await.unwrap();
        assert!(recu.contains(&liste), "{recu}");
        let avis = monde.get(&jeton, &source).await;
        assert!(avis.texte.contains(TITRE) && avis.texte.contains("Nadia DOMEAU") && !avis.texte.contains("<html"), "{}", avis.texte);
        assert!(avis.texte.contains(&format!("data-suivre=\"{liste}\"")), "it goes on following");
    }

    async fn somebody_who_reviews_two_houses_is_told_of_both(store: TestStore) {
        let monde = monde(store).await;
        monde.changer::<Compte>(DPO_A, |compte| compte.habilitations.push(role("dpo", Some(B), &[]))).await;
        briser(&monde).await;
        let jeton = monde.session(DPO_A).await;
        monde.post(Some(&jeton), "/contexte", &[("etablissement", &B.to_string())]).await;
        let page = monde.get(&jeton, "/accueil").await.texte;
        assert!(page.contains("Dossiers ouverts par exception, Les Genêts"), "told while working in the other house: {page}");
        assert!(page.contains(&format!("data-suivre=\"{}\"", BrisDeGlace::lane_revue(B))), "and waits for the other's");
        let refus = monde.lire(DIRECTION_B, &format!("{REVUE}/avis?etablissement={A}")).await;
        assert!(refus.status == StatusCode::NOT_FOUND && !refus.texte.contains("DOMEAU"), "another house does not exist");
    }
}

/// The next piece of a stream.
async fn prochain(corps: &mut Body) -> String {
    use axum::body::HttpBody;
    let morceau = std::future::poll_fn(|cx| std::pin::Pin::new(&mut *corps).poll_frame(cx)).await;
    String::from_utf8_lossy(&morceau.unwrap().unwrap().into_data().unwrap()).into_owned()
}
