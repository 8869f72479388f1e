//! The card of a resident in a round: one fragment, followed on its own.

use jiff::civil::Date;
use kernel::dates::jour_local;
use kernel::id::UsagerId;
use maud::{Markup, Render, html};
use ui::Icone;
use ui::boutons::Bouton;
use ui::carte_resident::CarteResident;
use ui::champs::cache;
use ui::puces::{Etat, Puce};

use super::ligne::{Dessin, ligne};
use crate::adresses;
use crate::composition::SoinDuTour;
use crate::records::lane_soins;
use crate::tour::{ResidentDuTour, fuseau};

/// Draws the card; `source` is the address the fragment is read again from.
pub(crate) fn carte(resident: &ResidentDuTour, dessin: &Dessin, source: Option<&str>) -> Markup {
    let usager = resident.id();
    html! {
        div id=(format!("r-{usager}")) data-fragment=[source.map(|_| format!("tour-soins/{usager}"))] data-suivre=[source.map(|_| lane_soins(usager))] data-source=[source] {
            (corps(resident, dessin, jour_local(dessin.now, &fuseau())))
        }
    }
}

fn corps(resident: &ResidentDuTour, dessin: &Dessin, aujourd_hui: Date) -> Markup {
    let fiche = &resident.resident;
    let alertes = fiche.alertes.as_ref().map(|alertes| &alertes.value);
    let identite =
        usagers::identite_courte(&fiche.usager, resident.identification.as_ref(), &fiche.sejour.chambre_libelle, aujourd_hui);
    let compte = resident.compte();
    let mut carte = CarteResident::new(identite)
        .resident(resident.id().to_string())
        .allergies(usagers::allergies_ui(alertes))
        .compte(format!("{}/{}", compte.traces(), compte.dus));
    if let Some(essentiel) = alertes.map(usagers::Alertes::essentiel).filter(|essentiel| !essentiel.is_empty()) {
        carte = carte.essentiel(essentiel);
    }
    for puce in usagers::puces_ui(alertes) {
        carte = carte.puce(puce);
    }
    if let Some(absent) = &resident.absent {
        carte = carte.puce(Puce::new(Etat::Archive, absent.clone()).icone(Icone::LogOut)).close();
    }
    if dessin.peut_valider {
        carte = carte.formulaire(adresses::pointer(resident.id()), caches(dessin)).pied(pied(resident, dessin));
    }
    if resident.soins.is_empty() {
        return carte.corps(html! { p class="secondaire vide-court" { "Aucun soin de ce tour." } }).render();
    }
    carte.autour(&Lignes { soins: &resident.soins, dessin })
}

/// Lines written straight into the page.
struct Lignes<'a> {
    soins: &'a [SoinDuTour],
    dessin: &'a Dessin,
}

impl Render for Lignes<'_> {
    fn render_to(&self, page: &mut String) {
        self.soins.iter().for_each(|soin| ligne(soin, self.dessin).render_to(page));
    }
}

/// Lines of one person outside of a card, in the form they are ticked by.
pub(crate) fn lignes<'a>(usager: UsagerId, soins: impl IntoIterator<Item = &'a SoinDuTour>, dessin: &Dessin) -> Markup {
    html! {
        form method="post" action=(adresses::pointer(usager)) data-resident=(usager) {
            (caches(dessin))
            @for soin in soins { (ligne(soin, dessin)) }
        }
    }
}

/// One gesture for the whole card: each tick makes its own identifier of it, so that a tap sent twice counts once.
fn caches(dessin: &Dessin) -> Markup {
    html! {
        (cache("geste", &dessin.ids.clock.fresh_id().to_string()))
        (cache("retour", &dessin.retour))
    }
}

fn pied(resident: &ResidentDuTour, dessin: &Dessin) -> Markup {
    let usager = resident.id();
    let groupables: Vec<_> = resident.soins.iter().filter(|soin| soin.groupable()).collect();
    let soins = || groupables.iter().map(|soin| format!("{}|{}", soin.ligne.id, soin.occurrence)).collect::<Vec<_>>().join(" ");
    html! {
        @if groupables.len() > 1 {
            div data-tout-fait {
                (Bouton::envoyer(format!("Tout est fait ({})", groupables.len())).icone(Icone::Check).valeur("tout", soins())
                    .precision(groupables.iter().map(|soin| soin.ligne.libelle.as_str()).collect::<Vec<_>>().join(", ")))
            }
        }
        @for soin in &resident.si_besoin {
            (Bouton::lien(format!("Si besoin : {}", soin.libelle), format!("/residents/{usager}/soins/{}?retour={}", soin.id, adresses::encoder(&dessin.retour))).discret())
        }
        (Bouton::lien("Transmission", format!("/transmissions/nouvelle?resident={usager}")).icone(Icone::MessageSquare).discret())
    }
}
