use maud::{Markup, html};

use super::{Cadre, Choix, cadre};

/// Several choices, one a line.
#[derive(Debug, Clone)]
pub struct CasesACocher {
    cadre: Cadre,
    choix: Vec<Choix>,
    valeurs: Vec<String>,
}

/// Beyond this, a list is filtered rather than scrolled.
const LISTE_LONGUE: usize = 12;

cadre!(CasesACocher);

impl CasesACocher {
    /// A list of checkboxes sharing the name `nom`.
    pub fn new(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self { cadre: Cadre::new(nom.into(), libelle.into()), choix: Vec::new(), valeurs: Vec::new() }
    }

    /// Options, as `(value, label)` pairs or [`Choix`].
    #[must_use]
    pub fn choix<C: Into<Choix>>(mut self, choix: impl IntoIterator<Item = C>) -> Self {
        self.choix.extend(choix.into_iter().map(Into::into));
        self
    }

    /// Values ticked at opening.
    #[must_use]
    pub fn valeurs<V: Into<String>>(mut self, valeurs: impl IntoIterator<Item = V>) -> Self {
        self.valeurs = valeurs.into_iter().map(Into::into).collect();
        self
    }

    /// Draws the field; a long list stays short on the screen and is filtered by a few letters.
    pub fn render(&self) -> Markup {
        let longue = self.choix.len() > LISTE_LONGUE;
        let id = format!("cases-{}", self.cadre.nom);
        self.cadre.groupe(&html! {
            @if longue {
                input class="saisie" type="search" data-filtre=(format!("#{id}")) aria-label=(format!("Filtrer : {}", self.cadre.libelle))
                    placeholder="Quelques lettres" autocomplete="off";
            }
            div id=(id) class=(if longue { "cases cases--longues" } else { "cases" }) {
                @for c in &self.choix {
                    label class="case" data-cherche=[longue.then_some(&c.libelle)] {
                        input type="checkbox" name=(self.cadre.nom) value=(c.valeur) checked[self.valeurs.contains(&c.valeur)] disabled[c.inactif];
                        span class="case-texte" { (c.libelle) @if let Some(detail) = &c.detail { small { (detail) } } }
                    }
                }
            }
        })
    }
}

/// One checkbox, whose value is `oui`.
#[derive(Debug, Clone)]
pub struct Case {
    cadre: Cadre,
    cochee: bool,
}

cadre!(Case);

impl Case {
    /// A single checkbox.
    pub fn new(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self { cadre: Cadre::new(nom.into(), libelle.into()), cochee: false }
    }

    /// Ticked at opening.
    #[must_use]
    pub const fn cochee(mut self, cochee: bool) -> Self {
        self.cochee = cochee;
        self
    }

    /// Draws the field.
    pub fn render(&self) -> Markup {
        let cadre = &self.cadre;
        html! {
            div class=(cadre.classe()) {
                label class="case" for=(cadre.nom) {
                    input type="checkbox" id=(cadre.nom) name=(cadre.nom) value="oui" checked[self.cochee] required[cadre.requis]
                        aria-describedby=[cadre.decrit()] aria-invalid=[cadre.erreur.is_some().then_some("true")];
                    span class="case-texte" { (cadre.libelle) }
                }
                (cadre.notes())
            }
        }
    }
}
