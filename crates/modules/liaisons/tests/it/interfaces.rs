//! The board: what a channel refused is seen and read again; what the worker failed is seen and tried again.

use documents::{Canal, EtatReception, Reception};
use http::StatusCode;
use monde_essai::une_maison::{AS, ETAB, IDE, SECRETAIRE};
use platform::store::Stored;
use platform::worker::Worker;
use testkit::TestStore;

use crate::monde;

testkit::on_both! {
    async fn a_refused_message_is_seen_and_read_again(store: TestStore) {
        let monde = monde(store).await;
        let canal = Canal { code: "mllp".into(), etablissement: Some(ETAB), emetteur: "CHU d'essai".into() };
        let octets = "<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\">".as_bytes();
        let recue: Stored<Reception> = documents::recevoir(&monde.services, canal, "message.xml", octets).await.expect("kept");
        let page = monde.lire(IDE, "/liaisons/interfaces").await.texte;
        assert!(page.contains("Messages de l'hôpital (HL7)") && page.contains("message.xml") && page.contains("illisible"), "{page}");
        assert_eq!(monde.lire(AS, "/liaisons/interfaces").await.status, StatusCode::FORBIDDEN);

        let adresse = format!("/liaisons/reception/{}/relire", recue.id);
        let ancienne = monde.envoyer(IDE, &adresse, &[("version", "99")]).await;
        assert_eq!(ancienne.status, StatusCode::CONFLICT);
        let version = recue.version.to_string();
        assert_eq!(monde.envoyer(IDE, &adresse, &[("version", &version)]).await.status, StatusCode::SEE_OTHER);
        let attend: Stored<Reception> = monde.lu(recue.id).await;
        assert_eq!(attend.etat, EtatReception::Recue, "the bytes wait for the reader");
        let mut worker = Worker::default();
        documents::planifier(&mut worker);
        worker.settle(&monde.services).await.expect("read");
        let relue: Stored<Reception> = monde.lu(recue.id).await;
        assert!(matches!(relue.etat, EtatReception::EnAttente { .. }), "{:?}", relue.etat);
        assert!(relue.version > attend.version, "it was read a second time");
    }

    async fn what_the_worker_failed_is_seen_and_tried_again_now(store: TestStore) {
        let monde = monde(store).await;
        crate::partir(&monde).await;
        let now = monde.services.clock.now();
        let message = monde.store.outbox(now, 10).await.expect("outbox").remove(0);
        let plus_tard = now.checked_add(jiff::SignedDuration::from_secs(3_600)).expect("an instant");
        monde.store.outbox_retry(message.n, plus_tard, "le voisin ne répond pas").await.expect("put back");
        let page = monde.lire(SECRETAIRE, "/liaisons/interfaces").await.texte;
        assert!(page.contains("Suivi d'un départ à l'hôpital") && page.contains("1 essais") && page.contains("le voisin ne répond pas"), "{page}");
        assert!(monde.store.outbox(now, 10).await.expect("outbox").is_empty());
        let relance = monde.envoyer(SECRETAIRE, &format!("/liaisons/interfaces/{}/relance", message.n), &[]).await;
        assert_eq!(relance.status, StatusCode::SEE_OTHER, "{}", relance.texte);
        assert_eq!(monde.store.outbox(now, 10).await.expect("outbox")[0].n, message.n);
    }
}
