//! The same record sends and receives (F003): transfer sheet, letter and image leave; return sheet, letter and biology come back,
//! file themselves, and their sender is told so, once. With the real operator.

use documents::{EtatAccuse, Reception, lane_traitees};
use http::{Request, StatusCode, header};
use liaisons::Suivi;
use mssante::{DispositionType, MailKind};
use platform::store::{Query, Reach, Stored};
use testkit::TestStore;

use crate::monde::{ANNA, ETAB, HOPITAL, IDE, Monde};
use crate::operateur::{Hopital, classees, courriel_de, juger, operateur, reglages, relever_un_peu};

const RETOURS: [&str; 3] = ["DLU-EHPAD-FLUDR_2022.01.xml", "LDL-SES_2022.01.xml", "BIO-CR-BIO_2024.01_TSH_1.xml"];

/// Puts a photograph in the record, as the page does.
async fn deposer_image(monde: &Monde) -> String {
    let image = include_bytes!("../../../../../edition/tests/figures/schema.png");
    let mut corps = Vec::new();
    for (nom, valeur) in [("type", "11506-3"), ("titre", "Photographie de plaie")] {
        corps.extend(format!("--x\r\nContent-Disposition: form-data; name=\"{nom}\"\r\n\r\n{valeur}\r\n").as_bytes());
    }
    corps.extend(b"--x\r\nContent-Disposition: form-data; name=\"fichiers\"; filename=\"plaie.png\"\r\n\r\n");
    corps.extend(image);
    corps.extend(b"\r\n--x--\r\n");
    let request =
        Request::post(format!("/residents/{ANNA}/documents")).header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    let session = monde.session(IDE).await;
    let fait = monde.appeler(Some(&session), request, corps).await;
    assert_eq!(fait.status, StatusCode::SEE_OTHER, "{}", fait.texte);
    let liste = monde.lire(IDE, &format!("/residents/{ANNA}/documents")).await.texte;
    let avant = liste.split("Photographie de plaie").next().expect("the list");
    let debut = avant.rsplit("/documents/").next().expect("its address");
    debut.split('"').next().expect("its id").to_owned()
}

/// Signs a document and gives the ids the sending form is opened with.
async fn signer(monde: &Monde, volet: &str, champs: &[(&str, &str)]) -> Vec<String> {
    let tous: Vec<(&str, &str)> = champs.iter().copied().chain([("geste", "envoyer")]).collect();
    let page = monde.envoyer(IDE, &format!("/residents/{ANNA}/redaction/{volet}"), &tous).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.texte);
    let suite = page.lieu.split("document=").nth(1).expect("documents").split('&').next().expect("ids").to_owned();
    suite.split(',').map(str::to_owned).collect()
}

async fn recus(monde: &Monde) -> Vec<Stored<Reception>> {
    let lues: Vec<Stored<Reception>> = monde.store.list(&Reach::All, &Query::lane(&lane_traitees(ETAB.0))).await.expect("list");
    lues.into_iter().filter(|lue| lue.dans.is_none()).collect()
}

testkit::on_both! {
    async fn one_record_sends_and_receives(store: TestStore) {
        let Some(operateur) = operateur() else { return };
        let Some(exemples) = testkit::interop_or_skip() else { return };
        let reglages = reglages(&operateur);
        let monde = Monde::new(store, Some(reglages.clone())).await;
        let mut hopital = Hopital::new(&operateur);
        let depart = [("motif", "Chute"), ("depart_jour", "2026-11-21"), ("conscience", "eveille"), ("avec_dlu", "oui")];
        let lettre = [("genre", "consultation"), ("motif", "Avis cardiologique"), ("jour", "2026-12-03")];
        let mut documents = signer(&monde, "fludt", &depart).await;
        documents.extend(signer(&monde, "ldl-ees", &lettre).await);
        documents.push(deposer_image(&monde).await);
        assert_eq!(documents.len(), 4, "sheet, DLU, letter, photograph");
        let mut champs: Vec<(&str, &str)> = documents.iter().map(|id| ("documents", id.as_str())).collect();
        champs.push(("destinataire-0", HOPITAL));
        let fait = monde.envoyer(IDE, &format!("/residents/{ANNA}/envois"), &champs).await;
        assert_eq!(fait.status, StatusCode::SEE_OTHER, "{}", fait.texte);
        monde.travailler().await.expect("sent");
        assert_eq!(monde.envois().await[0].etat(), Suivi::Remis, "{:?}", monde.envois().await[0].pas);
        let (_, mail) = hopital.prochain().await;
        let MailKind::Documents { packages, .. } = &mail.kind else { panic!("{:?}", mail.kind) };
        let colis = &mail.attachments[packages[0]].bytes;
        juger("quatre", colis);
        let lu = xdm::read(colis, &xdm::Limits::default()).expect("a package");
        let mut formats: Vec<String> = lu.subsets[0].documents.iter().filter_map(|un| un.entry.format_code.as_ref().map(|code| code.code.clone())).collect();
        formats.sort();
        assert_eq!(formats, ["urn:asip:ci-sis:dlu:2015", "urn:asip:ci-sis:fludt:2017", "urn:asip:ci-sis:ldl-ees:2017", "urn:ihe:iti:xds-sd:pdf:2008"]);

        for (rang, nom) in RETOURS.iter().enumerate() {
            let octets = std::fs::read(exemples.join("cda/examples").join(nom)).expect("an example");
            hopital.envoyer(&courriel_de(&octets, rang as u128 + 10, true)).await;
        }
        relever_un_peu(&monde, &reglages, async || {
            let lus = recus(&monde).await;
            classees(&monde).await == 3 && lus.len() == 3 && lus.iter().all(|lue| lue.accuse.as_ref().is_some_and(|accuse| accuse.etat == EtatAccuse::Parti))
        }).await;
        let liste = monde.lire(IDE, &format!("/residents/{ANNA}/documents?origine=recu")).await.texte;
        assert!(liste.contains("Lettre de liaison") && liste.contains("biologi"), "{liste}");

        let mut reponses = Vec::new();
        for _ in RETOURS {
            let (_, mail) = hopital.prochain().await;
            let MailKind::Disposition(rapport) = &mail.kind else { panic!("{:?}", mail.kind) };
            assert_eq!((rapport.disposition, rapport.failure.is_none(), rapport.is_automatic), (DispositionType::Processed, true, true));
            assert!(mail.is_automatic && mail.receipt_to.is_empty() && mail.return_path.as_deref() == Some(""), "nobody may answer it");
            reponses.push(rapport.original_message_id.clone().expect("which mail"));
        }
        reponses.sort();
        assert_eq!(reponses, ["lettre-10@hopital-test.mssante.fr", "lettre-11@hopital-test.mssante.fr", "lettre-12@hopital-test.mssante.fr"]);
        let page = monde.lire(IDE, &format!("/liaisons/reception/{}", recus(&monde).await[0].id)).await.texte;
        assert!(page.contains(&format!("« intégré », envoyé à {HOPITAL}")), "{page}");
        monde.travailler().await.expect("nothing more");
        assert_eq!(hopital.attendent().await, 0, "each mail is answered once");
    }
}
