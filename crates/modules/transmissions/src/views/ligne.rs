//! One transmission on a screen: hour, signature, chips, D A R, what it points to, its reasons when struck through.

use kernel::texte::extrait;
use maud::{Markup, html};
use platform::store::Stored;
use ui::puces::{Etat, Puce, puces};

use super::{Regard, puce_theme};
use crate::lecture::PriseDeConnaissance;
use crate::model::{EtatCible, Importance, Transmission};

/// Characters of an extract.
const LARGEUR: usize = 260;

/// What a line shows besides the writing itself.
#[derive(Default)]
pub(crate) struct Options<'a> {
    /// The resident, where lines of several are mixed.
    pub(crate) resident: Option<(String, String)>,
    /// Words searched: extracts are shown, hits marked.
    pub(crate) mots: &'a [String],
    /// Who took note of the alert.
    pub(crate) prises: Vec<&'a PriseDeConnaissance>,
    /// Buttons.
    pub(crate) actions: Option<Markup>,
    /// The theme is said elsewhere.
    pub(crate) sans_theme: bool,
    /// The day is said with the hour.
    pub(crate) avec_jour: bool,
    /// Link to its page, with its versions.
    pub(crate) lien: bool,
}

fn chips(regard: &Regard<'_>, une: &Transmission, options: &Options<'_>) -> Vec<Puce> {
    let mut chips = Vec::new();
    if !options.sans_theme {
        chips.push(puce_theme(&une.theme));
    }
    match une.importance {
        Importance::Alerte => chips.push(Puce::new(Etat::Danger, "alerte")),
        Importance::ASuivre => chips.push(Puce::new(Etat::ASurveiller, "à suivre")),
        Importance::Info => {}
    }
    if une.etat == EtatCible::Close {
        chips.push(Puce::new(Etat::Fait, "cible close"));
    }
    if let Some(le) = une.a_revoir.filter(|_| une.resultat.is_none()) {
        chips.push(Puce::new(Etat::EnAttente, format!("à revoir {}", regard.echeance(le))).icone(ui::Icone::Clock));
    }
    if une.theme_propose {
        chips.push(Puce::neutre("thème proposé d'après les mots").icone(ui::Icone::CircleHelp));
    }
    chips
}

fn marquer(texte: &str, mots: &[String]) -> Markup {
    if mots.is_empty() {
        return html! { (texte) };
    }
    html! { @for morceau in extrait(texte, mots, LARGEUR) { @if morceau.trouve { mark { (morceau.texte) } } @else { (morceau.texte) } } }
}

fn dar(une: &Transmission, mots: &[String]) -> Markup {
    let lignes = [("D", "Données", &une.donnees), ("A", "Actions", &une.actions), ("R", "Résultat", &une.resultat)];
    let seules = une.actions.is_none() && une.resultat.is_none();
    html! {
        @if let (true, Some(donnees)) = (seules, &une.donnees) {
            p class="journal-texte" { (marquer(donnees, mots)) }
        } @else {
            dl class="dar journal-texte" {
                @for (lettre, mot, texte) in lignes {
                    @if let Some(texte) = texte { dt { abbr title=(mot) { (lettre) } } dd { (marquer(texte, mots)) } }
                }
            }
        }
    }
}

fn href(une: &Transmission, nature: &str, id: uuid::Uuid) -> String {
    let base = format!("/residents/{}", une.usager);
    match nature {
        "soin" => format!("{base}/soins"),
        "constante" => format!("{base}/constantes"),
        "document" => format!("{base}/documents"),
        _ => format!("{base}/transmissions/{id}"),
    }
}

fn pieces(regard: &Regard<'_>, une: &Transmission) -> Markup {
    html! {
        @if let Some(consigne) = &une.consigne {
            p { strong { "Consigne " } "jusqu'au " (kernel::dates::date_courte(consigne.jusquau))
                @if !consigne.pour.is_empty() { ", pour " (consigne.pour.iter().map(|code| regard.court(code)).collect::<Vec<_>>().join(", ")) }
                " : " (consigne.texte.as_str()) }
        }
        @if !une.liens.is_empty() {
            p class="secondaire" { "Avec : " @for (rang, lien) in une.liens.iter().enumerate() { @if rang > 0 { ", " } a href=(href(une, &lien.nature, lien.id)) { (lien.libelle) } } }
        }
        @if let Some(trace) = &une.annule {
            p class="secondaire" { "Annulée par " (trace.par) ", " (regard.quand(trace.le)) " : " (trace.motif.as_str()) }
        } @else if let Some(trace) = &une.corrige {
            p class="secondaire" { "Corrigée par " (trace.par) ", " (regard.quand(trace.le)) " : " (trace.motif.as_str()) "." }
        }
    }
}

fn vues(regard: &Regard<'_>, une: &Transmission, prises: &[&PriseDeConnaissance]) -> Markup {
    let noms: Vec<String> = prises
        .iter()
        .map(|prise| format!("{} ({}) {}", prise.nom, regard.court(&prise.profil), regard.quand(prise.le)))
        .collect();
    html! {
        @if une.importance == Importance::Alerte && une.annule.is_none() {
            p class="secondaire" { @if noms.is_empty() { "Personne n'a encore pris connaissance de cette alerte." } @else { "Vue par " (noms.join(", ")) "." } }
        }
    }
}

/// Draws a transmission.
pub(crate) fn ligne(regard: &Regard<'_>, une: &Transmission, options: &Options<'_>) -> Markup {
    let classe = if une.annule.is_some() { "journal-ligne journal-ligne--annulee" } else { "journal-ligne" };
    let heure = if options.avec_jour { regard.quand(une.fait_le) } else { regard.heure(une.fait_le) };
    html! {
        li class=(classe) id=(format!("t-{}", une.id)) {
            span class="journal-heure" { (heure) }
            div {
                div class="journal-tete" {
                    @if let Some((nom, chambre)) = &options.resident {
                        a href=(format!("/residents/{}/transmissions", une.usager)) data-resident { strong { (nom) } }
                        @if !chambre.is_empty() { span class="secondaire insecable" { "ch. " (chambre) } }
                    }
                    (puces(&chips(regard, une, options)))
                    span class="journal-auteur" { (regard.signature(une)) }
                }
                (dar(une, options.mots))
                (pieces(regard, une))
                (vues(regard, une, &options.prises))
                @if options.actions.is_some() || options.lien {
                    div class="boutons" {
                        @if let Some(actions) = &options.actions { (actions) }
                        @if options.lien { a class="bouton bouton--discret bouton--petit sans-impression" href=(format!("/residents/{}/transmissions/{}", une.usager, une.id)) { "Détail" span class="lecteur" { " de la transmission de " (heure) } } }
                    }
                }
            }
        }
    }
}

/// Draws the versions of a transmission which are no longer current, newest first, struck through.
pub(crate) fn versions(regard: &Regard<'_>, anciennes: &[Stored<Transmission>]) -> Markup {
    html! {
        ol class="journal" role="list" {
            @for ancienne in anciennes.iter().rev() {
                li class="journal-ligne journal-ligne--annulee" {
                    span class="journal-heure" { "v" (ancienne.version) }
                    div {
                        div class="journal-tete" { (puces(&chips(regard, ancienne, &Options::default()))) span class="journal-auteur" { (regard.signature(ancienne)) } }
                        (dar(ancienne, &[]))
                        p class="secondaire" { "Remplacée : version enregistrée " (regard.quand(ancienne.recorded)) "." }
                    }
                }
            }
        }
    }
}
