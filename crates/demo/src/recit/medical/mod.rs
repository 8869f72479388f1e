//! The medical file of each resident: diseases, history, treatments taken, results, vaccinations, devices, and the sheet of
//! instructions for an emergency. Plausible facts, coherent with the alert chips, the plans and the allergies of the story.

mod catalogue;
mod dates;
mod fiche;
mod tirage;
mod traits;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

pub(crate) use catalogue::Catalogue;
pub use dates::Debut;
pub use fiche::{Fiche, Hopital, OBSERVATIONS, SUJETS};

use super::Recit;
use super::batiments::GENETS;
use super::sejours::cle;
use crate::alea::Alea;
use dates::Periode;

/// The families of the medical file, those of the module `medical`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// Disease in progress.
    Pathologie,
    /// Medical history.
    Antecedent,
    /// Surgery undergone.
    Intervention,
    /// Treatment taken.
    Traitement,
    /// Multi-resistant bacterium carried.
    Bmr,
    /// Result of an examination.
    Resultat,
    /// Vaccination.
    Vaccination,
    /// Prosthesis, device, aid.
    Dispositif,
}

/// Level of care of the sheet, from every care (A) to comfort care (D).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Niveau {
    /// Every care, intensive care included.
    A,
    /// Hospital, no intensive care.
    B,
    /// Care on the spot.
    C,
    /// Comfort care.
    D,
}

/// One line of the medical file.
#[derive(Clone, Debug, Hash)]
pub struct Element {
    /// Family.
    pub nature: Nature,
    /// Words, as a physician writes them; a drug by its common name and its strength.
    pub libelle: String,
    /// Code of the CIM-10, when there is one.
    pub cim10: Option<String>,
    /// Since, or on.
    pub debut: Option<Debut>,
    /// Last day, for what is over.
    pub fin: Option<Date>,
    /// Dose and moments of a treatment, value of a result, side of a device.
    pub detail: String,
    /// To be told before the others: anticoagulant, insulin, opioid, weekly methotrexate.
    pub a_risque: bool,
    /// When it was written.
    pub note_le: Timestamp,
    /// Index of the account which wrote it: a physician of the house, else its IDEC.
    pub auteur: usize,
}

/// The medical file of a resident.
#[derive(Clone, Debug, Hash)]
pub struct Dossier {
    /// 2 to 9 lines.
    pub elements: Vec<Element>,
    /// The sheet of instructions.
    pub fiche: Fiche,
}

/// Who writes in a house.
struct Plumes {
    medecins: Vec<usize>,
    idec: usize,
}

impl Plumes {
    fn de(recit: &Recit, etablissement: usize) -> Self {
        let tient = |roles: &[&str]| {
            let agents = recit.agents.iter().enumerate();
            agents
                .filter(|(_, a)| a.etablissement == Some(etablissement) && roles.contains(&a.role))
                .map(|(i, _)| i)
                .collect::<Vec<_>>()
        };
        Self { medecins: tient(&["medecin", "medecin_co"]), idec: tient(&["idec"]).first().copied().unwrap_or(0) }
    }

    /// The physician who follows this person; the IDEC where there is none, or for what a nurse writes.
    fn de_la_personne(&self, resident: usize, nature: Option<Nature>) -> usize {
        if matches!(nature, Some(Nature::Vaccination | Nature::Dispositif)) {
            return self.idec;
        }
        let rang = resident.checked_rem(self.medecins.len()).unwrap_or(0);
        self.medecins.get(rang).copied().unwrap_or(self.idec)
    }
}

/// The file of every resident, in the order of `residents`.
pub(super) fn tous(recit: &Recit, catalogue: &Catalogue) -> Vec<Dossier> {
    let plumes: Vec<Plumes> = (0..3).map(|e| Plumes::de(recit, e)).collect();
    let nommes: Vec<_> = catalogue.nommes.iter().map(|n| (recit.grappe.lit_de(GENETS, n.porte), n)).collect();
    let mut dossiers = Vec::with_capacity(recit.residents.len());
    for (i, r) in recit.residents.iter().enumerate() {
        let Some(sejour) = r.sejours.last() else { continue };
        let Some(plume) = plumes.get(sejour.etablissement) else { continue };
        let nomme = nommes.iter().find(|(lit, _)| *lit == Some(i)).map(|(_, n)| *n);
        let unite = sejour.occupations.last().map(|o| recit.grappe.unite_du_lit(o.lit));
        let mut alea = Alea::pour(recit.graine, &[1100, cle(i)]);
        let periode = Periode::de(&recit.calendrier, r, sejour);
        let mut tirage = tirage::Tirage::nouveau(r, &periode, traits::de(r, unite, &mut alea), alea);
        match nomme {
            Some(nomme) => tirage.nommer(nomme),
            None => tirage.tirer(&catalogue.blocs),
        }
        let (mut elements, traits) = tirage.finir();
        for e in &mut elements {
            e.auteur = plume.de_la_personne(i, Some(e.nature));
        }
        let mut alea = Alea::pour(recit.graine, &[1110, cle(i)]);
        let personne = fiche::Personne { resident: r, traits: &traits, elements: &elements, nomme };
        let mut fiche = fiche::ecrire(catalogue, &personne, &periode, &mut alea);
        fiche.auteur = plume.de_la_personne(i, None);
        dossiers.push(Dossier { elements, fiche });
    }
    dossiers
}
