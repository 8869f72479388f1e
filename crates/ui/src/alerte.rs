//! Messages in the page: non-modal, each says why and what to do.

use maud::{Markup, html};

use crate::icone::{Icone, icone};

/// Nature of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Neutral information.
    Info,
    /// Something was done.
    Succes,
    /// To watch, to check.
    Attention,
    /// Danger for a person, or failure.
    Danger,
    /// Network: grey, never red (ux.md §2.4).
    Reseau,
}

impl Nature {
    const fn apparence(self) -> (&'static str, Icone) {
        match self {
            Self::Info => ("alerte", Icone::Info),
            Self::Succes => ("alerte alerte--succes", Icone::CircleCheck),
            Self::Attention => ("alerte alerte--attention", Icone::TriangleAlert),
            Self::Danger => ("alerte alerte--danger", Icone::OctagonAlert),
            Self::Reseau => ("alerte alerte--reseau", Icone::WifiOff),
        }
    }
}

/// A message in the page.
#[derive(Debug, Clone)]
pub struct Alerte {
    nature: Nature,
    titre: String,
    corps: Option<Markup>,
    actions: Option<Markup>,
    annonce: bool,
}

impl Alerte {
    /// A message; `titre` is one sentence.
    pub fn new(nature: Nature, titre: impl Into<String>) -> Self {
        Self { nature, titre: titre.into(), corps: None, actions: None, annonce: false }
    }

    /// Sentence under the title.
    #[must_use]
    pub fn texte(self, texte: impl Into<String>) -> Self {
        let texte = texte.into();
        self.corps(html! { p { (texte) } })
    }

    /// Free content under the title.
    #[must_use]
    pub fn corps(mut self, corps: Markup) -> Self {
        self.corps = Some(corps);
        self
    }

    /// Buttons under the text.
    #[must_use]
    pub fn actions(mut self, actions: Markup) -> Self {
        self.actions = Some(actions);
        self
    }

    /// Read at once by screen readers: for what appears after an act.
    #[must_use]
    pub const fn annonce(mut self) -> Self {
        self.annonce = true;
        self
    }

    /// Draws the message.
    pub fn render(&self) -> Markup {
        let (classe, signe) = self.nature.apparence();
        let role = if self.nature == Nature::Danger { "alert" } else { "status" };
        html! {
            div class=(classe) role=[self.annonce.then_some(role)] {
                (icone(signe))
                div class="alerte-corps" {
                    p class="alerte-titre" { (self.titre) }
                    @if let Some(corps) = &self.corps { (corps) }
                    @if let Some(actions) = &self.actions { div class="boutons" { (actions) } }
                }
            }
        }
    }
}

rendu!(Alerte);
