//! Where transmissions, targets, instructions and readings stand.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kernel::id::{CompteId, EtablissementId, UniteId, UsagerId};
use platform::acces::{Categorie, Ecrit};
use platform::store::{Entity, Scope};
use uuid::Uuid;

use crate::cible::Cible;
use crate::consigne::Consigne;
use crate::lecture::{Acceptation, DernierPassage, Lecture, Passation, PriseDeConnaissance};
use crate::model::Transmission;
use crate::themes;

fn lieu(etablissement: EtablissementId, unite: Option<UniteId>) -> String {
    unite.map_or_else(|| format!("sans-unite/{etablissement}"), |unite| format!("unite/{unite}"))
}

/// The feed of a unit in the order of facts; persons without a unit share one list an establishment.
pub fn lane_fil(etablissement: EtablissementId, unite: Option<UniteId>) -> String {
    format!("transmissions/{}", lieu(etablissement, unite))
}

/// The feed of an establishment.
pub fn lane_etablissement(etablissement: EtablissementId) -> String {
    format!("transmissions/etablissement/{etablissement}")
}

/// Targets which are not closed, of a unit.
pub fn lane_cibles(etablissement: EtablissementId, unite: Option<UniteId>) -> String {
    format!("cibles/{}", lieu(etablissement, unite))
}

/// Targets which are not closed, of an establishment.
pub fn lane_cibles_etablissement(etablissement: EtablissementId) -> String {
    format!("cibles/etablissement/{etablissement}")
}

/// Instructions of a unit in the order of their last day.
pub fn lane_consignes(etablissement: EtablissementId, unite: Option<UniteId>) -> String {
    format!("consignes/{}", lieu(etablissement, unite))
}

/// Instructions of an establishment in the order of their last day.
pub fn lane_consignes_etablissement(etablissement: EtablissementId) -> String {
    format!("consignes/etablissement/{etablissement}")
}

/// What an account read, in an establishment.
pub(crate) fn lane_lectures(compte: CompteId, etablissement: EtablissementId) -> String {
    format!("lectures/{compte}/{etablissement}")
}

/// Units an account read, in an establishment.
pub(crate) fn lane_passages(compte: CompteId, etablissement: EtablissementId) -> String {
    format!("passages/{compte}/{etablissement}")
}

/// Who took note of the alerts of an establishment.
pub(crate) fn lane_connaissances(etablissement: EtablissementId) -> String {
    format!("connaissances/{etablissement}")
}

/// Handovers of an establishment.
pub(crate) fn lane_passations(etablissement: EtablissementId) -> String {
    format!("passations/{etablissement}")
}

/// Who accepted a handover.
pub(crate) fn lane_acceptations(passation: Uuid) -> String {
    format!("acceptations/{passation}")
}

fn de(etablissement: EtablissementId, usager: UsagerId, at: Timestamp) -> Scope {
    Scope::of(etablissement).person(usager).at(at)
}

macro_rules! transmissions {
    ($($kind:ty),+) => {$(
        impl Ecrit for $kind {
            const CATEGORIE: Categorie = Categorie::Transmissions;
        }
    )+};
}
transmissions!(Transmission, Cible, Consigne, Lecture, DernierPassage, PriseDeConnaissance, Passation, Acceptation);

impl Entity for Transmission {
    const KIND: &'static str = "transmission";

    fn scope(&self) -> Scope {
        de(self.etablissement, self.usager, self.fait_le)
            .lane(lane_fil(self.etablissement, self.unite))
            .lane2(lane_etablissement(self.etablissement))
    }

    fn text(&self) -> Option<String> {
        let consigne = self.consigne.as_ref().map(|consigne| consigne.texte.as_str());
        let mut texte = themes::libelle(&self.theme).to_owned();
        for partie in self.textes().chain(consigne) {
            texte.push('\n');
            texte.push_str(partie);
        }
        Some(texte)
    }
}

impl Entity for Cible {
    const KIND: &'static str = "cible";

    fn scope(&self) -> Scope {
        let scope = de(self.etablissement, self.usager, self.derniere_le);
        if !self.etat.vivante() {
            return scope;
        }
        scope.lane(lane_cibles(self.etablissement, self.unite)).lane2(lane_cibles_etablissement(self.etablissement))
    }
}

/// The instant which orders instructions: the beginning of their last day.
pub(crate) fn instant_du_jour(jour: Date) -> Timestamp {
    kernel::dates::instant_local(jour.at(0, 0, 0, 0), &TimeZone::UTC)
}

impl Entity for Consigne {
    const KIND: &'static str = "consigne";

    fn scope(&self) -> Scope {
        de(self.etablissement, self.usager, instant_du_jour(self.jusquau))
            .lane(lane_consignes(self.etablissement, self.unite))
            .lane2(lane_consignes_etablissement(self.etablissement))
    }
}

impl Entity for Lecture {
    const KIND: &'static str = "lecture";

    fn scope(&self) -> Scope {
        de(self.etablissement, self.usager, self.jusqua).lane(lane_lectures(self.compte, self.etablissement))
    }
}

impl Entity for DernierPassage {
    const KIND: &'static str = "dernier_passage";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).at(self.jusqua).lane(lane_passages(self.compte, self.etablissement))
    }
}

impl Entity for PriseDeConnaissance {
    const KIND: &'static str = "prise_de_connaissance";

    fn scope(&self) -> Scope {
        de(self.etablissement, self.usager, self.le).lane(lane_connaissances(self.etablissement))
    }
}

impl Entity for Passation {
    const KIND: &'static str = "passation";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).at(self.fin).lane(lane_passations(self.etablissement))
    }
}

impl Entity for Acceptation {
    const KIND: &'static str = "acceptation";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement)
            .at(self.le)
            .lane(lane_acceptations(self.passation))
            .lane2(lane_passations(self.etablissement))
    }
}
