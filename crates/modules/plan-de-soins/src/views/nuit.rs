//! The night over the whole house (ux.md W16).

use kernel::dates::{date_longue, heure_levee};
use maud::{Markup, html};
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage, deux_volets};
use ui::boutons::{Bouton, boutons};
use ui::champs::{CasesACocher, Choix, cache};
use ui::choix_puces::ChoixPuces;
use ui::pave_numerique::PaveNumerique;
use ui::progression::progression;
use ui::vide::vide_bon;

use super::carte::carte;
use super::carte::lignes;
use super::ligne::Dessin;
use super::nombre;
use crate::composition::{EtatSoin, SoinDuTour};
use crate::nuit::{Passage, est_change, est_ronde, est_surveillance};
use crate::poste::Creneau;
use crate::records::lane_tour;
use crate::tour::{ResidentDuTour, fuseau};

/// A unit walked at night.
pub(crate) struct UniteDeNuit<'a> {
    pub(crate) id: kernel::id::UniteId,
    pub(crate) nom: String,
    pub(crate) residents: Vec<&'a ResidentDuTour>,
}

impl UniteDeNuit<'_> {
    /// Residents seen in this part of the night, and residents to be seen.
    pub(crate) fn vus(&self, passage: Passage) -> (usize, usize) {
        let rondes = self.residents.iter().map(|resident| rondes(resident, passage)).filter(|rondes| !rondes.is_empty());
        rondes.fold((0, 0), |(vus, dus), rondes| (vus + usize::from(rondes.iter().all(|soin| !soin.etat.attend())), dus + 1))
    }
}

fn rondes(resident: &ResidentDuTour, passage: Passage) -> Vec<&SoinDuTour> {
    let est_due = |soin: &&SoinDuTour| {
        est_ronde(soin) && soin.etat != EtatSoin::PersonneAbsente && passage.contient(soin.occurrence.attendue())
    };
    resident.soins.iter().filter(est_due).collect()
}

/// What the page of the night shows.
pub(crate) struct PageNuit<'a> {
    pub(crate) creneau: Creneau,
    pub(crate) passage: Passage,
    pub(crate) unites: Vec<UniteDeNuit<'a>>,
    pub(crate) effectif: usize,
    pub(crate) dessin: &'a Dessin,
    pub(crate) chambre: String,
    pub(crate) trouves: Vec<&'a ResidentDuTour>,
    pub(crate) parametres: String,
    pub(crate) etablissement: kernel::id::EtablissementId,
    pub(crate) en_cours: bool,
}

impl PageNuit<'_> {
    /// Draws the content of the page.
    pub(crate) fn render(&self) -> Markup {
        let heure = heure_levee(self.dessin.now, &fuseau());
        let phrase = format!(
            "{} · {} · nuit du {} · {heure}",
            self.lieu(),
            nombre(self.effectif, "résident", "résidents"),
            date_longue(self.creneau.jour)
        );
        html! {
            (EntetePage::new("Tour de nuit").phrase(phrase).actions(self.actions()))
            @if !self.en_cours { (Alerte::new(Nature::Info, "La nuit n'a pas commencé.").texte("Ce tour montre ce qui est prévu à partir de 20:45.")) }
            (self.trouves())
            (deux_volets(&html! { (self.a_surveiller()) (self.changes()) }, &html! { (self.pave()) (self.rondes()) }))
        }
    }

    fn lieu(&self) -> String {
        match self.unites.len() {
            0..=3 => self.unites.iter().map(|unite| unite.nom.as_str()).collect::<Vec<_>>().join(" + "),
            n => format!("toute la maison, {}", nombre(n, "unité", "unités")),
        }
    }

    fn actions(&self) -> Markup {
        html! {
            (Bouton::lien("Aller à une chambre", "#chambres").icone(Icone::DoorOpen))
            (Bouton::lien("Tous les soins de la nuit", format!("/tour/soins?{}&metier=tous", self.parametres)).icone(Icone::ListChecks))
            (Bouton::lien("Fin de nuit", format!("/tour/omissions?{}", self.parametres)).discret())
        }
    }

    fn pave(&self) -> Markup {
        let cherche = self.chambre.trim();
        Bloc::new("Aller à la chambre", html! {
            form method="get" action="/tour/nuit" role="search" data-aller-chambre {
                (PaveNumerique::mesure("chambre", "Numéro de chambre", "").verbe("Ouvrir la chambre"))
            }
            @if !cherche.is_empty() && self.trouves.is_empty() { p role="status" { "Aucun résident dans la chambre " strong { (cherche) } "." } }
        })
        .id("chambres")
        .icone(Icone::DoorOpen)
        .render()
    }

    fn trouves(&self) -> Markup {
        html! { @for resident in &self.trouves { (carte(resident, self.dessin, None)) } }
    }

    /// Ranked: late first, then by time.
    fn a_surveiller(&self) -> Markup {
        let mut attendus: Vec<(&ResidentDuTour, &SoinDuTour)> = self
            .tous()
            .flat_map(|resident| {
                resident
                    .soins
                    .iter()
                    .filter(|soin| est_surveillance(soin) && soin.etat.attend())
                    .map(move |soin| (resident, soin))
            })
            .collect();
        attendus.sort_by_key(|(_, soin)| (soin.etat != EtatSoin::EnRetard, soin.due));
        let mut vus = std::collections::HashSet::new();
        attendus.retain(|(resident, _)| vus.insert(resident.id()));
        self.bloc_soins(
            &format!("À surveiller ({})", attendus.len()),
            Icone::Eye,
            &attendus,
            "Personne à surveiller particulièrement.",
        )
    }

    fn changes(&self) -> Markup {
        let mut dus: Vec<(&ResidentDuTour, &SoinDuTour)> = self
            .tous()
            .flat_map(|resident| resident.soins.iter().filter(|soin| est_change(soin)).map(move |soin| (resident, soin)))
            .filter(|(_, soin)| matches!(soin.etat, EtatSoin::AFaire | EtatSoin::EnRetard))
            .collect();
        dus.sort_by_key(|(_, soin)| (soin.etat != EtatSoin::EnRetard, soin.due));
        self.bloc_soins(
            &format!("Changes et positions dus ({})", dus.len()),
            Icone::RefreshCw,
            &dus,
            "Aucun change ni position dû maintenant.",
        )
    }

    fn bloc_soins(&self, titre: &str, icone: Icone, soins: &[(&ResidentDuTour, &SoinDuTour)], rien: &str) -> Markup {
        Bloc::new(titre, html! {
            @if soins.is_empty() { (vide_bon(rien)) }
            @for (resident, soin) in soins {
                p class="nuit-qui" { a href=(resident.resident_href()) { strong { (resident.resident.sejour.chambre_libelle) } " " (resident.resident.usager.nom_complet()) } }
                (lignes(resident.id(), [*soin], self.dessin))
            }
        })
        .icone(icone)
        .render()
    }

    fn rondes(&self) -> Markup {
        Bloc::new(
            format!("Rondes : {}", self.passage.libelle()),
            html! {
                (self.passages())
                @for unite in &self.unites { (self.unite(unite)) }
            },
        )
        .icone(Icone::Moon)
        .render()
    }

    fn passages(&self) -> Markup {
        html! {
            form method="get" action="/tour/nuit" {
                @for (nom, valeur) in self.parametres.split('&').filter_map(|paire| paire.split_once('=')) { (cache(nom, valeur)) }
                (ChoixPuces::un("passage", "Ronde").choix(Passage::TOUS.map(|passage| (passage.code(), passage.libelle()))).valeur(self.passage.code()).sans_mention().envoi_direct())
                (Bouton::envoyer("Montrer").petit())
            }
        }
    }

    fn unite(&self, unite: &UniteDeNuit<'_>) -> Markup {
        let (vus, dus) = unite.vus(self.passage);
        let lane = lane_tour(Some(unite.id), self.etablissement, self.creneau);
        let source = format!("/tour/nuit/unite/{}?{}&passage={}", unite.id, self.parametres, self.passage.code());
        html! {
            div id=(format!("u-{}", unite.id)) data-suivre=(lane) data-source=(source) {
                h3 { (unite.nom) }
                (progression(vus as u64, dus as u64, &format!("{} sur {dus}", nombre(vus, "résident vu", "résidents vus"))))
                @if vus < dus && self.dessin.peut_valider { (self.ras(unite)) }
                @else if dus == 0 { p class="secondaire" { "Aucune ronde prévue au plan dans cette partie de la nuit." } }
                @else { (vide_bon("Tout le monde a été vu.")) }
            }
        }
    }

    /// The exceptions first, then one confirmation.
    fn ras(&self, unite: &UniteDeNuit<'_>) -> Markup {
        let attendus = unite
            .residents
            .iter()
            .filter(|resident| resident.absent.is_none() && rondes(resident, self.passage).iter().any(|soin| soin.etat.attend()));
        let choix: Vec<Choix> = attendus
            .map(|resident| {
                Choix::new(
                    resident.id().to_string(),
                    format!("{} {}", resident.resident.sejour.chambre_libelle, resident.resident.usager.nom_parle()),
                )
            })
            .collect();
        let restants = choix.len();
        html! {
            details class="ras" {
                summary class="bouton" { "Tout RAS sauf…" }
                form class="formulaire" method="post" action="/tour/nuit/ronde" data-operation="ronde.valider" data-libelle=(format!("Ronde, {}", unite.nom)) data-phrase="Ronde enregistrée." {
                    (cache("id", &self.dessin.ids.clock.fresh_id().to_string()))
                    (cache("unite", &unite.id.to_string()))
                    (cache("jour", &self.creneau.jour.to_string()))
                    (cache("passage", self.passage.code()))
                    (cache("retour", &format!("/tour/nuit?{}&passage={}", self.parametres, self.passage.code())))
                    (CasesACocher::new("sauf", "Sauf (à tracer à part)").choix(choix).sans_mention())
                    (boutons(&html! { (Bouton::envoyer(format!("Valider la ronde des autres ({restants} au plus)")).principal().icone(Icone::Check)) }))
                }
            }
        }
    }

    fn tous(&self) -> impl Iterator<Item = &ResidentDuTour> {
        self.unites.iter().flat_map(|unite| unite.residents.iter().copied())
    }
}

/// The fragment of a unit, followed on its own.
pub(crate) fn unite(page: &PageNuit<'_>) -> Markup {
    html! { @for unite in &page.unites { (page.unite(unite)) } }
}
