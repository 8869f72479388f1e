//! What was done, hour by hour; a step taken back stays readable.

use maud::{Markup, html};
use ui::Icone;
use ui::bloc::Bloc;
use ui::boutons::Bouton;
use ui::champs::Texte;

use super::fiche::{Ecran, base};

/// The block, the newest step first.
pub(crate) fn bloc(ecran: &Ecran<'_>) -> Markup {
    let etapes = ecran.episode.map(|episode| episode.etapes.as_slice()).unwrap_or_default();
    let corps = html! {
        p data-chronologie-vide hidden[!etapes.is_empty()] { "Rien de noté pour le moment." }
        ol class="pile" data-chronologie {
            @for etape in etapes.iter().rev() {
                li data-etape=(etape.id) {
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
