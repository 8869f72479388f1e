//! State of the patient: behaviour, impairments, moves, risks.

use cda_r2::write::Section;

use crate::concept::{Concept, System};
use crate::establishment::{EVENTS, EVENTS_CODE};
use crate::french;
use crate::narrative::{Field, Grid, narrative};
use crate::scribe::{Scribe, SectionModel, absent, boolean, coded, observation};

/// What the DLU asks about the patient (JDV_ObservationEtatPatient): no other coded observation is
/// admitted in its section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trait {
    /// Can raise the alarm.
    CanAlert,
    /// Well oriented.
    Oriented,
    /// Disoriented.
    Disoriented,
    /// Agitated.
    Agitated,
    /// Opposes care.
    Opposing,
    /// Suicidal behaviour.
    Suicidal,
    /// Sees badly.
    SightLoss,
    /// Hears badly.
    HearingLoss,
    /// Language disorder.
    LanguageDisorder,
    /// Falls.
    Falls,
    /// Wanders.
    Wandering,
    /// Runs away.
    RunningAway,
    /// Is restrained.
    Restraint,
    /// Risk of pressure ulcers.
    PressureUlcerRisk,
    /// Risk of swallowing the wrong way.
    SwallowingRisk,
}

impl Trait {
    /// Every trait, in the order of the section.
    pub const ALL: [Self; 15] = [
        Self::CanAlert,
        Self::Oriented,
        Self::Disoriented,
        Self::Agitated,
        Self::Opposing,
        Self::Suicidal,
        Self::SightLoss,
        Self::HearingLoss,
        Self::LanguageDisorder,
        Self::Falls,
        Self::Wandering,
        Self::RunningAway,
        Self::Restraint,
        Self::PressureUlcerRisk,
        Self::SwallowingRisk,
    ];

    /// Coded term, heading in the narrative, label in the narrative.
    fn terms(self) -> (&'static str, &'static str, &'static str, &'static str) {
        const MIND: &str = "État psychique";
        const LOSS: &str = "Handicaps et déficits";
        const MOVES: &str = "Déplacements et transferts";
        const OTHER: &str = "Autres risques";
        match self {
            Self::CanAlert => ("288575003", "capable de communiquer", MIND, "peut alerter"),
            Self::Oriented => ("247663003", "bien orienté", MIND, "orienté"),
            Self::Disoriented => ("62476001", "désorienté(e)", MIND, "désorienté"),
            Self::Agitated => ("24199005", "sensation d'agitation", MIND, "agité"),
            Self::Opposing => ("248043008", "comportement non-conciliant", MIND, "opposant"),
            Self::Suicidal => ("425104003", "comportement suicidaire", MIND, "risque suicidaire"),
            Self::SightLoss => ("397540003", "malvoyance", LOSS, "visuel"),
            Self::HearingLoss => ("15188001", "perte auditive", LOSS, "auditif"),
            Self::LanguageDisorder => ("62305002", "trouble du langage", LOSS, "langage"),
            Self::Falls => ("161898004", "chutes", MOVES, "chutes"),
            Self::Wandering => ("50239007", "errance", MOVES, "déambulation"),
            Self::RunningAway => ("248046000", "fugue", MOVES, "fugue"),
            Self::Restraint => ("386423001", "contention physique", MOVES, "contention"),
            Self::PressureUlcerRisk => ("285304000", "à risque d'escarre", OTHER, "risque d'escarre"),
            Self::SwallowingRisk => ("249492002", "fausse route alimentaire", OTHER, "risque de fausse route"),
        }
    }

    pub(crate) fn concept(self) -> Concept {
        let (code, display, _, _) = self.terms();
        Concept::new(code, display, System::SnomedCt)
    }
}

/// State of the patient. What is not in [`PatientState::traits`] is written as not recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PatientState {
    /// Traits recorded, present or not.
    pub traits: Vec<(Trait, bool)>,
    /// Anything else a receiver must know, in the narrative only, as pairs of a heading and a text:
    /// GIR, mobility, eating, continence, habits, isolation.
    pub others: Vec<(String, String)>,
}

impl PatientState {
    fn of(&self, wanted: Trait) -> Option<bool> {
        self.traits.iter().rev().find(|(found, _)| *found == wanted).map(|(_, present)| *present)
    }
}

/// The section about the state of the patient, always present.
pub(crate) fn section(scribe: &mut Scribe, state: &PatientState) -> Section {
    let model = SectionModel { templates: &EVENTS, code: EVENTS_CODE, title: "Observations" };
    let mut grid = Grid::new(&["Domaine", "Observation", "Réponse"]);
    let mut entries = Vec::new();
    for item in Trait::ALL {
        let (_, _, heading, label) = item.terms();
        let (anchor, present) = (scribe.anchor(), state.of(item));
        grid.row([Field::new(heading), Field::anchored(&anchor, label), Field::new(french::yes_no(present))]);
        let (what, when) = (coded("code", &item.concept()), absent("effectiveTime", "NA"));
        entries.push(observation(scribe, what, &anchor, when, boolean(present)));
    }
    let mut others = Grid::new(&["Autre observation", "Précision"]);
    for (heading, told) in &state.others {
        others.row([Field::new(heading), Field::new(told)]);
    }
    let blocks = grid.block().into_iter().chain(others.block());
    model.section(scribe, narrative(blocks), entries)
}
