//! Lines beside the record, pure; the way through the router is tested in `interop/bridges/lectures`.

#![expect(clippy::expect_used, reason = "in a fixture a failure is a failed test, told where it happened")]

use jiff::Timestamp;
use jiff::civil::{Date, date};
use kernel::id::{EtablissementId, UsagerId};
use medical::{Code, Element, Etat as EtatElement, Nature, Origine};
use platform::store::Stored;
use propositions::{Connaissances, Deja, Etat, Famille, Ligne, Proposition, Source, Verdict, deja, pareil, rangees};
use uuid::Uuid;

const DOCUMENT: Uuid = Uuid::from_u128(0xD0);
const JOUR: Date = date(2026, 11, 21);

fn garde<E>(id: Uuid, value: E) -> Stored<E> {
    Stored { id, version: 1, seq: 1, at: None, person: None, author: Uuid::nil(), recorded: Timestamp::UNIX_EPOCH, value }
}

fn element(rang: u128, libelle: &str, detail: &str) -> Stored<Element> {
    let element = Element {
        usager: UsagerId(Uuid::nil()),
        etablissement: EtablissementId(Uuid::nil()),
        nature: Nature::Traitement,
        libelle: libelle.into(),
        code: None,
        debut: None,
        detail: detail.into(),
        precision: String::new(),
        a_risque: false,
        note_le: Timestamp::UNIX_EPOCH,
        origine: Origine::Saisie,
        etat: EtatElement::EnVigueur,
    };
    garde(Uuid::from_u128(rang), element)
}

fn ligne(famille: Famille, libelle: &str, detail: &str) -> Ligne {
    Ligne { detail: detail.into(), ..Ligne::new(format!("{}/{libelle}", famille.code()), famille, libelle) }
}

fn proposition(ligne: Ligne) -> Stored<Proposition> {
    let source = Source { document: DOCUMENT, titre: "Lettre".into(), auteur: String::new(), date: JOUR };
    let id = Proposition::id(DOCUMENT, &ligne.repere);
    let usager = UsagerId(Uuid::nil());
    let etablissement = EtablissementId(Uuid::nil());
    garde(id, Proposition { usager, etablissement, source, ligne, proposee_le: Timestamp::UNIX_EPOCH, etat: Etat::Proposee })
}

fn verdicts(elements: &[Stored<Element>], lignes: &[Stored<Proposition>]) -> Vec<(Verdict, String)> {
    let lues: Vec<&Stored<Proposition>> = lignes.iter().collect();
    let rangees = rangees(elements, &lues, &[DOCUMENT], JOUR);
    let nom = |rangee: &propositions::Rangee<'_>| {
        rangee.lignes.first().map_or_else(|| rangee.avant.expect("a side").libelle.clone(), |lu| lu.ligne.libelle.clone())
    };
    rangees.iter().map(|rangee| (rangee.verdict, nom(rangee))).collect()
}

#[test]
fn each_treatment_stands_on_one_row_and_what_changes_comes_first() {
    let elements = [
        element(1, "Apixaban 2,5 mg", "1 matin et soir"),
        element(2, "Furosémide 40 mg", "1 le matin"),
        element(3, "Lactulose", "1 sachet"),
        element(4, "Bisoprolol 2,5 mg", "1 le matin"),
        element(5, "Mirtazapine 15 mg", "1 le soir"),
    ];
    let lignes = [
        proposition(ligne(Famille::TraitementAdmission, "MIRTAZAPINE 15 mg cp", "1 le soir")),
        proposition(ligne(Famille::TraitementArrete, "FUROSEMIDE 40 mg", "")),
        proposition(ligne(Famille::TraitementSortie, "APIXABAN 5 mg", "1 matin et soir")),
        proposition(ligne(Famille::TraitementSortie, "Bisoprolol 2,5 mg", "1 le matin")),
        proposition(ligne(Famille::TraitementSortie, "Paracétamol 1 g", "si besoin")),
    ];
    let attendu = [
        (Verdict::Change, "APIXABAN 5 mg"),
        (Verdict::Nouveau, "Paracétamol 1 g"),
        (Verdict::Arrete, "FUROSEMIDE 40 mg"),
        (Verdict::AdmissionSeule, "MIRTAZAPINE 15 mg cp"),
        (Verdict::NonCite, "Lactulose"),
        (Verdict::Inchange, "Bisoprolol 2,5 mg"),
    ];
    assert_eq!(verdicts(&elements, &lignes), attendu.map(|(verdict, nom)| (verdict, nom.to_owned())));
}

#[test]
fn without_a_list_of_discharge_what_is_taken_on_admission_is_compared() {
    let elements = [element(1, "Amisulpride 100 mg", "1 par jour")];
    let lignes = [proposition(ligne(Famille::TraitementAdmission, "AMISULPRIDE 200 mg", "1 par jour"))];
    assert_eq!(verdicts(&elements, &lignes), [(Verdict::Change, "AMISULPRIDE 200 mg".to_owned())]);
}

#[test]
fn the_entry_a_line_made_is_now_not_before() {
    let mut prise = element(1, "Paracétamol 1 g", "si besoin");
    prise.value.origine = Origine::Document { document: DOCUMENT, repere: "x".into() };
    let mut arrete = element(2, "Furosémide 40 mg", "1 le matin");
    arrete.value.etat = EtatElement::Termine { le: JOUR, motif: String::new() };
    let mut ancien = element(3, "Furosémide 20 mg", "1 le matin");
    ancien.value.etat = EtatElement::Termine { le: date(2025, 1, 1), motif: String::new() };
    let lignes = [
        proposition(ligne(Famille::TraitementSortie, "Paracétamol 1 g", "si besoin")),
        proposition(ligne(Famille::TraitementArrete, "FUROSEMIDE 40 mg", "")),
    ];
    let attendu = [(Verdict::Nouveau, "Paracétamol 1 g".to_owned()), (Verdict::Arrete, "FUROSEMIDE 40 mg".to_owned())];
    assert_eq!(verdicts(&[prise, arrete, ancien], &lignes), attendu, "ended long ago, it was not there");
}

#[test]
fn when_two_treatments_could_be_meant_none_is() {
    let (un, autre) = (element(1, "Furosémide 40 mg", "matin"), element(2, "Furosémide 20 mg", "midi"));
    let deux = [&un, &autre];
    assert!(pareil(&ligne(Famille::TraitementSortie, "FUROSEMIDE 60 mg", ""), &deux).is_none());
    assert_eq!(pareil(&ligne(Famille::TraitementSortie, "furosemide 20 MG", ""), &deux).map(|lu| lu.id), Some(autre.id));
    assert!(pareil(&ligne(Famille::TraitementSortie, "Furoate 20 mg", ""), &deux).is_none(), "a beginning in common is nothing");
    assert!(pareil(&ligne(Famille::TraitementSortie, "40 mg", ""), &deux).is_none());
}

#[test]
fn known_is_the_same_code_or_the_same_words_at_the_same_date() {
    let connu = |elements: &[Stored<Element>], ligne: &Ligne| deja(ligne, Connaissances { elements, allergies: None });
    let mut maladie = element(1, "FA", "");
    maladie.value.nature = Nature::Pathologie;
    maladie.value.code = Code::cim10("I48.9");
    let mut dite = ligne(Famille::Pathologie, "Fibrillation auriculaire", "");
    assert_eq!(connu(&[maladie.clone()], &dite), None);
    dite.codes = vec![Code::cim10("I48.9").expect("a code")];
    assert_eq!(connu(&[maladie.clone()], &dite), Some(Deja::Entree(maladie.id)));
    let autre = Ligne { famille: Famille::Antecedent, ..dite.clone() };
    assert_eq!(connu(&[maladie.clone()], &autre), None, "another family");
    maladie.value.etat = EtatElement::Annule { motif: "erreur".into() };
    assert_eq!(connu(&[maladie], &dite), None, "written by mistake");
    let mut sodium = element(2, "Sodium", "132 mmol/L");
    sodium.value.nature = Nature::Resultat;
    sodium.value.debut = Some("2026-11-18".parse().expect("a date"));
    let mut lu = ligne(Famille::Resultat, "Sodium", "132 mmol/L");
    assert_eq!(connu(&[sodium.clone()], &lu), None, "another day, another result");
    lu.debut = sodium.debut;
    assert_eq!(connu(&[sodium.clone()], &lu), Some(Deja::Entree(sodium.id)));
    let dose = element(3, "Apixaban 5 mg", "1 matin et soir");
    assert_eq!(connu(std::slice::from_ref(&dose), &ligne(Famille::TraitementSortie, "Apixaban 5 mg", "1 le matin")), None);
    assert_eq!(
        connu(std::slice::from_ref(&dose), &ligne(Famille::TraitementSortie, "APIXABAN 5 mg", "1 matin et soir")),
        Some(Deja::Entree(dose.id))
    );
    assert_eq!(connu(&[dose], &ligne(Famille::TraitementArrete, "Apixaban 5 mg", "")), None, "it is still taken");
}
