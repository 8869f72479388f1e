//! Establishments named in the body: preferred hospital, destination of a transfer.

use cda_r2::Timestamp;
use cda_r2::write::{Element, Section, address, id, telecom};

use crate::concept::{Concept, System};
use crate::error::CisisError;
use crate::french;
use crate::identifier::StructureId;
use crate::moment::ordered;
use crate::narrative::{Field, Grid, narrative, paragraph};
use crate::person::{Address, Telecom, addresses, telecoms};
use crate::professional::Sector;
use crate::scribe::{
    Scribe, SectionModel, absent, bound, coded, coded_value, observation, point, statement, status, text, uncoded,
};

/// An establishment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Establishment {
    /// National identifier.
    pub id: Option<StructureId>,
    /// Name.
    pub name: String,
    /// Sector of activity.
    pub sector: Option<Sector>,
    /// Address.
    pub address: Option<Address>,
    /// Telecoms.
    pub telecoms: Vec<Telecom>,
}

impl Establishment {
    /// Its place as a participant: identifier, kind when `kind` is wanted, address, name.
    fn role(&self, class: &str, kind: bool) -> Element {
        let identifier = self.id.as_ref().map(StructureId::to_id);
        let sector = self.sector.map_or_else(|| absent("code", "UNK"), |sector| coded("code", &sector.concept()));
        let entity = Element::new("playingEntity").with("classCode", "ENT").child(Element::new("name").text(&self.name));
        Element::new("participantRole")
            .with("classCode", class)
            .child(identifier.as_ref().map_or_else(|| absent("id", "UNK"), id))
            .children(kind.then_some(sector))
            .children(addresses(self.address.as_ref()).iter().map(address))
            .children(telecoms(&self.telecoms).iter().map(telecom))
            .child(entity)
    }

    fn line(&self) -> String {
        let address = self.address.as_ref().map(Address::line).unwrap_or_default();
        if address.is_empty() { self.name.clone() } else { format!("{}\n{address}", self.name) }
    }
}

const PREFERENCE: Concept = Concept::new("11302-7", "Etablissement de santé de préférence", System::Loinc);

/// FR-Dispositions, 1.2.250.1.213.1.1.2.172.
const PREFERRED: SectionModel = SectionModel {
    templates: &["1.3.6.1.4.1.19376.1.5.3.1.1.13.2.10", "1.2.250.1.213.1.1.2.172"],
    code: PREFERENCE,
    title: "Établissement de santé de préférence",
};
const DISPOSITION: [&str; 2] = ["1.3.6.1.4.1.19376.1.5.3.1.1.10.4.2", "1.2.250.1.213.1.1.3.97"];

/// The hospital the patient prefers; without any, the section says so.
pub(crate) fn preferred(scribe: &mut Scribe, hospital: Option<&Establishment>) -> Section {
    let anchor = scribe.anchor();
    let unrecorded = || "Établissement de santé de préférence : non renseigné.".to_owned();
    let shown = narrative([paragraph(Field::anchored(&anchor, hospital.map_or_else(unrecorded, Establishment::line)))]);
    let destination = hospital.map(|hospital| {
        let participant = Element::new("participant").with("typeCode", "DST").child(absent("time", "NAV"));
        participant.child(hospital.role("ROL", false))
    });
    let act = statement("act", "ACT", "INT", &DISPOSITION)
        .child(scribe.id_element())
        .child(coded("code", &PREFERENCE))
        .child(text(&anchor))
        .child(status("normal"))
        .child(absent("effectiveTime", "NAV"))
        .children(destination);
    PREFERRED.section(scribe, shown, vec![act])
}

/// A departure towards an establishment, or the return from it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transfer {
    /// Why, required.
    pub reason: String,
    /// Circumstances, what was done before leaving; in the narrative only.
    pub circumstances: Option<String>,
    /// Departure.
    pub departure: Option<Timestamp>,
    /// Arrival.
    pub arrival: Option<Timestamp>,
    /// How the patient travels; in the narrative only.
    pub transport: Option<String>,
    /// Where to.
    pub destination: Option<Establishment>,
}

/// FR-Resultats-evenements, 1.2.250.1.213.1.1.2.163.
pub(crate) const EVENTS: [&str; 3] =
    ["1.3.6.1.4.1.19376.1.5.3.1.1.21.2.9", "1.3.6.1.4.1.19376.1.7.3.1.1.13.7", "1.2.250.1.213.1.1.2.163"];
pub(crate) const EVENTS_CODE: Concept = Concept::new("42545-4", "Evènements observés", System::Loinc);
const TRANSFER: [&str; 2] = ["1.3.6.1.4.1.19376.1.5.3.1.1.25.1.4.1", "1.2.250.1.213.1.1.3.28"];
const TRANSFER_CODE: Concept = Concept::new("80413-8", "Transfert du patient", System::Loinc);

/// Which way the patient goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// From the nursing home to the emergency department.
    Out,
    /// Back to the nursing home.
    Back,
}

impl Way {
    fn model(self) -> (SectionModel, Concept) {
        let (title, code, display) = match self {
            Self::Out => ("Transfert vers le service des urgences", "57277-6", "Motif du transfert vers le service des urgences"),
            Self::Back => ("Retour à l'EHPAD", "15515-0", "Motif du transport"),
        };
        let model = SectionModel { templates: &EVENTS, code: EVENTS_CODE, title };
        (model, Concept::new(code, display, System::Loinc))
    }
}

/// The section about a transfer: its reason and the act.
pub(crate) fn transfer(scribe: &mut Scribe, transfer: &Transfer, way: Way) -> Result<Section, CisisError> {
    ordered("the transfer", transfer.departure.as_ref(), transfer.arrival.as_ref())?;
    let (model, motive) = way.model();
    let (reason, place) = (scribe.anchor(), scribe.anchor());
    let destination = transfer.destination.as_ref().map(Establishment::line);
    let told = Some(transfer.reason.trim()).filter(|told| !told.is_empty()).unwrap_or("Motif non renseigné");
    let mut grid = Grid::new(&["Transfert", "Précision"]);
    grid.row([Field::new("Motif"), Field::anchored(&reason, told)]);
    let lines = [
        ("Circonstances", transfer.circumstances.clone().unwrap_or_default()),
        ("Départ", french::optional_time(transfer.departure.as_ref())),
        ("Arrivée", french::optional_time(transfer.arrival.as_ref())),
        ("Transport", transfer.transport.clone().unwrap_or_default()),
    ];
    for (title, line) in lines.into_iter().filter(|(_, line)| !line.trim().is_empty()) {
        grid.row([Field::new(title), Field::new(line)]);
    }
    let destination = destination.unwrap_or_else(|| "non renseignée".to_owned());
    grid.row([Field::new("Destination"), Field::anchored(&place, destination)]);
    let value = coded_value(&uncoded(told, &reason));
    let when = point(transfer.departure.as_ref());
    let why = observation(scribe, coded("code", &motive), &reason, when, value);
    let act = act(scribe, transfer, &place);
    Ok(model.section(scribe, narrative(grid.block()), vec![why, act]))
}

fn act(scribe: &mut Scribe, transfer: &Transfer, place: &str) -> Element {
    let period = Element::new("effectiveTime")
        .child(bound("low", transfer.departure.as_ref()))
        .child(bound("high", transfer.arrival.as_ref()));
    let destination = transfer.destination.as_ref();
    let participant = destination.map(|one| Element::new("participant").with("typeCode", "DST").child(one.role("SDLOC", true)));
    statement("act", "ACT", "EVN", &TRANSFER)
        .child(scribe.id_element())
        .child(coded("code", &TRANSFER_CODE))
        .child(text(place))
        .child(status("completed"))
        .child(period)
        .children(participant)
}
