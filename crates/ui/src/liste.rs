//! Lists of links and description lists.

use maud::{Markup, html};

use crate::icone::{Icone, icone};
use crate::puces::Puce;

/// One line of a [`Liste`].
#[derive(Debug, Clone)]
pub struct Ligne {
    titre: Markup,
    detail: Option<Markup>,
    href: Option<String>,
    signe: Option<Markup>,
    puces: Vec<Puce>,
    fin: Option<Markup>,
}

impl Ligne {
    /// A line with its main words.
    pub fn new(titre: impl Into<String>) -> Self {
        let titre = titre.into();
        Self { titre: html! { (titre) }, detail: None, href: None, signe: None, puces: Vec::new(), fin: None }
    }

    /// Smaller words under the title.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        self.detail = Some(html! { (detail) });
        self
    }

    /// Makes the whole line a link.
    #[must_use]
    pub fn lien(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// Icon at the start.
    #[must_use]
    pub fn icone(mut self, nom: Icone) -> Self {
        self.signe = Some(html! { (icone(nom)) });
        self
    }

    /// Photo at the start.
    #[must_use]
    pub fn photo(mut self, photo: &crate::photo::Photo) -> Self {
        self.signe = Some(photo.render());
        self
    }

    /// Adds a chip at the end.
    #[must_use]
    pub fn puce(mut self, puce: Puce) -> Self {
        self.puces.push(puce);
        self
    }

    /// Buttons at the end; only for a line that is not itself a link.
    #[must_use]
    pub fn actions(mut self, actions: Markup) -> Self {
        self.fin = Some(actions);
        self
    }

    fn contenu(&self) -> Markup {
        html! {
            @if let Some(signe) = &self.signe { (signe) }
            span class="liste-texte" {
                span class="liste-mots" {
                    span class="liste-titre" { (self.titre) }
                    @if let Some(detail) = &self.detail { span class="liste-detail" { (detail) } }
                }
                @if !self.puces.is_empty() { span class="puces" { @for puce in &self.puces { (puce) } } }
            }
            @if self.href.is_some() { (icone(Icone::ChevronRight)) }
        }
    }

    /// Draws the line.
    pub fn render(&self) -> Markup {
        html! {
            li {
                @if let Some(href) = &self.href { a class="liste-ligne" href=(href) { (self.contenu()) } }
                @else { div class="liste-ligne" { (self.contenu()) @if let Some(fin) = &self.fin { (fin) } } }
            }
        }
    }
}

rendu!(Ligne);

/// A list of lines.
pub fn liste(lignes: &[Ligne]) -> Markup {
    html! { ul class="liste" role="list" { @for ligne in lignes { (ligne) } } }
}

/// Names and values, such as an identity sheet.
#[derive(Debug, Clone, Default)]
pub struct Fiche {
    lignes: Vec<(String, Markup)>,
}

impl Fiche {
    /// An empty sheet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text; an empty text is shown as « non renseigné ».
    #[must_use]
    pub fn ligne(self, nom: impl Into<String>, valeur: impl Into<String>) -> Self {
        let valeur = valeur.into();
        let contenu = if valeur.is_empty() {
            html! { span class="secondaire" { "non renseigné" } }
        } else {
            html! { (valeur) }
        };
        self.riche(nom, contenu)
    }

    /// Adds free content.
    #[must_use]
    pub fn riche(mut self, nom: impl Into<String>, contenu: Markup) -> Self {
        self.lignes.push((nom.into(), contenu));
        self
    }

    /// Draws the sheet.
    pub fn render(&self) -> Markup {
        html! {
            dl class="fiche" {
                @for (nom, valeur) in &self.lignes { div class="fiche-ligne" { dt { (nom) } dd { (valeur) } } }
            }
        }
    }
}

rendu!(Fiche);
