//! `grappe administrateur`: the first account of an empty installation signs in, once, and opens no record.

use std::process::{Command, Output};

use http::{StatusCode, header};
use kernel::clock::{Clock, SystemClock};
use monde_essai::Monde;
use platform::acces::{Compte, LANE_COMPTES};
use store::{Query, Reach, Stored, Target};
use testkit::TestStore;

fn creer(base: &Target, donnees: &std::path::Path, identifiant: &str) -> Output {
    let base = match base {
        Target::Sqlite(chemin) => format!("sqlite:{}", chemin.display()),
        Target::Postgres(url) => url.clone(),
    };
    let mut commande = Command::new(env!("CARGO_BIN_EXE_grappe"));
    commande.args(["administrateur", identifiant, "Ada Admine", "--database-url", &base, "--data"]).arg(donnees);
    commande.output().unwrap()
}

testkit::on_both! {
    async fn the_first_account_is_made_once_and_opens_no_record(store: TestStore) {
        let mut store = store;
        let cible = store.target();
        store.close();
        let donnees = std::env::temp_dir().join(format!("grappe-premier-{}", SystemClock.fresh_id().simple()));
        std::fs::create_dir_all(&donnees).unwrap();
        std::fs::write(donnees.join("cle-maitre"), testkit::VAULT_KEY).unwrap();
        let fait = creer(&cible, &donnees, "Ada");
        let dit = String::from_utf8_lossy(&fait.stdout).into_owned();
        assert!(fait.status.success(), "{}", String::from_utf8_lossy(&fait.stderr));
        let mot_de_passe = monde_essai::entre(&dit, "montré une seule fois : ", "\n").trim().to_owned();
        assert!(!creer(&cible, &donnees, "ada").status.success(), "the same login is refused");
        store.reopen().await;
        store.clock.set(SystemClock.now());
        let comptes: Vec<Stored<Compte>> = store.list(&Reach::All, &Query::lane(LANE_COMPTES)).await.unwrap();
        assert!(comptes.len() == 1 && !comptes[0].mot_de_passe.contains(&mot_de_passe), "kept as a hash");
        let monde = Monde::nouveau(store, false, grappe::modules::modules());
        let faux = monde.post(None, "/connexion", &[("identifiant", "ada"), ("mot_de_passe", "autre")]).await;
        assert_eq!(faux.status, StatusCode::UNPROCESSABLE_ENTITY);
        let entree = monde.post(None, "/connexion", &[("identifiant", "ada"), ("mot_de_passe", &mot_de_passe)]).await;
        assert_eq!((entree.status, entree.lieu.as_str()), (StatusCode::SEE_OTHER, "/accueil"));
        let cookie = entree.entete(&header::SET_COOKIE).unwrap();
        let jeton = monde_essai::entre(&cookie, "grappe=", ";");
        assert_eq!(monde.get(jeton, "/admin/grappe").await.status, StatusCode::OK, "builds the grappe");
        assert_eq!(monde.get(jeton, "/residents").await.status, StatusCode::FORBIDDEN, "reads nobody");
        std::fs::remove_dir_all(&donnees).unwrap();
    }
}
