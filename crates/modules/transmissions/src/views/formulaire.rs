//! Writing a transmission: one resident, one theme, one sentence; the rest unfolds.

use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::boutons::{Bouton, boutons, boutons_collants};
use ui::champs::{self, Case, CasesACocher, Choix, Heure, Texte, ZoneTexte, cache, cote_a_cote, groupe_cadre};
use ui::choix_puces::ChoixPuces;

use super::visible_par;
use crate::themes::{self, Theme};

/// What the form shows.
pub(crate) struct Formulaire<'a> {
    /// Id of the record it creates.
    pub(crate) id: String,
    /// Persons who may be chosen: id, « BRUMELLE, Marguerite · ch. 214 ».
    pub(crate) residents: &'a [(UsagerId, String)],
    /// Persons chosen.
    pub(crate) choisis: &'a [UsagerId],
    /// The target it goes on, with its words.
    pub(crate) cible: Option<(String, String)>,
    /// What was typed.
    pub(crate) champs: &'a Champs,
    pub(crate) erreurs: &'a Erreurs,
    /// Profiles an instruction may be for.
    pub(crate) profils: &'a [(String, String)],
    /// A recent writing says nearly the same.
    pub(crate) semblable: Option<&'a Semblable>,
}

/// A recent writing which says nearly the same.
pub(crate) struct Semblable {
    pub(crate) phrase: String,
    pub(crate) texte: String,
    pub(crate) fil: String,
}

/// The chips of themes, with the one the words propose; read again alone while typing.
///
/// `propose` is what was last proposed: a theme chosen by hand is never replaced.
pub(crate) fn choix_theme(champs: &Champs, erreur: Option<&str>) -> Markup {
    let choisi = champs.texte("theme");
    let avant = champs.texte("propose");
    let libre = choisi.is_empty() || choisi == avant;
    let mots = format!("{}\n{}", champs.texte("donnees"), champs.texte("actions"));
    let propose = themes::proposer(&mots).map_or("", |theme| theme.code.as_str());
    let valeur = if libre && !propose.is_empty() { propose } else { choisi };
    let choix = themes::tous().iter().map(|theme| Choix::new(theme.code.clone(), theme.libelle.clone()).icone(theme.icone()));
    let aide = match themes::get(valeur).filter(|_| libre && !propose.is_empty()) {
        Some(theme) => format!("Proposé d'après vos mots : {}. Touchez un autre thème pour changer.", theme.libelle),
        None => "Sans choix, le thème est trouvé d'après vos mots.".to_owned(),
    };
    html! {
        div id="choix-theme" {
            (ChoixPuces::un("theme", "Cible").choix(choix).valeur(valeur).aide(aide).erreur(erreur).sans_mention())
            (cache("propose", if libre { propose } else { avant }))
        }
    }
}

fn residents(vue: &Formulaire<'_>) -> Markup {
    let nom = |usager: &UsagerId| vue.residents.iter().find(|(id, _)| id == usager).map_or("", |(_, nom)| nom.as_str());
    let autres: Vec<(String, String)> = vue.residents.iter().map(|(id, nom)| (id.to_string(), nom.clone())).collect();
    let liste = CasesACocher::new("resident", "Résidents")
        .choix(autres)
        .valeurs(vue.choisis.iter().map(ToString::to_string))
        .erreur(vue.erreurs.de("resident"))
        .sans_mention();
    match vue.choisis {
        [] => liste.render(),
        [seul] if vue.cible.is_some() || vue.residents.len() < 2 => html! { (cache("resident", &seul.to_string())) },
        choisis => html! {
            p { strong { (choisis.iter().map(nom).collect::<Vec<_>>().join(" · ")) } }
            details class="depliant" { summary { "Autre résident" } (liste) }
        },
    }
}

fn suites(champs: &Champs, erreurs: &Erreurs, ouverte: bool) -> Markup {
    let rempli = |noms: &[&str]| noms.iter().any(|nom| !champs.texte(nom).is_empty() || erreurs.de(nom).is_some());
    let revoir = [("", "Pas de date"), ("ce_soir", "Ce soir"), ("demain", "Demain"), ("le", "Le…")];
    html! {
        details class="depliant" open[rempli(&["actions"])] {
            summary { "Ce que j'ai fait" }
            (ZoneTexte::new("actions", "Actions").valeur(champs.texte("actions")).erreur(erreurs.de("actions")).lignes(2).sans_mention())
        }
        details class="depliant" open[ouverte || rempli(&["resultat", "a_revoir", "a_revoir_le"])] {
            summary { "Résultat, ou à revoir" }
            (ZoneTexte::new("resultat", "Résultat").valeur(champs.texte("resultat")).erreur(erreurs.de("resultat")).lignes(2).sans_mention()
                .aide("Laissez vide si vous l'attendez : la cible reste ouverte et revient à la relève."))
            (ChoixPuces::un("a_revoir", "À revoir").choix(revoir).valeur(champs.texte("a_revoir")).sans_mention())
            (champs::Date::new("a_revoir_le", "Le").valeur(champs.texte("a_revoir_le")).erreur(erreurs.de("a_revoir_le")).sans_mention())
        }
    }
}

fn consigne(vue: &Formulaire<'_>) -> Markup {
    let champs = vue.champs;
    let ouverte =
        ["consigne", "consigne_jusquau"].iter().any(|nom| !champs.texte(nom).is_empty() || vue.erreurs.de(nom).is_some());
    html! {
        details class="depliant" open[ouverte] {
            summary { "Donner une consigne" }
            (groupe_cadre("Consigne pour l'équipe", &html! {
                (Texte::new("consigne", "Ce qu'il faut faire").valeur(champs.texte("consigne")).erreur(vue.erreurs.de("consigne")).maximum(500).sans_mention())
                (champs::Date::new("consigne_jusquau", "Jusqu'au (inclus)").valeur(champs.texte("consigne_jusquau")).erreur(vue.erreurs.de("consigne_jusquau")).sans_mention())
                (ChoixPuces::plusieurs("consigne_pour", "Pour").choix(vue.profils.iter().cloned()).aide("Sans choix : toute l'équipe.").sans_mention())
            }))
        }
    }
}

fn heure(champs: &Champs, erreurs: &Erreurs) -> Markup {
    let ouverte = ["fait_heure", "fait_jour"].iter().any(|nom| !champs.texte(nom).is_empty() || erreurs.de(nom).is_some());
    html! {
        details class="depliant" open[ouverte] {
            summary { "Constaté à une autre heure" }
            (cote_a_cote(&html! {
                (Heure::new("fait_heure", "Heure").valeur(champs.texte("fait_heure")).erreur(erreurs.de("fait_heure")).sans_mention())
                (champs::Date::new("fait_jour", "Jour").valeur(champs.texte("fait_jour")).erreur(erreurs.de("fait_jour")).aide("Aujourd'hui si vide.").sans_mention())
            }))
        }
    }
}

/// Importance, as chips.
pub(crate) fn importance(champs: &Champs, erreur: Option<&str>) -> Markup {
    let choix = [
        Choix::new("info", "Info"),
        Choix::new("a_suivre", "À suivre"),
        Choix::new("alerte", "Alerte : prévenir l'IDE").danger(),
    ];
    let valeur = if champs.texte("importance").is_empty() { "info" } else { champs.texte("importance") };
    html! { (ChoixPuces::un("importance", "Importance").choix(choix).valeur(valeur).erreur(erreur).sans_mention()) }
}

fn rapprocher(semblable: &Semblable) -> Markup {
    let actions = html! {
        (boutons(&html! {
            (Bouton::envoyer("Ajouter à sa cible").valeur("joindre", semblable.fil.clone()).principal())
            (Bouton::envoyer("Enregistrer à part").valeur("force", "oui"))
        }))
    };
    html! { (Alerte::new(Nature::Attention, semblable.phrase.clone()).texte(format!("« {} »", semblable.texte)).actions(actions)) }
}

/// The whole form.
pub(crate) fn formulaire(vue: &Formulaire<'_>) -> Markup {
    let (champs, erreurs) = (vue.champs, vue.erreurs);
    let lien = ["lien_nature", "lien_id", "lien_libelle"];
    html! {
        (erreurs.resume())
        form class="formulaire" method="post" action="/transmissions/nouvelle" data-operation="transmission.creer" data-libelle="Transmission"
            data-phrase="Transmission enregistrée." data-suite="/tour/soins" {
            (cache("id", &vue.id))
            @for nom in lien { @if !champs.texte(nom).is_empty() { (cache(nom, champs.texte(nom))) } }
            @if let Some(semblable) = vue.semblable { (rapprocher(semblable)) }
            (residents(vue))
            @if let Some((fil, mots)) = &vue.cible {
                (cache("cible", fil))
                (Alerte::new(Nature::Info, "Suite d'une cible").texte(mots.clone()))
            }
            (ZoneTexte::new("donnees", "Ce que je vois ou entends").valeur(champs.texte("donnees")).erreur(erreurs.de("donnees")).lignes(3).maximum(4000).sans_mention())
            @if vue.cible.is_none() {
                div hx-post="/transmissions/theme" hx-trigger="input delay:500ms from:#donnees" hx-include="closest form" hx-target="#choix-theme" hx-swap="outerHTML" {
                    (choix_theme(champs, erreurs.de("theme")))
                }
            }
            (suites(champs, erreurs, vue.cible.is_some()))
            @if vue.cible.is_some() { (Case::new("clore", "La cible est close : il n'y a plus rien à suivre").cochee(champs.coche("clore"))) }
            (importance(champs, erreurs.de("importance")))
            (consigne(vue))
            (heure(champs, erreurs))
            @if let libelle @ [_, ..] = champs.texte("lien_libelle").as_bytes() { p class="secondaire" { "Avec : " (String::from_utf8_lossy(libelle)) } }
            (boutons_collants(&html! {
                (Bouton::envoyer("Enregistrer").principal().icone(Icone::Check))
                (Bouton::lien("Ne rien enregistrer", "/transmissions").discret())
            }))
            (visible_par())
        }
    }
}

/// The correction of a writing.
pub(crate) struct Correction<'a> {
    pub(crate) action: String,
    pub(crate) retour: String,
    pub(crate) version: i64,
    pub(crate) champs: &'a Champs,
    pub(crate) erreurs: &'a Erreurs,
}

/// The form which corrects.
pub(crate) fn correction(vue: &Correction<'_>) -> Markup {
    let (champs, erreurs) = (vue.champs, vue.erreurs);
    let themes =
        themes::tous().iter().map(|theme: &Theme| Choix::new(theme.code.clone(), theme.libelle.clone()).icone(theme.icone()));
    let zone = |nom: &str, libelle: &str| {
        ZoneTexte::new(nom, libelle)
            .valeur(champs.texte(nom))
            .erreur(erreurs.de(nom))
            .lignes(3)
            .sans_brouillon()
            .sans_mention()
            .render()
    };
    html! {
        (erreurs.resume())
        form class="formulaire" method="post" action=(vue.action) {
            (cache("version", &vue.version.to_string()))
            @if !champs.texte("cible").is_empty() { (cache("cible", champs.texte("cible"))) }
            (cache("id", champs.texte("id")))
            (ChoixPuces::un("theme", "Cible").choix(themes).valeur(champs.texte("theme")).erreur(erreurs.de("theme")).sans_mention())
            (zone("donnees", "Ce que je vois ou entends"))
            (zone("actions", "Ce que j'ai fait"))
            (zone("resultat", "Résultat"))
            (importance(champs, erreurs.de("importance")))
            (Texte::new("motif", "Pourquoi cette correction").valeur(champs.texte("motif")).erreur(erreurs.de("motif")).requis().maximum(300)
                .aide("Par exemple : mauvais résident, heure fausse, mot ambigu. L'écrit d'origine reste lisible, barré."))
            (boutons(&html! { (Bouton::envoyer("Corriger").principal()) (Bouton::lien("Ne rien changer", vue.retour.clone()).discret()) }))
        }
    }
}

/// A form which asks only for a reason.
pub(crate) fn motif_seul(action: &str, retour: &str, version: i64, verbe: &str, erreurs: &Erreurs) -> Markup {
    html! {
        (erreurs.resume())
        form class="formulaire" method="post" action=(action) {
            (cache("version", &version.to_string()))
            (Texte::new("motif", "Motif").erreur(erreurs.de("motif")).requis().maximum(300).aide("Il reste lisible à côté de l'écrit d'origine."))
            (boutons(&html! { (Bouton::envoyer(verbe).danger()) (Bouton::lien("Ne rien changer", retour).discret()) }))
        }
    }
}
