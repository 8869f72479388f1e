use maud::{Markup, html};

use super::{Cadre, Choix, cadre};

/// One choice among a few, one a line.
#[derive(Debug, Clone)]
pub struct Radios {
    cadre: Cadre,
    choix: Vec<Choix>,
    valeur: String,
}

cadre!(Radios);

impl Radios {
    /// Radio buttons, one a line.
    pub fn new(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self { cadre: Cadre::new(nom.into(), libelle.into()), choix: Vec::new(), valeur: String::new() }
    }

    /// Options, as `(value, label)` pairs or [`Choix`].
    #[must_use]
    pub fn choix<C: Into<Choix>>(mut self, choix: impl IntoIterator<Item = C>) -> Self {
        self.choix.extend(choix.into_iter().map(Into::into));
        self
    }

    /// Value chosen at opening; none by default.
    #[must_use]
    pub fn valeur(mut self, valeur: impl Into<String>) -> Self {
        self.valeur = valeur.into();
        self
    }

    /// Draws the field.
    pub fn render(&self) -> Markup {
        self.cadre.groupe(&html! {
            div class="cases" {
                @for c in &self.choix {
                    label class="case" {
                        input type="radio" name=(self.cadre.nom) value=(c.valeur) checked[c.valeur == self.valeur] disabled[c.inactif] required[self.cadre.requis];
                        span class="case-texte" { (c.libelle) @if let Some(detail) = &c.detail { small { (detail) } } }
                    }
                }
            }
        })
    }
}
