//! Card of a resident in a round or a list.

use maud::{Markup, Render, html};

use crate::bandeau_resident::{Allergies, Identite};
use crate::photo::Taille;
use crate::puces::Puce;

/// A card: identity, essentials, chips, then lines of care or nothing.
#[derive(Debug, Clone)]
pub struct CarteResident {
    identite: Identite,
    essentiel: Vec<String>,
    allergies: Option<Allergies>,
    puces: Vec<Puce>,
    compte: Option<String>,
    corps: Option<Markup>,
    pied: Option<Markup>,
    formulaire: Option<(String, Markup)>,
    resident: String,
    close: bool,
}

impl CarteResident {
    /// A card.
    pub fn new(identite: Identite) -> Self {
        Self {
            identite,
            essentiel: Vec::new(),
            allergies: None,
            puces: Vec::new(),
            compte: None,
            corps: None,
            pied: None,
            formulaire: None,
            resident: String::new(),
            close: false,
        }
    }

    /// Adds an essential after room and age: « GIR 2 », « texture mixée ».
    #[must_use]
    pub fn essentiel(mut self, mots: impl Into<String>) -> Self {
        self.essentiel.push(mots.into());
        self
    }

    /// Shows the allergies; compulsory in rounds.
    #[must_use]
    pub fn allergies(mut self, allergies: Allergies) -> Self {
        self.allergies = Some(allergies);
        self
    }

    /// Adds an alert chip.
    #[must_use]
    pub fn puce(mut self, puce: Puce) -> Self {
        self.puces.push(puce);
        self
    }

    /// « 2/4 » on the right of the name.
    #[must_use]
    pub fn compte(mut self, compte: impl Into<String>) -> Self {
        self.compte = Some(compte.into());
        self
    }

    /// Lines of care or of drugs.
    #[must_use]
    pub fn corps(mut self, corps: Markup) -> Self {
        self.corps = Some(corps);
        self
    }

    /// Buttons of the card.
    #[must_use]
    pub fn pied(mut self, pied: Markup) -> Self {
        self.pied = Some(pied);
        self
    }

    /// Lines and buttons stand in one form: its address, its hidden fields.
    #[must_use]
    pub fn formulaire(mut self, action: impl Into<String>, caches: Markup) -> Self {
        self.formulaire = Some((action.into(), caches));
        self
    }

    /// Identifier of the person, for the bedside application.
    #[must_use]
    pub fn resident(mut self, id: impl Into<String>) -> Self {
        self.resident = id.into();
        self
    }

    /// Grey hatch: absent, gone or deceased; a chip says it in words.
    #[must_use]
    pub const fn close(mut self) -> Self {
        self.close = true;
        self
    }

    /// Draws the card.
    pub fn render(&self) -> Markup {
        self.dessiner(self.corps.as_ref().map(|corps| corps as &dyn Render))
    }

    /// Draws the card around lines which are written where they stand: a round holds a megabyte of them.
    pub fn autour(&self, lignes: &dyn Render) -> Markup {
        self.dessiner(Some(lignes))
    }

    fn dessiner(&self, corps: Option<&dyn Render>) -> Markup {
        let qui = &self.identite;
        html! {
            article class=(if self.close { "carte-resident carte-resident--clos" } else { "carte-resident" }) aria-label=(format!("{} {}", qui.prenom, qui.nom)) data-resident=(self.resident) {
                div class="carte-resident-tete" {
                    (qui.image(Taille::Moyenne))
                    div {
                        h2 class="carte-resident-nom" { a href=(qui.href) { (qui.nom_complet()) } }
                        ul class="traits" {
                            @if !qui.chambre.is_empty() { li { strong { "Ch.\u{a0}" (qui.chambre) } } }
                            @if !qui.naissance.is_empty() { li { (qui.age) "\u{a0}ans" } }
                            @for mots in &self.essentiel { li { (mots) } }
                        }
                    }
                    @if let Some(compte) = &self.compte { strong class="insecable" { (compte) } }
                    div class="puces" {
                        @if let Some(allergies) = &self.allergies { (allergies) }
                        @if let Some(puce) = qui.puce_homonyme() { (puce) }
                        @for puce in &self.puces { (puce) }
                    }
                }
                @if let Some((action, caches)) = &self.formulaire {
                    form method="post" action=(action) {
                        (caches)
                        @if let Some(corps) = corps { div class="carte-resident-corps" { (corps) } }
                        @if let Some(pied) = &self.pied { div class="carte-resident-pied" { (pied) } }
                    }
                } @else {
                    @if let Some(corps) = corps { div class="carte-resident-corps" { (corps) } }
                    @if let Some(pied) = &self.pied { div class="carte-resident-pied" { (pied) } }
                }
            }
        }
    }
}

rendu!(CarteResident);
