//! Instructions: those which end soon, those in force, those which are over.

use std::collections::HashMap;

use jiff::civil::Date;
use kernel::dates::date_courte;
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::store::Stored;
use ui::Icone;
use ui::bloc::Bloc;
use ui::boutons::Bouton;
use ui::puces::{Etat, Puce, puces};
use ui::vide::{vide_bon, vide_depart};

use super::Regard;
use crate::consigne::{Consigne, EtatConsigne};

/// What the page shows.
pub(crate) struct Consignes<'a> {
    pub(crate) toutes: &'a [Stored<Consigne>],
    pub(crate) noms: &'a HashMap<UsagerId, (String, String)>,
    pub(crate) jour: Date,
    pub(crate) peut_ecrire: bool,
}

fn fin(consigne: &Consigne, jour: Date) -> String {
    let demain = jour.tomorrow().unwrap_or(jour);
    if consigne.jusquau == jour {
        "jusqu'à ce soir".to_owned()
    } else if consigne.jusquau == demain {
        "jusqu'à demain".to_owned()
    } else {
        format!("jusqu'au {}", date_courte(consigne.jusquau))
    }
}

/// One instruction.
pub(crate) fn consigne(
    regard: &Regard<'_>,
    lue: &Stored<Consigne>,
    nom: Option<&(String, String)>,
    jour: Date,
    peut_lever: bool,
) -> Markup {
    let etat = lue.etat(jour);
    let mut chips = vec![match etat {
        EtatConsigne::SeTermine => Puce::new(Etat::ASurveiller, fin(lue, jour)),
        EtatConsigne::EnCours => Puce::neutre(fin(lue, jour)),
        EtatConsigne::Terminee => Puce::new(Etat::Archive, "terminée"),
    }];
    if !lue.pour.is_empty() {
        chips.push(Puce::neutre(format!(
            "pour {}",
            lue.pour.iter().map(|code| regard.court(code)).collect::<Vec<_>>().join(", ")
        )));
    }
    html! {
        li class="journal-ligne" {
            span class="journal-heure" { (ui::icone(Icone::ClipboardList)) }
            div {
                div class="journal-tete" {
                    @if let Some((nom, chambre)) = nom {
                        a href=(format!("/residents/{}/transmissions", lue.usager)) data-resident { strong { (nom) } }
                        @if !chambre.is_empty() { span class="secondaire insecable" { "ch. " (chambre) } }
                    }
                    (puces(&chips))
                }
                p class="journal-texte" { (lue.texte.as_str()) }
                p class="journal-auteur" { (lue.auteur_nom) ", " (regard.court(&lue.auteur_profil)) ", " (regard.quand(lue.saisi_le))
                    @if let Some(transmission) = lue.transmission { " · " a href=(format!("/residents/{}/transmissions/{transmission}", lue.usager)) { "transmission" } } }
                @if let Some(trace) = &lue.levee { p class="secondaire" { "Fin décidée par " (trace.par) ", " (regard.quand(trace.le)) " : " (trace.motif.as_str()) } }
                @if peut_lever && etat != EtatConsigne::Terminee {
                    div class="boutons sans-impression" { (Bouton::lien("Mettre fin", format!("/residents/{}/consignes/{}/lever", lue.usager, lue.id)).petit().discret().precision("à cette consigne")) }
                }
            }
        }
    }
}

fn groupe(regard: &Regard<'_>, vue: &Consignes<'_>, titre: &str, etat: EtatConsigne, vide: &str) -> Markup {
    let mut lues: Vec<&Stored<Consigne>> = vue.toutes.iter().filter(|lue| lue.etat(vue.jour) == etat).collect();
    if etat == EtatConsigne::Terminee {
        lues.sort_by_key(|lue| std::cmp::Reverse(lue.jusquau));
    }
    let corps = html! {
        @if lues.is_empty() { (vide_bon(vide)) }
        @else { ol class="journal" role="list" { @for lue in &lues { (consigne(regard, lue, vue.noms.get(&lue.usager), vue.jour, vue.peut_ecrire)) } } }
    };
    let bloc = Bloc::new(titre, corps).mention(html! { (lues.len()) });
    let calme = lues.is_empty() || etat == EtatConsigne::Terminee;
    html! { @if calme { (bloc.calme()) } @else { (bloc) } }
}

/// Draws the page's content.
pub(crate) fn consignes(regard: &Regard<'_>, vue: &Consignes<'_>) -> Markup {
    if vue.toutes.is_empty() {
        let ecrire = Bouton::lien("Écrire une transmission avec sa consigne", "/transmissions/nouvelle").principal();
        return vide_depart(
            Icone::ClipboardList,
            "Aucune consigne dans vos unités. Une consigne s'écrit avec une transmission et porte toujours une date de fin.",
            vue.peut_ecrire.then_some(&ecrire),
        );
    }
    html! {
        (groupe(regard, vue, "Se terminent aujourd'hui ou demain", EtatConsigne::SeTermine, "Aucune consigne ne se termine aujourd'hui ni demain."))
        (groupe(regard, vue, "En cours", EtatConsigne::EnCours, "Aucune autre consigne en cours."))
        (groupe(regard, vue, "Terminées depuis 30 jours", EtatConsigne::Terminee, "Aucune consigne terminée depuis 30 jours."))
    }
}
