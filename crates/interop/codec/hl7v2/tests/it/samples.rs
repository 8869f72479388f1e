//! Messages of an imaginary hospital, for tests to print.

use hl7v2::{
    Address, Adt, AdtEvent, Appointment, Attachment, Authority, CarriedDocument, Carrier, Charset, Code, Distribution, DmpStatus,
    DocumentAction, DocumentMessage, EntityId, Envelope, Identifier, IdentityComplement, Location, Mail, Merge, Movement,
    MovementAction, Observation, Order, Organization, Participant, ParticipantRole, Patient, PatientClass, PersonName, PmsiModes,
    Processing, Professional, Report, Resource, ResourceKind, ResultStatus, ResultValue, Sex, SiuEvent, Telecom, Timestamp,
    Visit,
};

#[expect(clippy::unnecessary_wraps, reason = "most fields are options")]
pub(crate) fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[expect(clippy::unnecessary_wraps, reason = "most fields are options")]
pub(crate) fn at(raw: &str) -> Option<Timestamp> {
    Some(Timestamp::parse(raw).expect("a time"))
}

pub(crate) fn envelope(charset: Charset) -> Envelope {
    Envelope {
        sending_application: Authority::named("GAM"),
        sending_facility: Authority::iso("HOPITAL DES ORMES", "1.2.3.4.5"),
        receiving_application: Authority::named("DUI"),
        receiving_facility: Authority::named("LES TILLEULS"),
        time: at("20261103101500").expect("a time"),
        control_id: "OR-000042".to_owned(),
        processing: Processing::Training,
        charset,
    }
}

fn local(value: &str, kind: &str) -> Identifier {
    Identifier {
        value: value.to_owned(),
        authority: Some(Authority { namespace: some("ORMES"), universal_id: some("010000001"), universal_id_type: some("M") }),
        kind: some(kind),
        ..Identifier::default()
    }
}

pub(crate) fn patient() -> Patient {
    Patient {
        identifiers: vec![
            local("77001", "PI"),
            Identifier {
                value: "279035121518989".to_owned(),
                authority: Some(Authority::iso("ASIP-SANTE-INS-NIR", "1.2.250.1.213.1.4.10")),
                kind: some("INS"),
                since: at("20260105"),
                until: None,
            },
        ],
        names: vec![
            PersonName {
                family: some("D'ESSAI-NOËL"),
                given: some("ZOÉ"),
                given_list: some("ZOÉ ANNE"),
                prefix: some("MME"),
                kind: some("L"),
            },
            PersonName { family: some("MARTIN & FILS"), given: some("ZOÉ"), kind: some("D"), ..PersonName::default() },
        ],
        birth: at("19360600"),
        sex: Some(Sex::Female),
        addresses: vec![
            Address {
                street: some("1 rue | de l'Église"),
                other: some("Bât. A^B"),
                city: some("VILLE~SUR~EAU"),
                postal_code: some("01000"),
                country: some("FRA"),
                kind: some("H"),
                ..Address::default()
            },
            Address { kind: some("BDL"), insee_code: some("63220"), ..Address::default() },
        ],
        telecoms: vec![Telecom { usage: some("PRN"), equipment: some("PH"), address: None, number: some("0100000000") }],
        account: Some(local("26-1", "AN")),
        died: None,
        dead: Some(false),
        identity_status: vec!["VALI".to_owned()],
        updated: at("20261103"),
    }
}

pub(crate) fn doctor() -> Professional {
    Professional {
        id: some("899900000011"),
        family: some("TEST"),
        given: some("Ève"),
        prefix: some("DR"),
        authority: Some(Authority::iso("ASIP-SANTE-PS", "1.2.250.1.71.4.2.1")),
        name_kind: some("D"),
        id_kind: some("IDNPS"),
    }
}

pub(crate) fn visit() -> Visit {
    Visit {
        class: Some(PatientClass::Inpatient),
        location: Some(Location {
            unit: some("CARDIO"),
            room: some("12"),
            bed: some("2"),
            facility: Some(Authority::named("ORMES")),
            status: some("O"),
            ..Location::default()
        }),
        admission_type: some("R"),
        attending: vec![doctor()],
        number: Some(local("26-1-1", "VN")),
        discharged_to: some("EHPAD"),
        admitted: at("20261101080000"),
        reason: Some(Code::new("R07.4", "Douleur thoracique", "I10")),
        expected_discharge: at("20261105"),
        description: some("Surveillance"),
        ..Visit::default()
    }
}

pub(crate) fn movement(action: MovementAction) -> Movement {
    let unit = |id: &str| Organization {
        name: some("Cardiologie"),
        authority: Some(Authority { namespace: some("ORMES"), universal_id: some("010000001"), universal_id_type: some("N") }),
        id_kind: some("UF"),
        id: some(id),
    };
    Movement {
        ids: vec![EntityId { id: "M-9".to_owned(), namespace: some("ORMES"), ..EntityId::default() }],
        start: at("20261103100000").expect("a time"),
        end: None,
        action,
        historical: Some(false),
        original_event: (action != MovementAction::Insert).then(|| "A02".to_owned()),
        medical_unit: Some(unit("6268")),
        care_unit: Some(unit("6269")),
        nature: some("HMS"),
    }
}

/// A message of an event, with all it may hold.
pub(crate) fn adt(event: AdtEvent) -> Adt {
    let mut adt = Adt::new(event, patient());
    adt.recorded = at("20261103101000");
    adt.occurred = at("20261103100000");
    adt.operators = vec![doctor()];
    if matches!(event, AdtEvent::A40 | AdtEvent::A44 | AdtEvent::A47) {
        adt.merge = Some(Merge {
            identifiers: vec![local("66000", "PI")],
            account: Some(local("26-0", "AN")),
            names: vec![PersonName { family: some("ESSAI"), kind: some("L"), ..PersonName::default() }],
        });
        return adt;
    }
    adt.dmp = Some(DmpStatus {
        status: some("ACTIF"),
        status_at: at("20261103"),
        closed_at: None,
        feeding: some("INO"),
        feeding_at: at("20261103"),
        consulting: some("IC"),
        consulting_at: at("20261103"),
    });
    adt.complement = Some(IdentityComplement {
        lunar_birth: some("00-06-1936"),
        sms_consent: Some(true),
        birth_corrected: Some(false),
        obtained_by: some("INSI"),
        insi_at: at("20260105"),
        ..IdentityComplement::default()
    });
    if event.is_of_a_stay() {
        adt.visit = Some(visit());
        let action = match (event.cancels(), event) {
            (true, _) => MovementAction::Cancel,
            (false, AdtEvent::Z99) => MovementAction::Update,
            _ => MovementAction::Insert,
        };
        adt.movement = Some(movement(action));
        adt.pmsi = Some(PmsiModes { entry: some("8"), exit: some("7"), destination: some("7"), ..PmsiModes::default() });
    }
    adt
}

/// Our own CDA is only what the validator looks at.
pub(crate) const CDA: &str = "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>Compte rendu d'été</title></ClinicalDocument>\n";

pub(crate) fn document(carrier: Carrier, action: DocumentAction) -> DocumentMessage {
    let mut message = DocumentMessage::new(carrier, action, patient());
    message.visit = Some(visit());
    message.code = Some(Code::new("34112-3", "CR hospitalier", "LN"));
    message.documents =
        vec![CarriedDocument { code: message.code.clone(), status: None, file: Attachment::cda(CDA.as_bytes().to_vec()) }];
    if carrier == Carrier::Mdm {
        message.id = Some(EntityId {
            id: "58132".to_owned(),
            universal_id: some("1.2.3.4.13"),
            universal_id_type: some("ISO"),
            ..EntityId::default()
        });
        message.parent_id = (action != DocumentAction::New).then(|| EntityId::bare("1.2.3.4.13.58131"));
        message.activity = at("202611031000");
        message.completion = some("LA");
        message.authenticators = vec![doctor()];
    }
    message.participants = vec![
        Participant {
            role: ParticipantRole::Sender,
            person: Some(doctor()),
            organization: Some(Organization {
                name: some("Hôpital des Ormes"),
                authority: Some(Authority::iso("ASIP-SANTE-ST", "1.2.250.1.71.4.2.2")),
                id_kind: some("FINEG"),
                id: some("010000001"),
            }),
            device: None,
            mailbox: some("cardio@ormes.test.mssante.fr"),
        },
        Participant::mailbox(ParticipantRole::Recipient, "dui@tilleuls.test.mssante.fr"),
        Participant::mailbox(ParticipantRole::ReplyTo, "secretariat@ormes.test.mssante.fr"),
    ];
    message.distribution = Distribution::all().map(|code| (code, code == Distribution::HiddenFromPatient)).collect();
    message
}

/// A document that relays a mail.
pub(crate) fn relay() -> DocumentMessage {
    let mut message = document(Carrier::Mdm, DocumentAction::New);
    message.mail = Some(Mail {
        message_id: some("abc@ormes.test.mssante.fr"),
        subject: some("XDM/1.0/DDM+CR d'été D'ESSAI-NOËL ZOÉ"),
        body: "Bonjour,\nvoici le compte rendu.\n".to_owned(),
    });
    message.distribution.truncate(3);
    message
}

pub(crate) fn observation(code: &str, label: &str, kind: &str, value: ResultValue) -> Observation {
    Observation {
        value_type: some(kind),
        code: Some(Code {
            alternate_id: some("NA"),
            alternate_text: some("Sodium"),
            alternate_system: some("L"),
            ..Code::new(code, label, "LN")
        }),
        values: vec![value],
        unit: Some(Code { id: some("mmol/L"), ..Code::default() }),
        reference_range: some("136 - 145"),
        abnormal_flags: vec!["L".to_owned()],
        status: Some(ResultStatus::Final),
        observed: at("20261103070000"),
        responsible: vec![doctor()],
        laboratory: Some(Organization { name: some("Laboratoire des Ormes"), ..Organization::default() }),
        notes: vec!["Prélèvement difficile\nà contrôler".to_owned()],
        ..Observation::default()
    }
}

/// Results, and the report as a CDA when `with_cda`.
pub(crate) fn report(with_cda: bool) -> Report {
    let structured = ResultValue::Structured { comparator: some("<"), first: some("0.5"), separator: None, second: None };
    let mut observations = vec![
        observation("2951-2", "Sodium [Moles/Volume] Sérum", "NM", ResultValue::Number("132".to_owned())),
        observation("1988-5", "CRP", "SN", structured),
        observation("630-4", "ECBU", "CE", ResultValue::Coded(Code::new("112283007", "Escherichia coli", "SCT"))),
        observation("8251-1", "Commentaire", "TX", ResultValue::Text("A < B & C | D ^ E ~ F \\ G".to_owned())),
    ];
    if with_cda {
        let file = Attachment { kind: some("TEXT"), ..Attachment::cda(CDA.as_bytes().to_vec()) };
        observations.push(observation("11502-2", "CR de biologie", "ED", ResultValue::File(file)));
    }
    let order = Order {
        control: some("NW"),
        placer: Some(EntityId::bare("P-1")),
        filler: Some(EntityId { id: "F-1".to_owned(), namespace: some("LABO"), ..EntityId::default() }),
        service: Some(Code::new("11502-2", "CR de biologie", "LN")),
        observed: at("20261103070000"),
        received: at("20261103080000"),
        specimen: Some(Code::new("SER", "Sérum", "L")),
        requesters: vec![doctor()],
        reported: at("20261103100000"),
        section: some("CH"),
        status: Some(ResultStatus::Final),
        copies_to: vec![doctor()],
        notes: vec!["Bilan d'entrée".to_owned()],
        observations,
    };
    Report { patient: patient(), visit: Some(visit()), orders: vec![order], warnings: Vec::new() }
}

pub(crate) fn appointment(event: SiuEvent) -> Appointment {
    let mut appointment = Appointment::new(event);
    appointment.placer = Some(EntityId::bare("RDV-P"));
    appointment.filler = Some(EntityId { id: "RDV-F".to_owned(), namespace: some("AGENDA"), ..EntityId::default() });
    appointment.schedule = Some(Code::new("CARDIO", "Agenda de cardiologie", "L"));
    appointment.event_reason = Some(Code::new("PAT", "À la demande du patient", "L"));
    appointment.reason = Some(Code::new("CS", "Consultation de suivi", "L"));
    appointment.kind = Some(Code::new("NORMAL", "", "HL70276"));
    appointment.kind.as_mut().expect("kind").text = None;
    appointment.duration = some("30");
    appointment.duration_unit = Some(Code { id: some("min"), ..Code::default() });
    appointment.start = at("20261210093000");
    appointment.end = at("20261210100000");
    appointment.contacts = vec![doctor()];
    appointment.status = Some(Code { id: some("Booked"), ..Code::default() });
    appointment.patient = (!event.is_of_slots()).then(patient);
    appointment.visit = (!event.is_of_slots()).then(visit);
    appointment.notes = vec!["Venir à jeun\navec ses ordonnances".to_owned()];
    let resource = |kind, group: &str| Resource {
        group: some(group),
        kind,
        action: some("A"),
        start: at("20261210093000"),
        duration: some("30"),
        duration_unit: Some(Code { id: some("min"), ..Code::default() }),
        status: Some(Code { id: some("Booked"), ..Code::default() }),
    };
    appointment.resources = vec![
        resource(ResourceKind::Service(Some(Code::new("ECG", "Électrocardiogramme", "L"))), "1"),
        resource(ResourceKind::Persons(vec![doctor()], Some(Code::new("D", "Docteur", "L"))), "1"),
        resource(ResourceKind::Places(vec![Location { unit: some("CS-2"), ..Location::default() }], None), "1"),
        resource(ResourceKind::General(Some(Code::new("VSL", "Transport assis", "L")), None), "2"),
    ];
    appointment
}
