//! Life line: dated facts, latest first or story of a life.

use maud::{Markup, html};

/// A dated fact.
#[derive(Debug, Clone)]
pub struct Fait {
    date: String,
    titre: String,
    detail: Option<Markup>,
    classe: &'static str,
}

impl Fait {
    /// A fact with its date as shown.
    pub fn new(date: impl Into<String>, titre: impl Into<String>) -> Self {
        Self { date: date.into(), titre: titre.into(), detail: None, classe: "frise-fait" }
    }

    /// Free content under the title.
    #[must_use]
    pub fn detail(mut self, detail: Markup) -> Self {
        self.detail = Some(detail);
        self
    }

    /// A milestone: filled dot (arrival, return).
    #[must_use]
    pub const fn jalon(mut self) -> Self {
        self.classe = "frise-fait frise-fait--jalon";
        self
    }

    /// A dangerous fact: red diamond (fall, hospital).
    #[must_use]
    pub const fn danger(mut self) -> Self {
        self.classe = "frise-fait frise-fait--danger";
        self
    }
}

/// A life line.
pub fn frise(faits: &[Fait]) -> Markup {
    html! {
        ol class="frise" role="list" {
            @for fait in faits {
                li class=(fait.classe) {
                    p class="frise-date" { (fait.date) }
                    p class="frise-titre" { (fait.titre) }
                    @if let Some(detail) = &fait.detail { (detail) }
                }
            }
        }
    }
}
