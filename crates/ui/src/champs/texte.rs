use maud::{Markup, html};

use super::{Cadre, cadre};

/// Width of a control, in proportion to what is written in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Largeur {
    Pleine,
    Moyenne,
    Courte,
}

impl Largeur {
    const fn classe(self) -> &'static str {
        match self {
            Self::Pleine => "saisie",
            Self::Moyenne => "saisie saisie--moyen",
            Self::Courte => "saisie saisie--court",
        }
    }
}

/// One-line text, password, telephone, e-mail or search.
#[derive(Debug, Clone)]
pub struct Texte {
    cadre: Cadre,
    valeur: String,
    genre: &'static str,
    completion: Option<String>,
    maximum: Option<u32>,
    motif: Option<String>,
    clavier: Option<&'static str>,
    largeur: Largeur,
    brouillon: bool,
    lecture_seule: bool,
    premier: bool,
    propositions: Vec<String>,
}

cadre!(Texte);

impl Texte {
    /// A text field; `nom` is the form name and the HTML id.
    pub fn new(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self {
            cadre: Cadre::new(nom.into(), libelle.into()),
            valeur: String::new(),
            genre: "text",
            completion: None,
            maximum: None,
            motif: None,
            clavier: None,
            largeur: Largeur::Pleine,
            brouillon: false,
            lecture_seule: false,
            premier: false,
            propositions: Vec::new(),
        }
    }

    /// A password: never filled back, with the browser's own helper.
    pub fn mot_de_passe(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        let champ = Self::new(nom, libelle).completion("current-password");
        Self { genre: "password", ..champ }
    }

    /// A telephone number.
    pub fn telephone(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self { genre: "tel", largeur: Largeur::Moyenne, ..Self::new(nom, libelle) }
    }

    /// An e-mail address.
    pub fn courriel(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self { genre: "email", ..Self::new(nom, libelle) }
    }

    /// Value shown at opening.
    #[must_use]
    pub fn valeur(mut self, valeur: impl Into<String>) -> Self {
        self.valeur = valeur.into();
        self
    }

    /// `autocomplete` token (WCAG 1.3.5); about another person, `off`.
    #[must_use]
    pub fn completion(mut self, jeton: impl Into<String>) -> Self {
        self.completion = Some(jeton.into());
        self
    }

    /// Largest number of characters.
    #[must_use]
    pub const fn maximum(mut self, caracteres: u32) -> Self {
        self.maximum = Some(caracteres);
        self
    }

    /// Regular expression checked by the browser.
    #[must_use]
    pub fn motif(mut self, motif: impl Into<String>) -> Self {
        self.motif = Some(motif.into());
        self
    }

    /// Digits keypad on tablets, for codes and numbers that are not quantities.
    #[must_use]
    pub const fn chiffres(mut self) -> Self {
        self.clavier = Some("numeric");
        self.largeur = Largeur::Moyenne;
        self
    }

    /// Narrow field (about 10 characters).
    #[must_use]
    pub const fn court(mut self) -> Self {
        self.largeur = Largeur::Courte;
        self
    }

    /// Medium field (about 22 characters).
    #[must_use]
    pub const fn moyen(mut self) -> Self {
        self.largeur = Largeur::Moyenne;
        self
    }

    /// Keeps what is written as a draft on the device (per user and page).
    #[must_use]
    pub const fn brouillon(mut self) -> Self {
        self.brouillon = true;
        self
    }

    /// Shown but not editable; still sent.
    #[must_use]
    pub const fn lecture_seule(mut self) -> Self {
        self.lecture_seule = true;
        self
    }

    /// Takes the focus when the page opens: one field a page at most.
    #[must_use]
    pub const fn premier(mut self) -> Self {
        self.premier = true;
        self
    }

    /// Suggestions; another text stays possible.
    #[must_use]
    pub fn propositions<T: Into<String>>(mut self, textes: impl IntoIterator<Item = T>) -> Self {
        self.propositions = textes.into_iter().map(Into::into).collect();
        self
    }

    /// Draws the field.
    pub fn render(&self) -> Markup {
        let cadre = &self.cadre;
        let liste = (!self.propositions.is_empty()).then(|| format!("{}-liste", cadre.nom));
        cadre.autour(&html! {
            input class=(self.largeur.classe()) type=(self.genre) id=(cadre.nom) name=(cadre.nom)
                value=[(self.genre != "password").then_some(&self.valeur)]
                required[cadre.requis] readonly[self.lecture_seule] autofocus[self.premier] maxlength=[self.maximum] pattern=[self.motif.as_ref()] inputmode=[self.clavier]
                autocomplete=(self.completion.as_deref().unwrap_or("off")) list=[liste.as_ref()] data-brouillon[self.brouillon]
                aria-describedby=[cadre.decrit()] aria-invalid=[cadre.erreur.is_some().then_some("true")];
            @if let Some(id) = &liste {
                datalist id=(id) { @for texte in &self.propositions { option value=(texte) {} } }
            }
        })
    }
}

/// Several lines of text; a draft is kept by default.
#[derive(Debug, Clone)]
pub struct ZoneTexte {
    cadre: Cadre,
    valeur: String,
    lignes: u8,
    maximum: Option<u32>,
    brouillon: bool,
}

cadre!(ZoneTexte);

impl ZoneTexte {
    /// A text area of 3 lines that grows with what is written.
    pub fn new(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self { cadre: Cadre::new(nom.into(), libelle.into()), valeur: String::new(), lignes: 3, maximum: None, brouillon: true }
    }

    /// Text shown at opening.
    #[must_use]
    pub fn valeur(mut self, valeur: impl Into<String>) -> Self {
        self.valeur = valeur.into();
        self
    }

    /// Lines visible when empty.
    #[must_use]
    pub const fn lignes(mut self, lignes: u8) -> Self {
        self.lignes = lignes;
        self
    }

    /// Largest number of characters, counted under the field; beyond it the server refuses.
    #[must_use]
    pub const fn maximum(mut self, caracteres: u32) -> Self {
        self.maximum = Some(caracteres);
        self
    }

    /// Keeps no draft: text that must not stay on the device.
    #[must_use]
    pub const fn sans_brouillon(mut self) -> Self {
        self.brouillon = false;
        self
    }

    /// Draws the field.
    pub fn render(&self) -> Markup {
        let cadre = &self.cadre;
        cadre.autour(&html! {
            textarea class="saisie" id=(cadre.nom) name=(cadre.nom) rows=(self.lignes) required[cadre.requis]
                data-brouillon[self.brouillon] data-maximum=[self.maximum] aria-describedby=[cadre.decrit()]
                aria-invalid=[cadre.erreur.is_some().then_some("true")] { (self.valeur) }
            @if let Some(maximum) = self.maximum {
                p class="champ-compte" data-compte-de=(cadre.nom) { (maximum) " caractères au plus" }
            }
        })
    }
}
