//! The thresholds of a person, against those of the house.

use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::store::Stored;
use platform::web::{Champs, Erreurs};
use ui::bloc::EntetePage;
use ui::boutons::{Bouton, boutons};
use ui::champs::{Nombre, Texte, cache, cote_a_cote, groupe_cadre};

use crate::model::Seuils;
use crate::referentiel::Grandeur;
use crate::seuils::SeuilsEnVigueur;

/// The form; what was typed wins over what stands.
pub(crate) fn formulaire_seuils(
    usager: UsagerId,
    maison: &SeuilsEnVigueur,
    champs: &Champs,
    erreurs: &Erreurs,
    lus: Option<&Stored<Seuils>>,
) -> Markup {
    let base = format!("/residents/{usager}/constantes");
    let motif =
        if erreurs.aucune() { lus.map(|lus| lus.motif.clone()).unwrap_or_default() } else { champs.texte("motif").to_owned() };
    let version = lus.map_or_else(|| champs.texte("version").to_owned(), |lus| lus.version.to_string());
    html! {
        (EntetePage::new("Seuils d'alerte").parent("Constantes", base.clone())
            .phrase("Une valeur en dessous du seuil bas, ou à partir du seuil haut, devient une alerte. Un champ vide n'alerte jamais."))
        (erreurs.resume())
        form class="formulaire" method="post" action=(format!("{base}/seuils")) {
            (cache("version", &version))
            @for grandeur in Grandeur::toutes() {
                @let en_vigueur = lus.and_then(|lus| lus.bornes.get(&grandeur.code).copied()).unwrap_or_else(|| maison.bornes(grandeur).0);
                @let unite = if grandeur.unite.is_empty() { String::new() } else { format!(" ({})", grandeur.unite) };
                (groupe_cadre(&format!("{}{unite}", grandeur.libelle), &cote_a_cote(&html! {
                    @for (fin, mot, valeur) in [("bas", "Alerte en dessous de", en_vigueur.bas), ("haut", "Alerte à partir de", en_vigueur.haut)] {
                        @let nom = format!("{}_{fin}", grandeur.code);
                        @let valeur = if erreurs.aucune() { valeur.map(|valeur| valeur.to_string()).unwrap_or_default() } else { champs.texte(&nom).to_owned() };
                        (Nombre::new(nom.clone(), mot).decimales().sans_mention().valeur(valeur).erreur(erreurs.de(&nom)))
                    }
                })))
            }
            (Texte::new("motif", "Pourquoi ces seuils").aide("Par exemple : BPCO, cible de saturation 88 à 92 %").valeur(motif).requis().erreur(erreurs.de("motif")))
            (boutons(&html! { (Bouton::envoyer("Enregistrer les seuils").principal()) (Bouton::lien("Ne rien changer", base).discret()) }))
        }
    }
}
