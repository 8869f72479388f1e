//! Where the module's records stand: lists, keys, families of data.

use kernel::id::{EtablissementId, UniteId, UsagerId};
use platform::acces::{Categorie, Ecrit, Referentiel};
use platform::store::{Entity, Scope};
use uuid::Uuid;

use crate::bibliotheque::{ActeLocal, PlanTypeLocal};
use crate::plan::Plan;
use crate::poste::Creneau;
use crate::repartition::Repartition;
use crate::validation::{Report, Validation};
use crate::verification::AVerifier;

/// The list of what was validated for a unit (or the whole house, for persons without a unit) during a shift.
pub fn lane_tour(unite: Option<UniteId>, etablissement: EtablissementId, creneau: Creneau) -> String {
    format!("tour/{}/{creneau}", lieu(unite, etablissement))
}

/// The list of what was put off to a shift.
pub fn lane_reports(unite: Option<UniteId>, etablissement: EtablissementId, creneau: Creneau) -> String {
    format!("reports/{}/{creneau}", lieu(unite, etablissement))
}

/// The list which moves when an act of a person is validated: what a card of the round follows.
pub fn lane_soins(usager: UsagerId) -> String {
    platform::store::person_lane(usager.0)
}

/// The list which moves when the plan of somebody of an establishment changes.
pub fn lane_plans(etablissement: EtablissementId) -> String {
    format!("plan/{etablissement}")
}

/// What waits for a decision in an establishment.
pub fn lane_a_verifier(etablissement: EtablissementId) -> String {
    format!("a-verifier/{etablissement}")
}

/// What was decided in an establishment.
pub fn lane_verifies(etablissement: EtablissementId) -> String {
    format!("verifies/{etablissement}")
}

/// Who takes care of whom in a unit.
pub fn lane_repartition(unite: UniteId) -> String {
    format!("repartition/{unite}")
}

/// Acts added by an establishment.
pub(crate) fn lane_actes(etablissement: EtablissementId) -> String {
    format!("actes-locaux/{etablissement}")
}

/// Templates added by an establishment.
pub(crate) fn lane_plans_types(etablissement: EtablissementId) -> String {
    format!("plans-types-locaux/{etablissement}")
}

fn lieu(unite: Option<UniteId>, etablissement: EtablissementId) -> Uuid {
    unite.map_or(etablissement.0, |unite| unite.0)
}

impl Entity for Plan {
    const KIND: &'static str = "plan";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).person(self.usager).lane(lane_plans(self.etablissement))
    }
}

impl Ecrit for Plan {
    const CATEGORIE: Categorie = Categorie::Soins;
}

impl Entity for Validation {
    const KIND: &'static str = "validation";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).person(self.usager).at(self.fait_le).lane(lane_tour(
            self.unite,
            self.etablissement,
            self.occurrence.creneau(),
        ))
    }

    fn claims(&self) -> Vec<String> {
        self.cle_unique().into_iter().collect()
    }
}

impl Ecrit for Validation {
    const CATEGORIE: Categorie = Categorie::Soins;
}

impl Entity for Report {
    const KIND: &'static str = "report_soin";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).person(self.usager).at(self.a).lane(lane_reports(
            self.unite,
            self.etablissement,
            self.occurrence.creneau(),
        ))
    }
}

impl Ecrit for Report {
    const CATEGORIE: Categorie = Categorie::Soins;
}

impl Entity for AVerifier {
    const KIND: &'static str = "a_verifier";

    fn scope(&self) -> Scope {
        let lane = if self.ferme.is_none() { lane_a_verifier(self.etablissement) } else { lane_verifies(self.etablissement) };
        Scope::of(self.etablissement).person(self.usager).at(self.leve_le).lane(lane)
    }
}

impl Ecrit for AVerifier {
    const CATEGORIE: Categorie = Categorie::Soins;
}

impl Entity for Repartition {
    const KIND: &'static str = "repartition";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).lane(lane_repartition(self.unite))
    }
}

impl Entity for ActeLocal {
    const KIND: &'static str = "acte_local";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).lane(lane_actes(self.etablissement))
    }

    fn claims(&self) -> Vec<String> {
        vec![format!("acte/{}/{}", self.etablissement, self.acte.code)]
    }
}

impl Entity for PlanTypeLocal {
    const KIND: &'static str = "plan_type_local";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).lane(lane_plans_types(self.etablissement))
    }

    fn claims(&self) -> Vec<String> {
        vec![format!("plan-type/{}/{}", self.etablissement, self.plan.code)]
    }
}

macro_rules! organisation {
    ($($kind:ty),+) => {$(
        impl Referentiel for $kind {
            const CATEGORIE: Categorie = Categorie::Organisation;
        }
    )+};
}
organisation!(Repartition, ActeLocal, PlanTypeLocal);
