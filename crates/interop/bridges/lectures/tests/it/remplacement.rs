//! A document which replaces another, one annulled, one nobody can read.

use http::StatusCode;
use medical::Nature;
use monde_essai::une_maison::{ANNA, BRUNO, IDE, SECRETAIRE};
use propositions::Etat;
use testkit::TestStore;

use crate::lettre::{lettre, retour, section, traitement};
use crate::monde::{base, classer, connu, dossier, geste, lecture, ligne, livrer, monde, proposees, recevoir};

testkit::on_both! {
    async fn a_corrected_letter_withdraws_what_waited_and_keeps_what_was_decided(store: TestStore) {
        let monde = monde(store).await;
        connu(&monde, 1, Nature::Traitement, "Apixaban 5 mg, comprimé", "1 matin et soir").await;
        let ancien = classer(&monde, &retour("1.2.3", None)).await;
        let prise = ligne(&monde, "PARACETAMOL").await;
        monde.envoyer(IDE, &base(&format!("/{}", prise.id)), &geste("accepter", "1")).await;
        let nouveau = classer(&monde, &lettre("1.2.4", Some("1.2.3"), &[section("10183-2", &[traitement("APIXABAN 2,5 mg", "60000009", "1 matin et soir")])])).await;
        assert_ne!(ancien, nouveau);
        let lues = proposees(&monde).await;
        let anciennes: Vec<_> = lues.iter().filter(|lu| lu.source.document == ancien).collect();
        assert_eq!(anciennes.len(), 6);
        for lu in &anciennes {
            match &lu.etat {
                Etat::Acceptee { .. } => assert_eq!(lu.id, prise.id),
                Etat::Retiree { par_document, .. } => assert_eq!(*par_document, nouveau, "known lines included"),
                autre => panic!("{autre:?}"),
            }
        }
        assert_eq!(lues.iter().filter(|lu| lu.source.document == nouveau && lu.attend()).count(), 1);
        assert_eq!(lecture(&monde, ancien).await.remplacee_par, Some(nouveau));
        let retiree = anciennes.iter().find(|lu| lu.ligne.libelle.starts_with("Fibrillation")).expect("a withdrawn line");
        let reponse = monde.envoyer(IDE, &base(&format!("/{}", retiree.id)), &geste("accepter", "2")).await;
        assert_eq!(reponse.status, StatusCode::SEE_OTHER, "told what became of it");
        assert_eq!(dossier(&monde).await.len(), 2, "nothing was taken of a withdrawn line");
        let page = monde.lire(IDE, &base("")).await.texte;
        assert!(page.contains("1 ligne attend") && page.contains("retirée : son document a été remplacé"), "{page}");
    }

    async fn an_annulled_document_gives_nothing(store: TestStore) {
        let monde = monde(store).await;
        let document = classer(&monde, &retour("1.2.3", None)).await;
        let champs = [("version", "1"), ("motif", "erreur de destinataire")];
        assert_eq!(monde.envoyer(IDE, &format!("/residents/{ANNA}/documents/{document}/annuler"), &champs).await.status, StatusCode::SEE_OTHER);
        let lu = ligne(&monde, "Fibrillation").await;
        let reponse = monde.envoyer(IDE, &base(&format!("/{}", lu.id)), &geste("accepter", "1")).await;
        assert_eq!(reponse.status, StatusCode::BAD_REQUEST);
        assert!(reponse.texte.contains("annulé ou remplacé"), "{}", reponse.texte);
        assert!(dossier(&monde).await.is_empty());
        assert!(!monde.lire(IDE, &base("")).await.texte.contains("value=\"accepter\""), "no button offers it");
    }

    async fn what_cannot_be_read_is_said_on_the_document_until_somebody_read_it(store: TestStore) {
        let monde = monde(store).await;
        let (recue, document) = recevoir(&monde, b"<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><id root=\"1.2.3\"").await;
        assert!(document.is_none());
        let version = recue.version.to_string();
        let champs = [("version", version.as_str()), ("usager", &ANNA.to_string())];
        assert_eq!(monde.envoyer(SECRETAIRE, &format!("/liaisons/reception/{}/classer", recue.id), &champs).await.status, StatusCode::SEE_OTHER);
        livrer(&monde).await;
        let document = kernel::id::derived(recue.id, "document");
        assert!(lecture(&monde, document).await.echec.is_some());
        let page = monde.lire(IDE, &format!("/residents/{ANNA}/documents/{document}")).await.texte;
        assert!(page.contains("Les lignes de ce document n'ont pas pu être lues"), "{page}");
        assert!(monde.lire(IDE, "/propositions?quoi=a_lire").await.texte.contains("BRUMELLE"));
        assert_eq!(monde.envoyer(IDE, &format!("/residents/{BRUNO}/lectures/{document}"), &[]).await.status, StatusCode::NOT_FOUND);
        for _ in 0..2 {
            assert_eq!(monde.envoyer(IDE, &format!("/residents/{ANNA}/lectures/{document}"), &[]).await.status, StatusCode::SEE_OTHER);
        }
        assert_eq!(lecture(&monde, document).await.vue.as_ref().map(|vue| vue.par.as_str()), Some("Essai ide"));
        assert!(!monde.lire(IDE, "/propositions").await.texte.contains("BRUMELLE"));
    }

    async fn results_of_a_message_filed_by_a_person_are_proposed(store: TestStore) {
        let monde = monde(store).await;
        let message = crate::hostiles::oru(&["OBX|1|NM|2951-2^Sodium^LN||132|mmol/L|136-145|L|||F|||202611180730"]);
        let (recue, _) = recevoir(&monde, message.as_bytes()).await;
        let version = recue.version.to_string();
        let champs = [("version", version.as_str()), ("usager", &ANNA.to_string())];
        assert_eq!(monde.envoyer(SECRETAIRE, &format!("/liaisons/reception/{}/classer", recue.id), &champs).await.status, StatusCode::SEE_OTHER);
        livrer(&monde).await;
        let lu = ligne(&monde, "Sodium").await;
        assert_eq!((lu.ligne.detail.as_str(), lu.ligne.anormal), ("132 mmol/L · bas · référence 136-145", true));
        monde.envoyer(IDE, &base(&format!("/{}", lu.id)), &geste("accepter", "1")).await;
        let elements = dossier(&monde).await;
        assert_eq!((elements[0].nature, elements[0].detail.as_str()), (Nature::Resultat, "132 mmol/L · bas · référence 136-145"));
    }
}
