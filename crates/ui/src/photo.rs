//! Photo of a person, or initials when there is none or no consent.

use maud::{Markup, html};

/// Size of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Taille {
    /// 36 px, round: users.
    Petite,
    /// 44 px: bed map.
    Lit,
    /// 56 px: cards and lists.
    #[default]
    Moyenne,
    /// 96 px: banner.
    Grande,
}

/// A photo or initials; decorative, the name is always next to it.
#[derive(Debug, Clone)]
pub struct Photo {
    initiales: String,
    source: Option<String>,
    taille: Taille,
}

impl Photo {
    /// Initials taken from a family name and a first name.
    pub fn new(nom: &str, prenom: &str) -> Self {
        let initiales: String = [prenom, nom].iter().filter_map(|mot| mot.chars().find(|c| c.is_alphabetic())).collect();
        Self { initiales: initiales.to_uppercase(), source: None, taille: Taille::default() }
    }

    /// Address of the photo, when the person agreed to it.
    #[must_use]
    pub fn source(mut self, source: Option<impl Into<String>>) -> Self {
        self.source = source.map(Into::into);
        self
    }

    /// Sets the size.
    #[must_use]
    pub const fn taille(mut self, taille: Taille) -> Self {
        self.taille = taille;
        self
    }

    /// Draws the photo.
    pub fn render(&self) -> Markup {
        let classe = match self.taille {
            Taille::Petite => "photo photo--petite",
            Taille::Lit => "photo photo--lit",
            Taille::Moyenne => "photo",
            Taille::Grande => "photo photo--grande",
        };
        html! {
            span class=(classe) aria-hidden="true" {
                @if let Some(source) = &self.source { img src=(source) alt="" loading="lazy" decoding="async"; }
                @else { (self.initiales) }
            }
        }
    }
}

rendu!(Photo);
