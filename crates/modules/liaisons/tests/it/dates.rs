//! Which hospital stay a letter is about: told by its own date, or by somebody.

use http::{Request, StatusCode, header};
use liaisons::{Attendu, EtatAttendu};
use monde_essai::Monde;
use monde_essai::une_maison::{ANNA, IDE, SECRETAIRE};
use testkit::TestStore;
use uuid::Uuid;

use crate::{hospitaliser, livrer, monde, mouvement};

/// A letter put in the record by hand, its message delivered; gives its id.
async fn deposer(monde: &Monde, nom: &str, date: &str) -> Uuid {
    let mut corps = String::new();
    for (champ, valeur) in
        [("titre", nom), ("type", "11490-0"), ("date", date), ("id", &monde.services.clock.fresh_id().to_string())]
    {
        corps.push_str(&format!("--B\r\nContent-Disposition: form-data; name=\"{champ}\"\r\n\r\n{valeur}\r\n"));
    }
    corps.push_str(&format!(
        "--B\r\nContent-Disposition: form-data; name=\"fichiers\"; filename=\"{nom}.pdf\"\r\n\r\n%PDF-1.4 {nom}\r\n--B--\r\n"
    ));
    let jeton = monde.session(SECRETAIRE).await;
    let demande =
        Request::post(format!("/residents/{ANNA}/documents")).header(header::CONTENT_TYPE, "multipart/form-data; boundary=B");
    let page = monde.appeler(Some(&jeton), demande, corps).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.texte);
    let item = monde.store.outbox(monde.services.clock.now(), 10).await.expect("outbox").remove(0);
    livrer(monde).await;
    let classe: documents::Classe = serde_json::from_str(&item.payload).expect("filed");
    classe.document
}

testkit::on_both! {
    async fn a_letter_of_before_the_departure_is_filed_and_closes_nothing(store: TestStore) {
        let monde = monde(store).await;
        hospitaliser(&monde).await;
        let attendu = Attendu::id(mouvement(&monde).await, "lettre");
        let ancienne = deposer(&monde, "hier", "20/11/2026").await;
        assert_eq!(monde.lu::<Attendu>(attendu).await.etat, EtatAttendu::Attendu, "another stay's");
        let dossier = monde.lire(IDE, &format!("/residents/{ANNA}/documents/{ancienne}")).await;
        assert!(dossier.status == StatusCode::OK && dossier.texte.contains("20 nov. 2026"), "{}", dossier.texte);
        let page = monde.lire(SECRETAIRE, "/liaisons/attendus").await.texte;
        assert!(!page.contains(&ancienne.to_string()) && !page.contains("sans date"), "{page}");
        let du_jour = deposer(&monde, "du jour", "21/11/2026").await;
        let lu = monde.lu::<Attendu>(attendu).await;
        assert!(matches!(lu.etat, EtatAttendu::Recu { document: Some(document), .. } if document == du_jour), "{:?}", lu.etat);
    }

    async fn a_letter_without_a_date_waits_for_somebody_to_say_it_is_the_one(store: TestStore) {
        let monde = monde(store).await;
        hospitaliser(&monde).await;
        let attendu = Attendu::id(mouvement(&monde).await, "lettre");
        let sans_date = deposer(&monde, "numérisée", "").await;
        let lu = monde.lu::<Attendu>(attendu).await;
        assert_eq!((&lu.etat, lu.proposes.as_slice()), (&EtatAttendu::Attendu, [sans_date].as_slice()));
        let dossier = monde.lire(IDE, &format!("/residents/{ANNA}/documents/{sans_date}")).await.texte;
        assert!(dossier.contains("aucune (venu le 21 nov. 2026)"), "{dossier}");
        let page = monde.lire(SECRETAIRE, "/liaisons/attendus").await.texte;
        assert!(page.contains("sans date") && page.contains(&format!("/residents/{ANNA}/documents/{sans_date}")), "{page}");
        let adresse = format!("/residents/{ANNA}/attendus/{attendu}");
        let etranger = Uuid::from_u128(9).to_string();
        let refus = monde.envoyer(IDE, &adresse, &[("geste", "recu"), ("document", &etranger)]).await;
        assert_eq!(refus.status, StatusCode::BAD_REQUEST, "only a document filed for it");
        let sans_date_texte = sans_date.to_string();
        assert_eq!(monde.envoyer(SECRETAIRE, &adresse, &[("geste", "recu"), ("document", &sans_date_texte)]).await.status, StatusCode::SEE_OTHER);
        let lu = monde.lu::<Attendu>(attendu).await;
        assert!(matches!(lu.etat, EtatAttendu::Recu { document: Some(document), .. } if document == sans_date), "{:?}", lu.etat);
        assert!(!monde.lire(SECRETAIRE, "/liaisons/attendus").await.texte.contains("sans date"));
    }
}
