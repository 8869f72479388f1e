//! One house, documents received for one of its residents, and the messages which follow.

use documents::{Canal, EtatReception, Reception};
use kernel::dates::DatePartielle;
use kernel::ins::{DocumentIdentite, Identite, Ins, LieuNaissance, Matricule, Oid, Sexe, Traits};
use medical::{Element, Etat as EtatElement, Nature, Origine};
use monde_essai::Monde;
use monde_essai::une_maison::{self, ANNA, ETAB};
use platform::store::{OutboxItem, Query, Reach, Stored};
use propositions::{Lecture, Proposition};
use testkit::TestStore;
use usagers::Identification;
use uuid::Uuid;

/// The modules a document goes through, and Anna whose qualified identity files her documents.
pub(crate) async fn monde(store: TestStore) -> Monde {
    let modules = vec![
        documents::module(),
        medical::module(),
        propositions::module(),
        sejours::module(),
        usagers::module(),
        constantes::module(),
    ];
    let monde = une_maison::semer(Monde::nouveau(store, true, modules)).await;
    let lieu = LieuNaissance::new("51215").expect("a place");
    let naissance = "1979-03-28".parse().expect("a date");
    let traits = Traits::new("PAT-TROIS", "DOMINIQUE MARIE-LOUISE", naissance, Sexe::Feminin, lieu).expect("traits");
    let ins = Ins::new(Matricule::new("279035121518989").expect("a number"), Oid::Test).expect("an INS");
    let identite = Identite::provisoire(traits.clone()).insi_obtenue(ins, traits).expect("INSi");
    let identite = identite.document_verifie(DocumentIdentite::Passeport).expect("qualified");
    let fiche = Identification { usager: ANNA, etablissement: ETAB, identite, nom_utilise: None, prenom_utilise: None };
    monde.ecrire(Identification::id(ANNA), &fiche).await;
    monde
}

/// Delivers what waits, as the worker does; twice, since a message may come again.
pub(crate) async fn livrer(monde: &Monde) {
    let now = monde.services.clock.now();
    let items: Vec<OutboxItem> = monde.store.outbox(now, 100).await.expect("outbox");
    for item in items {
        for _ in 0..2 {
            assert_eq!(item.topic, documents::TOPIC_CLASSE);
            lectures::classe(&monde.services, &item).await.expect("the message ends");
        }
        monde.store.outbox_done(item.n, now).await.expect("done");
    }
}

/// Receives a file; the document it became, when it filed itself.
pub(crate) async fn recevoir(monde: &Monde, octets: &[u8]) -> (Stored<Reception>, Option<Uuid>) {
    let canal = Canal { code: "fichier".into(), etablissement: Some(ETAB), emetteur: "CHU d'essai".into() };
    let recue = documents::recevoir(&monde.services, canal, "lettre.xml", octets).await.expect("received");
    let document = if let EtatReception::Classee { document, .. } = recue.etat { Some(document) } else { None };
    livrer(monde).await;
    (recue, document)
}

/// The document of a file which files itself.
pub(crate) async fn classer(monde: &Monde, octets: &[u8]) -> Uuid {
    recevoir(monde, octets).await.1.expect("filed by itself")
}

/// What is proposed for Anna, in the order of its document.
pub(crate) async fn proposees(monde: &Monde) -> Vec<Stored<Proposition>> {
    let mut lues: Vec<Stored<Proposition>> = monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("list");
    lues.sort_by(|a, b| a.ligne.repere.cmp(&b.ligne.repere));
    lues
}

/// The line of these words.
pub(crate) async fn ligne(monde: &Monde, libelle: &str) -> Stored<Proposition> {
    let lues = proposees(monde).await;
    lues.into_iter().find(|lu| lu.ligne.libelle.starts_with(libelle)).expect("the line is there")
}

/// The medical file of Anna.
pub(crate) async fn dossier(monde: &Monde) -> Vec<Stored<Element>> {
    monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("list")
}

/// The reading of a document.
pub(crate) async fn lecture(monde: &Monde, document: Uuid) -> Stored<Lecture> {
    monde.lu::<Lecture>(Lecture::id(document)).await
}

/// An entry the house wrote before.
pub(crate) async fn connu(monde: &Monde, rang: u128, nature: Nature, libelle: &str, detail: &str) -> Uuid {
    let id = Uuid::from_u128(0x700 + rang);
    let element = Element {
        usager: ANNA,
        etablissement: ETAB,
        nature,
        libelle: libelle.into(),
        code: None,
        debut: Some("2021-03".parse::<DatePartielle>().expect("a date")),
        detail: detail.into(),
        precision: String::new(),
        a_risque: false,
        note_le: testkit::instant("2026-11-01T08:00:00Z"),
        origine: Origine::Saisie,
        etat: EtatElement::EnVigueur,
    };
    monde.ecrire(id, &element).await;
    id
}

/// Address of the lines of Anna.
pub(crate) fn base(suite: &str) -> String {
    format!("/residents/{ANNA}/propositions{suite}")
}

/// Fields which settle a line as it is.
pub(crate) fn geste<'a>(geste: &'a str, version: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("geste", geste), ("version", version)]
}
