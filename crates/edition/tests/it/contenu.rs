//! Everything a document says is in the PDF, and can be copied from it.

use edition::{Bloc, Case, Cases, Colonne, Doc, Encadre, Entete, Figure, Liste, Niveau, Segment, Tableau, Ton, pdf, texte};

use crate::lecture::{compter, pages, plat};

pub(crate) fn complet() -> Doc {
    Doc {
        titre: "Fiche de liaison".into(),
        sous_titre: "Sous-titre de la fiche".into(),
        entete: Entete { etablissement: "EHPAD Essai".into(), unite: "Unité Lilas".into() },
        pied: "Standard 01 99 00 00 00".into(),
        confidentialite: "Secret professionnel".into(),
        edite_le: "21 novembre 2026 à 06:00".into(),
        edite_par: "Claire OLIVINE".into(),
        repere: "M. ŒILLET Noël".into(),
        qr: Some("https://grappe.exemple.fr/u/1".into()),
        blocs: [textes(), objets()].concat(),
        ..Doc::default()
    }
}

fn textes() -> Vec<Bloc> {
    vec![
        Bloc::Titre(Niveau::Un, "Partie première".into()),
        Bloc::Titre(Niveau::Deux, "Chapitre".into()),
        Bloc::Titre(Niveau::Trois, "Détail".into()),
        Bloc::Paragraphe(vec![Segment::normal("Dose : "), Segment::gras("75 µg"), Segment::normal(" – « à jeun » — l’œil… →")]),
        Bloc::Liste(Liste { numerotee: true, elements: vec![texte("un"), texte("deux")] }),
        Bloc::Liste(Liste { numerotee: false, elements: vec![texte("puce")] }),
        Bloc::Definitions(vec![("Médecin".into(), texte("Dr GYPSE"))]),
        Bloc::Encadre(Encadre { ton: Ton::Danger, titre: "Allergie".into(), paragraphes: vec![texte("Iode")] }),
        Bloc::Encadre(Encadre { ton: Ton::Attention, titre: "Chute".into(), paragraphes: vec![] }),
        Bloc::Encadre(Encadre { ton: Ton::Info, titre: String::new(), paragraphes: vec![texte("Note")] }),
    ]
}

fn objets() -> Vec<Bloc> {
    vec![
        Bloc::CasesACocher(Cases { question: "Vu ?".into(), cases: vec![Case::vide("Oui"), Case::cochee("Non")], par_ligne: 2 }),
        Bloc::Tableau(Tableau {
            legende: "Constantes".into(),
            colonnes: vec![Colonne::new("Jour", 1), Colonne::chiffres("Poids", 1), Colonne::centree("Fait", 1)],
            lignes: vec![vec![texte("lundi"), texte("52,4 kg"), texte("☑")], vec![texte("mardi")]],
            premiere_colonne_entete: true,
            ..Tableau::default()
        }),
        Bloc::LignesAEcrire { libelle: "Observations".into(), nombre: 2 },
        Bloc::DeuxColonnes(vec![Bloc::Paragraphe(texte("à gauche"))], vec![Bloc::Paragraphe(texte("à droite"))]),
        Bloc::Figure(Figure {
            image: include_bytes!("../figures/schema.png").to_vec(),
            texte_alternatif: "Schéma".into(),
            legende: "Légende de l'image".into(),
            largeur_mm: 30,
        }),
        Bloc::Figure(Figure {
            image: include_bytes!("../figures/gris.jpg").to_vec(),
            texte_alternatif: "Gris".into(),
            ..Figure::default()
        }),
        Bloc::Qr { url: "https://grappe.exemple.fr/q".into(), legende: "Ouvrir la fiche".into() },
    ]
}

#[test]
fn every_word_can_be_read_back() {
    let Some(pages) = pages(&pdf(&complet()).unwrap()) else {
        return;
    };
    let tout = plat(&pages.join(" "));
    for mot in [
        "Fiche de liaison",
        "Sous-titre de la fiche",
        "EHPAD Essai",
        "Unité Lilas",
        "Standard 01 99 00 00 00",
        "Secret professionnel",
        "M. ŒILLET Noël",
        "Partie première",
        "Chapitre",
        "Détail",
        "Dose : 75 µg – « à jeun » — l’œil… →",
        "1. un",
        "2. deux",
        "• puce",
        "Médecin",
        "Dr GYPSE",
        "DANGER Allergie",
        "Iode",
        "ATTENTION Chute",
        "À SAVOIR",
        "Note",
        "Vu ?",
        "Oui",
        "Non",
        "Constantes",
        "lundi",
        "52,4 kg",
        "☑",
        "mardi",
        "Observations",
        "à gauche",
        "à droite",
        "Légende de l'image",
        "Ouvrir la fiche",
        "https://grappe.exemple.fr/q",
    ] {
        assert!(tout.contains(mot), "« {mot} » missing from: {tout}");
    }
}

#[test]
fn the_footer_says_when_who_and_which_page() {
    let mut doc = complet();
    doc.blocs.push(Bloc::SautDePage);
    doc.blocs.push(Bloc::Paragraphe(texte("fin")));
    let Some(feuilles) = pages(&pdf(&doc).unwrap()) else {
        return;
    };
    let n = feuilles.len();
    for (i, page) in feuilles.iter().enumerate() {
        let mention = format!("Édité le 21 novembre 2026 à 06:00 par Claire OLIVINE · page {}/{n} · document de travail", i + 1);
        assert!(plat(page).contains(&mention), "{page}");
        assert!(page.contains("M. ŒILLET Noël") && page.contains("EHPAD Essai"), "{page}");
    }
    doc.document_de_travail = false;
    let finale = pages(&pdf(&doc).unwrap()).unwrap().join(" ");
    assert!(!finale.contains("document de travail"));
}

#[test]
fn the_file_is_pdf_a_1b_with_bookmarks_and_embedded_faces() {
    let fichier = pdf(&complet()).unwrap();
    assert!(fichier.starts_with(b"%PDF-1.4"));
    assert_eq!(compter(&fichier, b"<pdfaid:part>1</pdfaid:part>"), 1);
    assert_eq!(compter(&fichier, b"<pdfaid:conformance>B</pdfaid:conformance>"), 1);
    assert_eq!(compter(&fichier, b"/Type /Outlines") + compter(&fichier, b"/Type/Outlines"), 1);
    assert!(compter(&fichier, b"/FontFile2") >= 2, "two embedded faces");
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(pdf(&complet()).unwrap(), pdf(&complet()).unwrap());
    let mut autre = complet();
    autre.titre.push('.');
    assert_ne!(pdf(&autre).unwrap(), pdf(&complet()).unwrap());
}
