//! The feed of units and its search.

use std::collections::HashMap;

use jiff::civil::Date;
use kernel::dates::{date_longue, jour_local};
use kernel::id::{UniteId, UsagerId};
use maud::{Markup, html};
use platform::store::Stored;
use ui::Icone;
use ui::bloc::Bloc;
use ui::boutons::Bouton;
use ui::champs::{self, Liste, Texte};
use ui::filtres::Filtres;
use ui::vide::{vide_bon, vide_depart};

use super::ligne::{Options, ligne};
use super::{Regard, compte};
use crate::fil::{Adresse, Page};
use crate::lecture::PriseDeConnaissance;
use crate::model::{Importance, Transmission};
use crate::themes;

/// What the feed shows.
pub(crate) struct Fil<'a> {
    pub(crate) adresse: &'a Adresse,
    pub(crate) page: &'a Page,
    /// Name and room of the persons.
    pub(crate) noms: &'a HashMap<UsagerId, (String, String)>,
    pub(crate) prises: &'a [Stored<PriseDeConnaissance>],
    /// Words searched.
    pub(crate) mots: &'a [String],
    /// The live list.
    pub(crate) lane: String,
    pub(crate) peut_ecrire: bool,
    /// Account of the reader, whose alerts not yet noted get a button.
    pub(crate) compte: kernel::id::CompteId,
}

/// The filters.
pub(crate) fn filtres(adresse: &Adresse, unites: &[(UniteId, String)], residents: &[(UsagerId, String)]) -> Markup {
    let themes = themes::tous().iter().map(|theme| (theme.code.clone(), theme.libelle.clone()));
    let importances = Importance::TOUTES.iter().map(|(importance, code, _)| ((*code).to_owned(), majuscule(importance.mot())));
    let unites: Vec<(String, String)> = unites.iter().map(|(id, nom)| (id.to_string(), nom.clone())).collect();
    let residents: Vec<(String, String)> = residents.iter().map(|(id, nom)| (id.to_string(), nom.clone())).collect();
    let mut barre =
        Filtres::new("/transmissions").champ(Texte::new("q", "Mots cherchés").valeur(&adresse.q).sans_mention().render());
    if unites.len() > 1 {
        barre = barre.champ(
            Liste::new("unite", "Unité").invite("Toutes").choix(unites.clone()).valeur(&adresse.unite).sans_mention().render(),
        );
    }
    barre = barre
        .champ(
            Liste::new("resident", "Résident")
                .invite("Tous")
                .choix(residents.clone())
                .valeur(&adresse.resident)
                .sans_mention()
                .render(),
        )
        .champ(Liste::new("theme", "Thème").invite("Tous").choix(themes).valeur(&adresse.theme).sans_mention().render())
        .champ(
            Liste::new("importance", "Importance")
                .invite("Toutes")
                .choix(importances)
                .valeur(&adresse.importance)
                .sans_mention()
                .render(),
        )
        .champ(Texte::new("auteur", "Auteur").valeur(&adresse.auteur).sans_mention().render())
        .champ(champs::Date::new("du", "Du").valeur(&adresse.du).sans_mention().render())
        .champ(champs::Date::new("au", "Au").valeur(&adresse.au).sans_mention().render());
    for (nom, valeur) in adresse.champs().into_iter().filter(|(_, valeur)| !valeur.is_empty()) {
        let connu = unites.iter().chain(&residents).find(|(id, _)| id == valeur).map(|(_, nom)| nom.clone());
        let libelle = connu.unwrap_or_else(|| match nom {
            "theme" => themes::libelle(valeur).to_owned(),
            "importance" => majuscule(Importance::lire(valeur).map_or("", Importance::mot)),
            "du" | "au" => format!(
                "{nom} {}",
                kernel::dates::lire_date(valeur).map_or_else(|_| valeur.to_owned(), kernel::dates::date_courte)
            ),
            "q" => format!("« {valeur} »"),
            _ => valeur.to_owned(),
        });
        barre = barre.actif(libelle, adresse.vers("/transmissions", Some(nom)));
    }
    barre.render()
}

fn majuscule(mot: &str) -> String {
    let mut lettres = mot.chars();
    lettres.next().map_or_else(String::new, |premiere| premiere.to_uppercase().chain(lettres).collect())
}

fn par_jour<'a>(regard: &Regard<'_>, lignes: &'a [Stored<Transmission>]) -> Vec<(Date, Vec<&'a Stored<Transmission>>)> {
    let mut jours: Vec<(Date, Vec<&Stored<Transmission>>)> = Vec::new();
    for lue in lignes {
        let jour = jour_local(lue.fait_le, regard.fuseau());
        match jours.last_mut() {
            Some((dernier, groupe)) if *dernier == jour => groupe.push(lue),
            _ => jours.push((jour, vec![lue])),
        }
    }
    jours
}

fn options<'a>(vue: &Fil<'a>, lue: &'a Stored<Transmission>) -> Options<'a> {
    let prises: Vec<&PriseDeConnaissance> =
        vue.prises.iter().filter(|prise| prise.transmission == lue.id).map(|prise| &prise.value).collect();
    let a_noter =
        lue.importance == Importance::Alerte && lue.annule.is_none() && prises.iter().all(|prise| prise.compte != vue.compte);
    let actions = a_noter.then(|| {
        html! {
            form method="post" action=(format!("/residents/{}/transmissions/{}/connaissance", lue.usager, lue.id)) {
                (champs::cache("retour", "fil"))
                (Bouton::envoyer("J'en ai pris connaissance").petit().icone(Icone::Check))
            }
        }
    });
    let (nom, chambre) = vue.noms.get(&lue.usager).cloned().unwrap_or_default();
    Options { resident: Some((nom, chambre)), mots: vue.mots, prises, actions, lien: true, ..Options::default() }
}

/// The list itself: also read again alone when it moved.
pub(crate) fn liste(regard: &Regard<'_>, vue: &Fil<'_>) -> Markup {
    let lignes = &vue.page.lignes;
    let corps = html! {
        @if lignes.is_empty() { (rien(vue)) }
        @for (jour, groupe) in par_jour(regard, lignes) {
            h3 { (date_longue(jour)) }
            ol class="journal" role="list" { @for lue in groupe { (ligne(regard, lue, &options(vue, lue))) } }
        }
        @if let Some(suite) = &vue.page.suite {
            nav class="pagination" aria-label="Pages" {
                @let base = vue.adresse.vers("/transmissions", None);
                @let lien = if base.contains('?') { '&' } else { '?' };
                a rel="next" href=(format!("{base}{lien}avant={suite}")) { "Transmissions plus anciennes" }
            }
        }
    };
    let titre = if vue.adresse.q.is_empty() { "Transmissions" } else { "Résultats de la recherche" };
    let affichees = compte(u64::try_from(lignes.len()).unwrap_or(0), "affichée", "affichées");
    let bloc = Bloc::new(titre, corps).id("fil").icone(Icone::MessageSquare).mention(html! { (affichees) });
    let bloc = if vue.adresse.vivante() {
        bloc.suivre(vue.lane.clone(), vue.adresse.vers("/transmissions/fil", None), true)
    } else {
        bloc
    };
    html! { (bloc) }
}

fn rien(vue: &Fil<'_>) -> Markup {
    let filtree = vue.adresse.champs().iter().any(|(_, valeur)| !valeur.is_empty());
    if !vue.adresse.avant.is_empty() {
        return vide_bon("Il n'y a pas de transmission plus ancienne.");
    }
    if !vue.adresse.q.is_empty() {
        return html! { p class="vide" { "Aucune transmission ne contient tous ces mots. Essayez un seul mot, ou retirez un filtre." } };
    }
    if filtree {
        return html! { p class="vide" { "Aucune transmission ne correspond à ces filtres." } };
    }
    let ecrire = Bouton::lien("Écrire une transmission", "/transmissions/nouvelle").principal();
    vide_depart(Icone::MessageSquare, "Aucune transmission dans vos unités pour le moment.", vue.peut_ecrire.then_some(&ecrire))
}
