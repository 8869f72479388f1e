//! Draws the lines of a person from the catalogue.

use std::collections::{HashMap, HashSet};

use super::catalogue::{Bloc, Ligne, Nomme, Quand};
use super::dates::{Debut, Periode};
use super::{Element, traits};
use crate::alea::Alea;
use crate::recit::mesures::decimal;
use crate::recit::population::accorder;
use crate::recit::resident::{Allergies, Resident};

/// Fewest and most lines a file may have.
const PLANCHER: usize = 2;
const PLAFOND: usize = 9;
/// How many lines a person gets before what is not essential stops.
const CIBLES: [usize; 10] = [3, 4, 5, 6, 6, 7, 7, 8, 8, 9];

/// A file being drawn.
pub(super) struct Tirage<'a> {
    resident: &'a Resident,
    periode: &'a Periode<'a>,
    episode: Option<(i64, i64)>,
    traits: HashSet<&'a str>,
    agents: Vec<&'static str>,
    alea: Alea,
    cote: &'static str,
    cible: usize,
    elements: Vec<Element>,
    /// Beginning of the first line of each bloc, and of the line before.
    premiers: HashMap<&'a str, Debut>,
    dernier: Option<Debut>,
}

impl<'a> Tirage<'a> {
    pub(super) fn nouveau(
        resident: &'a Resident,
        periode: &'a Periode<'a>,
        mut traits: HashSet<&'a str>,
        mut alea: Alea,
    ) -> Self {
        let agents = match &resident.clinique.allergies {
            Allergies::Connues(liste) => liste.iter().map(|a| a.agent).collect(),
            _ => Vec::new(),
        };
        let episode = traits::episode(resident).filter(|e| periode.contient(*e));
        if episode.is_none() {
            traits.remove("episode_digestif");
            traits.remove("episode_autre");
        }
        let cote = if alea.chance(500) { "gauche" } else { "droite" };
        let cible = CIBLES[alea.indice(CIBLES.len())];
        Self {
            resident,
            periode,
            episode,
            traits,
            agents,
            alea,
            cote,
            cible,
            elements: Vec::new(),
            premiers: HashMap::new(),
            dernier: None,
        }
    }

    /// Essential blocs in the order of the file, what is optional in them, then the others in an order of chance.
    pub(super) fn tirer(&mut self, blocs: &'a [Bloc]) {
        let (essentiels, mut autres): (Vec<&Bloc>, Vec<&Bloc>) = blocs.iter().partition(|b| b.essentiel);
        let mut retenus = Vec::new();
        for bloc in essentiels {
            if self.retient(bloc, bloc.pour_mille) {
                self.lignes(&bloc.nom, &bloc.lignes, |ligne| !ligne.facultatif, PLAFOND);
                retenus.push(bloc);
            }
        }
        for bloc in retenus {
            self.lignes(&bloc.nom, &bloc.lignes, |ligne| ligne.facultatif, self.cible);
        }
        self.alea.melange(&mut autres);
        for bloc in &autres {
            if self.elements.len() < self.cible && self.retient(bloc, bloc.pour_mille) {
                self.lignes(&bloc.nom, &bloc.lignes, |_| true, self.cible);
            }
        }
        for bloc in autres {
            let tire = self.traits.contains(bloc.nom.as_str());
            if self.elements.len() < PLANCHER && !tire && self.retient(bloc, 1000) {
                self.lignes(&bloc.nom, &bloc.lignes, |_| true, self.cible);
            }
        }
    }

    /// The facts of somebody of the stories.
    pub(super) fn nommer(&mut self, nomme: &'a Nomme) {
        self.traits.remove("desoriente");
        self.traits.extend(nomme.pose.iter().map(String::as_str));
        self.lignes("", &nomme.lignes, |_| true, PLAFOND);
    }

    fn retient(&mut self, bloc: &'a Bloc, pour_mille: i64) -> bool {
        let retenu = self.admet(&bloc.si, &bloc.sauf) && self.alea.chance(pour_mille);
        if retenu {
            self.traits.insert(&bloc.nom);
        }
        retenu
    }

    pub(super) fn finir(self) -> (Vec<Element>, HashSet<&'a str>) {
        (self.elements, self.traits)
    }

    fn admet(&self, si: &[String], sauf: &[String]) -> bool {
        let a = |code: &String| self.traits.contains(code.as_str());
        si.iter().all(a) && !sauf.iter().any(a)
    }

    fn supporte(&self, ligne: &Ligne) -> bool {
        !ligne.allergenes.iter().any(|allergene| self.agents.iter().any(|agent| agent.starts_with(allergene.as_str())))
    }

    /// The lines of a bloc which are asked for, until the file holds `limite` of them.
    fn lignes(&mut self, bloc: &'a str, lignes: &'a [Ligne], voulue: impl Fn(&Ligne) -> bool, limite: usize) {
        let mut choisis: Vec<&str> = Vec::new();
        self.dernier = None;
        for ligne in lignes.iter().filter(|l| voulue(l)) {
            let retenue = if ligne.au_choix.is_empty() {
                Some(ligne).filter(|l| self.admet(&l.si, &l.sauf) && self.supporte(l))
            } else if choisis.contains(&ligne.au_choix.as_str()) {
                None
            } else {
                choisis.push(&ligne.au_choix);
                self.une_de(lignes, &ligne.au_choix)
            };
            let retenue = retenue.filter(|l| self.alea.chance(l.pour_mille) && self.elements.len() < limite);
            if let Some(retenue) = retenue {
                self.poser(bloc, retenue);
            }
        }
    }

    /// One of the lines of this choice the person may have, by weight.
    fn une_de(&mut self, lignes: &'a [Ligne], choix: &str) -> Option<&'a Ligne> {
        let possibles: Vec<&Ligne> =
            lignes.iter().filter(|l| l.au_choix == choix && self.admet(&l.si, &l.sauf) && self.supporte(l)).collect();
        let mut reste = self.alea.entre(0, possibles.iter().map(|l| l.poids).sum::<i64>() - 1);
        possibles.into_iter().find(|l| {
            reste -= l.poids;
            reste < 0
        })
    }

    fn poser(&mut self, bloc: &'a str, ligne: &'a Ligne) {
        let (mut debut, fin) = match &ligne.quand {
            Some(Quand::Avec) => (self.dernier, None),
            Some(quand) => self.periode.dater(quand, self.episode, &mut self.alea),
            None => (None, None),
        };
        if let Some(date) = debut.filter(|_| !bloc.is_empty()) {
            let premier = *self.premiers.entry(bloc).or_insert(date);
            debut = Some(if date.au_plus_tot() < premier.au_plus_tot() { premier } else { date });
        }
        self.dernier = debut.or(self.dernier);
        self.traits.extend(ligne.pose.iter().map(String::as_str));
        let valeur = decimal(self.alea.entre(ligne.bornes.0, ligne.bornes.1), ligne.decimales).replace('.', ",");
        let detail = self.alea.mot(&ligne.details);
        let note_le = self.periode.ecrire(debut, fin, &mut self.alea);
        self.elements.push(Element {
            nature: ligne.nature,
            libelle: self.remplir(&ligne.texte, &valeur, debut),
            cim10: ligne.cim10.clone(),
            debut,
            fin,
            detail: self.remplir(detail, &valeur, debut),
            a_risque: ligne.a_risque,
            note_le,
            auteur: 0,
        });
    }

    fn remplir(&self, modele: &str, valeur: &str, debut: Option<Debut>) -> String {
        if !modele.contains('{') {
            return modele.to_owned();
        }
        let annee = debut.map_or(0, |d| d.annee);
        let texte = modele
            .replace("{n}", valeur)
            .replace("{cote}", self.cote)
            .replace("{cote_m}", if self.cote == "droite" { "droit" } else { self.cote })
            .replace("{saison}", &format!("{annee}-{}", annee.saturating_add(1)))
            .replace("{rappel}", &annee.saturating_add(10).to_string());
        accorder(&texte, self.resident.identite.sexe)
    }
}
