//! Transfers of a house: those which come, those which leave.

use std::collections::HashMap;

use kernel::dates::date_courte;
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::store::Stored;
use ui::Icone;
use ui::bloc::{Bloc, EntetePage, pile};
use ui::boutons::Bouton;
use ui::liste::{Ligne, liste};
use ui::vide::vide_bon;

use super::{arrivee, depart};
use crate::model::{MOTIFS, Transfert, TransfertRecu, mots};

/// What the page shows.
pub(crate) struct Ecran<'a> {
    pub departs: &'a [Stored<Transfert>],
    pub arrivees: &'a [Stored<TransfertRecu>],
    pub noms: &'a HashMap<UsagerId, String>,
    pub en_cours: bool,
    /// The page of a departure is for who proposes.
    pub propose: bool,
    pub lanes: (&'a str, &'a str),
}

/// The page.
pub(crate) fn page(ecran: &Ecran<'_>) -> Markup {
    let (autre, adresse) =
        if ecran.en_cours { ("Voir ceux qui sont clos", "/transferts?etat=clos") } else { ("Voir ceux en cours", "/transferts") };
    html! {
        (EntetePage::new(if ecran.en_cours { "Transferts" } else { "Transferts clos" }).phrase("Entre établissements de la grappe. Pour en proposer un, ouvrez le dossier de la personne.").actions(html! { (Bouton::lien(autre, adresse)) }))
        (pile(&html! {
            div data-liste=(ecran.lanes.0) { (Bloc::new(format!("Vers cet établissement ({})", ecran.arrivees.len()), arrivees(ecran)).icone(Icone::LogIn)) }
            div data-liste=(ecran.lanes.1) { (Bloc::new(format!("Depuis cet établissement ({})", ecran.departs.len()), departs(ecran)).icone(Icone::LogOut)) }
        }))
    }
}

fn arrivees(ecran: &Ecran<'_>) -> Markup {
    let lignes: Vec<Ligne> = ecran
        .arrivees
        .iter()
        .map(|lu| {
            let detail = format!(
                "de {} · souhaité le {} · {}",
                lu.de_nom,
                date_courte(lu.demande.prevu_le),
                mots(&MOTIFS, &lu.demande.motif).to_lowercase()
            );
            Ligne::new(lu.nom.clone()).detail(detail).lien(format!("/transferts/{}", lu.id)).puce(arrivee::puce(lu))
        })
        .collect();
    if lignes.is_empty() { vide_bon("Aucun transfert vers cet établissement.") } else { liste(&lignes) }
}

fn departs(ecran: &Ecran<'_>) -> Markup {
    let lignes: Vec<Ligne> = ecran
        .departs
        .iter()
        .filter_map(|lu| {
            let nom = ecran.noms.get(&lu.usager)?;
            let detail = format!("vers {} · souhaité le {}", lu.vers_nom, date_courte(lu.demande.prevu_le));
            let ligne = Ligne::new(nom.clone()).detail(detail).puce(depart::puce(&lu.etat));
            Some(if ecran.propose { ligne.lien(format!("/residents/{}/transfert", lu.usager)) } else { ligne })
        })
        .collect();
    if lignes.is_empty() { vide_bon("Aucun transfert depuis cet établissement.") } else { liste(&lignes) }
}
