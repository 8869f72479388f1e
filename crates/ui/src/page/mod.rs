//! A whole page: document, application bar, navigation, messages, content.

mod session;

use maud::{DOCTYPE, Markup, PreEscaped, html};

pub use session::{Apparence, Contexte, Theme, Utilisateur};
use session::{ligne_contexte, puce_utilisateur};

use crate::alerte::Alerte;
use crate::assets;
use crate::icone::{Icone, icone};
use crate::navigation::{self, Navigation};
use crate::recherche::recherche;
use crate::typographie;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cadrage {
    Application,
    Seule,
    SeuleLarge,
}

/// Builder of a page.
#[derive(Debug, Clone)]
pub struct Page {
    titre: String,
    contenu: Markup,
    navigation: Option<Navigation>,
    contexte: Option<Contexte>,
    utilisateur: Option<Utilisateur>,
    apparence: Apparence,
    bandeau: Option<Markup>,
    messages: Vec<Alerte>,
    faits: Vec<(String, Option<String>)>,
    creer: Option<Markup>,
    urgence: Option<String>,
    recherche: Option<String>,
    flux: Option<String>,
    verrou: Option<u32>,
    jeton: Option<String>,
    demo: bool,
    scripts: Vec<String>,
    cadrage: Cadrage,
}

impl Page {
    /// A page of the application; `titre` is that of the browser tab.
    pub fn new(titre: impl Into<String>) -> Self {
        Self {
            titre: titre.into(),
            contenu: html! {},
            navigation: None,
            contexte: None,
            utilisateur: None,
            apparence: Apparence::default(),
            bandeau: None,
            messages: Vec::new(),
            faits: Vec::new(),
            creer: None,
            urgence: None,
            recherche: None,
            flux: None,
            verrou: None,
            jeton: None,
            demo: false,
            scripts: Vec::new(),
            cadrage: Cadrage::Application,
        }
    }

    /// A page alone on the screen, narrow: login, lock, error.
    pub fn seule(titre: impl Into<String>) -> Self {
        Self { cadrage: Cadrage::Seule, ..Self::new(titre) }
    }

    /// A page alone on the screen, wide: the choice of a demo account, a printed document.
    pub fn seule_large(titre: impl Into<String>) -> Self {
        Self { cadrage: Cadrage::SeuleLarge, ..Self::new(titre) }
    }

    /// What is between the bar and the bottom of the page.
    #[must_use]
    pub fn contenu(mut self, contenu: Markup) -> Self {
        self.contenu = contenu;
        self
    }

    /// Navigation of the user.
    #[must_use]
    pub fn nav(mut self, navigation: Navigation) -> Self {
        self.navigation = Some(navigation);
        self
    }

    /// Establishment, units, shift.
    #[must_use]
    pub fn contexte(mut self, contexte: Contexte) -> Self {
        self.contexte = Some(contexte);
        self
    }

    /// The person at the screen.
    #[must_use]
    pub fn utilisateur(mut self, utilisateur: Utilisateur) -> Self {
        self.utilisateur = Some(utilisateur);
        self
    }

    /// Theme, text size, hands.
    #[must_use]
    pub const fn apparence(mut self, apparence: Apparence) -> Self {
        self.apparence = apparence;
        self
    }

    /// Banner of the resident on screen ([`crate::bandeau_resident`]).
    #[must_use]
    pub fn bandeau(mut self, bandeau: Markup) -> Self {
        self.bandeau = Some(bandeau);
        self
    }

    /// Message of the last act, at the top of the content.
    #[must_use]
    pub fn message(mut self, message: Alerte) -> Self {
        self.messages.push(message.annonce());
        self
    }

    /// « Fait. Annuler » for 8 s; `annuler` is the address posted to.
    #[must_use]
    pub fn fait(mut self, phrase: impl Into<String>, annuler: Option<String>) -> Self {
        self.faits.push((phrase.into(), annuler));
        self
    }

    /// Menu « Créer » ([`navigation::menu_creer`]).
    #[must_use]
    pub fn creer(mut self, menu: Markup) -> Self {
        self.creer = Some(menu);
        self
    }

    /// Address of « Urgence »; clinical professions only.
    #[must_use]
    pub fn urgence(mut self, href: impl Into<String>) -> Self {
        self.urgence = Some(href.into());
        self
    }

    /// Shows the search box, which sends `q` to `action`.
    #[must_use]
    pub fn recherche(mut self, action: impl Into<String>) -> Self {
        self.recherche = Some(action.into());
        self
    }

    /// Address of the event stream; a message's data is the name of the list that changed.
    #[must_use]
    pub fn flux(mut self, href: impl Into<String>) -> Self {
        self.flux = Some(href.into());
        self
    }

    /// Goes to `/verrou` after that many seconds without a gesture.
    #[must_use]
    pub const fn verrou(mut self, secondes: u32) -> Self {
        self.verrou = Some(secondes);
        self
    }

    /// Anti-forgery token, sent by scripts in the header `X-Jeton` and by the undo forms as `jeton`.
    #[must_use]
    pub fn jeton(mut self, jeton: impl Into<String>) -> Self {
        self.jeton = Some(jeton.into());
        self
    }

    /// Shows the banner of fictitious data.
    #[must_use]
    pub const fn demo(mut self, demo: bool) -> Self {
        self.demo = demo;
        self
    }

    /// Adds a module script, by its address.
    #[must_use]
    pub fn script(mut self, adresse: impl Into<String>) -> Self {
        self.scripts.push(adresse.into());
        self
    }

    fn tete(&self) -> Markup {
        html! {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="same-origin";
            meta name="htmx-config" content=r#"{"includeIndicatorCSS":false,"history":false}"#;
            title { (self.titre) " · Grappe" }
            link rel="icon" href=(assets::url("favicon.svg")) type="image/svg+xml";
            link rel="preload" href=(assets::url("atkinson-latin.woff2")) as="font" type="font/woff2" crossorigin;
            link rel="stylesheet" href=(assets::url("grappe.css"));
            script type="module" src=(assets::url("interface.js")) {}
            script defer src=(assets::url("htmx.min.js")) {}
            @for adresse in &self.scripts { script type="module" src=(adresse) {} }
        }
    }

    fn barre(&self) -> Markup {
        html! {
            header class="app-barre" {
                @if let Some(contexte) = &self.contexte { (ligne_contexte(contexte)) }
                @if let Some(action) = &self.recherche { (recherche(action, "")) }
                div class="app-actions" {
                    @if let Some(menu) = &self.creer { span class="app-creer" { (menu) } }
                    @if let Some(href) = &self.urgence { (navigation::bouton_urgence(href)) }
                    @if let Some(utilisateur) = &self.utilisateur { (puce_utilisateur(utilisateur, self.jeton.as_deref())) }
                }
            }
        }
    }

    fn principal(&self) -> Markup {
        let classe = match self.cadrage {
            Cadrage::Application => "principal",
            Cadrage::Seule => "principal-seul",
            Cadrage::SeuleLarge => "principal-seul principal-seul--large",
        };
        html! {
            main class=(classe) id="contenu" tabindex="-1" {
                grappe-reseau {}
                @if self.cadrage != Cadrage::Application { p class="marque" { (navigation::marque()) "Grappe" } }
                @for message in &self.messages { (message) }
                @if let Some(bandeau) = &self.bandeau { (bandeau) }
                (PreEscaped(PLACE))
            }
        }
    }

    fn toasts(&self) -> Markup {
        html! {
            div class="toasts" id="toasts" role="status" aria-live="polite" {
                @for (phrase, annuler) in &self.faits { (toast(phrase, annuler.as_deref(), self.jeton.as_deref())) }
            }
        }
    }

    fn corps(&self) -> Markup {
        let application = self.cadrage == Cadrage::Application;
        html! {
            a class="evitement" href="#contenu" { "Aller au contenu" }
            @if self.demo {
                aside class="demo-bandeau" aria-label="Démonstration" {
                    p { strong { "Données fictives." } " Toute ressemblance avec des personnes existantes serait fortuite." }
                }
            }
            div class=(if self.navigation.is_some() && application { "app app--nav" } else { "app" }) {
                @if application { @if let Some(navigation) = &self.navigation { (navigation.rail(self.urgence.as_deref())) } (self.barre()) }
                (self.principal())
            }
            @if application { @if let Some(navigation) = &self.navigation { (navigation.barre_basse()) } }
            (self.toasts())
        }
    }

    /// The document around its content, whose place is marked.
    fn autour(&self) -> Markup {
        let vue = &self.apparence;
        html! {
            (DOCTYPE)
            html lang="fr" data-theme=(vue.theme.mot()) data-taille=(vue.taille) data-contraste=[vue.contraste.then_some("renforce")]
                data-gants[vue.gants] data-main=[vue.gauche.then_some("gauche")] {
                head { (self.tete()) }
                body data-utilisateur=[self.utilisateur.as_ref().map(|u| &u.id)] data-flux=[self.flux.as_ref()] data-verrou=[self.verrou]
                    data-jeton=[self.jeton.as_ref()] data-lettres=[(!vue.lettres).then_some("non")] {
                    (self.corps())
                }
            }
        }
    }

    /// Draws the whole document. A round weighs a megabyte: its content is copied once.
    pub fn render(&self) -> Markup {
        let autour = self.autour().0;
        let contenu = self.contenu.0.as_str();
        let (avant, apres) = autour.split_once(PLACE).unwrap_or((autour.as_str(), ""));
        let mut page = String::with_capacity(autour.len() + contenu.len() + contenu.len() / 64);
        for morceau in [avant, contenu, apres] {
            typographie::insecables(morceau, &mut page);
        }
        PreEscaped(page)
    }
}

/// Where the content goes; text is escaped, so nobody writes it.
const PLACE: &str = "<contenu/>";

rendu!(Page);

/// « Fait. Annuler »: stays 8 s with script, until the next page without.
pub fn toast(phrase: &str, annuler: Option<&str>, jeton: Option<&str>) -> Markup {
    html! {
        div class="toast" data-toast {
            (icone(Icone::CircleCheck))
            span { (phrase) }
            @if let Some(action) = annuler {
                form method="post" action=(action) {
                    @if let Some(jeton) = jeton { input type="hidden" name="jeton" value=(jeton); }
                    button type="submit" class="bouton bouton--discret bouton--petit" { (icone(Icone::Undo2)) "Annuler" }
                }
            }
        }
    }
}
