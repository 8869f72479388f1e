//! Who was away when: acts due then are not due, and never count as done.

use std::collections::HashMap;

use jiff::Timestamp;
use kernel::id::UsagerId;
use platform::acces::{Categorie, DossierOuvert, Droit, EtatSejour, PerimetreOuvert};
use platform::erreur::Resultat;
use platform::store::{Query, Stored};
use sejours::{Mouvement, NatureMouvement, Resident, Sejour};

/// Departures and returns since an instant, by person.
#[derive(Debug, Clone, Default)]
pub(crate) struct Absences(HashMap<UsagerId, Vec<(Timestamp, Passage)>>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Passage {
    Depart,
    Retour,
}

fn passage(nature: NatureMouvement) -> Option<Passage> {
    match nature {
        NatureMouvement::DepartAbsence | NatureMouvement::Hospitalisation => Some(Passage::Depart),
        NatureMouvement::RetourAbsence | NatureMouvement::RetourHospitalisation => Some(Passage::Retour),
        _ => None,
    }
}

/// True for a stay whose person is away or in hospital.
pub(crate) fn est_dehors(etat: EtatSejour) -> bool {
    matches!(etat, EtatSejour::Absent | EtatSejour::Hospitalise)
}

impl Absences {
    fn de(mouvements: Vec<Stored<Mouvement>>) -> Self {
        let mut par_personne: HashMap<UsagerId, Vec<(Timestamp, Passage)>> = HashMap::new();
        for mouvement in mouvements {
            if mouvement.annule.is_none()
                && let Some(passage) = passage(mouvement.nature)
            {
                par_personne.entry(mouvement.usager).or_default().push((mouvement.le, passage));
            }
        }
        for passages in par_personne.values_mut() {
            passages.sort_by_key(|(le, _)| *le);
        }
        Self(par_personne)
    }

    /// Movements of an establishment since an instant.
    pub(crate) async fn lire<D: Droit>(perimetre: &PerimetreOuvert<D>, depuis: Timestamp) -> Resultat<Self> {
        let lane = format!("mouvements/{}", perimetre.etablissement());
        Ok(Self::de(perimetre.liste(&Query::lane(&lane).since(depuis)).await?))
    }

    /// Movements of a person since an instant.
    pub(crate) async fn de_la_personne<D: Droit>(dossier: &DossierOuvert<D>, depuis: Timestamp) -> Resultat<Self> {
        if !dossier.peut_lire(Categorie::Presence) {
            return Ok(Self::default());
        }
        Ok(Self::de(dossier.liste(|query| query.since(depuis)).await?))
    }

    /// True if the person of this stay was away at an instant not older than what was read.
    ///
    /// The next passage after it tells: a return means away until then; none means as it is now.
    pub(crate) fn absent(&self, sejour: &Sejour, a: Timestamp) -> bool {
        let suivant = self.0.get(&sejour.usager).and_then(|passages| passages.iter().find(|(le, _)| *le > a));
        match suivant {
            Some((_, passage)) => *passage == Passage::Retour,
            None => est_dehors(sejour.etat) && sejour.parti_le.is_none_or(|le| le <= a),
        }
    }
}

/// Why the person is not there now, in words; `None` when present.
pub(crate) fn raison(resident: &Resident) -> Option<String> {
    let sejour = &resident.sejour;
    if !est_dehors(sejour.etat) {
        return None;
    }
    let lieu = if sejour.lieu.is_empty() { String::new() } else { format!(", {}", sejour.lieu) };
    Some(format!("{}{lieu}", sejour.etat.libelle()))
}
