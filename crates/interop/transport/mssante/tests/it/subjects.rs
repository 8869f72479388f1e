//! Subjects.

use mssante::{DocumentSubject, IntegrationCode, SubjectKind};

use crate::support::subject;

#[test]
fn a_subject_says_document_and_patient() {
    assert_eq!(subject().print(), "XDM/1.0/DDM+Document de liaison d'urgence ESSAI-ÉTÉ Camille 28/03/1979");
    let broken = DocumentSubject { title: " Deux\r\nBcc: x\tmots ".to_owned(), given: String::new(), ..subject() };
    assert_eq!(broken.print(), "XDM/1.0/DDM+Deux Bcc: x mots ESSAI-ÉTÉ 28/03/1979");
}

#[test]
fn the_subject_of_documents_is_recognised() {
    let about = |text: &str| match SubjectKind::of(text) {
        SubjectKind::Documents { about } => about,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(about("XDM/1.0/DDM+Lettre X Y 01/02/1930"), "Lettre X Y 01/02/1930");
    assert_eq!(about(" xdm/1.0/ddm+Lettre"), "Lettre");
    assert_eq!(about("XDM/1.0/DDM"), "");
    for text in ["", "Re: XDM/1.0/DDM+x", "XDM/1.0", "Bonjour", "XDM/1.0/DD\u{e9}"] {
        assert_eq!(SubjectKind::of(text), SubjectKind::Other, "{text}");
    }
}

#[test]
fn both_forms_of_a_refusal_are_recognised() {
    let refusal = |code, about: &str| SubjectKind::Refusal { code, about: about.to_owned() };
    let unknown = Some(IntegrationCode::PatientUnknown);
    for text in [
        "[KO Intégration système !][902] XDM/1.0/DDM+X",
        "[KO Integration systeme!][902] XDM/1.0/DDM+X",
        "[ko intégration SYSTÈME ! ] [902] XDM/1.0/DDM+X",
        "[Erreur d’intégration !][902] XDM/1.0/DDM+X",
        "[Erreur d'intégration !][ 902 ] XDM/1.0/DDM+X",
    ] {
        assert_eq!(SubjectKind::of(text), refusal(unknown, "XDM/1.0/DDM+X"), "{text}");
    }
    assert_eq!(SubjectKind::of("[KO Intégration système !][999] X"), refusal(None, "X"));
    assert_eq!(SubjectKind::of("[KO Intégration système !] X"), refusal(None, "X"));
    for text in ["[KO][902] X", "KO Intégration système ! 902", "[Erreur][902] X", "[", "[]", "[KO Intégration système"] {
        assert_eq!(SubjectKind::of(text), SubjectKind::Other, "{text}");
    }
}

#[test]
fn integration_codes_are_900_to_906() {
    for number in 0..=1_000_u16 {
        let parsed = IntegrationCode::parse(&number.to_string());
        assert_eq!(parsed.map(IntegrationCode::number), (900..=906).contains(&number).then_some(number));
    }
    assert_eq!(IntegrationCode::parse("0902"), None);
}
