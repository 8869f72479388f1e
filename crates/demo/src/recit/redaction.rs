//! Transmissions: episodes that open, are followed and close, and notes that stand alone, in French.

use super::donnees::{ErreurDonnees, ThemeTexte};
use super::evenement::Transmission;
use super::population::accorder;
use super::resident::Resident;
use super::sejours::cle;
use crate::alea::Alea;

const THEMES: [&str; 20] = [
    "chute",
    "douleur",
    "peau",
    "alimentation",
    "hydratation",
    "deglutition",
    "elimination",
    "sommeil",
    "comportement",
    "moral",
    "mobilite",
    "respiration",
    "infection",
    "circulation",
    "famille",
    "traitement",
    "vie_sociale",
    "hygiene",
    "materiel",
    "rendez_vous",
];

/// A cible from its opening to its closing.
#[derive(Clone, Debug)]
pub(crate) struct Episode {
    pub theme: usize,
    pub numero: u32,
    pub debut: i64,
    pub fin: i64,
}

/// Checks that the texts are in the order of the table and all known.
pub(crate) fn verifier(themes: &[ThemeTexte]) -> Result<(), ErreurDonnees> {
    match themes.iter().find(|t| !THEMES.contains(&t.code.as_str())) {
        Some(t) => Err(ErreurDonnees::Code(t.code.clone())),
        None => Ok(()),
    }
}

/// The static form of a theme code, `autre` when the story does not know it.
pub(super) fn theme_statique(code: &str) -> &'static str {
    THEMES.iter().copied().find(|c| *c == code).unwrap_or("autre")
}

/// Two threads of episodes, from before the window to beyond today.
pub(crate) fn episodes(themes: &[ThemeTexte], r: &Resident, graine: u64, index: usize) -> Vec<Episode> {
    let mut liste = Vec::new();
    let infection = themes.iter().position(|t| t.code == "infection").unwrap_or(0);
    if let Some((debut, fin)) = r.clinique.isolement {
        liste.push(Episode { theme: infection, numero: 900, debut, fin: fin + 1 });
    }
    let total: i64 = themes.iter().map(|t| t.poids).sum();
    for fil in 0..2u32 {
        let mut alea = Alea::pour(graine, &[800, cle(index), i64::from(fil)]);
        let mut jour = -58 + alea.entre(-6, 4);
        let mut numero = fil * 100 + 1;
        while jour <= 0 {
            let mut tirage = alea.entre(0, total - 1);
            let theme = themes.iter().position(|t| {
                tirage -= t.poids;
                tirage < 0
            });
            let fin = jour + alea.entre(2, 9);
            liste.push(Episode { theme: theme.unwrap_or(0), numero, debut: jour, fin });
            numero += 1;
            jour = fin + alea.entre(2, 11);
        }
    }
    liste.retain(|e| e.debut >= -60);
    liste
}

/// Writes for one resident on one day.
pub(crate) struct Plume<'a> {
    pub themes: &'a [ThemeTexte],
    pub resident: &'a Resident,
    pub j: i64,
}

impl Plume<'_> {
    fn phrase(&self, modele: &str, alea: &mut Alea) -> String {
        let mut texte = accorder(modele, self.resident.identite.sexe);
        if texte.contains('{') {
            let lien = self.resident.contacts.first().map_or("une amie", |c| c.lien.as_str());
            let proche = match lien {
                "une amie" => lien.to_owned(),
                l if l.starts_with('a') => format!("son {l}"),
                l if ["fille", "nièce", "petite-fille", "sœur"].contains(&l) => format!("sa {l}"),
                l => format!("son {l}"),
            };
            let mut debut = proche.chars();
            let majuscule: String = debut.next().into_iter().flat_map(char::to_uppercase).chain(debut.clone()).collect();
            let heure = format!("{} h {:02}", alea.entre(1, 5), alea.entre(0, 3) * 15);
            texte = texte.replace("{proche}", &proche).replace("{Proche}", &majuscule);
            texte = texte.replace("{heure}", &heure).replace("{n}", &alea.entre(3, 6).to_string());
        }
        texte
    }

    /// The note of an episode on this day; none on the quiet days between opening and closing.
    pub(super) fn suivre(&self, e: &Episode, alea: &mut Alea) -> Option<Transmission> {
        let theme = self.themes.get(e.theme)?;
        let (etat, phrases) = match self.j {
            j if j == e.debut => ("ouverte", &theme.ouverture),
            j if j == e.fin => ("close", &theme.cloture),
            j if j > e.debut && j < e.fin && alea.chance(560) => ("suivie", &theme.suivi),
            _ => return None,
        };
        let actions = etat != "close" && alea.chance(700);
        let resultats = etat == "suivie" && alea.chance(420);
        let importance = match etat {
            "ouverte" if alea.chance(130) => "alerte",
            "ouverte" => "a_suivre",
            "suivie" if alea.chance(350) => "a_suivre",
            _ => "info",
        };
        Some(Transmission {
            theme: theme_statique(&theme.code),
            cible: Some(e.numero),
            etat,
            donnees: self.phrase(alea.mot(&phrases.clone()), alea),
            actions: if actions { self.phrase(alea.mot(&theme.actions), alea) } else { String::new() },
            resultats: match etat {
                "close" => "Objectif atteint, cible close.".to_owned(),
                _ if resultats => self.phrase(alea.mot(&theme.resultats), alea),
                _ => String::new(),
            },
            importance,
        })
    }

    /// A note that stands alone; `nuit` keeps to what is seen at night.
    pub(super) fn note(&self, nuit: bool, alea: &mut Alea) -> Transmission {
        let voulu = if nuit { "sommeil" } else { "" };
        let hasard = alea.indice(self.themes.len());
        let rang = self.themes.iter().position(|t| t.code == voulu).unwrap_or(hasard);
        let sommeil_de_jour = !nuit && self.themes[rang].code == "sommeil";
        let theme = &self.themes[if sommeil_de_jour { 0 } else { rang }];
        Transmission {
            theme: theme_statique(&theme.code),
            cible: None,
            etat: "isolee",
            donnees: self.phrase(alea.mot(&theme.infos), alea),
            actions: String::new(),
            resultats: String::new(),
            importance: "info",
        }
    }
}
