//! Leavers: every session dies at once (INV-20).

use http::StatusCode;
use testkit::TestStore;

use crate::monde;
use monde_essai::deux_maisons::{AS_VOLCANS, CADRE_A, DIRECTION_A, RH_A, RH_B};

testkit::on_both! {
    async fn closing_an_account_kills_its_five_sessions_at_once(store: TestStore) {
        let monde = monde(store).await;
        let mut sessions = Vec::new();
        for _ in 0..5 {
            sessions.push(monde.session(AS_VOLCANS).await);
        }
        for session in &sessions {
            assert_eq!(monde.get(session, "/compte").await.status, StatusCode::OK);
        }
        let fin = monde.envoyer(RH_A, &format!("/admin/comptes/{AS_VOLCANS}/fermeture"), &[("motif", "Départ")]).await;
        assert_eq!(fin.status, StatusCode::SEE_OTHER);
        for session in &sessions {
            let apres = monde.get(session, "/compte").await;
            assert!(apres.lieu.starts_with("/connexion"), "{apres:?}");
        }
        let lue = monde.lu::<platform::acces::Compte>(AS_VOLCANS).await;
        assert!(lue.habilitations.iter().all(|role| role.au.is_some()), "the roles are ended, not erased");
        assert!(monde.lire(RH_A, &format!("/admin/comptes/{AS_VOLCANS}")).await.texte.contains("Compte fermé"));
    }

    async fn only_those_in_charge_close_an_account_and_never_their_own(store: TestStore) {
        let monde = monde(store).await;
        let adresse = format!("/admin/comptes/{AS_VOLCANS}/fermeture");
        assert_eq!(monde.envoyer(RH_B, &adresse, &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(monde.envoyer(CADRE_A, &adresse, &[]).await.status, StatusCode::FORBIDDEN, "a cadre closes temporary workers only");
        assert_eq!(monde.envoyer(DIRECTION_A, &adresse, &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(monde.envoyer(AS_VOLCANS, &adresse, &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(monde.envoyer(RH_A, &format!("/admin/comptes/{RH_A}/fermeture"), &[]).await.status, StatusCode::BAD_REQUEST);
        assert!(monde.lu::<platform::acces::Compte>(AS_VOLCANS).await.ferme_le.is_none());
        assert_eq!(monde.lignes(RH_B, "comptes.").await.iter().filter(|ligne| ligne.nature == platform::store::Nature::Refus).count(), 1);
    }

    async fn a_role_which_ends_ends_its_sessions(store: TestStore) {
        let monde = monde(store).await;
        let session = monde.session(AS_VOLCANS).await;
        let version = monde.lu::<platform::acces::Compte>(AS_VOLCANS).await.version.to_string();
        let adresse = format!("/admin/comptes/{AS_VOLCANS}/habilitations/fin");
        let perime = monde.envoyer(RH_A, &adresse, &[("version", "99"), ("rang", "0")]).await;
        assert_eq!(perime.status, StatusCode::CONFLICT);
        let fin = monde.envoyer(RH_A, &adresse, &[("version", &version), ("rang", "0")]).await;
        assert_eq!(fin.status, StatusCode::SEE_OTHER);
        assert!(monde.get(&session, "/compte").await.lieu.starts_with("/connexion"));
        let page = monde.lire(RH_A, &format!("/admin/comptes/{AS_VOLCANS}")).await.texte;
        assert!(page.contains("terminée") && page.contains("Fin de l&#39;habilitation") || page.contains("Fin de l'habilitation"), "{page}");
    }
}
