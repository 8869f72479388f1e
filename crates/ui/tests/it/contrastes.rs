//! Contrast of every pair of tokens a component puts together, computed from the style sheet (WCAG 2.2 1.4.3, 1.4.11).

use std::collections::BTreeMap;

use ui::assets::CSS;

type Jetons = BTreeMap<String, [u8; 3]>;

fn couleurs(bloc: &str) -> Jetons {
    let lignes = bloc.split(';').filter_map(|ligne| ligne.rsplit_once("--")).map(|(_, reste)| reste);
    lignes
        .filter_map(|reste| {
            let (nom, valeur) = reste.split_once(": #")?;
            let hexa = valeur.trim();
            let canal = |rang: usize| u8::from_str_radix(hexa.get(rang..rang + 2)?, 16).ok();
            (hexa.len() == 6).then(|| Some((nom.to_owned(), [canal(0)?, canal(2)?, canal(4)?])))?
        })
        .collect()
}

/// Content of the first block after `selecteur`.
fn bloc(selecteur: &str) -> &'static str {
    let debut = CSS.find(selecteur).unwrap_or_else(|| panic!("{selecteur} is not in the style sheet"));
    let corps = &CSS[debut + selecteur.len()..];
    &corps[..corps.find('}').expect("closed block")]
}

fn themes() -> [(&'static str, Jetons); 3] {
    let clair = couleurs(bloc("@layer jetons{\n:root {"));
    let nuit = couleurs(bloc(":root[data-theme=\"nuit\"] {"));
    let auto = couleurs(bloc(":root[data-theme=\"auto\"] {"));
    [("clair", clair), ("nuit", nuit), ("auto", auto)]
}

fn luminance(couleur: [u8; 3]) -> f64 {
    let [r, g, b] = couleur.map(|canal| {
        let c = f64::from(canal) / 255.0;
        if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contraste(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn verifier(paires: &[(&str, &str)], minimum: f64) {
    for (theme, jetons) in themes() {
        for (dessus, dessous) in paires {
            let couleur = |nom: &str| *jetons.get(nom).unwrap_or_else(|| panic!("{theme}: no token --{nom}"));
            let mesure = contraste(couleur(dessus), couleur(dessous));
            assert!(mesure >= minimum, "{theme}: --{dessus} on --{dessous} is {mesure:.2}:1, needs {minimum}:1");
        }
    }
}

#[test]
fn text_reads_on_every_ground() {
    let mut paires = Vec::new();
    for texte in ["texte", "texte-2", "action", "danger"] {
        paires.extend(["fond", "surface", "surface-2"].map(|sol| (texte, sol)));
    }
    for ton in ["action", "fait", "retard", "danger", "refus"] {
        paires.push((ton, "surface"));
    }
    paires.extend([
        ("action", "action-doux"),
        ("fait", "fait-doux"),
        ("retard", "retard-doux"),
        ("danger", "danger-doux"),
        ("refus", "refus-doux"),
        ("attente", "surface-2"),
        ("texte", "action-doux"),
        ("texte", "fait-doux"),
        ("texte", "retard-doux"),
        ("texte", "danger-doux"),
        ("texte-2", "action-doux"),
        ("texte-2", "retard-doux"),
    ]);
    verifier(&paires, 4.5);
}

#[test]
fn filled_buttons_read_by_day() {
    let [(_, clair), ..] = themes();
    for ton in ["action", "fait", "danger"] {
        assert!(contraste(clair["sur-plein"], clair[ton]) >= 4.5, "{ton}");
    }
    assert!(bloc(":root[data-theme=\"nuit\"] {").contains("--plein-action-texte: var(--action)"));
}

#[test]
fn borders_and_focus_are_seen_on_every_ground() {
    let mut paires = Vec::new();
    for bord in ["trait-fort", "focus", "fait", "retard", "danger", "refus", "action", "attente"] {
        paires.extend(["fond", "surface", "surface-2"].map(|sol| (bord, sol)));
    }
    paires.push(("focus", "halo"));
    verifier(&paires, 3.0);
}

#[test]
fn the_automatic_night_is_the_night() {
    let [_, (_, nuit), (_, auto)] = themes();
    assert!(nuit.len() >= 20, "{} tokens read", nuit.len());
    assert_eq!(nuit, auto);
}

#[test]
fn tokens_are_those_of_the_design() {
    let [(_, clair), (_, nuit), _] = themes();
    assert_eq!(clair["fond"], [246, 245, 241]);
    assert_eq!(clair["action"], [7, 59, 99]);
    assert_eq!(nuit["fond"], [18, 16, 14]);
    assert_eq!(nuit["danger"], [255, 138, 128]);
}
