//! The whole story: built once, then streamed day by day.

mod batiments;
mod calendrier;
mod distribution;
mod donnees;
mod effectifs;
mod evenement;
mod faits;
mod grappe;
mod histoires;
mod journee;
pub mod medical;
mod mesures;
mod noms;
mod personnel;
mod planning;
mod plans;
mod population;
mod portrait;
mod profil;
mod redaction;
mod reponse;
mod resident;
mod sejours;

use jiff::Timestamp;

pub use calendrier::{Calendrier, JOURS};
pub use donnees::{Acte, ErreurDonnees};
pub use evenement::{Chute, Consigne, Evenement, Fait, Mesure, Mouvement, Transmission, Validation};

pub use batiments::{CEZALLIER_N2, CLOS, DOMES, FONTAINE, GENETS, UVP, VOLCANS};
pub use grappe::{Chambre, Etablissement, Grappe, Lit, Unite};
pub use histoires::{Histoire, chute_de_la_nuit};
pub use journee::Evenements;
pub use noms::{PLAGES_FICTION, plier};
pub use personnel::{Agent, Rythme};
pub use planning::{Planning, Poste};
pub use plans::{Frequence, LignePlan};
pub use portrait::Portrait;
pub use resident::{Allergie, Allergies, Clinique, Consentements, Contact, Identite, OID_INS_DEMONSTRATION, Resident, Vie};
pub use sejours::{Absence, Occupation, Sejour};

use donnees::{Donnees, Note, ThemeTexte};
use population::Outils;
use redaction::Episode;

/// Seed of the published demonstration.
pub const GRAINE: u64 = 0x5EED_0044_0312;

/// The fictitious grappe at an instant.
#[derive(Debug)]
pub struct Recit {
    /// Seed of every draw.
    pub graine: u64,
    /// Days around now.
    pub calendrier: Calendrier,
    /// Places.
    pub grappe: Grappe,
    /// Accounts.
    pub agents: Vec<Agent>,
    /// Schedule of the accounts.
    pub planning: Planning,
    /// People: 462 here today (each in the bed of the same index), 14 who left, 10 of day care.
    pub residents: Vec<Resident>,
    /// Acts of the catalogue, in the order of the file.
    pub actes: Vec<Acte>,
    /// Plan lines, by resident.
    pub lignes: Vec<LignePlan>,
    /// Medical files, by resident.
    pub medical: Vec<medical::Dossier>,
    /// Stories in progress this crate tells.
    pub histoires: Vec<Histoire>,
    pub(crate) themes: Vec<ThemeTexte>,
    notes: Vec<Note>,
    pub(crate) episodes: Vec<Vec<Episode>>,
    pub(crate) faits: Vec<Evenement>,
}

impl Recit {
    /// Builds the story for an instant, with the published seed.
    ///
    /// # Errors
    /// When an embedded data file is wrong, or when the instant is at the edge of the calendar.
    pub fn construire(maintenant: Timestamp) -> Result<Self, ErreurDonnees> {
        Self::avec_graine(maintenant, GRAINE)
    }

    /// Builds the story for an instant and a seed.
    ///
    /// # Errors
    /// As [`Recit::construire`].
    pub fn avec_graine(maintenant: Timestamp, graine: u64) -> Result<Self, ErreurDonnees> {
        let donnees = Donnees::lire()?;
        redaction::verifier(&donnees.themes)?;
        let calendrier = Calendrier::nouveau(maintenant)?;
        let grappe = Grappe::construire(&donnees);
        let mut patronymes = noms::Patronymes::nouveaux(&donnees.noms, graine);
        let agents = personnel::construire(&donnees, &mut patronymes, graine);
        let planning = Planning::construire(&agents, &calendrier);
        let outils = Outils { donnees: &donnees, grappe: &grappe, cal: &calendrier, graine };
        let residents = population::peupler(&outils, &mut patronymes);
        let lignes = Self::lignes(&donnees, &calendrier, &agents, &residents, graine)?;
        let episodes = residents.iter().enumerate().map(|(i, r)| redaction::episodes(&donnees.themes, r, graine, i)).collect();
        let mut recit = Self {
            graine,
            grappe,
            agents,
            planning,
            residents,
            actes: donnees.actes,
            lignes,
            medical: Vec::new(),
            histoires: Vec::new(),
            themes: donnees.themes,
            notes: donnees.notes,
            episodes,
            faits: Vec::new(),
            calendrier,
        };
        recit.faits = faits::tous(&recit);
        recit.histoires = histoires::histoires(&recit);
        recit.medical = medical::tous(&recit, &donnees.medical);
        Ok(recit)
    }

    fn lignes(
        donnees: &Donnees,
        cal: &Calendrier,
        agents: &[Agent],
        residents: &[Resident],
        graine: u64,
    ) -> Result<Vec<LignePlan>, ErreurDonnees> {
        let modeles = plans::modeles(donnees)?;
        let signataire = |e: usize| {
            let trouve = agents.iter().position(|a| a.role == "idec" && a.etablissement == Some(e));
            trouve.unwrap_or(0)
        };
        let mut lignes = Vec::with_capacity(residents.len() * 20);
        for (i, r) in residents.iter().enumerate() {
            let base =
                plans::Application { cal, modeles: &modeles, graine, resident: i, auteur: 0, debut: cal.maintenant(), fin: None };
            plans::du_resident(&base, r, signataire, &mut lignes)?;
            if r.portail == Some("claire") {
                let debut = chute_de_la_nuit(cal) + jiff::SignedDuration::from_mins(15);
                let fin = Some(debut + jiff::SignedDuration::from_hours(48));
                let suite = plans::Application { debut, fin, auteur: signataire(GENETS), ..base };
                suite.appliquer(&["apres_chute_48h"], &mut lignes)?;
            }
        }
        Ok(lignes)
    }

    /// Everything that happened from sixty days ago to now, in the order of time, made day by day.
    pub fn evenements(&self) -> Evenements<'_> {
        self.evenements_depuis(self.calendrier.depuis())
    }

    /// What happened from `depuis` to now; a day gives the same facts whatever the beginning asked.
    /// Plan lines begun earlier and still open at `depuis` come first.
    pub fn evenements_depuis(&self, depuis: Timestamp) -> Evenements<'_> {
        Evenements::nouveaux(self, depuis)
    }

    /// Indexes of the accounts on duty at an instant, from 60 days ago to 30 days ahead.
    pub fn en_poste(&self, instant: Timestamp) -> Vec<usize> {
        self.planning.en_poste(&self.calendrier, instant)
    }

    /// Index of the account with this login.
    pub fn agent(&self, identifiant: &str) -> Option<usize> {
        self.agents.iter().position(|a| a.identifiant == identifiant)
    }

    /// When the person last read the relève: five minutes before the end of the last shift finished before now.
    pub fn derniere_lecture(&self, agent: usize) -> Option<Timestamp> {
        (-JOURS..=0).rev().find_map(|j| {
            let (_, fin) = self.planning.poste(agent, j).heures()?;
            let lu = self.calendrier.instant(j, fin - 5);
            (lu < self.calendrier.maintenant()).then_some(lu)
        })
    }

    /// Minutes after midnight at which a line comes on day `j`, person present and line in force.
    pub fn occurrences(&self, ligne: &LignePlan, j: i64) -> Vec<i64> {
        if !ligne.tombe(&self.calendrier, j) {
            return Vec::new();
        }
        let Some(r) = self.residents.get(ligne.resident) else {
            return Vec::new();
        };
        let valable = |m: &i64| {
            let quand = self.calendrier.instant(j, *m);
            ligne.couvre(quand) && r.occupation(quand).is_some() && !r.absent(quand)
        };
        ligne.heures.iter().copied().filter(valable).collect()
    }
}
