//! The lines of every list of residents: who, where, found by what, with nothing the reader may not know.

use std::collections::HashMap;

use kernel::id::{EtablissementId, UniteId, UsagerId};
use platform::acces::{Acces, Droit, EtatSejour, PerimetreOuvert};
use platform::erreur::Resultat;
use platform::store::Stored;
use ui::bandeau_resident::Identite;
use ui::impression::Tirage;
use usagers::{Identification, Reperes, identite_courte};
use uuid::Uuid;

use crate::residents::{Resident, residents_de};

/// A line of a list.
#[derive(Debug)]
pub(crate) struct Ligne {
    /// Ready to show.
    pub identite: Identite,
    /// Words the person is found by.
    pub reperes: Reperes,
    /// Birth name, when it is known to the reader and differs from the used name.
    pub nom_naissance: Option<String>,
    /// Person, stay, alerts.
    pub resident: Resident,
}

impl Ligne {
    /// State of the stay.
    pub(crate) fn etat(&self) -> EtatSejour {
        self.resident.sejour.etat
    }
}

/// The residents of a perimeter with what the reader may know of their identity.
pub(crate) async fn lignes<D: Droit>(acces: &Acces<D>, perimetre: &PerimetreOuvert<D>) -> Resultat<Vec<Ligne>> {
    let residents = residents_de(perimetre).await?;
    let ids: Vec<Uuid> = residents.iter().map(|resident| Identification::id(resident.id())).collect();
    let connues: Vec<Stored<Identification>> = perimetre.lire(&ids).await?;
    let connues: HashMap<UsagerId, Identification> =
        connues.into_iter().map(|identification| (identification.value.usager, identification.value)).collect();
    let chambres: HashMap<UsagerId, String> =
        residents.iter().map(|resident| (resident.id(), resident.sejour.chambre_libelle.clone())).collect();
    let aujourd_hui = kernel::dates::jour_local(acces.now(), &acces.services().fuseau);
    Ok(residents
        .into_iter()
        .map(|resident| {
            let identification = connues.get(&resident.id());
            let chambre = resident.sejour.chambre_libelle.clone();
            let mut identite = identite_courte(&resident.usager, identification, &chambre, aujourd_hui);
            identite.homonyme = homonymes(&resident, &chambres);
            let nom_naissance = identification
                .map(|identification| identification.identite.traits().nom_naissance().to_owned())
                .filter(|nom| kernel::texte::plier(nom) != kernel::texte::plier(resident.usager.nom.as_str()));
            let reperes = Reperes::new(&resident.usager, identification, &chambre);
            Ligne { identite, reperes, nom_naissance, resident }
        })
        .collect())
}

fn homonymes(resident: &Resident, chambres: &HashMap<UsagerId, String>) -> Option<String> {
    let la: Vec<String> = resident
        .usager
        .homonymes
        .iter()
        .filter_map(|autre| chambres.get(autre))
        .map(|chambre| format!("ch.\u{a0}{chambre}"))
        .collect();
    (!la.is_empty()).then(|| la.join(", "))
}

/// Names of the units of an establishment, in their order.
pub(crate) fn unites<D>(acces: &Acces<D>, etablissement: EtablissementId) -> Vec<(UniteId, String)>
where
    D: Droit,
{
    acces.services().enseigne.unites(etablissement)
}

/// Name of a unit; empty without any.
pub(crate) fn nom_unite(unites: &[(UniteId, String)], unite: Option<UniteId>) -> String {
    unites.iter().find(|(id, _)| Some(*id) == unite).map(|(_, nom)| nom.clone()).unwrap_or_default()
}

/// Header and footer on paper.
pub(crate) fn tirage<D: Droit>(acces: &Acces<D>, titre: &str, adresse: &str) -> Tirage {
    let etablissement = acces.etablissement().ok().and_then(|id| acces.services().enseigne.etablissement(id));
    Tirage {
        etablissement: etablissement.unwrap_or_default(),
        titre: titre.to_owned(),
        auteur: acces.contexte().acteur.nom.clone(),
        date: kernel::dates::date_heure(acces.now(), &acces.services().fuseau),
        adresse: adresse.to_owned(),
    }
}

/// « 1 résident », « 26 résidents ».
pub(crate) fn compte(nombre: usize, singulier: &str, pluriel: &str) -> String {
    format!("{nombre}\u{a0}{}", if nombre < 2 { singulier } else { pluriel })
}
