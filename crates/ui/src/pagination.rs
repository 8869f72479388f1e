//! Links to the pages of a long list.

use maud::{Markup, html};

use crate::icone::{Icone, icone};

/// Links to the pages of a list; draws nothing for a single page.
#[derive(Debug, Clone)]
pub struct Pagination {
    courante: u32,
    derniere: u32,
    base: String,
}

impl Pagination {
    /// Pages are numbered from 1; `base` is the address to which the number is appended
    /// (`/transmissions?unite=volcans&page=`).
    pub fn new(courante: u32, derniere: u32, base: impl Into<String>) -> Self {
        Self { courante: courante.clamp(1, derniere.max(1)), derniere, base: base.into() }
    }

    fn numeros(&self) -> Vec<u32> {
        let voisins = self.courante.saturating_sub(1)..=self.courante + 1;
        let mut numeros: Vec<u32> = voisins.filter(|n| (1..=self.derniere).contains(n)).collect();
        numeros.extend([1, self.derniere]);
        numeros.sort_unstable();
        numeros.dedup();
        numeros
    }

    /// Draws the links.
    pub fn render(&self) -> Markup {
        if self.derniere < 2 {
            return html! {};
        }
        let lien = |page: u32| format!("{}{page}", self.base);
        let numeros = self.numeros();
        html! {
            nav class="pagination" aria-label="Pages" {
                @if self.courante > 1 { a href=(lien(self.courante - 1)) rel="prev" { (icone(Icone::ChevronLeft)) span { "Précédente" } } }
                @for (rang, numero) in numeros.iter().enumerate() {
                    @if rang > 0 && numeros.get(rang - 1).is_some_and(|avant| avant + 1 < *numero) { span aria-hidden="true" { "…" } }
                    a href=(lien(*numero)) aria-current=[(*numero == self.courante).then_some("page")] { span class="lecteur" { "Page " } (numero) }
                }
                @if self.courante < self.derniere { a href=(lien(self.courante + 1)) rel="next" { span { "Suivante" } (icone(Icone::ChevronRight)) } }
            }
        }
    }
}

rendu!(Pagination);
