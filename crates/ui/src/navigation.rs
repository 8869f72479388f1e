//! Navigation: five places, the same on the bottom bar of a tablet and at the top of the rail of a PC.

use maud::{Markup, html};

use crate::assets;
use crate::boutons::Bouton;
use crate::icone::{Icone, icone};

/// A link of the navigation.
#[derive(Debug, Clone)]
pub struct Lien {
    libelle: String,
    href: String,
    signe: Icone,
    compteur: u32,
    urgent: bool,
}

impl Lien {
    /// A link.
    pub fn new(libelle: impl Into<String>, href: impl Into<String>, signe: Icone) -> Self {
        Self { libelle: libelle.into(), href: href.into(), signe, compteur: 0, urgent: false }
    }

    /// Count of things waiting; 0 shows nothing.
    #[must_use]
    pub const fn compteur(mut self, nombre: u32) -> Self {
        self.compteur = nombre;
        self
    }

    /// Shows the count in the danger colour.
    #[must_use]
    pub const fn urgent(mut self) -> Self {
        self.urgent = true;
        self
    }

    fn contenu(&self) -> Markup {
        html! {
            (icone(self.signe))
            span { (self.libelle) }
            @if self.compteur > 0 {
                span class=(if self.urgent { "compteur compteur--urgent" } else { "compteur" }) { (self.compteur) span class="lecteur" { " en attente" } }
            }
        }
    }
}

/// Everything a user may reach; a group without rights is absent, not greyed.
#[derive(Debug, Clone, Default)]
pub struct Navigation {
    courant: String,
    principaux: Vec<Lien>,
    groupes: Vec<(String, Vec<Lien>)>,
}

impl Navigation {
    /// `courant` is the path of the page: the link with the longest common prefix is marked.
    pub fn new(courant: impl Into<String>) -> Self {
        Self { courant: courant.into(), ..Self::default() }
    }

    /// Accueil, Tour, Résidents, Relève: the four first places (the fifth, Plus, opens the rest).
    #[must_use]
    pub fn standard(self, tour: impl Into<String>) -> Self {
        self.principal(Lien::new("Accueil", "/accueil", Icone::House))
            .principal(Lien::new("Tour", tour, Icone::ListChecks))
            .principal(Lien::new("Résidents", "/residents", Icone::Users))
            .principal(Lien::new("Relève", "/releve", Icone::ArrowLeftRight))
    }

    /// Adds one of the first places (four at most are shown on the bottom bar).
    #[must_use]
    pub fn principal(mut self, lien: Lien) -> Self {
        self.principaux.push(lien);
        self
    }

    /// Adds a group of the rail: Accompagner, Organiser, Soigner à distance, Piloter, Régler.
    #[must_use]
    pub fn groupe(mut self, titre: impl Into<String>, liens: impl IntoIterator<Item = Lien>) -> Self {
        let liens: Vec<Lien> = liens.into_iter().collect();
        if !liens.is_empty() {
            self.groupes.push((titre.into(), liens));
        }
        self
    }

    fn actif(&self) -> Option<&str> {
        let tous = self.principaux.iter().chain(self.groupes.iter().flat_map(|(_, liens)| liens));
        tous.map(|lien| lien.href.as_str()).filter(|href| couvre(href, &self.courant)).max_by_key(|href| href.len())
    }

    fn courant(&self, lien: &Lien) -> Option<&'static str> {
        (self.actif() == Some(lien.href.as_str())).then_some("page")
    }

    fn lien(&self, lien: &Lien) -> Markup {
        html! { a class="rail-lien" href=(lien.href) aria-current=[self.courant(lien)] { (lien.contenu()) } }
    }

    /// The rail: a column on PC, a panel opened by « Plus » on tablet.
    pub(crate) fn rail(&self, urgence: Option<&str>) -> Markup {
        html! {
            nav class="rail" id="rail" popover aria-label="Navigation principale" {
                div class="rangee" {
                    a class="marque" href="/accueil" { (marque()) "Grappe" }
                    button type="button" class="bouton bouton--discret bouton--icone rail-fermer pousse" popovertarget="rail" popovertargetaction="hide" {
                        (icone(Icone::X)) span class="lecteur" { "Fermer le menu" }
                    }
                }
                @if let Some(href) = urgence { a class="bouton bouton--danger bouton--large rail-urgence" href=(href) { (icone(Icone::Siren)) "Urgence" } }
                @for lien in &self.principaux { (self.lien(lien)) }
                @for (titre, liens) in &self.groupes {
                    div class="rail-groupe" {
                        p class="rail-titre" { (titre) }
                        @for lien in liens { (self.lien(lien)) }
                    }
                }
            }
        }
    }

    /// The bottom bar of a tablet.
    pub(crate) fn barre_basse(&self) -> Markup {
        html! {
            nav class="barre-basse" aria-label="Accès rapides" {
                @for lien in self.principaux.iter().take(4) {
                    a class="barre-basse-lien" href=(lien.href) aria-current=[self.courant(lien)] { (lien.contenu()) }
                }
                button type="button" class="barre-basse-lien" popovertarget="rail" { (icone(Icone::Menu)) span { "Plus" } }
            }
        }
    }
}

/// True when `href` is `chemin` or one of its ancestors; the query string does not count.
fn couvre(href: &str, chemin: &str) -> bool {
    let href = href.split('?').next().unwrap_or(href);
    let chemin = chemin.split('?').next().unwrap_or(chemin);
    chemin == href || chemin.strip_prefix(href).is_some_and(|reste| reste.starts_with('/'))
}

/// The mark of the product.
pub(crate) fn marque() -> Markup {
    html! { img src=(assets::url("favicon.svg")) alt="" width="32" height="32"; }
}

/// « Créer »: a menu of what can be created, opened by the key `C`.
pub fn menu_creer(liens: &[(&str, &str, Icone)]) -> Markup {
    html! {
        details class="menu" data-menu-creer {
            summary class="bouton bouton--petit" { (icone(Icone::Plus)) "Créer" }
            div class="menu-corps" {
                @for (libelle, href, signe) in liens { a href=(href) { (icone(*signe)) (libelle) } }
            }
        }
    }
}

/// « Urgence »: on every clinical screen, top right.
pub fn bouton_urgence(href: &str) -> Markup {
    Bouton::lien("Urgence", href).danger().petit().icone(Icone::Siren).render()
}

#[cfg(test)]
mod tests {
    use super::couvre;

    #[test]
    fn a_link_covers_its_children_only() {
        assert!(couvre("/residents", "/residents/12?onglet=vie"));
        assert!(couvre("/tour/soins?unite=a", "/tour/soins"));
        assert!(!couvre("/residents", "/residents-sortis"));
    }
}
