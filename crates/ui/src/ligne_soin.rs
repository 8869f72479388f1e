//! A planned care with its tick of 96×72 px: a tap means done, now.

use maud::{Markup, html};

use crate::icone::{Icone, grande, icone};
use crate::puces::{Etat, Puce};

/// Look of a tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EtatCoche {
    /// To do: empty square with the care's own icon.
    AFaire,
    /// Done.
    Fait,
    /// Still to do, late.
    EnRetard,
    /// Refused or not done.
    Refuse,
    /// Done, waiting to be sent.
    EnAttente,
    /// Cannot be ticked (no right, measure, stopped).
    Fermee,
}

impl EtatCoche {
    const fn apparence(self) -> (&'static str, Option<Icone>, &'static str) {
        match self {
            Self::AFaire => ("coche", None, "à faire"),
            Self::Fait => ("coche coche--fait", Some(Icone::Check), "fait"),
            Self::EnRetard => ("coche coche--retard", None, "en retard"),
            Self::Refuse => ("coche coche--refus", Some(Icone::Ban), "non fait"),
            Self::EnAttente => ("coche coche--fait coche--attente", Some(Icone::Check), "fait, en attente d’envoi"),
            Self::Fermee => ("coche", None, "non disponible"),
        }
    }
}

/// The tick alone: a submit button, inside a form of the caller or with its own address.
pub fn coche(etat: EtatCoche, signe: Icone, libelle: &str, action: Option<&str>) -> Markup {
    let (classe, marque, mot) = etat.apparence();
    html! {
        button type="submit" class=(classe) formaction=[action] formmethod=[action.map(|_| "post")] disabled[etat == EtatCoche::Fermee] data-coche {
            (grande(marque.unwrap_or(signe)))
            span class="lecteur" { (libelle) ", " (mot) }
        }
    }
}

/// A line of care: tick, name, how-to, state, menu.
#[derive(Debug, Clone)]
pub struct LigneSoin {
    id: String,
    nom: String,
    signe: Icone,
    etat: EtatCoche,
    detail: Option<String>,
    mention: Option<Puce>,
    action: String,
    champs: Markup,
    suite: Option<String>,
    saisie: Option<Markup>,
}

impl LigneSoin {
    /// A care; `action` receives the POST of the tick.
    pub fn new(id: impl Into<String>, nom: impl Into<String>, signe: Icone, etat: EtatCoche, action: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            nom: nom.into(),
            signe,
            etat,
            detail: None,
            mention: None,
            action: action.into(),
            champs: html! {},
            suite: None,
            saisie: None,
        }
    }

    /// How to do it for this person, never cut.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// State in words: « fait 08:51 · S. V. », « depuis hier ».
    #[must_use]
    pub fn mention(mut self, etat: Etat, mots: impl Into<String>) -> Self {
        self.mention = Some(Puce::new(etat, mots));
        self
    }

    /// Hidden fields of the tick: token, version.
    #[must_use]
    pub fn champs(mut self, champs: Markup) -> Self {
        self.champs = champs;
        self
    }

    /// Address of the sheet behind « ⋯ »: real hour, refusal, note.
    #[must_use]
    pub fn suite(mut self, href: impl Into<String>) -> Self {
        self.suite = Some(href.into());
        self
    }

    /// Field under the name instead of a simple tick: a measure.
    #[must_use]
    pub fn saisie(mut self, saisie: Markup) -> Self {
        self.saisie = Some(saisie);
        self
    }

    /// Draws the line.
    pub fn render(&self) -> Markup {
        html! {
            div class="ligne-soin" id=(self.id) data-ligne {
                form method="post" action=(self.action) { (self.champs) (coche(self.etat, self.signe, &self.nom, None)) }
                div class="ligne-soin-texte" {
                    p class="ligne-soin-nom" { (self.nom) }
                    @if let Some(detail) = &self.detail { p class="ligne-soin-detail" { (detail) } }
                    @if let Some(saisie) = &self.saisie { (saisie) }
                }
                div class="ligne-soin-etat" { @if let Some(mention) = &self.mention { (mention) } }
                @if let Some(href) = &self.suite {
                    a class="bouton bouton--discret bouton--icone" href=(href) { (icone(Icone::Ellipsis)) span class="lecteur" { "Préciser : " (self.nom) } }
                }
            }
        }
    }
}

rendu!(LigneSoin);
