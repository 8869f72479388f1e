//! The medical file through the router, on both engines.

#![expect(clippy::expect_used, reason = "in a fixture a failure is a failed test, told where it happened")]

use http::StatusCode;
use medical::{Consignes, Element, Etat};
use monde_essai::une_maison::{ANNA, AS, BRUNO, IDE, SECRETAIRE};
use monde_essai::{Monde, une_maison};
use platform::store::{Query, Reach, Stored};
use testkit::TestStore;
use uuid::Uuid;

const ID: Uuid = Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0001);

async fn monde(store: TestStore) -> Monde {
    une_maison::semer(Monde::nouveau(store, true, vec![medical::module(), sejours::module()])).await
}

fn base(fin: &str) -> String {
    format!("/residents/{ANNA}/medical{fin}")
}

async fn tous(monde: &Monde) -> Vec<Stored<Element>> {
    monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("list")
}

const APIXABAN: [(&str, &str); 5] = [
    ("nature", "traitement"),
    ("libelle", "Apixaban 2,5 mg"),
    ("detail", "matin et soir"),
    ("debut", "03/2021"),
    ("a_risque", "on"),
];

testkit::on_both! {
    async fn an_entry_is_written_once_shown_and_found_on_the_synthesis(store: TestStore) {
        let monde = monde(store).await;
        for _ in 0..2 {
            assert_eq!(monde.envoyer(IDE, &base(&format!("/{ID}")), &APIXABAN).await.status, StatusCode::SEE_OTHER);
        }
        assert_eq!(tous(&monde).await.len(), 1);
        let page = monde.lire(IDE, &base("")).await.texte.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(page.contains("Apixaban 2,5 mg") && page.contains("depuis mars 2021") && page.contains("à dire en premier"), "{page}");
        let synthese = monde.lire(IDE, &format!("/residents/{ANNA}")).await.texte;
        assert!(synthese.contains("Dossier médical") && synthese.contains("Apixaban"), "{synthese}");
        assert!(!monde.lire(IDE, &format!("/residents/{BRUNO}/medical")).await.texte.contains("Apixaban"));
    }

    async fn what_cannot_be_read_comes_back_with_what_was_typed(store: TestStore) {
        let monde = monde(store).await;
        let page = monde.envoyer(IDE, &base(&format!("/{ID}")), &[("nature", "antecedent"), ("libelle", "AVC"), ("debut", "hier")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.texte.contains("value=\"AVC\"") && page.texte.contains("Écrivez une année"), "{}", page.texte);
        assert!(tous(&monde).await.is_empty());
        assert_eq!(monde.envoyer(IDE, &base(&format!("/{ID}")), &[("nature", "humeur"), ("libelle", "x")]).await.status, StatusCode::NOT_FOUND);
    }

    async fn a_correction_an_end_and_an_annulment_keep_what_was_said(store: TestStore) {
        let monde = monde(store).await;
        let un = base(&format!("/{ID}"));
        monde.envoyer(IDE, &un, &APIXABAN).await;
        let corrige = [("version", "1"), ("libelle", "Apixaban 5 mg"), ("detail", "matin et soir"), ("debut", "03/2021"), ("a_risque", "on")];
        assert_eq!(monde.envoyer(IDE, &un, &corrige).await.status, StatusCode::SEE_OTHER);
        let perime = [("version", "1"), ("libelle", "Autre chose")];
        assert_eq!(monde.envoyer(IDE, &un, &perime).await.status, StatusCode::CONFLICT);
        let fin = base(&format!("/{ID}/fin"));
        assert_eq!(monde.envoyer(IDE, &fin, &[("version", "2"), ("geste", "annuler")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        monde.envoyer(IDE, &fin, &[("version", "2"), ("geste", "terminer"), ("motif", "relais par la warfarine")]).await;
        assert!(matches!(&tous(&monde).await[0].etat, Etat::Termine { motif, .. } if motif == "relais par la warfarine"));
        let page = monde.lire(IDE, &un).await.texte.replace(['\u{a0}', '\u{202f}'], " ");
        for dit in ["Apixaban 2,5 mg", "Apixaban 5 mg", "relais par la warfarine", "Remettre en vigueur"] {
            assert!(page.contains(dit), "{dit}: {}", page.split("Historique").last().unwrap_or_default());
        }
        monde.envoyer(IDE, &fin, &[("version", "3"), ("geste", "reprendre")]).await;
        assert!(tous(&monde).await[0].en_vigueur());
        assert_eq!(monde.lignes(IDE, "medical.termine").await.len(), 1);
    }

    async fn instructions_are_written_and_a_stale_form_is_refused(store: TestStore) {
        let monde = monde(store).await;
        let champs = [("version", "0"), ("niveau", "b"), ("hopital_nom", "CH de Val-Brumeux"), ("observation-161898004", "oui"), ("directive-75779-9", "Pas de réanimation")];
        assert_eq!(monde.envoyer(IDE, &base("/consignes"), &champs).await.status, StatusCode::SEE_OTHER);
        assert_eq!(monde.envoyer(IDE, &base("/consignes"), &[("version", "0"), ("niveau", "a")]).await.status, StatusCode::CONFLICT);
        let lues = monde.lu::<Consignes>(Consignes::id(ANNA)).await;
        assert_eq!(lues.observees(), ["Chutes"]);
        let page = monde.lire(IDE, &base("")).await.texte;
        assert!(page.contains("Niveau B") && page.contains("Pas de réanimation") && page.contains("Chutes"), "{page}");
        assert_eq!(monde.envoyer(IDE, &base("/consignes"), &[("version", "1"), ("niveau", "z")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn who_does_not_care_for_the_person_reads_nothing(store: TestStore) {
        let monde = monde(store).await;
        monde.envoyer(IDE, &base(&format!("/{ID}")), &APIXABAN).await;
        for compte in [AS, SECRETAIRE] {
            for adresse in [base(""), base(&format!("/{ID}")), base("/consignes")] {
                let page = monde.lire(compte, &adresse).await;
                assert_eq!(page.status, StatusCode::FORBIDDEN, "{adresse}");
                assert!(!page.texte.contains("Apixaban"));
            }
            assert_eq!(monde.envoyer(compte, &base(&format!("/{ID}")), &APIXABAN).await.status, StatusCode::FORBIDDEN);
        }
        let autre = format!("/residents/{BRUNO}/medical/{ID}");
        assert_eq!(monde.lire(IDE, &autre).await.status, StatusCode::NOT_FOUND);
        assert!(!monde.lire(AS, &format!("/residents/{ANNA}")).await.texte.contains("Apixaban"));
    }
}
