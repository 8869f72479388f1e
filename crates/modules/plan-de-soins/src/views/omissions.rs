//! End of shift: acts without any trace, to be traced late or explained; never counted as done (INV-10).

use jiff::civil::Date;
use kernel::dates::{date_longue, heure_levee};
use maud::{Markup, html};
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, Chiffre, EntetePage, chiffres};
use ui::boutons::Bouton;
use ui::courbe::{Courbe, Point};
use ui::liste::{Ligne, liste};
use ui::progression::progression;
use ui::puces::{Etat, Puce};
use ui::vide::vide_bon;

use super::{jour_bref, nombre};
use crate::adresses;
use crate::composition::{EtatSoin, SoinDuTour};
use crate::filtre::Filtre;
use crate::tour::{Compte, ResidentDuTour, Tour, fuseau};

/// What the page shows.
pub(crate) struct PageOmissions<'a> {
    pub(crate) filtre: &'a Filtre,
    pub(crate) tour: &'a Tour,
    pub(crate) lieu: String,
    /// Counts by unit, with names.
    pub(crate) unites: Vec<(String, Compte)>,
    /// The same shift on the days before, oldest first.
    pub(crate) jours: Vec<(Date, Compte)>,
    /// The shift is over.
    pub(crate) fini: bool,
    pub(crate) a_verifier: usize,
}

fn est_omis(soin: &SoinDuTour) -> bool {
    matches!(soin.etat, EtatSoin::NonTrace | EtatSoin::EnRetard)
}

impl PageOmissions<'_> {
    /// Draws the content of the page.
    pub(crate) fn render(&self) -> Markup {
        let filtre = self.filtre;
        let phrase = format!("{} · {} {}", self.lieu, filtre.creneau.poste.libelle(), date_longue(filtre.creneau.jour));
        html! {
            (EntetePage::new("Fin de poste : soins sans trace").phrase(phrase).actions(self.actions()))
            @if !self.fini { (Alerte::new(Nature::Info, "Le poste n'est pas terminé.").texte("Les soins en retard sont listés ici ; les autres peuvent encore être faits.")) }
            @if self.a_verifier > 0 {
                (Alerte::new(Nature::Attention, format!("{} à vérifier.", nombre(self.a_verifier, "saisie", "saisies"))).actions(html! { (Bouton::lien("Voir", "/a-verifier")) }))
            }
            (self.chiffres())
            (self.residents())
            @if self.unites.len() > 1 { (self.par_unite()) }
            (self.tendance())
        }
    }

    fn actions(&self) -> Markup {
        let precedent = Filtre { creneau: self.filtre.creneau.precedent(), ..self.filtre.clone() };
        html! {
            (Bouton::lien("Poste précédent", format!("/tour/omissions?{}", precedent.parametres())).icone(Icone::ArrowLeft))
            (Bouton::lien("Retour au tour", format!("/tour/soins?{}", self.filtre.parametres())).discret())
        }
    }

    fn chiffres(&self) -> Markup {
        let compte = self.tour.compte;
        chiffres(&[
            Chiffre::new(compte.non_traces.to_string(), "sans trace"),
            Chiffre::new(compte.en_retard.to_string(), "en retard"),
            Chiffre::new(compte.faits.to_string(), "faits"),
            Chiffre::new(compte.expliques.to_string(), "non faits, avec un motif"),
            Chiffre::new(compte.absents.to_string(), "non dus, personne absente"),
        ])
    }

    fn residents(&self) -> Markup {
        let concernes: Vec<&ResidentDuTour> =
            self.tour.residents.iter().filter(|resident| resident.soins.iter().any(est_omis)).collect();
        html! {
            @if concernes.is_empty() { (Bloc::new("Par résident", vide_bon("Aucun soin sans trace dans ce poste.")).calme()) }
            @for resident in concernes { (self.resident(resident)) }
        }
    }

    fn resident(&self, resident: &ResidentDuTour) -> Markup {
        let retour = format!("/tour/omissions?{}", self.filtre.parametres());
        let lignes: Vec<Ligne> = resident
            .soins
            .iter()
            .filter(|soin| est_omis(soin))
            .map(|soin| {
                let etat = if soin.etat == EtatSoin::NonTrace { "non tracé" } else { "en retard" };
                Ligne::new(&soin.ligne.libelle)
                    .detail(format!("prévu à {}", heure_levee(soin.due, &fuseau())))
                    .icone(super::icone(&soin.ligne.icone))
                    .puce(Puce::new(Etat::EnRetard, etat))
                    .lien(adresses::fiche(resident.id(), soin.ligne.id, &soin.occurrence, &retour))
            })
            .collect();
        let fiche = &resident.resident;
        Bloc::new(format!("{} · {}", fiche.sejour.chambre_libelle, fiche.usager.nom_complet()), liste(&lignes))
            .mention(html! { (nombre(lignes.len(), "soin", "soins")) })
            .render()
    }

    fn par_unite(&self) -> Markup {
        Bloc::new("Par unité", html! {
            @for (nom, compte) in &self.unites {
                (progression(u64::from(compte.traces()), u64::from(compte.dus), &format!("{nom} : {} tracés sur {}, {} sans trace, {} en retard", compte.traces(), compte.dus, compte.non_traces, compte.en_retard)))
            }
        })
        .icone(Icone::ChartLine)
        .render()
    }

    fn tendance(&self) -> Markup {
        if self.jours.len() < 2 {
            return Markup::default();
        }
        let titre = format!("Soins sans trace, poste de {}", self.filtre.creneau.poste.libelle());
        let premier = self.jours[0].0;
        let points = self.jours.iter().map(|(jour, compte)| Point {
            instant: i64::from((*jour - premier).get_days()),
            valeur: i64::from(compte.non_traces),
            date: jour_bref(*jour),
            hors_norme: false,
        });
        Bloc::new("Sur les jours précédents", html! { (Courbe::new(titre, "soins", 0).points(points)) })
            .icone(Icone::ChartLine)
            .render()
    }
}
