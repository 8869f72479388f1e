//! Establishments, units, rooms and beds of the grappe.

use super::batiments::{CLOS, Plan, UNITES};
use super::donnees::Donnees;

/// A member of the grappe.
#[derive(Clone, Debug, Hash)]
pub struct Etablissement {
    /// Name shown.
    pub nom: String,
    /// Kind, code of `genres_essms.toml`.
    pub genre: String,
    /// Fictitious FINESS, nine characters beginning with `9X`.
    pub finess: String,
    /// Fictitious town.
    pub commune: String,
    /// Fictitious postal code, always 63999.
    pub code_postal: &'static str,
    /// Managing body (OG).
    pub organisme: String,
    /// public, associatif or prive.
    pub statut: String,
    /// Places authorised.
    pub places: u32,
    /// True for the three establishments the story fills.
    pub rempli: bool,
    /// How medication comes: pui, pui_partagee or officine; empty when not filled.
    pub pharmacie: &'static str,
}

/// A care unit.
#[derive(Clone, Debug, Hash)]
pub struct Unite {
    /// Index in the establishments.
    pub etablissement: usize,
    /// Stable code, unique in the grappe.
    pub code: &'static str,
    /// Name shown.
    pub nom: &'static str,
    /// Building name.
    pub batiment: &'static str,
    /// Floor, 0 = ground.
    pub etage: u32,
    /// Beds; 0 for a day-only unit.
    pub places: u32,
    /// hebergement, uvp, temporaire or jour.
    pub genre: &'static str,
}

/// A room.
#[derive(Clone, Debug, Hash)]
pub struct Chambre {
    /// Index in the units.
    pub unite: usize,
    /// Number on the door, digits only, unique in the establishment.
    pub numero: u32,
    /// Two beds.
    pub double: bool,
}

/// A bed.
#[derive(Clone, Debug, Hash)]
pub struct Lit {
    /// Index in the rooms.
    pub chambre: usize,
    /// 1, or 2 for the second bed of a double room.
    pub rang: u32,
}

/// The places of the story.
#[derive(Clone, Debug, Hash)]
pub struct Grappe {
    /// « Les Sources Vives ».
    pub nom: &'static str,
    /// The 44 members; the three first are filled.
    pub etablissements: Vec<Etablissement>,
    /// Units of the filled establishments.
    pub unites: Vec<Unite>,
    /// Rooms.
    pub chambres: Vec<Chambre>,
    /// Beds.
    pub lits: Vec<Lit>,
}

impl Grappe {
    pub(crate) fn construire(donnees: &Donnees) -> Self {
        let etablissements = donnees.etablissements.iter().enumerate().map(|(i, e)| Etablissement {
            nom: e.nom.clone(),
            genre: e.genre.clone(),
            finess: e.finess.clone(),
            commune: e.commune.clone(),
            code_postal: "63999",
            organisme: e.organisme.clone(),
            statut: e.statut.clone(),
            places: e.places,
            rempli: i <= CLOS,
            pharmacie: ["pui", "pui_partagee", "officine"].get(i).copied().unwrap_or(""),
        });
        let mut grappe = Self {
            nom: "Les Sources Vives",
            etablissements: etablissements.collect(),
            unites: Vec::new(),
            chambres: Vec::new(),
            lits: Vec::new(),
        };
        for plan in UNITES {
            grappe.batir(plan);
        }
        grappe
    }

    fn batir(&mut self, plan: Plan) {
        let (etablissement, code, nom, batiment, etage, genre, premiere, simples, doubles) = plan;
        let unite = self.unites.len();
        let places = simples + 2 * doubles;
        self.unites.push(Unite { etablissement, code, nom, batiment, etage, places, genre });
        for k in 0..simples + doubles {
            let double = k < doubles;
            self.chambres.push(Chambre { unite, numero: premiere + k, double });
            let chambre = self.chambres.len() - 1;
            self.lits.push(Lit { chambre, rang: 1 });
            if double {
                self.lits.push(Lit { chambre, rang: 2 });
            }
        }
    }

    /// Unit of a bed.
    pub fn unite_du_lit(&self, lit: usize) -> usize {
        self.lits.get(lit).and_then(|l| self.chambres.get(l.chambre)).map_or(0, |c| c.unite)
    }

    /// Establishment of a unit.
    pub fn etablissement_de(&self, unite: usize) -> usize {
        self.unites.get(unite).map_or(0, |u| u.etablissement)
    }

    /// Door number of a bed.
    pub fn numero_du_lit(&self, lit: usize) -> u32 {
        self.lits.get(lit).and_then(|l| self.chambres.get(l.chambre)).map_or(0, |c| c.numero)
    }

    /// The first bed behind a door of an establishment.
    pub fn lit_de(&self, etablissement: usize, numero: u32) -> Option<usize> {
        (0..self.lits.len())
            .find(|l| self.numero_du_lit(*l) == numero && self.etablissement_de(self.unite_du_lit(*l)) == etablissement)
    }
}
