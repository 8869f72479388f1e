//! Receipts others ask for, without any operator: when they are due, when there is none, what the page says.

use documents::{AccuseRendu, Canal, Courrier, EtatAccuse, Reception, Refus, Reponse, Reserve};
use http::StatusCode;
use platform::store::Stored;
use testkit::TestStore;
use uuid::Uuid;

use crate::monde::{BOITE, ETAB, HOPITAL, IDE, Monde};

/// A mail without document, with these headers.
fn courriel(entetes: &str) -> Vec<u8> {
    let texte = "Content-Type: text/plain; charset=utf-8\r\n\r\nPouvez-vous nous rappeler ?\r\n";
    format!("{entetes}From: <{HOPITAL}>\r\nTo: <{BOITE}>\r\nSubject: Question\r\n{texte}").into_bytes()
}

fn demande(vers: &str, retour: &str) -> String {
    format!("Return-Path: <{retour}>\r\nMessage-ID: <q1@hopital-test.mssante.fr>\r\nDisposition-Notification-To: <{vers}>\r\n")
}

async fn recevoir(monde: &Monde, octets: &[u8]) -> Uuid {
    let canal = Canal { code: "mssante".into(), etablissement: Some(ETAB), emetteur: HOPITAL.into() };
    let courrier = Courrier { boite: BOITE.into(), reserve: Reserve::default(), accuse: true };
    let id = documents::garder_courrier(&monde.services, (canal, courrier), "courriel.eml", octets).await.expect("kept");
    let _ = monde.travailler().await;
    id
}

/// Somebody sets it aside; gives what the worker said.
async fn rejeter(monde: &Monde, id: Uuid) -> Result<usize, platform::Erreur> {
    let lue: Stored<Reception> = monde.lu(id).await;
    let version = lue.version.to_string();
    let adresse = format!("/liaisons/reception/{id}/rejeter");
    let page = monde.envoyer(IDE, &adresse, &[("version", &version), ("motif", "lu, rappelé")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.texte);
    monde.travailler().await
}

async fn accuse(monde: &Monde, id: Uuid) -> Option<AccuseRendu> {
    monde.lu::<Reception>(id).await.value.accuse
}

testkit::on_both! {
    async fn it_is_due_once_somebody_settled_the_mail_and_waits_for_an_operator(store: TestStore) {
        let monde = Monde::new(store, None).await;
        let id = recevoir(&monde, &courriel(&demande(HOPITAL, HOPITAL))).await;
        assert_eq!(accuse(&monde, id).await, None, "nobody read it");
        let page = monde.lire(IDE, &format!("/liaisons/reception/{id}")).await.texte;
        assert!(page.contains("pas encore rendu") && page.contains(BOITE), "{page}");
        assert!(rejeter(&monde, id).await.is_err(), "it is tried again later");
        let rendu = accuse(&monde, id).await.expect("prepared");
        assert_eq!((rendu.reponse, rendu.etat, rendu.vers.as_str()), (Reponse::Lu, EtatAccuse::APartir, HOPITAL));
        let page = monde.lire(IDE, &format!("/liaisons/reception/{id}")).await.texte;
        assert!(page.contains("« lu », attend : aucun opérateur"), "{page}");
    }

    async fn none_goes_where_it_must_not(store: TestStore) {
        let monde = Monde::new(store, None).await;
        let ailleurs = "espion@ailleurs-test.mssante.fr";
        let cas = [
            (demande(ailleurs, HOPITAL), "n'est pas celle de l'expéditeur"),
            (demande(HOPITAL, ""), "accusé ou un avis automatique"),
            (format!("Auto-Submitted: auto-replied\r\n{}", demande(HOPITAL, HOPITAL)), "vient d'un automate"),
            (demande(&format!("{HOPITAL}>, <{ailleurs}"), HOPITAL), "n'est pas une adresse"),
        ];
        for (rang, (entetes, phrase)) in cas.into_iter().enumerate() {
            let id = recevoir(&monde, &courriel(&format!("X-Rang: {rang}\r\n{entetes}"))).await;
            let _ = rejeter(&monde, id).await;
            let rendu = accuse(&monde, id).await.expect("concluded");
            assert_eq!(rendu.etat, EtatAccuse::Aucun, "{entetes}");
            let page = monde.lire(IDE, &format!("/liaisons/reception/{id}")).await.texte;
            assert!(page.contains("aucun n'est envoyé") && page.contains(phrase), "{phrase}: {page}");
        }
    }

    async fn a_receipt_is_never_answered_by_a_receipt(store: TestStore) {
        let monde = Monde::new(store, None).await;
        let entetes = format!(
            "{}From: <{HOPITAL}>\r\nTo: <{BOITE}>\r\nSubject: Lu\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nLu.\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\n\
             Final-Recipient: rfc822;{HOPITAL}\r\nOriginal-Message-ID: <autre@ailleurs.fr>\r\n\
             Disposition: manual-action/MDN-sent-manually; displayed\r\n\r\n--b--\r\n",
            demande(HOPITAL, HOPITAL)
        );
        let id = recevoir(&monde, entetes.as_bytes()).await;
        let _ = rejeter(&monde, id).await;
        let rendu = accuse(&monde, id).await.expect("concluded");
        assert_eq!(rendu.etat, EtatAccuse::Aucun, "{rendu:?}");
        assert!(rendu.dit.contains("lui-même un accusé"), "{rendu:?}");
    }

    async fn what_cannot_be_read_is_refused_at_once(store: TestStore) {
        let monde = Monde::new(store, None).await;
        let corps = format!(
            "{}From: <{HOPITAL}>\r\nTo: <{BOITE}>\r\nSubject: XDM/1.0/DDM+Lettre\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nBonjour.\r\n\
             --b\r\nContent-Type: text/xml; name=lettre.xml\r\nContent-Disposition: attachment; filename=lettre.xml\r\n\r\n\
             <?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\">\r\n--b--\r\n",
            demande(HOPITAL, HOPITAL)
        );
        let id = recevoir(&monde, corps.as_bytes()).await;
        let rendu = accuse(&monde, id).await.expect("refused without anybody");
        assert_eq!((rendu.reponse, rendu.etat), (Reponse::Refuse(Refus::Autre), EtatAccuse::APartir));
    }
}
