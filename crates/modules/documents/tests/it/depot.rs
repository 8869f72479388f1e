//! Files put by somebody of the house.

use http::StatusCode;
use testkit::TestStore;

use crate::monde::{ANNA, AS, IDE, Monde, PDF, SECRETAIRE, cda};
use monde_essai::Reponse;

fn base(fin: &str) -> String {
    format!("/residents/{ANNA}/documents{fin}")
}

const ID: (&str, &str) = ("id", "01920000-0000-7000-8000-000000000001");

testkit::on_both! {
    async fn several_files_enter_once_each(store: TestStore) {
        let monde = Monde::new(store).await;
        let image: &[u8] = b"\x89PNG\r\n\x1a\nimage";
        for _ in 0..2 {
            let (status, lieu, page) = monde.deposer(IDE, &base(""), &[ID, ("type", "11488-4")], &[("a.pdf", PDF), ("b.png", image)]).await.acte();
            assert_eq!((status, lieu), (StatusCode::SEE_OTHER, base("")), "{page}");
        }
        let documents = monde.documents(ANNA).await;
        assert_eq!(documents.len(), 2);
        assert!(documents.iter().all(|document| document.classe_par == "Essai ide"));
        let (_, page) = monde.lire(IDE, &base("")).await.page();
        assert!(page.contains("a.pdf") && page.contains("b.png"));
    }

    async fn an_empty_or_hostile_drop_says_why_and_writes_nothing(store: TestStore) {
        let monde = Monde::new(store).await;
        let (status, _, page) = monde.deposer(IDE, &base(""), &[ID], &[]).await.acte();
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("Choisissez le type") && page.contains("Choisissez au moins un fichier"));
        let svg: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
        let (status, _, page) = monde.deposer(IDE, &base(""), &[ID, ("type", "11488-4")], &[("a.pdf", PDF), ("..\\..\\<b>.svg", svg)]).await.acte();
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("n'est pas accepté") && !page.contains("<b>"), "{page}");
        assert!(monde.documents(ANNA).await.is_empty());
    }

    async fn a_clinical_document_of_somebody_else_asks_first(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.identifier(ANNA, "DOMINIQUE CLAIRE", true).await;
        let autre = cda("1.2.3", "DOMINIQUE MARIE-LOUISE", "Texte.");
        let champs = [ID, ("type", "11490-0")];
        let (status, _, page) = monde.deposer(IDE, &base(""), &champs, &[("lettre.xml", &autre)]).await.acte();
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("au nom de") && page.contains("malgre_identite"));
        let (status, ..) = monde.deposer(IDE, &base(""), &[ID, ("type", "11490-0"), ("malgre_identite", "oui")], &[("lettre.xml", &autre)]).await.acte();
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert_eq!(monde.documents(ANNA).await[0].titre, "Lettre de sortie");
    }

    async fn a_family_is_read_by_those_who_may(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.deposer(SECRETAIRE, &base(""), &[ID, ("type", "51851-4"), ("titre", "Contrat")], &[("contrat.pdf", PDF)]).await;
        monde.deposer(IDE, &base(""), &[("type", "11488-4"), ("titre", "Consultation")], &[("cr.pdf", PDF)]).await;
        let (_, page) = monde.lire(SECRETAIRE, &base("")).await.page();
        assert!(page.contains("Contrat") && !page.contains("Consultation"));
        let (_, page) = monde.lire(IDE, &base("")).await.page();
        assert!(page.contains("Contrat") && page.contains("Consultation"));
        let (status, ..) = monde.deposer(AS, &base(""), &[("type", "11488-4")], &[("a.pdf", PDF)]).await.acte();
        assert_eq!(status, StatusCode::FORBIDDEN);
    }

    async fn replacing_and_annulling_keep_the_former(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.deposer(IDE, &base(""), &[ID, ("type", "51851-4"), ("titre", "Contrat")], &[("v1.pdf", PDF)]).await;
        let (_, page) = monde.lire(IDE, &base("")).await.page();
        let premier = page.split(&format!("{}/", base(""))).filter_map(|reste| reste.get(..36)).find(|id| id.parse::<uuid::Uuid>().is_ok()).expect("link").to_owned();
        let nouveau: &[u8] = b"%PDF-1.4 v2";
        let champs = [("type", "51851-4"), ("titre", "Contrat"), ("remplace", premier.as_str())];
        let (status, ..) = monde.deposer(IDE, &base(""), &champs, &[("v2.pdf", nouveau)]).await.acte();
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert_eq!(monde.documents(ANNA).await.iter().filter(|document| document.est_courant()).count(), 1);
        let (status, ..) = monde.deposer(IDE, &base(""), &champs, &[("v3.pdf", b"%PDF-1.4 v3")]).await.acte();
        assert_eq!(status, StatusCode::CONFLICT, "replaced once");
        let (_, page) = monde.lire(IDE, &base(&format!("/{premier}"))).await.page();
        assert!(page.contains("a été remplacé"));
        let (_, courants) = monde.lire(IDE, &base("")).await.page();
        assert!(!courants.contains(&premier));
        let (_, tous) = monde.lire(IDE, &base("?anciens=oui")).await.page();
        assert!(tous.contains(&premier));
    }

    async fn raw_bytes_are_shown_or_downloaded_safely(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.deposer(IDE, &base(""), &[ID, ("type", "51851-4")], &[("été/..\\contrat.pdf", PDF)]).await;
        let (_, page) = monde.lire(IDE, &base("")).await.page();
        let id = page.split(&format!("{}/", base(""))).filter_map(|reste| reste.get(..36)).find(|id| id.parse::<uuid::Uuid>().is_ok()).expect("link").to_owned();
        let headers = monde.lire(IDE, &base(&format!("/{id}/fichier"))).await.entetes;
        assert_eq!(headers["x-frame-options"], "SAMEORIGIN");
        assert!(headers["content-security-policy"].to_str().expect("ascii").contains("default-src 'none'"));
        let Reponse { status, entetes: headers, octets, .. } = monde.lire(IDE, &base(&format!("/{id}/fichier?telecharger=oui"))).await;
        assert_eq!((status, octets.as_slice()), (StatusCode::OK, PDF));
        assert!(headers["content-disposition"].to_str().expect("ascii").starts_with("attachment"));
        assert_eq!(headers["x-content-type-options"], "nosniff");
    }
}
