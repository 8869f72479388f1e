use maud::{Markup, html};

use crate::icone::{Icone, icone};
use crate::photo::{Photo, Taille};

/// Establishment, units and shift: shown top left everywhere, everything else filters on it.
#[derive(Debug, Clone, Default)]
pub struct Contexte {
    /// Name of the establishment.
    pub etablissement: String,
    /// Units worked on: « Volcans + Dômes ».
    pub unites: String,
    /// Shift: « matin ».
    pub poste: String,
}

/// The person at the screen.
#[derive(Debug, Clone, Default)]
pub struct Utilisateur {
    /// Stable identifier, used to keep drafts apart between users of a shared device.
    pub id: String,
    /// Family name.
    pub nom: String,
    /// First name.
    pub prenom: String,
    /// Profession in short: « IDE ».
    pub metier: String,
}

/// Colour theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Follows the system (the server may already have chosen by the shift).
    #[default]
    Auto,
    /// Day.
    Clair,
    /// Night.
    Nuit,
}

impl Theme {
    pub(super) const fn mot(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Clair => "clair",
            Self::Nuit => "nuit",
        }
    }
}

/// What a user set for their eyes and hands; stored on the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent checkboxes of the preferences screen")]
pub struct Apparence {
    /// Colour theme.
    pub theme: Theme,
    /// Text size in percent: 100, 115, 130 or 150.
    pub taille: u16,
    /// Reinforced contrast: borders of 3 px.
    pub contraste: bool,
    /// Larger ticks: « J'ai souvent des gants ».
    pub gants: bool,
    /// Action column on the left.
    pub gauche: bool,
    /// Single-letter shortcuts (WCAG 2.1.4); true by default.
    pub lettres: bool,
}

impl Default for Apparence {
    fn default() -> Self {
        Self { theme: Theme::Auto, taille: 100, contraste: false, gants: false, gauche: false, lettres: true }
    }
}

pub(super) fn ligne_contexte(contexte: &Contexte) -> Markup {
    html! {
        a class="contexte" href="/contexte" data-touche="u" {
            strong { (contexte.etablissement) }
            span class="lecteur" { ", unité " }
            @if !contexte.unites.is_empty() { (icone(Icone::ChevronRight)) span { (contexte.unites) } }
            @if !contexte.poste.is_empty() { (icone(Icone::ChevronRight)) span { (contexte.poste) } }
            span class="lecteur" { ", changer" }
        }
    }
}

pub(super) fn puce_utilisateur(utilisateur: &Utilisateur, jeton: Option<&str>) -> Markup {
    html! {
        details class="menu" {
            summary class="puce-utilisateur" {
                (Photo::new(&utilisateur.nom, &utilisateur.prenom).taille(Taille::Petite))
                span class="lecteur" { "Mon compte : " }
                span { (utilisateur.prenom) small { (utilisateur.metier) } }
            }
            div class="menu-corps" {
                p class="menu-titre" { (utilisateur.prenom) " " (utilisateur.nom) ", " (utilisateur.metier) }
                a href="/verrou" data-touche="l" { (icone(Icone::Lock)) "Verrouiller ou changer de personne" }
                a href="/mes-saisies" { (icone(Icone::CloudUpload)) "Mes saisies" }
                a href="/preferences" { (icone(Icone::Type)) "Texte, thème, raccourcis" }
                button type="button" data-theme-suivant { (icone(Icone::Contrast)) "Changer de thème" }
                button type="button" data-raccourcis { (icone(Icone::CircleHelp)) "Raccourcis du clavier" }
                hr;
                form method="post" action="/deconnexion" { @if let Some(jeton) = jeton { input type="hidden" name="jeton" value=(jeton); } button type="submit" { (icone(Icone::LogOut)) "Se déconnecter" } }
            }
        }
    }
}
