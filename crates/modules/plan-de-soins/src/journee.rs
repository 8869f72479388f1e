//! The day of a person: what is due and what became of it, from midnight to midnight (F240).

use std::collections::HashSet;
use std::sync::Arc;

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};
use kernel::dates::instant_local;
use platform::acces::{DossierOuvert, Droit};
use platform::erreur::Resultat;
use platform::store::Stored;
use sejours::{Resident, resident};
use uuid::Uuid;

use crate::absences::Absences;
use crate::composition::{Regard, SoinDuTour, composer_jour};
use crate::plan::{Plan, SoinPrevu};
use crate::tour::fuseau;
use crate::validation::{Report, Validation};
use crate::verification::AVerifier;

/// The day of a person, as far as care goes.
#[derive(Debug, Clone)]
pub struct Journee {
    /// Who.
    pub resident: Resident,
    /// The civil day.
    pub jour: Date,
    /// The plan, when there is one.
    pub plan: Option<Stored<Plan>>,
    /// What is due that day, by time.
    pub soins: Vec<SoinDuTour>,
    /// What may be done when needed.
    pub si_besoin: Vec<Arc<SoinPrevu>>,
    /// Facts annulled that day, to be shown struck through.
    pub annulees: Vec<Stored<Validation>>,
}

/// Entered at most this long after the act and still read with its day.
const RETARD_HEURES: i64 = 72;

/// Reads a day of an opened record; `None` when the person has no stay.
pub async fn journee<D: Droit>(dossier: &DossierOuvert<D>, jour: Date) -> Resultat<Option<Journee>> {
    let Some(resident) = resident(dossier).await? else { return Ok(None) };
    let fuseau = fuseau();
    let debut = instant_local(jour.to_datetime(Time::midnight()), &fuseau);
    let depuis = decale(debut, -24);
    let jusque = decale(debut, 24 + RETARD_HEURES);
    let plan: Option<Stored<Plan>> = dossier.lire(Plan::id(dossier.usager())).await?;
    let lues: Vec<Stored<Validation>> = dossier.liste(|query| query.since(depuis).until(jusque)).await?;
    let (annulees, validations): (Vec<_>, Vec<_>) = lues
        .into_iter()
        .filter(|validation| validation.occurrence.attendue().date() == jour)
        .partition(|validation| !validation.compte());
    let reports: Vec<Stored<Report>> = dossier.liste(|query| query.since(debut).until(decale(debut, 26))).await?;
    let reports: Vec<Report> =
        reports.into_iter().map(|report| report.value).filter(|report| report.occurrence.attendue().date() == jour).collect();
    let absences = Absences::de_la_personne(dossier, depuis).await?;
    let a_verifier = ouverts(dossier).await?;
    let regard =
        Regard { creneau: None, now: dossier.contexte().now, fuseau: &fuseau, absences: &absences, a_verifier: &a_verifier };
    let copie = plan.as_ref().map(|plan| plan.value.clone());
    let (soins, si_besoin) = composer_jour(&regard, &resident.sejour, jour, copie, validations, &reports);
    Ok(Some(Journee { resident, jour, plan, soins, si_besoin, annulees }))
}

fn decale(instant: Timestamp, heures: i64) -> Timestamp {
    instant.checked_add(SignedDuration::from_hours(heures)).unwrap_or(instant)
}

pub(crate) async fn ouverts<D: Droit>(dossier: &DossierOuvert<D>) -> Resultat<HashSet<Uuid>> {
    let releves: Vec<Stored<AVerifier>> = dossier.liste(|query| query.newest_first().limit(100)).await?;
    let ouverts = releves.iter().filter(|releve| releve.ferme.is_none());
    Ok(ouverts.flat_map(|ouvert| ouvert.faits.iter().map(|fait| fait.validation)).collect())
}

/// The next acts waiting for a word, today then tomorrow: what is read before entering the room (F123).
pub async fn prochains<D: Droit>(dossier: &DossierOuvert<D>, nombre: usize) -> Resultat<Vec<SoinDuTour>> {
    let aujourd_hui = kernel::dates::jour_local(dossier.contexte().now, &fuseau());
    let mut suite = Vec::new();
    for jour in [Some(aujourd_hui), aujourd_hui.tomorrow().ok()].into_iter().flatten() {
        if suite.len() >= nombre {
            break;
        }
        if let Some(journee) = journee(dossier, jour).await? {
            let attendus = journee
                .soins
                .into_iter()
                .filter(|soin| soin.etat.attend() && soin.etat != crate::composition::EtatSoin::NonTrace);
            suite.extend(attendus.take(nombre - suite.len()));
        }
    }
    Ok(suite)
}
