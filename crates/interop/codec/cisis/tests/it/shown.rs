//! What a French reader sees, and the links from entries to it.

use cda_r2::{ClinicalDocument, Entry};
use cisis::{Dlu, Fludt, Recorded};

use crate::contents::{PLAIN, empty};
use crate::identities;
use crate::support::{header, read};

fn shown(document: &ClinicalDocument, code: &str) -> String {
    let is = |own: &cda_r2::Code| own.code.as_deref() == Some(code);
    let section = document.sections().into_iter().find(|section| section.code.as_ref().is_some_and(is));
    section.map_or_else(|| panic!("no section {code}"), |section| section.narrative.plain_text())
}

fn dlu(content: &Dlu) -> ClinicalDocument {
    read(&content.write(&header(identities::qualified())).expect("DLU"))
}

#[test]
fn a_full_dlu_says_everything_in_french() {
    let document = dlu(&PLAIN.dlu());
    let expected = [
        ("11302-7", "Hôpital de Fictiville\nBâtiment <B> 12 rue de l’Étang & des \"Tilleuls\" 00000 FICTIVILLE"),
        ("11450-4", "27/03/2020\t\tBronchite chronique\tJ41.0\tsuivie par le pneumologue"),
        ("11348-0", "04/2018\t20/05/2018\tZona"),
        ("48765-2", "Pénicilline\tallergie médicamenteuse\turticaire géante\tgrave\t1998\t\tconfirmée en 1999"),
        (
            "10160-0",
            "PARACÉTAMOL 500 mg comprimé\t1 comprimé matin, midi et soir\tVoie orale\t\t02/01/2026\t31/12/2026\tdouleurs\técraser",
        ),
        ("10160-0", "MACROGOL\t1 sachet\t\tabsence de selles depuis 3 jours"),
        ("18776-5", "oui\t01/09/2026\téquipe mobile"),
        ("42348-3", "Directives anticipées\toui\tdatées du 01/03/2025"),
        ("42348-3", "Lieu de conservation\tcoffre de l'EHPAD"),
        ("42348-3", "Personne de confiance\tLise CONFIANCE"),
        ("42348-3", "Réanimation cardiaque et respiratoire\tnon\tmots de la personne"),
        ("42545-4", "État psychique\tpeut alerter\toui"),
        ("42545-4", "État psychique\torienté\tnon"),
        ("42545-4", "État psychique\tdésorienté\tnon renseigné"),
        ("42545-4", "Mobilité\tdéambulateur"),
        ("30954-2", "bactérie multirésistante (BMR) ?\toui\t30/08/2026\tE. coli BLSE, précautions contact"),
        ("30954-2", "Créatinine\t98 umol/L\t01/10/2026\t45 à 84"),
        ("11369-6", "Grippe\toui\tVAXIGRIPTETRA\tL-42\t15/10/2026"),
        ("11369-6", "Zona\tnon\t\t\t\trefus"),
        ("55112-7", "Entend mieux à gauche."),
        ("55107-7", "Photocopies des ordonnances en cours\toui\tOrdonnance du 3"),
        ("55107-7", "Photocopie de la carte d’identité\toui, remis à part"),
        ("55107-7", "Attestation de mutuelle\tnon"),
    ];
    for (code, text) in expected {
        let section = shown(&document, code);
        assert!(section.contains(text), "{code}: {text} in\n{section}");
    }
}

#[test]
fn a_transfer_sheet_says_everything_in_french() {
    let document = read(&PLAIN.fludt().write(&header(identities::qualified())).expect("FLUDT"));
    let expected = [
        ("42545-4", "Motif\tDétresse respiratoire"),
        ("42545-4", "Circonstances\tdécouvert au sol à 3 h 10"),
        ("42545-4", "Départ\t03/11/2026 à 03:15"),
        ("8716-3", "Température corporelle\t38,6 °C\t03/11/2026 à 03:10"),
        ("8716-3", "Pression artérielle systolique\t95 mmHg"),
        ("30954-2", "État de conscience\tEveillable"),
        ("30954-2", "Douleur récente\thanche gauche\t03/11/2026 à 03:00"),
        ("30954-2", "Score de douleur (0 à 10)\t7"),
        ("30954-2", "Glycémie capillaire\t1,42 g/L"),
        ("10160-0", "APIXABAN 5 mg\t02/11/2026 à 19:00"),
        ("47420-5", "Dernier repas : 02/11/2026 à 18:30.\ntexture mixée"),
        ("46264-8", "Prothèse dentaire (haut)\tnon"),
        ("46264-8", "Prothèse dentaire (bas)\tnon renseigné"),
        ("46264-8", "Canne\toui"),
    ];
    for (code, text) in expected {
        let section = shown(&document, code);
        assert!(section.contains(text), "{code}: {text} in\n{section}");
    }
}

#[test]
fn an_empty_record_says_in_french_that_it_is() {
    let document = dlu(&Dlu::default());
    let codes: Vec<_> = document.sections().iter().filter_map(|section| section.code.as_ref()?.code.clone()).collect();
    assert_eq!(codes, ["11302-7", "48765-2", "10160-0", "42348-3", "42545-4", "30954-2", "55107-7"]);
    assert_eq!(shown(&document, "11302-7"), "Établissement de santé de préférence : non renseigné.");
    assert_eq!(shown(&document, "48765-2"), "Pas d’information sur les allergies/hypersensibilités.");
    assert_eq!(shown(&document, "10160-0"), "Pas d'information sur les traitements médicamenteux.");
    assert!(shown(&document, "42348-3").contains("Directives anticipées\tnon renseigné"));
    assert!(shown(&document, "30954-2").contains("non renseigné"));
    let fludt = read(&Fludt::default().write(&header(identities::qualified())).expect("FLUDT"));
    assert!(shown(&fludt, "42545-4").contains("Motif non renseigné"));
    assert_eq!(shown(&fludt, "8716-3").matches("non mesuré").count(), 5);
    assert!(shown(&fludt, "10160-0").contains("non renseignées"));
}

#[test]
fn each_state_of_a_list_has_its_sentence() {
    let said = |allergies| shown(&dlu(&Dlu { allergies, ..Dlu::default() }), "48765-2");
    assert_eq!(said(Recorded::NoneKnown), "Pas d'allergie/hypersensibilité connue.");
    assert_eq!(said(Recorded::NotAsked), "Allergies et hypersensibilités : information non recherchée.");
    let annexed = Recorded::Elsewhere("le document annexé".to_owned());
    assert_eq!(said(annexed), "Allergies et hypersensibilités : voir le document annexé");
    assert_eq!(said(Recorded::Items(Vec::new())), said(Recorded::Unknown));
}

fn references(entry: &Entry, found: &mut Vec<String>) {
    found.extend(entry.text.as_ref().and_then(|text| text.reference.clone()));
    for inner in &entry.entries {
        references(inner, found);
    }
}

#[test]
fn every_entry_refers_to_a_text_that_exists() {
    let header = header(identities::qualified());
    for (name, document) in PLAIN.documents(&header).into_iter().chain(empty(&header)) {
        let text = String::from_utf8(document.bytes.clone()).expect("UTF-8");
        let document = read(&document);
        let mut count = 0;
        for section in document.sections() {
            let mut found = Vec::new();
            section.entries.iter().for_each(|entry| references(entry, &mut found));
            count += found.len();
            for target in found {
                assert!(text.contains(&format!("ID=\"{target}\"")), "{name}: {target}");
            }
        }
        assert!(count > 0 && text.matches("<entry>").count() <= count, "{name}: {count}");
    }
}
