//! Staff accounts: who, which role, which units. Figures of ux.md 6.3.

use super::donnees::Donnees;
use super::effectifs::{CAS, EFFECTIFS, Groupe, HORS_EFFECTIF};
use super::noms::{Patronymes, plier, telephone};
use crate::alea::Alea;

/// How an account works, so that the schedule is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rythme {
    /// Four days on, two off, mornings then evenings, weekends too.
    Roulement,
    /// Nights, in turn.
    Nuit,
    /// Monday to Friday, 9:00 to 17:00.
    Bureau,
    /// No working hours: relatives, outside people.
    Aucun,
}

/// An account.
#[derive(Clone, Debug, Hash)]
pub struct Agent {
    /// Login, unique.
    pub identifiant: String,
    /// First name.
    pub prenom: String,
    /// Surname, invented.
    pub nom: String,
    /// F or M.
    pub sexe: char,
    /// Role code.
    pub role: &'static str,
    /// Second role, when there is one.
    pub second_role: Option<&'static str>,
    /// Establishment; none for the grappe's own accounts.
    pub etablissement: Option<usize>,
    /// Units of work; empty means the whole establishment.
    pub unites: Vec<usize>,
    /// Way of working.
    pub rythme: Rythme,
    /// Place in the rota of its pool.
    pub rang: usize,
    /// Pool of the rota, shared by those who replace each other.
    pub equipe: usize,
    /// Size of the pool.
    pub taille_equipe: usize,
    /// Per thousand entries written late: the habit of the person.
    pub retard_pour_mille: i64,
    /// Fictitious professional number, when the role has one.
    pub rpps: Option<String>,
    /// Phone of fiction.
    pub telephone: String,
    /// True when the login page offers « Entrer comme… ».
    pub demonstration: bool,
    /// One line on the login card, empty when not a demonstration account.
    pub mission: &'static str,
}

impl Agent {
    /// Whether the person works in this unit of this establishment.
    pub fn travaille(&self, etablissement: usize, unite: usize) -> bool {
        self.etablissement == Some(etablissement) && (self.unites.is_empty() || self.unites.contains(&unite))
    }
}

pub(crate) fn construire(donnees: &Donnees, noms: &mut Patronymes, graine: u64) -> Vec<Agent> {
    let mut agents = Vec::with_capacity(340);
    for (equipe, groupe) in EFFECTIFS.iter().enumerate() {
        for rang in 0..groupe.nombre {
            agents.push(agent(donnees, noms, graine, agents.len(), (equipe, groupe, rang)));
        }
    }
    for (equipe, groupe) in HORS_EFFECTIF.iter().enumerate() {
        for rang in 0..groupe.nombre {
            let cle = (equipe + EFFECTIFS.len(), groupe, rang);
            let mut a = agent(donnees, noms, graine, agents.len(), cle);
            a.rythme = Rythme::Aucun;
            agents.push(a);
        }
    }
    roles_particuliers(&mut agents);
    distribuer_cartes(&mut agents);
    agents
}

fn agent(d: &Donnees, noms: &mut Patronymes, graine: u64, numero: usize, cle: (usize, &Groupe, usize)) -> Agent {
    let (equipe, groupe, rang) = cle;
    let mut alea = Alea::pour(graine, &[200, i64::try_from(numero).unwrap_or(0)]);
    let femme = alea.chance(820);
    let prenoms = if femme { &d.noms.equipe_femmes } else { &d.noms.equipe_hommes };
    let prenom = alea.mot(prenoms).to_owned();
    let nom = noms.prendre();
    let soignant = ["ide", "idec", "medecin", "medecin_co", "pharmacien", "kinesitherapeute", "ergotherapeute"];
    Agent {
        identifiant: format!("{}.{}", plier(&prenom), plier(&nom)),
        sexe: if femme { 'F' } else { 'M' },
        role: groupe.role,
        second_role: None,
        etablissement: groupe.etablissement,
        unites: groupe.unites.to_vec(),
        rythme: groupe.rythme,
        rang,
        equipe,
        taille_equipe: groupe.nombre,
        retard_pour_mille: if alea.chance(250) { alea.entre(350, 700) } else { alea.entre(30, 180) },
        rpps: soignant.contains(&groupe.role).then(|| format!("99{numero:09}")),
        telephone: telephone(&mut alea, true),
        demonstration: false,
        mission: "",
        prenom,
        nom,
    }
}

fn roles_particuliers(agents: &mut [Agent]) {
    let mut aes = 0;
    for a in agents.iter_mut().filter(|a| a.role == "as") {
        if a.rang % 6 == 5 && aes < 20 {
            a.role = "aes";
            aes += 1;
        }
    }
    for role in ["ide", "as"] {
        if let Some(a) = agents.iter_mut().find(|a| a.role == role && a.rang == 2) {
            a.second_role = Some("formateur");
        }
    }
    if let Some(a) = agents.iter_mut().find(|a| a.role == "admissions") {
        a.second_role = Some("identitovigilance");
    }
}

fn distribuer_cartes(agents: &mut [Agent]) {
    for carte in CAS {
        let trouve = agents
            .iter_mut()
            .find(|a| a.role == carte.role && a.rang == carte.rang && !a.demonstration && a.unites.starts_with(carte.unites));
        if let Some(a) = trouve {
            carte.identifiant.clone_into(&mut a.identifiant);
            carte.prenom.clone_into(&mut a.prenom);
            carte.nom.clone_into(&mut a.nom);
            a.sexe = carte.sexe;
            a.demonstration = true;
            a.mission = carte.mission;
            a.retard_pour_mille = 60;
        }
    }
}
