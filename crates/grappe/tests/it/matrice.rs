//! Role × unit × state of the person × opposition × route, through the whole product, against an oracle which shares no
//! code with the gate (INV-18): every cell, and nobody's name on a list which may not hold it.

use std::sync::Arc;

use http::StatusCode;
use kernel::id::UniteId;
use monde_essai::deux_maisons::{A, DOMES, VOLCANS};
use monde_essai::{Monde, Reponse};
use platform::acces::{EtatSejour, Verbe};
use platform::web::RouteGardee;
use testkit::{Engine, TestStore};
use tokio::task::JoinSet;

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
    /// To the record kept, or the record itself where a merge is undone.
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
        "aucun_dossier" => return Attendu::Inconnu,
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

fn conforme(attendu: Attendu, reponse: &Reponse) -> bool {
    match attendu {
        Attendu::Ouvert => reponse.status != StatusCode::FORBIDDEN && !reponse.status.is_server_error(),
        Attendu::Ferme => reponse.status == StatusCode::FORBIDDEN,
        Attendu::Inconnu => reponse.status == StatusCode::NOT_FOUND,
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
                let reponse = monde.get(&role.cookie, &remplir(route.path, personne.id.0)).await;
                let dit = reponse.texte.contains(&personne.nom);
                let ferme = attendu == Attendu::Ferme || attendu == Attendu::Inconnu;
                if !conforme(attendu, &reponse) || (ferme && dit) {
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

testkit::on_both! {
    async fn each_cell_answers_as_the_rule_says_and_leaves_its_line(store: TestStore) {
        let pas = if store.engine() == Engine::Sqlite { 1 } else { 13 };
        let monde = produit(store).await;
        let personnes = peupler(&monde).await;
        let routes: Vec<RouteGardee> = routes()
            .into_iter()
            .filter(|route| route.method == "GET" && route.path.contains("{usager}") && !A_PART.contains(&route.path))
            .collect();
        let mut cellules = Vec::new();
        for role in roles(&monde).await {
            for (rang, route) in routes.iter().enumerate() {
                // A door closed to the profession is closed before anybody is named: one person says it for all.
                let porte = naif::permet(role.profil, &categorie(route), route.droit.verbe == Verbe::Ecrire);
                let qui = personnes.iter().enumerate().filter(|(k, _)| porte || (k + rang) % personnes.len() == 0);
                cellules.extend(qui.map(|(_, personne)| (role.clone(), personne.clone(), route.clone())));
            }
        }
        let cellules: Vec<_> = cellules.into_iter().step_by(pas).collect();
        let avant = monde.journal().await;
        let nombre = i64::try_from(cellules.len()).unwrap();
        assert!(nombre > 1_000, "{nombre} cells");
        let ecarts = exercer(&monde, cellules).await;
        assert!(ecarts.is_empty(), "{} cells of {nombre} are wrong:\n{}", ecarts.len(), ecarts[..ecarts.len().min(60)].join("\n"));
        assert!(monde.journal().await >= avant + nombre, "each cell, open or refused, leaves a line");
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
