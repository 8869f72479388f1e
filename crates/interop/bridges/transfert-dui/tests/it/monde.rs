//! One house, a resident with stays, absences, contacts and documents; admissions and a nurse.

use documents::{Document, DocumentMedical, Famille, Origine};
use kernel::id::CompteId;
use kernel::ins::{DocumentIdentite, Identite, Ins, LieuNaissance, Matricule, Oid, Sexe, Traits};
use monde_essai::une_maison::{ANNA, ETAB};
use monde_essai::{Monde, role, une_maison};
use platform::store::{OutboxItem, Query, Reach, Stored};
use sejours::{Mouvement, NatureMouvement, Sejour};
use testkit::TestStore;
use usagers::{Contact, Entourage, Identification, RoleContact};
use uuid::Uuid;

pub(crate) const ADM: CompteId = CompteId(Uuid::from_u128(0x31));
pub(crate) const DIRECTION: CompteId = CompteId(Uuid::from_u128(0x32));

pub(crate) fn identite(nom: &str, naissance: &str, ins: bool) -> Identite {
    let naissance = naissance.parse().expect("a date");
    let traits = Traits::new(nom, "ANNA MARIE-LOUISE", naissance, Sexe::Feminin, LieuNaissance::new("51215").expect("a place"));
    let traits = traits.expect("traits");
    let provisoire = Identite::provisoire(traits.clone());
    if !ins {
        return provisoire;
    }
    let ins = Ins::new(Matricule::new("279035121518989").expect("a number"), Oid::Test).expect("an INS");
    provisoire.insi_obtenue(ins, traits).expect("an answer").document_verifie(DocumentIdentite::TOUS[0]).expect("a document")
}

/// The world, with this identity.
pub(crate) async fn monde(store: TestStore, identite: Identite) -> Monde {
    let modules = vec![transfert_dui::module(), documents::module(), sejours::module(), usagers::module()];
    let monde = une_maison::semer(Monde::nouveau(store, true, modules)).await;
    for (id, profil) in [(ADM, "admissions"), (DIRECTION, "direction")] {
        monde.compte(id, &format!("Essai {profil}"), vec![role(profil, Some(ETAB), &[])]).await;
    }
    let identification = Identification {
        usager: ANNA,
        etablissement: ETAB,
        identite,
        nom_utilise: Some("L'Épouse \"dite\"".into()),
        prenom_utilise: None,
    };
    monde.ecrire(Identification::id(ANNA), &identification).await;
    remplir(&monde).await;
    monde
}

async fn remplir(monde: &Monde) {
    let sejour: Vec<Stored<Sejour>> = monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("list");
    let sejour = sejour[0].value.id;
    let faits = [
        (NatureMouvement::Hospitalisation, "2026-05-01T08:00:00Z"),
        (NatureMouvement::RetourHospitalisation, "2026-05-04T16:00:00Z"),
        (NatureMouvement::DepartAbsence, "2026-11-20T08:00:00Z"),
    ];
    for (rang, (nature, le)) in faits.into_iter().enumerate() {
        let mouvement = Mouvement {
            sejour,
            usager: ANNA,
            etablissement: ETAB,
            nature,
            le: testkit::instant(le),
            de: String::new(),
            vers: "CH de Val-Brumeux".into(),
            motif: String::new(),
            annule: None,
            place: None,
            origine: None,
        };
        monde.ecrire(Uuid::from_u128(0x700 + rang as u128), &mouvement).await;
    }
    let contact = |n: u128, nom: &str, roles| Contact {
        id: Uuid::from_u128(n),
        nom: nom.into(),
        lien: "fille".into(),
        roles,
        telephone: "0600000000".into(),
        courriel: String::new(),
        adresse: "1 rue des Lilas".into(),
        consigne: "pas la nuit".into(),
    };
    let contacts = vec![
        contact(1, "Élise Brumelle", vec![RoleContact::PersonneDeConfiance]),
        contact(2, "Voisin", vec![RoleContact::Autre]),
    ];
    let entourage = Entourage { usager: ANNA, etablissement: ETAB, contacts, mesure: None, directives: String::new() };
    monde.ecrire(Entourage::id(ANNA), &entourage).await;
    deposer(monde, 1, "Lettre QLETTRE", "11490-0").await;
    deposer(monde, 2, "Directives", "EXPPAT_3").await;
}

/// A document whose bytes are kept.
async fn deposer(monde: &Monde, rang: u128, titre: &str, code: &str) {
    let octets = format!("%PDF-1.7 {titre}").into_bytes();
    let blob = monde.store.seal_blob(&octets).expect("sealed");
    let document = Document {
        usager: ANNA,
        etablissement: ETAB,
        titre: titre.into(),
        type_code: code.into(),
        date_document: "2026-10-01".parse().expect("a day"),
        auteur: "Dr Essai".into(),
        origine: Origine::Recu,
        blob: blob.id().clone(),
        mime: "application/pdf".into(),
        nom_fichier: "lettre.pdf".into(),
        taille: octets.len() as u64,
        famille: Famille::Medical,
        classe_le: testkit::instant(testkit::START),
        classe_par: "Essai".into(),
        identifiant: None,
        remplace: None,
        remplace_par: None,
        sans_date: false,
        reception: None,
        annule: None,
        repris: None,
        serie: None,
    };
    let mut batch = platform::store::Batch::default();
    batch
        .create(Uuid::from_u128(0x800 + rang), Uuid::nil(), testkit::instant(testkit::START), &DocumentMedical(document))
        .expect("a record");
    batch.keep(blob);
    let ligne = platform::store::Line {
        at: testkit::instant(testkit::START),
        nature: platform::store::Nature::Acte,
        verb: "essai".into(),
        account: Uuid::nil(),
        establishment: None,
        person: None,
        detail: serde_json::Map::new(),
        objects: Vec::new(),
    };
    monde.store.commit(batch.with_line(ligne)).await.expect("committed");
}

/// Messages of the bridge which wait.
pub(crate) async fn attente(monde: &Monde) -> Vec<OutboxItem> {
    let lus = monde.store.outbox(monde.services.clock.now(), 100).await.expect("outbox");
    lus.into_iter().filter(|item| item.topic == transfert_dui::TOPIC).collect()
}

/// The bytes of the export made.
pub(crate) async fn export(monde: &Monde) -> Vec<u8> {
    let documents: Vec<Stored<DocumentMedical>> = monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("list");
    let export = documents.iter().find(|lu| lu.value.0.type_code == "EXPORT_DUI").expect("an export");
    monde.store.blob(&export.value.0.blob).await.expect("read").expect("bytes")
}
