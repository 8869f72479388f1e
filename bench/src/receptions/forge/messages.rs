//! HL7 v2 messages of a hospital about a resident, by our printer.

use anyhow::Context;
use hl7v2::{
    Address, Adt, AdtEvent, Appointment, Attachment, Authority, CarriedDocument, Carrier, Charset, Code, DocumentAction,
    DocumentMessage, EntityId, Envelope, Identifier, Movement, MovementAction, Observation, Order, Organization, Patient,
    PatientClass, PersonName, Processing, Report, ResultStatus, ResultValue, Sex, SiuEvent, Timestamp, Visit,
};

use super::letters::{Named, TEST_INS};

fn at(raw: &str) -> anyhow::Result<Timestamp> {
    Timestamp::parse(raw).with_context(|| raw.to_owned())
}

pub(super) fn envelope(number: u64) -> anyhow::Result<Envelope> {
    Ok(Envelope {
        sending_application: Authority::named("GAM"),
        sending_facility: Authority::iso("CH DES ORMES", "1.2.3.4.5"),
        receiving_application: Authority::named("DUI"),
        receiving_facility: Authority::named("GRAPPE"),
        time: at("20261103101500")?,
        control_id: format!("OR{number:09}"),
        processing: Processing::Production,
        charset: Charset::Utf8,
    })
}

fn local(value: String, kind: &str) -> Identifier {
    let authority = Authority {
        namespace: Some("ORMES".into()),
        universal_id: Some("010000001".into()),
        universal_id_type: Some("M".into()),
    };
    Identifier { value, authority: Some(authority), kind: Some(kind.to_owned()), ..Identifier::default() }
}

fn patient(named: &Named<'_>) -> anyhow::Result<Patient> {
    let given = Some(named.traits.given.to_owned());
    Ok(Patient {
        identifiers: vec![
            local(format!("I{}", named.traits.ins), "PI"),
            Identifier {
                value: named.ins.to_owned(),
                authority: Some(Authority::iso("ASIP-SANTE-INS-NIR", TEST_INS)),
                kind: Some("INS".to_owned()),
                since: Some(at("20260105")?),
                until: None,
            },
        ],
        names: vec![PersonName {
            family: Some(named.traits.family.to_owned()),
            given: given.clone(),
            given_list: given,
            prefix: None,
            kind: Some("L".to_owned()),
        }],
        birth: Some(at(&named.traits.birth)?),
        sex: Some(if named.traits.female { Sex::Female } else { Sex::Male }),
        addresses: vec![Address {
            kind: Some("BDL".to_owned()),
            insee_code: Some(named.traits.place.clone()),
            ..Address::default()
        }],
        telecoms: Vec::new(),
        account: None,
        died: None,
        dead: None,
        identity_status: vec!["VALI".to_owned()],
        updated: Some(at("20261103")?),
    })
}

/// A movement of the stay `stay`.
pub(super) fn movement(named: &Named<'_>, event: AdtEvent, number: u64, stay: u64) -> anyhow::Result<Vec<u8>> {
    let mut adt = Adt::new(event, patient(named)?);
    adt.patient.account = Some(local(format!("S{stay}"), "AN"));
    adt.recorded = Some(at("20261103101000")?);
    adt.occurred = Some(at("20261103100000")?);
    adt.visit = Some(Visit {
        class: Some(PatientClass::Inpatient),
        admission_type: Some("R".into()),
        number: Some(local(format!("V{stay}"), "VN")),
        admitted: Some(at("20261101080000")?),
        ..Visit::default()
    });
    let action = if event.cancels() { MovementAction::Cancel } else { MovementAction::Insert };
    adt.movement = Some(Movement {
        ids: vec![EntityId { id: format!("M{number}"), namespace: Some("ORMES".into()), ..EntityId::default() }],
        start: at("20261103100000")?,
        end: None,
        action,
        historical: Some(false),
        original_event: (action != MovementAction::Insert).then(|| "A01".to_owned()),
        medical_unit: Some(unit()),
        care_unit: Some(unit()),
        nature: Some("HMS".into()),
    });
    Ok(adt.print(&envelope(number)?)?)
}

fn unit() -> Organization {
    let authority = Authority {
        namespace: Some("ORMES".into()),
        universal_id: Some("010000001".into()),
        universal_id_type: Some("N".into()),
    };
    Organization {
        name: Some("Cardiologie".into()),
        authority: Some(authority),
        id_kind: Some("UF".into()),
        id: Some("6268".into()),
    }
}

/// An appointment.
pub(super) fn appointment(named: &Named<'_>, number: u64) -> anyhow::Result<Vec<u8>> {
    let mut appointment = Appointment::new(SiuEvent::S12);
    appointment.filler = Some(EntityId { id: format!("R{number}"), namespace: Some("AGENDA".into()), ..EntityId::default() });
    appointment.event_reason = Some(Code::new("PAT", "À la demande du patient", "L"));
    appointment.reason = Some(Code::new("CS", "Consultation de suivi", "L"));
    appointment.kind = Some(Code { id: Some("NORMAL".into()), ..Code::default() });
    appointment.start = Some(at("20261210093000")?);
    appointment.end = Some(at("20261210100000")?);
    appointment.status = Some(Code { id: Some("Booked".into()), ..Code::default() });
    appointment.patient = Some(patient(named)?);
    Ok(appointment.print(&envelope(number)?)?)
}

/// Results of a laboratory.
pub(super) fn results(named: &Named<'_>, number: u64) -> anyhow::Result<Vec<u8>> {
    let observation = Observation {
        value_type: Some("NM".into()),
        code: Some(Code::new("2951-2", "Sodium [Moles/Volume] Sérum", "LN")),
        values: vec![ResultValue::Number(format!("{}", 130 + number % 20))],
        unit: Some(Code { id: Some("mmol/L".into()), ..Code::default() }),
        reference_range: Some("136 - 145".into()),
        status: Some(ResultStatus::Final),
        observed: Some(at("20261103070000")?),
        ..Observation::default()
    };
    let order = Order {
        control: Some("NW".into()),
        placer: Some(EntityId::bare(&format!("P-{number}"))),
        filler: Some(EntityId { id: format!("F-{number}"), namespace: Some("LABO".into()), ..EntityId::default() }),
        service: Some(Code::new("11502-2", "CR de biologie", "LN")),
        observed: Some(at("20261103070000")?),
        reported: Some(at("20261103100000")?),
        section: Some("CH".into()),
        status: Some(ResultStatus::Final),
        observations: vec![observation],
        ..Order::default()
    };
    let report = Report { patient: patient(named)?, visit: None, orders: vec![order], warnings: Vec::new() };
    Ok(report.print(&envelope(number)?)?)
}

/// A document carried by a message.
pub(super) fn document(named: &Named<'_>, cda: Vec<u8>, number: u64) -> anyhow::Result<Vec<u8>> {
    let mut message = DocumentMessage::new(Carrier::Mdm, DocumentAction::New, patient(named)?);
    message.code = Some(Code::new("34112-3", "CR hospitalier", "LN"));
    message.documents = vec![CarriedDocument { code: message.code.clone(), status: None, file: Attachment::cda(cda) }];
    message.id = Some(EntityId::bare(&format!("1.2.3.4.13.{number}")));
    message.activity = Some(at("202611031000")?);
    message.completion = Some("LA".into());
    Ok(message.print(&envelope(number)?)?)
}
