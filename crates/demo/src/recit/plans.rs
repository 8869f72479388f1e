//! Plan lines of each resident, from the templates, the GIR and the profile.

use jiff::Timestamp;

use super::calendrier::Calendrier;
use super::donnees::{Donnees, ErreurDonnees, LigneType};
use super::resident::Resident;
use super::sejours::cle;
use crate::alea::Alea;

/// On which days a line comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Frequence {
    /// Every day.
    Quotidien,
    /// On weekdays, bit 0 = Monday.
    Semaine(u8),
    /// Every `n` days: when (days since 1970-01-01 + phase) is a multiple of `n`.
    Intervalle(i64, i64),
    /// Day of the month, 1 to 28.
    Mensuel(i8),
}

/// A line of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LignePlan {
    /// Index of the resident.
    pub resident: usize,
    /// Template it comes from, code of `plans_types.toml`.
    pub plan: &'static str,
    /// Index in `Recit::actes`.
    pub acte: usize,
    /// Minutes after local midnight, in order.
    pub heures: Vec<i64>,
    /// Days.
    pub frequence: Frequence,
    /// First instant.
    pub debut: Timestamp,
    /// End, excluded; none while it lasts.
    pub fin: Option<Timestamp>,
    /// Index of the agent who signed it.
    pub auteur: usize,
}

impl LignePlan {
    /// Whether the line comes on day `j`, whatever its beginning and end.
    pub fn tombe(&self, cal: &Calendrier, j: i64) -> bool {
        match self.frequence {
            Frequence::Quotidien => true,
            Frequence::Semaine(jours) => jours >> cal.jour_semaine(j) & 1 == 1,
            Frequence::Intervalle(n, phase) => (cal.jour_absolu(j) + phase).rem_euclid(n.max(1)) == 0,
            Frequence::Mensuel(jour) => cal.date(j).day() == jour,
        }
    }

    /// Whether an occurrence at this instant belongs to the line.
    pub fn couvre(&self, quand: Timestamp) -> bool {
        self.debut <= quand && self.fin.is_none_or(|fin| quand < fin)
    }
}

pub(crate) struct Modele {
    code: String,
    lignes: Vec<(usize, Vec<i64>, Rythme)>,
}

#[derive(Clone, Copy)]
enum Rythme {
    Quotidien,
    Semaine(u8),
    Intervalle(i64),
    Mensuel,
}

const JOURS: [&str; 7] = ["lun", "mar", "mer", "jeu", "ven", "sam", "dim"];

fn rythme(l: &LigneType) -> Result<Rythme, ErreurDonnees> {
    let mut masque = 0u8;
    for jour in &l.jours {
        let rang = JOURS.iter().position(|j| j == jour);
        masque |= 1 << rang.ok_or_else(|| ErreurDonnees::Code(jour.clone()))?;
    }
    match l.rythme.as_str() {
        "quotidien" => Ok(Rythme::Quotidien),
        "hebdomadaire" => Ok(Rythme::Semaine(masque)),
        "intervalle" => Ok(Rythme::Intervalle(l.tous_les)),
        "mensuel" => Ok(Rythme::Mensuel),
        autre => Err(ErreurDonnees::Code(autre.to_owned())),
    }
}

fn minutes(heure: &str) -> Result<i64, ErreurDonnees> {
    let (h, m) = heure.split_once(':').ok_or_else(|| ErreurDonnees::Code(heure.to_owned()))?;
    let lire = |t: &str| t.parse::<i64>().map_err(|_| ErreurDonnees::Code(heure.to_owned()));
    Ok(lire(h)? * 60 + lire(m)?)
}

pub(crate) fn modeles(d: &Donnees) -> Result<Vec<Modele>, ErreurDonnees> {
    d.plans
        .iter()
        .map(|p| {
            let lignes = p.lignes.iter().map(|l| {
                let heures = l.heures.iter().map(|h| minutes(h)).collect::<Result<Vec<_>, _>>()?;
                Ok((d.acte(&l.acte)?, heures, rythme(l)?))
            });
            Ok(Modele { code: p.code.clone(), lignes: lignes.collect::<Result<Vec<_>, ErreurDonnees>>()? })
        })
        .collect()
}

/// What every line of one application of plans shares.
pub(crate) struct Application<'a> {
    pub cal: &'a Calendrier,
    pub modeles: &'a [Modele],
    pub graine: u64,
    pub resident: usize,
    pub auteur: usize,
    pub debut: Timestamp,
    pub fin: Option<Timestamp>,
}

impl Application<'_> {
    /// Adds the lines of `plans` to `lignes`; of two lines of one act the more frequent is kept.
    pub(super) fn appliquer(&self, plans: &[&'static str], lignes: &mut Vec<LignePlan>) -> Result<(), ErreurDonnees> {
        let premier = lignes.len();
        for plan in plans {
            let modele = self.modeles.iter().find(|m| m.code == *plan);
            let modele = modele.ok_or_else(|| ErreurDonnees::Code((*plan).to_owned()))?;
            for (k, (acte, heures, rythme)) in modele.lignes.iter().enumerate() {
                let ligne = self.ligne(plan, *acte, heures, (*rythme, k));
                match lignes[premier..].iter_mut().find(|l| l.acte == *acte) {
                    Some(deja) if poids(deja) < poids(&ligne) => *deja = ligne,
                    Some(_) => {}
                    None => lignes.push(ligne),
                }
            }
        }
        Ok(())
    }

    fn ligne(&self, plan: &'static str, acte: usize, heures: &[i64], rythme: (Rythme, usize)) -> LignePlan {
        let (rythme, k) = rythme;
        let mut alea = Alea::pour(self.graine, &[600, cle(self.resident), cle(acte)]);
        let mut habitude = Alea::pour(self.graine, &[601, cle(self.resident)]);
        let decalage = habitude.entre(-1, 2) * 15;
        let heures = heures.iter().map(|h| if (480..1200).contains(h) { h + decalage } else { *h }).collect();
        let frequence = match rythme {
            Rythme::Quotidien => Frequence::Quotidien,
            Rythme::Semaine(m) => Frequence::Semaine(decaler(m, habitude.entre(0, 6) + cle(k))),
            Rythme::Intervalle(n) => Frequence::Intervalle(n, alea.entre(0, n - 1)),
            Rythme::Mensuel => Frequence::Mensuel(i8::try_from(alea.entre(1, 28)).unwrap_or(1)),
        };
        LignePlan {
            resident: self.resident,
            plan,
            acte,
            heures,
            frequence,
            debut: self.debut,
            fin: self.fin,
            auteur: self.auteur,
        }
    }
}

fn decaler(masque: u8, jours: i64) -> u8 {
    (0..7).filter(|j| masque >> j & 1 == 1).fold(0, |m, j| m | 1 << (j + jours).rem_euclid(7))
}

/// Occurrences over 28 days.
fn poids(l: &LignePlan) -> i64 {
    let jours = match l.frequence {
        Frequence::Quotidien => 28,
        Frequence::Semaine(m) => 4 * i64::from(m.count_ones()),
        Frequence::Intervalle(n, _) => 28 / n.max(1),
        Frequence::Mensuel(_) => 1,
    };
    jours * cle(l.heures.len())
}

/// Lines of one resident over all stays, isolation included.
pub(crate) fn du_resident(
    base: &Application<'_>,
    r: &Resident,
    signataire: impl Fn(usize) -> usize,
    lignes: &mut Vec<LignePlan>,
) -> Result<(), ErreurDonnees> {
    let mut alea = Alea::pour(base.graine, &[602, cle(base.resident)]);
    for s in r.sejours.iter().filter(|s| !s.occupations.is_empty()) {
        let ancien = base.cal.instant(-alea.entre(62, 110), 645);
        let installe = s.entree + jiff::SignedDuration::from_mins(75);
        let debut = ancien.max(installe);
        let auteur = signataire(s.etablissement);
        let app = Application { debut, fin: s.sortie, auteur, ..*base };
        app.appliquer(&r.clinique.plans, lignes)?;
        if let Some((du, au)) = r.clinique.isolement {
            let (du, au) = (base.cal.instant(du, 420), base.cal.instant(au, 1320));
            if du > debut && s.sortie.is_none_or(|x| au < x) {
                let app = Application { debut: du, fin: Some(au), ..app };
                app.appliquer(&["episode_digestif"], lignes)?;
            }
        }
    }
    Ok(())
}
