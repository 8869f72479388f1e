use maud::{Markup, html};

use super::{Cadre, cadre};

/// Builder for the native controls that share everything but their type.
macro_rules! natif {
    ($type:ident, $genre:literal, $doc:literal, $format:literal) => {
        #[doc = $doc]
        #[derive(Debug, Clone)]
        pub struct $type {
            cadre: Cadre,
            valeur: String,
            minimum: Option<String>,
            maximum: Option<String>,
        }

        cadre!($type);

        impl $type {
            #[doc = $doc]
            pub fn new(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
                Self { cadre: Cadre::new(nom.into(), libelle.into()), valeur: String::new(), minimum: None, maximum: None }
            }

            #[doc = concat!("Value at opening, ", $format, ".")]
            #[must_use]
            pub fn valeur(mut self, valeur: impl Into<String>) -> Self {
                self.valeur = valeur.into();
                self
            }

            #[doc = concat!("Smallest and largest accepted, ", $format, ".")]
            #[must_use]
            pub fn entre(mut self, minimum: impl Into<String>, maximum: impl Into<String>) -> Self {
                self.minimum = Some(minimum.into());
                self.maximum = Some(maximum.into());
                self
            }

            #[doc = concat!("Largest accepted, ", $format, ".")]
            #[must_use]
            pub fn jusqu_a(mut self, maximum: impl Into<String>) -> Self {
                self.maximum = Some(maximum.into());
                self
            }

            /// Draws the field.
            pub fn render(&self) -> Markup {
                let cadre = &self.cadre;
                cadre.autour(&html! {
                    input class="saisie saisie--court" type=($genre) id=(cadre.nom) name=(cadre.nom) value=(self.valeur)
                        min=[self.minimum.as_ref()] max=[self.maximum.as_ref()] required[cadre.requis]
                        aria-describedby=[cadre.decrit()] aria-invalid=[cadre.erreur.is_some().then_some("true")];
                })
            }
        }
    };
}

natif!(Date, "date", "A day, with the browser's calendar.", "`2026-11-21`");
natif!(Heure, "time", "An hour of the day.", "`08:05`");

/// A quantity with its unit, typed as text so that « 37,8 » is accepted on every keyboard.
#[derive(Debug, Clone)]
pub struct Nombre {
    cadre: Cadre,
    valeur: String,
    unite: Option<String>,
    decimales: bool,
}

cadre!(Nombre);

impl Nombre {
    /// A quantity.
    pub fn new(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self { cadre: Cadre::new(nom.into(), libelle.into()), valeur: String::new(), unite: None, decimales: false }
    }

    /// Value at opening, in French form (« 37,8 »).
    #[must_use]
    pub fn valeur(mut self, valeur: impl Into<String>) -> Self {
        self.valeur = valeur.into();
        self
    }

    /// Unit written after the field, in full when it could be misread (« microgrammes »).
    #[must_use]
    pub fn unite(mut self, unite: impl Into<String>) -> Self {
        self.unite = Some(unite.into());
        self
    }

    /// Accepts decimals, comma or point.
    #[must_use]
    pub const fn decimales(mut self) -> Self {
        self.decimales = true;
        self
    }

    /// Draws the field.
    pub fn render(&self) -> Markup {
        let cadre = &self.cadre;
        let (clavier, motif) = if self.decimales { ("decimal", "-?[0-9]+([.,][0-9]+)?") } else { ("numeric", "-?[0-9]+") };
        cadre.autour(&html! {
            div class="saisie-unite" {
                input class="saisie saisie--court" type="text" inputmode=(clavier) pattern=(motif) autocomplete="off"
                    id=(cadre.nom) name=(cadre.nom) value=(self.valeur) required[cadre.requis]
                    aria-describedby=[cadre.decrit()] aria-invalid=[cadre.erreur.is_some().then_some("true")];
                @if let Some(unite) = &self.unite { span { (unite) } }
            }
        })
    }
}
