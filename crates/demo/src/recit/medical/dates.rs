//! When medical facts happened, and when they were written: never after today nor after the person left.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::catalogue::Quand;
use crate::alea::Alea;
use crate::recit::calendrier::Calendrier;
use crate::recit::resident::Resident;
use crate::recit::sejours::Sejour;

/// Days since the houses write in the software: what is older was copied then. Inside the window the calendar counts.
const INFORMATISEES: i64 = 110;

/// A year, with its month and its day when they are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Debut {
    /// Year.
    pub annee: i16,
    /// Month, 1 to 12.
    pub mois: Option<i8>,
    /// Day of the month.
    pub jour: Option<i8>,
}

impl Debut {
    fn jour(date: Date) -> Self {
        Self { annee: date.year(), mois: Some(date.month()), jour: Some(date.day()) }
    }

    /// The first day it may be.
    pub fn au_plus_tot(self) -> Date {
        Date::new(self.annee, self.mois.unwrap_or(1), self.jour.unwrap_or(1)).unwrap_or(Date::MIN)
    }
}

/// The time in which facts of a person may be told and written.
pub(super) struct Periode<'a> {
    cal: &'a Calendrier,
    naissance: Date,
    /// First and last instant at which the last house could write.
    du: Timestamp,
    au: Timestamp,
    /// Day before the last one: what is told has happened.
    veille: Date,
}

impl<'a> Periode<'a> {
    pub(super) fn de(cal: &'a Calendrier, r: &Resident, sejour: &Sejour) -> Self {
        let au = r.sortie().unwrap_or(cal.maintenant()).min(cal.maintenant());
        let du = sejour.entree.max(cal.instant(-INFORMATISEES, 540)).min(au);
        let veille = cal.date(cal.jour_de(au) - 1);
        Self { cal, naissance: r.identite.naissance, du, au, veille }
    }

    /// The date of a fact, and its end when it is over.
    pub(super) fn dater(&self, quand: &Quand, episode: Option<(i64, i64)>, alea: &mut Alea) -> (Option<Debut>, Option<Date>) {
        let enfance = self.naissance.year().saturating_add(6);
        let annee = |annee: i16| Debut { annee: annee.max(enfance).min(self.veille.year()), mois: None, jour: None };
        let debut = match *quand {
            Quand::Annee(lue) => annee(lue),
            Quand::Ans(min, max) => annee(self.veille.year().saturating_sub(i16::try_from(alea.entre(min, max)).unwrap_or(1))),
            Quand::Mois(min, max) => {
                let date = self.veille.checked_sub(alea.entre(min, max).months()).unwrap_or(self.veille);
                Debut { annee: date.year(), mois: Some(date.month()), jour: None }
            }
            Quand::Jours(min, max) => Debut::jour(self.avant(alea.entre(min, max) - 1)),
            Quand::Automne => Debut::jour(self.automne(episode, alea)),
            Quand::Episode => {
                let Some((du, au)) = episode else { return (None, None) };
                return (Some(Debut::jour(self.cal.date(du))), Some(self.cal.date(au + 1)));
            }
            Quand::Avec => return (None, None),
        };
        (Some(debut), None)
    }

    fn avant(&self, jours: i64) -> Date {
        self.veille.checked_sub(jours.days()).unwrap_or(self.veille)
    }

    /// A day of the last campaign which has begun (six weeks from 15 October), rather not one of the isolation.
    fn automne(&self, episode: Option<(i64, i64)>, alea: &mut Alea) -> Date {
        let ouverture = |annee: i16| Date::new(annee, 10, 15).unwrap_or(self.veille);
        let annee = self.veille.year();
        let debut = if ouverture(annee) <= self.veille { ouverture(annee) } else { ouverture(annee.saturating_sub(1)) };
        let ecoules = debut.until(self.veille).map_or(0, |ecart| i64::from(ecart.get_days()));
        let mut tirer = || debut.checked_add(alea.entre(0, ecoules.min(42)).days()).unwrap_or(debut);
        let malade = |date: &Date| episode.is_some_and(|(du, au)| (du - 1..=au + 6).contains(&self.cal.rang(*date)));
        let premier = tirer();
        std::iter::once(premier).chain((0..8).map(|_| tirer())).find(|date| !malade(date)).unwrap_or(premier)
    }

    /// Whether an isolation falls inside the stay.
    pub(super) fn contient(&self, (du, au): (i64, i64)) -> bool {
        self.cal.instant(du, 0) >= self.du && self.cal.instant(au + 2, 0) <= self.au
    }

    /// An hour of the office in the ten days after the fact, or after the entry.
    pub(super) fn ecrire(&self, debut: Option<Debut>, fin: Option<Date>, alea: &mut Alea) -> Timestamp {
        let connu = fin.or(debut.map(Debut::au_plus_tot));
        self.au_bureau(connu.map_or(i64::MIN, |date| self.cal.rang(date)).max(self.cal.jour_de(self.du)), alea)
    }

    /// An hour of the office on any day of the stay: what is written again from time to time.
    pub(super) fn reecrire(&self, alea: &mut Alea) -> Timestamp {
        let (du, au) = (self.cal.jour_de(self.du), self.cal.jour_de(self.au));
        self.au_bureau(alea.entre(du, (au - 8).max(du)), alea)
    }

    fn au_bureau(&self, depart: i64, alea: &mut Alea) -> Timestamp {
        let (delai, minute) = (alea.entre(0, 5), alea.entre(545, 1000));
        let ouvre = |j: &i64| {
            let quand = self.cal.instant(*j, minute);
            self.cal.jour_semaine(*j) < 5 && quand >= self.du && quand <= self.au
        };
        let tard = (depart + delai..depart + 10).find(ouvre);
        match tard.or_else(|| (depart..depart + delai).find(ouvre)) {
            Some(j) => self.cal.instant(j, minute),
            None => (self.cal.instant(depart, minute).max(self.du) + SignedDuration::from_mins(20)).min(self.au),
        }
    }
}
