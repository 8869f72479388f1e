//! Whose is it: the strict rule, and everything which must not pass it.

use documents::{Attente, Fiche, PatientLu, Verdict, candidats, decider};
use kernel::id::UsagerId;
use kernel::ins::{DocumentIdentite, Identite, Ins, LieuNaissance, Matricule, Oid, Sexe, Traits};
use uuid::Uuid;

use crate::monde::{ANNA, BRUNO, ETAB};

const INS: &str = "279035121518989";

fn traits(prenoms: &str) -> Traits {
    Traits::new(
        "PAT-TROIS",
        prenoms,
        "1979-03-28".parse().expect("date"),
        Sexe::Feminin,
        LieuNaissance::new("51215").expect("place"),
    )
    .expect("traits")
}

fn fiche(usager: UsagerId, identite: Identite) -> Fiche {
    Fiche { usager, etablissement: ETAB, identite }
}

fn qualifiee(prenoms: &str) -> Identite {
    let ins = Ins::new(Matricule::new(INS).expect("number"), Oid::Test).expect("ins");
    let obtenue = Identite::provisoire(traits(prenoms)).insi_obtenue(ins, traits(prenoms)).expect("insi");
    obtenue.document_verifie(DocumentIdentite::CarteIdentite).expect("document")
}

fn patient() -> PatientLu {
    PatientLu {
        ins: vec![(Oid::Test.as_str().into(), INS.into())],
        nom_naissance: Some("PAT-TROIS".into()),
        prenoms: Some("DOMINIQUE MARIE-LOUISE".into()),
        premier_prenom: Some("DOMINIQUE".into()),
        nom_affiche: "DOMINIQUE PAT-TROIS".into(),
        sexe: Some("F".into()),
        naissance: Some("1979-03-28".into()),
        lieu: Some("51215".into()),
    }
}

const PRENOMS: &str = "DOMINIQUE MARIE-LOUISE";

#[test]
fn a_qualified_ins_with_the_five_traits_files_itself() {
    assert_eq!(decider(Some(&patient()), &[fiche(ANNA, qualifiee(PRENOMS))]), Verdict::Certain(ANNA, ETAB));
}

#[test]
fn each_trait_which_differs_or_lacks_stops_it() {
    let fiches = [fiche(ANNA, qualifiee(PRENOMS))];
    let changes: [fn(&mut PatientLu); 8] = [
        |patient| patient.nom_naissance = Some("PAT-QUATRE".into()),
        |patient| patient.prenoms = Some("DOMINIQUE".into()),
        |patient| patient.prenoms = None,
        |patient| patient.sexe = Some("M".into()),
        |patient| patient.naissance = Some("1979-03-29".into()),
        |patient| patient.naissance = Some("1979-03-00".into()),
        |patient| patient.lieu = Some("51216".into()),
        |patient| patient.lieu = None,
    ];
    for change in changes {
        let mut autre = patient();
        change(&mut autre);
        assert_eq!(decider(Some(&autre), &fiches), Verdict::Humain(Attente::IdentiteIncertaine), "{autre:?}");
    }
}

#[test]
fn an_identity_which_is_not_qualified_never_files_itself() {
    let ins = Ins::new(Matricule::new(INS).expect("number"), Oid::Test).expect("ins");
    let recuperee = Identite::provisoire(traits(PRENOMS)).insi_obtenue(ins, traits(PRENOMS)).expect("insi");
    let validee = Identite::provisoire(traits(PRENOMS)).document_verifie(DocumentIdentite::Passeport).expect("document");
    assert_eq!(decider(Some(&patient()), &[fiche(ANNA, recuperee)]), Verdict::Humain(Attente::IdentiteIncertaine));
    assert_eq!(decider(Some(&patient()), &[fiche(ANNA, validee)]), Verdict::Humain(Attente::Ressemblance));
}

#[test]
fn two_records_with_the_same_ins_need_a_human() {
    let fiches = [fiche(ANNA, qualifiee(PRENOMS)), fiche(BRUNO, qualifiee(PRENOMS))];
    assert_eq!(decider(Some(&patient()), &fiches), Verdict::Humain(Attente::IdentiteIncertaine));
}

#[test]
fn two_different_ins_in_the_file_count_for_none() {
    let mut double = patient();
    double.ins.push((Oid::Test.as_str().into(), "279035121518990".into()));
    assert!(matches!(decider(Some(&double), &[fiche(ANNA, qualifiee(PRENOMS))]), Verdict::Humain(_)));
}

#[test]
fn without_identity_or_record_it_says_so() {
    assert_eq!(decider(None, &[]), Verdict::Humain(Attente::SansIdentite));
    assert_eq!(decider(Some(&patient()), &[]), Verdict::Humain(Attente::PersonneInconnue));
}

#[test]
fn candidates_come_closest_first_with_their_differences() {
    let mut soeur = patient();
    soeur.ins.clear();
    let proche = fiche(ANNA, Identite::provisoire(traits(PRENOMS)));
    let loin = fiche(UsagerId(Uuid::from_u128(12)), Identite::provisoire(traits("CLAIRE")));
    let etranger = Traits::new("AUTRE", "CLAIRE", "1940-01-01".parse().expect("date"), Sexe::Feminin, LieuNaissance::inconnu())
        .expect("traits");
    let autre = fiche(BRUNO, Identite::provisoire(etranger));
    let trouves = candidats(&soeur, &[autre, loin, proche]);
    assert_eq!(trouves.len(), 2);
    assert_eq!((trouves[0].usager, trouves[0].ecarts.len(), trouves[0].meme_ins), (ANNA, 0, false));
    assert_eq!(trouves[1].ecarts, [kernel::ins::TraitStrict::PrenomsNaissance]);
}
