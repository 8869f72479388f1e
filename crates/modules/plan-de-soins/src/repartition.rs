//! Who takes care of whom during a round.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kernel::id::{CompteId, EtablissementId, UniteId, UsagerId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::poste::{Creneau, Poste};

/// A colleague of the round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Equipier {
    /// Their account, when they have one and signed something already.
    #[serde(default)]
    pub compte: Option<CompteId>,
    /// Name shown.
    pub nom: String,
    /// Short profession.
    #[serde(default)]
    pub metier: String,
}

/// The residents of a unit shared among the colleagues on duty, for a day and a shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repartition {
    /// Where.
    pub etablissement: EtablissementId,
    /// The unit.
    pub unite: UniteId,
    /// The day the shift starts.
    pub jour: Date,
    /// The shift.
    pub poste: Poste,
    /// Colleagues on duty.
    #[serde(default)]
    pub equipe: Vec<Equipier>,
    /// For each resident, the rank of the colleague in `equipe`; absent: shared by all.
    #[serde(default)]
    pub residents: BTreeMap<UsagerId, usize>,
    /// Name of who shared.
    #[serde(default)]
    pub par: String,
}

impl Repartition {
    /// The record's id for a unit and a shift.
    pub fn id(unite: UniteId, creneau: Creneau) -> Uuid {
        kernel::id::derived(unite.0, &format!("repartition/{creneau}"))
    }

    /// Nothing shared yet.
    pub fn vide(etablissement: EtablissementId, unite: UniteId, creneau: Creneau) -> Self {
        Self {
            etablissement,
            unite,
            jour: creneau.jour,
            poste: creneau.poste,
            equipe: Vec::new(),
            residents: BTreeMap::new(),
            par: String::new(),
        }
    }

    /// Who takes care of a resident.
    pub fn equipier(&self, usager: UsagerId) -> Option<&Equipier> {
        self.residents.get(&usager).and_then(|rang| self.equipe.get(*rang))
    }

    /// True if this account takes care of the resident, or if nobody in particular does.
    pub fn est_a(&self, compte: CompteId, usager: UsagerId) -> bool {
        self.equipier(usager).is_none_or(|equipier| equipier.compte == Some(compte))
    }

    /// True if this account was given residents.
    pub fn a_part(&self, compte: CompteId) -> bool {
        self.residents.values().any(|rang| self.equipe.get(*rang).is_some_and(|equipier| equipier.compte == Some(compte)))
    }

    /// The rank of a colleague, added when unknown.
    pub fn rang(&mut self, equipier: Equipier) -> usize {
        let meme = |connu: &Equipier| match (connu.compte, equipier.compte) {
            (Some(connu), Some(nouveau)) => connu == nouveau,
            _ => connu.nom == equipier.nom,
        };
        if let Some(rang) = self.equipe.iter().position(meme) {
            let connu = &mut self.equipe[rang];
            if connu.compte.is_none() {
                *connu = equipier;
            }
            return rang;
        }
        self.equipe.push(equipier);
        self.equipe.len() - 1
    }
}
