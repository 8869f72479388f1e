//! Embedded files: addresses, sprite, weight.

use std::collections::BTreeSet;

use ui::Icone;
use ui::assets::{self, CSS, SPRITE};

#[test]
fn an_address_changes_with_its_bytes_and_answers() {
    for nom in assets::noms() {
        let adresse = assets::url(nom);
        let asset = assets::get(adresse).unwrap_or_else(|| panic!("{adresse}"));
        assert!(asset.immutable && !asset.bytes.is_empty(), "{nom}");
        let hash = adresse.split('/').nth(2).expect("hash");
        assert!(hash.len() == 8 && hash.bytes().all(|o| o.is_ascii_hexdigit()), "{adresse}");
    }
    assert_eq!(assets::noms().map(assets::url).collect::<BTreeSet<_>>().len(), assets::noms().count());
}

#[test]
fn an_old_address_answers_without_being_kept() {
    let asset = assets::get("/s/0000000000000000/grappe.css").expect("current file");
    assert!(!asset.immutable);
    assert_eq!(asset.mime, "text/css; charset=utf-8");
    assert!(assets::get("/s/0000000000000000/autre.css").is_none());
    assert!(assets::get("/s/../Cargo.toml").is_none());
}

#[test]
fn the_style_sheet_points_to_the_embedded_fonts() {
    let servi = std::str::from_utf8(assets::get(assets::url("grappe.css")).expect("css").bytes).expect("utf-8");
    assert!(!servi.contains("@police"));
    assert!(servi.contains(assets::url("atkinson-latin.woff2")) && servi.contains(assets::url("atkinson-latin-ext.woff2")));
    assert!(!servi.contains("http:") && !servi.contains("https:"), "everything is served by us");
}

#[test]
fn the_script_imports_the_versioned_drafts() {
    let script = std::str::from_utf8(assets::get(assets::url("interface.js")).expect("script").bytes).expect("utf-8");
    for module in ["brouillons.js", "direct.js"] {
        assert!(script.contains(&format!("from '{}'", assets::url(module))), "{module}");
    }
}

#[test]
fn every_icon_is_in_the_sprite_and_no_other() {
    let liste: BTreeSet<&str> = include_str!("../../assets/icones.txt").lines().filter(|ligne| !ligne.is_empty()).collect();
    let enumeration: BTreeSet<&str> = Icone::TOUTES.iter().map(|icone| icone.symbole()).collect();
    let sprite: BTreeSet<&str> = SPRITE.split("<symbol id=\"").skip(1).filter_map(|reste| reste.split('"').next()).collect();
    assert_eq!(liste, enumeration);
    assert_eq!(sprite, enumeration);
}

#[test]
fn weights_stay_within_budget() {
    let poids = |nom: &str| assets::get(assets::url(nom)).map_or(0, |asset| asset.bytes.len());
    assert!(CSS.len() <= 72_000, "style sheet as written: {} bytes", CSS.len());
    assert!(poids("icones.svg") <= 42_000, "sprite: {} bytes", poids("icones.svg"));
    assert!(poids("interface.js") + poids("brouillons.js") + poids("direct.js") <= 22_000, "scripts");
    assert!(poids("atkinson-latin.woff2") <= 36_000, "font");
}
