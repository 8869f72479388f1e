//! Contents of each model: full, empty, and full of characters that break naive printers.

use cisis::{
    AdmissionMode, AdvanceDirectives, Allergy, AllergyKind, Annex, AnnexContent, Belongings, Consciousness, Decimal, Directive,
    DirectiveKind, DischargeMode, Dlu, DluAnnex, Document, Dose, Drug, Establishment, FamilyProblem, Findings, Fludr, Fludt,
    FollowUp, Glucose, GlucoseUnit, Habit, HabitKind, Header, LabResult, LastIntake, LastMeal, LdlEes, LdlSes, LetterStatus,
    Level1, Measure, MultiResistance, Pain, PalliativeCare, PatientState, Problem, RELATIONS, Recorded, ResultValue, ReturnAnnex,
    Route, Sector, Severity, StructureId, Surgery, Synthesis, System, Telecom, Term, Trait, Transfer, Treatment, Usage,
    Vaccination, VitalKind, VitalSign, Vsm,
};

use crate::support::{address, at};

/// A file that starts as a PDF.
pub(crate) const PDF: &[u8] = b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n%%EOF\n";

fn term(system: System, code: &str, label: &str) -> Term {
    Term::new(system, code, Some(label)).expect("a code")
}

fn measure(value: &str, unit: &str) -> Measure {
    Measure::new(value, unit).expect("a measure")
}

/// Makes the texts of a content: `t` gives the text for a word.
pub(crate) struct Texts(pub(crate) fn(&str) -> String);

impl Texts {
    fn t(&self, word: &str) -> String {
        (self.0)(word)
    }

    pub(crate) fn problems(&self) -> Recorded<Problem> {
        Recorded::Items(vec![
            Problem {
                label: self.t("Bronchite chronique"),
                code: Some(term(System::Icd10, "J41.0", "Bronchite chronique simple")),
                start: Some(at("20200327")),
                end: None,
                comment: Some(self.t("suivie par le pneumologue")),
            },
            Problem { label: self.t("Chutes à répétition"), start: Some(at("2019")), ..Problem::default() },
            Problem { label: self.t("Zona"), start: Some(at("201804")), end: Some(at("20180520")), ..Problem::default() },
        ])
    }

    pub(crate) fn allergies(&self) -> Recorded<Allergy> {
        Recorded::Items(vec![
            Allergy {
                kind: AllergyKind::Medicine,
                agent: self.t("Pénicilline"),
                agent_code: Some(term(System::Atc, "J01CE", "Pénicillines")),
                reaction: Some(self.t("urticaire géante")),
                severity: Some(Severity::Severe),
                start: Some(at("1998")),
                end: None,
                comment: Some(self.t("confirmée en 1999")),
            },
            Allergy { kind: AllergyKind::Food, agent: self.t("Arachide"), ..Allergy::default() },
            Allergy { agent: self.t("Latex"), start: Some(at("2001")), end: Some(at("2010")), ..Allergy::default() },
        ])
    }

    pub(crate) fn treatments(&self) -> Recorded<Treatment> {
        Recorded::Items(vec![
            Treatment {
                drug: Drug {
                    label: self.t("PARACÉTAMOL 500 mg comprimé"),
                    codes: vec![
                        term(System::Cis, "60234100", "PARACETAMOL"),
                        term(System::Cip, "3400935955838", "boîte de 16"),
                        term(System::Ucd, "9135653", "UCD"),
                        term(System::Atc, "N02BE01", "Paracétamol"),
                    ],
                },
                dosage: self.t("1 comprimé matin, midi et soir"),
                dose: Some(Dose {
                    low: measure("0.5", "{tablet}"),
                    high: Some(measure("1", "{tablet}")),
                    period: Some(measure("8", "h")),
                }),
                route: Some(Route::Oral),
                as_needed: None,
                start: Some(at("20260102")),
                end: Some(at("20261231")),
                reason: Some(self.t("douleurs")),
                comment: Some(self.t("écraser")),
            },
            Treatment {
                drug: Drug { label: self.t("MACROGOL"), codes: Vec::new() },
                dosage: self.t("1 sachet"),
                as_needed: Some(self.t("absence de selles depuis 3 jours")),
                ..Treatment::default()
            },
        ])
    }

    fn vaccinations(&self) -> Recorded<Vaccination> {
        Recorded::Items(vec![
            Vaccination {
                label: self.t("Grippe"),
                given: true,
                product: Some(Drug {
                    label: self.t("VAXIGRIPTETRA"),
                    codes: vec![term(System::Cis, "61402736", "VAXIGRIPTETRA")],
                }),
                lot: Some(self.t("L-42")),
                date: Some(at("20261015")),
                comment: None,
            },
            Vaccination { label: self.t("Zona"), given: false, comment: Some(self.t("refus")), ..Vaccination::default() },
        ])
    }

    fn hospital(&self) -> Establishment {
        Establishment {
            id: Some(StructureId::finess("2A0000001").expect("FINESS")),
            name: self.t("Hôpital de Fictiville"),
            sector: Some(Sector::PublicHospital),
            address: Some(address()),
            telecoms: vec![Telecom::Phone("00 00 00 00 09".to_owned(), Some(Usage::Emergency))],
        }
    }

    fn transfer(&self) -> Transfer {
        Transfer {
            reason: self.t("Détresse respiratoire"),
            circumstances: Some(self.t("découvert au sol à 3 h 10")),
            departure: Some(at("20261103031500+0100")),
            arrival: Some(at("20261103034000+0100")),
            transport: Some(self.t("ambulance")),
            destination: Some(self.hospital()),
        }
    }

    fn directives(&self) -> AdvanceDirectives {
        let directive = |kind, accepted| Directive { kind, accepted, comment: Some(self.t("mots de la personne")) };
        AdvanceDirectives {
            exist: Some(true),
            date: Some(at("20250301")),
            place: Some(self.t("coffre de l'EHPAD")),
            trusted_person: Some(self.t("Lise CONFIANCE")),
            directives: vec![
                directive(DirectiveKind::Resuscitation, false),
                directive(DirectiveKind::Dialysis, false),
                directive(DirectiveKind::Surgery, true),
            ],
        }
    }

    pub(crate) fn dlu(&self) -> Dlu {
        Dlu {
            preferred_hospital: Some(self.hospital()),
            problems: self.problems(),
            history: self.problems(),
            allergies: self.allergies(),
            treatments: self.treatments(),
            palliative_care: Some(PalliativeCare {
                under_way: true,
                since: Some(at("20260901")),
                comment: Some(self.t("équipe mobile")),
            }),
            directives: self.directives(),
            state: PatientState {
                traits: Trait::ALL
                    .iter()
                    .enumerate()
                    .filter(|(rank, _)| rank % 3 < 2)
                    .map(|(rank, item)| (*item, rank % 3 == 0))
                    .collect(),
                others: vec![("GIR".to_owned(), self.t("2")), (self.t("Mobilité"), self.t("déambulateur"))],
            },
            bacteria: MultiResistance {
                carrier: Some(true),
                detail: Some(self.t("E. coli BLSE, précautions contact")),
                date: Some(at("20260830")),
            },
            results: vec![
                LabResult {
                    label: self.t("Créatinine"),
                    code: Some(term(System::Loinc, "14682-9", "Créatinine")),
                    value: ResultValue::Measure(measure("98", "umol/L")),
                    date: Some(at("20261001")),
                    comment: Some(self.t("45 à 84")),
                },
                LabResult {
                    label: self.t("ECBU"),
                    code: None,
                    value: ResultValue::Text(self.t("stérile")),
                    date: None,
                    comment: None,
                },
            ],
            vaccinations: self.vaccinations(),
            comments: Some(self.t("Entend mieux à gauche.")),
            annexes: vec![
                Annex {
                    kind: DluAnnex::Prescriptions,
                    title: Some(self.t("Ordonnance du 3")),
                    content: AnnexContent::Pdf(PDF.to_vec()),
                },
                Annex { kind: DluAnnex::Prescriptions, title: None, content: AnnexContent::Pdf(PDF.to_vec()) },
                Annex { kind: DluAnnex::IdentityCard, title: None, content: AnnexContent::Apart },
            ],
        }
    }

    fn belongings(&self) -> Belongings {
        Belongings {
            glasses: Some(true),
            upper_denture: Some(false),
            lower_denture: None,
            right_hearing_aid: Some(true),
            left_hearing_aid: Some(true),
            others: vec![self.t("Canne"), self.t("Alliance")],
        }
    }

    pub(crate) fn fludt(&self) -> Fludt {
        let sign = |kind, value: &str| VitalSign {
            kind,
            value: Decimal::new(value).expect("a number"),
            time: Some(at("20261103031000+0100")),
        };
        Fludt {
            transfer: self.transfer(),
            vital_signs: vec![
                sign(VitalKind::HeartRate, "112"),
                sign(VitalKind::Temperature, "38.6"),
                sign(VitalKind::Weight, "54.3"),
                sign(VitalKind::Systolic, "95"),
                sign(VitalKind::Diastolic, "60"),
                sign(VitalKind::OxygenSaturation, "86"),
                sign(VitalKind::RespiratoryRate, "28"),
                sign(VitalKind::Height, "158"),
                sign(VitalKind::BodyMassIndex, "21.7"),
            ],
            findings: Findings {
                consciousness: Some(Consciousness::Wakeable),
                pains: vec![
                    Pain { location: Some(self.t("hanche gauche")), score: Some(7), time: Some(at("20261103030000+0100")) },
                    Pain::default(),
                ],
                glucose: Some(Glucose {
                    value: Decimal::new("1.42").expect("a number"),
                    unit: GlucoseUnit::GramsPerLitre,
                    time: Some(at("20261103030500+0100")),
                }),
            },
            last_intakes: vec![
                LastIntake { drug: None, time: at("20261102200000+0100") },
                LastIntake {
                    drug: Some(Drug { label: self.t("APIXABAN 5 mg"), codes: Vec::new() }),
                    time: at("20261102190000+0100"),
                },
            ],
            last_meal: LastMeal { time: Some(at("20261102183000+0100")), detail: Some(self.t("texture mixée")) },
            belongings: self.belongings(),
            comments: Some(self.t("Fille prévenue à 3 h 20.")),
        }
    }

    pub(crate) fn fludr(&self) -> Fludr {
        Fludr {
            transfer: Transfer { reason: self.t("Retour autorisé"), ..self.transfer() },
            diagnosis: self.problems(),
            treatments: self.treatments(),
            belongings: self.belongings(),
            annexes: vec![Annex {
                kind: ReturnAnnex::EmergencyRecord,
                title: Some(self.t("Dossier")),
                content: AnnexContent::Pdf(PDF.to_vec()),
            }],
            comments: Some(self.t("Revoir à J7.")),
        }
    }

    fn surgeries(&self) -> Recorded<Surgery> {
        Recorded::Items(vec![
            Surgery {
                label: self.t("Prothèse de hanche droite"),
                code: Some(term(System::Ccam, "NEKA020", "Remplacement de l'articulation coxofémorale")),
                date: Some(at("20170801")),
                comment: Some(self.t("sans complication")),
            },
            Surgery { label: self.t("Appendicectomie"), date: Some(at("1950")), ..Surgery::default() },
        ])
    }

    pub(crate) fn ldl_ees(&self) -> LdlEes {
        LdlEes {
            reason: Some(self.t("Bilan d'une altération de l'état général")),
            treatments: self.treatments(),
            allergies: self.allergies(),
            history: self.problems(),
            surgeries: self.surgeries(),
            others: Some(self.t("Isolement contact.")),
        }
    }

    pub(crate) fn ldl_ses(&self) -> LdlSes {
        LdlSes {
            status: LetterStatus::InProgress,
            reason: Some(self.t("Pneumopathie")),
            synthesis: Synthesis {
                admission: AdmissionMode::Emergency,
                admitted: Some(at("20261103034000+0100")),
                discharge: DischargeMode::NursingHome,
                discharged: Some(at("20261110")),
                synthesis: self.t("Évolution favorable."),
                adverse_events: Some(self.t("Aucun")),
                bacteria_searched: Some(true),
                bacteria_found: Some(self.t("aucun")),
                transfusion: Some(false),
                transfusion_accidents: None,
                blood_derivatives: None,
                derivatives_events: None,
            },
            stopped: self.treatments(),
            treatments: self.treatments(),
            expected_results: Some(self.t("hémocultures")),
            follow_ups: vec![
                FollowUp { label: self.t("Radiographie de contrôle"), date: Some(at("20261201")) },
                FollowUp { label: self.t("Pansements"), date: None },
            ],
            allergies: self.allergies(),
        }
    }

    pub(crate) fn vsm(&self) -> Vsm {
        Vsm {
            problems: self.problems(),
            history: self.problems(),
            surgeries: self.surgeries(),
            allergies: self.allergies(),
            habits: vec![
                Habit { kind: HabitKind::Tobacco, text: self.t("sevré en 1990") },
                Habit { kind: HabitKind::Other, text: self.t("ancien instituteur") },
            ],
            work_risks: Some(self.t("amiante")),
            family: vec![
                FamilyProblem {
                    relation: Some(RELATIONS[0]),
                    label: self.t("Démence"),
                    code: Some(term(System::Icd10, "F03", "Démence, sans précision")),
                },
                FamilyProblem { relation: None, label: self.t("Diabète"), code: None },
            ],
            watch_points: Some(self.t("Insuffisance rénale")),
            treatments: self.treatments(),
        }
    }

    /// Every structured document of this content, each with its name.
    pub(crate) fn documents(&self, header: &Header) -> Vec<(&'static str, Document)> {
        vec![
            ("dlu", self.dlu().write(header).expect("DLU")),
            ("fludt", self.fludt().write(header).expect("FLUDT")),
            ("fludr", self.fludr().write(header).expect("FLUDR")),
            ("vsm", self.vsm().write(header).expect("VSM")),
            ("ldl_ees", self.ldl_ees().write(header).expect("LDL-EES")),
            ("ldl_ses", self.ldl_ses().write(header).expect("LDL-SES")),
        ]
    }
}

/// Plain words.
pub(crate) const PLAIN: Texts = Texts(str::to_owned);
/// Words among the characters XML makes dear, on two lines.
pub(crate) const PUNCTUATED: Texts = Texts(|word| format!("{word} <b>&amp; \"L’œuf d'Élé\" ]]>\n--ligne 2 & fin"));
/// Words at the end of 30 000 characters.
pub(crate) const LONG: Texts = Texts(|word| format!("{}{word}", "très long texte, ".repeat(1_765)));

/// Every structured document of an empty record.
pub(crate) fn empty(header: &Header) -> Vec<(&'static str, Document)> {
    vec![
        ("dlu", Dlu::default().write(header).expect("DLU")),
        ("fludt", Fludt::default().write(header).expect("FLUDT")),
        ("fludr", Fludr::default().write(header).expect("FLUDR")),
        ("vsm", Vsm::default().write(header).expect("VSM")),
        ("ldl_ees", LdlEes::default().write(header).expect("LDL-EES")),
        ("ldl_ses", LdlSes::default().write(header).expect("LDL-SES")),
    ]
}

/// A personalised project in a PDF.
pub(crate) fn level_1(header: &Header) -> Document {
    let level_1 = Level1 { kind: cisis::level1::PERSONALISED_PROJECT.into(), act: None, pdf: PDF.to_vec() };
    level_1.write(header).expect("level 1")
}
