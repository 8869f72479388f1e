//! Signs the faces lack, drawn as outlines: boxes, ticks, arrows, and the □ of a missing character.

use krilla::geom::{Path, PathBuilder};

/// A sign drawn by hand. Outlines are in ems, y downwards, origin on the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Symbole {
    CaseVide,
    CaseCochee,
    CaseCroix,
    Coche,
    Croix,
    Fleche { dx: i8, dy: i8 },
    DoubleFleche,
    Carre { plein: bool },
    Rond { plein: bool },
    Triangle { haut: bool, plein: bool },
    Pointe,
}

/// Replaces a character nobody can print; listed at the end of the document.
pub(crate) const ABSENT: char = '\u{25a1}';

impl Symbole {
    pub(crate) fn de(c: char) -> Option<Self> {
        let fleche = |dx, dy| Some(Self::Fleche { dx, dy });
        match c {
            '☐' => Some(Self::CaseVide),
            '☑' | '✅' => Some(Self::CaseCochee),
            '☒' => Some(Self::CaseCroix),
            '✓' | '✔' => Some(Self::Coche),
            '✗' | '✘' | '✕' | '✖' | '❌' => Some(Self::Croix),
            '→' | '➔' | '➜' | '⇒' => fleche(1, 0),
            '←' | '⇐' => fleche(-1, 0),
            '↑' | '⇧' => fleche(0, -1),
            '↓' | '⇩' => fleche(0, 1),
            '↗' => fleche(1, -1),
            '↘' => fleche(1, 1),
            '↙' => fleche(-1, 1),
            '↖' => fleche(-1, -1),
            '↔' | '⇔' => Some(Self::DoubleFleche),
            '■' | '▪' => Some(Self::Carre { plein: true }),
            '□' | '▫' => Some(Self::Carre { plein: false }),
            '●' | '⚫' => Some(Self::Rond { plein: true }),
            '○' | '◌' | '⚪' => Some(Self::Rond { plein: false }),
            '▲' => Some(Self::Triangle { haut: true, plein: true }),
            '△' | '⚠' => Some(Self::Triangle { haut: true, plein: false }),
            '▼' => Some(Self::Triangle { haut: false, plein: true }),
            '▽' => Some(Self::Triangle { haut: false, plein: false }),
            '▶' | '►' | '➤' => Some(Self::Pointe),
            _ => None,
        }
    }

    /// Advance, in ems.
    pub(crate) fn avance(self) -> f32 {
        match self {
            Self::CaseVide | Self::CaseCochee | Self::CaseCroix => 1.06,
            Self::Fleche { .. } => 0.92,
            Self::DoubleFleche => 1.1,
            _ => 0.8,
        }
    }

    /// True when the outline is filled, false when it is stroked.
    pub(crate) fn plein(self) -> bool {
        match self {
            Self::Carre { plein } | Self::Rond { plein } | Self::Triangle { plein, .. } => plein,
            Self::Pointe => true,
            _ => false,
        }
    }

    /// Outline at `taille` points, its origin at (`x`, `y`).
    pub(crate) fn trace(self, x: f32, y: f32, taille: f32) -> Option<Path> {
        let mut plume = Plume { trace: PathBuilder::new(), x, y, taille };
        match self {
            Self::CaseVide => plume.cadre(0.06, -0.80, 0.92),
            Self::CaseCochee => {
                plume.cadre(0.06, -0.80, 0.92);
                plume.ligne(&[(0.24, -0.36), (0.45, -0.12), (0.80, -0.62)]);
            }
            Self::CaseCroix => {
                plume.cadre(0.06, -0.80, 0.92);
                plume.ligne(&[(0.26, -0.60), (0.78, -0.08)]);
                plume.ligne(&[(0.78, -0.60), (0.26, -0.08)]);
            }
            Self::Coche => plume.ligne(&[(0.10, -0.32), (0.30, -0.08), (0.68, -0.62)]),
            Self::Croix => {
                plume.ligne(&[(0.14, -0.58), (0.64, -0.08)]);
                plume.ligne(&[(0.64, -0.58), (0.14, -0.08)]);
            }
            Self::Fleche { dx, dy } => plume.fleche(f32::from(dx), f32::from(dy), 0.46),
            Self::DoubleFleche => {
                plume.fleche(1.0, 0.0, 0.55);
                plume.fleche(-1.0, 0.0, 0.55);
            }
            Self::Carre { .. } => plume.cadre(0.10, -0.64, 0.60),
            Self::Rond { .. } => plume.rond(0.40, -0.34, 0.29),
            Self::Triangle { haut, .. } => {
                let (base, pointe) = if haut { (-0.04, -0.66) } else { (-0.62, 0.0) };
                plume.polygone(&[(0.06, base), (0.74, base), (0.40, pointe)]);
            }
            Self::Pointe => plume.polygone(&[(0.12, -0.64), (0.12, -0.04), (0.70, -0.34)]),
        }
        plume.trace.finish()
    }
}

struct Plume {
    trace: PathBuilder,
    x: f32,
    y: f32,
    taille: f32,
}

impl Plume {
    fn point(&self, (x, y): (f32, f32)) -> (f32, f32) {
        (self.x + x * self.taille, self.y + y * self.taille)
    }

    fn ligne(&mut self, points: &[(f32, f32)]) {
        for (i, &p) in points.iter().enumerate() {
            let (x, y) = self.point(p);
            if i == 0 {
                self.trace.move_to(x, y);
            } else {
                self.trace.line_to(x, y);
            }
        }
    }

    fn polygone(&mut self, points: &[(f32, f32)]) {
        self.ligne(points);
        self.trace.close();
    }

    fn cadre(&mut self, x: f32, y: f32, cote: f32) {
        self.polygone(&[(x, y), (x + cote, y), (x + cote, y + cote), (x, y + cote)]);
    }

    fn fleche(&mut self, dx: f32, dy: f32, centre: f32) {
        let demi = if dx != 0.0 && dy != 0.0 { 0.24 } else { 0.36 };
        let milieu = -0.34;
        let bout = (centre + dx * demi, milieu + dy * demi);
        let norme = (dx * dx + dy * dy).sqrt();
        let (ux, uy) = (dx / norme, dy / norme);
        let aile = |cote: f32| (bout.0 - 0.24 * ux - cote * 0.20 * uy, bout.1 - 0.24 * uy + cote * 0.20 * ux);
        self.ligne(&[(centre - dx * demi, milieu - dy * demi), bout]);
        self.ligne(&[aile(1.0), bout, aile(-1.0)]);
    }

    fn rond(&mut self, cx: f32, cy: f32, rayon: f32) {
        // 0.5523: control distance that draws a quarter of a circle with one cubic.
        let bras = rayon * 0.5523;
        let depart = self.point((cx + rayon, cy));
        self.trace.move_to(depart.0, depart.1);
        let arcs = [
            [(cx + rayon, cy + bras), (cx + bras, cy + rayon), (cx, cy + rayon)],
            [(cx - bras, cy + rayon), (cx - rayon, cy + bras), (cx - rayon, cy)],
            [(cx - rayon, cy - bras), (cx - bras, cy - rayon), (cx, cy - rayon)],
            [(cx + bras, cy - rayon), (cx + rayon, cy - bras), (cx + rayon, cy)],
        ];
        for arc in arcs {
            let [p, q, fin] = arc.map(|point| self.point(point));
            self.trace.cubic_to(p.0, p.1, q.0, q.1, fin.0, fin.1);
        }
        self.trace.close();
    }
}
