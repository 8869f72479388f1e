//! Filter bar: a GET form, so that every filter lives in the address.

use maud::{Markup, html};

use crate::boutons::Bouton;
use crate::icone::Icone;

/// A bar of filters.
#[derive(Debug, Clone)]
pub struct Filtres {
    action: String,
    champs: Vec<Markup>,
    seconds: Vec<Markup>,
    caches: Vec<(String, String)>,
    actifs: Vec<(String, String)>,
    total: Option<String>,
}

impl Filtres {
    /// A bar that sends its fields to `action`.
    pub fn new(action: impl Into<String>) -> Self {
        Self {
            action: action.into(),
            champs: Vec::new(),
            seconds: Vec::new(),
            caches: Vec::new(),
            actifs: Vec::new(),
            total: None,
        }
    }

    /// Adds a field of [`crate::champs`] (with `.sans_mention()`).
    #[must_use]
    pub fn champ(mut self, champ: Markup) -> Self {
        self.champs.push(champ);
        self
    }

    /// Adds a field used less often, folded under « Plus de filtres ».
    #[must_use]
    pub fn plus(mut self, champ: Markup) -> Self {
        self.seconds.push(champ);
        self
    }

    /// Keeps a parameter of the address.
    #[must_use]
    pub fn garde(mut self, nom: impl Into<String>, valeur: impl Into<String>) -> Self {
        self.caches.push((nom.into(), valeur.into()));
        self
    }

    /// Shows an active filter; `sans` is the address without it.
    #[must_use]
    pub fn actif(mut self, libelle: impl Into<String>, sans: impl Into<String>) -> Self {
        self.actifs.push((libelle.into(), sans.into()));
        self
    }

    /// Sentence counting the results: « 26 résidents ».
    #[must_use]
    pub fn total(mut self, total: impl Into<String>) -> Self {
        self.total = Some(total.into());
        self
    }

    /// Sentence counting the results, in agreement with their number: « 1 document », « 26 documents ».
    #[must_use]
    pub fn compte(self, nombre: usize, un: &str, plusieurs: &str) -> Self {
        self.total(format!("{nombre} {}", if nombre < 2 { un } else { plusieurs }))
    }

    /// Draws the bar.
    pub fn render(&self) -> Markup {
        html! {
            form class="filtres" method="get" action=(self.action) role="search" aria-label="Filtrer" {
                @for (nom, valeur) in &self.caches { input type="hidden" name=(nom) value=(valeur); }
                @for champ in &self.champs { (champ) }
                @if !self.seconds.is_empty() {
                    details class="filtres-plus" { summary { "Plus de filtres" } div class="filtres-seconds" { @for champ in &self.seconds { (champ) } } }
                }
                (Bouton::envoyer("Filtrer").icone(Icone::SlidersHorizontal))
            }
            @if self.total.is_some() || !self.actifs.is_empty() {
                div class="filtres-actifs" {
                    @if let Some(total) = &self.total { span class="filtres-total" role="status" { (total) } }
                    @for (libelle, sans) in &self.actifs {
                        (Bouton::lien(libelle.clone(), sans.clone()).petit().icone(Icone::X).precision("retirer ce filtre"))
                    }
                }
            }
        }
    }
}

rendu!(Filtres);
