//! Who works when. A rota by pool, relative to today, so that the people of the stories are on duty at their hour.

use jiff::Timestamp;

use super::calendrier::{Calendrier, JOURS};
use super::grappe::Grappe;
use super::personnel::{Agent, Rythme};

/// What a person does on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Poste {
    /// Off.
    Repos,
    /// On leave: never called back.
    Conge,
    /// 06:45 to 14:15.
    Matin,
    /// 13:45 to 21:15.
    Soir,
    /// 20:45 to 06:45 the next day.
    Nuit,
    /// 09:00 to 17:00.
    Journee,
}

impl Poste {
    /// First and last minute after local midnight of the day; none when not working.
    pub fn heures(self) -> Option<(i64, i64)> {
        match self {
            Self::Repos | Self::Conge => None,
            Self::Matin => Some((405, 855)),
            Self::Soir => Some((825, 1275)),
            Self::Nuit => Some((1245, 1845)),
            Self::Journee => Some((540, 1020)),
        }
    }
}

const PREMIER: i64 = -JOURS - 3;
const DERNIER: i64 = 31;
const TOUR: [Poste; 6] = [Poste::Matin, Poste::Matin, Poste::Soir, Poste::Soir, Poste::Repos, Poste::Repos];

/// The schedule of every account, from 63 days ago to 31 days ahead.
#[derive(Clone, Debug)]
pub struct Planning {
    jours: Vec<Vec<Poste>>,
}

impl Planning {
    pub(crate) fn construire(agents: &[Agent], calendrier: &Calendrier) -> Self {
        let jours = (PREMIER..=DERNIER)
            .map(|j| {
                let mut jour: Vec<Poste> = agents.iter().map(|a| base(a, j, calendrier.jour_semaine(j))).collect();
                couvrir(agents, &mut jour);
                jour
            })
            .collect();
        Self { jours }
    }

    /// What agent `agent` does on day `j`.
    pub fn poste(&self, agent: usize, j: i64) -> Poste {
        usize::try_from(j - PREMIER)
            .ok()
            .and_then(|i| self.jours.get(i))
            .and_then(|jour| jour.get(agent))
            .copied()
            .unwrap_or(Poste::Repos)
    }

    /// Whether agent `agent` is on duty at day `j`, minute `minute`.
    pub fn en_poste_le(&self, agent: usize, j: i64, minute: i64) -> bool {
        let dans = |jour: i64, m: i64| self.poste(agent, jour).heures().is_some_and(|(a, b)| a <= m && m < b);
        dans(j, minute) || dans(j - 1, minute + 1440)
    }

    /// Everyone on duty at an instant.
    pub fn en_poste(&self, calendrier: &Calendrier, instant: Timestamp) -> Vec<usize> {
        let (j, minute) = calendrier.local(instant);
        let total = self.jours.first().map_or(0, Vec::len);
        (0..total).filter(|a| self.en_poste_le(*a, j, minute)).collect()
    }
}

fn base(a: &Agent, j: i64, semaine: i64) -> Poste {
    if let Some(poste) = histoire(a, j) {
        return poste;
    }
    let taille = i64::try_from(a.taille_equipe.max(1)).unwrap_or(1);
    let rang = i64::try_from(a.rang).unwrap_or(0);
    match a.rythme {
        Rythme::Bureau if semaine < 5 => Poste::Journee,
        Rythme::Aucun | Rythme::Bureau => Poste::Repos,
        Rythme::Nuit => nuit(j, rang, taille),
        Rythme::Roulement => {
            let phase = rang * 6 / taille;
            let place = usize::try_from((j + phase).rem_euclid(6)).unwrap_or(0);
            let poste = TOUR[place];
            let allege = semaine >= 5 && rang % 4 == 3 && taille >= 7;
            if allege { Poste::Repos } else { poste }
        }
    }
}

/// Seven of 24, or two of a small pool, each night; the last night holds the first of the pool.
fn nuit(j: i64, rang: i64, taille: i64) -> Poste {
    let place = (j + 1 + rang).rem_euclid(taille);
    let travaille = if taille >= 20 { [0, 1, 2, 9, 10, 16, 17].contains(&place) } else { place < 2 };
    if travaille { Poste::Nuit } else { Poste::Repos }
}

fn histoire(a: &Agent, j: i64) -> Option<Poste> {
    match (a.identifiant.as_str(), j) {
        ("nadia", -3..=-1) => Some(Poste::Conge),
        ("nadia", -4) | ("nadia" | "sophie" | "lina", 0) => Some(Poste::Matin),
        ("lina", i64::MIN..0) => Some(Poste::Conge),
        ("karim", -1 | 0) => Some(Poste::Nuit),
        _ => None,
    }
}

/// Calls back someone at rest when a pool has nobody in the morning or in the evening.
fn couvrir(agents: &[Agent], jour: &mut [Poste]) {
    let mut i = 0;
    while i < agents.len() {
        let fin = (i..agents.len()).find(|k| agents[*k].equipe != agents[i].equipe).unwrap_or(agents.len());
        if agents[i].rythme == Rythme::Roulement {
            for voulu in [Poste::Matin, Poste::Soir] {
                if !jour[i..fin].contains(&voulu) {
                    renfort(&mut jour[i..fin], voulu);
                }
            }
        }
        i = fin;
    }
}

fn renfort(equipe: &mut [Poste], voulu: Poste) {
    let autre = if voulu == Poste::Matin { Poste::Soir } else { Poste::Matin };
    let doublon = equipe.iter().filter(|p| **p == autre).count() > 1;
    let place = equipe.iter().position(|p| *p == Poste::Repos).or_else(|| equipe.iter().rposition(|p| doublon && *p == autre));
    if let Some(i) = place {
        equipe[i] = voulu;
    }
}

/// People on duty, by unit, part of the day and trade, for one civil day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Equipes {
    soignants: Vec<[Vec<usize>; 2]>,
    ide: Vec<[Vec<usize>; 2]>,
    ash: Vec<[Vec<usize>; 2]>,
    nuit: Vec<[Vec<usize>; 2]>,
    journee: Vec<Vec<usize>>,
}

/// Trades the events draw authors from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Metier {
    Soignant,
    Ide,
    Ash,
}

impl Equipes {
    pub(super) fn du_jour(grappe: &Grappe, agents: &[Agent], planning: &Planning, j: i64) -> Self {
        let mut equipes = Self::default();
        for (unite, u) in grappe.unites.iter().enumerate() {
            let la = |poste: Poste, jour: i64, roles: &[&str]| -> Vec<usize> {
                (0..agents.len())
                    .filter(|i| {
                        roles.contains(&agents[*i].role)
                            && planning.poste(*i, jour) == poste
                            && agents[*i].travaille(u.etablissement, unite)
                    })
                    .collect()
            };
            let deux = |roles: &[&str]| [la(Poste::Matin, j, roles), la(Poste::Soir, j, roles)];
            equipes.soignants.push(deux(&["as", "aes"]));
            equipes.ide.push(deux(&["ide"]));
            equipes.ash.push(deux(&["ash"]));
            equipes.nuit.push([la(Poste::Nuit, j - 1, &["as_nuit"]), la(Poste::Nuit, j, &["as_nuit"])]);
            equipes.journee.push(la(
                Poste::Journee,
                j,
                &["psychologue", "animateur", "apa", "ergotherapeute", "dieteticien", "medecin", "medecin_co"],
            ));
        }
        equipes
    }

    /// People of the trade on duty in the unit at `minute` of the day; at night the night team whatever the trade.
    pub(super) fn presents(&self, unite: usize, metier: Metier, minute: i64) -> &[usize] {
        if !(405..1275).contains(&minute) {
            let part = usize::from(minute >= 405);
            return self.nuit.get(unite).map_or(&[], |l| &l[part]);
        }
        let part = usize::from(minute >= 835);
        let liste = match metier {
            Metier::Ide => &self.ide,
            Metier::Ash => &self.ash,
            Metier::Soignant => &self.soignants,
        };
        let personne = liste.get(unite).is_some_and(|l| l[part].is_empty());
        let liste = if personne { &self.soignants } else { liste };
        liste.get(unite).map_or(&[], |l| &l[part])
    }

    /// The person of a given role on duty that day in the unit, when it is office time.
    pub(super) fn de_role(&self, agents: &[Agent], unite: usize, role: &str, minute: i64) -> Option<usize> {
        if !(540..1020).contains(&minute) {
            return None;
        }
        self.journee.get(unite)?.iter().copied().find(|i| agents[*i].role == role)
    }
}
