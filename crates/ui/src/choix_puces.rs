//! Radio or checkbox chips: one tap, several on a line.

use maud::{Markup, html};

use crate::champs::{Cadre, Choix, cadre};
use crate::icone::icone;

/// A choice shown as chips.
#[derive(Debug, Clone)]
pub struct ChoixPuces {
    cadre: Cadre,
    choix: Vec<Choix>,
    valeurs: Vec<String>,
    plusieurs: bool,
    envoi_direct: bool,
}

cadre!(ChoixPuces);

impl ChoixPuces {
    /// One choice among the chips (radio).
    pub fn un(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self {
            cadre: Cadre::new(nom.into(), libelle.into()),
            choix: Vec::new(),
            valeurs: Vec::new(),
            plusieurs: false,
            envoi_direct: false,
        }
    }

    /// Several choices (checkboxes).
    pub fn plusieurs(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self { plusieurs: true, ..Self::un(nom, libelle) }
    }

    /// Options, as `(value, label)` pairs or [`Choix`].
    #[must_use]
    pub fn choix<C: Into<Choix>>(mut self, choix: impl IntoIterator<Item = C>) -> Self {
        self.choix.extend(choix.into_iter().map(Into::into));
        self
    }

    /// Value chosen at opening; may be called several times.
    #[must_use]
    pub fn valeur(mut self, valeur: impl Into<String>) -> Self {
        self.valeurs.push(valeur.into());
        self
    }

    /// Sends the form as soon as the choice changes (filters).
    #[must_use]
    pub const fn envoi_direct(mut self) -> Self {
        self.envoi_direct = true;
        self
    }

    /// Draws the field.
    pub fn render(&self) -> Markup {
        let genre = if self.plusieurs { "checkbox" } else { "radio" };
        self.cadre.groupe(&html! {
            div class="choix" {
                @for c in &self.choix {
                    label class=(if c.danger { "choix-puce choix-puce--danger" } else { "choix-puce" }) {
                        input type=(genre) name=(self.cadre.nom) value=(c.valeur) checked[self.valeurs.contains(&c.valeur)] disabled[c.inactif]
                            required[self.cadre.requis && !self.plusieurs] data-envoi-direct[self.envoi_direct];
                        span { @if let Some(nom) = c.icone { (icone(nom)) } (c.libelle) }
                    }
                }
            }
        })
    }
}
