//! Keypads of 72 px: a code whose digits are not shown, or a measure.

use maud::{Markup, html};

use crate::icone::{Icone, grande, icone};

/// A keypad bound to one field; without script the field alone is used.
#[derive(Debug, Clone)]
pub struct PaveNumerique {
    nom: String,
    libelle: String,
    longueur: Option<u8>,
    unite: Option<String>,
    verbe: String,
    rappel: Option<String>,
}

impl PaveNumerique {
    /// A secret code of `longueur` digits (4 to 8): dots fill, digits are never read aloud.
    pub fn code(nom: impl Into<String>, libelle: impl Into<String>, longueur: u8) -> Self {
        Self { longueur: Some(longueur), ..Self::mesure(nom, libelle, "") }
    }

    /// A measure in `unite`, with a decimal comma.
    pub fn mesure(nom: impl Into<String>, libelle: impl Into<String>, unite: impl Into<String>) -> Self {
        let unite: String = unite.into();
        Self {
            nom: nom.into(),
            libelle: libelle.into(),
            longueur: None,
            unite: (!unite.is_empty()).then_some(unite),
            verbe: "Entrer".to_owned(),
            rappel: None,
        }
    }

    /// Word of the submit key.
    #[must_use]
    pub fn verbe(mut self, verbe: impl Into<String>) -> Self {
        self.verbe = verbe.into();
        self
    }

    /// Last value, shown under the label: « Dernier : 52,4 kg le 20 oct. ».
    #[must_use]
    pub fn rappel(mut self, rappel: impl Into<String>) -> Self {
        self.rappel = Some(rappel.into());
        self
    }

    fn touche(valeur: &str) -> Markup {
        html! { button type="button" class="pave-touche" data-chiffre=(valeur) { (valeur) } }
    }

    fn champ(&self) -> Markup {
        let code = self.longueur.is_some();
        html! {
            div class=(if code { "pave-affichage pave-code" } else { "pave-affichage" }) {
                input class="saisie" id=(self.nom) name=(self.nom) type=(if code { "password" } else { "text" }) required
                    inputmode=(if code { "numeric" } else { "decimal" }) autocomplete=(if code { "one-time-code" } else { "off" })
                    maxlength=[self.longueur] pattern=(if code { "[0-9]*" } else { "[0-9]+([.,][0-9]+)?" })
                    aria-describedby=[self.rappel.is_some().then(|| format!("{}-aide", self.nom))];
                @if let Some(unite) = &self.unite { span { (unite) } }
                @if let Some(longueur) = self.longueur {
                    div class="pave-points" aria-hidden="true" { @for _ in 0..longueur { span class="pave-point" {} } }
                }
            }
        }
    }

    /// Draws the keypad.
    pub fn render(&self) -> Markup {
        html! {
            div class="pave" data-pave=(self.nom) {
                div class="champ" {
                    label for=(self.nom) { (self.libelle) }
                    @if let Some(rappel) = &self.rappel { p class="champ-aide" id=(format!("{}-aide", self.nom)) { (rappel) } }
                    (self.champ())
                }
                div class="pave-touches" role="group" aria-label="Pavé numérique" {
                    @for chiffre in ["1", "2", "3", "4", "5", "6", "7", "8", "9"] { (Self::touche(chiffre)) }
                    button type="button" class="pave-touche" data-effacer { (grande(Icone::Delete)) span class="lecteur" { "Effacer" } }
                    (Self::touche("0"))
                    @if self.longueur.is_some() {
                        button type="submit" class="pave-touche pave-touche--mot pave-touche--entrer" { (self.verbe) }
                    } @else { (Self::touche(",")) }
                }
                @if self.longueur.is_none() {
                    button type="submit" class="bouton bouton--principal bouton--large" { (icone(Icone::Check)) (self.verbe) }
                }
            }
        }
    }
}

rendu!(PaveNumerique);
