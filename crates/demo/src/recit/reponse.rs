//! Answers to planned occurrences: by whom, when, with which outcome.

use jiff::{SignedDuration, Timestamp};

use super::Recit;
use super::batiments::CEZALLIER_N2;
use super::evenement::{Evenement, Fait, Mesure, Validation};
use super::mesures::{Moment, code};
use super::planning::{Equipes, Metier};
use super::plans::LignePlan;
use super::sejours::cle;
use crate::alea::Alea;

/// A planned occurrence about to be answered.
struct Occurrence<'a> {
    index: usize,
    ligne: &'a LignePlan,
    j: i64,
    minute: i64,
    unite: usize,
}

impl Recit {
    /// Answers one planned occurrence, with its measures; nothing when the person is away or the act was not traced.
    pub(super) fn repondre(
        &self,
        equipes: &Equipes,
        index: usize,
        ligne: &LignePlan,
        quand: (i64, i64),
        sortie: &mut Vec<Evenement>,
    ) {
        let (j, minute) = quand;
        let prevu_le = self.calendrier.instant(j, minute);
        let r = &self.residents[ligne.resident];
        let Some(lit) = r.occupation(prevu_le).map(|o| o.lit) else {
            return;
        };
        if !ligne.couvre(prevu_le) || r.absent(prevu_le) {
            return;
        }
        let mut alea = Alea::pour(self.graine, &[900, cle(index), self.calendrier.jour_absolu(j), minute]);
        if alea.chance(14) {
            return;
        }
        let unite = self.grappe.unite_du_lit(lit);
        let o = Occurrence { index, ligne, j, minute, unite };
        let fait = minute + retard(&mut alea);
        let survenu_le = self.calendrier.instant(j, fait.max(0));
        if r.occupation(survenu_le).map(|x| x.lit) != Some(lit) || r.absent(survenu_le) {
            return;
        }
        let Some(auteur) = self.auteur(equipes, &o, fait.max(0)) else {
            return;
        };
        let trou = unite == CEZALLIER_N2 && (840..960).contains(&fait) && j >= -14;
        let (delai, hors_ligne) = self.delai(auteur, fait, trou, &mut alea);
        let etablissement = self.grappe.etablissement_de(unite);
        let evenement = |fait: Fait| Evenement {
            survenu_le,
            saisi_le: survenu_le + SignedDuration::from_secs(delai),
            resident: ligne.resident,
            auteur,
            etablissement,
            unite: Some(unite),
            fait,
        };
        let v = self.validation(equipes, &o, (auteur, survenu_le, hors_ligne), &mut alea);
        if v.statut == "fait" {
            for mesure in self.mesurer(&o, &mut alea) {
                sortie.push(evenement(Fait::Mesure(mesure)));
            }
        }
        sortie.push(evenement(Fait::Validation(v)));
    }

    fn mesurer(&self, o: &Occurrence<'_>, alea: &mut Alea) -> Vec<Mesure> {
        let index = o.ligne.resident;
        let moment = Moment { graine: self.graine, index, resident: &self.residents[index], j: o.j, minute: o.minute };
        let codes = self.actes[o.ligne.acte].mesures.iter().filter_map(|m| code(m));
        codes.map(|constante| Mesure { constante, valeur: moment.valeur(constante, alea), ligne: Some(o.index) }).collect()
    }

    fn validation(&self, equipes: &Equipes, o: &Occurrence<'_>, fait: (usize, Timestamp, bool), alea: &mut Alea) -> Validation {
        let (auteur, survenu_le, hors_ligne) = fait;
        let acte = &self.actes[o.ligne.acte];
        let impose = self.residents[o.ligne.resident].identite.nom() == "Valmorin" && acte.code == "pesee";
        let (statut, motif) = if impose { ("fait", "") } else { issue(alea) };
        let routine = !acte.a_risque && !acte.observation && acte.mesures.is_empty();
        let mut v = Validation {
            ligne: o.index,
            prevu_le: self.calendrier.instant(o.j, o.minute),
            statut,
            motif,
            groupee: statut == "fait" && routine && alea.chance(330),
            hors_ligne,
            conflit: None,
        };
        if alea.chance(4) {
            let (j, minute) = self.calendrier.local(survenu_le);
            let presents = if j == o.j { equipes.presents(o.unite, Metier::Soignant, minute) } else { &[] };
            let second = presents.iter().copied().find(|a| *a != auteur);
            v.conflit = second.map(|a| (a, survenu_le + SignedDuration::from_mins(alea.entre(-6, -1))));
            v.hors_ligne |= v.conflit.is_some();
        }
        v
    }

    /// Someone of the trade, on duty in the unit; the same person for one resident in one part of the day.
    fn auteur(&self, equipes: &Equipes, o: &Occurrence<'_>, minute: i64) -> Option<usize> {
        let premier = self.actes[o.ligne.acte].metiers.first().map_or("as", String::as_str);
        let metier = match premier {
            "ide" => Metier::Ide,
            "ash" => Metier::Ash,
            "animateur" | "apa" | "psychologue" | "ergotherapeute" => {
                if let Some(a) = equipes.de_role(&self.agents, o.unite, premier, minute) {
                    return Some(a);
                }
                Metier::Soignant
            }
            _ => Metier::Soignant,
        };
        let presents = equipes.presents(o.unite, metier, minute);
        let part = i64::from(minute >= 835) + i64::from(minute >= 1275);
        let secteur = Alea::pour(self.graine, &[901, cle(o.ligne.resident) / 4, o.j, part]).indice(presents.len());
        presents.get(secteur).copied()
    }

    /// Seconds between doing and entering, and whether it was without network.
    pub(super) fn delai(&self, auteur: usize, fait: i64, trou: bool, alea: &mut Alea) -> (i64, bool) {
        if trou {
            return ((960 - fait) * 60 + alea.entre(20, 600), true);
        }
        if alea.chance(self.agents[auteur].retard_pour_mille) {
            return (alea.entre(15, 150) * 60 + alea.entre(0, 59), alea.chance(40));
        }
        (alea.entre(4, 170), alea.chance(25))
    }
}

/// Minutes between the planned hour and the act: mostly a little late.
fn retard(alea: &mut Alea) -> i64 {
    i64::midpoint(alea.entre(-12, 30), alea.entre(-6, 24))
}

/// Outcome and reason: 3 % refusals, some partial, postponed, absent, needless.
fn issue(alea: &mut Alea) -> (&'static str, &'static str) {
    const REFUS: [&str; 6] = ["fatigue", "ne_veut_pas", "ne_veut_pas", "douleur", "trop_tot", "opposition"];
    match alea.entre(0, 999) {
        0..30 => ("refuse", REFUS[alea.indice(6)]),
        30..42 => ("fait_partiellement", ["fatigue", "accepte_en_partie", "temps"][alea.indice(3)]),
        42..48 => ("reporte", ["dort", "urgence_service", "a_sa_demande"][alea.indice(3)]),
        48..53 => ("absent", ["activite", "rendez_vous", "famille"][alea.indice(3)]),
        53..59 => ("non_necessaire", ["change_propre", "autonome_ce_jour", "etat_stable"][alea.indice(3)]),
        _ => ("fait", ""),
    }
}
