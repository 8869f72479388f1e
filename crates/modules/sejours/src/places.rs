//! Beds: which are free, and for whom.

use std::collections::HashMap;

use etablissements::{Chambre, Lit};
use kernel::id::{LitId, UniteId};
use platform::acces::{Acces, Droit};
use platform::erreur::Resultat;
use platform::store::{Query, Stored};
use uuid::Uuid;

use crate::model::{Place, Sejour};
use crate::records::lane_presents;
use crate::rights::LireResidents;

/// The rooms within reach, with the stay which holds each bed.
#[derive(Debug)]
pub struct Parc {
    /// Rooms in walking order.
    pub(crate) chambres: Vec<Stored<Chambre>>,
    /// Units in their order.
    pub(crate) unites: Vec<(UniteId, String)>,
    occupants: HashMap<LitId, Stored<Sejour>>,
}

impl Parc {
    /// Reads rooms and stays of the establishment worked in.
    ///
    /// # Errors
    /// The right, the store.
    pub async fn lire<D: Droit>(acces: &Acces<D>) -> Resultat<Self> {
        let etablissement = acces.etablissement()?;
        let perimetre = acces.aussi::<LireResidents>().await?.ouvrir_perimetre(etablissement, &[]).await?;
        let mut chambres = etablissements::chambres_de(acces, etablissement).await?;
        chambres.retain(|chambre| perimetre.couvre(Some(chambre.unite)));
        let sejours: Vec<Stored<Sejour>> = perimetre.liste(&Query::lane(&lane_presents(etablissement))).await?;
        let occupants = sejours.into_iter().filter_map(|sejour| Some((sejour.lit?, sejour))).collect();
        Ok(Self { chambres, unites: acces.services().enseigne.unites(etablissement), occupants })
    }

    /// The stay which holds a bed.
    pub(crate) fn occupant(&self, lit: LitId) -> Option<&Stored<Sejour>> {
        self.occupants.get(&lit)
    }

    /// Free beds of rooms in use, with their room.
    pub(crate) fn libres(&self) -> impl Iterator<Item = (&Stored<Chambre>, &Lit)> {
        self.chambres
            .iter()
            .filter(|chambre| chambre.hors_service.is_none())
            .flat_map(|chambre| chambre.lits.iter().map(move |lit| (chambre, lit)))
            .filter(|(_, lit)| !self.occupants.contains_key(&lit.id))
    }

    /// Options of a list of free beds, by unit: value, words.
    pub fn choix(&self) -> Vec<(String, Vec<(String, String)>)> {
        self.unites
            .iter()
            .map(|(unite, nom)| {
                let lits = self.libres().filter(|(chambre, _)| chambre.unite == *unite);
                (nom.clone(), lits.map(|(chambre, lit)| (lit.id.to_string(), Self::mots(chambre, lit))).collect::<Vec<_>>())
            })
            .filter(|(_, lits)| !lits.is_empty())
            .collect()
    }

    /// Options of a list of units: value, words.
    pub fn choix_unites(&self) -> Vec<(String, String)> {
        self.unites.iter().map(|(id, nom)| (id.to_string(), nom.clone())).collect()
    }

    fn mots(chambre: &Chambre, lit: &Lit) -> String {
        let double = if chambre.lits.len() > 1 { ", chambre double" } else { "" };
        format!("{}{double}", chambre.libelle_lit(lit.id))
    }

    /// The place of a bed by its id, when it is within reach and its room in use.
    pub fn place(&self, lit: &str) -> Option<Place> {
        let lit = LitId(lit.parse::<Uuid>().ok()?);
        let chambre = self.chambres.iter().find(|chambre| chambre.lits.iter().any(|connu| connu.id == lit))?;
        Some(Place {
            unite: chambre.unite,
            chambre: Some(chambre.id.into()),
            lit: Some(lit),
            libelle: chambre.libelle_lit(lit),
            rang: chambre.rang,
        })
    }

    /// A place without a bed in a unit: day care, home.
    pub fn unite_seule(&self, unite: &str) -> Option<Place> {
        let unite = UniteId(unite.parse::<Uuid>().ok()?);
        let connue = self.unites.iter().any(|(id, _)| *id == unite);
        connue.then_some(Place { unite, chambre: None, lit: None, libelle: String::new(), rang: 0 })
    }
}
