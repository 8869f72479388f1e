//! The library: shared items, the house's additions, their versions.

use kernel::dates::date_heure;
use maud::{Markup, html};
use platform::store::Stored;
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::bloc::{Bloc, EntetePage};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Case, Liste, Nombre, Texte, ZoneTexte, cache, cote_a_cote};
use ui::choix_puces::ChoixPuces;
use ui::liste::{Ligne, liste};
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;
use ui::vide::vide_depart;

use super::nombre;
use super::plan_formulaire::METIERS;
use crate::bibliotheque::{
    ActeCatalogue, ActeLocal, Bibliotheque, CATEGORIES, PlanType, PlanTypeLocal, actes_partages, plans_partages, version_partagee,
};
use crate::forms::bibliotheque::{NOMBRE_LIGNES, rythmes};
use crate::tour::fuseau;

/// Rows of a library: each local item with its withdrawal.
fn local(libelle: &str, version: i64, recorded: jiff::Timestamp, par: &str, retire: bool, action: &str, peut: bool) -> Markup {
    let bouton = if retire { "Proposer de nouveau" } else { "Retirer" };
    html! {
        div class="rangee" {
            div {
                p { strong { (libelle) } @if retire { " " (Puce::new(Etat::Archive, "retiré")) } }
                p class="secondaire" { "Version " (version) " publiée par " (par) " le " (date_heure(recorded, &fuseau())) }
            }
            @if peut {
                form class="pousse" method="post" action=(action) {
                    (cache("retire", if retire { "non" } else { "oui" }))
                    (Bouton::envoyer(bouton).petit().precision(libelle))
                }
            }
        }
    }
}

/// The page of acts.
pub(crate) fn actes(locaux: &[Stored<ActeLocal>], peut: bool, champs: &Champs, erreurs: &Erreurs, id: uuid::Uuid) -> Markup {
    html! {
        (EntetePage::new("Catalogue des soins").phrase(format!("{} partagés par la grappe, version {}", nombre(actes_partages().len(), "soin", "soins"), version_partagee()))
            .actions(html! { (Bouton::lien("Plans types", "/admin/plans-types")) }))
        (erreurs.resume())
        (Bloc::new("Soins propres à l'établissement", html! {
            @if locaux.is_empty() { (vide_depart(Icone::ListChecks, "Aucun soin propre à l'établissement : le catalogue de la grappe suffit.", None)) }
            @for acte in locaux { (local(&acte.acte.libelle, acte.version, acte.recorded, &acte.par, acte.retire, &format!("/admin/catalogue-soins/{}/retirer", acte.id), peut)) }
        }))
        @if peut { (formulaire_acte(champs, erreurs, id)) }
        @for (code, libelle) in CATEGORIES { (famille(libelle, actes_partages().iter().filter(|acte| acte.categorie == code))) }
    }
}

fn famille<'a>(libelle: &str, actes: impl Iterator<Item = &'a ActeCatalogue>) -> Markup {
    let mut tableau = Tableau::new(format!("{libelle} : soins partagés"))
        .legende_cachee()
        .dense()
        .colonne("Soin")
        .colonne("Comment faire")
        .colonne("Métiers")
        .colonne_nombre("Minutes");
    for acte in actes {
        let risque = if acte.a_risque { " (à risque)" } else { "" };
        tableau = tableau.ligne([
            html! { (acte.libelle) (risque) },
            html! { (acte.consigne) },
            html! { (acte.metiers.join(", ")) },
            html! { (acte.duree_min) },
        ]);
    }
    Bloc::new(libelle.to_owned(), html! { (tableau) }).mention(html! { "partagé par la grappe" }).render()
}

fn formulaire_acte(champs: &Champs, erreurs: &Erreurs, id: uuid::Uuid) -> Markup {
    Bloc::new("Ajouter un soin à l'établissement", html! {
        form class="formulaire" method="post" action="/admin/catalogue-soins" {
            (cache("id", &id.to_string()))
            (Texte::new("libelle", "Nom du soin").valeur(champs.texte("libelle")).erreur(erreurs.de("libelle")).requis().maximum(120))
            (Liste::new("categorie", "Famille").choix(CATEGORIES).valeur(champs.texte("categorie")).erreur(erreurs.de("categorie")).invite("Choisir").requis())
            (Nombre::new("duree_min", "Durée habituelle").unite("min").valeur(champs.texte("duree_min")).erreur(erreurs.de("duree_min")).requis())
            (ZoneTexte::new("consigne", "Comment faire").valeur(champs.texte("consigne")).erreur(erreurs.de("consigne")).maximum(500))
            (ChoixPuces::plusieurs("metiers", "Métiers").choix(METIERS).sans_mention())
            (Case::new("a_risque", "Soin à risque : se trace toujours seul").cochee(champs.coche("a_risque")))
            (Case::new("observation", "Une observation est attendue").cochee(champs.coche("observation")))
            (boutons(&html! { (Bouton::envoyer("Publier ce soin").principal()) }))
        }
    })
    .render()
}

/// The page of templates.
pub(crate) fn plans(
    locaux: &[Stored<PlanTypeLocal>],
    bibliotheque: &Bibliotheque,
    peut: bool,
    champs: &Champs,
    erreurs: &Erreurs,
    id: uuid::Uuid,
) -> Markup {
    html! {
        (EntetePage::new("Plans types").phrase(format!("{} partagés par la grappe, version {}", nombre(plans_partages().len(), "plan", "plans"), version_partagee()))
            .actions(html! { (Bouton::lien("Catalogue des soins", "/admin/catalogue-soins")) }))
        (erreurs.resume())
        (Bloc::new("Plans types propres à l'établissement", html! {
            @if locaux.is_empty() { (vide_depart(Icone::ClipboardList, "Aucun plan type propre à l'établissement.", None)) }
            @for plan in locaux { (local(&plan.plan.libelle, plan.version, plan.recorded, &plan.par, plan.retire, &format!("/admin/plans-types/{}/retirer", plan.id), peut)) }
        }))
        @if peut { (formulaire_plan(bibliotheque, champs, erreurs, id)) }
        (Bloc::new("Partagés par la grappe", html! { @for plan in plans_partages() { (partage(plan, bibliotheque)) } }))
    }
}

fn partage(plan: &PlanType, bibliotheque: &Bibliotheque) -> Markup {
    let lignes: Vec<Ligne> = plan
        .lignes
        .iter()
        .map(|ligne| {
            let acte = bibliotheque.acte(&ligne.acte);
            let jours = ligne.jours.iter().map(|jour| jour.libelle()).collect::<Vec<_>>().join(", ");
            let rythme = match ligne.rythme.as_str() {
                "hebdomadaire" => jours,
                "intervalle" => format!("tous les {} jours", ligne.tous_les),
                "mensuel" => "chaque mois".to_owned(),
                _ => "chaque jour".to_owned(),
            };
            Ligne::new(acte.map_or(ligne.acte.as_str(), |acte| acte.libelle.as_str()))
                .detail(format!("{rythme} à {}", ligne.heures.join(", ")))
                .icone(super::icone(acte.map_or("", |acte| &acte.icone)))
        })
        .collect();
    html! {
        details class="plan-type" {
            summary { strong { (plan.libelle) } " " span class="secondaire" { (plan.indication) " · " (nombre(lignes.len(), "soin", "soins")) } }
            (liste(&lignes))
        }
    }
}

fn formulaire_plan(bibliotheque: &Bibliotheque, champs: &Champs, erreurs: &Erreurs, id: uuid::Uuid) -> Markup {
    let actes: Vec<(String, String)> = bibliotheque.actes().map(|acte| (acte.code.clone(), acte.libelle.clone())).collect();
    Bloc::new("Ajouter un plan type à l'établissement", html! {
        form class="formulaire" method="post" action="/admin/plans-types" {
            (cache("id", &id.to_string()))
            (Texte::new("libelle", "Nom du plan type").valeur(champs.texte("libelle")).erreur(erreurs.de("libelle")).requis().maximum(120))
            (Texte::new("indication", "Pour qui").valeur(champs.texte("indication")).maximum(200))
            @for rang in 0..NOMBRE_LIGNES {
                (cote_a_cote(&html! {
                    (Liste::new(format!("acte{rang}"), format!("Soin {}", rang + 1)).choix(actes.clone()).invite("Aucun").valeur(champs.texte(&format!("acte{rang}"))).erreur(erreurs.de(&format!("acte{rang}"))).sans_mention())
                    (Texte::new(format!("heures{rang}"), "Heures").valeur(champs.texte(&format!("heures{rang}"))).erreur(erreurs.de(&format!("heures{rang}"))).court().sans_mention())
                    (Liste::new(format!("rythme{rang}"), "Rythme").choix(rythmes()).valeur(champs.texte(&format!("rythme{rang}"))).sans_mention())
                }))
            }
            (boutons(&html! { (Bouton::envoyer("Publier ce plan type").principal()) }))
        }
    })
    .render()
}
