//! From a plan and its traces to what a round shows: pure.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use platform::store::Stored;
use sejours::Sejour;
use uuid::Uuid;

use crate::absences::Absences;
use crate::cle::Cle;
use crate::plan::{Plan, SoinPrevu};
use crate::poste::Creneau;
use crate::recurrence::{Recurrence, TOLERANCE_MIN, autour};
use crate::validation::{Issue, Report, Validation};

/// What is known of one time of one act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EtatSoin {
    /// Its time has not come.
    AVenir,
    /// In its window.
    AFaire,
    /// Its window has passed, the shift goes on.
    EnRetard,
    /// The shift is over and nobody said anything: never counted as done (INV-10).
    NonTrace,
    /// Not due: the person is away.
    PersonneAbsente,
    /// Done.
    Fait,
    /// Done in part.
    FaitEnPartie,
    /// Refused.
    Refuse,
    /// The carer noted the person was not there.
    Absent,
    /// Put off: comes back at its new time.
    Reporte,
    /// Not needed this time.
    NonNecessaire,
}

impl EtatSoin {
    /// The state an outcome gives.
    pub fn de(issue: &Issue) -> Self {
        match issue {
            Issue::Fait => Self::Fait,
            Issue::FaitEnPartie { .. } => Self::FaitEnPartie,
            Issue::Refuse { .. } => Self::Refuse,
            Issue::Absent { .. } => Self::Absent,
            Issue::Reporte { .. } => Self::Reporte,
            Issue::NonNecessaire { .. } => Self::NonNecessaire,
        }
    }

    /// True as long as a word is expected.
    pub fn attend(self) -> bool {
        matches!(self, Self::AVenir | Self::AFaire | Self::EnRetard | Self::NonTrace)
    }

    /// Stable code, for snapshots of tablets.
    pub fn code(self) -> &'static str {
        match self {
            Self::AVenir => "a_venir",
            Self::AFaire => "a_faire",
            Self::EnRetard => "en_retard",
            Self::NonTrace => "non_trace",
            Self::PersonneAbsente => "personne_absente",
            Self::Fait => "fait",
            Self::FaitEnPartie => "fait_en_partie",
            Self::Refuse => "refuse",
            Self::Absent => "absent",
            Self::Reporte => "reporte",
            Self::NonNecessaire => "non_necessaire",
        }
    }
}

/// One time of one act in a round.
#[derive(Debug, Clone)]
pub struct SoinDuTour {
    /// The planned act, shared by its times.
    pub ligne: Arc<SoinPrevu>,
    /// Which time.
    pub occurrence: Cle,
    /// When it is due.
    pub due: Timestamp,
    /// From when it may be done.
    pub debut: Timestamp,
    /// After when it is late.
    pub fin: Timestamp,
    /// What is known of it.
    pub etat: EtatSoin,
    /// What was said of it, annulled ones left out, first hour first.
    pub validations: Vec<Stored<Validation>>,
    /// Somebody must decide between two words.
    pub a_verifier: bool,
    /// Not in the plan: stopped, or done when needed.
    pub hors_plan: bool,
}

impl SoinDuTour {
    /// The word which counts: the first one written, unless somebody else's hour is earlier for the same outcome.
    pub fn principale(&self) -> Option<&Stored<Validation>> {
        let premiere = self.validations.iter().find(|validation| validation.double_de.is_none()).or(self.validations.first())?;
        self.validations.iter().find(|validation| validation.issue.meme(&premiere.issue))
    }

    /// Those who said the same as the one which counts.
    pub fn aussi(&self) -> impl Iterator<Item = &Stored<Validation>> {
        let principale = self.principale();
        self.validations.iter().filter(move |autre| {
            principale.is_some_and(|validation| {
                validation.id != autre.id && validation.issue.meme(&autre.issue) && validation.par.compte != autre.par.compte
            })
        })
    }

    /// True if « Tout est fait » takes it: usual, in its window, nobody said anything.
    pub fn groupable(&self) -> bool {
        self.etat == EtatSoin::AFaire && self.ligne.est_courant()
    }
}

/// How a plan is looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Regard<'a> {
    /// The shift; `None` for a whole civil day.
    pub creneau: Option<Creneau>,
    /// Now.
    pub now: Timestamp,
    /// Where.
    pub fuseau: &'a TimeZone,
    /// Who was away when.
    pub absences: &'a Absences,
    /// Validations somebody must decide about.
    pub a_verifier: &'a HashSet<Uuid>,
}

type Cles = HashMap<(Uuid, Cle), Vec<Stored<Validation>>>;

impl Regard<'_> {
    fn etat(&self, sejour: &Sejour, due: Timestamp, debut: Timestamp, fin: Timestamp, fin_du_tour: Timestamp) -> EtatSoin {
        if self.absences.absent(sejour, due) {
            EtatSoin::PersonneAbsente
        } else if self.now >= fin_du_tour && self.now > fin {
            EtatSoin::NonTrace
        } else if self.now > fin {
            EtatSoin::EnRetard
        } else if self.now < debut {
            EtatSoin::AVenir
        } else {
            EtatSoin::AFaire
        }
    }

    fn soin(
        &self,
        sejour: &Sejour,
        ligne: &Arc<SoinPrevu>,
        temps: (Cle, Timestamp, Timestamp, Timestamp),
        validations: Vec<Stored<Validation>>,
    ) -> SoinDuTour {
        let (occurrence, due, debut, fin) = temps;
        let fin_du_tour = occurrence.creneau().fin(self.fuseau);
        let etat = self.etat(sejour, due, debut, fin, fin_du_tour);
        let a_verifier = validations.iter().any(|validation| self.a_verifier.contains(&validation.id));
        let hors_plan = validations.iter().any(|validation| validation.hors_plan);
        let mut soin =
            SoinDuTour { ligne: Arc::clone(ligne), occurrence, due, debut, fin, etat, validations, a_verifier, hors_plan };
        if let Some(principale) = soin.principale() {
            soin.etat = EtatSoin::de(&principale.issue);
        }
        soin
    }
}

/// What is due and what became of it in a shift; then what may be done when needed.
pub(crate) fn composer(
    regard: &Regard<'_>,
    sejour: &Sejour,
    plan: Option<Plan>,
    validations: Vec<Stored<Validation>>,
    reports: &[Report],
) -> (Vec<SoinDuTour>, Vec<Arc<SoinPrevu>>) {
    let Some(creneau) = regard.creneau else { return (Vec::new(), Vec::new()) };
    assembler(regard, sejour, plan, validations, reports, |ligne, fuseau| ligne.occurrences_du_creneau(creneau, fuseau))
}

/// What is due and what became of it on a civil day, from midnight to midnight.
pub(crate) fn composer_jour(
    regard: &Regard<'_>,
    sejour: &Sejour,
    jour: Date,
    plan: Option<Plan>,
    validations: Vec<Stored<Validation>>,
    reports: &[Report],
) -> (Vec<SoinDuTour>, Vec<Arc<SoinPrevu>>) {
    assembler(regard, sejour, plan, validations, reports, |ligne, fuseau| ligne.occurrences(jour, fuseau))
}

fn assembler(
    regard: &Regard<'_>,
    sejour: &Sejour,
    plan: Option<Plan>,
    validations: Vec<Stored<Validation>>,
    reports: &[Report],
    dues: impl Fn(&SoinPrevu, &TimeZone) -> Vec<crate::recurrence::Occurrence>,
) -> (Vec<SoinDuTour>, Vec<Arc<SoinPrevu>>) {
    let lignes: Vec<Arc<SoinPrevu>> = plan.map(|plan| plan.lignes).unwrap_or_default();
    let mut cles = par_cle(validations);
    let mut soins = Vec::new();
    let aujourd_hui = kernel::dates::jour_local(regard.now, regard.fuseau);
    for ligne in &lignes {
        for due in dues(ligne, regard.fuseau) {
            let dites = cles.remove(&(ligne.id, due.cle.clone())).unwrap_or_default();
            if dites.is_empty() && due.due < sejour.entree_le {
                continue;
            }
            soins.push(regard.soin(sejour, ligne, (due.cle, due.due, due.debut, due.fin), dites));
        }
    }
    for report in reports.iter().filter(|report| !report.annule) {
        let Some(ligne) = lignes.iter().find(|ligne| ligne.id == report.soin) else { continue };
        let dites = cles.remove(&(ligne.id, report.occurrence.clone())).unwrap_or_default();
        let due = report.occurrence.due(regard.fuseau);
        if ligne.valable(due) || !dites.is_empty() {
            let (debut, fin) = autour(due, TOLERANCE_MIN);
            soins.push(regard.soin(sejour, ligne, (report.occurrence.clone(), due, debut, fin), dites));
        }
    }
    for ((id, cle), dites) in cles {
        soins.push(hors_plan(regard, sejour, &lignes, id, cle, dites));
    }
    soins.sort_by(|a, b| (a.due, &a.ligne.libelle, &a.occurrence).cmp(&(b.due, &b.ligne.libelle, &b.occurrence)));
    let si_besoin =
        lignes.into_iter().filter(|ligne| ligne.recurrence.est_si_besoin() && ligne.en_cours(regard.now, aujourd_hui)).collect();
    (soins, si_besoin)
}

fn par_cle(validations: Vec<Stored<Validation>>) -> Cles {
    let mut cles: Cles = HashMap::with_capacity(validations.len());
    for validation in validations.into_iter().filter(|validation| validation.compte()) {
        cles.entry((validation.soin, validation.occurrence.clone())).or_default().push(validation);
    }
    for dites in cles.values_mut() {
        dites.sort_by_key(|validation| (validation.fait_le, validation.saisi_le, validation.id));
    }
    cles
}

/// A fact about an act which is no longer due: never lost, always shown.
fn hors_plan(
    regard: &Regard<'_>,
    sejour: &Sejour,
    lignes: &[Arc<SoinPrevu>],
    id: Uuid,
    cle: Cle,
    dites: Vec<Stored<Validation>>,
) -> SoinDuTour {
    let ligne = lignes.iter().find(|ligne| ligne.id == id).cloned();
    let ligne = ligne.unwrap_or_else(|| {
        Arc::new(inconnu(id, dites.first().map(|validation| validation.libelle.clone()).unwrap_or_default(), &cle))
    });
    let due = cle.due(regard.fuseau);
    let mut soin = regard.soin(sejour, &ligne, (cle, due, due, due), dites);
    soin.hors_plan = true;
    soin
}

fn inconnu(id: Uuid, libelle: String, cle: &Cle) -> SoinPrevu {
    SoinPrevu {
        id,
        acte: String::new(),
        libelle,
        icone: "list-checks".to_owned(),
        categorie: String::new(),
        consigne: String::new(),
        metiers: Vec::new(),
        recurrence: Recurrence::si_besoin(),
        du: cle.origine().date(),
        au: None,
        ajoute_le: None,
        arret: None,
        mesures: Vec::new(),
        a_risque: false,
        observation: false,
        duree_min: 0,
        origine: None,
    }
}
