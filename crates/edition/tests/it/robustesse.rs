//! Whatever is typed, a document comes out.

use edition::{Bloc, Colonne, Doc, EditionError, Figure, Niveau, Section, Tableau, caracteres_absents, pdf, texte};
use proptest::prelude::*;

use crate::lecture::{pages, plat, serre};

fn un(paragraphe: &str) -> Doc {
    Doc { blocs: vec![Bloc::Paragraphe(texte(paragraphe))], ..Doc::default() }
}

#[test]
fn an_unknown_character_is_shown_and_listed() {
    let doc = un("Humeur 😀 et nom Nguyễn");
    assert_eq!(caracteres_absents(&doc).unwrap(), vec!['ễ', '😀']);
    let Some(feuilles) = pages(&pdf(&doc).unwrap()) else {
        return;
    };
    let tout = plat(&feuilles.join(" "));
    assert!(tout.contains("Humeur □ et nom Nguyen"), "{tout}");
    assert!(tout.contains("U+1EC5, U+1F600"), "{tout}");
}

#[test]
fn french_and_clinical_signs_are_all_known() {
    let doc = un(
        "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸàâäçéèêëîïôöùûüÿŒœÆæ’‘“”«»–—•…☐☑☒✓✗°±×÷µ²³½¼¾≥≤≠≈→←↑↓↗↘↔Δαβγ€§№†−‰Ω■□●○▲△▼▶ﬁ\u{a0}\u{202f}\u{2009}\u{2011}",
    );
    assert_eq!(caracteres_absents(&doc).unwrap(), Vec::<char>::new());
    let Some(feuilles) = pages(&pdf(&doc).unwrap()) else {
        return;
    };
    let tout = serre(&feuilles.join(" "));
    for morceau in ["≥≤≠≈→←↑↓↗↘↔Δalphabêtagamma€§n°", "☐☑☒✓✗", "■□●○▲△▼▶fi"]
    {
        assert!(tout.contains(morceau), "{morceau} missing from {tout}");
    }
}

#[test]
fn decomposed_accents_are_composed() {
    let doc = un("E\u{301}milie cafe\u{301}");
    assert!(caracteres_absents(&doc).unwrap().is_empty());
    let Some(feuilles) = pages(&pdf(&doc).unwrap()) else {
        return;
    };
    assert!(plat(&feuilles.join(" ")).contains("Émilie café"));
}

#[test]
fn control_characters_vanish() {
    let doc = un("a\0b\u{7}c\u{1b}[31md\re\r\nf\tg\u{feff}h\u{202e}i\u{ad}j");
    assert!(caracteres_absents(&doc).unwrap().is_empty());
    let Some(feuilles) = pages(&pdf(&doc).unwrap()) else {
        return;
    };
    let tout = plat(&feuilles.join(" "));
    assert!(tout.contains("abc[31md e f ghij"), "{tout}");
}

#[test]
fn a_word_of_ten_thousand_letters_is_whole() {
    let mot: String = ('a'..='z').cycle().take(10_000).collect();
    let colonnes = vec![Colonne::new("A", 1), Colonne::new("B", 1)];
    let cellule = Tableau { colonnes, lignes: vec![vec![texte(""), texte(&*mot)]], ..Tableau::default() };
    for bloc in [Bloc::Paragraphe(texte(&*mot)), Bloc::Tableau(cellule)] {
        let Some(feuilles) = pages(&pdf(&Doc { blocs: vec![bloc], ..Doc::default() }).unwrap()) else {
            return;
        };
        assert!(feuilles.len() > 1);
        let lettres: String = feuilles
            .iter()
            .flat_map(|p| p.lines())
            .map(str::trim)
            .filter(|l| l.len() > 4 && l.chars().all(|c| c.is_ascii_lowercase()))
            .collect();
        assert_eq!(lettres, mot);
    }
}

#[test]
fn what_cannot_be_edited_is_said_in_french() {
    let image = Figure { image: b"GIF89a".to_vec(), texte_alternatif: "plaie".into(), ..Figure::default() };
    let erreur = pdf(&Doc { blocs: vec![Bloc::Figure(image)], ..Doc::default() }).unwrap_err();
    assert_eq!(erreur.to_string(), "L'image « plaie » n'a pas pu être lue. Remplacez-la par une image PNG ou JPEG.");
    let coupee = Figure { image: include_bytes!("../figures/schema.png")[..200].to_vec(), ..Figure::default() };
    assert!(matches!(pdf(&Doc { blocs: vec![Bloc::Figure(coupee)], ..Doc::default() }), Err(EditionError::Image(_))));
    let quadri = Figure { image: include_bytes!("../figures/quadri.jpg").to_vec(), ..Figure::default() };
    assert!(matches!(pdf(&Doc { blocs: vec![Bloc::Figure(quadri)], ..Doc::default() }), Err(EditionError::Image(_))));
    let url = Some("x".repeat(2000));
    assert_eq!(pdf(&Doc { qr: url, ..Doc::default() }), Err(EditionError::Qr(2000)));
    let large =
        Tableau { colonnes: vec![Colonne::new("A", 1)], lignes: vec![vec![texte("1"), texte("2")]], ..Tableau::default() };
    assert!(matches!(pdf(&Doc { blocs: vec![Bloc::Tableau(large)], ..Doc::default() }), Err(EditionError::Tableau(_))));
}

#[test]
fn a_section_with_a_much_taller_header_still_prints_everything() {
    let mots: Vec<String> = (0..2000).map(|i| format!("m{i}")).collect();
    let blocs = vec![
        Bloc::Section(Section { repere: "NOM ".repeat(300), qr: None }),
        Bloc::Titre(Niveau::Un, "Long titre ".repeat(80)),
        Bloc::Paragraphe(texte(mots.join(" "))),
    ];
    let Some(feuilles) = pages(&pdf(&Doc { blocs, ..Doc::default() }).unwrap()) else {
        return;
    };
    let tout = feuilles.join(" ");
    let lus = tout.split_whitespace().filter(|m| m.starts_with('m')).filter(|m| m[1..].parse::<u32>().is_ok()).count();
    assert_eq!(lus, 2000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_gives_a_valid_file(s in "\\PC{0,80}", brut in any::<String>()) {
        let colonnes = vec![Colonne::new(&*s, 1), Colonne::new("B", 2)];
        let doc = Doc {
            titre: s.clone(),
            repere: brut.clone(),
            blocs: vec![
                Bloc::Titre(Niveau::Un, brut.clone()),
                Bloc::Tableau(Tableau { colonnes, lignes: vec![vec![texte(&*brut), texte(&*s)]], ..Tableau::default() }),
            ],
            ..Doc::default()
        };
        prop_assert!(pdf(&doc).is_ok());
    }
}
