//! What a reader may not do: guess, list, sweep.

use http::StatusCode;
use monde_essai::une_maison::ANNA;
use testkit::TestStore;

use crate::monde::{ADMIN, ANNA_EXACTE, SAMU, chercher, lectures, monde};

const VAINE: [(&str, &str); 3] = [("nom", "Personne"), ("naissance", "12/04/1936"), ("motif", "regulation")];

testkit::on_both! {
    async fn a_name_in_part_a_wildcard_and_a_missing_motive_open_nothing(store: TestStore) {
        let monde = monde(store).await;
        for (nom, naissance, motif) in [
            ("Brum", "12/04/1936", "regulation"), ("Brum*", "12/04/1936", "regulation"), ("%", "12/04/1936", "regulation"),
            ("Brumelle", "04/1936", "regulation"), ("Brumelle", "", "regulation"), ("", "12/04/1936", "regulation"),
            ("Brumelle", "12/04/1936", ""), ("Brumelle", "12/04/1936", "curiosite"), ("Brumelle", "12/04/1936", "autre_prise_en_charge"),
        ] {
            let (reponse, vers) = chercher(&monde, SAMU, &[("nom", nom), ("naissance", naissance), ("motif", motif)]).await;
            assert_eq!((reponse.status, vers), (StatusCode::UNPROCESSABLE_ENTITY, None), "{nom} {naissance} {motif}");
            monde.store.clock.advance(3_601);
        }
        assert!(lectures(&monde, ANNA).await.is_empty());
        let mots = [ANNA_EXACTE[0], ANNA_EXACTE[1], ("motif", "autre_prise_en_charge"), ("precision", "Consultation avancée")];
        assert!(chercher(&monde, SAMU, &mots).await.1.is_some());
        assert_eq!(lectures(&monde, ANNA).await[0].precision, "Consultation avancée");
    }

    async fn vain_searches_slow_down_and_the_administrator_sees_them(store: TestStore) {
        let monde = monde(store).await;
        let ouvrir = [("organisation", "SAMU 63"), ("nature", "samu"), ("prenom", "Iris"), ("nom", "Delmas"), ("fonction", "régulatrice")];
        monde.envoyer(ADMIN, "/admin/lecteurs", &ouvrir).await;
        let comptes: Vec<platform::store::Stored<lecteurs::Lecteur>> =
            monde.store.list(&platform::store::Reach::All, &platform::store::Query::lane("lecteurs-externes")).await.expect("list");
        let iris = comptes[0].compte;
        for _ in 0..3 {
            assert!(chercher(&monde, iris, &VAINE).await.0.texte.contains("ne désignent pas une seule personne"));
        }
        let (freinee, vers) = chercher(&monde, iris, &ANNA_EXACTE).await;
        assert!(vers.is_none() && freinee.texte.contains("Attendez 15 s"), "{}", freinee.texte);
        monde.store.clock.advance(15);
        assert!(chercher(&monde, iris, &ANNA_EXACTE).await.1.is_some(), "once the time has passed");
        monde.store.clock.advance(15);
        for _ in 0..2 {
            chercher(&monde, iris, &VAINE).await;
            monde.store.clock.advance(60);
        }
        let vue = monde.lire(ADMIN, "/admin/lecteurs").await.texte;
        assert!(vue.contains("Iris Delmas, SAMU 63") && vue.contains("5 recherches sans résultat") && vue.contains("recherches à voir"), "{vue}");
        let examen = monde.envoyer(ADMIN, &format!("/admin/lecteurs/{iris}/recherches"), &[]).await;
        assert_eq!(examen.status, StatusCode::SEE_OTHER);
        assert!(monde.lire(ADMIN, "/admin/lecteurs").await.texte.contains("Aucune recherche vaine à voir"));
        assert!(chercher(&monde, iris, &VAINE).await.0.texte.contains("ne désignent pas"), "the wait ended");
    }

    async fn searches_sent_all_at_once_are_counted_one_by_one(store: TestStore) {
        let monde = monde(store).await;
        let une = || chercher(&monde, SAMU, &VAINE);
        let lues = tokio::join!(une(), une(), une(), une(), une(), une());
        let pages = [lues.0, lues.1, lues.2, lues.3, lues.4, lues.5];
        let dites = pages.iter().filter(|(page, _)| page.texte.contains("ne désignent pas une seule personne")).count();
        assert!(dites <= 3, "{dites} answers");
    }
}
