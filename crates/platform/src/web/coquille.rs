//! The page shell: navigation of what the person may open, context, user, preferences.

use ui::navigation::{Lien, Navigation, menu_creer};
use ui::page::{Apparence, Contexte as ContextePage, Theme, Utilisateur};
use ui::{Icone, Page};

use crate::acces::{Acces, Droit};
use crate::module::{CHERCHER, CREER, EntreeNav, PREMIER, URGENCE};

const GROUPES: [&str; 4] = ["Accompagner", "Organiser", "Piloter", "Régler"];
/// The first places after « Accueil », in their order.
const PREMIERS: [&str; 3] = ["Tour", "Résidents", "Relève"];

/// Begins a page of the application for the person who asks; `actuel` is the address marked in the menu.
pub fn page<D: Droit>(acces: &Acces<D>, titre: &str, actuel: &str) -> Page {
    let services = acces.services();
    let contexte = acces.contexte();
    let now = contexte.now;
    let profil = contexte.acteur.profils(now).first().map(|code| (*code).to_owned()).unwrap_or_default();
    let places = Places::de(acces);
    let navigation = places.navigation(actuel, profil == "as_nuit");
    let metier = services.profils.get(&profil).map(|profil| profil.court.clone()).unwrap_or_default();
    let (prenom, nom) = contexte.acteur.nom.split_once(' ').unwrap_or((contexte.acteur.nom.as_str(), ""));
    let utilisateur =
        Utilisateur { id: contexte.acteur.compte.to_string(), nom: nom.to_owned(), prenom: prenom.to_owned(), metier };
    let mut page = Page::new(titre)
        .nav(navigation)
        .contexte(contexte_page(acces))
        .utilisateur(utilisateur)
        .apparence(apparence(&acces.preferences()))
        .flux("/direct")
        .demo(services.demo);
    if let Some(recherche) = places.du_groupe(CHERCHER).next() {
        page = page.recherche(recherche.href);
    }
    if let Some(urgence) = places.du_groupe(URGENCE).next() {
        page = page.urgence(urgence.href);
    }
    let creer: Vec<_> = places.du_groupe(CREER).map(|entree| (entree.libelle, entree.href, entree.icone)).collect();
    if !creer.is_empty() {
        page = page.creer(menu_creer(&creer));
    }
    for script in &services.scripts {
        page = page.script(script.clone());
    }
    match acces.message() {
        Some(message) => page.message(ui::alerte::Alerte::new(ui::alerte::Nature::Succes, message)),
        None => page,
    }
}

/// True if the person may open the emergency sheet of somebody.
pub(crate) fn offre_urgence<D: Droit>(acces: &Acces<D>) -> bool {
    Places::de(acces).du_groupe(URGENCE).next().is_some()
}

/// The addresses of the menu this person may open, for a page which shows them as a list.
pub fn places<D: Droit>(acces: &Acces<D>) -> Vec<&EntreeNav> {
    Places::de(acces).0.into_iter().filter(|entree| entree.groupe == PREMIER || GROUPES.contains(&entree.groupe)).collect()
}

/// The places of the menu this person may open.
struct Places<'a>(Vec<&'a EntreeNav>);

impl<'a> Places<'a> {
    /// Without any establishment, what is about a person has nowhere to be looked for.
    fn de<D: Droit>(acces: &'a Acces<D>) -> Self {
        let quelque_part = acces.etablissement().is_ok();
        let ici = |entree: &EntreeNav| quelque_part || !entree.locale;
        let partout = |entree: &EntreeNav| !entree.de_grappe || acces.peut_dans_la_grappe(&entree.droit);
        let ouverte = |entree: &&EntreeNav| acces.peut_info(&entree.droit) && ici(entree) && partout(entree);
        Self(acces.services().nav.iter().filter(ouverte).collect())
    }

    fn du_groupe(&self, groupe: &'static str) -> impl Iterator<Item = &'a EntreeNav> {
        self.0.iter().copied().filter(move |entree| entree.groupe == groupe)
    }

    /// The first places in their order, then the groups; at night the round is that of the night.
    fn navigation(&self, actuel: &str, nuit: bool) -> Navigation {
        let lien = |entree: &EntreeNav| Lien::new(entree.libelle, entree.href, entree.icone);
        let mut navigation = Navigation::new(actuel).principal(Lien::new("Accueil", "/accueil", Icone::House));
        for libelle in PREMIERS {
            if let Some(entree) = self.du_groupe(PREMIER).find(|entree| entree.libelle == libelle) {
                let href = if nuit && entree.href == "/tour/soins" { "/tour/nuit" } else { entree.href };
                navigation = navigation.principal(Lien::new(entree.libelle, href, entree.icone));
            }
        }
        for groupe in GROUPES {
            navigation = navigation.groupe(groupe, self.du_groupe(groupe).map(lien));
        }
        navigation
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
