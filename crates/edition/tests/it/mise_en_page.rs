//! Pages: breaks, headers that come back, rows that split.

use edition::{Bloc, Colonne, Doc, Encadre, Niveau, Orientation, Section, Tableau, Texte, Ton, pdf, texte};

use crate::lecture::{compter, pages, plat, serre};

fn tableau(lignes: Vec<Vec<Texte>>) -> Doc {
    let colonnes = vec![Colonne::new("Rang", 1), Colonne::new("Contenu", 3)];
    Doc {
        titre: "Essai".into(),
        blocs: vec![Bloc::Tableau(Tableau { colonnes, lignes, ..Tableau::default() })],
        ..Doc::default()
    }
}

fn nombre_de_pages(pdf: &[u8]) -> usize {
    compter(pdf, b"/Type /Page\n") + compter(pdf, b"/Type/Page\n") + compter(pdf, b"/Type /Page/") + compter(pdf, b"/Type/Page/")
}

#[test]
fn three_hundred_rows_keep_their_header_and_their_order() {
    let fichier = pdf(&tableau((1..=300).map(|i| vec![texte(format!("n°{i}.")), texte("valeur")]).collect())).unwrap();
    let compte = nombre_de_pages(&fichier);
    assert!((8..=14).contains(&compte), "{compte} pages");
    let Some(feuilles) = pages(&fichier) else {
        return;
    };
    assert_eq!(feuilles.len(), compte);
    assert!(feuilles.iter().all(|p| p.contains("Rang") && p.contains("Contenu")), "a header on each page");
    let tout = feuilles.join(" ");
    let rangs: Vec<&str> = tout.split_whitespace().filter(|m| m.starts_with("n°")).collect();
    let attendus: Vec<String> = (1..=300).map(|i| format!("n°{i}.")).collect();
    assert_eq!(rangs, attendus);
    assert!(feuilles.last().unwrap().matches("valeur").count() >= 2, "no lone last row");
}

#[test]
fn a_row_higher_than_a_page_is_split_and_whole() {
    let mots: Vec<String> = (0..3000).map(|i| format!("mot{i}")).collect();
    let doc = tableau(vec![vec![texte("Longue"), texte(mots.join(" "))], vec![texte("Après"), texte("fin")]]);
    let Some(feuilles) = pages(&pdf(&doc).unwrap()) else {
        return;
    };
    assert!(feuilles.len() >= 3);
    let tout = feuilles.join(" ");
    let lus: Vec<&str> = tout.split_whitespace().filter(|m| m.starts_with("mot")).collect();
    assert_eq!(lus, mots);
    assert!(!tout.contains('…'));
    for page in &feuilles[1..] {
        assert!(page.contains("Longue") && page.contains("(suite)"), "the row is named again: {page}");
    }
    assert!(plat(&tout).contains("Après fin"));
}

#[test]
fn an_alert_longer_than_a_page_is_named_again() {
    let mots: Vec<String> = (0..1500).map(|i| format!("mot{i}")).collect();
    let alerte = Encadre { ton: Ton::Danger, titre: "Iode".into(), paragraphes: vec![texte(mots.join(" "))] };
    let doc = Doc { blocs: vec![Bloc::Encadre(alerte)], ..Doc::default() };
    let Some(feuilles) = pages(&pdf(&doc).unwrap()) else {
        return;
    };
    assert!(feuilles.len() > 1);
    assert!(feuilles[1..].iter().all(|p| plat(p).contains("DANGER Iode (suite)")));
    let tout = feuilles.join(" ");
    assert_eq!(tout.split_whitespace().filter(|m| m.starts_with("mot")).count(), 1500);
}

#[test]
fn a_short_row_is_never_cut() {
    let phrase = "début une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize \
                  vingt trente quarante cinquante soixante septante octante nonante cent mille million milliard fin";
    for marge in 0..12 {
        let mut doc = tableau((0..40).map(|i| vec![texte(format!("{i}")), texte(phrase)]).collect());
        doc.blocs.insert(0, Bloc::Espace(marge));
        let Some(feuilles) = pages(&pdf(&doc).unwrap()) else {
            return;
        };
        assert!(feuilles.len() > 1);
        for page in &feuilles {
            assert_eq!(page.matches("début").count(), page.matches(" fin").count(), "{page}");
        }
    }
}

#[test]
fn the_last_row_is_never_alone_on_its_page() {
    for lignes in 20..60 {
        let doc = tableau((0..lignes).map(|_| vec![texte("rang"), texte("valeur")]).collect());
        let Some(feuilles) = pages(&pdf(&doc).unwrap()) else {
            return;
        };
        assert!(feuilles.last().unwrap().matches("valeur").count() >= 2, "{lignes} rows");
    }
}

#[test]
fn a_heading_is_never_alone_at_the_foot_of_a_page() {
    for hauteur in 0..40u8 {
        let blocs = vec![
            Bloc::Paragraphe(texte("haut")),
            Bloc::Espace(190),
            Bloc::Espace(hauteur),
            Bloc::Titre(Niveau::Un, "Chapeau".into()),
            Bloc::Titre(Niveau::Deux, "Sous-chapeau".into()),
            Bloc::Paragraphe(texte("dessous")),
        ];
        let Some(feuilles) = pages(&pdf(&Doc { blocs, ..Doc::default() }).unwrap()) else {
            return;
        };
        let page = feuilles.iter().find(|p| p.contains("Chapeau")).unwrap();
        assert!(page.contains("Sous-chapeau") && page.contains("dessous"), "{hauteur} mm: {page}");
    }
}

#[test]
fn a_section_starts_a_page_under_its_own_name() {
    let section = |nom: &str| Bloc::Section(Section { repere: nom.into(), qr: Some("https://grappe.exemple.fr/s".into()) });
    let blocs =
        vec![section("ALPHA"), Bloc::Paragraphe(texte("a")), section("BRAVO"), Bloc::Paragraphe(texte("b")), Bloc::SautDePage];
    let Some(feuilles) = pages(&pdf(&Doc { blocs, ..Doc::default() }).unwrap()) else {
        return;
    };
    assert_eq!(feuilles.len(), 2, "no blank page before or after");
    assert!(feuilles[0].contains("ALPHA") && !feuilles[0].contains("BRAVO"));
    assert!(feuilles[1].contains("BRAVO") && !feuilles[1].contains("ALPHA"));
}

#[test]
fn landscape_is_wider() {
    let paysage = pdf(&Doc { orientation: Orientation::Paysage, ..Doc::default() }).unwrap();
    assert_eq!(compter(&paysage, b"MediaBox[0 0 841.8898 595.27563]"), 1);
    assert_eq!(nombre_de_pages(&paysage), 1);
}

#[test]
fn a_narrow_cell_wraps_without_losing_a_letter() {
    let long = "hydroxychloroquine-sulfate et anticonstitutionnellement".repeat(4);
    let colonnes = vec![Colonne::new("B", 30), Colonne::new("A", 1)];
    let tableau = Tableau { colonnes, lignes: vec![vec![texte(""), texte(&*long)]], ..Tableau::default() };
    let doc = Doc { blocs: vec![Bloc::Tableau(tableau)], document_de_travail: false, ..Doc::default() };
    let Some(feuilles) = pages(&pdf(&doc).unwrap()) else {
        return;
    };
    let mut lettres = String::new();
    for page in feuilles {
        let corps = serre(&page);
        let corps = corps.strip_prefix("BA").unwrap().split("Édité").next().unwrap().to_owned();
        lettres.push_str(&corps.replace("(suite)", ""));
    }
    assert_eq!(lettres, serre(&long));
}

#[test]
fn a_qr_code_is_held_once_whatever_the_number_of_pages() {
    let long = |qr: Option<&str>| {
        pdf(&Doc { qr: qr.map(str::to_owned), blocs: vec![Bloc::Paragraphe(texte("mot")); 1_500], ..Doc::default() }).unwrap()
    };
    let (sans, avec) = (long(None), long(Some("https://grappe.exemple.fr/secours/ressaisie?unite=0192&usager=0193")));
    let pages = compter(&avec, b"/Type/Page/");
    assert!(pages > 30, "{pages} pages");
    assert!(avec.len() < sans.len() + 8_000, "{} bytes with a code, {} without", avec.len(), sans.len());
}
