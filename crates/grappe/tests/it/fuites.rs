//! No side door (INV-19): who lives elsewhere changes neither what is answered here, nor how many questions the store is
//! asked, nor how many lines the journal takes, which is all a stopwatch could tell.

use http::{Request, header};
use kernel::id::{CompteId, UsagerId};
use monde_essai::deux_maisons::{A, B, RIVIERE, VOLCANS};
use monde_essai::{Monde, role};
use platform::acces::BrisDeGlace;
use testkit::{Engine, TestStore};
use uuid::Uuid;

use crate::compteur::Compteur;
use crate::couverture::{remplir, routes};
use crate::naif;
use crate::petit::{entrer, habiter, loger, produit};

const ANNA: UsagerId = UsagerId(Uuid::from_u128(0x5001));
const PERSONNE: UsagerId = UsagerId(Uuid::from_u128(0x7001));
const VOISIN: UsagerId = UsagerId(Uuid::from_u128(0x5002));
const COMPTE_A: CompteId = CompteId(Uuid::from_u128(0x0C0F_FEE1));

/// Pages about the one journal of the grappe: the numbers of its lines are those of everybody's tree. Told apart below.
const GRAPPE: [&str; 3] = ["/admin/journal", "/admin/traces", "/admin/traces/export"];

/// All that can be observed of an answer from outside, its cost included.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Trace {
    status: u16,
    entetes: Vec<(String, String)>,
    texte: String,
    lectures: isize,
    lignes: i64,
}

/// Ids are drawn at random: a run of 32 hexadecimal digits or more says nothing.
fn masquer(texte: &str) -> String {
    let mut out = String::with_capacity(texte.len());
    let mut suite = String::new();
    for c in texte.chars().chain(['\n']) {
        if c.is_ascii_hexdigit() || (c == '-' && !suite.is_empty()) {
            suite.push(c);
            continue;
        }
        if suite.len() >= 32 {
            out.push('#');
        } else {
            out.push_str(&suite);
        }
        suite.clear();
        out.push(c);
    }
    out
}

async fn observer(monde: &Monde, compteur: &Compteur, cookie: &str, methode: &str, adresse: &str) -> Trace {
    let avant = monde.journal().await;
    let mut request = Request::builder().method(methode).uri(adresse);
    if methode == "POST" {
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    compteur.prendre();
    let reponse = monde.appeler(Some(cookie), request, String::new()).await;
    let lectures = compteur.prendre();
    let mut entetes: Vec<(String, String)> = reponse
        .entetes
        .iter()
        .map(|(nom, valeur)| (nom.to_string(), masquer(&String::from_utf8_lossy(valeur.as_bytes()))))
        .filter(|(nom, _)| nom != "date")
        .collect();
    entetes.sort();
    let lignes = monde.journal().await - avant;
    Trace { status: reponse.status.as_u16(), entetes, texte: masquer(&reponse.texte), lectures, lignes }
}

/// The first thing two observations differ by.
fn ecart(une: &Trace, autre: &Trace) -> Option<String> {
    let chiffres = |trace: &Trace| (trace.status, trace.lectures, trace.lignes);
    if chiffres(une) != chiffres(autre) {
        return Some(format!("(status, readings, lines) {:?} / {:?}", chiffres(une), chiffres(autre)));
    }
    if une.entetes != autre.entetes {
        return Some(format!("headers {:?} / {:?}", une.entetes, autre.entetes));
    }
    let commun = une.texte.chars().zip(autre.texte.chars()).take_while(|(a, b)| a == b).count();
    let autour = |texte: &str| texte.chars().skip(commun.saturating_sub(40)).take(120).collect::<String>();
    (une.texte != autre.texte).then(|| format!("text «{}» / «{}»", autour(&une.texte), autour(&autre.texte)))
}

testkit::on_both! {
    async fn somebody_elsewhere_and_nobody_are_told_apart_by_nothing(store: TestStore) {
        let pas = if store.engine() == Engine::Sqlite { 1 } else { 7 };
        let monde = produit(store).await;
        habiter(&monde, ANNA, "QUIVABAX").await;
        let compteur = Compteur::nouveau();
        let (mut ecarts, mut comparees) = (Vec::new(), 0);
        for (rang, profil) in naif::profils().into_iter().enumerate().step_by(pas) {
            let cookie = entrer(&monde, rang as u128, profil, B, &[RIVIERE]).await;
            monde.get(&cookie, "/compte").await;
            for route in routes().iter().filter(|route| route.path.contains("{usager}")) {
                // First cold, then with whatever the process remembers.
                for tour in ["cold", "warm"] {
                    let une = observer(&monde, &compteur, &cookie, &route.method, &remplir(route.path, ANNA.0)).await;
                    let autre = observer(&monde, &compteur, &cookie, &route.method, &remplir(route.path, PERSONNE.0)).await;
                    comparees += 1;
                    ecarts.extend(ecart(&une, &autre).map(|quoi| format!("{profil} {} {} ({tour}): {quoi}", route.method, route.path)));
                }
                // The gate trusts what it remembers for ten seconds: the next address is cold again.
                monde.store.clock.advance(11);
            }
        }
        assert!(ecarts.is_empty(), "{} of {comparees}:\n{}", ecarts.len(), ecarts[..ecarts.len().min(30)].join("\n"));
        assert!(comparees > 300, "{comparees} comparisons");
    }

    async fn an_account_elsewhere_and_none_are_told_apart_by_nothing(store: TestStore) {
        let monde = produit(store).await;
        monde.compte(COMPTE_A, "Ada ALVERNE", vec![role("as", Some(A), &[VOLCANS])]).await;
        let compteur = Compteur::nouveau();
        let mut ecarts = Vec::new();
        for (rang, profil) in ["rh", "direction", "cadre_sante", "dpo"].into_iter().enumerate() {
            let cookie = entrer(&monde, rang as u128, profil, B, &[]).await;
            monde.get(&cookie, "/compte").await;
            for route in routes().iter().filter(|route| route.path.starts_with("/admin/comptes/{") || route.path.starts_with("/admin/bris-de-glace/{")) {
                let vers = |id: Uuid| route.path.split('/').map(|part| if part.starts_with('{') { id.to_string() } else { part.to_owned() }).collect::<Vec<_>>().join("/");
                let une = observer(&monde, &compteur, &cookie, &route.method, &vers(COMPTE_A.0)).await;
                let autre = observer(&monde, &compteur, &cookie, &route.method, &vers(PERSONNE.0)).await;
                ecarts.extend(ecart(&une, &autre).map(|quoi| format!("{profil} {} {}: {quoi}", route.method, route.path)));
            }
        }
        assert_eq!(ecarts, Vec::<String>::new());
    }

    async fn who_lives_elsewhere_changes_no_list_no_count_no_search_and_no_export_here(store: TestStore) {
        let engine = store.engine();
        let pas = if engine == Engine::Sqlite { 1 } else { 7 };
        let (peu, beaucoup) = (produit(store).await, produit(testkit::store(engine).await).await);
        for monde in [&peu, &beaucoup] {
            loger(monde, VOISIN, "RIVERAINX", (B, RIVIERE)).await;
        }
        for rang in 0..6_u128 {
            habiter(&beaucoup, UsagerId(Uuid::from_u128(0x5100 + rang)), &format!("QUIVABAX{}", "I".repeat(usize::try_from(rang).unwrap()))).await;
            entrer(&beaucoup, 900 + rang, "as", A, &[VOLCANS]).await;
            beaucoup.ecrire(Uuid::from_u128(0x9000 + rang), &bris(rang)).await;
        }
        let compteur = Compteur::nouveau();
        let recherches = ["/recherche?q=QUIVABAX", "/recherche?q=RIVERAINX", "/transmissions?q=QUIVABAX", "/residents?q=QUIVABAX"];
        let routes = routes();
        let listes = routes.iter().filter(|route| route.method == "GET" && !route.path.contains('{') && !GRAPPE.contains(&route.path)).map(|route| route.path);
        let adresses: Vec<&str> = listes.chain(recherches).collect();
        let (mut ecarts, mut comparees) = (Vec::new(), 0);
        for (rang, profil) in naif::profils().into_iter().enumerate().step_by(pas) {
            let ici = entrer(&peu, rang as u128, profil, B, &[RIVIERE]).await;
            let la = entrer(&beaucoup, rang as u128, profil, B, &[RIVIERE]).await;
            for adresse in &adresses {
                // On PostgreSQL what a node remembers is let go when its feed says so, at an hour of its own: asked again, it is there.
                let mut difference = None;
                for _ in 0..if engine == Engine::Sqlite { 1 } else { 4 } {
                    let une = observer(&peu, &compteur, &ici, "GET", adresse).await;
                    let autre = observer(&beaucoup, &compteur, &la, "GET", adresse).await;
                    difference = ecart(&une, &autre);
                    if difference.is_none() {
                        break;
                    }
                }
                comparees += 1;
                ecarts.extend(difference.map(|quoi| format!("{profil} {adresse}: {quoi}")));
            }
            for adresse in GRAPPE {
                let texte = beaucoup.get(&la, adresse).await.texte;
                let dit = texte.contains("QUIVABAX") || (0..6).any(|rang| texte.contains(&Uuid::from_u128(0x5100 + rang).to_string()));
                ecarts.extend(dit.then(|| format!("{profil} {adresse} names somebody of the other house")));
            }
        }
        assert!(ecarts.is_empty(), "{} of {comparees}:\n{}", ecarts.len(), ecarts[..ecarts.len().min(30)].join("\n"));
        assert!(comparees > 300, "{comparees} comparisons");
    }
}

fn bris(rang: u128) -> BrisDeGlace {
    BrisDeGlace {
        compte: CompteId(Uuid::from_u128(0xC0_0000 + 900 + rang)),
        nom: "Essai".into(),
        usager: UsagerId(Uuid::from_u128(0x5100 + rang)),
        etablissement: A,
        motif: "urgence_vitale".into(),
        precision: String::new(),
        ouvert_le: testkit::instant(testkit::START),
        expire_le: testkit::instant(testkit::START),
        revue: None,
    }
}
