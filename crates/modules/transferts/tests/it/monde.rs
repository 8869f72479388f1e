//! Two houses; in the first a resident whose record holds something of every family.

use documents::{Document, DocumentCourant, DocumentMedical, Famille, Origine};
use etablissements::Chambre;
use http::StatusCode;
use kernel::id::{CompteId, EtablissementId, UniteId, UsagerId};
use kernel::ins::{Identite, LieuNaissance, Sexe, Traits};
use medical::{Consignes, Element};
use monde_essai::{Monde, Resident, role};
use platform::acces::{CibleOpposition, Opposition, Rattachement};
use platform::store::{BlobId, OutboxItem, Query, Reach, Stored};
use sejours::{NatureMouvement, Sejour};
use testkit::TestStore;
use transferts::{Transfert, TransfertRecu, lane_arrivees};
use usagers::{Civilite, Identification};
use uuid::Uuid;

pub(crate) const A: EtablissementId = EtablissementId(Uuid::from_u128(0xA));
pub(crate) const B: EtablissementId = EtablissementId(Uuid::from_u128(0xB));
pub(crate) const GENETS: UniteId = UniteId(Uuid::from_u128(0xA1));
pub(crate) const RIVE: UniteId = UniteId(Uuid::from_u128(0xB1));
pub(crate) const ANNA: UsagerId = UsagerId(Uuid::from_u128(0x10));
pub(crate) const LIT: Uuid = Uuid::from_u128(0xB2);
/// Coordinating nurses, who read and write nearly everything of their house.
pub(crate) const IDEC_A: CompteId = CompteId(Uuid::from_u128(0x101));
pub(crate) const IDEC_B: CompteId = CompteId(Uuid::from_u128(0x102));
/// Admissions of B: no health data.
pub(crate) const ADM_B: CompteId = CompteId(Uuid::from_u128(0x103));
/// Direction of B: reads administrative data, writes none.
pub(crate) const DIR_B: CompteId = CompteId(Uuid::from_u128(0x104));
/// A carer of A.
pub(crate) const AS_A: CompteId = CompteId(Uuid::from_u128(0x105));
/// Secretary of A: proposes, does not read the medical file.
pub(crate) const SEC_A: CompteId = CompteId(Uuid::from_u128(0x106));

/// Entries of the medical file: family, words, whether they move.
pub(crate) const ELEMENTS: [(&str, &str, bool); 8] = [
    ("pathologie", "Fibrillation QATHOLOGIE", true),
    ("antecedent", "Infarctus QNTECEDENT", true),
    ("intervention", "Prothèse de hanche QNTERVENTION", true),
    ("traitement", "Apixaban QRAITEMENT", true),
    ("bmr", "Portage QBMR", true),
    ("resultat", "Clairance QRESULTAT", true),
    ("vaccination", "Grippe QVACCIN", true),
    ("dispositif", "Déambulateur QAPPAREIL", false),
];

/// Documents: kind, title, medical secrecy, whether they move.
pub(crate) const DOCUMENTS: [(&str, &str, bool, bool); 7] = [
    ("11490-0", "Lettre QLETTRE", true, true),
    ("11502-2", "Biologie QBIOLOGIE", true, true),
    ("57833-6", "Ordonnance QORDONNANCE", true, true),
    ("11369-6", "Vaccinations QCARNET", true, true),
    ("EXPPAT_3", "Directives QDIRECTIVES", true, false),
    ("80788-3", "Projet QPROJET", true, false),
    ("51851-4", "Contrat QCONTRAT", false, false),
];

pub(crate) fn traits(nom: &str) -> Traits {
    let naissance = "12/03/1936".parse().expect("a date");
    Traits::new(nom, "ANNA MARIE", naissance, Sexe::Feminin, LieuNaissance::new("63113").expect("a place")).expect("traits")
}

/// The world, with everything in the record of A.
pub(crate) async fn monde(store: TestStore) -> Monde {
    let modules = vec![
        transferts::module(),
        sejours::module(),
        usagers::module(),
        medical::module(),
        documents::module(),
        constantes::module(),
        transmissions::module(),
        plan_de_soins::module(),
    ];
    let monde = Monde::nouveau(store, true, modules);
    for (id, nom, finess) in [(A, "Les Genêts", "750000018"), (B, "La Rivière", "750000026")] {
        monde.maison(id, nom, finess).await;
    }
    monde.unite(GENETS, A, "Genêts", 0).await;
    monde.unite(RIVE, B, "Rive", 0).await;
    let chambre =
        serde_json::json!({"etablissement": B, "unite": RIVE, "numero": "12", "rang": 1, "lits": [{"id": LIT, "lettre": ""}]});
    monde.ecrire(Chambre::id(B, "12"), &serde_json::from_value::<Chambre>(chambre).expect("a room")).await;
    let comptes = [
        (IDEC_A, "idec", A),
        (IDEC_B, "idec", B),
        (ADM_B, "admissions", B),
        (DIR_B, "direction", B),
        (AS_A, "as", A),
        (SEC_A, "secretaire", A),
    ];
    for (id, profil, lieu) in comptes {
        monde
            .compte(id, &format!("Essai {profil} {}", if lieu == A { "un" } else { "deux" }), vec![role(profil, Some(lieu), &[])])
            .await;
    }
    habiter(&monde).await;
    medicaliser(&monde).await;
    entourer(&monde).await;
    monde
}

async fn habiter(monde: &Monde) {
    monde
        .resident(&Resident {
            id: ANNA,
            nom: "Brumelle",
            prenom: "Anna",
            civilite: Civilite::Madame,
            lieu: (A, GENETS),
            chambre: "214",
        })
        .await;
    let identification = Identification {
        usager: ANNA,
        etablissement: A,
        identite: Identite::provisoire(traits("BRUMELLE")),
        nom_utilise: None,
        prenom_utilise: Some("Anna".into()),
    };
    monde.ecrire(Identification::id(ANNA), &identification).await;
    let opposition = Opposition { cible: CibleOpposition::Profil("kinesitherapeute".into()), categories: Vec::new() };
    monde.changer::<Rattachement>(Rattachement::id(ANNA), |porte| porte.oppositions = vec![opposition]).await;
}

async fn medicaliser(monde: &Monde) {
    for (rang, (nature, libelle, _)) in ELEMENTS.into_iter().enumerate() {
        let lu = serde_json::json!({"usager": ANNA, "etablissement": A, "nature": nature, "libelle": libelle, "note_le": testkit::START});
        monde.ecrire(Uuid::from_u128(0x300 + rang as u128), &serde_json::from_value::<Element>(lu).expect("an entry")).await;
    }
    for (rang, (code, titre, medical, _)) in DOCUMENTS.into_iter().enumerate() {
        let blob = monde.store.seal_blob(titre.as_bytes()).expect("sealed");
        let document = document(code, titre, medical, blob.id().clone());
        let id = Uuid::from_u128(0x400 + rang as u128);
        if medical {
            monde.ecrire(id, &DocumentMedical(document)).await;
        } else {
            monde.ecrire(id, &DocumentCourant(document)).await;
        }
    }
    let consignes = serde_json::json!({"usager": ANNA, "etablissement": A, "commentaire": "QCONSIGNE"});
    monde.ecrire(Consignes::id(ANNA), &serde_json::from_value::<Consignes>(consignes).expect("instructions")).await;
}

fn document(code: &str, titre: &str, medical: bool, blob: BlobId) -> Document {
    Document {
        usager: ANNA,
        etablissement: A,
        titre: titre.into(),
        type_code: code.into(),
        date_document: "2026-10-01".parse().expect("a day"),
        auteur: "Dr Essai".into(),
        origine: Origine::Recu,
        blob,
        mime: "application/pdf".into(),
        nom_fichier: "lettre.pdf".into(),
        taille: 10,
        famille: if medical { Famille::Medical } else { Famille::Courant },
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
    }
}

/// What must stay: alerts but allergies, habits, contacts, transmissions, vital signs, care plan.
async fn entourer(monde: &Monde) {
    let alertes = serde_json::json!({"usager": ANNA, "etablissement": A, "texture": "QTEXTURE",
        "allergies": {"etat": "connues", "liste": [{"agent": "QALLERGENE", "reaction": "oedème"}]},
        "signaux": [{"code": "fugue", "libelle": "QSIGNAL", "depuis": testkit::START, "note_par": "x"}]});
    monde.ecrire(usagers::Alertes::id(ANNA), &serde_json::from_value::<usagers::Alertes>(alertes).expect("alerts")).await;
    let mesure = serde_json::json!({"usager": ANNA, "etablissement": A, "unite": GENETS, "type_code": "poids", "valeur": "52.4", "unite_mesure": "kg",
        "mesuree_le": testkit::START, "saisie_le": testkit::START, "commentaire": "QMESURE", "auteur_nom": "x"});
    monde.ecrire(Uuid::from_u128(0x501), &serde_json::from_value::<constantes::Constante>(mesure).expect("a measure")).await;
    let note = serde_json::json!({"id": Uuid::from_u128(0x502), "usager": ANNA, "etablissement": A, "unite": GENETS, "theme": "sommeil",
        "donnees": "QTRANSMISSION", "fait_le": testkit::START, "saisi_le": testkit::START, "auteur": AS_A, "auteur_nom": "x", "auteur_profil": "as"});
    monde.ecrire(Uuid::from_u128(0x502), &serde_json::from_value::<transmissions::Transmission>(note).expect("a note")).await;
    let plan = plan_de_soins::Plan { changement: "QPLAN".into(), ..plan_de_soins::Plan::vide(ANNA, A) };
    monde.ecrire(plan_de_soins::Plan::id(ANNA), &plan).await;
}

pub(crate) const DEMANDE: [(&str, &str); 6] = [
    ("prevu_le", "2026-11-21"),
    ("raison", "rapprochement"),
    ("precision", "Sa fille habite à côté."),
    ("accord", "personne"),
    ("accord_le", "2026-11-20"),
    ("id", "00000000-0000-7000-8000-0000000000f1"),
];
pub(crate) const ID: Uuid = Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_00f1);

/// A proposes to B.
pub(crate) async fn proposer(monde: &Monde) {
    let vers = B.to_string();
    let champs: Vec<(&str, &str)> = DEMANDE.into_iter().chain([("vers", vers.as_str())]).collect();
    let page = monde.envoyer(IDEC_A, &format!("/residents/{ANNA}/transfert"), &champs).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.texte);
}

/// Delivers what waits, as the worker does; twice, since a message may come again.
pub(crate) async fn livrer(monde: &Monde) {
    for item in attente(monde).await {
        for _ in 0..2 {
            transferts::traiter(&monde.services, &item).await.expect("handled");
        }
        monde.store.outbox_done(item.n, monde.services.clock.now()).await.expect("done");
    }
}

/// Messages of the module which wait; those of others are settled.
pub(crate) async fn attente(monde: &Monde) -> Vec<OutboxItem> {
    let now = monde.services.clock.now();
    let (siens, autres): (Vec<_>, Vec<_>) =
        monde.store.outbox(now, 100).await.expect("outbox").into_iter().partition(|item| item.topic == transferts::TOPIC);
    for item in autres {
        monde.store.outbox_done(item.n, now).await.expect("done");
    }
    siens
}

pub(crate) async fn recu(monde: &Monde) -> Stored<TransfertRecu> {
    monde.lu(Transfert::id_recu(ID)).await
}

/// What B's list of transfers in progress holds.
pub(crate) async fn arrivees(monde: &Monde) -> Vec<Stored<TransfertRecu>> {
    monde.store.list(&Reach::All, &Query::lane(&lane_arrivees(B, true))).await.expect("list")
}

/// B accepts, with these fields more; gives the record opened there.
pub(crate) async fn accepter(monde: &Monde, champs: &[(&str, &str)]) -> UsagerId {
    let lu = recu(monde).await;
    let version = lu.version.to_string();
    let mut tous = vec![("version", version.as_str()), ("genre", "permanent"), ("prevu_le", "2026-11-21")];
    tous.extend_from_slice(champs);
    let page = monde.envoyer(ADM_B, &format!("/transferts/{}/accepter", lu.id), &tous).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.texte);
    recu(monde).await.dossier().expect("a record")
}

/// B notes the arrival.
pub(crate) async fn arriver(monde: &Monde, champs: &[(&str, &str)]) {
    let lu = recu(monde).await;
    let version = lu.version.to_string();
    let mut tous = vec![("version", version.as_str()), ("jour", "2026-11-21"), ("heure", "07:55")];
    tous.extend_from_slice(champs);
    let page = monde.envoyer(ADM_B, &format!("/transferts/{}/arrivee", lu.id), &tous).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.texte);
}

pub(crate) async fn sejours_de(monde: &Monde, usager: UsagerId) -> Vec<Stored<Sejour>> {
    monde.store.list(&Reach::All, &Query::person(usager)).await.expect("list")
}

pub(crate) async fn mouvements_de(monde: &Monde, usager: UsagerId) -> Vec<NatureMouvement> {
    let lus: Vec<Stored<sejours::Mouvement>> = monde.store.list(&Reach::All, &Query::person(usager)).await.expect("list");
    lus.iter().map(|lu| lu.nature).collect()
}
