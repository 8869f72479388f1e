//! Every route × every profession: refused to the anonymous, to who holds no right, to who works elsewhere; journalled.

use grappe::modules::composer;
use http::StatusCode;
use platform::acces::{Objet, Verbe};
use platform::web::{RouteGardee, inventaire};
use testkit::TestStore;
use uuid::Uuid;

use crate::monde::Monde;
use crate::naif;

/// Streams never end, sessions end: asked elsewhere.
const A_PART: [&str; 1] = ["/direct"];

/// Routes which ask for more than their right: reading a received file also takes the right on exchanges, creating an
/// establishment or the account of an outside reader also takes a role over the whole grappe.
const PLUS_STRICTES: [&str; 8] = [
    "/admin/lecteurs",
    "/admin/lecteurs/nouveau",
    "/liaisons/reception/{id}/fichier",
    "/liaisons/reception/{id}/lecture",
    "/liaisons/reception/{id}/piece/{rang}",
    "/admin/etablissements/nouveau",
    "/admin/organisme/{organisme}",
    "/admin/organismes/nouveau",
];

/// Groups of the menu.
const GROUPES: [&str; 4] = ["Accompagner", "Organiser", "Piloter", "Régler"];

/// Every route but streams.
pub(crate) fn routes() -> Vec<RouteGardee> {
    inventaire(&composer(&[7; 32]).unwrap().modules).routes.into_iter().filter(|route| !A_PART.contains(&route.path)).collect()
}

/// Puts a person, and otherwise unknown ids of the right shape, in the parameters of a path.
pub(crate) fn remplir(path: &str, usager: Uuid) -> String {
    let mut out = String::new();
    let mut reste = path;
    while let Some(debut) = reste.find('{') {
        let fin = reste[debut..].find('}').unwrap() + debut;
        out.push_str(&reste[..debut]);
        let nom = &reste[debut + 1..fin];
        out.push_str(&match nom {
            "usager" => usager.to_string(),
            "rang" => "0".to_owned(),
            "geste" => "absence".to_owned(),
            _ => Uuid::from_u128(7).to_string(),
        });
        reste = &reste[fin + 1..];
    }
    out + reste
}

/// The family of data of a route, as the profiles write it.
pub(crate) fn categorie(route: &RouteGardee) -> String {
    serde_json::to_string(&route.droit.categorie).unwrap().trim_matches('"').to_owned()
}

testkit::on_both! {
    async fn nobody_passes_without_a_session(store: TestStore) {
        let monde = Monde::nouveau(&store).await;
        for route in routes() {
            let path = remplir(route.path, semis::usager_id(0).0);
            let statut = monde.demander(&route.method, &path, None).await.status();
            let attendu = if route.method == "GET" { StatusCode::SEE_OTHER } else { StatusCode::UNAUTHORIZED };
            assert_eq!(statut, attendu, "{} {path}", route.method);
        }
    }

    async fn each_profession_opens_exactly_what_the_profiles_say(store: TestStore) {
        let monde = Monde::nouveau(&store).await;
        let (ici, ailleurs) = (semis::etablissement_id(0), semis::etablissement_id(1));
        let usager = semis::usager_id(0).0;
        let routes = routes();
        let mut cases = 0;
        let mut ecarts = Vec::new();
        for profil in naif::profils() {
            let chez_lui = monde.entrer(profil, ici, Vec::new()).await;
            let loin = monde.entrer(profil, ailleurs, Vec::new()).await;
            for route in routes.iter().filter(|route| route.method == "GET") {
                let path = remplir(route.path, usager);
                let permis = naif::permet(profil, &categorie(route), route.droit.verbe == Verbe::Ecrire);
                let statut = monde.demander("GET", &path, Some(&chez_lui)).await.status();
                assert!(!statut.is_server_error(), "{profil} {path}: {statut}");
                let refuse = statut == StatusCode::FORBIDDEN;
                if refuse == permis && !(refuse && PLUS_STRICTES.contains(&route.path)) {
                    ecarts.push(format!("{profil} {}: {statut}", route.path));
                }
                if route.path.contains("{usager}") {
                    let statut = monde.demander("GET", &path, Some(&loin)).await.status();
                    let attendu = if permis { StatusCode::NOT_FOUND } else { StatusCode::FORBIDDEN };
                    if statut != attendu && !PLUS_STRICTES.contains(&route.path) {
                        ecarts.push(format!("{profil} of another house, {}: {statut}", route.path));
                    }
                }
                cases += 1;
            }
        }
        assert_eq!(ecarts, Vec::<String>::new());
        assert!(cases > 1_000, "{cases} cells exercised");
    }

    async fn who_runs_the_grappe_finds_in_the_menu_exactly_the_places_they_may_open(store: TestStore) {
        let monde = Monde::nouveau(&store).await;
        for profil in ["admin_grappe", "dpo", "directrice_projet"] {
            let cookie = monde.entrer_partout(profil).await;
            let (_, accueil) = monde.lire("/accueil", &cookie).await;
            let mut ouvertes = 0;
            for entree in monde.services.nav.iter().filter(|entree| GROUPES.contains(&entree.groupe)) {
                let (statut, _) = monde.lire(entree.href, &cookie).await;
                assert_eq!(statut.is_success(), accueil.contains(&format!("href=\"{}\"", entree.href)), "{profil} {}: {statut}", entree.href);
                ouvertes += usize::from(statut.is_success());
            }
            assert!(ouvertes > 2, "{profil} opens {ouvertes} places");
        }
    }

    async fn each_act_is_refused_to_who_does_not_hold_its_right(store: TestStore) {
        let monde = Monde::nouveau(&store).await;
        let usager = semis::usager_id(0).0;
        for profil in naif::profils() {
            for route in routes().iter().filter(|route| route.method == "POST" && route.droit.objet != Objet::Soi) {
                if naif::permet(profil, &categorie(route), true) || (route.droit.verbe == Verbe::Lire && naif::permet(profil, &categorie(route), false)) {
                    continue;
                }
                let cookie = monde.entrer(profil, semis::etablissement_id(0), Vec::new()).await;
                let avant = monde.journal().await;
                let path = remplir(route.path, usager);
                let statut = monde.demander("POST", &path, Some(&cookie)).await.status();
                assert_eq!(statut, StatusCode::FORBIDDEN, "{profil} POST {path}");
                assert!(monde.journal().await > avant, "the refusal of {profil} POST {path} is journalled");
            }
        }
    }

    async fn each_answer_which_names_somebody_leaves_its_line_in_the_journal(store: TestStore) {
        let monde = Monde::nouveau(&store).await;
        let cookie = monde.entrer("idec", semis::etablissement_id(0), Vec::new()).await;
        let usager = semis::usager_id(0).0;
        let noms = monde.noms().await;
        let mut nommees = 0;
        for route in routes().iter().filter(|route| route.method == "GET") {
            let avant = monde.journal().await;
            let path = remplir(route.path, usager);
            let (_, texte) = monde.lire(&path, &cookie).await;
            if noms.iter().any(|nom| texte.contains(nom)) {
                nommees += 1;
                assert!(monde.journal().await > avant, "{path} named somebody without a line");
            }
        }
        assert!(nommees > 20, "{nommees} answers named somebody");
    }

    async fn a_record_elsewhere_answers_like_a_record_which_does_not_exist(store: TestStore) {
        let monde = Monde::nouveau(&store).await;
        let cookie = monde.entrer("ide", semis::etablissement_id(1), Vec::new()).await;
        let inconnu = Uuid::from_u128(42);
        for route in routes().iter().filter(|route| route.method == "GET" && route.path.contains("{usager}")) {
            let (statut, texte) = monde.lire(&remplir(route.path, semis::usager_id(0).0), &cookie).await;
            let (statut_inconnu, texte_inconnu) = monde.lire(&remplir(route.path, inconnu), &cookie).await;
            assert_eq!(statut, statut_inconnu, "{}", route.path);
            if statut == StatusCode::NOT_FOUND {
                assert_eq!(texte, texte_inconnu, "{}", route.path);
            }
        }
    }
}
