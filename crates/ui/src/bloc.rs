//! Layout of a page: heading, blocks, grids, figures, small stacks.

use maud::{Markup, html};

use crate::icone::{Icone, icone};

/// A titled block: at most five lines, one main action.
#[derive(Debug, Clone)]
pub struct Bloc {
    titre: String,
    id: Option<String>,
    signe: Option<Icone>,
    mention: Option<Markup>,
    contenu: Markup,
    pied: Option<Markup>,
    classe: &'static str,
    suivi: Option<(String, String, bool)>,
    niveau_trois: bool,
}

impl Bloc {
    /// A block.
    pub fn new(titre: impl Into<String>, contenu: Markup) -> Self {
        Self {
            titre: titre.into(),
            id: None,
            signe: None,
            mention: None,
            contenu,
            pied: None,
            classe: "bloc",
            suivi: None,
            niveau_trois: false,
        }
    }

    /// Anchor of the block.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Icon before the title.
    #[must_use]
    pub const fn icone(mut self, nom: Icone) -> Self {
        self.signe = Some(nom);
        self
    }

    /// Count, age of data or small link at the end of the title line.
    #[must_use]
    pub fn mention(mut self, mention: Markup) -> Self {
        self.mention = Some(mention);
        self
    }

    /// Foot: buttons, « Tout voir ».
    #[must_use]
    pub fn pied(mut self, pied: Markup) -> Self {
        self.pied = Some(pied);
        self
    }

    /// Dashed, without ground: a block with nothing to say.
    #[must_use]
    pub const fn calme(mut self) -> Self {
        self.classe = "bloc bloc--calme";
        self
    }

    /// Red edge.
    #[must_use]
    pub const fn alerte(mut self) -> Self {
        self.classe = "bloc bloc--alerte";
        self
    }

    /// Title of level 3 instead of 2.
    #[must_use]
    pub const fn niveau_trois(mut self) -> Self {
        self.niveau_trois = true;
        self
    }

    /// Follows the live list `liste`: reads `source` again when it changes and replaces itself.
    /// With `pilule`, new items wait behind a pill instead of moving rows under the finger.
    #[must_use]
    pub fn suivre(mut self, liste: impl Into<String>, source: impl Into<String>, pilule: bool) -> Self {
        self.suivi = Some((liste.into(), source.into(), pilule));
        self
    }

    /// Draws the block.
    pub fn render(&self) -> Markup {
        let suivi = self.suivi.as_ref();
        html! {
            section class=(self.classe) id=[self.id.as_ref()] aria-label=(self.titre) data-suivre=[suivi.map(|s| &s.0)]
                data-source=[suivi.map(|s| &s.1)] data-pilule[suivi.is_some_and(|s| s.2)] {
                div class="bloc-entete" {
                    @if let Some(nom) = self.signe { (icone(nom)) }
                    @if self.niveau_trois { h3 { (self.titre) } } @else { h2 { (self.titre) } }
                    @if let Some(mention) = &self.mention { small { (mention) } }
                }
                div class="bloc-corps" { (self.contenu) }
                @if let Some(pied) = &self.pied { div class="bloc-pied" { (pied) } }
            }
        }
    }
}

rendu!(Bloc);

/// Heading of a page: the only `h1`, a sentence under it, actions on the right.
#[derive(Debug, Clone)]
pub struct EntetePage {
    titre: String,
    phrase: Option<String>,
    actions: Option<Markup>,
    fil: Vec<(String, String)>,
}

impl EntetePage {
    /// A heading.
    pub fn new(titre: impl Into<String>) -> Self {
        Self { titre: titre.into(), phrase: None, actions: None, fil: Vec::new() }
    }

    /// Sentence under the title: « Volcans · 26 résidents · samedi 21 nov. ».
    #[must_use]
    pub fn phrase(mut self, phrase: impl Into<String>) -> Self {
        self.phrase = Some(phrase.into());
        self
    }

    /// Buttons of the page.
    #[must_use]
    pub fn actions(mut self, actions: Markup) -> Self {
        self.actions = Some(actions);
        self
    }

    /// Adds an ancestor above the title.
    #[must_use]
    pub fn parent(mut self, libelle: impl Into<String>, href: impl Into<String>) -> Self {
        self.fil.push((libelle.into(), href.into()));
        self
    }

    /// Draws the heading.
    pub fn render(&self) -> Markup {
        html! {
            div class="entete-page" {
                div class="entete-page-titre" {
                    @if !self.fil.is_empty() {
                        nav class="fil" aria-label="Vous êtes ici" {
                            @for (libelle, href) in &self.fil { a href=(href) { (libelle) } (icone(Icone::ChevronRight)) }
                        }
                    }
                    h1 { (self.titre) }
                    @if let Some(phrase) = &self.phrase { p { (phrase) } }
                }
                @if let Some(actions) = &self.actions { div class="entete-page-actions" { (actions) } }
            }
        }
    }
}

rendu!(EntetePage);

/// Blocks in as many columns of at least 20 rem as fit.
pub fn grille(contenu: &Markup) -> Markup {
    html! { div class="grille" { (contenu) } }
}

/// Cards in columns of at least 14 rem.
pub fn grille_serree(contenu: &Markup) -> Markup {
    html! { div class="grille grille--serree" { (contenu) } }
}

/// Two panes from 1024 px: the main one, then the side one.
pub fn deux_volets(principal: &Markup, cote: &Markup) -> Markup {
    html! { div class="deux-volets" { div class="pile" { (principal) } div class="pile" { (cote) } } }
}

/// Elements one under the other.
pub fn pile(contenu: &Markup) -> Markup {
    html! { div class="pile" { (contenu) } }
}

/// Elements on a line.
pub fn rangee(contenu: &Markup) -> Markup {
    html! { div class="rangee" { (contenu) } }
}

/// A plain framed surface.
pub fn carte(contenu: &Markup) -> Markup {
    html! { div class="carte" { (contenu) } }
}

/// A key figure with its name, its unit and what it is compared with.
#[derive(Debug, Clone)]
pub struct Chiffre {
    valeur: String,
    unite: Option<String>,
    nom: String,
    href: Option<String>,
    tendance: Option<(Icone, String)>,
}

impl Chiffre {
    /// A figure, already in French form (« 94,2 »).
    pub fn new(valeur: impl Into<String>, nom: impl Into<String>) -> Self {
        Self { valeur: valeur.into(), unite: None, nom: nom.into(), href: None, tendance: None }
    }

    /// Unit after the figure.
    #[must_use]
    pub fn unite(mut self, unite: impl Into<String>) -> Self {
        self.unite = Some(unite.into());
        self
    }

    /// Address of the list behind the figure.
    #[must_use]
    pub fn lien(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// Comparison in words, with its icon.
    #[must_use]
    pub fn tendance(mut self, signe: Icone, mots: impl Into<String>) -> Self {
        self.tendance = Some((signe, mots.into()));
        self
    }

    /// Draws the figure.
    pub fn render(&self) -> Markup {
        let contenu = html! {
            span class="chiffre-valeur" { (self.valeur) @if let Some(unite) = &self.unite { small { "\u{a0}" (unite) } } }
            span class="chiffre-nom" { (self.nom) }
            @if let Some((signe, mots)) = &self.tendance { span class="tendance" { (icone(*signe)) (mots) } }
        };
        html! {
            @if let Some(href) = &self.href { a class="chiffre" href=(href) { (contenu) } }
            @else { div class="chiffre" { (contenu) } }
        }
    }
}

rendu!(Chiffre);

/// A row of key figures.
pub fn chiffres(liste: &[Chiffre]) -> Markup {
    html! { div class="chiffres" { @for chiffre in liste { (chiffre) } } }
}
