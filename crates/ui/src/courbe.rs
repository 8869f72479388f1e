//! Line chart in SVG with thresholds, axes and the same numbers in a table.
//!
//! Everything is integer: values are given in the smallest displayed unit (52,4 kg with one decimal
//! is 524), positions in any unit that grows with time (minutes, days).

use std::fmt::Write as _;

use maud::{Markup, html};

use crate::tableau::Tableau;

const LARGEUR: i64 = 720;
const HAUTEUR: i64 = 260;
const GAUCHE: i64 = 56;
const DROITE: i64 = 16;
const HAUT: i64 = 14;
const BAS: i64 = 34;

/// A measure.
#[derive(Debug, Clone)]
pub struct Point {
    /// Position on the time axis.
    pub instant: i64,
    /// Value in the smallest displayed unit.
    pub valeur: i64,
    /// Date as shown.
    pub date: String,
    /// Out of the expected range: drawn as a filled square and said in the table.
    pub hors_norme: bool,
}

/// A line chart.
#[derive(Debug, Clone)]
pub struct Courbe {
    titre: String,
    unite: String,
    decimales: u8,
    points: Vec<Point>,
    seuils: Vec<(i64, String)>,
    zone: Option<(i64, i64)>,
    mention: Option<String>,
}

/// Linear map of values to the drawing.
struct Echelle {
    t0: i64,
    dt: i64,
    bas: i64,
    haut: i64,
}

impl Echelle {
    fn x(&self, instant: i64) -> i64 {
        GAUCHE + (instant - self.t0) * (LARGEUR - GAUCHE - DROITE) / self.dt
    }

    fn y(&self, valeur: i64) -> i64 {
        HAUTEUR - BAS - (valeur - self.bas) * (HAUTEUR - HAUT - BAS) / (self.haut - self.bas)
    }
}

impl Courbe {
    /// `decimales` is the number of decimals of the values: 1 makes 524 « 52,4 ».
    pub fn new(titre: impl Into<String>, unite: impl Into<String>, decimales: u8) -> Self {
        Self {
            titre: titre.into(),
            unite: unite.into(),
            decimales,
            points: Vec::new(),
            seuils: Vec::new(),
            zone: None,
            mention: None,
        }
    }

    /// Adds a measure; measures are given in the order of time.
    #[must_use]
    pub fn point(mut self, point: Point) -> Self {
        self.points.push(point);
        self
    }

    /// Adds measures.
    #[must_use]
    pub fn points(mut self, points: impl IntoIterator<Item = Point>) -> Self {
        self.points.extend(points);
        self
    }

    /// Adds a dashed threshold with its name.
    #[must_use]
    pub fn seuil(mut self, valeur: i64, nom: impl Into<String>) -> Self {
        self.seuils.push((valeur, nom.into()));
        self
    }

    /// Tints the expected range.
    #[must_use]
    pub const fn zone(mut self, bas: i64, haut: i64) -> Self {
        self.zone = Some((bas, haut));
        self
    }

    /// Sentence next to the title: what the chart says in words.
    #[must_use]
    pub fn mention(mut self, mention: impl Into<String>) -> Self {
        self.mention = Some(mention.into());
        self
    }

    fn echelle(&self) -> (Echelle, Vec<i64>) {
        let hauteurs = self.points.iter().map(|p| p.valeur).chain(self.seuils.iter().map(|s| s.0));
        let hauteurs: Vec<i64> = hauteurs.chain(self.zone.iter().flat_map(|z| [z.0, z.1])).collect();
        let (min, max) = (hauteurs.iter().min().copied().unwrap_or(0), hauteurs.iter().max().copied().unwrap_or(1));
        let pas = pas_rond((max - min).max(1));
        let bas = min.div_euclid(pas) * pas;
        let haut = (max.div_euclid(pas) + 1) * pas;
        let t0 = self.points.first().map_or(0, |p| p.instant);
        let dt = (self.points.last().map_or(1, |p| p.instant) - t0).max(1);
        let graduations = (0..=(haut - bas) / pas).map(|rang| bas + rang * pas).collect();
        (Echelle { t0, dt, bas, haut }, graduations)
    }

    fn fond(&self, echelle: &Echelle, graduations: &[i64]) -> Markup {
        html! {
            @if let Some((bas, haut)) = self.zone {
                rect class="courbe-zone" x=(GAUCHE) y=(echelle.y(haut)) width=(LARGEUR - GAUCHE - DROITE) height=(echelle.y(bas) - echelle.y(haut)) {}
            }
            @for valeur in graduations {
                @let y = echelle.y(*valeur);
                line class="courbe-grille" x1=(GAUCHE) x2=(LARGEUR - DROITE) y1=(y) y2=(y) {}
                text class="courbe-axe" x=(GAUCHE - 8) y=(y + 4) text-anchor="end" { (en_texte(*valeur, self.decimales)) }
            }
            @for (valeur, nom) in &self.seuils {
                @let y = echelle.y(*valeur);
                line class="courbe-seuil" x1=(GAUCHE) x2=(LARGEUR - DROITE) y1=(y) y2=(y) {}
                text class="courbe-seuil-nom" x=(LARGEUR - DROITE - 4) y=(y - 6) text-anchor="end" { (nom) }
            }
        }
    }

    fn trace(&self, echelle: &Echelle) -> Markup {
        let mut chemin = String::new();
        for (rang, point) in self.points.iter().enumerate() {
            let lettre = if rang == 0 { 'M' } else { 'L' };
            let _ = write!(chemin, "{lettre}{} {}", echelle.x(point.instant), echelle.y(point.valeur));
        }
        html! {
            path class="courbe-ligne" d=(chemin) {}
            @for point in &self.points {
                @let (x, y) = (echelle.x(point.instant), echelle.y(point.valeur));
                @if point.hors_norme { rect class="courbe-point courbe-point--hors" x=(x - 5) y=(y - 5) width="10" height="10" {} }
                @else { circle class="courbe-point" cx=(x) cy=(y) r="4.5" {} }
            }
        }
    }

    fn dates(&self, echelle: &Echelle) -> Markup {
        let pas = self.points.len().div_ceil(6).max(1);
        html! {
            @for (rang, point) in self.points.iter().enumerate().filter(|(rang, _)| rang % pas == 0) {
                @let ancre = if rang == 0 { "start" } else if rang + 1 == self.points.len() { "end" } else { "middle" };
                text class="courbe-axe" x=(echelle.x(point.instant)) y=(HAUTEUR - 10) text-anchor=(ancre) { (point.date) }
            }
        }
    }

    fn tableau(&self) -> Markup {
        self.points
            .iter()
            .rev()
            .fold(
                Tableau::new(self.titre.clone()).colonne("Date").colonne_nombre(self.unite.clone()).colonne("").dense(),
                |table, point| {
                    let valeur = en_texte(point.valeur, self.decimales);
                    let mot = if point.hors_norme { "hors de la zone attendue" } else { "" };
                    table.ligne([html! { (point.date) }, html! { (valeur) }, html! { (mot) }])
                },
            )
            .render()
    }

    /// Draws the chart; without a measure, only its title and « Aucune mesure. ».
    pub fn render(&self) -> Markup {
        let (echelle, graduations) = self.echelle();
        html! {
            figure class="courbe" {
                figcaption { (self.titre) " (" (self.unite) ")" @if let Some(mention) = &self.mention { small { (mention) } } }
                @if self.points.is_empty() { p class="secondaire" { "Aucune mesure." } }
                @else {
                    svg class="courbe-svg" viewBox=(format!("0 0 {LARGEUR} {HAUTEUR}")) aria-hidden="true" focusable="false" {
                        (self.fond(&echelle, &graduations)) (self.trace(&echelle)) (self.dates(&echelle))
                    }
                    details { summary { "Voir les mesures en tableau" } (self.tableau()) }
                }
            }
        }
    }
}

rendu!(Courbe);

/// Step of 1, 2 or 5 times a power of ten giving four to eight lines.
fn pas_rond(etendue: i64) -> i64 {
    let mut base = 1;
    while base * 50 < etendue {
        base *= 10;
    }
    [1, 2, 5, 10].into_iter().map(|facteur| facteur * base).find(|pas| etendue / pas <= 6).unwrap_or(base * 10)
}

/// French decimal form of an integer in the smallest displayed unit.
fn en_texte(valeur: i64, decimales: u8) -> String {
    let diviseur = 10_i64.pow(u32::from(decimales));
    let signe = if valeur < 0 { "−" } else { "" };
    let (entier, reste) = (valeur.abs() / diviseur, valeur.abs() % diviseur);
    if reste == 0 {
        return format!("{signe}{entier}");
    }
    let fraction = format!("{reste:0largeur$}", largeur = usize::from(decimales));
    format!("{signe}{entier},{}", fraction.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::{en_texte, pas_rond};

    #[test]
    fn decimals_are_french_and_not_padded() {
        assert_eq!(en_texte(524, 1), "52,4");
        assert_eq!(en_texte(520, 1), "52");
        assert_eq!(en_texte(5, 2), "0,05");
        assert_eq!(en_texte(-54, 1), "−5,4");
    }

    #[test]
    fn steps_are_round_and_lines_few() {
        for etendue in [1, 3, 7, 12, 49, 120, 999, 45_000] {
            let pas = pas_rond(etendue);
            assert!(etendue / pas <= 6, "{etendue}: {pas}");
            let tete = pas.to_string();
            assert!(matches!(tete.trim_end_matches('0'), "1" | "2" | "5"), "{pas}");
        }
    }
}
