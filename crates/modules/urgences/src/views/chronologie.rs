//! What was done, hour by hour; a step taken back stays readable.

use maud::{Markup, html};
use ui::Icone;
use ui::bloc::Bloc;
use ui::boutons::Bouton;
use ui::champs::Texte;

use super::fiche::{Ecran, base};
use crate::episode::Episode;

/// The block, the newest step first.
pub(crate) fn bloc(episode: &Episode, ecran: &Ecran<'_>) -> Markup {
    let corps = html! {
        ol class="pile" {
            @for etape in episode.etapes.iter().rev() {
                li {
                    strong { (kernel::dates::heure_levee(etape.a, ecran.fuseau)) } " "
                    @if etape.annulee.is_some() { del { (etape.quoi.phrase()) } } @else { (etape.quoi.phrase()) }
                    br; small class="secondaire" {
                        (etape.auteur_nom)
                        @if etape.hors_ligne { ", saisi sans réseau" }
                        @if etape.heure_a_confirmer { ", heure à confirmer" }
                        @if let Some(motif) = &etape.annulee { ", annulé : " (motif) }
                    }
                    @if ecran.peut && etape.annulee.is_none() {
                        details { summary { "Annuler" }
                            form method="post" action=(format!("{}/urgence/{}/annulation", base(ecran), etape.id)) {
                                (Texte::new("motif", "Motif").requis().maximum(240).completion("off"))
                                (Bouton::envoyer("Annuler cette étape").petit())
                            }
                        }
                    }
                }
            }
        }
    };
    Bloc::new("Chronologie", corps).icone(Icone::History).render()
}
