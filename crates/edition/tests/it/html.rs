//! The HTML says the same thing, and says it to a screen reader.

use edition::{Bloc, Doc, STYLE, Segment, Tableau, html, texte};

use crate::contenu::complet;

#[test]
fn headings_tables_and_images_are_accessible() {
    let page = html(&complet()).into_string();
    for motif in [
        "<article class=\"edition\" lang=\"fr\">",
        "<h1>Fiche de liaison</h1>",
        "<h2>Partie première</h2>",
        "<h3>Chapitre</h3>",
        "<h4>Détail</h4>",
        "<caption>Constantes</caption>",
        "<th scope=\"col\">Jour</th>",
        "<th scope=\"row\">lundi</th>",
        "<th class=\"edition-droite\" scope=\"col\">Poids</th>",
        "<ol><li>un</li>",
        "<ul><li>puce</li>",
        "<dt>Médecin</dt><dd>Dr GYPSE</dd>",
        "alt=\"Schéma\"",
        "data:image/png;base64,",
        "data:image/jpeg;base64,",
        "Danger\u{a0}: Allergie",
        "(coché)",
        "(non coché)",
        "<a href=\"https://grappe.exemple.fr/q\">Ouvrir la fiche</a>",
        "document de travail",
        "<strong>75\u{a0}µg</strong>",
        "Dose\u{a0}: ",
    ] {
        let inverse = motif.replace("class=\"edition-droite\" scope=\"col\"", "scope=\"col\" class=\"edition-droite\"");
        assert!(page.contains(motif) || page.contains(&inverse), "« {motif} » missing from {page}");
    }
}

#[test]
fn text_is_escaped_and_addresses_are_checked() {
    let blocs = vec![
        Bloc::Paragraphe(vec![Segment::gras("<script>alert(1)</script>\nsuite")]),
        Bloc::Qr { url: "javascript:alert(1)".into(), legende: "Lien".into() },
        Bloc::Qr { url: "//ailleurs.exemple".into(), legende: "Lien".into() },
    ];
    let page = html(&Doc { blocs, ..Doc::default() }).into_string();
    assert!(!page.contains("<script>") && page.contains("&lt;script&gt;"));
    assert!(page.contains("<br>suite"));
    assert!(!page.contains("href="), "{page}");
}

#[test]
fn an_empty_table_says_so() {
    let colonnes = vec![edition::Colonne::new("A", 1), edition::Colonne::new("B", 1)];
    let mut vide = Tableau { colonnes, ..Tableau::default() };
    let rendu = |t: &Tableau| html(&Doc { blocs: vec![Bloc::Tableau(t.clone())], ..Doc::default() }).into_string();
    assert!(rendu(&vide).contains("<td colspan=\"2\">Néant</td>"));
    vide.si_vide = "Aucun traitement".into();
    assert!(rendu(&vide).contains("Aucun traitement"));
    vide.lignes = vec![vec![texte("x")]];
    assert!(rendu(&vide).contains("<td>x</td><td></td>"));
}

#[test]
fn every_class_has_its_style() {
    let page = html(&complet()).into_string();
    let classes = page.split("class=\"").skip(1).filter_map(|r| r.split('"').next()).flat_map(str::split_whitespace);
    let libres = ["edition-entete", "edition-repere", "edition-sous-titre", "edition-pied", "edition-lien", "edition-a-ecrire"];
    for classe in classes.filter(|c| !libres.contains(c) && !matches!(*c, "edition-attention" | "edition-info")) {
        assert!(STYLE.contains(&format!(".{classe} ")) || STYLE.contains(&format!(".{classe},")), "{classe}");
    }
}
