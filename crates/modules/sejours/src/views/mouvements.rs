//! Movements of the house and the map of its beds.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use kernel::dates::{date_courte, date_heure, jour_local};
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::acces::EtatSejour;
use platform::store::Stored;
use ui::bloc::{Chiffre, EntetePage, chiffres};
use ui::boutons::Bouton;
use ui::champs::{Date, Liste};
use ui::filtres::Filtres;
use ui::impression::{Tirage, bouton_imprimer};
use ui::plan_chambres::{Chambre as Porte, EtatChambre, plan};
use ui::progression::progression;
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;
use ui::vide::vide_bon;
use usagers::{Usager, identite_courte};

use crate::annuaire::compte;
use crate::bandeau::accorder;
use crate::model::{Mouvement, NatureMouvement, Sejour};
use crate::motifs;
use crate::pages::FiltreMouvements;
use crate::places::Parc;

/// What the list shows.
pub(crate) struct Ecran<'a> {
    pub filtre: &'a FiltreMouvements,
    pub mouvements: &'a [Stored<Mouvement>],
    pub usagers: &'a HashMap<UsagerId, Usager>,
    pub motifs: bool,
    pub fuseau: &'a TimeZone,
}

/// The list of movements.
pub(crate) fn liste(ecran: &Ecran<'_>, tirage: &Tirage) -> Markup {
    let filtre = ecran.filtre;
    let barre = Filtres::new("/mouvements")
        .champ(Date::new("du", "Du").valeur(filtre.du.clone()).sans_mention().render())
        .champ(Date::new("au", "Au").valeur(filtre.au.clone()).sans_mention().render())
        .champ(
            Liste::new("nature", "Nature")
                .invite("Toutes")
                .choix(NatureMouvement::TOUS.map(|(_, code, libelle)| (code, libelle)))
                .valeur(filtre.nature.clone())
                .sans_mention()
                .envoi_direct()
                .render(),
        )
        .total(compte(ecran.mouvements.len(), "mouvement", "mouvements"));
    let mut tableau = Tableau::new("Mouvements")
        .legende_cachee()
        .colonne("Personne")
        .colonne("Quand")
        .colonne("Mouvement")
        .colonne("De")
        .colonne("Vers");
    if ecran.motifs {
        tableau = tableau.colonne("Motif");
    }
    tableau = tableau.si_vide(vide_bon("Aucun mouvement dans cette période."));
    for mouvement in ecran.mouvements {
        tableau = tableau.ligne(cellules(ecran, mouvement));
    }
    html! {
        (tirage.entete())
        (EntetePage::new("Mouvements").phrase("Entrées, sorties, absences, hospitalisations, changements de chambre").actions(html! { (bouton_imprimer()) (Bouton::lien("Plan des lits", "/mouvements/plan")) }))
        (barre)
        (tableau)
        (tirage.pied())
    }
}

fn cellules(ecran: &Ecran<'_>, mouvement: &Stored<Mouvement>) -> Vec<Markup> {
    let nom = ecran.usagers.get(&mouvement.usager).map(Usager::nom_complet).unwrap_or_default();
    let annule = mouvement.annule.as_deref();
    let barre = |texte: &str| html! { @if annule.is_some() { s { (texte) } } @else { (texte) } };
    let mut cellules = vec![
        html! { a href=(format!("/residents/{}/sejour", mouvement.usager)) { (nom) } },
        html! { (date_heure(mouvement.le, ecran.fuseau)) },
        html! { (barre(mouvement.nature.libelle())) @if let Some(motif) = annule { br; (Puce::new(Etat::Archive, "annulé")) " " small { (motif) } } },
        barre(&mouvement.de),
        barre(&mouvement.vers),
    ];
    if ecran.motifs {
        cellules.push(barre(&motifs::libelle(mouvement.nature, &mouvement.motif)));
    }
    cellules
}

/// What the map shows.
pub(crate) struct Plan<'a> {
    pub parc: &'a Parc,
    pub usagers: &'a HashMap<UsagerId, Usager>,
    pub fuseau: &'a TimeZone,
}

impl Plan<'_> {
    fn lits(&self, unite: kernel::id::UniteId) -> (usize, usize) {
        let lits = || {
            self.parc
                .chambres
                .iter()
                .filter(|chambre| chambre.unite == unite && chambre.hors_service.is_none())
                .flat_map(|chambre| &chambre.lits)
        };
        (lits().filter(|lit| self.parc.occupant(lit.id).is_some()).count(), lits().count())
    }

    fn porte(&self, chambre: &etablissements::Chambre) -> Porte {
        let occupants: Vec<&Stored<Sejour>> = chambre.lits.iter().filter_map(|lit| self.parc.occupant(lit.id)).collect();
        let etat = match &chambre.hors_service {
            Some(_) => EtatChambre::Travaux,
            None if occupants.len() < chambre.lits.len() => EtatChambre::Libre,
            None if occupants.iter().any(|sejour| sejour.etat != EtatSejour::Present) => EtatChambre::Absent,
            None => EtatChambre::Occupee,
        };
        chambre.lits.iter().fold(Porte::new(chambre.numero.as_str(), etat), |porte, lit| match self.parc.occupant(lit.id) {
            Some(sejour) => self.lit(porte, sejour),
            None => porte.lit_libre(chambre.hors_service.clone().unwrap_or_else(|| lit.repere.clone())),
        })
    }

    fn lit(&self, porte: Porte, sejour: &Sejour) -> Porte {
        let Some(usager) = self.usagers.get(&sejour.usager) else { return porte.lit_libre("occupé") };
        let identite = identite_courte(usager, None, &sejour.chambre_libelle, jour_local(sejour.entree_le, self.fuseau));
        let jour = |instant| date_courte(jour_local(instant, self.fuseau));
        let mention = match (sejour.etat, sejour.parti_le) {
            (EtatSejour::Present, _) => {
                sejour.sortie_prevue.map(|jour| format!("jusqu'au {}", date_courte(jour))).unwrap_or_default()
            }
            (EtatSejour::Preadmis, _) => format!("attendu le {}", jour(sejour.entree_le)),
            (etat, Some(depuis)) => format!("{} depuis le {}", accorder(usager.civilite, etat), jour(depuis)),
            (etat, None) => accorder(usager.civilite, etat),
        };
        porte.lit(identite, mention)
    }
}

/// The map of the beds.
pub(crate) fn plan_des_lits(vue: &Plan<'_>, tirage: &Tirage) -> Markup {
    let (pris, total) = vue.parc.unites.iter().map(|(unite, _)| vue.lits(*unite)).fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
    let figures = [
        Chiffre::new(pris.to_string(), "Lits tenus"),
        Chiffre::new((total - pris).to_string(), "Lits libres"),
        Chiffre::new(total.to_string(), "Lits en service"),
    ];
    html! {
        (tirage.entete())
        (EntetePage::new("Plan des lits").phrase("Un lit reste tenu pendant une absence ou une hospitalisation.").actions(html! { (bouton_imprimer()) (Bouton::lien("Mouvements", "/mouvements")) }))
        (chiffres(&figures))
        @for (unite, nom) in &vue.parc.unites {
            @let (pris, total) = vue.lits(*unite);
            @let portes: Vec<Porte> = vue.parc.chambres.iter().filter(|chambre| chambre.unite == *unite).map(|chambre| vue.porte(chambre)).collect();
            @if !portes.is_empty() {
                section class="pile" aria-label=(nom) {
                    h2 { (nom) }
                    (progression(u64::try_from(pris).unwrap_or(0), u64::try_from(total).unwrap_or(0), &format!("{pris} lits tenus sur {total}")))
                    (plan(&portes))
                }
            }
        }
        (tirage.pied())
    }
}
