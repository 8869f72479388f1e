//! The round of a unit (ux.md W4).

use kernel::dates::{date_longue, heure_levee};
use kernel::id::UniteId;
use maud::{Markup, PreEscaped, html};
use ui::Icone;
use ui::bloc::EntetePage;
use ui::boutons::{Bouton, boutons};
use ui::choix_puces::ChoixPuces;
use ui::filtres::Filtres;
use ui::onglets::Onglets;
use ui::plan_chambres::{Chambre, EtatChambre, plan};
use ui::progression::progression;
use ui::vide::{vide_bon, vide_depart};

use super::carte::carte;
use super::ligne::Dessin;
use super::nombre;
use crate::adresses;
use crate::filtre::{Filtre, Montrer};
use crate::records::lane_tour;
use crate::tour::{Compte, ResidentDuTour, Tour, fuseau};

/// What the page of a round shows.
pub(crate) struct PageTour<'a> {
    pub(crate) filtre: &'a Filtre,
    pub(crate) tour: &'a Tour,
    pub(crate) dessin: &'a Dessin,
    /// Names of the units shown.
    pub(crate) lieu: String,
    /// Units which may be chosen.
    pub(crate) unites: Vec<(String, String)>,
    /// Units counted; none for persons without a unit.
    pub(crate) suivies: Vec<Option<UniteId>>,
    /// Number of residents of the unit, those left out by the filter included.
    pub(crate) effectif: usize,
    /// True if somebody shared the round and gave residents to who looks.
    pub(crate) a_part: bool,
}

/// « 96 soins faits sur 154 · 8 avec un motif · 3 en retard ».
pub(crate) fn phrase(compte: Compte) -> String {
    let mut mots = format!("{} sur {}", nombre(compte.faits as usize, "soin fait", "soins faits"), compte.dus);
    let suite = [
        (compte.expliques, "avec un motif"),
        (compte.en_retard, "en retard"),
        (compte.non_traces, "sans trace"),
        (compte.absents, "non dus (absence)"),
    ];
    for (n, libelle) in suite.into_iter().filter(|(n, _)| *n > 0) {
        mots.push_str(&format!(" · {n} {libelle}"));
    }
    mots
}

/// The bar of progress, followed on its own: it moves with each of the units it counts.
pub(crate) fn avancement(filtre: &Filtre, suivies: &[Option<UniteId>], compte: Compte) -> Markup {
    let lanes: Vec<String> = suivies.iter().map(|unite| lane_tour(*unite, filtre.etablissement, filtre.creneau)).collect();
    html! {
        div id="avancement" data-suivre=(lanes.join(" ")) data-source=(format!("/tour/soins/compte?{}", filtre.parametres())) {
            (progression(u64::from(compte.traces()), u64::from(compte.dus), &phrase(compte)))
        }
    }
}

impl PageTour<'_> {
    /// Draws the content of the page.
    pub(crate) fn render(&self) -> Markup {
        let filtre = self.filtre;
        let titre = if filtre.remplacant { "Tour de soins, vue remplaçant" } else { "Tour de soins" };
        html! {
            (EntetePage::new(format!("{titre} · {}", filtre.creneau.poste.libelle())).phrase(self.situation()))
            (avancement(filtre, &self.suivies, self.tour.compte))
            div class="sans-impression" { (self.filtres()) }
            @if filtre.plan { (self.portes()) } @else { div class="pile" data-fragments="tour-soins/" { (self.cartes()) } }
            @if self.tour.residents.iter().all(|resident| resident.soins.is_empty()) { (self.rien()) }
        }
    }

    fn situation(&self) -> String {
        let jour = date_longue(self.filtre.creneau.jour);
        let heure = if self.filtre.creneau == self.filtre.present {
            format!(" · {}", heure_levee(self.dessin.now, &fuseau()))
        } else {
            String::new()
        };
        format!("{} · {} · {jour}{heure}", self.lieu, nombre(self.effectif, "résident", "résidents"))
    }

    fn actions(&self) -> Markup {
        let parametres = self.filtre.parametres();
        html! {
            (Bouton::lien("Répartition", format!("/tour/repartition?{parametres}")).icone(Icone::Users))
            (Bouton::lien("Fin de poste", format!("/tour/omissions?{parametres}")).icone(Icone::ListChecks))
            @if self.filtre.remplacant {
                (Bouton::lien("Quitter la vue remplaçant", format!("/tour/soins?{parametres}")))
            } @else {
                (Bouton::lien("Vue remplaçant", format!("/tour/soins?{parametres}&vue=remplacant")).icone(Icone::Printer))
            }
        }
    }

    /// What to show, one tap; the rest of the choices folded, so that the first resident stays on the screen of a phone.
    fn filtres(&self) -> Markup {
        let adresse = |montrer: Montrer| Filtre { montrer, ..self.filtre.clone() }.adresse();
        let onglets =
            Montrer::TOUS.iter().fold(Onglets::new("Montrer", self.filtre.adresse()), |onglets, (montrer, _, libelle)| {
                onglets.onglet(*libelle, adresse(*montrer))
            });
        html! {
            (onglets)
            details class="filtres-plus" {
                summary { "Métier, poste, jour, plan, fin de poste" }
                (self.autres_choix())
                (boutons(&self.actions()))
            }
        }
    }

    fn autres_choix(&self) -> Markup {
        let filtre = self.filtre;
        let unites = filtre.lieux();
        let mut barre = Filtres::new("/tour/soins").garde("filtre", filtre.montrer.code());
        if self.unites.len() > 1 {
            barre = barre.champ(
                ui::champs::Liste::new("unite", "Unité").choix(self.unites.clone()).valeur(unites).sans_mention().render(),
            );
        } else {
            barre = barre.garde("unite", unites);
        }
        let metiers =
            [("tous", "Tous les métiers"), ("as", "Aides-soignants"), ("ide", "Infirmiers"), ("ash", "Agents de service")];
        let metier = match filtre.metier.as_str() {
            "" => "tous",
            "aes" | "as_nuit" => "as",
            metier => metier,
        };
        let postes = crate::poste::Poste::TOUS.map(|poste| (poste.code(), poste.libelle()));
        barre
            .champ(ChoixPuces::un("metier", "Métier").choix(metiers).valeur(metier).sans_mention().envoi_direct().render())
            .champ(
                ChoixPuces::un("poste", "Poste")
                    .choix(postes)
                    .valeur(filtre.creneau.poste.code())
                    .sans_mention()
                    .envoi_direct()
                    .render(),
            )
            .champ(
                ChoixPuces::un("vue", "Afficher par")
                    .choix([("", "Chambre"), ("plan", "Plan")])
                    .valeur(if filtre.plan { "plan" } else { "" })
                    .sans_mention()
                    .envoi_direct()
                    .render(),
            )
            .champ(ui::champs::Date::new("jour", "Jour").valeur(filtre.creneau.jour.to_string()).sans_mention().render())
            .render()
    }

    /// Every card in one piece of the right size: a page which grows by doubling copies its megabyte again.
    fn cartes(&self) -> Markup {
        let cartes: Vec<Markup> = self.tour.residents.iter().map(|resident| self.resident(resident)).collect();
        PreEscaped(cartes.iter().map(|carte| carte.0.as_str()).collect::<Vec<_>>().concat())
    }

    fn resident(&self, resident: &ResidentDuTour) -> Markup {
        let source = format!("/tour/soins/resident/{}?{}", resident.id(), self.filtre.parametres());
        if resident.soins.is_empty() && self.filtre.montrer != Montrer::Tous && self.filtre.montrer != Montrer::Miens {
            return Markup::default();
        }
        carte(resident, self.dessin, (!self.filtre.remplacant).then_some(source.as_str()))
    }

    fn portes(&self) -> Markup {
        let aujourd_hui = kernel::dates::jour_local(self.dessin.now, &fuseau());
        let portes: Vec<Chambre> = self
            .tour
            .residents
            .iter()
            .map(|resident| {
                let compte = resident.compte();
                let etat = match resident {
                    ResidentDuTour { absent: Some(_), .. } => EtatChambre::Absent,
                    _ if compte.en_retard + compte.non_traces > 0 => EtatChambre::Alerte,
                    _ => EtatChambre::Occupee,
                };
                let fiche = &resident.resident;
                let chambre = fiche.sejour.chambre_libelle.as_str();
                let mut identite =
                    usagers::identite_courte(&fiche.usager, resident.identification.as_ref(), chambre, aujourd_hui);
                identite.href = format!(
                    "{}#r-{}",
                    adresses::avec(&format!("/tour/soins?{}", self.filtre.parametres()), "vue", ""),
                    resident.id()
                );
                let retard = if compte.en_retard > 0 { format!(", {} en retard", compte.en_retard) } else { String::new() };
                Chambre::new(chambre, etat).lit(identite, format!("{}/{} soins{retard}", compte.traces(), compte.dus))
            })
            .collect();
        plan(&portes)
    }

    fn rien(&self) -> Markup {
        if self.effectif == 0 {
            return vide_depart(Icone::House, "Aucun résident dans cette unité.", None);
        }
        if self.filtre.montrer == Montrer::Miens && !self.a_part {
            let bouton = Bouton::lien("Répartir le tour", format!("/tour/repartition?{}", self.filtre.parametres()));
            return vide_depart(Icone::Users, "Aucun résident ne vous est attribué pour ce poste.", Some(&bouton));
        }
        match self.filtre.montrer {
            Montrer::EnRetard => vide_bon("Aucun soin en retard."),
            Montrer::AFaire => vide_bon("Plus rien à faire dans ce poste."),
            Montrer::Miens | Montrer::Tous => vide_bon("Aucun soin prévu dans ce poste."),
        }
    }
}
