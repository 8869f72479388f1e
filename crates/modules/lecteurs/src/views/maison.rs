//! The readings of a house's DLU, in words.

use jiff::tz::TimeZone;
use kernel::dates::date_heure;
use maud::{Markup, html};
use platform::acces::{LectureDlu, Moyen};
use platform::store::Stored;
use ui::bloc::EntetePage;
use ui::liste::{Ligne, liste};
use ui::vide::vide_bon;

use crate::motifs::libelle;

/// The page.
pub(crate) fn page(lectures: &[Stored<LectureDlu>], fuseau: &TimeZone, nom: impl Fn(&LectureDlu) -> Option<String>) -> Markup {
    let ligne = |lue: &Stored<LectureDlu>| {
        let moyen = if lue.moyen == Moyen::Lien { "par le lien de l'appel" } else { "par son identité" };
        let precision = if lue.precision.is_empty() { String::new() } else { format!(" : {}", lue.precision) };
        let (de, a) = (date_heure(lue.ouverte_le, fuseau), date_heure(lue.expire_le, fuseau));
        Ligne::new(format!("{}, {}", nom(lue).unwrap_or_else(|| "Personne hors de vos droits".into()), lue.nom))
            .detail(format!("{de}, {moyen}, jusqu'au {a}. {}{precision}", libelle(&lue.motif)))
            .lien(format!("/residents/{}/dlu/liens", lue.usager))
    };
    let lignes: Vec<Ligne> = lectures.iter().map(ligne).collect();
    html! {
        (EntetePage::new("Lectures de DLU").phrase("Sur 31 jours : qui, hors de la maison, a ouvert le document de liaison d'urgence d'un résident par un compte de lecteur."))
        @if lignes.is_empty() { (vide_bon("Aucune lecture.")) } @else { (liste(&lignes)) }
    }
}
