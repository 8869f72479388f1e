//! The named stories (ux.md 6.5), the falls and the instructions.

use jiff::{SignedDuration, Timestamp};

use super::Recit;
use super::batiments::GENETS;
use super::calendrier::Calendrier;
use super::evenement::{Chute, Consigne, Fait, Mesure, Transmission};
use super::faits::Ecrivain;
use super::population::accorder;
use super::redaction::theme_statique;
use super::sejours::cle;
use crate::alea::Alea;

/// A story in progress, to open on the right screen.
#[derive(Clone, Debug, Hash)]
pub struct Histoire {
    /// Number in ux.md 6.5.
    pub numero: u32,
    /// One line, French.
    pub titre: &'static str,
    /// Index of the person concerned.
    pub resident: Option<usize>,
    /// Login that opens it best.
    pub compte: &'static str,
}

/// Minutes after midnight of the fall of Mme BRUMELLE.
const CHUTE: i64 = 192;

const LIEUX: [&str; 6] = ["Chambre, près du lit", "Salle de bain", "Couloir", "Salle à manger", "Chambre, du fauteuil", "Jardin"];

/// The instant of the fall: 03:12 last night, always in the past by twenty minutes at least.
pub fn chute_de_la_nuit(cal: &Calendrier) -> Timestamp {
    cal.instant(if cal.minute_courante() >= CHUTE + 20 { 0 } else { -1 }, CHUTE)
}

pub(super) fn histoires(recit: &Recit) -> Vec<Histoire> {
    let chez = |numero: u32| recit.grappe.lit_de(GENETS, numero);
    let transfert = recit.residents.iter().position(|r| r.sejours.len() == 2);
    let histoire = |numero, titre, resident, compte| Histoire { numero, titre, resident, compte };
    vec![
        histoire(1, "Chute de 03:12, surveillance de 48 heures", chez(214), "sophie"),
        histoire(2, "Hospitalisé depuis hier, chambre gardée", chez(207), "idec"),
        histoire(5, "Perte de poids de 5,4 % en 30 jours", chez(220), "cuisine"),
        histoire(6, "De retour après quatre jours : la relève", None, "nadia"),
        histoire(7, "Premier jour aux Volcans", None, "lina"),
        histoire(11, "Plaie suivie par un protocole", chez(117), "nadia"),
        histoire(12, "Transfert depuis La Fontaine aux Saules", transfert, "idec"),
    ]
}

impl Ecrivain<'_> {
    /// The fall of the night, M. OLMÈDE's two days ago, and those of people at risk.
    pub(super) fn chutes(&mut self, i: usize) {
        let r = &self.recit.residents[i];
        let cal = &self.recit.calendrier;
        let mut alea = Alea::pour(self.recit.graine, &[950, cle(i)]);
        let chute = |consequence, lieu, appel_15, surveillance_heures| Chute { lieu, consequence, appel_15, surveillance_heures };
        let lit = |quand| r.occupation(quand).map(|o| o.lit).filter(|_| !r.absent(quand));
        if r.portail == Some("claire") {
            let quand = chute_de_la_nuit(cal);
            let fait = Fait::Chute(chute("douleur", LIEUX[0], true, 48));
            return self.poser(i, quand, lit(quand), &["as_nuit"], fait);
        }
        if r.identite.nom() == "Olmède" {
            let quand = cal.instant(-2, 1092);
            let fait = Fait::Chute(chute("aucune", LIEUX[1], false, 24));
            return self.poser(i, quand, lit(quand), &["as", "aes"], fait);
        }
        if !r.clinique.plans.contains(&"chutes") || !alea.chance(650) {
            return;
        }
        let quand = cal.instant(-alea.entre(1, 58), alea.entre(0, 1420));
        let Some(lit) = lit(quand) else { return };
        let consequence = ["aucune", "aucune", "douleur", "plaie"][alea.indice(4)];
        let heures = if alea.chance(300) { 48 } else { 0 };
        let fait = Fait::Chute(chute(consequence, LIEUX[alea.indice(6)], alea.chance(70), heures));
        self.poser(i, quand, Some(lit), &["as_nuit", "as"], fait);
        let phrase = |modele| accorder(modele, r.identite.sexe);
        let note = Transmission {
            theme: "chute",
            cible: Some(951),
            etat: "ouverte",
            donnees: phrase("Retrouvé{e} au sol, sans perte de connaissance constatée."),
            actions: phrase("Relevé{e} à deux, IDE prévenue, sonnette replacée."),
            resultats: String::new(),
            importance: "a_suivre",
        };
        let apres = quand + SignedDuration::from_mins(9);
        self.poser(i, apres, Some(lit), &["as_nuit", "ide"], Fait::Transmission(note));
    }

    /// Up to two instructions for a person over the sixty days.
    pub(super) fn consignes(&mut self, i: usize) {
        const TEXTES: [&str; 8] = [
            "Proposer à boire à chaque passage jusqu'à vendredi.",
            "Attendre la fille avant la toilette de mercredi.",
            "Laisser la porte entrouverte la nuit.",
            "Peser avant le petit déjeuner demain.",
            "Mettre les bas avant le lever.",
            "Noter les prises alimentaires pendant trois jours.",
            "Prévenir l'IDE si la température dépasse 38.",
            "Installer au fauteuil une heure l'après-midi.",
        ];
        let mut alea = Alea::pour(self.recit.graine, &[960, cle(i)]);
        for _ in 0..alea.entre(0, 2) {
            let (j, minute) = (-alea.entre(0, 59), alea.entre(560, 820));
            let quand = self.recit.calendrier.instant(j, minute);
            let r = &self.recit.residents[i];
            let Some(lit) = r.occupation(quand).map(|o| o.lit).filter(|_| !r.absent(quand)) else {
                continue;
            };
            let jusquau = self.recit.calendrier.instant(j + alea.entre(2, 7), 1300);
            let consigne = Consigne { texte: TEXTES[alea.indice(8)], jusquau };
            self.poser(i, quand, Some(lit), &["ide"], Fait::Consigne(consigne));
        }
    }

    /// The notes of `histoires.toml`, and the temperature of Mme CASTEGRANE.
    pub(super) fn recits(&mut self) {
        let recit = self.recit;
        for (rang, note) in recit.notes.iter().enumerate() {
            let Some(lit) = recit.grappe.lit_de(GENETS, note.porte) else {
                continue;
            };
            let quand = match note.apres_chute {
                0 => recit.calendrier.instant(note.jour, note.minute),
                minutes => chute_de_la_nuit(&recit.calendrier) + SignedDuration::from_mins(minutes),
            };
            let roles: Vec<&str> = note.roles.iter().map(String::as_str).collect();
            let transmission = Transmission {
                theme: theme_statique(&note.theme),
                cible: Some(960 + u32::try_from(rang).unwrap_or(0)),
                etat: if note.resultats.is_empty() { "ouverte" } else { "close" },
                donnees: note.donnees.clone(),
                actions: note.actions.clone(),
                resultats: note.resultats.clone(),
                importance: match note.importance.as_str() {
                    "alerte" => "alerte",
                    "a_suivre" => "a_suivre",
                    _ => "info",
                },
            };
            self.poser(lit, quand, Some(lit), &roles, Fait::Transmission(transmission));
        }
        if let Some(lit) = recit.grappe.lit_de(GENETS, 308) {
            let mesure = Mesure { constante: "temperature", valeur: "38.4".to_owned(), ligne: None };
            let soir = recit.calendrier.instant(-1, 1330);
            self.poser(lit, soir, Some(lit), &["as_nuit"], Fait::Mesure(mesure));
        }
    }
}
