//! One's own account: password, code, sessions.

use http::StatusCode;
use platform::acces::Compte;
use testkit::TestStore;

use crate::monde;
use monde_essai::deux_maisons::{AS_VOLCANS, IDE_DOMES};
use monde_essai::{Monde, entre};

const ANCIEN: &str = "tulipe wagon neige jeudi";

async fn avec_mot_de_passe(store: TestStore) -> Monde {
    let monde = monde(store).await;
    let hache = platform::web::hacher(ANCIEN).unwrap();
    monde.changer::<Compte>(AS_VOLCANS, |compte| compte.mot_de_passe = hache).await;
    monde
}

testkit::on_both! {
    async fn a_new_password_closes_the_other_sessions_only(store: TestStore) {
        let monde = avec_mot_de_passe(store).await;
        let (ici, ailleurs) = (monde.session(AS_VOLCANS).await, monde.session(AS_VOLCANS).await);
        let champs = |ancien, nouveau| [("ancien", ancien), ("nouveau", nouveau), ("encore", nouveau)];
        for (ancien, nouveau) in [("faux", "mouette sapin lundi vélo"), (ANCIEN, "trop court"), (ANCIEN, "Sophie Volcan Genêts"), (ANCIEN, ANCIEN)] {
            let refus = monde.post(Some(&ici), "/compte/mot-de-passe", &champs(ancien, nouveau)).await;
            assert_eq!(refus.status, StatusCode::UNPROCESSABLE_ENTITY, "{nouveau}");
        }
        let fait = monde.post(Some(&ici), "/compte/mot-de-passe", &champs(ANCIEN, "mouette sapin lundi vélo")).await;
        assert_eq!(fait.lieu, "/compte");
        assert_eq!(monde.get(&ici, "/compte").await.status, StatusCode::OK);
        assert!(monde.get(&ailleurs, "/compte").await.lieu.starts_with("/connexion"));
        assert_eq!(monde.post(None, "/connexion", &[("identifiant", "sophie.volcan"), ("mot_de_passe", "mouette sapin lundi vélo")]).await.lieu, "/accueil");
    }

    async fn a_code_asks_for_the_password_and_is_kept_hashed(store: TestStore) {
        let monde = avec_mot_de_passe(store).await;
        let session = monde.session(AS_VOLCANS).await;
        for (code, encore, secret) in [("123456", "123456", ANCIEN), ("407291", "407292", ANCIEN), ("407291", "407291", "faux")] {
            let refus = monde.post(Some(&session), "/compte/code", &[("code", code), ("code_encore", encore), ("mot_de_passe", secret)]).await;
            assert_eq!(refus.status, StatusCode::UNPROCESSABLE_ENTITY, "{code} {encore}");
        }
        let fait = monde.post(Some(&session), "/compte/code", &[("code", "407291"), ("code_encore", "407291"), ("mot_de_passe", ANCIEN)]).await;
        assert_eq!(fait.status, StatusCode::SEE_OTHER, "{}", fait.texte);
        let garde = monde.lu::<Compte>(AS_VOLCANS).await.code.clone().unwrap();
        assert!(garde.starts_with("$argon2id$") && !garde.contains("407291"));
    }

    async fn a_person_closes_their_own_sessions_and_nobody_elses(store: TestStore) {
        let monde = avec_mot_de_passe(store).await;
        let (ici, ailleurs) = (monde.session(AS_VOLCANS).await, monde.session(AS_VOLCANS).await);
        let page = monde.get(&ici, "/compte").await.texte;
        let adresse = format!("/compte/sessions/{}/fermeture", entre(&page, "/compte/sessions/", "/fermeture"));
        let intruse = monde.session(IDE_DOMES).await;
        assert_eq!(monde.post(Some(&intruse), &adresse, &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(monde.get(&ailleurs, "/compte").await.status, StatusCode::OK);
        assert_eq!(monde.post(Some(&ici), &adresse, &[]).await.lieu, "/compte");
        assert!(monde.get(&ailleurs, "/compte").await.lieu.starts_with("/connexion"));
        assert_eq!(monde.get(&ici, "/compte").await.status, StatusCode::OK);
    }

    async fn guessing_ones_password_in_a_stolen_session_is_slowed_down(store: TestStore) {
        let monde = avec_mot_de_passe(store).await;
        let session = monde.session(AS_VOLCANS).await;
        let champs = [("ancien", "faux"), ("nouveau", "mouette sapin lundi vélo"), ("encore", "mouette sapin lundi vélo")];
        let mut statuts = Vec::new();
        for _ in 0..6 {
            statuts.push(monde.post(Some(&session), "/compte/mot-de-passe", &champs).await.status);
        }
        assert!(statuts.contains(&StatusCode::TOO_MANY_REQUESTS), "{statuts:?}");
    }
}
