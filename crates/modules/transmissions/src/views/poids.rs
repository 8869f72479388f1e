//! The published weights of the digest, with their source.

use maud::{Markup, html};

use crate::releve::Poids;

/// The published weights.
pub(crate) fn poids() -> Markup {
    let poids = Poids::livres();
    let tableau = poids.genres.iter().fold(
        ui::tableau::Tableau::new("Poids de chaque événement")
            .colonne("Événement")
            .colonne_nombre("Points")
            .colonne("Dans l'essentiel"),
        |tableau, genre| {
            let essentiel = if genre.essentiel { "oui" } else { "" };
            tableau.ligne([html! { (genre.un) }, html! { (genre.points) }, html! { (essentiel) }])
        },
    );
    html! {
        p { (poids.source) }
        ol class="pile" {
            li { "La relève commence à votre dernier « Lu », par résident ou par unité ; sans lecture connue, elle montre les " (poids.fenetre.premiere_heures) " dernières heures." }
            li { "Ce qu'une tablette sans réseau envoie plus tard est nouveau au moment où il arrive, même s'il a été constaté avant." }
            li { "Les transmissions sont groupées par résident et par thème : le dernier résultat est montré, sinon la dernière observation. Les autres sont repliées et s'ouvrent toutes." }
            li { "Une cible dont le résultat est attendu depuis plus de " (poids.fenetre.cible_dormante_heures) " heures revient." }
            li { "Un résident vient d'autant plus haut que la somme de ses points est grande. Un événement perd " (poids.fraicheur.perte_par_jour) " % de ses points chaque jour, sans descendre sous " (poids.fraicheur.plancher) " %." }
            li { "Temps de lecture : " (poids.lecture.mots_par_minute) " mots à la minute et " (poids.lecture.secondes_par_evenement) " secondes par événement." }
        }
        (tableau)
    }
}
