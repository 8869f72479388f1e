//! Steps of an identity (RNIV; INV-41, INV-44), ages, photos.

use axum::body::Body;
use http::{Request, StatusCode, header};
use kernel::ins::StatutIdentite;
use testkit::TestStore;
use usagers::{Identification, Usager};

use crate::monde::{ANNA, AS, BRUNO, CLAIRE, IDE, IDEC, Monde};

const OID_DEMO: &str = "1.2.250.1.213.1.4.11";
const OID_NIR: &str = "1.2.250.1.213.1.4.8";
const MATRICULE: &str = "236040099900114";

fn ins<'a>(version: &'a str, oid: &'a str, matricule: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("version", version),
        ("matricule", matricule),
        ("oid", oid),
        ("nom_naissance", "BRUMELLE"),
        ("prenoms_naissance", "MARGUERITE"),
        ("naissance", "12/04/1936"),
        ("sexe", "F"),
        ("lieu_naissance", ""),
        ("insi", "oui"),
    ]
}

async fn version(monde: &Monde) -> String {
    monde.champ(IDEC, &format!("/residents/{ANNA}/identite/corriger"), "version").await
}

async fn statut(monde: &Monde) -> StatutIdentite {
    monde.lire::<Identification>(Identification::id(ANNA)).await.identite.statut()
}

testkit::on_both! {
    async fn the_number_shows_only_once_qualified_and_a_trait_changed_takes_all_back(store: TestStore) {
        let monde = Monde::new(store).await;
        let fiche = format!("/residents/{ANNA}/identite");
        let lu = version(&monde).await;
        let ecrite = monde.post(IDEC, &format!("{fiche}/ins"), &ins(&lu, OID_DEMO, MATRICULE)).await;
        assert_eq!(ecrite.status, StatusCode::SEE_OTHER, "{}", ecrite.texte);
        assert_eq!(statut(&monde).await, StatutIdentite::Recuperee);
        let groupe = "2 36 04 00 999 001 14";
        assert!(!monde.get(IDEC, &fiche).await.texte.contains(groupe), "not shown while only retrieved");
        let lu = version(&monde).await;
        monde.post(IDEC, &format!("{fiche}/etape"), &[("version", &lu), ("etape", "document"), ("document", "3")]).await;
        assert_eq!(statut(&monde).await, StatutIdentite::Qualifiee);
        assert!(monde.get(IDEC, &fiche).await.texte.contains(groupe));
        let lu = version(&monde).await;
        let mut champs = ins(&lu, "", "");
        champs.retain(|(nom, _)| !matches!(*nom, "oid" | "matricule" | "insi"));
        champs.push(("nom_utilise", "LARGENTIÈRE"));
        monde.post(IDEC, &format!("{fiche}/corriger"), &champs).await;
        assert_eq!(statut(&monde).await, StatutIdentite::Qualifiee, "the same traits change nothing");
        let lu = version(&monde).await;
        for champ in &mut champs {
            match champ.0 {
                "version" => champ.1 = &lu,
                "naissance" => champ.1 = "13/04/1936",
                _ => {}
            }
        }
        monde.post(IDEC, &format!("{fiche}/corriger"), &champs).await;
        assert_eq!(statut(&monde).await, StatutIdentite::Provisoire);
        let page = monde.get(IDEC, &fiche).await.texte;
        assert!(!page.contains(groupe) && page.contains("12 avr. 1936") && page.contains("Claire Fontan"), "history keeps the former date and its author");
    }

    async fn numbers_of_the_wrong_world_are_refused_both_ways(store: TestStore) {
        let monde = Monde::new(store).await;
        let lu = version(&monde).await;
        let refus = monde.post(IDEC, &format!("/residents/{ANNA}/identite/ins"), &ins(&lu, OID_NIR, "255081416802538")).await;
        assert_eq!(refus.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refus.texte.contains("données fictives") && refus.texte.contains("BRUMELLE"), "what was typed is kept");
    }

    async fn demonstration_numbers_are_refused_in_service(store: TestStore) {
        let monde = Monde::avec(store, false).await;
        let lu = version(&monde).await;
        let refus = monde.post(IDEC, &format!("/residents/{ANNA}/identite/ins"), &ins(&lu, OID_DEMO, MATRICULE)).await;
        assert_eq!(refus.status, StatusCode::UNPROCESSABLE_ENTITY);
        let juste = monde.post(IDEC, &format!("/residents/{ANNA}/identite/ins"), &ins(&lu, OID_NIR, "255081416802538")).await;
        assert_eq!(juste.status, StatusCode::SEE_OTHER, "{}", juste.texte);
        let cle = monde.post(IDEC, &format!("/residents/{ANNA}/identite/ins"), &ins(&version(&monde).await, OID_NIR, "255081416802539")).await;
        assert_eq!(cle.status, StatusCode::UNPROCESSABLE_ENTITY, "a wrong key");
    }

    async fn a_number_is_held_by_one_record_of_the_house(store: TestStore) {
        let monde = Monde::new(store).await;
        let lu = version(&monde).await;
        assert_eq!(monde.post(IDEC, &format!("/residents/{ANNA}/identite/ins"), &ins(&lu, OID_DEMO, MATRICULE)).await.status, StatusCode::SEE_OTHER);
        let lu = monde.champ(IDEC, &format!("/residents/{BRUNO}/identite/corriger"), "version").await;
        let refus = monde.post(IDEC, &format!("/residents/{BRUNO}/identite/ins"), &ins(&lu, OID_DEMO, MATRICULE)).await;
        assert_eq!(refus.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refus.texte.contains("porte déjà ce matricule"));
    }

    async fn a_doubtful_identity_never_rises(store: TestStore) {
        let monde = Monde::new(store).await;
        let fiche = format!("/residents/{ANNA}/identite");
        let etape = async |etape: &str| {
            let lu = version(&monde).await;
            monde.post(IDEC, &format!("{fiche}/etape"), &[("version", &lu), ("etape", etape), ("document", "0")]).await
        };
        assert_eq!(etape("document").await.status, StatusCode::SEE_OTHER);
        assert_eq!(etape("douteuse").await.status, StatusCode::SEE_OTHER);
        assert_eq!(statut(&monde).await, StatutIdentite::Provisoire, "the proof is gone");
        assert_eq!(etape("document").await.status, StatusCode::BAD_REQUEST);
        assert_eq!(statut(&monde).await, StatutIdentite::Provisoire);
        assert_eq!(etape("doute_leve").await.status, StatusCode::SEE_OTHER);
        assert_eq!(etape("document").await.status, StatusCode::SEE_OTHER);
        assert_eq!(statut(&monde).await, StatutIdentite::Validee);
    }

    async fn a_scanned_code_fills_the_form_and_proves_nothing(store: TestStore) {
        let monde = Monde::new(store).await;
        let lu = version(&monde).await;
        let code = format!("IS010000000000000000000000S1{MATRICULE}S2{OID_DEMO}S3MARGUERITE␝S4BRUMELLE␝S5FS612-04-1936");
        let champs = [("version", lu.as_str()), ("etape", "lire"), ("datamatrix", code.as_str())];
        let page = monde.post(IDEC, &format!("/residents/{ANNA}/identite/ins"), &champs).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.texte);
        assert!(page.texte.contains(MATRICULE));
        assert_eq!(statut(&monde).await, StatutIdentite::Provisoire);
        let mut sans = ins(&lu, OID_DEMO, MATRICULE);
        sans.retain(|(nom, _)| *nom != "insi");
        let refus = monde.post(IDEC, &format!("/residents/{ANNA}/identite/ins"), &sans).await;
        assert!(refus.status == StatusCode::UNPROCESSABLE_ENTITY && refus.texte.contains("INSi"));
    }

    async fn a_form_read_before_somebody_else_wrote_is_refused(store: TestStore) {
        let monde = Monde::new(store).await;
        let lu = version(&monde).await;
        let chemin = format!("/residents/{ANNA}/identite/etape");
        let champs = [("version", lu.as_str()), ("etape", "document"), ("document", "0")];
        assert_eq!(monde.post(IDEC, &chemin, &champs).await.status, StatusCode::SEE_OTHER);
        assert_eq!(monde.post(IDEC, &chemin, &champs).await.status, StatusCode::CONFLICT);
        let vie = format!("/residents/{ANNA}/vie/modifier");
        assert_eq!(monde.post(AS, &vie, &[("version", "0"), ("parole", "Je veux ma radio.")]).await.status, StatusCode::SEE_OTHER);
        let conflit = monde.post(IDE, &vie, &[("version", "0"), ("parole", "Et mon châle.")]).await;
        assert_eq!(conflit.status, StatusCode::CONFLICT);
        assert!(conflit.texte.contains("Je veux ma radio.") && conflit.texte.contains("Et mon châle."), "both are shown");
        let page = monde.get(AS, &format!("/residents/{ANNA}")).await.texte;
        assert!(page.contains("Je veux ma radio.") && page.contains("Sophie Aubrac"), "signed");
    }

    async fn ages_hold_on_a_leap_day_and_on_the_night_the_clocks_change(store: TestStore) {
        let monde = Monde::new(store).await;
        let page = format!("/residents/{CLAIRE}");
        for (instant, age) in [
            ("2027-02-28T12:00:00Z", "86 ans"),
            ("2027-02-28T22:59:59Z", "86 ans"),
            ("2027-02-28T23:00:00Z", "87 ans"),
            ("2028-02-28T22:59:59Z", "87 ans"),
            ("2028-02-28T23:00:00Z", "88 ans"),
        ] {
            monde.store.clock.set(testkit::instant(instant));
            assert!(monde.get(IDEC, &page).await.texte.contains(age), "{instant}: {age}");
        }
    }

    async fn a_photo_loses_where_it_was_taken_and_needs_an_agreement(store: TestStore) {
        let monde = Monde::new(store).await;
        let image = [b"\xFF\xD8".as_slice(), b"\xFF\xE1\x00\x0BExif GPS!", b"\xFF\xDA\x00\x04\x01\x02pixels", b"\xFF\xD9"].concat();
        let envoyer = async |accord: &str| {
            let mut corps = b"--X\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\r\n".to_vec();
            corps.extend_from_slice(&image);
            corps.extend_from_slice(format!("\r\n--X\r\nContent-Disposition: form-data; name=\"accord\"\r\n\r\n{accord}\r\n--X--\r\n").as_bytes());
            let demande = Request::post(format!("/residents/{ANNA}/photo")).header(header::CONTENT_TYPE, "multipart/form-data; boundary=X");
            monde.demander(IDEC, demande, Body::from(corps)).await
        };
        assert_eq!(envoyer("").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(monde.lire::<Usager>(ANNA).await.photo.is_none());
        let mise = envoyer("oui").await;
        assert_eq!(mise.status, StatusCode::SEE_OTHER, "{}", mise.texte);
        let photo = monde.get(AS, &format!("/residents/{ANNA}/photo")).await;
        assert!(photo.status == StatusCode::OK && photo.texte.contains("pixels") && !photo.texte.contains("GPS"));
        assert!(monde.get(AS, &format!("/residents/{ANNA}")).await.texte.contains("/photo?v="));
    }
}
