//! The page shell: navigation of what the person may open, context, user, preferences.

use ui::navigation::{Lien, Navigation, menu_creer};
use ui::page::{Apparence, Contexte as ContextePage, Theme, Utilisateur};
use ui::{Icone, Page};

use crate::acces::{Acces, Droit};

const GROUPES: [&str; 4] = ["Accompagner", "Organiser", "Piloter", "Régler"];

/// Begins a page of the application for the person who asks; `actuel` is the address marked in the menu.
pub fn page<D: Droit>(acces: &Acces<D>, titre: &str, actuel: &str) -> Page {
    let services = acces.services();
    let contexte = acces.contexte();
    let now = contexte.now;
    let profil = contexte.acteur.profils(now).first().map(|code| (*code).to_owned()).unwrap_or_default();
    let tour = if profil == "as_nuit" { "/tour/nuit" } else { "/tour/soins" };
    let mut navigation = Navigation::new(actuel).standard(tour);
    for groupe in GROUPES {
        let liens: Vec<Lien> = services
            .nav
            .iter()
            .filter(|entree| entree.groupe == groupe && acces.peut_info(&entree.droit))
            .map(|entree| Lien::new(entree.libelle, entree.href, entree.icone))
            .collect();
        if !liens.is_empty() {
            navigation = navigation.groupe(groupe, liens);
        }
    }
    let metier = services.profils.get(&profil).map(|profil| profil.court.clone()).unwrap_or_default();
    let (prenom, nom) = contexte.acteur.nom.split_once(' ').unwrap_or((contexte.acteur.nom.as_str(), ""));
    let utilisateur =
        Utilisateur { id: contexte.acteur.compte.to_string(), nom: nom.to_owned(), prenom: prenom.to_owned(), metier };
    let mut page = Page::new(titre)
        .nav(navigation)
        .contexte(contexte_page(acces))
        .utilisateur(utilisateur)
        .apparence(apparence(&acces.preferences()))
        .recherche("/recherche")
        .flux("/direct")
        .demo(services.demo)
        .creer(menu_creer(&[("Transmission", "/transmissions/nouvelle", Icone::MessageSquare)]));
    for script in &services.scripts {
        page = page.script(script.clone());
    }
    match acces.message() {
        Some(message) => page.message(ui::alerte::Alerte::new(ui::alerte::Nature::Succes, message)),
        None => page,
    }
}

fn contexte_page<D: Droit>(acces: &Acces<D>) -> ContextePage {
    let services = acces.services();
    let contexte = acces.contexte();
    let Ok(etablissement) = acces.etablissement() else { return ContextePage::default() };
    let noms = services.enseigne.unites(etablissement);
    let choisies: Vec<&str> = noms.iter().filter(|(id, _)| contexte.unites.contains(id)).map(|(_, nom)| nom.as_str()).collect();
    let unites = match choisies.len() {
        0 => "Toutes les unités".to_owned(),
        1..=3 => choisies.join(" + "),
        n => format!("{n} unités"),
    };
    ContextePage {
        etablissement: services.enseigne.etablissement(etablissement).unwrap_or_default(),
        unites,
        poste: acces.poste_horaire().to_owned(),
    }
}

fn apparence(preferences: &std::collections::BTreeMap<String, String>) -> Apparence {
    let vaut = |nom: &str, valeur: &str| preferences.get(nom).is_some_and(|choisie| choisie == valeur);
    let theme = match preferences.get("theme").map(String::as_str) {
        Some("clair") => Theme::Clair,
        Some("nuit") => Theme::Nuit,
        _ => Theme::Auto,
    };
    let taille = preferences
        .get("taille")
        .and_then(|taille| taille.parse().ok())
        .filter(|t| [100, 115, 130, 150].contains(t))
        .unwrap_or(100);
    Apparence {
        theme,
        taille,
        contraste: vaut("contraste", "oui"),
        gants: vaut("gants", "oui"),
        gauche: vaut("gauche", "oui"),
        lettres: !vaut("lettres", "non"),
    }
}
