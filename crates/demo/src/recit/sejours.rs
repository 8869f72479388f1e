//! Stays, beds and absences: who was where, at any time. Exits, arrivals, the transfer and room changes of the sixty days.

use jiff::Timestamp;

use super::batiments::{CLOS, FONTAINE, GENETS, RIVE, TEMPORAIRE, UVP};
use super::calendrier::Calendrier;
use super::grappe::Grappe;
use crate::alea::Alea;

/// A bed held for a time.
#[derive(Clone, Debug, Hash)]
pub struct Occupation {
    /// Index in the beds.
    pub lit: usize,
    /// From.
    pub du: Timestamp,
    /// To, excluded; none while it lasts.
    pub au: Option<Timestamp>,
}

/// A stay in one establishment.
#[derive(Clone, Debug, Hash)]
pub struct Sejour {
    /// Index in the establishments.
    pub etablissement: usize,
    /// permanent, temporaire or accueil_de_jour.
    pub mode: &'static str,
    /// Admission.
    pub entree: Timestamp,
    /// Reason of entry, family mouvement_entree of `motifs.toml`.
    pub motif_entree: &'static str,
    /// Exit; none while it lasts.
    pub sortie: Option<Timestamp>,
    /// Reason of exit, family mouvement_sortie of `motifs.toml`; empty while it lasts.
    pub motif_sortie: &'static str,
    /// Beds, in order; empty for day care.
    pub occupations: Vec<Occupation>,
    /// Days of day care, 0 = Monday; empty otherwise.
    pub jours: Vec<i64>,
}

/// An absence with the bed held.
#[derive(Clone, Debug, Hash)]
pub struct Absence {
    /// Code of family absence_sejour of `motifs.toml`.
    pub motif: &'static str,
    /// Leaves at.
    pub debut: Timestamp,
    /// Comes back at; none while away.
    pub fin: Option<Timestamp>,
}

/// Stays of one person, before identity is given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parcours {
    pub sejours: Vec<Sejour>,
    pub absences: Vec<Absence>,
}

/// Doors of Les Genêts held by the people of the stories.
pub(crate) const RESERVES: [u32; 8] = [214, 215, 209, 220, 207, 218, 117, 308];

pub(crate) struct Batisseur<'a> {
    pub grappe: &'a Grappe,
    pub cal: &'a Calendrier,
    pub graine: u64,
    pub parcours: Vec<Parcours>,
    pris: Vec<bool>,
}

impl<'a> Batisseur<'a> {
    /// People 0 to 461 hold today the bed of the same index; then 14 who left; then 10 day-care guests.
    pub(super) fn tout(grappe: &'a Grappe, cal: &'a Calendrier, graine: u64) -> Vec<Parcours> {
        let mut b = Self { grappe, cal, graine, parcours: Vec::new(), pris: vec![false; grappe.lits.len()] };
        for numero in RESERVES {
            if let Some(lit) = grappe.lit_de(GENETS, numero) {
                b.pris[lit] = true;
            }
        }
        for lit in 0..grappe.lits.len() {
            b.ancien(lit);
        }
        let arrivees = b.lits_arrivees();
        for (k, (lit, jour)) in arrivees.into_iter().enumerate() {
            b.arrivee(k, lit, jour);
        }
        b.transfert();
        b.accueil_de_jour();
        b.absences();
        b.parcours
    }

    fn sejour(&self, lit: usize, entree: Timestamp, motif_entree: &'static str) -> Sejour {
        let unite = self.grappe.unite_du_lit(lit);
        Sejour {
            etablissement: self.grappe.etablissement_de(unite),
            mode: if unite == TEMPORAIRE { "temporaire" } else { "permanent" },
            entree,
            motif_entree,
            sortie: None,
            motif_sortie: "",
            occupations: vec![Occupation { lit, du: entree, au: None }],
            jours: Vec::new(),
        }
    }

    fn ancien(&mut self, lit: usize) {
        let mut alea = Alea::pour(self.graine, &[300, cle(lit)]);
        let temporaire = self.grappe.unite_du_lit(lit) == TEMPORAIRE;
        let jours = if temporaire { alea.entre(62, 85) } else { alea.entre(75, 2600) };
        let entree = self.cal.instant(-jours, alea.entre(600, 990));
        let motif = ["domicile", "domicile", "hopital", "smr", "autre_essms"][alea.indice(5)];
        let sejour = self.sejour(lit, entree, motif);
        self.parcours.push(Parcours { sejours: vec![sejour], absences: Vec::new() });
    }

    fn libre(&mut self, alea: &mut Alea, etablissement: usize, unites: std::ops::Range<usize>) -> usize {
        loop {
            let lit = alea.indice(self.grappe.lits.len());
            let unite = self.grappe.unite_du_lit(lit);
            let simple = self.grappe.lits.get(lit).and_then(|l| self.grappe.chambres.get(l.chambre));
            let convient = self.grappe.etablissement_de(unite) == etablissement && unites.contains(&unite);
            if convient && !self.pris[lit] && simple.is_some_and(|c| !c.double) {
                self.pris[lit] = true;
                return lit;
            }
        }
    }

    /// Fifteen beds and days; the first is Mme THUILERET, the second the bed left by the transfer.
    fn lits_arrivees(&mut self) -> Vec<(usize, i64)> {
        let mut alea = Alea::pour(self.graine, &[310]);
        let mut lits = Vec::new();
        lits.extend(self.grappe.lit_de(GENETS, 209).map(|l| (l, -2)));
        let rive = self.libre(&mut alea, FONTAINE, RIVE..RIVE + 1);
        lits.push((rive, -1));
        for k in 0..7 {
            lits.push((self.libre(&mut alea, GENETS, 2..UVP), -8 - 6 * k));
        }
        for k in 0..2 {
            lits.push((self.libre(&mut alea, GENETS, TEMPORAIRE..TEMPORAIRE + 1), -11 - 17 * k));
        }
        for k in 0..2 {
            lits.push((self.libre(&mut alea, FONTAINE, RIVE..RIVE + 3), -15 - 20 * k));
            lits.push((self.libre(&mut alea, CLOS, RIVE + 3..RIVE + 5), -22 - 21 * k));
        }
        lits
    }

    /// The arrival `k` takes a bed freed some days before; for some, a neighbour first moved into the freed room.
    fn arrivee(&mut self, k: usize, lit: usize, jour: i64) {
        let mut alea = Alea::pour(self.graine, &[320, cle(k)]);
        let entree = self.cal.instant(jour, alea.entre(620, 930));
        let motif = ["domicile", "hopital", "smr"][alea.indice(3)];
        self.parcours[lit].sejours = vec![self.sejour(lit, entree, motif)];
        let refuge = k == 1;
        let premiere_occupation = k == 8;
        if refuge || premiere_occupation {
            return;
        }
        let depart = jour - alea.entre(3, 8);
        let mut quitte = lit;
        if matches!(k, 2..=6) {
            let unite = self.grappe.unite_du_lit(lit);
            let autre = self.libre(&mut alea, GENETS, unite..unite + 1);
            let demenage = self.cal.instant(depart + 2, 660);
            let debut = self.parcours[autre].sejours[0].entree;
            self.parcours[autre].sejours[0].occupations =
                vec![Occupation { lit, du: debut, au: Some(demenage) }, Occupation { lit: autre, du: demenage, au: None }];
            quitte = autre;
        }
        let temporaire = self.grappe.unite_du_lit(lit) == TEMPORAIRE;
        let motif = if temporaire {
            "fin_sejour_temporaire"
        } else if k == 11 {
            "autre_essms"
        } else {
            "deces"
        };
        self.sortant(quitte, depart, motif, 330 + cle(k));
    }

    fn sortant(&mut self, lit: usize, jour: i64, motif: &'static str, graine: i64) {
        let mut alea = Alea::pour(self.graine, &[graine, 7]);
        let minute = if motif == "deces" { alea.entre(20, 1400) } else { alea.entre(600, 900) };
        let sortie = self.cal.instant(jour, minute);
        let anciennete = if motif == "fin_sejour_temporaire" { alea.entre(80, 88) } else { alea.entre(120, 2200) };
        let entree = self.cal.instant(-anciennete, 840);
        let mut sejour = self.sejour(lit, entree, "domicile");
        sejour.sortie = Some(sortie);
        sejour.motif_sortie = motif;
        sejour.occupations[0].au = Some(sortie);
        self.parcours.push(Parcours { sejours: vec![sejour], absences: Vec::new() });
    }

    /// Story 12: from La Fontaine aux Saules to the protected unit, yesterday.
    fn transfert(&mut self) {
        let mut alea = Alea::pour(self.graine, &[340]);
        let uvp = self.libre(&mut alea, GENETS, UVP..UVP + 1);
        self.sortant(uvp, -5, "deces", 399);
        let rive = (0..self.parcours.len()).find(|i| {
            let s = &self.parcours[*i].sejours[0];
            s.etablissement == FONTAINE && s.entree > self.cal.instant(-1, 0)
        });
        let Some(rive) = rive else { return };
        let entree = self.cal.instant(-1, 930);
        let depart = self.cal.instant(-1, 600);
        let refuge = self.cal.instant(-1, 870);
        let mut avant = self.sejour(rive, self.cal.instant(-540, 660), "domicile");
        avant.sortie = Some(depart);
        avant.motif_sortie = "transfert_grappe";
        avant.occupations[0].au = Some(depart);
        self.parcours[uvp].sejours = vec![avant, self.sejour(uvp, entree, "transfert_grappe")];
        self.parcours[rive].sejours = vec![self.sejour(rive, refuge, "hopital")];
    }

    fn accueil_de_jour(&mut self) {
        for k in 0..10 {
            let mut alea = Alea::pour(self.graine, &[350, k]);
            let entree = self.cal.instant(-alea.entre(20, 400), 570);
            let premier = alea.entre(0, 2);
            self.parcours.push(Parcours {
                sejours: vec![Sejour {
                    etablissement: GENETS,
                    mode: "accueil_de_jour",
                    entree,
                    motif_entree: "domicile",
                    sortie: None,
                    motif_sortie: "",
                    occupations: Vec::new(),
                    jours: vec![premier, premier + 2],
                }],
                absences: Vec::new(),
            });
        }
    }

    fn absences(&mut self) {
        let aujourdhui = self.grappe.lit_de(GENETS, 207);
        for lit in 0..self.grappe.lits.len() {
            let mut alea = Alea::pour(self.graine, &[360, cle(lit)]);
            let ancien = self.parcours[lit].sejours[0].entree < self.cal.instant(-61, 0);
            let absences = &mut self.parcours[lit].absences;
            if Some(lit) == aujourdhui {
                absences.push(Absence { motif: "hospitalisation", debut: self.cal.instant(-1, 1000), fin: None });
            } else if !self.pris[lit] && ancien && alea.chance(95) {
                let debut = -alea.entre(4, 58);
                let fin = debut + alea.entre(2, 9);
                let retour = (fin < 0).then(|| self.cal.instant(fin, alea.entre(720, 1000)));
                let motif = if alea.chance(200) { "hospitalisation_programmee" } else { "hospitalisation" };
                absences.push(Absence { motif, debut: self.cal.instant(debut, alea.entre(500, 1300)), fin: retour });
            } else if !self.pris[lit] && ancien && alea.chance(55) {
                let samedi = -7 * alea.entre(1, 8) + 5 - self.cal.jour_semaine(0);
                if samedi < -2 {
                    let (debut, fin) =
                        (self.cal.instant(samedi, alea.entre(600, 690)), self.cal.instant(samedi + 1, alea.entre(1000, 1120)));
                    absences.push(Absence { motif: "famille", debut, fin: Some(fin) });
                }
            }
        }
    }
}

pub(crate) fn cle(i: usize) -> i64 {
    i64::try_from(i).unwrap_or(0)
}
