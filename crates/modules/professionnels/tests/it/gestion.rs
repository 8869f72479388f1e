//! Who sees and creates which accounts.

use http::StatusCode;
use platform::acces::{Compte, Habilitation};
use platform::store::Nature;
use testkit::TestStore;

use crate::monde;
use monde_essai::deux_maisons::{
    A, ADMIN, AS_RIVIERE, AS_VOLCANS, B, CADRE_A, DIRECTION_A, DIRECTION_B, IDE_DOMES, RH_A, RIVIERE, VOLCANS,
};
use monde_essai::entre;

const NOUVEAU: [(&str, &str); 5] = [
    ("prenom", "Zoé"),
    ("nom", "D'Épinay"),
    ("profil", "ide"),
    ("contrat", "permanent"),
    ("id", "0192f0c1-0000-7000-8000-000000000001"),
];

fn avec<'a>(champs: &[(&'a str, &'a str)], plus: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    plus.iter().chain(champs).copied().collect()
}

testkit::on_both! {
    async fn a_director_never_sees_the_accounts_of_another_house(store: TestStore) {
        let monde = monde(store).await;
        let liste = monde.lire(DIRECTION_A, "/admin/comptes?etat=tous").await;
        assert_eq!(liste.status, StatusCode::OK);
        assert!(liste.texte.contains("Sophie VOLCAN") && !liste.texte.contains("Karim RIVIERE") && !liste.texte.contains("Remi HUBERT"));
        let cherche = monde.lire(DIRECTION_A, "/admin/comptes?etat=tous&q=karim").await;
        assert!(cherche.texte.contains("0 compte") && !cherche.texte.contains("RIVIERE"));
        let fiche = monde.lire(DIRECTION_A, &format!("/admin/comptes/{AS_RIVIERE}")).await;
        assert_eq!(fiche.status, StatusCode::NOT_FOUND);
        assert!(!fiche.texte.contains("Karim"));
        assert_eq!(monde.lire(DIRECTION_B, &format!("/admin/comptes/{AS_VOLCANS}")).await.status, StatusCode::NOT_FOUND);
        assert!(monde.lire(ADMIN, "/admin/comptes").await.texte.contains("Karim RIVIERE"), "the grappe sees all accounts");
    }

    async fn a_shared_account_is_seen_by_both_houses(store: TestStore) {
        let monde = monde(store).await;
        monde.changer::<Compte>(AS_VOLCANS, |compte| {
            let du = testkit::instant("2026-01-01T00:00:00Z");
            compte.habilitations.push(Habilitation { profil: "consultation_distance".into(), etablissement: Some(B), unites: vec![RIVIERE], du, au: None });
        }).await;
        assert!(monde.lire(DIRECTION_B, "/admin/comptes").await.texte.contains("Sophie VOLCAN"));
    }

    async fn each_page_with_names_is_a_line_of_the_journal(store: TestStore) {
        let monde = monde(store).await;
        for adresse in ["/admin/comptes".to_owned(), "/admin/comptes?etat=sans_contrat".to_owned(), format!("/admin/comptes/{IDE_DOMES}")] {
            let avant = monde.lignes(DIRECTION_A, "comptes.lire").await.len();
            assert_eq!(monde.lire(DIRECTION_A, &adresse).await.status, StatusCode::OK);
            let apres = monde.lignes(DIRECTION_A, "comptes.lire").await;
            assert_eq!(apres.len(), avant + 1, "{adresse}");
            assert_eq!(apres[0].nature, Nature::Consultation);
        }
    }

    async fn an_account_is_created_with_its_slip_and_the_same_form_counts_once(store: TestStore) {
        let monde = monde(store).await;
        let (a, volcans) = (A.to_string(), VOLCANS.to_string());
        let champs = avec(&NOUVEAU, &[("etablissement", &a), ("unite", &volcans)]);
        let bon = monde.envoyer(RH_A, "/admin/comptes", &champs).await;
        assert_eq!(bon.status, StatusCode::OK, "{}", bon.texte);
        assert!(bon.texte.contains("zoe.d-epinay") && bon.texte.contains("<svg"));
        let encore = monde.envoyer(RH_A, "/admin/comptes", &champs).await;
        assert_eq!(encore.lieu, "/admin/comptes/0192f0c1-0000-7000-8000-000000000001");
        let homonyme: Vec<_> = champs.iter().filter(|(nom, _)| *nom != "id").copied().collect();
        assert!(monde.envoyer(RH_A, "/admin/comptes", &homonyme).await.texte.contains("zoe.d-epinay2"));
        let lu = monde.lu::<Compte>(uuid::Uuid::parse_str("0192f0c1-0000-7000-8000-000000000001").unwrap()).await;
        assert_eq!((lu.habilitations[0].profil.as_str(), &lu.habilitations[0].unites[..]), ("ide", &[VOLCANS][..]));
        assert!(lu.mot_de_passe.is_empty());
    }

    async fn a_form_with_faults_says_each_of_them_and_keeps_what_was_typed(store: TestStore) {
        let monde = monde(store).await;
        let a = A.to_string();
        let page = monde.envoyer(RH_A, "/admin/comptes", &[("etablissement", &a), ("prenom", "Zoé"), ("courriel", "zoe"), ("contrat", "interim")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        for phrase in ["Choisissez le profil", "dernier jour de ce contrat", "adresse complète", "value=\"Zoé\""] {
            assert!(page.texte.contains(phrase), "{phrase}");
        }
    }

    async fn nobody_creates_or_changes_beyond_their_house_nor_for_themselves(store: TestStore) {
        let monde = monde(store).await;
        let (a, b) = (A.to_string(), B.to_string());
        assert_eq!(monde.envoyer(RH_A, "/admin/comptes", &avec(&NOUVEAU, &[("etablissement", &b)])).await.status, StatusCode::NOT_FOUND);
        assert_eq!(monde.envoyer(CADRE_A, "/admin/comptes", &avec(&NOUVEAU, &[("etablissement", &a)])).await.status, StatusCode::FORBIDDEN);
        let soi = monde.envoyer(RH_A, &format!("/admin/comptes/{RH_A}/habilitations"), &[("etablissement", &a), ("profil", "ide")]).await;
        assert_eq!(soi.status, StatusCode::BAD_REQUEST, "human resources do not make themselves a nurse");
        let ailleurs = monde.envoyer(RH_A, &format!("/admin/comptes/{AS_VOLCANS}/habilitations"), &[("etablissement", &b), ("profil", "as")]).await;
        assert_eq!(ailleurs.status, StatusCode::NOT_FOUND);
        assert_eq!(monde.lu::<Compte>(RH_A).await.version, 1);
        assert_eq!(monde.lu::<Compte>(AS_VOLCANS).await.version, 1);
    }

    async fn a_role_is_added_for_dates_and_shown_in_the_history(store: TestStore) {
        let monde = monde(store).await;
        let a = A.to_string();
        let champs = [("etablissement", a.as_str()), ("profil", "formateur"), ("du", "2026-12-01"), ("au", "2026-12-05")];
        let ajout = monde.envoyer(RH_A, &format!("/admin/comptes/{AS_VOLCANS}/habilitations"), &champs).await;
        assert_eq!(ajout.status, StatusCode::SEE_OTHER, "{}", ajout.texte);
        let lu = monde.lu::<Compte>(AS_VOLCANS).await;
        assert_eq!(lu.habilitations[1].du, testkit::instant("2026-11-30T23:00:00Z"));
        assert_eq!(lu.habilitations[1].au, Some(testkit::instant("2026-12-05T23:00:00Z")));
        let page = monde.lire(RH_A, &format!("/admin/comptes/{AS_VOLCANS}")).await.texte;
        for mot in ["Habilitation ajoutée : Formateur", "Rose HAUTIER", "à venir"] {
            assert!(page.contains(mot), "{mot} is not in {page}");
        }
        assert!(entre(&page, "Historique", "</section>").contains("Compte ouvert"));
    }

    async fn the_list_finds_accounts_without_contract(store: TestStore) {
        let monde = monde(store).await;
        let a = A.to_string();
        monde.envoyer(RH_A, "/admin/comptes", &avec(&NOUVEAU, &[("etablissement", &a)])).await;
        let liste = monde.lire(RH_A, "/admin/comptes?etat=sans_contrat").await.texte;
        assert!(liste.contains("Sophie VOLCAN") && !liste.contains("Zoé"));
    }
}
