//! A round: who is to be cared for during a shift, what is due, what became of it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use kernel::id::{UniteId, UsagerId};
use platform::acces::{Categorie, DossierOuvert, Droit, PerimetreOuvert};
use platform::erreur::Resultat;
use platform::store::{Query, Stored};
use sejours::{Resident, residents_de};
use usagers::Identification;
use uuid::Uuid;

use crate::absences::Absences;
use crate::composition::{Regard, SoinDuTour, composer};
use crate::plan::{Plan, SoinPrevu};
use crate::poste::Creneau;
use crate::records::{lane_a_verifier, lane_reports, lane_tour};
use crate::validation::{Report, Validation};
use crate::verification::AVerifier;

/// A resident of a round with what is due.
#[derive(Debug, Clone)]
pub struct ResidentDuTour {
    /// Who, with what nobody may ignore.
    pub resident: Resident,
    /// Birth and INS, for who may read them.
    pub identification: Option<Identification>,
    /// What is due in the shift, by time.
    pub soins: Vec<SoinDuTour>,
    /// What may be done when needed.
    pub si_besoin: Vec<Arc<SoinPrevu>>,
    /// « hospitalisé, CH de … », when away now.
    pub absent: Option<String>,
}

impl ResidentDuTour {
    /// Whose.
    pub fn id(&self) -> UsagerId {
        self.resident.id()
    }

    /// Address of the record.
    pub fn resident_href(&self) -> String {
        format!("/residents/{}", self.id())
    }

    /// Counts of the acts of this resident.
    pub fn compte(&self) -> Compte {
        let mut compte = Compte::default();
        self.soins.iter().for_each(|soin| compte.ajouter(soin));
        compte
    }
}

/// How many acts are in each state. « Non tracé » is its own count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Compte {
    /// Due: everything but what an absence cancels.
    pub dus: u32,
    /// Done, in full or in part.
    pub faits: u32,
    /// Refused, absent, put off or not needed, with a reason.
    pub expliques: u32,
    /// Not done yet, their time has come.
    pub a_faire: u32,
    /// Not done yet, their time is to come.
    pub a_venir: u32,
    /// Not done yet, their time has passed.
    pub en_retard: u32,
    /// Without any trace once the shift is over.
    pub non_traces: u32,
    /// Not due: the person is away.
    pub absents: u32,
}

impl Compte {
    /// Counts one more act.
    pub fn ajouter(&mut self, soin: &SoinDuTour) {
        use crate::composition::EtatSoin as E;
        if soin.etat == E::PersonneAbsente {
            self.absents += 1;
            return;
        }
        self.dus += 1;
        let case = match soin.etat {
            E::Fait | E::FaitEnPartie => &mut self.faits,
            E::Refuse | E::Absent | E::Reporte | E::NonNecessaire => &mut self.expliques,
            E::AFaire => &mut self.a_faire,
            E::AVenir => &mut self.a_venir,
            E::EnRetard => &mut self.en_retard,
            E::NonTrace | E::PersonneAbsente => &mut self.non_traces,
        };
        *case += 1;
    }

    /// Adds another count.
    pub fn cumuler(&mut self, autre: Self) {
        self.dus += autre.dus;
        self.faits += autre.faits;
        self.expliques += autre.expliques;
        self.a_faire += autre.a_faire;
        self.a_venir += autre.a_venir;
        self.en_retard += autre.en_retard;
        self.non_traces += autre.non_traces;
        self.absents += autre.absents;
    }

    /// Acts somebody said something of.
    pub fn traces(self) -> u32 {
        self.faits + self.expliques
    }

    /// Acts still waiting for a word.
    pub fn restants(self) -> u32 {
        self.a_faire + self.a_venir + self.en_retard + self.non_traces
    }
}

/// A round.
#[derive(Debug, Clone)]
pub struct Tour {
    /// The shift.
    pub creneau: Creneau,
    /// Residents in the walking order of their rooms.
    pub residents: Vec<ResidentDuTour>,
    /// Counts of the whole round.
    pub compte: Compte,
}

impl Tour {
    /// Keeps some acts only, and counts again.
    pub fn garder(&mut self, garde: impl Fn(&ResidentDuTour, &SoinDuTour) -> bool) {
        for resident in &mut self.residents {
            let soins = std::mem::take(&mut resident.soins);
            resident.soins = soins.into_iter().filter(|soin| garde(resident, soin)).collect();
        }
        self.recompter();
    }

    /// Counts again what is left.
    pub fn recompter(&mut self) {
        self.compte = Compte::default();
        for resident in &self.residents {
            self.compte.cumuler(resident.compte());
        }
    }
}

/// The establishments' time zone.
pub(crate) fn fuseau() -> TimeZone {
    kernel::clock::fuseau_par_defaut()
}

/// The round of the units of a perimeter: a handful of lists, whatever the number of acts.
pub async fn tour<D: Droit>(perimetre: &PerimetreOuvert<D>, creneau: Creneau) -> Resultat<Tour> {
    let residents = residents_de(perimetre).await?;
    tour_de(perimetre, creneau, residents).await
}

/// The round of chosen residents of a perimeter.
pub async fn tour_de<D: Droit>(perimetre: &PerimetreOuvert<D>, creneau: Creneau, residents: Vec<Resident>) -> Resultat<Tour> {
    let fuseau = fuseau();
    let debut = creneau.debut(&fuseau);
    let ids: Vec<Uuid> = residents.iter().map(|resident| Plan::id(resident.id())).collect();
    let mut plans: HashMap<UsagerId, Plan> =
        perimetre.lire::<Plan>(&ids).await?.into_iter().map(|plan| (plan.value.usager, plan.value)).collect();
    let ids: Vec<Uuid> = residents.iter().map(|resident| Identification::id(resident.id())).collect();
    let mut identites: HashMap<UsagerId, Identification> =
        perimetre.lire::<Identification>(&ids).await?.into_iter().map(|lue| (lue.value.usager, lue.value)).collect();
    let mut traces = traces(perimetre, creneau, &residents, debut).await?;
    let absences = Absences::lire(perimetre, debut).await?;
    let a_verifier = a_verifier(perimetre).await?;
    let regard = Regard {
        creneau: Some(creneau),
        now: perimetre.contexte().now,
        fuseau: &fuseau,
        absences: &absences,
        a_verifier: &a_verifier,
    };
    let mut tour = Tour { creneau, residents: Vec::with_capacity(residents.len()), compte: Compte::default() };
    for resident in residents {
        let usager = resident.id();
        let plan = plans.remove(&usager);
        let (validations, reports) = traces.remove(&usager).unwrap_or_default();
        let (soins, si_besoin) = composer(&regard, &resident.sejour, plan, validations, &reports);
        let absent = crate::absences::raison(&resident);
        tour.residents.push(ResidentDuTour { identification: identites.remove(&usager), resident, soins, si_besoin, absent });
    }
    tour.recompter();
    Ok(tour)
}

type Traces = HashMap<UsagerId, (Vec<Stored<Validation>>, Vec<Report>)>;

/// What was traced, by person: two lists a unit, and one more for those who changed unit during the shift.
async fn traces<D: Droit>(
    perimetre: &PerimetreOuvert<D>,
    creneau: Creneau,
    residents: &[Resident],
    debut: Timestamp,
) -> Resultat<Traces> {
    let etablissement = perimetre.etablissement();
    let unites: HashSet<Option<UniteId>> = residents.iter().map(|resident| resident.sejour.unite).collect();
    let mut traces: Traces = HashMap::with_capacity(residents.len());
    for unite in unites {
        for validation in perimetre.liste::<Validation>(&Query::lane(&lane_tour(unite, etablissement, creneau))).await? {
            traces.entry(validation.usager).or_default().0.push(validation);
        }
        for report in perimetre.liste::<Report>(&Query::lane(&lane_reports(unite, etablissement, creneau))).await? {
            traces.entry(report.usager).or_default().1.push(report.value);
        }
    }
    let depuis = debut.checked_sub(SignedDuration::from_hours(12)).unwrap_or(debut);
    for resident in residents.iter().filter(|resident| resident.sejour.recorded >= debut) {
        let (validations, reports) = traces.entry(resident.id()).or_default();
        let connues: HashSet<Uuid> = validations.iter().map(|validation| validation.id).collect();
        let siennes: Vec<Stored<Validation>> = perimetre.liste(&Query::person(resident.id()).since(depuis)).await?;
        validations
            .extend(siennes.into_iter().filter(|autre| autre.occurrence.creneau() == creneau && !connues.contains(&autre.id)));
        let connus: HashSet<Uuid> = reports.iter().map(|report| report.validation).collect();
        let siens: Vec<Stored<Report>> = perimetre.liste(&Query::person(resident.id()).since(depuis)).await?;
        let du_tour =
            siens.into_iter().filter(|autre| autre.occurrence.creneau() == creneau && !connus.contains(&autre.validation));
        reports.extend(du_tour.map(|report| report.value));
    }
    Ok(traces)
}

/// Validations somebody must still decide about.
async fn a_verifier<D: Droit>(perimetre: &PerimetreOuvert<D>) -> Resultat<HashSet<Uuid>> {
    let ouverts: Vec<Stored<AVerifier>> = perimetre.liste(&Query::lane(&lane_a_verifier(perimetre.etablissement()))).await?;
    Ok(ouverts.iter().flat_map(|ouvert| ouvert.faits.iter().map(|fait| fait.validation)).collect())
}

/// The card of one resident of a round, from an opened record; `None` without a stay.
pub async fn resident_du_tour<D: Droit>(dossier: &DossierOuvert<D>, creneau: Creneau) -> Resultat<Option<ResidentDuTour>> {
    let Some(resident) = sejours::resident(dossier).await? else { return Ok(None) };
    let fuseau = fuseau();
    let debut = creneau.debut(&fuseau);
    let depuis = debut.checked_sub(SignedDuration::from_hours(12)).unwrap_or(debut);
    let plan: Option<Stored<Plan>> = dossier.lire(Plan::id(dossier.usager())).await?;
    let mut validations: Vec<Stored<Validation>> = dossier.liste(|query| query.since(depuis)).await?;
    validations.retain(|validation| validation.occurrence.creneau() == creneau);
    let reports: Vec<Stored<Report>> = dossier.liste(|query| query.since(depuis)).await?;
    let reports: Vec<Report> =
        reports.into_iter().map(|report| report.value).filter(|report| report.occurrence.creneau() == creneau).collect();
    let absences = Absences::de_la_personne(dossier, debut).await?;
    let a_verifier = crate::journee::ouverts(dossier).await?;
    let identification = if dossier.peut_lire(Categorie::Identite) {
        dossier.lire::<Identification>(Identification::id(dossier.usager())).await?.map(|lue| lue.value)
    } else {
        None
    };
    let regard = Regard {
        creneau: Some(creneau),
        now: dossier.contexte().now,
        fuseau: &fuseau,
        absences: &absences,
        a_verifier: &a_verifier,
    };
    let (soins, si_besoin) = composer(&regard, &resident.sejour, plan.map(|plan| plan.value), validations, &reports);
    let absent = crate::absences::raison(&resident);
    Ok(Some(ResidentDuTour { resident, identification, soins, si_besoin, absent }))
}
