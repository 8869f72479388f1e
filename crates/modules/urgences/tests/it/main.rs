//! Emergencies through the router, on both engines.

#![expect(clippy::expect_used, reason = "in a fixture a failure is a failed test, told where it happened")]

mod dlu;
mod fiche;
mod lien;

use medical::{Consignes, Element, Etat, Nature, NiveauSoins, Origine};
use monde_essai::une_maison::{ANNA, ETAB};
use monde_essai::{Monde, une_maison};
use platform::offline::Operations;
use platform::store::{Query, Reach, Stored};
use testkit::TestStore;
use urgences::Etape;
use uuid::Uuid;

async fn monde(store: TestStore) -> Monde {
    let modules = vec![
        urgences::module(),
        medical::module(),
        sejours::module(),
        transmissions::module(),
        constantes::module(),
        usagers::module(),
    ];
    let mut operations = Operations::default();
    for module in &modules {
        (module.offline)(&mut operations);
    }
    une_maison::semer(Monde::branche(store, true, modules, operations, urgences::brancher)).await
}

fn element(nature: Nature, libelle: &str, a_risque: bool) -> Element {
    Element {
        usager: ANNA,
        etablissement: ETAB,
        nature,
        libelle: libelle.into(),
        code: None,
        debut: None,
        detail: "matin et soir".into(),
        precision: String::new(),
        a_risque,
        note_le: "2026-11-01T08:00:00Z".parse().expect("an instant"),
        origine: Origine::Saisie,
        etat: Etat::EnVigueur,
    }
}

/// Mme Brumelle's medical file: an anticoagulant, a disease, a level of care.
async fn dossier(monde: &Monde) {
    monde.ecrire(Uuid::from_u128(0x501), &element(Nature::Traitement, "Apixaban", true)).await;
    monde.ecrire(Uuid::from_u128(0x502), &element(Nature::Pathologie, "Fibrillation auriculaire", false)).await;
    let consignes = Consignes { niveau: Some(NiveauSoins::B), ..Consignes::vides(ANNA, ETAB) };
    monde.ecrire(Consignes::id(ANNA), &consignes).await;
}

async fn etapes(monde: &Monde) -> Vec<Stored<Etape>> {
    monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("list")
}

/// The text of a page, its no-break spaces as spaces.
fn lisible(page: &str) -> String {
    page.replace(['\u{a0}', '\u{202f}'], " ")
}
