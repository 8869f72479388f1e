//! Tabs: links to real addresses, in a fixed order.

use maud::{Markup, html};

use crate::icone::{Icone, icone};

/// A row of tabs.
#[derive(Debug, Clone)]
pub struct Onglets {
    nom: String,
    courant: String,
    liens: Vec<(String, String, Option<Icone>, Option<u32>)>,
}

impl Onglets {
    /// `nom` is read by screen readers (« Dossier de Mme BRUMELLE »); `courant` is the address of the current tab.
    pub fn new(nom: impl Into<String>, courant: impl Into<String>) -> Self {
        Self { nom: nom.into(), courant: courant.into(), liens: Vec::new() }
    }

    /// Adds a tab.
    #[must_use]
    pub fn onglet(mut self, libelle: impl Into<String>, href: impl Into<String>) -> Self {
        self.liens.push((libelle.into(), href.into(), None, None));
        self
    }

    /// Gives an icon to the last tab.
    #[must_use]
    pub fn icone(mut self, nom: Icone) -> Self {
        if let Some(onglet) = self.liens.last_mut() {
            onglet.2 = Some(nom);
        }
        self
    }

    /// Gives a count to the last tab; 0 shows nothing.
    #[must_use]
    pub fn compteur(mut self, nombre: u32) -> Self {
        if let Some(onglet) = self.liens.last_mut() {
            onglet.3 = (nombre > 0).then_some(nombre);
        }
        self
    }

    /// Draws the tabs.
    pub fn render(&self) -> Markup {
        html! {
            nav class="onglets" aria-label=(self.nom) {
                @for (libelle, href, signe, nombre) in &self.liens {
                    a class="onglet" href=(href) aria-current=[(*href == self.courant).then_some("page")] {
                        @if let Some(signe) = signe { (icone(*signe)) }
                        (libelle)
                        @if let Some(nombre) = nombre { span class="compteur" { (nombre) } }
                    }
                }
            }
        }
    }
}

rendu!(Onglets);
