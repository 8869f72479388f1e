//! Telling the digest to a team: one person on the screen, big type, next and previous by arrows.

use jiff::Timestamp;
use maud::{Markup, html};
use ui::Icone;
use ui::boutons::{Bouton, boutons};
use ui::champs::{ZoneTexte, cache};

use super::releve::nouveau;
use super::{Regard, compte};
use crate::releve::{Releve, ResidentReleve};

/// Where the telling is.
pub(crate) struct Presentation<'a> {
    pub(crate) releve: &'a Releve,
    /// Rank of the person on the screen.
    pub(crate) rang: usize,
    pub(crate) fenetre: &'static str,
    pub(crate) debut: Timestamp,
    /// Id of the handover recorded at the end.
    pub(crate) id: String,
    /// Id of the note written here.
    pub(crate) id_note: String,
    pub(crate) peut_ecrire: bool,
}

impl Presentation<'_> {
    fn vers(&self, rang: usize) -> String {
        let qui = match self.releve.residents.get(rang) {
            Some(resident) => resident.personne.usager.to_string(),
            None => "fin".to_owned(),
        };
        format!("/releve/presenter?fenetre={}&debut={}&id={}&resident={qui}", self.fenetre, self.debut.as_microsecond(), self.id)
    }
}

fn pied(vue: &Presentation<'_>, regard: &Regard<'_>) -> Markup {
    let total = vue.releve.residents.len();
    let minutes = regard.now.duration_since(vue.debut).as_mins();
    let numero = (vue.rang + 1).min(total);
    html! {
        nav class="presenter-pied sans-impression" aria-label="Relève" {
            @if vue.rang > 0 { a class="bouton" rel="prev" data-fleche="gauche" href=(vue.vers(vue.rang - 1)) { (ui::icone(Icone::ArrowLeft)) span { "Précédent" } } }
            p role="status" { (numero) " / " (total) " · commencée à " (regard.heure(vue.debut)) ", " (compte(u64::try_from(minutes).unwrap_or(0), "minute", "minutes")) }
            @if vue.rang < total { a class="bouton bouton--principal" rel="next" data-fleche="droite" href=(vue.vers(vue.rang + 1)) { span { "Suivant" } (ui::icone(Icone::ArrowRight)) } }
            a class="bouton bouton--discret" href="/releve" { "Quitter" }
        }
    }
}

fn note(vue: &Presentation<'_>, resident: &ResidentReleve) -> Markup {
    html! {
        details class="depliant sans-impression" {
            summary data-touche="n" { "Noter ce qui se dit" }
            form class="formulaire" method="post" action="/releve/presenter/note" {
                (cache("id", &vue.id_note))
                (cache("resident", &resident.personne.usager.to_string()))
                (cache("retour", &vue.vers(vue.rang)))
                (ZoneTexte::new("donnees", "Note").lignes(2).sans_mention())
                (boutons(&html! { (Bouton::envoyer("Enregistrer la note").principal()) }))
            }
        }
    }
}

/// Draws the person on the screen, or the end.
pub(crate) fn presentation(regard: &Regard<'_>, vue: &Presentation<'_>) -> Markup {
    let releve = vue.releve;
    html! {
        div class="presenter" {
            @if let Some(resident) = releve.residents.get(vue.rang) {
                h1 { (resident.personne.nom) @if !resident.personne.chambre.is_empty() { " · ch. " (resident.personne.chambre) } }
                (nouveau(regard, resident, true))
                @if vue.peut_ecrire { (note(vue, resident)) }
            } @else {
                h1 { "Fin de la relève" }
                p { (compte(u64::try_from(releve.residents.len()).unwrap_or(0), "résident présenté", "résidents présentés")) ", " (compte(u64::try_from(releve.calmes.len()).unwrap_or(0), "sans changement", "sans changement")) "." }
                @if !releve.calmes.is_empty() { p class="secondaire" { "Sans changement : " (releve.calmes.iter().map(|personne| personne.nom_court.as_str()).collect::<Vec<_>>().join(", ")) "." } }
                form method="post" action="/releve/presenter" {
                    (cache("id", &vue.id))
                    (cache("fenetre", vue.fenetre))
                    (cache("debut", &vue.debut.as_microsecond().to_string()))
                    (boutons(&html! { (Bouton::envoyer("Terminer la présentation").principal().icone(Icone::Check)) }))
                }
                p class="secondaire" { "L'équipe qui arrive l'accepte ensuite depuis son propre compte, sur l'écran « Relève »." }
            }
        }
        (pied(vue, regard))
    }
}
