//! Appointments in hospital, as announced. Pure.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::annonce::Hopital;

/// What is said of an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Annoncee {
    /// Made.
    Pris,
    /// Changed: place, service, reason.
    Modifie,
    /// Moved to another time.
    Deplace,
    /// Cancelled.
    Annule,
    /// Entered by mistake.
    Supprime,
    /// The person did not come.
    Manque,
}

impl Annoncee {
    /// Every state with its name on screens.
    pub const TOUTES: [(Self, &'static str); 6] = [
        (Self::Pris, "prévu"),
        (Self::Modifie, "modifié"),
        (Self::Deplace, "déplacé"),
        (Self::Annule, "annulé"),
        (Self::Supprime, "saisi par erreur"),
        (Self::Manque, "personne non venue"),
    ];

    /// Name on screens.
    pub fn libelle(self) -> &'static str {
        Self::TOUTES.iter().find(|(dite, _)| *dite == self).map_or("", |(_, libelle)| libelle)
    }

    /// True when the appointment will not take place, or did not.
    pub fn est_sans_suite(self) -> bool {
        matches!(self, Self::Annule | Self::Supprime | Self::Manque)
    }
}

/// One announcement about an appointment. The order of its fields is the order they are read in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AnnonceRendezVous {
    /// When the hospital said it.
    pub annoncee_le: Timestamp,
    /// What.
    pub dite: Annoncee,
    /// Which hospital.
    pub hopital: Hopital,
    /// Its numbers: that of who keeps the diary, that of who asked. At least one.
    pub numeros: Vec<String>,
    /// When it begins.
    #[serde(default)]
    pub debut: Option<Timestamp>,
    /// When it ends.
    #[serde(default)]
    pub fin: Option<Timestamp>,
    /// Place: building, room.
    #[serde(default)]
    pub lieu: Option<String>,
    /// Service, examination.
    #[serde(default)]
    pub service: Option<String>,
    /// Who receives the person.
    #[serde(default)]
    pub avec: Option<String>,
    /// Why: medical, kept apart.
    #[serde(default)]
    pub motif: Option<String>,
    /// The reception it came from.
    #[serde(default)]
    pub source: Option<Uuid>,
}

/// An appointment, as its announcements make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RendezVous {
    /// Which hospital.
    pub hopital: Hopital,
    /// Its numbers.
    pub numeros: Vec<String>,
    /// What was said last of it.
    pub etat: Annoncee,
    /// When that was said.
    pub annoncee_le: Timestamp,
    /// When it begins.
    pub debut: Option<Timestamp>,
    /// When it ends.
    pub fin: Option<Timestamp>,
    /// When it began before it was moved.
    pub avant: Option<Timestamp>,
    /// Place.
    pub lieu: Option<String>,
    /// Service, examination.
    pub service: Option<String>,
    /// Who receives the person.
    pub avec: Option<String>,
    /// Why: medical.
    pub motif: Option<String>,
    /// The receptions it comes from.
    pub sources: Vec<Uuid>,
}

impl RendezVous {
    fn nouveau(annonce: &AnnonceRendezVous) -> Self {
        Self {
            hopital: annonce.hopital.clone(),
            numeros: annonce.numeros.clone(),
            etat: annonce.dite,
            annoncee_le: annonce.annoncee_le,
            debut: annonce.debut,
            fin: annonce.fin,
            avant: None,
            lieu: annonce.lieu.clone(),
            service: annonce.service.clone(),
            avec: annonce.avec.clone(),
            motif: annonce.motif.clone(),
            sources: annonce.source.into_iter().collect(),
        }
    }

    fn suivre(&mut self, annonce: &AnnonceRendezVous) {
        if annonce.debut.is_some() && self.debut.is_some() && annonce.debut != self.debut {
            self.avant = self.debut;
            // An end before the new beginning is that of the former hour.
            self.fin = annonce.fin;
        }
        self.etat = annonce.dite;
        self.annoncee_le = annonce.annoncee_le;
        self.hopital = annonce.hopital.clone();
        self.debut = annonce.debut.or(self.debut);
        self.fin = annonce.fin.or(self.fin);
        for (connu, dit) in [
            (&mut self.lieu, &annonce.lieu),
            (&mut self.service, &annonce.service),
            (&mut self.avec, &annonce.avec),
            (&mut self.motif, &annonce.motif),
        ] {
            if dit.is_some() {
                connu.clone_from(dit);
            }
        }
        self.numeros.extend(annonce.numeros.iter().cloned());
        self.sources.extend(annonce.source);
        self.sources.sort_unstable();
        self.sources.dedup();
        self.numeros.sort_unstable();
        self.numeros.dedup();
    }

    /// True when it is still to come and nothing says it will not take place.
    pub fn est_a_venir(&self, now: Timestamp) -> bool {
        !self.etat.est_sans_suite() && self.fin.or(self.debut).is_some_and(|fin| fin >= now)
    }
}

/// The appointments of a person, the soonest first, whatever the order their announcements came in.
pub fn rendez_vous(annonces: &[AnnonceRendezVous]) -> Vec<RendezVous> {
    let mut faits: Vec<RendezVous> = groupes(annonces)
        .into_iter()
        .filter_map(|mut groupe| {
            groupe.sort_unstable();
            let (premiere, suite) = groupe.split_first()?;
            let mut fait = RendezVous::nouveau(premiere);
            for annonce in suite {
                fait.suivre(annonce);
            }
            Some(fait)
        })
        .collect();
    faits.sort_by(|a, b| (a.debut, &a.hopital, &a.numeros).cmp(&(b.debut, &b.hopital, &b.numeros)));
    faits
}

/// Announcements which share a number, directly or through others, are about one appointment.
fn groupes(annonces: &[AnnonceRendezVous]) -> Vec<Vec<&AnnonceRendezVous>> {
    let mut groupes: Vec<Vec<&AnnonceRendezVous>> = Vec::new();
    for annonce in annonces {
        let lie = |connue: &&AnnonceRendezVous| {
            connue.hopital.cle == annonce.hopital.cle && connue.numeros.iter().any(|numero| annonce.numeros.contains(numero))
        };
        let (lies, autres): (Vec<_>, Vec<_>) = groupes.into_iter().partition(|groupe| groupe.iter().any(lie));
        groupes = autres;
        groupes.push(lies.into_iter().flatten().chain([annonce]).collect());
    }
    groupes
}
