//! With a real operator: the mail arrives, its package is right, receipts are followed, a letter comes back and files itself.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use courriers_mssante::{Fichiers, Piece, Reglages, composer, relever};
use documents::EtatReception;
use liaisons::Suivi;
use mssante::{
    Address, AfterStore, Answer, ClientCertificate, Content, Correspondent, Cursor, DocumentMail, DocumentSubject, ImapServer,
    Integration, Limits, Login, Mail, MailKind, MessageId, Outcome, OutgoingMail, Policy, Received, SmtpServer, Store, Tls,
    receipt_address,
};
use platform::store::{Query, Reach, Stored};
use testkit::{IMAPS, Operator, Rules, SMTPS, TestStore, Validator};

use crate::monde::{ANNA, BOITE, ETAB, HOPITAL, IDE, Monde};

pub(crate) fn operateur() -> Option<Operator> {
    let keys = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mss-keys");
    Operator::start(&testkit::check_or_skip()?, &keys)
}

pub(crate) fn reglages(operateur: &Operator) -> Reglages {
    Reglages::lire(&fichiers(operateur)).expect("settings")
}

fn fichiers(operateur: &Operator) -> Fichiers {
    let reglages = operateur.settings(&std::env::temp_dir());
    Fichiers {
        smtp: reglages.smtp,
        imap: reglages.imap,
        domaine: reglages.domain,
        autorites: reglages.authorities,
        certificat: reglages.certificate,
        cle: reglages.key,
        domaines_de_confiance: Vec::new(),
        mot_de_passe: Some(reglages.password),
        boites: std::collections::BTreeMap::new(),
    }
}

/// The hospital: its mailbox, read and written by the same codecs.
pub(crate) struct Hopital {
    smtp: SmtpServer,
    imap: ImapServer,
    cursor: Option<Cursor>,
    lus: Vec<Vec<u8>>,
}

impl Store for Hopital {
    type Error = std::convert::Infallible;

    async fn store(&mut self, message: Received<'_>) -> Result<(), Self::Error> {
        if let Content::Whole(octets) = message.content {
            self.lus.push(octets.to_vec());
        }
        self.cursor = Some(message.cursor);
        Ok(())
    }
}

impl Hopital {
    pub(crate) fn new(operateur: &Operator) -> Self {
        let (chain, key) = (operateur.read("ca/dui.pem"), operateur.read("ca/dui.key"));
        let certificate = ClientCertificate { chain_pem: &chain, key_pem: &key };
        let tls = Tls::new(&operateur.read("ca/ca.pem"), Some(certificate)).expect("TLS");
        let smtp = SmtpServer {
            host: "localhost".into(),
            port: SMTPS,
            hello: "hopital-test.mssante.fr".into(),
            tls: tls.clone(),
            command_timeout: Duration::from_secs(20),
            message_timeout: Duration::from_mins(1),
        };
        let imap = ImapServer {
            host: "localhost".into(),
            port: IMAPS,
            tls,
            timeout: Duration::from_secs(20),
            limits: Limits::default(),
        };
        Self { smtp, imap, cursor: None, lus: Vec::new() }
    }

    /// How many mails wait now.
    pub(crate) async fn attendent(&mut self) -> usize {
        let login = Login::Password { user: HOPITAL.into(), password: "secret".into() };
        let mut boite = self.imap.open(&login).await.expect("an open mailbox");
        let cursor = self.cursor;
        boite.receive(cursor, self, &AfterStore::MarkSeen).await.expect("received");
        self.lus.len()
    }

    /// The next mail, waited for.
    pub(crate) async fn prochain(&mut self) -> (Vec<u8>, Mail) {
        let login = Login::Password { user: HOPITAL.into(), password: "secret".into() };
        for _ in 0..40 {
            let mut boite = self.imap.open(&login).await.expect("an open mailbox");
            let cursor = self.cursor;
            boite.receive(cursor, self, &AfterStore::MarkSeen).await.expect("received");
            if let Some(octets) = self.lus.pop() {
                let mail = mssante::parse(&octets, &Limits::default()).expect("a mail");
                return (octets, mail);
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        panic!("no mail came");
    }

    pub(crate) async fn envoyer(&self, mail: &OutgoingMail) {
        let remise = self.smtp.submit(mail).await;
        assert!(remise.recipients.iter().all(|(_, issue)| matches!(issue, Outcome::Accepted { .. })), "{remise:?}");
    }
}

/// Reads the mailboxes for a while, as the worker does all the time.
pub(crate) async fn relever_un_peu(monde: &Monde, reglages: &Reglages, fini: impl AsyncFn() -> bool) {
    let releve = tokio::spawn(relever(Arc::clone(&monde.services), Arc::new(reglages.clone())));
    for _ in 0..60 {
        tokio::time::sleep(Duration::from_millis(500)).await;
        monde.travailler().await.expect("settled");
        if fini().await {
            releve.abort();
            return;
        }
    }
    releve.abort();
    panic!("nothing came in thirty seconds");
}

fn adresse(texte: &str) -> Address {
    Address::new(texte).expect("an address")
}

testkit::on_both! {
    async fn the_dlu_arrives_is_acknowledged_and_the_letter_files_itself(store: TestStore) {
        let Some(operateur) = operateur() else { return };
        let reglages = reglages(&operateur);
        let monde = Monde::new(store, Some(reglages.clone())).await;
        let mut hopital = Hopital::new(&operateur);
        monde.demander_dlu().await;
        monde.travailler().await.expect("sent");
        let envoi = monde.envois().await.remove(0);
        assert_eq!(envoi.etat(), Suivi::Remis, "{:?}", envoi.pas);
        let fiche = monde.lire(IDE, &format!("/residents/{ANNA}/urgence")).await.texte;
        assert!(fiche.contains("DLU envoyé : CHU d'essai, urgences"), "{fiche}");

        let (octets, mail) = hopital.prochain().await;
        assert_eq!(mail.subject, "XDM/1.0/DDM+Document de liaison d'urgence, version 1 PAT-TROIS DOMINIQUE 28/03/1979");
        let MailKind::Documents { packages, readable: Some(_) } = &mail.kind else { panic!("{:?}", mail.kind) };
        let colis = &mail.attachments[packages[0]].bytes;
        juger("dlu", colis);
        let lu = xdm::read(colis, &xdm::Limits::default()).expect("a package");
        let dlu = cda_r2::parse(&lu.subsets[0].documents[0].bytes, &cda_r2::Limits::default()).expect("a document");
        assert_eq!(dlu.header.patient.birth_family(), Some("PAT-TROIS"));

        let to = receipt_address(&mail).expect("a receipt is wanted");
        let from = Correspondent::new(adresse(HOPITAL));
        let message_id = MessageId::new("accuse-1@hopital-test.mssante.fr").expect("an id");
        let answer = Answer {
            message_id: &message_id,
            date: SystemTime::UNIX_EPOCH + Duration::from_hours(490_000),
            from: &from,
            original: &octets,
            mail: &mail,
            integration: Integration::Processed,
            text: "Intégré.",
        };
        hopital.envoyer(&answer.receipt(&to, &Policy::default()).expect("a receipt").mail).await;
        relever_un_peu(&monde, &reglages, async || monde.envois().await[0].etat() == Suivi::Integre).await;

        if let Some(lettre) = testkit::interop_or_skip() {
            let lettre = std::fs::read(lettre.join("cda/examples/LDL-SES_2022.01.xml")).expect("the letter");
            hopital.envoyer(&courriel_de(&lettre, 1, false)).await;
            relever_un_peu(&monde, &reglages, async || classees(&monde).await == 1).await;
            let documents = monde.lire(IDE, &format!("/residents/{ANNA}/documents")).await.texte;
            assert!(documents.contains("Lettre de liaison"), "{documents}");
        }
        let boites = monde.lire(IDE, "/liaisons/messageries").await.texte;
        assert!(boites.contains("relevée") && boites.contains(BOITE), "{boites}");
    }

    async fn a_recipient_the_operator_refuses_is_told_and_may_be_tried_again(store: TestStore) {
        let Some(operateur) = operateur() else { return };
        let monde = Monde::new(store, Some(reglages(&operateur))).await;
        monde.envoyer(IDE, &format!("/residents/{ANNA}/dlu/signature"), &[]).await;
        let formulaire = monde.lire(IDE, &format!("/residents/{ANNA}/envois/nouveau")).await.texte;
        let document = formulaire.split("name=\"documents\" value=\"").nth(1).and_then(|reste| reste.split('"').next()).expect("a document").to_owned();
        let champs = [("documents", document.as_str()), ("destinataire-0", "personne@inconnu-test.mssante.fr"), ("accuse", "oui")];
        monde.envoyer(IDE, &format!("/residents/{ANNA}/envois"), &champs).await;
        monde.travailler().await.expect("settled");
        let envoi = monde.envois().await.remove(0);
        assert_eq!(envoi.etat(), Suivi::Refuse, "{:?}", envoi.destinataires);
        let page = monde.lire(IDE, &format!("/residents/{ANNA}/envois/{}", envoi.id)).await.texte;
        assert!(page.contains("Envoyer de nouveau") && page.contains("refusé"), "{page}");
        let hors = [("documents", document.as_str()), ("destinataire-0", "quelquun@exemple.fr")];
        monde.envoyer(IDE, &format!("/residents/{ANNA}/envois"), &hors).await;
        monde.travailler().await.expect("settled");
        let liste = monde.lire(IDE, "/liaisons/envois?etat=voir").await.texte;
        assert!(liste.contains("quelquun@exemple.fr"), "{liste}");
    }
}

pub(crate) async fn classees(monde: &Monde) -> usize {
    let lues: Vec<Stored<documents::Reception>> =
        monde.store.list(&Reach::All, &Query::lane(&documents::lane_traitees(ETAB.0))).await.expect("list");
    lues.iter().filter(|lue| matches!(lue.etat, EtatReception::Classee { automatique: true, .. })).count()
}

/// A mail of the hospital with one document; `rang` tells it from the others, `accuse` asks for a receipt.
pub(crate) fn courriel_de(lettre: &[u8], rang: u128, accuse: bool) -> OutgoingMail {
    let piece = Piece { id: uuid::Uuid::from_u128(0x1E00 + rang), octets: lettre.to_vec(), lisible: None };
    let origine = xdm::Origin { institution: "CHU d'essai".into(), contact: "0".into(), software: "essai".into() };
    let colis =
        composer(uuid::Uuid::from_u128(0xE100 + rang), &[piece], testkit::instant(testkit::START), &origine).expect("a package");
    let message_id = MessageId::new(&format!("lettre-{rang}@hopital-test.mssante.fr")).expect("an id");
    let from = Correspondent::new(adresse(HOPITAL));
    let to = [adresse(BOITE)];
    let subject = DocumentSubject {
        title: "Lettre".into(),
        family: "PAT-TROIS".into(),
        given: "DOMINIQUE".into(),
        birth: "28/03/1979".into(),
    };
    let mail = DocumentMail {
        message_id: &message_id,
        date: SystemTime::UNIX_EPOCH + Duration::from_hours(490_000),
        from: &from,
        reply_to: None,
        to: &to,
        subject: &subject,
        text: "Bonjour.",
        package: &colis,
        readable: None,
        in_reply_to: None,
        closes_exchange: false,
        wants_receipt: accuse,
        wants_delivery_report: false,
    };
    mail.compose(&Policy::default()).expect("a mail")
}

/// The independent validator finds nothing, when this machine has it.
pub(crate) fn juger(nom: &str, colis: &[u8]) {
    let Some(regles) = Validator::find(Rules::Xdm) else { return };
    let dossier = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("colis-{nom}-{}", std::process::id()));
    std::fs::create_dir_all(&dossier).expect("a folder");
    let fichier = dossier.join("IHE_XDM.ZIP");
    std::fs::write(&fichier, colis).expect("a package");
    let jugement = regles.run(&[], &[fichier]);
    assert!(jugement.valid, "{}", jugement.told);
}

testkit::on_both! {
    async fn a_mailbox_which_cannot_be_read_says_why_in_french_and_what_to_do(store: TestStore) {
        let Some(operateur) = operateur() else { return };
        let mot_de_passe = std::env::temp_dir().join("grappe-mss-mauvais-mot-de-passe");
        std::fs::write(&mot_de_passe, "inconnu\n").expect("a file");
        let fichiers = |imap| Fichiers { imap, mot_de_passe: Some(mot_de_passe.clone()), ..fichiers(&operateur) };
        let monde = Monde::new(store, None).await;
        for (imap, dite) in [
            (format!("localhost:{IMAPS}"), "L'opérateur refuse d'ouvrir cette boîte. Vérifiez avec lui"),
            ("localhost:1".to_owned(), "L'opérateur ne répond pas. Nouvel essai automatique ; si cela dure"),
        ] {
            let reglages = Reglages::lire(&fichiers(imap)).expect("settings");
            let releve = tokio::spawn(relever(Arc::clone(&monde.services), Arc::new(reglages)));
            let mut page = String::new();
            for _ in 0..60 {
                tokio::time::sleep(Duration::from_millis(250)).await;
                page = monde.lire(IDE, "/liaisons/messageries").await.texte;
                if page.contains(dite) {
                    break;
                }
            }
            releve.abort();
            let dit = monde_essai::entre(&page, dite, "Réponse technique").to_owned();
            assert!(!dit.is_empty(), "{page}");
            for anglais in [" the ", " server", " login", "refused"] {
                assert!(!dit.contains(anglais), "apart, in small: {dit}");
            }
            assert!(monde.lire(IDE, "/liaisons/interfaces").await.texte.contains(dite));
        }
    }
}
