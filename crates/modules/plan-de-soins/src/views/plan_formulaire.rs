//! Forms which change a plan: an act, its end, a template with the load it adds.

use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage, deux_volets};
use ui::boutons::{Bouton, boutons, boutons_collants};
use ui::champs::{Case, CasesACocher, Choix, Date, Liste, Nombre, Radios, Texte, ZoneTexte, cache, cote_a_cote};
use ui::choix_puces::ChoixPuces;
use ui::liste::{Ligne, liste};
use ui::progression::progression;

use super::plan::rythme;
use crate::adresses;
use crate::bibliotheque::{Bibliotheque, CATEGORIES, PlanType};
use crate::charge::Charge;
use crate::forms::plan::RYTHMES;
use crate::plan::SoinPrevu;
use crate::poste::Poste;
use crate::recurrence::Jour;

/// Professions a planned act may be given to.
pub(crate) const METIERS: [(&str, &str); 8] = [
    ("as", "Aide-soignant"),
    ("aes", "AES"),
    ("as_nuit", "Nuit"),
    ("ide", "Infirmier"),
    ("ash", "ASH"),
    ("kinesitherapeute", "Kiné"),
    ("apa", "APA"),
    ("animateur", "Animation"),
];

/// The form of a planned act.
pub(crate) struct FormulaireSoin<'a> {
    pub(crate) usager: UsagerId,
    /// Act being changed; `None` to add one.
    pub(crate) soin: Option<uuid::Uuid>,
    pub(crate) titre: String,
    pub(crate) id: uuid::Uuid,
    pub(crate) version: i64,
    pub(crate) champs: &'a Champs,
    pub(crate) erreurs: &'a Erreurs,
    pub(crate) bibliotheque: &'a Bibliotheque,
}

impl FormulaireSoin<'_> {
    /// Draws the content of the page.
    pub(crate) fn render(&self) -> Markup {
        let base = adresses::plan(self.usager);
        let action = self.soin.map_or_else(|| format!("{base}/ajouter"), |soin| format!("{base}/{soin}/modifier"));
        html! {
            (EntetePage::new(&self.titre).parent("Plan de soins", &base))
            (self.erreurs.resume())
            (deux_volets(&html! {
                (Bloc::new("Le soin", html! {
                    form class="formulaire" method="post" action=(action) {
                        (cache("id", &self.id.to_string())) (cache("version", &self.version.to_string()))
                        (self.quoi()) (self.quand()) (self.comment())
                        (boutons_collants(&html! { (Bouton::envoyer("Signer cette version du plan").principal().icone(Icone::FilePen)) (Bouton::lien("Ne rien changer", &base).discret()) }))
                    }
                }))
            }, &html! { @if let Some(soin) = self.soin { (self.arret(soin)) } }))
        }
    }

    fn quoi(&self) -> Markup {
        let mut liste = Liste::new("acte", "Soin du catalogue")
            .invite("Choisir")
            .valeur(self.champs.texte("acte"))
            .erreur(self.erreurs.de("acte"))
            .requis();
        for (code, libelle) in CATEGORIES {
            let actes = self
                .bibliotheque
                .actes()
                .filter(|acte| acte.categorie == code)
                .map(|acte| (acte.code.as_str(), acte.libelle.as_str()));
            liste = liste.groupe(libelle, actes);
        }
        html! {
            (liste)
            (Texte::new("libelle", "Précision du nom").valeur(self.champs.texte("libelle")).aide("Vide : le nom du catalogue.").maximum(120))
        }
    }

    fn quand(&self) -> Markup {
        let (champs, erreurs) = (self.champs, self.erreurs);
        let choisi = |nom: &str| champs.texte(nom).to_owned();
        let mut jours = ChoixPuces::plusieurs("jours", "Jours de la semaine")
            .choix(Jour::TOUS.map(|(_, code, libelle)| (code, libelle)))
            .erreur(erreurs.de("jours"))
            .sans_mention();
        for jour in champs.tous("jours") {
            jours = jours.valeur(jour);
        }
        let mut postes = ChoixPuces::plusieurs("postes", "Ou à tout moment d'un poste")
            .choix(Poste::TOUS.map(|poste| (poste.code(), poste.libelle())))
            .sans_mention();
        for poste in champs.tous("postes") {
            postes = postes.valeur(poste);
        }
        html! {
            (Radios::new("rythme", "Rythme").choix(RYTHMES).valeur(choisi("rythme")).erreur(erreurs.de("rythme")).requis())
            (jours)
            (cote_a_cote(&html! {
                (Nombre::new("tous_les", "Tous les").unite("jours").valeur(choisi("tous_les")).erreur(erreurs.de("tous_les")).sans_mention())
                (Nombre::new("jour_mois", "Jour du mois").valeur(choisi("jour_mois")).erreur(erreurs.de("jour_mois")).sans_mention())
                (Nombre::new("toutes_les", "Toutes les").unite("heures").valeur(choisi("toutes_les")).erreur(erreurs.de("toutes_les")).sans_mention())
            }))
            (Texte::new("heures", "Heures").valeur(choisi("heures")).aide("Une ou plusieurs : 08:30, 12:00.").erreur(erreurs.de("heures")).moyen().sans_mention())
            (postes)
            (cote_a_cote(&html! {
                (Date::new("du", "Premier jour").valeur(choisi("du")).erreur(erreurs.de("du")).requis())
                (Date::new("au", "Dernier jour").valeur(choisi("au")).erreur(erreurs.de("au")))
            }))
        }
    }

    fn comment(&self) -> Markup {
        let mut metiers = ChoixPuces::plusieurs("metiers", "Métiers").choix(METIERS).sans_mention();
        for metier in self.champs.tous("metiers") {
            metiers = metiers.valeur(metier);
        }
        html! {
            (ZoneTexte::new("consigne", "Comment faire pour cette personne").valeur(self.champs.texte("consigne")).maximum(500).erreur(self.erreurs.de("consigne")))
            (metiers)
            (Case::new("a_risque", "Soin à risque : se trace toujours seul").cochee(self.champs.coche("a_risque")))
            (Case::new("observation", "Une observation est attendue").cochee(self.champs.coche("observation")))
        }
    }

    fn arret(&self, soin: uuid::Uuid) -> Markup {
        Bloc::new("Arrêter ce soin", html! {
            form class="formulaire" method="post" action=(format!("{}/{soin}/arreter", adresses::plan(self.usager))) {
                (cache("version", &self.version.to_string()))
                (Texte::new("motif", "Raison de l'arrêt").requis().maximum(200))
                (boutons(&html! { (Bouton::envoyer(format!("Arrêter : {}", self.champs.texte("libelle"))).danger().icone(Icone::Ban)) }))
            }
        })
        .alerte()
        .render()
    }
}

/// A template and what it would add.
pub(crate) struct ApercuPlanType<'a> {
    pub(crate) usager: UsagerId,
    pub(crate) bibliotheque: &'a Bibliotheque,
    /// The template chosen, with the acts it proposes by rank.
    pub(crate) choisi: Option<(&'a PlanType, Vec<(usize, SoinPrevu)>)>,
    /// Codes of acts already in the plan.
    pub(crate) deja: Vec<String>,
    pub(crate) avant: Charge,
    pub(crate) apres: Charge,
    pub(crate) id: uuid::Uuid,
    pub(crate) version: i64,
    pub(crate) erreur: Option<String>,
}

impl ApercuPlanType<'_> {
    /// Draws the content of the page.
    pub(crate) fn render(&self) -> Markup {
        let base = adresses::plan(self.usager);
        html! {
            (EntetePage::new("Appliquer un plan type").phrase("Chaque ligne est proposée : gardez, décochez, puis signez.").parent("Plan de soins", &base))
            @if let Some(erreur) = &self.erreur { (Alerte::new(Nature::Attention, erreur.clone()).annonce()) }
            @match &self.choisi {
                Some((plan, lignes)) => (deux_volets(&self.lignes(plan, lignes), &self.charge())),
                None => (self.plans()),
            }
        }
    }

    fn plans(&self) -> Markup {
        let lignes: Vec<Ligne> = self
            .bibliotheque
            .plans()
            .map(|plan| {
                Ligne::new(&plan.libelle)
                    .detail(format!("{} · {}", plan.indication, super::nombre(plan.lignes.len(), "soin", "soins")))
                    .icone(super::icone(&plan.icone))
                    .lien(format!("{}/plan-type?code={}", adresses::plan(self.usager), plan.code))
            })
            .collect();
        Bloc::new("Plans types", liste(&lignes)).render()
    }

    fn lignes(&self, plan: &PlanType, lignes: &[(usize, SoinPrevu)]) -> Markup {
        let choix = lignes.iter().map(|(rang, soin)| {
            let deja = if self.deja.contains(&soin.acte) { " · déjà au plan" } else { "" };
            Choix::new(rang.to_string(), soin.libelle.clone()).detail(format!("{}{deja}", rythme(soin)))
        });
        let proposees: Vec<String> =
            lignes.iter().filter(|(_, soin)| !self.deja.contains(&soin.acte)).map(|(rang, _)| rang.to_string()).collect();
        Bloc::new(plan.libelle.clone(), html! {
            p { (plan.indication) }
            form class="formulaire" method="post" action=(format!("{}/plan-type", adresses::plan(self.usager))) {
                (cache("id", &self.id.to_string())) (cache("version", &self.version.to_string())) (cache("code", &plan.code))
                (CasesACocher::new("ligne", "Soins à ajouter au plan").choix(choix).valeurs(proposees).sans_mention())
                (boutons_collants(&html! {
                    (Bouton::envoyer("Signer et ajouter ces soins").principal().icone(Icone::FilePen))
                    (Bouton::lien("Choisir un autre plan type", format!("{}/plan-type", adresses::plan(self.usager))).discret())
                }))
            }
        })
        .icone(super::icone(&plan.icone))
        .render()
    }

    fn charge(&self) -> Markup {
        let plus_haut = self.apres.minutes.iter().copied().max().unwrap_or(0).max(1);
        Bloc::new("Charge par poste", html! {
            p class="secondaire" { "Minutes d'une journée moyenne, pour cette personne." }
            @for (rang, poste) in Poste::TOUS.iter().enumerate() {
                @let (avant, apres) = (self.avant.minutes[rang], self.apres.minutes[rang]);
                (progression(u64::from(apres), u64::from(plus_haut), &format!("{} : {avant}\u{a0}min aujourd'hui, {apres}\u{a0}min avec ce plan type ({} soins par semaine)", poste.libelle(), self.apres.actes[rang])))
            }
        })
        .icone(Icone::ChartLine)
        .render()
    }
}
