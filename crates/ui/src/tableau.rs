//! Data table that becomes a stack of cards under 600 px.

use maud::{Markup, html};

use crate::icone::{Icone, icone};

#[derive(Debug, Clone)]
struct Colonne {
    nom: String,
    nombre: bool,
    tri: Option<(String, Option<bool>)>,
}

/// A table; the first cell of each row is its heading.
#[derive(Debug, Clone)]
pub struct Tableau {
    legende: String,
    legende_cachee: bool,
    colonnes: Vec<Colonne>,
    lignes: Vec<Vec<Markup>>,
    total: Option<Vec<Markup>>,
    dense: bool,
    vide: Option<Markup>,
}

impl Tableau {
    /// A table; `legende` says what it lists (read by screen readers first).
    pub fn new(legende: impl Into<String>) -> Self {
        Self {
            legende: legende.into(),
            legende_cachee: false,
            colonnes: Vec::new(),
            lignes: Vec::new(),
            total: None,
            dense: false,
            vide: None,
        }
    }

    /// Keeps the caption for screen readers only.
    #[must_use]
    pub const fn legende_cachee(mut self) -> Self {
        self.legende_cachee = true;
        self
    }

    /// Adds a text column.
    #[must_use]
    pub fn colonne(mut self, nom: impl Into<String>) -> Self {
        self.colonnes.push(Colonne { nom: nom.into(), nombre: false, tri: None });
        self
    }

    /// Adds a column of numbers, aligned on the end.
    #[must_use]
    pub fn colonne_nombre(mut self, nom: impl Into<String>) -> Self {
        self.colonnes.push(Colonne { nom: nom.into(), nombre: true, tri: None });
        self
    }

    /// Makes the last column sortable by the link `href`; `sens` is `Some(true)` when the table is
    /// sorted on it upwards, `Some(false)` downwards, `None` when sorted on another column.
    #[must_use]
    pub fn triable(mut self, href: impl Into<String>, sens: Option<bool>) -> Self {
        if let Some(colonne) = self.colonnes.last_mut() {
            colonne.tri = Some((href.into(), sens));
        }
        self
    }

    /// Adds a row: one cell a column.
    #[must_use]
    pub fn ligne(mut self, cellules: impl IntoIterator<Item = Markup>) -> Self {
        self.lignes.push(cellules.into_iter().collect());
        self
    }

    /// Last row, in bold.
    #[must_use]
    pub fn total(mut self, cellules: impl IntoIterator<Item = Markup>) -> Self {
        self.total = Some(cellules.into_iter().collect());
        self
    }

    /// Rows of 40 px instead of 52: long lists read on a PC.
    #[must_use]
    pub const fn dense(mut self) -> Self {
        self.dense = true;
        self
    }

    /// Shown instead of the table when it has no row.
    #[must_use]
    pub fn si_vide(mut self, vide: Markup) -> Self {
        self.vide = Some(vide);
        self
    }

    fn entete(colonne: &Colonne) -> Markup {
        let sens = colonne.tri.as_ref().and_then(|(_, sens)| *sens);
        let annonce = sens.map(|montant| if montant { "ascending" } else { "descending" });
        html! {
            th scope="col" class=[colonne.nombre.then_some("nombre")] aria-sort=[annonce] {
                @if let Some((href, _)) = &colonne.tri {
                    a href=(href) {
                        (colonne.nom)
                        @match sens {
                            Some(true) => (icone(Icone::ChevronUp)),
                            Some(false) => (icone(Icone::ChevronDown)),
                            None => (icone(Icone::ChevronsUpDown)),
                        }
                    }
                } @else { (colonne.nom) }
            }
        }
    }

    fn rangee(&self, cellules: &[Markup]) -> Markup {
        html! {
            tr {
                @for (cellule, colonne) in cellules.iter().zip(&self.colonnes).take(1) { th scope="row" class=[colonne.nombre.then_some("nombre")] { (cellule) } }
                @for (cellule, colonne) in cellules.iter().zip(&self.colonnes).skip(1) {
                    td data-nom=[(!colonne.nom.is_empty()).then_some(&colonne.nom)] class=[colonne.nombre.then_some("nombre")] {
                        @if !cellule.0.is_empty() { div class="cellule" { (cellule) } }
                    }
                }
            }
        }
    }

    /// Draws the table.
    pub fn render(&self) -> Markup {
        if let (true, Some(vide)) = (self.lignes.is_empty(), &self.vide) {
            return vide.clone();
        }
        let classe = if self.dense { "tableau tableau--cartes tableau--dense" } else { "tableau tableau--cartes" };
        html! {
            div class="tableau-cadre" role="region" tabindex="0" aria-label=(self.legende) {
                table class=(classe) {
                    caption { span class=[self.legende_cachee.then_some("lecteur")] { (self.legende) } }
                    thead { tr { @for colonne in &self.colonnes { (Self::entete(colonne)) } } }
                    tbody { @for ligne in &self.lignes { (self.rangee(ligne)) } }
                    @if let Some(total) = &self.total { tfoot { (self.rangee(total)) } }
                }
            }
        }
    }
}

rendu!(Tableau);
