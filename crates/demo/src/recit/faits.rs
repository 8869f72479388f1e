//! Facts written once for the whole story: movements here, falls, instructions and named stories in `histoires`.

use jiff::{SignedDuration, Timestamp};

use super::Recit;
use super::batiments::GENETS;
use super::evenement::{Evenement, Fait, Mouvement};

/// All of them, in the order of time.
pub(crate) fn tous(recit: &Recit) -> Vec<Evenement> {
    let mut e = Ecrivain { recit, sortie: Vec::new() };
    for (i, r) in recit.residents.iter().enumerate() {
        e.sejours(i);
        for absence in &r.absences {
            e.mouvement(i, absence.debut, "absence_debut", absence.motif, (None, None));
            if let Some(fin) = absence.fin {
                e.mouvement(i, fin, "absence_fin", absence.motif, (None, None));
            }
        }
        e.chutes(i);
        e.consignes(i);
    }
    e.recits();
    let mut faits = e.sortie;
    faits.sort_by_key(|x| (x.survenu_le, x.resident));
    faits
}

/// Adds facts to the story, signed by people on duty.
pub(super) struct Ecrivain<'a> {
    pub(super) recit: &'a Recit,
    sortie: Vec<Evenement>,
}

impl Ecrivain<'_> {
    /// Writes a fact, by someone on duty in the unit at that hour whose role is in `roles`, else any carer there.
    pub(super) fn poser(&mut self, resident: usize, quand: Timestamp, lit: Option<usize>, roles: &[&str], fait: Fait) {
        let recit = self.recit;
        let avant = recit.calendrier.instant(-60, 0);
        if quand < avant || quand > recit.calendrier.maintenant() {
            return;
        }
        let unite = lit.map(|l| recit.grappe.unite_du_lit(l));
        let etablissement = unite.map_or(GENETS, |u| recit.grappe.etablissement_de(u));
        let (j, minute) = recit.calendrier.local(quand);
        let en_poste = |i: &usize| {
            recit.agents[*i].travaille(etablissement, unite.unwrap_or(9)) && recit.planning.en_poste_le(*i, j, minute)
        };
        let soignants = ["ide", "as", "aes", "as_nuit"];
        let choix = |voulus: &[&str]| (0..recit.agents.len()).filter(|i| voulus.contains(&recit.agents[*i].role)).find(en_poste);
        let Some(auteur) = choix(roles).or_else(|| choix(&soignants)) else {
            return;
        };
        let saisi_le = quand + SignedDuration::from_mins(if matches!(fait, Fait::Chute(_)) { 8 } else { 2 });
        self.sortie.push(Evenement { survenu_le: quand, saisi_le, resident, auteur, etablissement, unite, fait });
    }

    fn mouvement(
        &mut self,
        i: usize,
        quand: Timestamp,
        genre: &'static str,
        motif: &'static str,
        lits: (Option<usize>, Option<usize>),
    ) {
        let occupation = self.recit.residents[i].occupation(quand).map(|o| o.lit);
        let lit = lits.1.or(lits.0).or(occupation);
        let fait = Fait::Mouvement(Mouvement { genre, motif, depuis: lits.0, vers: lits.1 });
        self.poser(i, quand, lit, &["admissions", "secretaire", "ide", "as_nuit"], fait);
    }

    fn sejours(&mut self, i: usize) {
        for s in &self.recit.residents[i].sejours {
            let Some(premier) = s.occupations.first().map(|o| o.lit) else {
                continue;
            };
            if s.motif_entree != "transfert_grappe" {
                for (genre, jours) in [("demande", 24), ("visite_preadmission", 12), ("commission", 7), ("accord", 4)] {
                    let quand = s.entree - SignedDuration::from_hours(24 * jours);
                    self.mouvement(i, quand, genre, "", (None, Some(premier)));
                }
            }
            self.mouvement(i, s.entree, "entree", s.motif_entree, (None, Some(premier)));
            for paire in s.occupations.windows(2) {
                let lits = (Some(paire[0].lit), Some(paire[1].lit));
                self.mouvement(i, paire[1].du, "changement_lit", "demande_personne", lits);
            }
            let genre = match s.motif_sortie {
                "deces" => "deces",
                "transfert_grappe" => "transfert",
                _ => "sortie",
            };
            if let (Some(sortie), Some(dernier)) = (s.sortie, s.occupations.last()) {
                self.mouvement(i, sortie, genre, s.motif_sortie, (Some(dernier.lit), None));
            }
        }
    }
}
