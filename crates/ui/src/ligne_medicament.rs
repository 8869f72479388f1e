//! A drug to give: DCI in bold, BRAND in capitals, dose in bold, attributes separated by dashes.

use maud::{Markup, html};

use crate::puces::{Puce, puces};

/// A line of drug; a dose never wraps apart from its unit.
#[derive(Debug, Clone)]
pub struct LigneMedicament {
    dci: String,
    marque: String,
    dose: String,
    attributs: Vec<String>,
    detail: Option<String>,
    puces: Vec<Puce>,
    action: Markup,
    risque: bool,
    arrete: bool,
}

impl LigneMedicament {
    /// A drug; `dose` holds no-break spaces (« 1\u{a0}g »), `action` is the tick or the button on the right.
    pub fn new(dci: impl Into<String>, marque: impl Into<String>, dose: impl Into<String>, action: Markup) -> Self {
        Self {
            dci: dci.into(),
            marque: marque.into(),
            dose: dose.into(),
            attributs: Vec::new(),
            detail: None,
            puces: Vec::new(),
            action,
            risque: false,
            arrete: false,
        }
    }

    /// Adds form, route or hour.
    #[must_use]
    pub fn attribut(mut self, mots: impl Into<String>) -> Self {
        self.attributs.push(mots.into());
        self
    }

    /// Last dose, indication, substitution.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Adds a chip: do not crush, look-alike name.
    #[must_use]
    pub fn puce(mut self, puce: Puce) -> Self {
        self.puces.push(puce);
        self
    }

    /// High-risk drug, confirmed alone.
    #[must_use]
    pub const fn risque(mut self) -> Self {
        self.risque = true;
        self
    }

    /// Stopped while on screen: struck through, still readable.
    #[must_use]
    pub const fn arrete(mut self) -> Self {
        self.arrete = true;
        self
    }

    /// Draws the line.
    pub fn render(&self) -> Markup {
        let mut classe = "ligne-medicament".to_owned();
        if self.risque {
            classe.push_str(" ligne-medicament--risque");
        }
        if self.arrete {
            classe.push_str(" medicament--arrete");
        }
        html! {
            div class=(classe) data-ligne {
                div class="pile pile--serree" {
                    p class="medicament-nom" { strong { (self.dci) } " " span class="medicament-marque" { (self.marque) } }
                    p class="medicament-dose" {
                        strong class="insecable" { (self.dose) }
                        @for mots in &self.attributs { " — " span { (mots) } }
                    }
                    @if let Some(detail) = &self.detail { p class="secondaire" { (detail) } }
                    (puces(&self.puces))
                }
                (self.action)
            }
        }
    }
}

rendu!(LigneMedicament);
