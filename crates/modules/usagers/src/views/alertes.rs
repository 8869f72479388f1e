//! Allergies in their four states, chips with who and when, textures and transfers.

use jiff::tz::TimeZone;
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::store::Stored;
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::bloc::{Bloc, EntetePage, deux_volets};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Case, Liste, Nombre, Radios, Texte, cache, cote_a_cote, groupe_cadre};
use ui::liste::Fiche;
use ui::puces::{Etat, Puce};
use ui::vide::vide_bon;

use super::jour;
use crate::bandeau::allergies;
use crate::forms::LIGNES_LIBRES;
use crate::{Alertes, Allergies, SignalAlerte};

/// What the page shows.
pub(crate) struct Ecran<'a> {
    pub usager: UsagerId,
    pub lue: Option<&'a Stored<Alertes>>,
    pub auteur: String,
    pub champs: &'a Champs,
    pub erreurs: &'a Erreurs,
    pub peut: bool,
    pub fuseau: &'a TimeZone,
}

/// The page.
pub(crate) fn page(ecran: &Ecran<'_>) -> Markup {
    let phrase = ecran.lue.map(|lue| format!("Écrit par {}, {}", ecran.auteur, jour(lue.recorded, ecran.fuseau)));
    let principal = html! { @if ecran.peut { (formulaire(ecran)) } @else { (lecture(ecran)) } };
    let cote = html! { (Bloc::new("Alertes en cours", signaux(ecran)).icone(Icone::TriangleAlert)) };
    html! {
        (EntetePage::new("Allergies et alertes").phrase(phrase.unwrap_or_default()))
        (ecran.erreurs.resume())
        (deux_volets(&principal, &cote))
    }
}

fn lecture(ecran: &Ecran<'_>) -> Markup {
    let alertes = ecran.lue.map(|lue| &lue.value);
    let fiche = alertes.map_or_else(Fiche::new, |alertes| {
        Fiche::new()
            .ligne("Texture", alertes.texture.clone())
            .ligne("Boissons", alertes.boisson.clone())
            .ligne("Régime", alertes.regime.clone())
            .ligne("Transfert", alertes.transfert.clone())
            .ligne("GIR", alertes.gir.map(|gir| gir.to_string()).unwrap_or_default())
    });
    html! { (allergies(alertes)) (fiche) }
}

fn signaux(ecran: &Ecran<'_>) -> Markup {
    let poses = ecran.lue.map(|lue| lue.signaux.as_slice()).unwrap_or_default();
    let action = format!("/residents/{}/alertes/signal", ecran.usager);
    let version = ecran.lue.map_or(0, |lue| lue.version).to_string();
    let restants = SignalAlerte::CONNUS.iter().filter(|(code, ..)| !poses.iter().any(|signal| signal.code == *code));
    html! {
        @if poses.is_empty() { (vide_bon("Aucune alerte en cours.")) }
        @for signal in poses {
            div class="rangee" id=(signal.code) {
                span { (Puce::new(if signal.danger { Etat::Danger } else { Etat::ASurveiller }, signal.libelle.clone()))
                    br; small class="secondaire" { "noté par " (signal.note_par) ", " (jour(signal.depuis, ecran.fuseau)) } }
                @if ecran.peut {
                    form class="pousse" method="post" action=(action) {
                        (cache("version", &version)) (Bouton::envoyer("Lever").petit().discret().valeur("lever", signal.code.clone()).precision(signal.libelle.clone()))
                    }
                }
            }
        }
        @if ecran.peut {
            form class="formulaire" method="post" action=(action) {
                (cache("version", &version))
                (Liste::new("code", "Ajouter une alerte").invite("Choisir").choix(restants.map(|(code, libelle, _)| (*code, *libelle))).sans_mention())
                (boutons(&html! { (Bouton::envoyer("Ajouter")) }))
            }
        }
    }
}

fn formulaire(ecran: &Ecran<'_>) -> Markup {
    let (champs, erreurs) = (ecran.champs, ecran.erreurs);
    let texte =
        |nom: &str, libelle: &str| Texte::new(nom, libelle).valeur(champs.texte(nom)).erreur(erreurs.de(nom)).completion("off");
    let connues = ecran.lue.map_or(0, |lue| match &lue.allergies {
        Allergies::Connues { liste } => liste.len(),
        _ => 0,
    });
    let verifie = matches!(ecran.lue.map(|lue| &lue.allergies), Some(Allergies::Aucune { .. }));
    html! {
        form class="formulaire" method="post" action=(format!("/residents/{}/alertes", ecran.usager)) {
            (cache("version", champs.texte("version")))
            (Radios::new("allergies", "Allergies").choix([
                ("connues", "Allergie connue"), ("aucune", "Aucune allergie connue, vérifié aujourd'hui ou à la date déjà notée"),
                ("non_renseignees", "Allergies non renseignées : personne n'a encore demandé"), ("indisponible", "Information indisponible : demandé, personne ne sait"),
            ]).valeur(champs.texte("allergies")).erreur(erreurs.de("allergies")).requis())
            @if verifie { (Case::new("reverifie", "Je viens de vérifier de nouveau qu'aucune allergie n'est connue")) }
            details open[connues > 0 || !erreurs.aucune()] {
                summary { "Écrire les allergies connues" }
                div class="pile" { @for rang in 0..connues + LIGNES_LIBRES { (ligne_allergie(rang, champs, erreurs)) } }
            }
            (cote_a_cote(&html! {
                (texte("texture", "Texture des repas").maximum(60).aide("mixée, hachée, moulinée ; vide si normale").propositions(["mixée", "moulinée", "hachée"]))
                (texte("boisson", "Boissons").maximum(60).propositions(["eau gélifiée", "boissons épaissies"]))
                (texte("regime", "Régime").maximum(120).propositions(["sans sel", "diabétique", "enrichi", "sans porc", "végétarien"]))
                (Nombre::new("gir", "GIR").valeur(champs.texte("gir")).erreur(erreurs.de("gir")).aide("De la dernière évaluation validée, 1 à 6."))
            }))
            (texte("transfert", "Transferts et matériel").maximum(160).aide("à deux, lève-malade ; déambulateur"))
            (boutons(&html! { (Bouton::envoyer("Enregistrer les allergies et alertes").principal()) }))
        }
    }
}

fn ligne_allergie(rang: usize, champs: &Champs, erreurs: &Erreurs) -> Markup {
    let texte = |nom: &str, libelle: &str| {
        let nom = format!("{nom}-{rang}");
        Texte::new(nom.clone(), libelle).valeur(champs.texte(&nom)).erreur(erreurs.de(&nom)).completion("off")
    };
    groupe_cadre(
        &format!("Allergie {}", rang + 1),
        &cote_a_cote(&html! {
            (texte("agent", "Ce qui la provoque").maximum(80))
            (texte("reaction", "La réaction").maximum(80))
            (texte("annee", "Année").court().chiffres())
        }),
    )
}
