//! Role × unit × state of the person × opposition × route, through the whole product, against an oracle which shares no
//! code with the gate (INV-18): every cell, and nobody's name on a list which may not hold it.

use std::sync::Arc;

use http::{Request, StatusCode, header};
use kernel::id::UniteId;
use monde_essai::deux_maisons::{A, DOMES, VOLCANS};
use monde_essai::{Monde, Reponse};
use platform::acces::{EtatSejour, Verbe};
use platform::web::RouteGardee;
use testkit::{Engine, TestStore};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::couverture::{categorie, remplir, routes};
use crate::naif;
use crate::petit::{Etat, Personne, Refus, entrer, peupler, produit};

/// Breaking the glass asks the policy another question, see `traces: bris`.
const A_PART: [&str; 2] = ["/residents/{usager}/bris-de-glace", "/residents/{usager}/bris-de-glace/ouvert"];

/// What the person who asks must be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Attendu {
    /// Anything but a refusal.
    Ouvert,
    /// 403.
    Ferme,
    /// 404: the gate knows no record for this role.
    Inconnu,
    /// To the record kept, or the record itself where a merge is undone; an act on it is refused as a conflict.
    Garde,
}

/// A role held in A.
#[derive(Debug, Clone)]
struct Role {
    profil: &'static str,
    unites: Vec<UniteId>,
    cookie: String,
}

/// The rule in plain words, read from the text of the profiles: no type of the gate, no order of evaluation.
fn oracle(role: &Role, personne: &Personne, categorie: &str, ecrire: bool) -> Attendu {
    if !naif::permet(role.profil, categorie, ecrire) {
        return Attendu::Ferme;
    }
    match naif::portee(role.profil) {
        "aucun_dossier" | "lecture_accordee" => return Attendu::Inconnu,
        "unite" => {
            let sans_unite = personne.etat == Etat::Sejour(EtatSejour::Preadmis);
            let dedans = role.unites.is_empty() || (!sans_unite && role.unites.contains(&VOLCANS));
            if !dedans {
                return Attendu::Ferme;
            }
        }
        _ => {}
    }
    let parti = [Etat::Sejour(EtatSejour::Sorti), Etat::Sejour(EtatSejour::Decede)].contains(&personne.etat);
    if ecrire && parti && !["administratif", "documents", "identite", "presence"].contains(&categorie) {
        return Attendu::Ferme;
    }
    let refuse = match personne.refus {
        Refus::Aucun | Refus::Ailleurs => false,
        Refus::Famille => ["soins", "constantes", "medical"].contains(&categorie),
        Refus::Tout => true,
        Refus::Infirmiers => role.profil == "ide",
    };
    if refuse {
        return Attendu::Ferme;
    }
    if personne.etat == Etat::Fusionne { Attendu::Garde } else { Attendu::Ouvert }
}

fn conforme(attendu: Attendu, route: &RouteGardee, reponse: &Reponse) -> bool {
    match attendu {
        Attendu::Ouvert => reponse.status != StatusCode::FORBIDDEN && !reponse.status.is_server_error(),
        Attendu::Ferme => reponse.status == StatusCode::FORBIDDEN,
        Attendu::Inconnu => reponse.status == StatusCode::NOT_FOUND,
        Attendu::Garde if route.method == "POST" => reponse.status == StatusCode::CONFLICT,
        Attendu::Garde => reponse.status == StatusCode::SEE_OTHER || reponse.status == StatusCode::OK,
    }
}

/// Every profession, in the unit of the persons, in another one, and in none (the whole house).
async fn roles(monde: &Monde) -> Vec<Role> {
    let mut roles = Vec::new();
    for profil in naif::profils() {
        let lieux: &[&[UniteId]] = if naif::portee(profil) == "unite" { &[&[VOLCANS], &[DOMES], &[]] } else { &[&[DOMES]] };
        for unites in lieux {
            let cookie = entrer(monde, roles.len() as u128, profil, A, unites).await;
            roles.push(Role { profil, unites: unites.to_vec(), cookie });
        }
    }
    roles
}

/// Files are sent by these routes: their form has another shape.
const FICHIERS: [&str; 2] = ["/residents/{usager}/documents", "/residents/{usager}/photo"];

/// Opens a page, or sends a form without any field but the one which says what is ticked.
async fn demander(monde: &Monde, role: &Role, personne: &Personne, route: &RouteGardee) -> Reponse {
    let adresse = remplir(route.path, personne.id.0);
    if route.method == "GET" {
        return monde.get(&role.cookie, &adresse).await;
    }
    if FICHIERS.contains(&route.path) {
        let request = Request::post(&adresse).header(header::CONTENT_TYPE, "multipart/form-data; boundary=B");
        return monde.appeler(Some(&role.cookie), request, "--B--\r\n").await;
    }
    let coche = format!("{}|2026-11-21T08:30", Uuid::from_u128(7));
    monde.post(Some(&role.cookie), &adresse, &[("fait", &coche)]).await
}

/// Asks these cells, two at a time; gives what was not as expected.
async fn exercer(monde: &Arc<Monde>, cellules: Vec<(Role, Personne, RouteGardee)>) -> Vec<String> {
    let mut taches = JoinSet::new();
    let largeur = 24;
    let paquets: Vec<Vec<_>> = (0..largeur).map(|k| cellules.iter().skip(k).step_by(largeur).cloned().collect()).collect();
    for paquet in paquets {
        let monde = Arc::clone(monde);
        taches.spawn(async move {
            let mut ecarts = Vec::new();
            for (role, personne, route) in paquet {
                let attendu = oracle(&role, &personne, &categorie(&route), route.droit.verbe == Verbe::Ecrire);
                let reponse = demander(&monde, &role, &personne, &route).await;
                let dit = reponse.texte.contains(&personne.nom);
                let ferme = attendu == Attendu::Ferme || attendu == Attendu::Inconnu;
                if !conforme(attendu, &route, &reponse) || (ferme && dit) {
                    let (unites, cas) = (role.unites.len(), (personne.etat, personne.refus));
                    let nomme = if dit { " and names the person" } else { "" };
                    ecarts.push(format!(
                        "{} {unites} units, {cas:?}, {}: {attendu:?} but {}{nomme}",
                        role.profil, route.path, reponse.status
                    ));
                }
            }
            ecarts
        });
    }
    taches.join_all().await.into_iter().flatten().collect()
}

/// Every cell of these routes: who asks, of whom, for what.
async fn cellules(monde: &Monde, personnes: &[Personne], method: &str) -> Vec<(Role, Personne, RouteGardee)> {
    let routes: Vec<RouteGardee> = routes()
        .into_iter()
        .filter(|route| route.method == method && route.path.contains("{usager}") && !A_PART.contains(&route.path))
        .collect();
    let mut cellules = Vec::new();
    for role in roles(monde).await {
        for (rang, route) in routes.iter().enumerate() {
            // A door closed to the profession is closed before anybody is named: one person says it for all.
            let porte = naif::permet(role.profil, &categorie(route), route.droit.verbe == Verbe::Ecrire);
            let qui = personnes.iter().enumerate().filter(|(k, _)| porte || (k + rang) % personnes.len() == 0);
            cellules.extend(qui.map(|(_, personne)| (role.clone(), personne.clone(), route.clone())));
        }
    }
    cellules
}

/// Asks every cell and says which were wrong.
async fn tenir(monde: &Arc<Monde>, cellules: Vec<(Role, Personne, RouteGardee)>) {
    let nombre = cellules.len();
    let ecarts = exercer(monde, cellules).await;
    assert!(ecarts.is_empty(), "{} cells of {nombre} are wrong:\n{}", ecarts.len(), ecarts[..ecarts.len().min(60)].join("\n"));
}

testkit::on_both! {
    async fn each_cell_answers_as_the_rule_says_and_leaves_its_line(store: TestStore) {
        let pas = if store.engine() == Engine::Sqlite { 1 } else { 13 };
        let monde = produit(store).await;
        let personnes = peupler(&monde).await;
        let cellules: Vec<_> = cellules(&monde, &personnes, "GET").await.into_iter().step_by(pas).collect();
        let avant = monde.journal().await;
        let nombre = i64::try_from(cellules.len()).unwrap();
        assert!(nombre > 1_000, "{nombre} cells");
        tenir(&monde, cellules).await;
        assert!(monde.journal().await >= avant + nombre, "each cell, open or refused, leaves a line");
    }

    async fn each_act_is_open_or_closed_as_the_rule_says_and_a_closed_one_writes_nothing(store: TestStore) {
        let pas = if store.engine() == Engine::Sqlite { 1 } else { 13 };
        let monde = produit(store).await;
        let personnes = peupler(&monde).await;
        let cellules: Vec<_> = cellules(&monde, &personnes, "POST").await.into_iter().step_by(pas).collect();
        assert!(cellules.len() > 1_000, "{} cells", cellules.len());
        let (ouvertes, fermees): (Vec<_>, Vec<_>) = cellules.into_iter().partition(|(role, personne, route)| {
            matches!(oracle(role, personne, &categorie(route), route.droit.verbe == Verbe::Ecrire), Attendu::Ouvert | Attendu::Garde)
        });
        let avant = monde.services.store.health().await.unwrap().seq;
        tenir(&monde, fermees).await;
        assert_eq!(monde.services.store.health().await.unwrap().seq, avant, "a refused act wrote something");
        tenir(&monde, ouvertes).await;
    }

    async fn no_list_names_somebody_of_whom_nothing_is_open(store: TestStore) {
        let pas = if store.engine() == Engine::Sqlite { 1 } else { 5 };
        let monde = produit(store).await;
        let personnes = peupler(&monde).await;
        let listes: Vec<RouteGardee> = routes().into_iter().filter(|route| route.method == "GET" && !route.path.contains('{')).collect();
        let (mut lues, mut nommees, mut fautes) = (0, 0, Vec::new());
        for role in roles(&monde).await.iter().step_by(pas) {
            let fermees: Vec<&Personne> = personnes.iter().filter(|personne| naif::CATEGORIES.iter().all(|une| !matches!(oracle(role, personne, une, false), Attendu::Ouvert | Attendu::Garde))).collect();
            for liste in &listes {
                let texte = monde.get(&role.cookie, liste.path).await.texte;
                lues += 1;
                nommees += usize::from(personnes.iter().any(|personne| texte.contains(&personne.nom)));
                let dites = fermees.iter().filter(|personne| texte.contains(&personne.nom));
                fautes.extend(dites.map(|personne| format!("{} {}: {} {:?}", role.profil, liste.path, personne.nom, (personne.etat, personne.refus))));
            }
            for personne in &fermees {
                let texte = monde.get(&role.cookie, &format!("/recherche?q={}", personne.nom)).await.texte;
                if texte.contains(&format!("/residents/{}", personne.id)) {
                    fautes.push(format!("{} finds {} {:?}", role.profil, personne.nom, (personne.etat, personne.refus)));
                }
            }
        }
        assert_eq!(fautes, Vec::<String>::new());
        assert!(lues > 300 && nommees > 30, "{lues} lists read, {nommees} of them name somebody");
    }
}
