//! What matters to the person.

use jiff::tz::TimeZone;
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::store::Stored;
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage, grille};
use ui::boutons::{Bouton, boutons};
use ui::champs::{ZoneTexte, cache};
use ui::vide::vide_depart;

use super::jour;
use crate::{ContenuVie, Habitudes, Usager};

/// A version with the name of its author.
#[derive(Debug)]
pub(crate) struct Signe {
    pub stored: Stored<Habitudes>,
    pub auteur: String,
}

/// The page.
pub(crate) fn page(qui: &Usager, versions: &[Signe], peut: bool, fuseau: &TimeZone) -> Markup {
    let adresse = format!("/residents/{}/vie/modifier", qui.id);
    let derniere = versions.last().filter(|version| !version.stored.contenu.est_vide());
    let action = Bouton::lien("Écrire le premier mot", adresse.clone()).principal();
    html! {
        (EntetePage::new(format!("Ce qui compte pour {}", qui.nom_parle()))
            .phrase(derniere.map(|version| format!("Écrit par {}, {}", version.auteur, jour(version.stored.recorded, fuseau))).unwrap_or_default())
            .actions(html! { @if peut && derniere.is_some() { (Bouton::lien("Modifier", adresse).principal().icone(Icone::Pencil)) } }))
        @match derniere {
            None => (vide_depart(Icone::Heart, &format!("Rien n'est encore noté : ses goûts, ses habitudes, ses mots. Commencez par une phrase de {}.", qui.nom_parle()), peut.then_some(&action))),
            Some(version) => (contenu(&version.stored.contenu)),
        }
        @if versions.len() > 1 { (anciennes(versions, fuseau)) }
    }
}

fn contenu(vie: &ContenuVie) -> Markup {
    let liste = |lignes: &[String]| html! { ul { @for ligne in lignes { li { (ligne) } } } };
    grille(&html! {
        @if !vie.parole.is_empty() { (Bloc::new("Ses mots", html! { blockquote { p { "« " (vie.parole) " »" } } }).icone(Icone::MessageSquare)) }
        @if !vie.habitudes.is_empty() { (Bloc::new("Ses habitudes et ses goûts", liste(&vie.habitudes)).icone(Icone::Heart)) }
        @if !vie.a_savoir.is_empty() { (Bloc::new("À savoir avant le soin", liste(&vie.a_savoir)).icone(Icone::Info)) }
        @if !vie.histoire.is_empty() { (Bloc::new("Son histoire", html! { @for paragraphe in vie.histoire.lines() { p { (paragraphe) } } }).icone(Icone::BookOpen)) }
    })
}

fn anciennes(versions: &[Signe], fuseau: &TimeZone) -> Markup {
    html! {
        details {
            summary { "Versions précédentes (" (versions.len() - 1) ")" }
            @for version in versions.iter().rev().skip(1) {
                section class="carte" {
                    p class="secondaire" { "Écrit par " (version.auteur) ", " (jour(version.stored.recorded, fuseau)) ", remplacé depuis" }
                    s { (contenu(&version.stored.contenu)) }
                }
            }
        }
    }
}

/// The form; `entre_temps` is what somebody else wrote since it was opened.
pub(crate) fn formulaire(
    usager: UsagerId,
    champs: &Champs,
    erreurs: &Erreurs,
    entre_temps: Option<&Stored<Habitudes>>,
) -> Markup {
    let base = format!("/residents/{usager}/vie");
    let zone = |nom: &str, libelle: &str| ZoneTexte::new(nom, libelle).valeur(champs.texte(nom)).erreur(erreurs.de(nom));
    let version = entre_temps.map_or_else(|| champs.texte("version").to_owned(), |lue| lue.version.to_string());
    html! {
        (EntetePage::new("Ce qui compte").parent("Vie", base.clone()))
        (erreurs.resume())
        @if let Some(lue) = entre_temps {
            (Alerte::new(Nature::Attention, "Quelqu'un d'autre a écrit entre-temps. Rien n'a été écrasé.")
                .texte("La version enregistrée est ci-dessous ; la vôtre est dans le formulaire. Reprenez ce qui manque, puis enregistrez.").annonce())
            (contenu(&lue.contenu))
        }
        form class="formulaire" method="post" action=(format!("{base}/modifier")) {
            (cache("version", &version))
            (zone("parole", "Ses mots").maximum(1000).aide("Entre guillemets à l'écran : « Je veux ma radio et mon châle. »"))
            (zone("habitudes", "Ses habitudes et ses goûts").maximum(4000).aide("Une par ligne : réveil, toilette, repas, sommeil, ce qui apaise."))
            (zone("a_savoir", "À savoir avant le soin").maximum(2000).aide("Une par ligne : appareil auditif à gauche, lunettes, peau fragile."))
            (zone("histoire", "Son histoire").maximum(4000).aide("Métier, famille, lieux : ce que la personne veut bien partager."))
            (boutons(&html! { (Bouton::envoyer("Enregistrer").principal()) (Bouton::lien("Annuler", base.clone()).discret()) }))
        }
    }
}
