//! What the components write: classes that exist, no style, no inline script, no lost identifier.

use std::collections::{BTreeMap, BTreeSet};

use maud::html;
use ui::alerte::{Alerte, Nature};
use ui::assets::CSS;
use ui::bandeau_resident::{Allergies, BandeauResident, StatutIns};
use ui::boutons::Bouton;
use ui::catalogue::{catalogue, identite_exemple};
use ui::champs::{Date, Liste, Texte};
use ui::navigation::{Lien, Navigation};
use ui::page::{Apparence, Contexte, Theme, Utilisateur};
use ui::pagination::Pagination;
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;
use ui::{Icone, Page};

fn page() -> String {
    let navigation = Navigation::new("/residents/12")
        .standard("/tour/soins")
        .groupe("Organiser", [Lien::new("Travaux", "/travaux", Icone::Wrench).compteur(2).urgent()])
        .groupe("Piloter", []);
    Page::new("Composants")
        .nav(navigation)
        .contexte(Contexte { etablissement: "Les Genêts d’Or".into(), unites: "Volcans".into(), poste: "nuit".into() })
        .utilisateur(Utilisateur { id: "u1".into(), nom: "Roux".into(), prenom: "Nadia".into(), metier: "IDE".into() })
        .apparence(Apparence { theme: Theme::Nuit, taille: 130, lettres: false, ..Apparence::default() })
        .recherche("/recherche")
        .urgence("/urgence")
        .creer(ui::navigation::menu_creer(&[("Transmission", "/transmissions/nouvelle", Icone::MessageSquare)]))
        .message(Alerte::new(Nature::Succes, "Enregistré."))
        .fait("Soin validé.", Some("/soins/1/annuler".into()))
        .jeton("j3t0n")
        .flux("/direct")
        .verrou(90)
        .demo(true)
        .contenu(catalogue())
        .render()
        .0
}

fn attributs<'a>(html: &'a str, nom: &str) -> impl Iterator<Item = &'a str> {
    let debut = format!(" {nom}=\"");
    let longueur = debut.len();
    html.match_indices(&debut)
        .map(|(rang, _)| rang)
        .collect::<Vec<_>>()
        .into_iter()
        .filter_map(move |rang| html[rang + longueur..].split('"').next())
}

#[test]
fn every_class_written_is_styled() {
    let html = page();
    let classes: BTreeSet<&str> = attributs(&html, "class").flat_map(str::split_whitespace).collect();
    assert!(classes.len() > 150, "{} classes seen", classes.len());
    let suite = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let connue = |classe: &str| {
        CSS.match_indices(&format!(".{classe}")).any(|(rang, trouve)| !CSS[rang + trouve.len()..].starts_with(suite))
    };
    let inconnues: Vec<&&str> = classes.iter().filter(|classe| !connue(classe)).collect();
    assert!(inconnues.is_empty(), "not in the style sheet: {inconnues:?}");
}

#[test]
fn pages_hold_under_a_strict_policy() {
    let html = page();
    for interdit in [" style=\"", "javascript:", " onclick=", " onsubmit=", " onload=", "<style"] {
        assert!(!html.contains(interdit), "{interdit}");
    }
    assert_eq!(
        html.matches("<script").count(),
        html.matches("<script type=\"module\" src=\"/s/").count() + html.matches("<script defer src=\"/s/").count()
    );
}

#[test]
fn identifiers_are_unique_and_references_resolve() {
    let html = page();
    let mut nombre: BTreeMap<&str, usize> = BTreeMap::new();
    for id in attributs(&html, "id") {
        *nombre.entry(id).or_default() += 1;
    }
    let doubles: Vec<_> = nombre.iter().filter(|(_, n)| **n > 1).collect();
    assert!(doubles.is_empty(), "{doubles:?}");
    for attribut in ["for", "aria-describedby", "aria-labelledby", "commandfor", "popovertarget", "list", "data-pave"] {
        for cible in attributs(&html, attribut).flat_map(str::split_whitespace) {
            assert!(nombre.contains_key(cible), "{attribut}={cible}");
        }
    }
}

#[test]
fn the_shell_says_where_and_who() {
    let html = page();
    assert!(html.starts_with("<!DOCTYPE html><html lang=\"fr\" data-theme=\"nuit\" data-taille=\"130\""));
    assert_eq!(html.matches("<h1").count(), 1);
    assert!(
        html.contains("data-utilisateur=\"u1\"") && html.contains("data-verrou=\"90\"") && html.contains("data-lettres=\"non\"")
    );
    assert!(html.contains("class=\"rail-lien\" href=\"/residents\" aria-current=\"page\""));
    assert!(!html.contains("Piloter"), "a group without rights is absent");
    assert!(html.contains("Données fictives."));
    assert!(!Page::new("x").render().0.contains("Données fictives."));
}

#[test]
fn texts_are_escaped() {
    let attaque = "<img src=x onerror=alert(1)>\"'";
    let bandeau = BandeauResident::new(
        identite_exemple(attaque, attaque, "Mme", attaque, Some(attaque)),
        StatutIns::Provisoire,
        Allergies::Connues(vec![attaque.into()]),
        None,
    );
    let dessins = [
        bandeau.render(),
        Texte::new("n", attaque).valeur(attaque).aide(attaque).erreur(Some(attaque)).render(),
        Puce::new(Etat::Danger, attaque).lien(attaque).render(),
        Bouton::envoyer(attaque).precision(attaque).inactif(attaque).render(),
        Page::new(attaque).contenu(html! { (attaque) }).render(),
    ];
    for dessin in dessins {
        assert!(!dessin.0.contains("<img src=x"), "{}", dessin.0);
        assert!(!dessin.0.contains("alert(1)>\""), "{}", dessin.0);
    }
}

#[test]
fn allergies_are_never_blank() {
    let mots = [
        (Allergies::Connues(vec!["pénicilline".into(), "latex".into()]), "Allergies connues : pénicilline ; latex"),
        (Allergies::Aucune("3 nov. 2026".into()), "Aucune allergie connue (vérifié le 3 nov. 2026)"),
        (Allergies::NonRenseignees, "Allergies non renseignées"),
        (Allergies::Indisponible, "information indisponible"),
    ];
    for (etat, attendu) in mots {
        assert!(etat.render().0.contains(attendu), "{attendu}");
    }
}

#[test]
fn the_banner_keeps_its_order() {
    let html = BandeauResident::new(
        identite_exemple("OLMÈDE", "Fernand", "M.", "216", Some("ch. 118")),
        StatutIns::Qualifiee,
        Allergies::NonRenseignees,
        Some(4),
    )
    .render()
    .0;
    let rangs: Vec<usize> = [
        "class=\"photo",
        "OLMÈDE, ",
        "né le",
        "90\u{a0}ans",
        "sexe masculin",
        "ch.\u{a0}216",
        "INS qualifiée",
        "GIR\u{a0}4",
        "Allergies non renseignées",
        "Homonyme : aussi ch. 118",
    ]
    .iter()
    .map(|mots| html.find(mots).unwrap_or_else(|| panic!("{mots}")))
    .collect();
    assert!(rangs.is_sorted(), "{rangs:?}");
}

#[test]
fn an_error_is_tied_to_its_field() {
    let html = Date::new("naissance", "Date de naissance")
        .aide("jour, mois, année")
        .erreur(Some("Indiquez une date passée"))
        .requis()
        .render()
        .0;
    assert!(html.contains("aria-describedby=\"naissance-aide naissance-erreur\""));
    assert!(html.contains("aria-invalid=\"true\"") && html.contains(" required"));
    let sans = Liste::new("u", "Unité").erreur(None::<&str>).choix([("a", "A")]).valeur("a").render().0;
    assert!(!sans.contains("aria-invalid") && sans.contains("(facultatif)") && sans.contains("<option value=\"a\" selected>"));
}

#[test]
fn a_password_is_never_filled_back() {
    assert!(!Texte::mot_de_passe("mdp", "Mot de passe").valeur("secret").render().0.contains("secret"));
}

#[test]
fn rows_carry_the_name_of_their_column() {
    let html = Tableau::new("Poids").colonne("Nom").colonne_nombre("kg").ligne([html! { "A" }, html! { "52" }]).render().0;
    assert!(
        html.contains("<th scope=\"row\">A</th>")
            && html.contains("<td data-nom=\"kg\" class=\"nombre\"><div class=\"cellule\">52</div></td>")
    );
    let vide = Tableau::new("Poids").colonne("Nom").si_vide(html! { "Aucun poids." }).render().0;
    assert_eq!(vide, "Aucun poids.");
}

#[test]
fn pages_of_a_list_stay_few() {
    let html = Pagination::new(7, 14, "/x?page=").render().0;
    let liens: Vec<&str> = attributs(&html, "href").filter(|href| href.starts_with("/x")).collect();
    assert_eq!(liens, ["/x?page=6", "/x?page=1", "/x?page=6", "/x?page=7", "/x?page=8", "/x?page=14", "/x?page=8"]);
    assert_eq!(Pagination::new(1, 1, "/x").render().0, "");
    assert!(!Pagination::new(99, 3, "/x?page=").render().0.contains("rel=\"next\""));
}

#[test]
fn an_unavailable_link_cannot_be_followed() {
    let html = Bouton::lien("Prescrire", "/prescrire").inactif("Prescrire demande le réseau").render().0;
    assert!(!html.contains("href=") && html.contains("aria-disabled=\"true\"") && html.contains("demande le réseau"));
}
