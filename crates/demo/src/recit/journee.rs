//! One day at a time: validations of the planned occurrences, their measures, and transmissions.

use jiff::{SignedDuration, Timestamp};

use super::Recit;
use super::calendrier::JOURS;
use super::evenement::{Evenement, Fait};
use super::planning::{Equipes, Metier};
use super::plans::LignePlan;
use super::redaction::Plume;
use super::sejours::cle;
use crate::alea::Alea;

/// The stream of the story; holds the facts of one day.
#[derive(Debug)]
pub struct Evenements<'a> {
    recit: &'a Recit,
    depuis: Timestamp,
    jour: i64,
    tampon: std::vec::IntoIter<Evenement>,
    reste: Vec<Evenement>,
}

impl<'a> Evenements<'a> {
    pub(crate) fn nouveaux(recit: &'a Recit, depuis: Timestamp) -> Self {
        let (jour, _) = recit.calendrier.local(depuis);
        let avant = recit.lignes.iter().enumerate().filter(|(_, l)| l.debut < depuis && l.fin.is_none_or(|fin| fin > depuis));
        let mut premiers: Vec<Evenement> = avant.map(|(i, l)| recit.pose(i, l)).collect();
        premiers.sort_by_key(|e| e.survenu_le);
        Self { recit, depuis, jour: jour.max(-JOURS) - 1, tampon: premiers.into_iter(), reste: Vec::new() }
    }

    fn remplir(&mut self) {
        let recit = self.recit;
        let mut jour = std::mem::take(&mut self.reste);
        recit.journee(self.jour, &mut jour);
        let minuit = recit.calendrier.instant(self.jour + 1, 0);
        let (maintenant, depuis) = (recit.calendrier.maintenant(), self.depuis);
        jour.retain(|e| e.survenu_le >= depuis && e.survenu_le <= maintenant && e.saisi_le <= maintenant);
        jour.sort_by_key(|e| (e.survenu_le, e.resident));
        let coupe = jour.partition_point(|e| e.survenu_le < minuit);
        self.reste = jour.split_off(coupe);
        self.jour += 1;
        self.tampon = jour.into_iter();
    }
}

impl Iterator for Evenements<'_> {
    type Item = Evenement;

    fn next(&mut self) -> Option<Evenement> {
        loop {
            if let Some(e) = self.tampon.next() {
                return Some(e);
            }
            if self.jour > 0 {
                return None;
            }
            self.remplir();
        }
    }
}

impl Recit {
    fn pose(&self, index: usize, ligne: &LignePlan) -> Evenement {
        let lit = self.residents[ligne.resident].occupation(ligne.debut).map(|o| o.lit);
        let unite = lit.map(|l| self.grappe.unite_du_lit(l));
        Evenement {
            survenu_le: ligne.debut,
            saisi_le: ligne.debut,
            resident: ligne.resident,
            auteur: ligne.auteur,
            etablissement: unite.map_or(0, |u| self.grappe.etablissement_de(u)),
            unite,
            fait: Fait::LignePosee(index),
        }
    }

    /// Adds every fact of day `j` to `sortie`, in no order.
    fn journee(&self, j: i64, sortie: &mut Vec<Evenement>) {
        let equipes = Equipes::du_jour(&self.grappe, &self.agents, &self.planning, j);
        let (debut, fin) = (self.calendrier.instant(j, 0), self.calendrier.instant(j + 1, 0));
        for (index, ligne) in self.lignes.iter().enumerate() {
            if ligne.debut >= debut && ligne.debut < fin {
                sortie.push(self.pose(index, ligne));
            }
            if ligne.fin.is_some_and(|f| f <= debut) || ligne.debut >= fin || !ligne.tombe(&self.calendrier, j) {
                continue;
            }
            for &minute in &ligne.heures {
                self.repondre(&equipes, index, ligne, (j, minute), sortie);
            }
        }
        for resident in 0..self.residents.len() {
            self.ecrire(&equipes, resident, j, sortie);
        }
        let debut_faits = self.faits.partition_point(|e| e.survenu_le < debut);
        let fin_faits = self.faits.partition_point(|e| e.survenu_le < fin);
        sortie.extend_from_slice(&self.faits[debut_faits..fin_faits]);
    }

    fn ecrire(&self, equipes: &Equipes, resident: usize, j: i64, sortie: &mut Vec<Evenement>) {
        let r = &self.residents[resident];
        if r.sejours.iter().all(|s| s.occupations.is_empty()) {
            return;
        }
        let mut alea = Alea::pour(self.graine, &[910, cle(resident), self.calendrier.jour_absolu(j)]);
        let plume = Plume { themes: &self.themes, resident: r, j };
        for episode in self.episodes[resident].iter().filter(|e| e.debut <= j && j <= e.fin) {
            if let Some(t) = plume.suivre(episode, &mut alea) {
                let nuit = t.theme == "sommeil";
                self.signer(equipes, resident, j, (nuit, Fait::Transmission(t)), &mut alea, sortie);
            }
        }
        let semaine = if self.calendrier.jour_semaine(j) >= 5 { 80 } else { 108 };
        let attendu = 59 * r.loquacite * semaine / 1000;
        let notes = attendu / 1000 + i64::from(alea.chance(attendu % 1000));
        for _ in 0..notes {
            let nuit = alea.chance(240);
            let note = plume.note(nuit, &mut alea);
            self.signer(equipes, resident, j, (nuit, Fait::Transmission(note)), &mut alea, sortie);
        }
    }

    fn signer(
        &self,
        equipes: &Equipes,
        resident: usize,
        j: i64,
        quoi: (bool, Fait),
        alea: &mut Alea,
        sortie: &mut Vec<Evenement>,
    ) {
        let (nuit, fait) = quoi;
        let minute = match (nuit, alea.entre(0, 99)) {
            (true, 0..60) => alea.entre(20, 395),
            (true, _) => alea.entre(1290, 1425),
            (false, 0..55) => alea.entre(430, 820),
            _ => alea.entre(850, 1250),
        };
        let survenu_le = self.calendrier.instant(j, minute);
        let r = &self.residents[resident];
        let Some(lit) = r.occupation(survenu_le).map(|o| o.lit) else {
            return;
        };
        if r.absent(survenu_le) {
            return;
        }
        let unite = self.grappe.unite_du_lit(lit);
        let metier = match alea.entre(0, 99) {
            0..30 => Metier::Ide,
            30..36 => Metier::Ash,
            _ => Metier::Soignant,
        };
        let Some(auteur) = alea.un(equipes.presents(unite, metier, minute)).copied() else {
            return;
        };
        let (delai, _) = self.delai(auteur, minute, false, alea);
        sortie.push(Evenement {
            survenu_le,
            saisi_le: survenu_le + SignedDuration::from_secs(delai),
            resident,
            auteur,
            etablissement: self.grappe.etablissement_de(unite),
            unite: Some(unite),
            fait,
        });
    }
}
