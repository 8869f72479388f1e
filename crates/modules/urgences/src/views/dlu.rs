//! The DLU on screen, with what it lacks.

use maud::{Markup, html};
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::boutons::{Bouton, boutons};

use crate::completude::{Manque, TOTAL};
use crate::dlu::Dlu;

/// The page: actions, what is missing, then the document itself.
pub(crate) fn page(dlu: &Dlu, manques: &[Manque], corps: &Markup) -> Markup {
    let base = format!("/residents/{}", dlu.id());
    html! {
        (boutons(&html! {
            (Bouton::lien("PDF à imprimer", format!("{base}/dlu/pdf")).principal().icone(Icone::Printer))
            (Bouton::lien("Fiche d'appel au 15", format!("{base}/urgence")).icone(Icone::Siren))
        }))
        (completude(&base, manques))
        (corps)
    }
}

fn completude(base: &str, manques: &[Manque]) -> Markup {
    let presents = TOTAL.saturating_sub(manques.len());
    if manques.is_empty() {
        return html! { (Alerte::new(Nature::Succes, format!("DLU complet : {presents} points sur {TOTAL}."))) };
    }
    let liens = html! {
        ul { @for manque in manques { li { a href=(format!("{base}/{}", manque.ou)) { (manque.quoi) } } } }
    };
    html! { (Alerte::new(Nature::Attention, format!("{presents} points renseignés sur {TOTAL}. Il manque :")).corps(liens)) }
}
