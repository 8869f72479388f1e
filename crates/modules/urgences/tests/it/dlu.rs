//! The DLU on screen and on paper, and what it lacks.

use http::StatusCode;
use monde_essai::une_maison::{ANNA, AS, IDE};
use testkit::TestStore;

use crate::{dossier, lisible, monde};

testkit::on_both! {
    async fn the_document_says_what_is_known_and_what_is_missing(store: TestStore) {
        let monde = monde(store).await;
        dossier(&monde).await;
        let page = lisible(&monde.lire(AS, &format!("/residents/{ANNA}/dlu")).await.texte);
        for dit in ["Document de liaison d'urgence (DLU)", "Apixaban", "Fibrillation auriculaire", "Niveau B", "Médecin traitant", "points renseignés sur 12"] {
            assert!(page.contains(dit) || page.contains(&dit.replace('\'', "&#39;")), "{dit}: {page}");
        }
        assert_eq!(page.matches("<h1").count(), 1, "one heading a page");
    }

    async fn the_paper_is_a_pdf_of_two_pages_at_most(store: TestStore) {
        let monde = monde(store).await;
        dossier(&monde).await;
        let pdf = monde.lire(AS, &format!("/residents/{ANNA}/dlu/pdf")).await;
        assert_eq!(pdf.status, StatusCode::OK);
        assert!(pdf.octets.starts_with(b"%PDF-"));
        let texte = String::from_utf8_lossy(&pdf.octets).into_owned();
        let pages = texte.split("/Type/Pages/Count ").nth(1).and_then(|suite| suite.split('/').next()?.trim().parse::<u32>().ok());
        assert!(pages.is_some_and(|pages| (1..=2).contains(&pages)), "{pages:?}");
    }

    async fn the_list_shows_the_least_complete_first_and_filters(store: TestStore) {
        let monde = monde(store).await;
        dossier(&monde).await;
        let page = monde.lire(IDE, "/dlu").await.texte;
        let (anna, bruno) = (page.find("BRUMELLE").unwrap(), page.find("CASTAGNOL").unwrap());
        assert!(bruno < anna, "M. Castagnol has nothing");
        let sans_niveau = monde.lire(IDE, "/dlu?manque=Niveau%20de%20soins").await.texte;
        assert!(sans_niveau.contains("CASTAGNOL") && !sans_niveau.contains("BRUMELLE"), "{sans_niveau}");
        assert_eq!(monde.lire(AS, "/dlu").await.status, StatusCode::FORBIDDEN);
    }
}
