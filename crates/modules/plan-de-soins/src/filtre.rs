//! What is shown of a round: every choice lives in the address.

use jiff::Timestamp;
use kernel::id::{EtablissementId, UniteId};
use platform::acces::{Acces, Droit};
use platform::erreur::Resultat;
use serde::Deserialize;

use crate::composition::{EtatSoin, SoinDuTour};
use crate::poste::Creneau;
use crate::tour::fuseau;

/// Parameters of the round's address, as received.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Brut {
    pub(crate) filtre: String,
    pub(crate) metier: String,
    pub(crate) unite: String,
    pub(crate) jour: String,
    pub(crate) poste: String,
    pub(crate) vue: String,
    pub(crate) fait: String,
    pub(crate) pour: String,
    pub(crate) chambre: String,
    pub(crate) passage: String,
}

/// Which acts are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Montrer {
    /// Residents given to the person.
    Miens,
    /// The whole unit.
    #[default]
    Tous,
    /// Waiting for a word.
    AFaire,
    /// Late.
    EnRetard,
}

impl Montrer {
    pub(crate) const TOUS: [(Self, &'static str, &'static str); 4] = [
        (Self::Miens, "mes", "Mes résidents"),
        (Self::Tous, "tous", "Toute l'unité"),
        (Self::AFaire, "a-faire", "À faire"),
        (Self::EnRetard, "en-retard", "En retard"),
    ];

    pub(crate) fn code(self) -> &'static str {
        Self::TOUS.iter().find(|(montrer, ..)| *montrer == self).map_or("tous", |(_, code, _)| code)
    }

    pub(crate) fn garde(self, soin: &SoinDuTour) -> bool {
        match self {
            Self::Miens | Self::Tous => true,
            Self::AFaire => soin.etat.attend(),
            Self::EnRetard => matches!(soin.etat, EtatSoin::EnRetard | EtatSoin::NonTrace),
        }
    }
}

/// What is shown of a round.
#[derive(Debug, Clone)]
pub(crate) struct Filtre {
    pub(crate) etablissement: EtablissementId,
    /// Units chosen; empty: all those reached.
    pub(crate) unites: Vec<UniteId>,
    pub(crate) creneau: Creneau,
    /// The shift it is now.
    pub(crate) present: Creneau,
    pub(crate) montrer: Montrer,
    /// Profession whose acts are shown; empty: all.
    pub(crate) metier: String,
    /// Printable, with every how-to.
    pub(crate) remplacant: bool,
    /// Map of doors instead of cards.
    pub(crate) plan: bool,
}

/// Every unit, in an address.
pub(crate) const TOUTES: &str = "toutes";

/// Professions whose own acts are shown first.
const METIERS_DU_TOUR: [&str; 6] = ["as", "aes", "as_nuit", "ash", "ide", "kinesitherapeute"];

impl Filtre {
    /// Reads the address; what is missing follows where the person works and what time it is.
    pub(crate) fn lire<D: Droit>(acces: &Acces<D>, brut: &Brut) -> Resultat<Self> {
        let etablissement = acces.etablissement()?;
        let present = Creneau::a(acces.now(), &fuseau());
        let creneau =
            Creneau { jour: brut.jour.parse().unwrap_or(present.jour), poste: brut.poste.parse().unwrap_or(present.poste) };
        let profil = acces.contexte().acteur.profils(acces.now()).first().map(|profil| (*profil).to_owned()).unwrap_or_default();
        let metier = match brut.metier.as_str() {
            "" if METIERS_DU_TOUR.contains(&profil.as_str()) => profil,
            "" | "tous" => String::new(),
            choisi => choisi.to_owned(),
        };
        let montrer =
            Montrer::TOUS.iter().find(|(_, code, _)| *code == brut.filtre).map(|(montrer, ..)| *montrer).unwrap_or_default();
        Ok(Self {
            etablissement,
            unites: unites(acces, etablissement, &brut.unite),
            creneau,
            present,
            montrer,
            metier,
            remplacant: brut.vue == "remplacant",
            plan: brut.vue == "plan",
        })
    }

    /// The address of this round with these choices.
    pub(crate) fn adresse(&self) -> String {
        let mut adresse = format!("/tour/soins?{}", self.parametres());
        if self.remplacant {
            adresse.push_str("&vue=remplacant");
        } else if self.plan {
            adresse.push_str("&vue=plan");
        }
        adresse
    }

    /// The choices, for addresses of fragments.
    pub(crate) fn parametres(&self) -> String {
        let metier = if self.metier.is_empty() { "tous" } else { &self.metier };
        let (creneau, unites) = (crate::adresses::creneau(self.creneau), self.lieux());
        format!("{creneau}&filtre={}&metier={metier}&unite={unites}", self.montrer.code())
    }

    /// The units as an address says them. Nothing said would be the unit of the session: a fragment of the whole house would
    /// tell of that unit only.
    pub(crate) fn lieux(&self) -> String {
        if self.unites.is_empty() {
            return TOUTES.to_owned();
        }
        self.unites.iter().map(ToString::to_string).collect::<Vec<_>>().join(".")
    }

    /// True when the shift shown is over.
    pub(crate) fn est_passe(&self, now: Timestamp) -> bool {
        now >= self.creneau.fin(&fuseau())
    }

    /// True if this act is of the profession chosen.
    pub(crate) fn est_du_metier(&self, soin: &SoinDuTour) -> bool {
        self.metier.is_empty() || soin.ligne.concerne(&self.metier)
    }
}

/// Units asked, else those of the session, else the first one reached: a whole house is never opened by default.
fn unites<D: Droit>(acces: &Acces<D>, etablissement: EtablissementId, demandees: &str) -> Vec<UniteId> {
    if demandees == TOUTES {
        return Vec::new();
    }
    let lues: Vec<UniteId> = demandees.split('.').filter_map(|unite| unite.parse().ok()).collect();
    if !lues.is_empty() {
        return lues;
    }
    let choisies = &acces.contexte().unites;
    if !choisies.is_empty() {
        return choisies.clone();
    }
    let atteintes = acces.unites(etablissement);
    let noms = acces.services().enseigne.unites(etablissement);
    noms.iter()
        .map(|(id, _)| *id)
        .find(|id| atteintes.as_ref().is_none_or(|atteintes| atteintes.contains(id)))
        .into_iter()
        .collect()
}
