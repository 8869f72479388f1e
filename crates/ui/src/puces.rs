//! Status chips: a shape, an icon and a word; colour is never alone (ux.md §3.3).

use maud::{Markup, html};

use crate::icone::{Icone, icone};

/// What a chip says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Etat {
    /// To do: square outline.
    AFaire,
    /// Done: green with a tick.
    Fait,
    /// Late: amber with a clock.
    EnRetard,
    /// Refused or not given: violet hatch.
    Refuse,
    /// Danger or allergy: thick red border, octagon.
    Danger,
    /// To watch: amber triangle.
    ASurveiller,
    /// Waiting to be sent or decided: dashed border.
    EnAttente,
    /// Refused by the server, to be looked at again.
    ARevoir,
    /// Archived, deceased, gone: grey hatch.
    Archive,
    /// Neutral information.
    Info,
}

impl Etat {
    const fn apparence(self) -> (&'static str, Option<Icone>) {
        match self {
            // Its square is drawn by the style sheet: a round holds a thousand of them.
            Self::AFaire => ("puce puce--a-faire", None),
            Self::Fait => ("puce puce--fait", Some(Icone::Check)),
            Self::EnRetard => ("puce puce--retard", Some(Icone::ClockAlert)),
            Self::Refuse => ("puce puce--refus", Some(Icone::Ban)),
            Self::Danger => ("puce puce--danger", Some(Icone::OctagonAlert)),
            Self::ASurveiller => ("puce puce--surveiller", Some(Icone::TriangleAlert)),
            Self::EnAttente => ("puce puce--attente", Some(Icone::CloudUpload)),
            Self::ARevoir => ("puce puce--danger", Some(Icone::CircleX)),
            Self::Archive => ("puce puce--archive", Some(Icone::Archive)),
            Self::Info => ("puce puce--info", None),
        }
    }
}

/// A status chip.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Puce {
    etat: Option<Etat>,
    mot: String,
    icone: Option<Icone>,
    lien: Option<String>,
}

impl Puce {
    /// A chip: state and word (« fait 08:51 · S. V. »).
    pub fn new(etat: Etat, mot: impl Into<String>) -> Self {
        Self { etat: Some(etat), mot: mot.into(), icone: None, lien: None }
    }

    /// A chip without a state: a label.
    pub fn neutre(mot: impl Into<String>) -> Self {
        Self { etat: None, mot: mot.into(), icone: None, lien: None }
    }

    /// Icon instead of the state's own.
    #[must_use]
    pub const fn icone(mut self, icone: Icone) -> Self {
        self.icone = Some(icone);
        self
    }

    /// Makes the chip a link to its proof.
    #[must_use]
    pub fn lien(mut self, href: impl Into<String>) -> Self {
        self.lien = Some(href.into());
        self
    }

    /// Draws the chip.
    pub fn render(&self) -> Markup {
        let (classe, signe) = match (self.etat, self.icone) {
            (None, _) | (Some(Etat::AFaire), Some(_)) => ("puce", None),
            (Some(etat), _) => etat.apparence(),
        };
        let contenu = html! {
            @if let Some(nom) = self.icone.or(signe) { (icone(nom)) }
            (self.mot)
        };
        html! {
            @if let Some(href) = &self.lien { a class=(classe) href=(href) { (contenu) } }
            @else { span class=(classe) { (contenu) } }
        }
    }
}

rendu!(Puce);

/// A group of chips on one or several lines; nothing when empty.
pub fn puces(liste: &[Puce]) -> Markup {
    html! {
        @if !liste.is_empty() { ul class="puces" { @for puce in liste { li { (puce) } } } }
    }
}
