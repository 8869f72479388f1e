//! The DLU on screen, with what it lacks.

use maud::{Markup, html};
use platform::acces::Categorie;
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::boutons::Bouton;

use crate::completude::{Manque, TOTAL};
use crate::dlu::Dlu;

/// The page: actions, what is missing, then the document itself.
pub(crate) fn page(
    dlu: &Dlu,
    manques: &[Manque],
    corps: &Markup,
    (peut, peut_signer): (bool, bool),
    ouvre: &dyn Fn(Categorie) -> bool,
) -> Markup {
    let base = format!("/residents/{}", dlu.id());
    let actions = html! {
        @if peut {
            form method="post" action=(format!("{base}/dlu/impression")) target="_blank" {
                (Bouton::envoyer("Imprimer pour l'équipage, avec code QR").principal().icone(Icone::Printer))
            }
        }
        @if peut_signer {
            form method="post" action=(format!("{base}/dlu/signature")) { (Bouton::envoyer("Signer et verser au dossier").icone(Icone::FileCheck)) }
        }
        (Bouton::lien("PDF", format!("{base}/dlu/pdf")).icone(Icone::FileText))
        (Bouton::lien("Liens de lecture", format!("{base}/dlu/liens")).icone(Icone::Link))
        (Bouton::lien("Fiche d'appel au 15", format!("{base}/urgence")).icone(Icone::Siren))
    };
    html! {
        div class="rangee" { (actions) }
        (completude(&base, manques, ouvre))
        (corps)
    }
}

fn completude(base: &str, manques: &[Manque], ouvre: &dyn Fn(Categorie) -> bool) -> Markup {
    let presents = TOTAL.saturating_sub(manques.len());
    if manques.is_empty() {
        return html! { (Alerte::new(Nature::Succes, format!("DLU complet : {presents} points sur {TOTAL}."))) };
    }
    let liens = html! {
        ul { @for manque in manques { li { @if ouvre(manque.famille) { a href=(format!("{base}/{}", manque.ou)) { (manque.quoi) } } @else { (manque.quoi) } } } }
    };
    html! { (Alerte::new(Nature::Attention, format!("{presents} points renseignés sur {TOTAL}. Il manque :")).corps(liens)) }
}
