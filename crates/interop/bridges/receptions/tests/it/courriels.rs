//! Mails through the sas: opened level by level, filed, queued; nothing twice, nothing lost.

use documents::{Attente, EtatReception, Issue, Nature, Suite};
use testkit::TestStore;

use crate::fabrique::{PDF, colis, courriel, officiel};
use crate::monde::{ANNA, IDE, Monde};

const LETTRE: &str = "cda/examples/LDL-SES_2022.01.xml";
const INS: &str = "279035121518989";

fn lettre() -> Option<(Vec<u8>, String)> {
    let octets = officiel(LETTRE)?;
    let lue = cda_r2::parse(&octets, &cda_r2::Limits::default()).expect("readable");
    let id = lue.header.id;
    let unique = id.extension.map_or_else(|| id.root.clone(), |extension| format!("{}^{extension}", id.root));
    Some((octets, unique))
}

/// A text mail with one attachment.
fn simple(nom: &str, mime: &str, octets: &str) -> Vec<u8> {
    format!(
        "From: Secretariat <secretariat@hopital-test.mssante.fr>\r\nTo: sources@ehpad-test.mssante.fr\r\nSubject: Compte rendu\r\n\
         Message-ID: <{nom}@hopital-test.mssante.fr>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n\
         --B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBonjour, voici le compte rendu.\r\n\
         --B\r\nContent-Type: {mime}\r\nContent-Disposition: attachment; filename=\"{nom}\"\r\n\r\n{octets}\r\n--B--\r\n"
    )
    .into_bytes()
}

testkit::on_both! {
    async fn a_mail_opens_its_package_which_opens_its_letter_which_files_itself(store: TestStore) {
        let Some((octets, unique)) = lettre() else { return };
        let monde = Monde::new(store).await;
        let mail = courriel("a", &colis(&octets, &unique, INS));
        let recue = monde.recevoir("courriel.eml", &mail).await;
        assert_eq!(recue.etat, EtatReception::Ouverte { parties: 2 });
        assert!(recue.apercu.as_ref().and_then(|apercu| apercu.texte.as_deref()).is_some_and(|texte| texte.contains("lettre de sortie")));
        let parties = monde.parties(&recue).await;
        assert_eq!(parties.iter().map(|partie| partie.nom.as_str()).collect::<Vec<_>>(), ["IHE_XDM.zip", "lettre.pdf"]);
        assert_eq!(parties[0].etat, EtatReception::Ouverte { parties: 1 });
        assert_eq!(parties[1].etat, EtatReception::Jointe);
        let lettre = &monde.parties(&parties[0]).await[0];
        let EtatReception::Classee { usager, document, automatique: true, .. } = lettre.etat.clone() else { panic!("{:?}", lettre.etat) };
        assert_eq!((usager, lettre.taille), (ANNA, octets.len() as u64));
        let page = monde.lire(IDE, &format!("/residents/{ANNA}/documents/{document}")).await;
        assert!(page.texte.contains("PAT-TROIS"));

        let encore = monde.recevoir("courriel.eml", &mail).await;
        assert_eq!(encore.etat, EtatReception::Doublon { de: recue.id });
        let autre = monde.recevoir("autre.eml", &courriel("b", &colis(&octets, &unique, INS))).await;
        assert_eq!(autre.etat, EtatReception::Ouverte { parties: 2 });
        assert_eq!(monde.parties(&autre).await[0].etat, EtatReception::Doublon { de: parties[0].id });
        assert_eq!(monde.toutes().await.len(), 8, "two mails of two files, one letter, and three links to the first ones");
    }

    async fn a_package_which_names_another_person_than_its_letter_waits(store: TestStore) {
        let Some((octets, unique)) = lettre() else { return };
        let monde = Monde::new(store).await;
        let recue = monde.recevoir("IHE_XDM.zip", &colis(&octets, &unique, "299999999999999")).await;
        let lettre = &monde.parties(&recue).await[0];
        let EtatReception::EnAttente { raison: Attente::Illisible, code: Some(code), .. } = &lettre.etat else { panic!("{:?}", lettre.etat) };
        assert_eq!(code, "xdm_patient_different");
        assert!(documents::phrase_erreur(code).contains("nomme une autre"));
    }

    async fn attachments_without_a_package_are_each_received(store: TestStore) {
        let monde = Monde::new(store).await;
        let recue = monde.recevoir("a.eml", &simple("cr.pdf", "application/pdf", &String::from_utf8_lossy(PDF))).await;
        assert_eq!(recue.etat, EtatReception::Ouverte { parties: 1 });
        let pdf = &monde.parties(&recue).await[0];
        assert_eq!(pdf.etat.attente(), Some(Attente::SansIdentite));
        let recue = monde.recevoir("b.eml", &simple("cr.docx", "application/octet-stream", "PK? pas un fichier")).await;
        assert_eq!(monde.parties(&recue).await[0].etat.attente(), Some(Attente::FormatInconnu));
        let message = b"From: a@b.mssante.fr\r\nSubject: Lit libre\r\n\r\nUn lit se lib\xc3\xa8re mardi.\r\n";
        let recue = monde.recevoir("c.eml", message).await;
        assert_eq!(recue.etat.attente(), Some(Attente::Courriel));
        let page = monde.lire(IDE, &format!("/liaisons/reception/{}", recue.id)).await;
        assert!(page.texte.contains("Un lit se libère mardi."));
    }

    async fn receipts_are_entrusted_with_what_they_say(store: TestStore) {
        let monde = Monde::new(store).await;
        let accuse = "From: <>\r\nReturn-Path: <>\r\nTo: sources@ehpad-test.mssante.fr\r\nSubject: Re\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/report; report-type=disposition-notification; boundary=R\r\n\r\n\
            --R\r\nContent-Type: text/plain\r\n\r\n902^Patient inconnu\r\n--R\r\nContent-Type: message/disposition-notification\r\n\r\n\
            Final-Recipient: rfc822; urgences@hopital-test.mssante.fr\r\nOriginal-Message-ID: <dlu-1@ehpad-test.mssante.fr>\r\n\
            Disposition: automatic-action/MDN-sent-automatically; processed/Error: 902^Patient inconnu\r\n\r\n--R--\r\n";
        let recue = monde.recevoir("accuse.eml", accuse.as_bytes()).await;
        assert_eq!(recue.etat, EtatReception::Confiee { suite: Suite::Accuses, usager: None });
        let apercu = recue.value.apercu.expect("read");
        assert_eq!(apercu.nature, Nature::Courriel);
        let accuse = &apercu.accuses[0];
        assert_eq!((accuse.reference.as_str(), accuse.issue), ("dlu-1@ehpad-test.mssante.fr", Issue::Refuse));
        assert_eq!((accuse.destinataire.as_str(), accuse.detail.as_str()), ("urgences@hopital-test.mssante.fr", "902^Patient inconnu"));
    }
}
