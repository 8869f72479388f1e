//! Vital signs (FR-Signes-vitaux).

use cda_r2::Timestamp;
use cda_r2::write::{Element, Section};

use crate::concept::{Concept, System};
use crate::french;
use crate::measure::Decimal;
use crate::narrative::{Field, Grid, narrative};
use crate::scribe::{Scribe, SectionModel, coded, observation_of, point, statement, status};

/// What is measured (JDV_SignesVitaux), with the UCUM unit IHE PCC prescribes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VitalKind {
    /// Heart rate, /min.
    HeartRate,
    /// Temperature, degrees Celsius.
    Temperature,
    /// Weight, kg.
    Weight,
    /// Systolic pressure, mm\[Hg\].
    Systolic,
    /// Diastolic pressure, mm\[Hg\].
    Diastolic,
    /// Oxygen saturation, %.
    OxygenSaturation,
    /// Respiratory rate, /min.
    RespiratoryRate,
    /// Height, cm.
    Height,
    /// Body mass index, kg/m2.
    BodyMassIndex,
}

impl VitalKind {
    pub(crate) const ALL: [Self; 9] = [
        Self::HeartRate,
        Self::Temperature,
        Self::Weight,
        Self::Systolic,
        Self::Diastolic,
        Self::OxygenSaturation,
        Self::RespiratoryRate,
        Self::Height,
        Self::BodyMassIndex,
    ];
    /// What the transfer sheet asks: each is written, as unknown when it was not measured.
    const ASKED: [Self; 5] = [Self::HeartRate, Self::Temperature, Self::Weight, Self::Systolic, Self::Diastolic];

    pub(crate) fn concept(self) -> Concept {
        let (code, display) = match self {
            Self::HeartRate => ("8867-4", "Fréquence cardiaque"),
            Self::Temperature => ("8310-5", "Température corporelle"),
            Self::Weight => ("29463-7", "Poids"),
            Self::Systolic => ("8480-6", "Pression artérielle systolique"),
            Self::Diastolic => ("8462-4", "Pression artérielle diastolique"),
            Self::OxygenSaturation => ("20564-1", "Saturation en O2"),
            Self::RespiratoryRate => ("9279-1", "Fréquence respiratoire"),
            Self::Height => ("8302-2", "Taille"),
            Self::BodyMassIndex => ("39156-5", "Index de masse corporelle (IMC)"),
        };
        Concept::new(code, display, System::Loinc)
    }

    /// UCUM unit, and the unit a French reader knows.
    fn units(self) -> (&'static str, &'static str) {
        match self {
            Self::HeartRate | Self::RespiratoryRate => ("/min", "/min"),
            Self::Temperature => ("Cel", "°C"),
            Self::Weight => ("kg", "kg"),
            Self::Systolic | Self::Diastolic => ("mm[Hg]", "mmHg"),
            Self::OxygenSaturation => ("%", "%"),
            Self::Height => ("cm", "cm"),
            Self::BodyMassIndex => ("kg/m2", "kg/m²"),
        }
    }

    /// UCUM unit of the value.
    pub fn unit(self) -> &'static str {
        self.units().0
    }
}

/// A measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VitalSign {
    /// What.
    pub kind: VitalKind,
    /// Value, in the unit of its kind.
    pub value: Decimal,
    /// When.
    pub time: Option<Timestamp>,
}

/// FR-Signes-vitaux, 1.2.250.1.213.1.1.2.75.
pub(crate) const MODEL: SectionModel = SectionModel {
    templates: &[
        "2.16.840.1.113883.10.20.1.16",
        "1.3.6.1.4.1.19376.1.5.3.1.3.25",
        "1.3.6.1.4.1.19376.1.5.3.1.1.5.3.2",
        "1.2.250.1.213.1.1.2.75",
    ],
    code: Concept::new("8716-3", "Signes vitaux", System::Loinc),
    title: "Constantes",
};
const ORGANIZER: [&str; 4] = [
    "2.16.840.1.113883.10.20.1.32",
    "2.16.840.1.113883.10.20.1.35",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13.1",
    "1.2.250.1.213.1.1.3.49",
];
const SIGN: [&str; 4] = [
    "2.16.840.1.113883.10.20.1.31",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13.2",
    "1.2.250.1.213.1.1.3.50",
];
const GROUP: Concept = Concept::new("85353-1", "Signes vitaux", System::Loinc);

/// The section about vital signs, always present in a transfer sheet.
pub(crate) fn section(scribe: &mut Scribe, signs: &[VitalSign]) -> Section {
    let mut grid = Grid::new(&["Constante", "Mesure", "Date"]);
    let head = statement("organizer", "CLUSTER", "EVN", &ORGANIZER)
        .child(scribe.id_element())
        .child(coded("code", &GROUP))
        .child(status("completed"))
        .child(point(signs.iter().find_map(|sign| sign.time.as_ref())));
    let absent = VitalKind::ASKED.into_iter().filter(|kind| !signs.iter().any(|sign| sign.kind == *kind));
    let measured = signs.iter().map(|sign| (sign.kind, Some(sign)));
    let mut components = Vec::new();
    for (kind, sign) in measured.chain(absent.map(|kind| (kind, None))) {
        components.push(component(scribe, &mut grid, kind, sign));
    }
    MODEL.section(scribe, narrative(grid.block()), vec![head.children(components)])
}

fn component(scribe: &mut Scribe, grid: &mut Grid, kind: VitalKind, sign: Option<&VitalSign>) -> Element {
    let (anchor, (unit, shown)) = (scribe.anchor(), kind.units());
    let time = sign.and_then(|sign| sign.time.as_ref());
    let value = Element::new("value").data_type("PQ");
    let (text, value) = match sign {
        Some(sign) => {
            let text = format!("{} {shown}", french::number(sign.value.as_str()));
            (text, value.with("value", sign.value.as_str()).with("unit", unit))
        }
        None => ("non mesuré".to_owned(), value.absent("NASK")),
    };
    grid.row([Field::anchored(&anchor, kind.concept().display), Field::new(text), Field::new(french::optional_time(time))]);
    let observation = observation_of(scribe, &SIGN, coded("code", &kind.concept()), &anchor, [point(time), value]);
    Element::new("component").with("typeCode", "COMP").child(observation)
}
