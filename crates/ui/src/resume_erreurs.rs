//! Summary of the errors of a form, at the top of the page, each a link to its field.

use maud::{Markup, html};

use crate::icone::{Icone, icone};

/// Error summary; takes the focus when the page opens.
#[derive(Debug, Clone, Default)]
pub struct ResumeErreurs {
    erreurs: Vec<(String, String)>,
}

impl ResumeErreurs {
    /// An empty summary: draws nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an error about the field `nom`; an empty `nom` is an error about the whole form.
    #[must_use]
    pub fn erreur(mut self, nom: impl Into<String>, message: impl Into<String>) -> Self {
        self.erreurs.push((nom.into(), message.into()));
        self
    }

    /// Draws the summary, or nothing without error.
    pub fn render(&self) -> Markup {
        let titre = match self.erreurs.len() {
            1 => "Une réponse est à corriger".to_owned(),
            nombre => format!("{nombre} réponses sont à corriger"),
        };
        html! {
            @if !self.erreurs.is_empty() {
                div class="resume-erreurs" role="alert" tabindex="-1" data-focus {
                    h2 { (icone(Icone::CircleX)) (titre) }
                    ul {
                        @for (nom, message) in &self.erreurs {
                            li { @if nom.is_empty() { (message) } @else { a href=(format!("#{nom}")) { (message) } } }
                        }
                    }
                }
            }
        }
    }
}

rendu!(ResumeErreurs);
