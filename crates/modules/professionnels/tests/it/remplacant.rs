//! The temporary worker: opened in six fields, dead at the hour (F242).

use http::StatusCode;
use platform::acces::Compte;
use testkit::TestStore;
use uuid::Uuid;

use crate::monde;
use monde_essai::deux_maisons::{A, AS_VOLCANS, CADRE_A, DOMES, VOLCANS};
use monde_essai::entre;

const ID: &str = "0192f0c1-0000-7000-8000-0000000000aa";

fn champs<'a>(lieu: &'a str, unite: &'a str, profil: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("id", ID),
        ("etablissement", lieu),
        ("prenom", "Inès"),
        ("nom", "Passager"),
        ("profil", profil),
        ("unite", unite),
        ("fin_jour", "2026-11-21"),
        ("fin_heure", "13:45"),
    ]
}

testkit::on_both! {
    async fn the_form_has_six_fields_and_proposes_the_end_of_the_shift(store: TestStore) {
        let monde = monde(store).await;
        let page = monde.lire(CADRE_A, "/admin/comptes/remplacant").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.texte.contains("value=\"2026-11-21\"") && page.texte.contains("value=\"13:45\""), "{}", page.texte);
        for nom in ["prenom", "nom", "profil", "unite", "fin_jour", "fin_heure"] {
            assert!(page.texte.contains(&format!("name=\"{nom}\"")), "{nom}");
        }
        let profils = entre(&page.texte, "name=\"profil\"", "</select>");
        assert!(profils.contains("\"as\"") && !profils.contains("\"direction\"") && !profils.contains("\"rh\""));
    }

    async fn a_temporary_worker_signs_in_chooses_a_password_and_is_out_at_the_hour(store: TestStore) {
        let monde = monde(store).await;
        let (a, volcans) = (A.to_string(), VOLCANS.to_string());
        let bon = monde.envoyer(CADRE_A, "/admin/comptes/remplacant", &champs(&a, &volcans, "as")).await;
        assert_eq!(bon.status, StatusCode::OK, "{}", bon.texte);
        let clair = entre(&bon.texte, "Mot de passe à usage unique</dt><dd><strong><code>", "</code>");
        let entree = monde.post(None, "/connexion", &[("identifiant", "ines.passager"), ("mot_de_passe", clair)]).await;
        assert_eq!(entree.lieu, "/compte/mot-de-passe", "{entree:?}");
        let jeton = entre(&entree.entete(&http::header::SET_COOKIE).unwrap(), "grappe=", ";").to_owned();
        assert_eq!(monde.get(&jeton, "/compte").await.lieu, "/compte/mot-de-passe", "nothing else opens before");
        assert_eq!(monde.post(Some(&jeton), "/preferences", &[("theme", "nuit")]).await.lieu, "/compte/mot-de-passe");
        let choix = [("nouveau", "mouette sapin lundi vélo"), ("encore", "mouette sapin lundi vélo")];
        let fait = monde.post(Some(&jeton), "/compte/mot-de-passe", &choix).await;
        assert_eq!(fait.lieu, "/accueil", "{}", fait.texte);
        assert_eq!(monde.get(&jeton, "/compte").await.status, StatusCode::OK);
        let rejoue = monde.post(None, "/connexion", &[("identifiant", "ines.passager"), ("mot_de_passe", clair)]).await;
        assert_eq!(rejoue.status, StatusCode::UNPROCESSABLE_ENTITY, "the slip served once");
        monde.store.clock.set(testkit::instant("2026-11-21T12:44:59Z"));
        assert_eq!(monde.get(&jeton, "/compte").await.status, StatusCode::OK, "still there one second before the hour");
        monde.store.clock.set(testkit::instant("2026-11-21T12:45:00Z"));
        assert!(monde.get(&jeton, "/compte").await.lieu.starts_with("/connexion"), "out at the hour");
        let tard = monde.post(None, "/connexion", &[("identifiant", "ines.passager"), ("mot_de_passe", "mouette sapin lundi vélo")]).await;
        assert_eq!(tard.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(monde.lire(CADRE_A, "/admin/comptes?etat=expires").await.texte.contains("Inès PASSAGER"));
    }

    async fn a_slip_not_used_within_a_day_is_worth_nothing(store: TestStore) {
        let monde = monde(store).await;
        let (a, volcans) = (A.to_string(), VOLCANS.to_string());
        let mut longue = champs(&a, &volcans, "ide");
        longue.retain(|(nom, _)| *nom != "fin_jour");
        longue.push(("fin_jour", "2026-11-30"));
        let bon = monde.envoyer(CADRE_A, "/admin/comptes/remplacant", &longue).await.texte;
        let clair = entre(&bon, "Mot de passe à usage unique</dt><dd><strong><code>", "</code>").to_owned();
        monde.store.clock.advance(24 * 3_600);
        let tard = monde.post(None, "/connexion", &[("identifiant", "ines.passager"), ("mot_de_passe", &clair)]).await;
        assert_eq!(tard.status, StatusCode::UNPROCESSABLE_ENTITY);
        let refait = monde.envoyer(CADRE_A, &format!("/admin/comptes/{ID}/mot-de-passe"), &[]).await;
        assert_eq!(refait.status, StatusCode::OK, "the cadre gives another slip to a temporary worker");
        let autre = entre(&refait.texte, "Mot de passe à usage unique</dt><dd><strong><code>", "</code>");
        assert_eq!(monde.post(None, "/connexion", &[("identifiant", "ines.passager"), ("mot_de_passe", autre)]).await.lieu, "/compte/mot-de-passe");
        assert_eq!(monde.envoyer(CADRE_A, &format!("/admin/comptes/{AS_VOLCANS}/mot-de-passe"), &[]).await.status, StatusCode::FORBIDDEN);
    }

    async fn a_cadre_gives_neither_management_nor_long_missions(store: TestStore) {
        let monde = monde(store).await;
        let (a, domes) = (A.to_string(), DOMES.to_string());
        for profil in ["direction", "rh", "cadre_sante", "inconnu", ""] {
            let page = monde.envoyer(CADRE_A, "/admin/comptes/remplacant", &champs(&a, &domes, profil)).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{profil}");
        }
        for (jour, phrase) in [("2026-11-20", "à venir"), ("2027-01-15", "31 jours")] {
            let mut autres = champs(&a, &domes, "as");
            autres.retain(|(nom, _)| *nom != "fin_jour");
            autres.push(("fin_jour", jour));
            let page = monde.envoyer(CADRE_A, "/admin/comptes/remplacant", &autres).await;
            assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.texte.contains(phrase), "{jour}");
        }
        assert!(monde.store.get::<Compte>(&platform::store::Reach::All, Uuid::parse_str(ID).unwrap()).await.unwrap().is_none());
    }
}
