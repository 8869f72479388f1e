//! Our own letter, read entirely.

use cda_r2::{Entry, Precision, Sex, TelecomKind, Value};

use crate::support::{LETTER, read};

#[test]
fn the_header_is_read() {
    let header = read(LETTER).header;
    assert_eq!(header.id.extension.as_deref(), Some("lettre-7-2"));
    assert_eq!(header.set_id.and_then(|id| id.extension).as_deref(), Some("lettre-7"));
    assert_eq!(header.version_number, Some(2));
    assert_eq!(header.code.label(), Some("Lettre de liaison à la sortie"));
    assert_eq!(header.code.translations[0].code.as_deref(), Some("LL"));
    assert_eq!(header.title.as_deref(), Some("Lettre de liaison à la sortie"));
    assert_eq!(header.effective_time.precision(), Precision::Fraction);
    assert_eq!(header.effective_time.offset_minutes, Some(60));
    assert_eq!(header.template_ids.len(), 3);
    assert_eq!(header.language.as_deref(), Some("fr-FR"));
    let related = &header.related_documents[0];
    assert_eq!(related.type_code.as_deref(), Some("RPLC"));
    assert_eq!(related.ids[0].extension.as_deref(), Some("lettre-7-1"));
    assert_eq!(related.set_id.as_ref().and_then(|id| id.extension.as_deref()), Some("lettre-7"));
    assert_eq!(related.version_number, Some(1));
    assert_eq!(header.orders[0].extension.as_deref(), Some("D1"));
}

#[test]
fn the_patient_is_read() {
    let patient = read(LETTER).header.patient;
    assert_eq!(patient.ids.len(), 2);
    assert_eq!(patient.birth_family(), Some("L’ÉTANG-ŒUVRÉ"));
    assert_eq!(patient.birth_given_list().as_deref(), Some("ANNE-MARIE JOSÈPHE"));
    assert_eq!(patient.birth_first_given(), Some("ANNE-MARIE"));
    assert_eq!(patient.names[0].used_family(), Some("DÛMOULIN"));
    assert_eq!(patient.names[0].used_given(), Some("ANNIE"));
    assert_eq!(patient.sex(), Some(Sex::Female));
    let birth = patient.birth_time.expect("birth");
    assert_eq!((birth.year, birth.month, birth.day), (1931, Some(0), Some(0)));
    assert!(!birth.is_calendar_date());
    assert_eq!(patient.birthplace.and_then(|p| p.insee_code).as_deref(), Some("2A020"));
    assert_eq!(patient.addresses[0].display(), "3 Rue du Moulin Inventé 00000 FICTIVILLE");
    assert_eq!(patient.telecoms[0].value, "+33000000000");
    assert_eq!(patient.telecoms[1].kind, TelecomKind::Mail);
    assert_eq!(patient.guardians[0].display().as_deref(), Some("Paul TUTEUR"));
}

#[test]
fn professionals_relatives_and_stay_are_read() {
    let header = read(LETTER).header;
    let author = &header.authors[0];
    assert_eq!(author.entity.display().as_deref(), Some("DR Ève MÉDECIN"));
    assert_eq!(author.entity.code.as_ref().and_then(|c| c.code.as_deref()), Some("G15_10/SM26"));
    assert_eq!(author.entity.ids[0].extension.as_deref(), Some("899999999999"));
    assert_eq!(author.time.as_ref().map(cda_r2::Timestamp::precision), Some(Precision::Day));
    let organization = author.entity.organization.as_ref().expect("organisation");
    assert_eq!(organization.name.as_deref(), Some("Hôpital inventé"));
    assert_eq!(header.authors[1].entity.display().as_deref(), Some("Modèle Logiciel"));
    let relative = &header.informants[0].entity;
    assert_eq!(relative.class_code.as_deref(), Some("NOK"));
    assert_eq!(relative.telecoms[0].kind, TelecomKind::Other);
    let recipient = &header.recipients[0];
    assert_eq!(recipient.type_code.as_deref(), Some("PRCP"));
    assert_eq!(recipient.entity.display().as_deref(), Some("Équipe de l’EHPAD"));
    let signature = header.legal_authenticator.expect("signature");
    assert_eq!(signature.signature_code.as_deref(), Some("S"));
    assert_eq!(header.participants[0].entity.display().as_deref(), Some("TRAITANT"));
    let performer = &header.service_events[0].performers[0];
    assert_eq!(performer.entity.names[0].family(), Some("CHIRURGIEN"));
    let stay = header.encounter.expect("stay");
    assert_eq!(stay.ids[0].extension.as_deref(), Some("SEJ-9"));
    let end = stay.period.and_then(|p| p.high).and_then(|t| t.date_iso());
    assert_eq!(end.as_deref(), Some("2026-11-03"));
    assert_eq!(stay.discharge.and_then(|c| c.code).as_deref(), Some("500"));
    assert_eq!(stay.facility.and_then(|f| f.name).as_deref(), Some("Chirurgie"));
}

#[test]
fn entries_keep_dose_times_negation_and_agent() {
    let document = read(LETTER);
    let section = document.sections()[0];
    let drug = &section.entries[0];
    assert_eq!(drug.text.as_ref().and_then(|t| t.reference.as_deref()), Some("m1"));
    assert_eq!(drug.mood.as_deref(), Some("INT"));
    assert_eq!(drug.status.as_deref(), Some("active"));
    assert_eq!(drug.effective_times[1].operator.as_deref(), Some("A"));
    let period = drug.effective_times[1].period.as_ref().expect("period");
    assert_eq!((period.value.as_deref(), period.unit.as_deref()), (Some("8"), Some("h")));
    let low = drug.dose.as_ref().and_then(|d| d.low.as_ref()).and_then(|q| q.value.as_deref());
    assert_eq!(low, Some("0.5"));
    let product = drug.product.as_ref().expect("product");
    assert_eq!(product.name.as_deref(), Some("Paracétamol inventé"));
    assert_eq!(product.lot.as_deref(), Some("L7"));
    let inner: &Entry = &drug.entries[0];
    assert!(inner.negated && inner.inverted);
    assert_eq!(inner.relation.as_deref(), Some("SUBJ"));
    let weight = &section.entries[1].entries[0];
    let Value::Quantity(range) = &weight.values[0] else { panic!("a quantity") };
    assert_eq!(range.value.as_ref().and_then(|q| q.value.as_deref()), Some("62.40"));
    let allergy = &section.entries[2];
    assert_eq!(allergy.code.as_ref().and_then(|c| c.original_reference.as_deref()), Some("c1"));
    assert_eq!(allergy.participants[0].name.as_deref(), Some("Pénicilline"));
    assert!(matches!(&allergy.values[0], Value::Code(c) if c.label() == Some("pénicilline")));
    assert_eq!(allergy.values[1], Value::Boolean(false));
    assert!(matches!(&allergy.values[2], Value::Time(t) if t.null_flavor.as_deref() == Some("UNK")));
    assert_eq!(allergy.values[3], Value::Absent("NA".to_owned()));
    assert!(matches!(&allergy.values[4], Value::Other { text: Some(t), .. } if t == "texte"));
}

#[test]
fn media_are_decoded_and_defects_are_told() {
    let document = read(LETTER);
    let media = document.media("img1").expect("media");
    assert_eq!(media.file.bytes, b"\x89PNG\r\n\x1a\n\0\x01");
    assert_eq!(media.file.detected_type, Some("image/png"));
    let told = document.warnings.join("\n");
    for expected in [
        "not a date of the calendar",
        "lacks its padding",
        "says it is image/jpeg but it is image/png",
        "shows a file \"absent\"",
    ] {
        assert!(told.contains(expected), "{expected} in {told}");
    }
    assert_eq!(document.warnings.len(), 4, "{told}");
    assert_eq!(document.sections().len(), 2);
    assert_eq!(document.sections()[1].title.as_deref(), Some("Arrêtés"));
}
