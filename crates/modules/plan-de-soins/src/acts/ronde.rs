//! « Tout RAS sauf… »: a night round of several residents in one gesture, told for each of them.

use std::collections::HashSet;

use jiff::Timestamp;
use kernel::id::{EtablissementId, UniteId, UsagerId};
use platform::acces::{Acces, PerimetreOuvert};
use platform::erreur::{Erreur, Resultat};
use uuid::Uuid;

use super::signataire;
use crate::composition::SoinDuTour;
use crate::nuit::{Passage, est_ronde};
use crate::plan::Signataire;
use crate::poste::Creneau;
use crate::rights::ValiderRonde;
use crate::tour::{ResidentDuTour, tour};
use crate::validation::{FaitSource, Issue, Validation};

/// A round walked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ronde {
    /// Made by whoever does it: the same id is the same round.
    pub id: Uuid,
    /// Where.
    pub etablissement: EtablissementId,
    /// The unit walked.
    pub unite: UniteId,
    /// The night.
    pub creneau: Creneau,
    /// Which part of it.
    pub passage: Passage,
    /// Residents set apart: each is told by hand.
    pub sauf: Vec<UsagerId>,
    /// Only these residents, when it is not the whole unit.
    pub seulement: Option<Vec<UsagerId>>,
    /// When it was walked.
    pub fait_le: Timestamp,
    /// When it was entered.
    pub saisi_le: Timestamp,
    /// The tablet's clock was doubtful.
    pub heure_a_confirmer: bool,
    /// Entered without network.
    pub hors_ligne: bool,
}

/// What a round wrote.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RondeFaite {
    /// Residents seen.
    pub vus: usize,
    /// Residents who are away: not seen, « absent » instead.
    pub absents: usize,
}

/// Validates the round of a unit. What a colleague walked first stays as it is.
///
/// # Errors
/// `Conflit` when colleagues keep walking the same residents meanwhile.
pub async fn valider_ronde(acces: &Acces<ValiderRonde>, ronde: &Ronde) -> Resultat<RondeFaite> {
    let perimetre = acces.ouvrir_perimetre(ronde.etablissement, &[ronde.unite]).await?;
    let signataire = signataire(acces);
    for _ in 0..4 {
        let tour = tour(&perimetre, ronde.creneau).await?;
        let mut faite = RondeFaite::default();
        let mut faits = Vec::new();
        for resident in tour.residents.iter().filter(|resident| retenu(ronde, resident)) {
            if resident.absent.is_some() {
                faite.absents += 1;
                continue;
            }
            let dues: Vec<Validation> = resident
                .soins
                .iter()
                .filter(|soin| est_ronde(soin) && soin.etat.attend() && ronde.passage.contient(soin.occurrence.attendue()))
                .map(|soin| vu(ronde, resident, soin, &signataire))
                .collect();
            faite.vus += usize::from(!dues.is_empty());
            faits.extend(dues);
        }
        if faits.is_empty() || ecrire(&perimetre, ronde, &faits).await? {
            return Ok(faite);
        }
    }
    Err(Erreur::Conflit)
}

fn retenu(ronde: &Ronde, resident: &ResidentDuTour) -> bool {
    let id = resident.id();
    !ronde.sauf.contains(&id) && ronde.seulement.as_ref().is_none_or(|seulement| seulement.contains(&id))
}

fn vu(ronde: &Ronde, resident: &ResidentDuTour, soin: &SoinDuTour, par: &Signataire) -> Validation {
    Validation {
        usager: resident.id(),
        etablissement: ronde.etablissement,
        unite: resident.resident.sejour.unite,
        soin: soin.ligne.id,
        libelle: soin.ligne.libelle.clone(),
        occurrence: soin.occurrence.clone(),
        issue: Issue::Fait,
        fait_le: ronde.fait_le,
        saisi_le: ronde.saisi_le,
        fait_source: if ronde.fait_le == ronde.saisi_le { FaitSource::Maintenant } else { FaitSource::Choisi },
        groupe: true,
        avec: None,
        note: String::new(),
        par: par.clone(),
        hors_plan: false,
        heure_a_confirmer: ronde.heure_a_confirmer,
        hors_ligne: ronde.hors_ligne,
        annule: None,
        correction: None,
        remplace: None,
        double_de: None,
    }
}

/// Writes the facts of a round; false when somebody walked one of them meanwhile.
async fn ecrire(perimetre: &PerimetreOuvert<ValiderRonde>, ronde: &Ronde, faits: &[Validation]) -> Resultat<bool> {
    let personnes: HashSet<UsagerId> = faits.iter().map(|fait| fait.usager).collect();
    let personnes: Vec<UsagerId> = personnes.into_iter().collect();
    let mut acte = perimetre.acte("ronde.validee", &personnes).await?.detail("nombre", personnes.len());
    for fait in faits {
        let nom = format!("{}/{}/{}", fait.usager, fait.soin, fait.occurrence);
        acte.create(kernel::id::derived(ronde.id, &nom), fait);
    }
    match perimetre.commit(acte).await {
        Ok(()) => Ok(true),
        Err(Erreur::DejaPris(_)) => Ok(false),
        Err(erreur) => Err(erreur),
    }
}
