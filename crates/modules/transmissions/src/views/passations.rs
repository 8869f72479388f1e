//! Handovers told and accepted.

use kernel::id::CompteId;
use maud::{Markup, html};
use platform::store::Stored;
use ui::Icone;
use ui::boutons::Bouton;

use super::{Regard, compte};
use crate::lecture::{Acceptation, Passation};

/// Handovers told lately, with who accepted them and the button of who may.
pub(crate) fn passations(
    regard: &Regard<'_>,
    passations: &[(Stored<Passation>, Vec<Stored<Acceptation>>)],
    compte_lecteur: CompteId,
) -> Markup {
    html! {
        @for (passation, acceptations) in passations {
            @let duree = passation.fin.duration_since(passation.debut).as_mins().max(1);
            @let mienne = passation.compte == compte_lecteur;
            @let deja = acceptations.iter().any(|acceptation| acceptation.compte == compte_lecteur);
            div class="carte" {
                p { (ui::icone(Icone::HandHelping)) " Relève présentée par " strong { (passation.nom) } " (" (regard.court(&passation.profil)) ") "
                    (regard.quand(passation.fin)) ", " (compte(u64::from(passation.residents), "résident", "résidents")) ", " (duree) "\u{a0}min." }
                @if acceptations.is_empty() { p class="secondaire" { "Pas encore acceptée." } }
                @else { p class="secondaire" { "Acceptée par " (acceptations.iter().map(|une| format!("{} ({}) {}", une.nom, regard.court(&une.profil), regard.quand(une.le))).collect::<Vec<_>>().join(", ")) "." } }
                @if !mienne && !deja {
                    form method="post" action=(format!("/releve/passations/{}/accepter", passation.id)) { (Bouton::envoyer("Accepter la relève").valider().icone(Icone::Check)) }
                }
            }
        }
    }
}
