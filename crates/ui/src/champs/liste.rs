use maud::{Markup, html};

use super::{Cadre, Choix, cadre};

/// A drop-down list; prefer [`super::Radios`] or [`crate::choix_puces`] up to 7 options.
#[derive(Debug, Clone)]
pub struct Liste {
    cadre: Cadre,
    groupes: Vec<(Option<String>, Vec<Choix>)>,
    valeur: String,
    invite: Option<String>,
    envoi_direct: bool,
}

cadre!(Liste);

impl Liste {
    /// A drop-down list.
    pub fn new(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self {
            cadre: Cadre::new(nom.into(), libelle.into()),
            groupes: Vec::new(),
            valeur: String::new(),
            invite: None,
            envoi_direct: false,
        }
    }

    /// Options, as `(value, label)` pairs or [`Choix`].
    #[must_use]
    pub fn choix<C: Into<Choix>>(mut self, choix: impl IntoIterator<Item = C>) -> Self {
        self.groupes.push((None, choix.into_iter().map(Into::into).collect()));
        self
    }

    /// Options under a heading.
    #[must_use]
    pub fn groupe<C: Into<Choix>>(mut self, titre: impl Into<String>, choix: impl IntoIterator<Item = C>) -> Self {
        self.groupes.push((Some(titre.into()), choix.into_iter().map(Into::into).collect()));
        self
    }

    /// Value chosen at opening.
    #[must_use]
    pub fn valeur(mut self, valeur: impl Into<String>) -> Self {
        self.valeur = valeur.into();
        self
    }

    /// First line with an empty value: « Toutes les unités », « Choisir ».
    #[must_use]
    pub fn invite(mut self, invite: impl Into<String>) -> Self {
        self.invite = Some(invite.into());
        self
    }

    /// Sends the form as soon as the choice changes (filters); without script the button stays.
    #[must_use]
    pub const fn envoi_direct(mut self) -> Self {
        self.envoi_direct = true;
        self
    }

    fn options(&self, choix: &[Choix]) -> Markup {
        html! {
            @for c in choix { option value=(c.valeur) selected[c.valeur == self.valeur] disabled[c.inactif] { (c.libelle) } }
        }
    }

    /// Draws the field.
    pub fn render(&self) -> Markup {
        let cadre = &self.cadre;
        cadre.autour(&html! {
            select class="saisie" id=(cadre.nom) name=(cadre.nom) required[cadre.requis] data-envoi-direct[self.envoi_direct]
                aria-describedby=[cadre.decrit()] aria-invalid=[cadre.erreur.is_some().then_some("true")] {
                @if let Some(invite) = &self.invite { option value="" { (invite) } }
                @for (titre, choix) in &self.groupes {
                    @if let Some(titre) = titre { optgroup label=(titre) { (self.options(choix)) } }
                    @else { (self.options(choix)) }
                }
            }
        })
    }
}
