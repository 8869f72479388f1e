//! Form fields: label, hint, error and control, always in that order and tied together for assistive tools.
//!
//! The `id` of a control is its `name`: `a href="#nom"` of an error summary reaches it.

mod cases;
mod liste;
mod natifs;
mod radios;
mod texte;

use maud::{Markup, html};

pub use cases::{Case, CasesACocher};
pub use liste::Liste;
pub use natifs::{Date, Heure, Nombre};
pub use radios::Radios;
pub use texte::{Texte, ZoneTexte};

use crate::icone::{Icone, icone};

/// What every field shows around its control.
#[derive(Debug, Clone)]
pub(crate) struct Cadre {
    pub(crate) nom: String,
    pub(crate) libelle: String,
    pub(crate) aide: Option<String>,
    pub(crate) erreur: Option<String>,
    pub(crate) requis: bool,
    pub(crate) sans_mention: bool,
}

impl Cadre {
    pub(crate) fn new(nom: String, libelle: String) -> Self {
        Self { nom, libelle, aide: None, erreur: None, requis: false, sans_mention: false }
    }

    /// Value of `aria-describedby`: the hint then the error, when they exist.
    pub(crate) fn decrit(&self) -> Option<String> {
        let aide = self.aide.is_some().then(|| format!("{}-aide", self.nom));
        let erreur = self.erreur.is_some().then(|| format!("{}-erreur", self.nom));
        let liste: Vec<String> = [aide, erreur].into_iter().flatten().collect();
        (!liste.is_empty()).then(|| liste.join(" "))
    }

    pub(crate) const fn classe(&self) -> &'static str {
        if self.erreur.is_some() { "champ champ--erreur" } else { "champ" }
    }

    pub(crate) fn mots(&self) -> Markup {
        html! {
            (self.libelle)
            @if !self.requis && !self.sans_mention { " " span class="champ-facultatif" { "(facultatif)" } }
        }
    }

    pub(crate) fn notes(&self) -> Markup {
        html! {
            @if let Some(aide) = &self.aide { p class="champ-aide" id=(format!("{}-aide", self.nom)) { (aide) } }
            @if let Some(erreur) = &self.erreur {
                p class="champ-erreur" id=(format!("{}-erreur", self.nom)) { (icone(Icone::CircleX)) span { span class="lecteur" { "Erreur : " } (erreur) } }
            }
        }
    }

    /// A field whose control is one element.
    pub(crate) fn autour(&self, controle: &Markup) -> Markup {
        html! {
            div class=(self.classe()) {
                label for=(self.nom) { (self.mots()) }
                (self.notes())
                (controle)
            }
        }
    }

    /// A field whose control is a group of buttons: the label is a legend.
    pub(crate) fn groupe(&self, controles: &Markup) -> Markup {
        html! {
            fieldset class=(self.classe()) id=(self.nom) tabindex="-1" aria-describedby=[self.decrit()] {
                legend { (self.mots()) }
                (self.notes())
                (controles)
            }
        }
    }
}

/// Builder methods shared by all fields.
macro_rules! cadre {
    ($type:ident) => {
        impl $type {
            /// Hint under the label: what to write, with an example.
            #[must_use]
            pub fn aide(mut self, aide: impl Into<String>) -> Self {
                self.cadre.aide = Some(aide.into());
                self
            }

            /// Error of the last submission: what happened and what to do.
            #[must_use]
            pub fn erreur(mut self, erreur: Option<impl Into<String>>) -> Self {
                self.cadre.erreur = erreur.map(Into::into);
                self
            }

            /// Required; fields that are not required say « (facultatif) ».
            #[must_use]
            pub const fn requis(mut self) -> Self {
                self.cadre.requis = true;
                self
            }

            /// Not required, without saying so: filters, switches.
            #[must_use]
            pub const fn sans_mention(mut self) -> Self {
                self.cadre.sans_mention = true;
                self
            }
        }
        impl maud::Render for $type {
            fn render(&self) -> maud::Markup {
                $type::render(self)
            }
        }
    };
}
pub(crate) use cadre;

/// One option of a list, of radios or of checkboxes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choix {
    /// Value sent.
    pub valeur: String,
    /// Words shown.
    pub libelle: String,
    /// Smaller words under the label.
    pub detail: Option<String>,
    /// Cannot be chosen.
    pub inactif: bool,
    /// Icon before the label (chips only).
    pub icone: Option<Icone>,
    /// Shown in the danger colour when chosen (chips only).
    pub danger: bool,
}

impl Choix {
    /// An option.
    pub fn new(valeur: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self { valeur: valeur.into(), libelle: libelle.into(), detail: None, inactif: false, icone: None, danger: false }
    }

    /// Adds smaller words under the label.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Adds an icon (chips only).
    #[must_use]
    pub const fn icone(mut self, icone: Icone) -> Self {
        self.icone = Some(icone);
        self
    }

    /// Shows the option in the danger colour when chosen (chips only).
    #[must_use]
    pub const fn danger(mut self) -> Self {
        self.danger = true;
        self
    }

    /// Makes the option impossible to choose.
    #[must_use]
    pub const fn inactif(mut self) -> Self {
        self.inactif = true;
        self
    }
}

impl<V: Into<String>, L: Into<String>> From<(V, L)> for Choix {
    fn from((valeur, libelle): (V, L)) -> Self {
        Self::new(valeur, libelle)
    }
}

/// A set of fields under one legend.
pub fn groupe(legende: &str, contenu: &Markup) -> Markup {
    html! { fieldset class="groupe" { legend { (legende) } (contenu) } }
}

/// A set of fields under one legend, in a frame.
pub fn groupe_cadre(legende: &str, contenu: &Markup) -> Markup {
    html! { fieldset class="groupe groupe--cadre" { legend { (legende) } div class="pile" { (contenu) } } }
}

/// Fields side by side when there is room.
pub fn cote_a_cote(contenu: &Markup) -> Markup {
    html! { div class="formulaire-deux" { (contenu) } }
}

/// A hidden value, such as the version a form was read at.
pub fn cache(nom: &str, valeur: &str) -> Markup {
    html! { input type="hidden" name=(nom) value=(valeur); }
}
