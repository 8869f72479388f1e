//! Buttons and links that look like buttons. The label is the verb of the act, never « OK ».

use maud::{Markup, html};

use crate::icone::{Icone, icone};

/// Weight of a button on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ton {
    /// Outlined: the ordinary action.
    #[default]
    Normal,
    /// Filled ink: the one main action of the screen.
    Principal,
    /// Filled green: validates a care or a drug.
    Valider,
    /// Outlined red: opens something dangerous.
    Danger,
    /// Filled red: does something dangerous, in a confirmation.
    DangerPlein,
    /// No border: secondary action in a dense place.
    Discret,
}

impl Ton {
    const fn classe(self) -> &'static str {
        match self {
            Self::Normal => "bouton",
            Self::Principal => "bouton bouton--principal",
            Self::Valider => "bouton bouton--valider",
            Self::Danger => "bouton bouton--danger",
            Self::DangerPlein => "bouton bouton--danger-plein",
            Self::Discret => "bouton bouton--discret",
        }
    }
}

#[derive(Debug, Clone)]
enum Effet {
    Envoyer,
    Rien,
    Lien(String),
    Ouvrir(String),
    Fermer(String),
}

/// A button or a link with the look of a button.
#[derive(Debug, Clone)]
pub struct Bouton {
    libelle: String,
    effet: Effet,
    ton: Ton,
    icone: Option<Icone>,
    icone_seule: bool,
    tailles: Vec<&'static str>,
    nom_valeur: Option<(String, String)>,
    action: Option<String>,
    precision: Option<String>,
    inactif: Option<String>,
    presse: Option<bool>,
    sans_verification: bool,
    touche: Option<String>,
}

impl Bouton {
    fn avec(libelle: impl Into<String>, effet: Effet) -> Self {
        Self {
            libelle: libelle.into(),
            effet,
            ton: Ton::Normal,
            icone: None,
            icone_seule: false,
            tailles: Vec::new(),
            nom_valeur: None,
            action: None,
            precision: None,
            inactif: None,
            presse: None,
            sans_verification: false,
            touche: None,
        }
    }

    /// A button that submits the form it is in.
    pub fn envoyer(libelle: impl Into<String>) -> Self {
        Self::avec(libelle, Effet::Envoyer)
    }

    /// A plain button, for scripts only.
    pub fn simple(libelle: impl Into<String>) -> Self {
        Self::avec(libelle, Effet::Rien)
    }

    /// A link to `href` that looks like a button.
    pub fn lien(libelle: impl Into<String>, href: impl Into<String>) -> Self {
        Self::avec(libelle, Effet::Lien(href.into()))
    }

    /// A button that opens the dialog of identifier `dialogue` (see [`crate::dialogue`]).
    pub fn ouvrir(libelle: impl Into<String>, dialogue: impl Into<String>) -> Self {
        Self::avec(libelle, Effet::Ouvrir(dialogue.into()))
    }

    /// A button that closes the dialog of identifier `dialogue`.
    pub fn fermer(libelle: impl Into<String>, dialogue: impl Into<String>) -> Self {
        Self::avec(libelle, Effet::Fermer(dialogue.into()))
    }

    /// Sets the weight.
    #[must_use]
    pub const fn ton(mut self, ton: Ton) -> Self {
        self.ton = ton;
        self
    }

    /// Shorthand for [`Ton::Principal`].
    #[must_use]
    pub const fn principal(self) -> Self {
        self.ton(Ton::Principal)
    }

    /// Shorthand for [`Ton::Valider`].
    #[must_use]
    pub const fn valider(self) -> Self {
        self.ton(Ton::Valider)
    }

    /// Shorthand for [`Ton::Danger`].
    #[must_use]
    pub const fn danger(self) -> Self {
        self.ton(Ton::Danger)
    }

    /// Shorthand for [`Ton::Discret`].
    #[must_use]
    pub const fn discret(self) -> Self {
        self.ton(Ton::Discret)
    }

    /// Icon before the label.
    #[must_use]
    pub const fn icone(mut self, icone: Icone) -> Self {
        self.icone = Some(icone);
        self
    }

    /// Shows the icon alone; the label stays for screen readers and as a tooltip.
    #[must_use]
    pub const fn icone_seule(mut self, icone: Icone) -> Self {
        self.icone = Some(icone);
        self.icone_seule = true;
        self
    }

    /// 48 px on tablet, 36 px on PC instead of 56 and 44.
    #[must_use]
    pub fn petit(mut self) -> Self {
        self.tailles.push(" bouton--petit");
        self
    }

    /// Takes the whole width.
    #[must_use]
    pub fn large(mut self) -> Self {
        self.tailles.push(" bouton--large");
        self
    }

    /// `name` and `value` sent with the form.
    #[must_use]
    pub fn valeur(mut self, nom: impl Into<String>, valeur: impl Into<String>) -> Self {
        self.nom_valeur = Some((nom.into(), valeur.into()));
        self
    }

    /// Sends the form to another address (`formaction`).
    #[must_use]
    pub fn vers(mut self, action: impl Into<String>) -> Self {
        self.action = Some(action.into());
        self
    }

    /// Words read by screen readers after the label: « de Mme BRUMELLE ».
    #[must_use]
    pub fn precision(mut self, texte: impl Into<String>) -> Self {
        self.precision = Some(texte.into());
        self
    }

    /// Disables the button and says why, in a sentence readable by everybody as a tooltip.
    #[must_use]
    pub fn inactif(mut self, pourquoi: impl Into<String>) -> Self {
        self.inactif = Some(pourquoi.into());
        self
    }

    /// Two-state button (`aria-pressed`).
    #[must_use]
    pub const fn presse(mut self, presse: bool) -> Self {
        self.presse = Some(presse);
        self
    }

    /// Submits without the browser's own checks (« Enregistrer le brouillon »).
    #[must_use]
    pub const fn sans_verification(mut self) -> Self {
        self.sans_verification = true;
        self
    }

    /// Single-letter shortcut of the page (ux.md §2.4): `v`, `n`, `j`…
    #[must_use]
    pub fn touche(mut self, touche: impl Into<String>) -> Self {
        self.touche = Some(touche.into());
        self
    }

    fn classe(&self) -> String {
        let mut classe = self.ton.classe().to_owned();
        classe.extend(self.tailles.iter().copied());
        if self.icone_seule {
            classe.push_str(" bouton--icone");
        }
        classe
    }

    fn contenu(&self) -> Markup {
        html! {
            @if let Some(nom) = self.icone { (icone(nom)) }
            span class=[self.icone_seule.then_some("lecteur")] { (self.libelle) }
            @if let Some(suite) = &self.precision { span class="lecteur" { " " (suite) } }
        }
    }

    /// Draws the button.
    pub fn render(&self) -> Markup {
        let titre = self.inactif.clone().or_else(|| self.icone_seule.then(|| self.libelle.clone()));
        if let Effet::Lien(href) = &self.effet {
            let actif = self.inactif.is_none();
            return html! {
                a class=(self.classe()) href=[actif.then_some(href)] role=[(!actif).then_some("link")]
                    aria-disabled=[(!actif).then_some("true")] title=[titre] data-touche=[self.touche.as_deref()] { (self.contenu()) }
            };
        }
        let (genre, commande, cible) = match &self.effet {
            Effet::Envoyer => ("submit", None, None),
            Effet::Ouvrir(id) => ("button", Some("show-modal"), Some(id)),
            Effet::Fermer(id) => ("button", Some("close"), Some(id)),
            Effet::Rien | Effet::Lien(_) => ("button", None, None),
        };
        html! {
            button type=(genre) class=(self.classe()) command=[commande] commandfor=[cible] title=[titre]
                name=[self.nom_valeur.as_ref().map(|(nom, _)| nom)] value=[self.nom_valeur.as_ref().map(|(_, valeur)| valeur)]
                formaction=[self.action.as_ref()] formnovalidate[self.sans_verification] disabled[self.inactif.is_some()]
                aria-pressed=[self.presse.map(|oui| if oui { "true" } else { "false" })] data-touche=[self.touche.as_deref()] { (self.contenu()) }
        }
    }
}

rendu!(Bouton);

/// A row of buttons; the main one comes first.
pub fn boutons(contenu: &Markup) -> Markup {
    html! { div class="boutons" { (contenu) } }
}

/// A row of buttons that stays at the bottom of the screen, above the bottom bar.
pub fn boutons_collants(contenu: &Markup) -> Markup {
    html! { div class="boutons boutons--collants" { (contenu) } }
}
