//! The state of a stay follows from its movements: annulling one replays the others.

use platform::acces::EtatSejour;

use crate::model::{Mouvement, NatureMouvement, Sejour};

/// A movement which cannot follow those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Incoherence {
    /// What was asked.
    pub nature: NatureMouvement,
    /// In which state of the stay.
    pub etat: EtatSejour,
}

impl Incoherence {
    /// A sentence for the screen.
    pub fn phrase(&self) -> String {
        format!(
            "« {} » ne peut pas suivre l'état « {} » à ce moment du séjour. Vérifiez la date et l'heure, ou annulez d'abord le mouvement qui le contredit.",
            self.nature.libelle(),
            self.etat.libelle()
        )
    }
}

/// The stay as its movements make it, annulled ones left out, in the order of their instants.
///
/// # Errors
/// The first movement which contradicts those before it.
pub fn rejouer(sejour: &Sejour, mouvements: &[Mouvement]) -> Result<Sejour, Incoherence> {
    let mut valides: Vec<&Mouvement> = mouvements.iter().filter(|mouvement| mouvement.annule.is_none()).collect();
    valides.sort_by_key(|mouvement| (mouvement.nature != NatureMouvement::Preadmission, mouvement.le));
    let mut etat = Sejour { etat: EtatSejour::Preadmis, sortie_le: None, parti_le: None, lieu: String::new(), ..sejour.clone() };
    for mouvement in valides {
        etat = appliquer(&etat, mouvement)?;
    }
    Ok(etat)
}

/// The stay after one more movement.
///
/// # Errors
/// When the movement is impossible in this state.
pub fn appliquer(sejour: &Sejour, mouvement: &Mouvement) -> Result<Sejour, Incoherence> {
    let nature = mouvement.nature;
    let reserve = nature == NatureMouvement::Preadmission && sejour.etat == EtatSejour::Preadmis;
    if !reserve && !nature.possible(sejour.etat) {
        return Err(Incoherence { nature, etat: sejour.etat });
    }
    let mut apres = sejour.clone();
    if let Some(etat) = nature.etat_apres() {
        apres.etat = etat;
    }
    if let Some(place) = &mouvement.place {
        apres.occuper(Some(place));
    }
    match nature {
        NatureMouvement::Preadmission | NatureMouvement::ChangementChambre => {}
        NatureMouvement::Admission => apres.entree_le = mouvement.le,
        NatureMouvement::DepartAbsence | NatureMouvement::Hospitalisation => {
            apres.parti_le = Some(mouvement.le);
            apres.lieu.clone_from(&mouvement.vers);
        }
        NatureMouvement::RetourAbsence | NatureMouvement::RetourHospitalisation => {
            apres.parti_le = None;
            apres.lieu = String::new();
        }
        NatureMouvement::Sortie | NatureMouvement::Deces => {
            apres.sortie_le = Some(mouvement.le);
            apres.parti_le = None;
            apres.lieu.clone_from(&mouvement.vers);
            (apres.chambre, apres.lit) = (None, None);
        }
    }
    Ok(apres)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{GenreSejour, Place};
    use kernel::id::{EtablissementId, LitId, SejourId, UniteId, UsagerId};
    use uuid::Uuid;

    fn place(numero: u128) -> Place {
        Place {
            unite: UniteId(Uuid::nil()),
            chambre: None,
            lit: Some(LitId(Uuid::from_u128(numero))),
            libelle: numero.to_string(),
            rang: 0,
        }
    }

    fn sejour() -> Sejour {
        Sejour {
            id: SejourId(Uuid::nil()),
            usager: UsagerId(Uuid::nil()),
            etablissement: EtablissementId(Uuid::nil()),
            genre: GenreSejour::Permanent,
            etat: EtatSejour::Preadmis,
            unite: None,
            chambre: None,
            lit: None,
            chambre_libelle: String::new(),
            rang: 0,
            entree_le: "2026-01-01T10:00:00Z".parse().unwrap(),
            sortie_prevue: None,
            sortie_le: None,
            parti_le: None,
            lieu: String::new(),
        }
    }

    fn mouvement(nature: NatureMouvement, jour: &str, place: Option<Place>) -> Mouvement {
        Mouvement {
            sejour: SejourId(Uuid::nil()),
            usager: UsagerId(Uuid::nil()),
            etablissement: EtablissementId(Uuid::nil()),
            nature,
            le: format!("2026-{jour}T10:00:00Z").parse().unwrap(),
            de: String::new(),
            vers: String::new(),
            motif: String::new(),
            annule: None,
            place,
            origine: None,
        }
    }

    #[test]
    fn annulling_a_change_of_room_gives_the_former_room_back() {
        use NatureMouvement::{Admission, ChangementChambre, DepartAbsence};
        let mut liste = vec![
            mouvement(Admission, "01-02", Some(place(1))),
            mouvement(ChangementChambre, "02-02", Some(place(2))),
            mouvement(DepartAbsence, "03-02", None),
        ];
        let avant = rejouer(&sejour(), &liste).unwrap();
        assert_eq!((avant.chambre_libelle.as_str(), avant.etat), ("2", EtatSejour::Absent));
        liste[1].annule = Some("erreur".into());
        let apres = rejouer(&avant, &liste).unwrap();
        assert_eq!((apres.chambre_libelle.as_str(), apres.etat), ("1", EtatSejour::Absent));
        assert_eq!(apres.lit, place(1).lit);
    }

    #[test]
    fn a_return_without_its_departure_is_said() {
        use NatureMouvement::{Admission, Hospitalisation, RetourHospitalisation, Sortie};
        let mut liste = vec![
            mouvement(RetourHospitalisation, "03-09", None),
            mouvement(Hospitalisation, "03-02", None),
            mouvement(Admission, "01-02", Some(place(1))),
        ];
        assert_eq!(rejouer(&sejour(), &liste).unwrap().etat, EtatSejour::Present);
        liste[1].annule = Some("jamais partie".into());
        let attendue = Incoherence { nature: RetourHospitalisation, etat: EtatSejour::Present };
        assert_eq!(rejouer(&sejour(), &liste).unwrap_err(), attendue);
        liste[0].annule = Some("jamais partie".into());
        liste.push(mouvement(Sortie, "04-01", None));
        let sorti = rejouer(&sejour(), &liste).unwrap();
        assert!(sorti.lit.is_none() && sorti.sortie_le.is_some());
        assert!(appliquer(&sorti, &mouvement(Hospitalisation, "05-01", None)).is_err());
    }
}
