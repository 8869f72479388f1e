//! What every DLU of the house lacks, drawn and listed.

use std::collections::BTreeMap;

use maud::{Markup, html};
use ui::bloc::{Chiffre, EntetePage, chiffres};
use ui::champs::Liste;
use ui::filtres::Filtres;
use ui::progression::progression;
use ui::tableau::Tableau;
use ui::vide::vide_bon;

use crate::completude::{Manque, TOTAL};
use crate::dlu::Dlu;

/// A person of the list.
pub(crate) struct Ligne<'a> {
    pub dlu: &'a Dlu,
    pub manques: Vec<Manque>,
}

/// The page.
pub(crate) fn page(lignes: &[Ligne<'_>], (completes, toutes): (usize, usize), choisi: &str) -> Markup {
    let mut par_manque: BTreeMap<&str, usize> = BTreeMap::new();
    for manque in lignes.iter().flat_map(|ligne| &ligne.manques) {
        *par_manque.entry(manque.quoi).or_default() += 1;
    }
    let filtre = Liste::new("manque", "Il manque")
        .invite("Tout")
        .choix(par_manque.iter().map(|(quoi, nombre)| (*quoi, format!("{quoi} ({nombre})"))))
        .valeur(choisi)
        .sans_mention();
    let mut filtres = Filtres::new("/dlu").champ(filtre.render()).compte(lignes.len(), "résident", "résidents");
    if !choisi.is_empty() {
        filtres = filtres.actif(choisi, "/dlu");
    }
    html! {
        (EntetePage::new("DLU à compléter").phrase("Ce qui manquerait à l'équipe d'urgence, avant que la nuit ne le montre."))
        (chiffres(&[Chiffre::new(completes.to_string(), "DLU complets"), Chiffre::new((toutes - completes.min(toutes)).to_string(), "à compléter")]))
        (progression(u64::try_from(completes).unwrap_or(0), u64::try_from(toutes).unwrap_or(0), &format!("{completes} DLU complets sur {toutes}")))
        (filtres)
        (tableau(lignes))
    }
}

fn tableau(lignes: &[Ligne<'_>]) -> Markup {
    lignes
        .iter()
        .fold(
            Tableau::new("DLU de l'établissement")
                .colonne("Résident")
                .colonne("Chambre")
                .colonne_nombre("Renseigné")
                .colonne("Il manque"),
            |tableau, ligne| {
                let base = format!("/residents/{}", ligne.dlu.id());
                tableau.ligne([
                    html! { a href=(format!("{base}/dlu")) { (ligne.dlu.usager.nom_complet()) } },
                    html! { (ligne.dlu.sejour.chambre_libelle) },
                    html! { (TOTAL.saturating_sub(ligne.manques.len())) "/" (TOTAL) },
                    html! { @if ligne.manques.is_empty() { "complet" } @for (rang, manque) in ligne.manques.iter().enumerate() {
                    @if rang > 0 { ", " } a href=(format!("{base}/{}", manque.ou)) { (manque.quoi) } } },
                ])
            },
        )
        .si_vide(vide_bon("Aucun DLU à montrer."))
        .render()
}
