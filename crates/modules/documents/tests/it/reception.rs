//! The sas: nothing received is lost, nothing is filed by guess, nothing is filed twice.

use documents::{Attente, EtatReception, Reception};
use http::StatusCode;
use platform::store::{Query, Reach, Stored};
use testkit::TestStore;
use usagers::Identification;

use crate::monde::{ANNA, AS, BRUNO, ETAB, IDE, Monde, PDF, SECRETAIRE, cda, cda_de};
use monde_essai::Reponse;

const PRENOMS: &str = "DOMINIQUE MARIE-LOUISE";

async fn file(monde: &Monde) -> Vec<Stored<Reception>> {
    monde.store.list(&Reach::All, &Query::lane(&documents::lane_attente(ETAB.0))).await.expect("list")
}

fn raison(reception: &Reception) -> Option<Attente> {
    reception.etat.attente()
}

testkit::on_both! {
    async fn a_qualified_identity_files_itself_and_is_read(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.identifier(ANNA, PRENOMS, true).await;
        let recue = monde.recevoir("lettre.xml", &cda("1.2.3", PRENOMS, "Chute il y a trois jours.")).await;
        let EtatReception::Classee { usager, document, automatique: true, .. } = recue.etat.clone() else { panic!("{:?}", recue.etat) };
        assert_eq!(usager, ANNA);
        assert_eq!(monde.documents(ANNA).await.len(), 1);
        let (status, page) = monde.lire(IDE, &format!("/residents/{ANNA}/documents/{document}")).await.page();
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("Chute il y a trois jours.") && page.contains("CHU d'essai"));
        let (status, _) = monde.lire(SECRETAIRE, &format!("/residents/{ANNA}/documents/{document}")).await.page();
        assert_eq!(status, StatusCode::NOT_FOUND, "a medical document is not read by the secretary");
    }

    async fn an_identity_made_or_changed_while_files_come_is_seen_at_once(store: TestStore) {
        let monde = Monde::new(store).await;
        let avant = monde.recevoir("a.xml", &cda("1.2.1", PRENOMS, "Avant.")).await;
        assert_eq!(raison(&avant), Some(Attente::PersonneInconnue));
        monde.identifier(ANNA, PRENOMS, true).await;
        let connue = monde.recevoir("b.xml", &cda("1.2.2", PRENOMS, "Connue.")).await;
        assert!(matches!(connue.etat, EtatReception::Classee { usager, .. } if usager == ANNA), "{:?}", connue.etat);
        let douter = |fiche: &mut Identification| fiche.identite = fiche.identite.marquer_douteuse();
        monde.changer(Identification::id(ANNA), douter).await;
        let changee = monde.recevoir("c.xml", &cda("1.2.3", PRENOMS, "Changée.")).await;
        assert_eq!(raison(&changee), Some(Attente::Ressemblance), "a doubt takes the INS away: only the traits are left");
    }

    async fn what_a_stop_left_unread_is_announced_once_and_read(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.identifier(ANNA, PRENOMS, true).await;
        let lue = monde.recevoir("a.xml", &cda("1.2.1", PRENOMS, "Texte.")).await;
        let oubliee = Reception { etat: EtatReception::Recue, apercu: None, ..lue.value.clone() };
        let id = monde.services.clock.fresh_id();
        monde.ecrire(id, &oubliee).await;
        let mut worker = platform::worker::Worker::default();
        documents::planifier(&mut worker);
        worker.on(documents::TOPIC_CLASSE, |_, _| async { Ok(()) });
        let tot = monde.services.clock.now();
        documents::annoncer_oubliees(&monde.services, tot).await.expect("announced");
        let attend = |quand| { let store = monde.store.clone(); async move {
            let messages = store.outbox(quand, 100).await.expect("outbox");
            messages.iter().filter(|message| message.topic == documents::TOPIC_RECUE).count()
        }};
        assert_eq!(attend(tot).await, 0, "it may still be being read by this process");
        let tard = tot.checked_add(jiff::SignedDuration::from_secs(121)).expect("later");
        for _ in 0..2 {
            documents::annoncer_oubliees(&monde.services, tard).await.expect("announced");
            assert_eq!(attend(tard).await, 1);
        }
        worker.settle(&monde.services).await.expect("read");
        let relue: Stored<Reception> = monde.store.get(&Reach::All, id).await.expect("store").expect("there");
        assert_eq!(raison(&relue), Some(Attente::MemeIdentifiant), "{:?}", relue.etat);
        assert_eq!(monde.documents(ANNA).await.len(), 1);
    }

    async fn the_same_bytes_are_linked_and_never_doubled(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.identifier(ANNA, PRENOMS, true).await;
        let octets = cda("1.2.3", PRENOMS, "Texte.");
        let premiere = monde.recevoir("a.xml", &octets).await;
        let seconde = monde.recevoir("b.xml", &octets).await;
        assert_eq!(seconde.etat, EtatReception::Doublon { de: premiere.id });
        assert_eq!(monde.documents(ANNA).await.len(), 1);
    }

    async fn the_same_identifier_with_other_bytes_waits(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.identifier(ANNA, PRENOMS, true).await;
        monde.recevoir("a.xml", &cda("1.2.3", PRENOMS, "Texte.")).await;
        let autre = monde.recevoir("a.xml", &cda("1.2.3", PRENOMS, "Autre texte.")).await;
        assert_eq!(raison(&autre), Some(Attente::MemeIdentifiant));
        assert_eq!(monde.documents(ANNA).await.len(), 1);
    }

    async fn everything_else_waits_with_its_reason_and_its_bytes(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.identifier(ANNA, "DOMINIQUE CLAIRE", true).await;
        let cas: [(&str, Vec<u8>, Attente); 7] = [
            ("incertain.xml", cda("1.2.3", PRENOMS, "Texte."), Attente::IdentiteIncertaine),
            ("inconnu.xml", cda_de("1.2.4", "299999999999999", "AUTRE", "Texte.").escape_nom(), Attente::PersonneInconnue),
            ("photo.pdf", PDF.to_vec(), Attente::SansIdentite),
            ("piege.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), Attente::FormatInconnu),
            ("programme.exe", b"MZ\x90\x00".to_vec(), Attente::FormatInconnu),
            ("dtd.xml", b"<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><ClinicalDocument xmlns=\"urn:hl7-org:v3\">&a;</ClinicalDocument>".to_vec(), Attente::Illisible),
            ("vide.xml", Vec::new(), Attente::FormatInconnu),
        ];
        for (nom, octets, attendue) in &cas {
            let recue = monde.recevoir(nom, octets).await;
            assert_eq!(raison(&recue), Some(*attendue), "{nom}: {:?}", recue.etat);
            assert_eq!(monde.store.blob(&recue.blob).await.expect("read").as_ref(), Some(octets), "{nom}: bytes kept");
        }
        assert_eq!(file(&monde).await.len(), cas.len());
        assert!(monde.documents(ANNA).await.is_empty());
        let (status, page) = monde.lire(SECRETAIRE, "/liaisons/reception").await.page();
        assert_eq!(status, StatusCode::OK);
        for phrase in ["identité à vérifier", "personne inconnue", "sans identité", "format non pris en charge", "DTD"] {
            assert!(page.contains(phrase), "{phrase}");
        }
    }

    async fn a_human_compares_then_files_in_two_gestures(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.identifier(ANNA, "DOMINIQUE CLAIRE", false).await;
        let recue = monde.recevoir("lettre.xml", &cda("1.2.3", PRENOMS, "Texte.")).await;
        let adresse = format!("/liaisons/reception/{}", recue.id);
        let (status, page) = monde.lire(SECRETAIRE, &adresse).await.page();
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("DOMINIQUE CLAIRE") && page.contains(PRENOMS) && page.contains("différent") && page.contains("même INS"), "{page}");
        let version = recue.version.to_string();
        let champs = [("version", version.as_str()), ("usager", &ANNA.to_string())];
        let (status, ..) = monde.envoyer(AS, &format!("{adresse}/classer"), &champs).await.acte();
        assert_eq!(status, StatusCode::FORBIDDEN, "an aide-soignant does not file");
        let (status, ..) = monde.envoyer(SECRETAIRE, &format!("{adresse}/classer"), &champs).await.acte();
        assert_eq!(status, StatusCode::SEE_OTHER);
        let (status, ..) = monde.envoyer(SECRETAIRE, &format!("{adresse}/classer"), &champs).await.acte();
        assert_eq!(status, StatusCode::CONFLICT, "filed once");
        let documents = monde.documents(ANNA).await;
        assert!(documents.len() == 1 && documents[0].classe_par == "Essai secretaire");
        assert!(file(&monde).await.is_empty());
    }

    async fn a_pdf_is_filed_after_a_search_by_name(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.identifier(BRUNO, "BRUNO", false).await;
        let recue = monde.recevoir("scan.pdf", PDF).await;
        let adresse = format!("/liaisons/reception/{}", recue.id);
        assert!(!monde.lire(SECRETAIRE, &adresse).await.texte.contains("CASTAGNOL"));
        assert!(monde.lire(SECRETAIRE, &format!("{adresse}?q=castag")).await.texte.contains("CASTAGNOL"));
        let version = recue.version.to_string();
        let type_champ = format!("type-{BRUNO}");
        let champs = [("version", version.as_str()), ("usager", &BRUNO.to_string()), (type_champ.as_str(), "51851-4")];
        monde.envoyer(SECRETAIRE, &format!("{adresse}/classer"), &champs).await;
        assert_eq!(monde.documents(BRUNO).await[0].type_code, "51851-4");
    }

    async fn a_refusal_needs_a_reason_and_keeps_everything(store: TestStore) {
        let monde = Monde::new(store).await;
        let recue = monde.recevoir("pub.pdf", PDF).await;
        let adresse = format!("/liaisons/reception/{}/rejeter", recue.id);
        let version = recue.version.to_string();
        let (status, ..) = monde.envoyer(SECRETAIRE, &adresse, &[("version", &version)]).await.acte();
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        monde.envoyer(SECRETAIRE, &adresse, &[("version", &version), ("motif", "publicité")]).await;
        assert!(file(&monde).await.is_empty());
        let (_, page) = monde.lire(SECRETAIRE, "/liaisons/reception").await.page();
        assert!(page.contains("publicité") && page.contains("rejeté"));
        assert!(monde.store.blob(&recue.blob).await.expect("read").is_some());
    }

    async fn who_reads_the_bytes_before_filing_is_a_carer_and_it_is_journalled(store: TestStore) {
        let monde = Monde::new(store).await;
        let recue = monde.recevoir("scan.pdf", PDF).await;
        let adresse = format!("/liaisons/reception/{}/fichier", recue.id);
        assert_eq!(monde.lire(SECRETAIRE, &adresse).await.status, StatusCode::FORBIDDEN);
        let Reponse { status, entetes: headers, octets, .. } = monde.lire(IDE, &adresse).await;
        assert_eq!((status, octets.as_slice()), (StatusCode::OK, PDF));
        assert_eq!(headers["content-type"], "application/pdf");
        let lignes = monde.store.journal(platform::store::JournalFilter { limit: 50, ..Default::default() }).await.expect("journal");
        assert!(lignes.iter().any(|ligne| ligne.verb == "reception.ouverte"));
    }
}

/// Another name in a document made by [`cda_de`].
trait EscapeNom {
    fn escape_nom(self) -> Vec<u8>;
}

impl EscapeNom for Vec<u8> {
    fn escape_nom(self) -> Vec<u8> {
        String::from_utf8(self).expect("utf-8").replace("PAT-TROIS", "ZURBARAN").replace("19790328", "19400101").into_bytes()
    }
}
