//! Results of a search.

use maud::{Markup, html};
use ui::bloc::EntetePage;
use ui::icone::Icone;
use ui::liste::{Ligne as LigneListe, liste};
use ui::photo::Taille;
use ui::puces::Puce;
use ui::vide::vide_bon;

use crate::annuaire::{Ligne, compte};
use crate::bandeau::accorder;

/// What the page shows.
pub(crate) struct Ecran<'a> {
    pub q: &'a str,
    pub lignes: &'a [&'a Ligne],
    pub ecrans: Vec<(&'static str, &'static str)>,
}

/// Draws the results.
pub(crate) fn dessiner(ecran: &Ecran<'_>) -> Markup {
    let phrase = if ecran.q.is_empty() {
        "Écrivez un nom, un nom de naissance, un numéro de chambre ou le nom d'un écran.".to_owned()
    } else {
        format!("« {} » · {}", ecran.q, compte(ecran.lignes.len(), "personne", "personnes"))
    };
    html! {
        (EntetePage::new("Recherche").phrase(phrase))
        @if !ecran.lignes.is_empty() { (liste(&ecran.lignes.iter().map(|ligne| personne(ligne)).collect::<Vec<_>>())) }
        @if !ecran.ecrans.is_empty() {
            h2 { "Écrans" }
            (liste(&ecran.ecrans.iter().map(|(libelle, href)| LigneListe::new(*libelle).lien(*href).icone(Icone::ArrowRight)).collect::<Vec<_>>()))
        }
        @if ecran.lignes.is_empty() && ecran.ecrans.is_empty() && !ecran.q.is_empty() {
            (vide_bon("Aucune personne de vos unités et aucun écran ne répond. Vérifiez l'orthographe, ou essayez le numéro de chambre."))
        }
    }
}

fn personne(ligne: &Ligne) -> LigneListe {
    let qui = &ligne.identite;
    let naissance =
        if qui.naissance.is_empty() { String::new() } else { format!(" · {} · {}\u{a0}ans", qui.naissance, qui.age) };
    let de_naissance = ligne.nom_naissance.as_ref().map(|nom| format!(" · nom de naissance {nom}")).unwrap_or_default();
    let chambre = if qui.chambre.is_empty() { "sans chambre".to_owned() } else { format!("ch.\u{a0}{}", qui.chambre) };
    let mut sortie = LigneListe::new(format!("{}, {} ({})", qui.nom, qui.prenom, qui.civilite))
        .detail(format!("{chambre}{naissance}{de_naissance}"))
        .lien(&qui.href)
        .photo(&qui.image(Taille::Moyenne));
    if let Some(puce) = qui.puce_homonyme() {
        sortie = sortie.puce(puce);
    }
    if !ligne.resident.est_present() {
        sortie = sortie.puce(Puce::neutre(accorder(ligne.resident.usager.civilite, ligne.etat())));
    }
    sortie
}
