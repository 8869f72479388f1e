//! Sharing a round: who takes care of whom, taking over a colleague's.

use kernel::dates::date_longue;
use maud::{Markup, html};
use ui::Icone;
use ui::bloc::{Bloc, EntetePage, deux_volets};
use ui::boutons::{Bouton, boutons};
use ui::champs::{CasesACocher, Choix, Liste, Texte, cache};
use ui::liste::{Ligne, liste};
use ui::progression::progression;
use ui::vide::vide_depart;

use super::nombre;
use super::tour::phrase;
use crate::filtre::Filtre;
use crate::repartition::{Equipier, Repartition};
use crate::tour::{Compte, ResidentDuTour, Tour};

/// What the page shows.
pub(crate) struct PageRepartition<'a> {
    pub(crate) filtre: &'a Filtre,
    pub(crate) tour: &'a Tour,
    pub(crate) lieu: String,
    pub(crate) repartition: &'a Repartition,
    /// Colleagues who may be chosen, those of the round first.
    pub(crate) collegues: Vec<Equipier>,
    pub(crate) unites: Vec<(String, String)>,
    pub(crate) peut: bool,
}

/// The value of a colleague in a form: their account, else their name.
pub(crate) fn valeur(equipier: &Equipier) -> String {
    equipier.compte.map_or_else(|| format!("nom:{}", equipier.nom), |compte| compte.to_string())
}

fn nom(equipier: &Equipier) -> String {
    if equipier.metier.is_empty() { equipier.nom.clone() } else { format!("{}, {}", equipier.nom, equipier.metier) }
}

impl PageRepartition<'_> {
    /// Draws the content of the page.
    pub(crate) fn render(&self) -> Markup {
        let creneau = self.filtre.creneau;
        html! {
            (EntetePage::new("Répartition du tour").phrase(format!("{} · {} {}", self.lieu, creneau.poste.libelle(), date_longue(creneau.jour)))
                .actions(html! { (Bouton::lien("Retour au tour", format!("/tour/soins?{}", self.filtre.parametres())).discret()) }))
            @if self.unites.len() > 1 {
                (ui::filtres::Filtres::new("/tour/repartition").champ(Liste::new("unite", "Unité").choix(self.unites.clone()).valeur(self.repartition.unite.to_string()).sans_mention().render())
                    .garde("jour", creneau.jour.to_string()).garde("poste", creneau.poste.code()))
            }
            @if self.tour.residents.is_empty() { (vide_depart(Icone::Users, "Aucun résident dans cette unité.", None)) }
            @else { (deux_volets(&self.attribuer(), &html! { (self.equipe()) @if self.peut { (self.rejoindre()) } })) }
        }
    }

    fn caches(&self) -> Markup {
        html! {
            (cache("unite", &self.repartition.unite.to_string()))
            (cache("jour", &self.filtre.creneau.jour.to_string()))
            (cache("poste", self.filtre.creneau.poste.code()))
        }
    }

    fn attribuer(&self) -> Markup {
        let choix = self
            .tour
            .residents
            .iter()
            .map(|resident| Choix::new(resident.id().to_string(), Self::libelle(resident)).detail(self.charge(resident)));
        Bloc::new(
            "Résidents",
            html! {
                form class="formulaire" method="post" action="/tour/repartition" {
                    (self.caches())
                    (CasesACocher::new("resident", "Choisir les résidents").choix(choix).sans_mention())
                    @if self.peut {
                        (Liste::new("equipier", "Les confier à").choix(self.choix_collegues()).requis())
                        (boutons(&html! { (Bouton::envoyer("Confier ces résidents").principal().icone(Icone::UserCheck)) }))
                    }
                }
            },
        )
        .icone(Icone::Users)
        .render()
    }

    fn choix_collegues(&self) -> Vec<(String, String)> {
        let mut choix: Vec<(String, String)> = vec![("moi".to_owned(), "Moi".to_owned())];
        choix.extend(self.collegues.iter().map(|equipier| (valeur(equipier), nom(equipier))));
        choix.push(("personne".to_owned(), "Personne en particulier".to_owned()));
        choix
    }

    fn libelle(resident: &ResidentDuTour) -> String {
        format!("{} · {}", resident.resident.sejour.chambre_libelle, resident.resident.usager.nom_complet())
    }

    fn charge(&self, resident: &ResidentDuTour) -> String {
        let minutes: u32 =
            resident.soins.iter().filter(|soin| soin.etat.attend()).map(|soin| u32::from(soin.ligne.duree_min)).sum();
        let qui = self
            .repartition
            .equipier(resident.id())
            .map_or_else(|| "à personne en particulier".to_owned(), |equipier| equipier.nom.clone());
        format!("{qui} · {} restants, environ {minutes}\u{a0}min", nombre(resident.compte().restants() as usize, "soin", "soins"))
    }

    fn equipe(&self) -> Markup {
        Bloc::new("Équipe du poste", html! {
            @if self.repartition.equipe.is_empty() { p class="secondaire" { "Personne n'a encore de résidents attribués : chacun voit toute l'unité." } }
            @for (rang, equipier) in self.repartition.equipe.iter().enumerate() { (self.equipier(rang, equipier)) }
        })
        .icone(Icone::UserRound)
        .render()
    }

    fn equipier(&self, rang: usize, equipier: &Equipier) -> Markup {
        let siens: Vec<&ResidentDuTour> =
            self.tour.residents.iter().filter(|resident| self.repartition.residents.get(&resident.id()) == Some(&rang)).collect();
        let mut compte = Compte::default();
        for resident in &siens {
            compte.cumuler(resident.compte());
        }
        html! {
            h3 { (nom(equipier)) }
            (liste(&[Ligne::new(nombre(siens.len(), "résident", "résidents")).detail(siens.iter().map(|resident| resident.resident.sejour.chambre_libelle.as_str()).collect::<Vec<_>>().join(", "))]))
            @if compte.dus > 0 { (progression(u64::from(compte.traces()), u64::from(compte.dus), &phrase(compte))) }
            @if self.peut && !siens.is_empty() {
                form method="post" action="/tour/repartition/reprendre" {
                    (self.caches()) (cache("de", &rang.to_string()))
                    (Bouton::envoyer("Reprendre ce tour").petit().icone(Icone::ArrowLeftRight).precision(format!("celui de {}", equipier.nom)))
                }
            }
        }
    }

    fn rejoindre(&self) -> Markup {
        Bloc::new(
            "Ajouter un collègue",
            html! {
                form class="formulaire" method="post" action="/tour/repartition/rejoindre" {
                    (self.caches())
                    (Texte::new("nom", "Prénom et nom").requis().moyen())
                    (boutons(&html! { (Bouton::envoyer("Ajouter à l'équipe").icone(Icone::Plus)) }))
                }
            },
        )
        .calme()
        .render()
    }
}
