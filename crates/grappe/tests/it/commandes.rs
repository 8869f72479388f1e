//! Commands of the operator while the service runs, and when it does not.

use std::os::unix::fs::PermissionsExt;

use testkit::Engine;

use crate::service::{Installation, pdf};

const RAPPORT: &[u8] = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n";

/// Makes `name::sqlite` and `name::postgres` of a body given an installation.
macro_rules! sur_les_deux {
    ($(async fn $name:ident($installation:ident) $body:block)+) => {$(
        mod $name {
            use super::*;

            async fn corps($installation: Installation) $body

            #[tokio::test]
            async fn sqlite() {
                if let Some(installation) = Installation::nouvelle(Engine::Sqlite).await { corps(installation).await }
            }

            #[tokio::test]
            async fn postgres() {
                if let Some(installation) = Installation::nouvelle(Engine::Postgres).await { corps(installation).await }
            }
        }
    )+};
}

sur_les_deux! {
    async fn a_file_is_received_while_the_service_runs(installation) {
        let service = installation.servir(&["serve"]);
        let fichier = installation.fichier("compte-rendu.pdf", RAPPORT);
        let avant = service.etat("journal");
        let recu = installation.lancer(&["receive", &fichier]);
        assert!(recu.statut.success(), "{}{}", recu.sortie, recu.erreurs);
        assert!(recu.sortie.starts_with("compte-rendu.pdf : gardé, "), "{}", recu.sortie);
        assert!(service.etat("journal") > avant, "the running service holds it");
        let encore = installation.lancer(&["receive", &fichier, "--json"]);
        assert!(encore.sortie.contains("déjà reçu : relié au premier"), "{}", encore.sortie);
        let mele = installation.lancer(&["receive", "absent.pdf", &fichier]);
        assert_eq!(mele.statut.code(), Some(1));
        assert!(mele.sortie.contains("absent.pdf : refusé, illisible") && mele.sortie.contains("déjà reçu"), "{}", mele.sortie);
    }

    async fn the_journal_is_verified_while_the_service_runs(installation) {
        let service = installation.servir(&["serve"]);
        let fichier = installation.fichier("compte-rendu.pdf", RAPPORT);
        assert!(installation.lancer(&["receive", &fichier]).statut.success());
        let (lignes, enregistrements, anomalies) = installation.journal(&[]);
        assert!(lignes > 0 && enregistrements > 0 && anomalies == "[]", "{lignes} {enregistrements} {anomalies}");
        assert!(service.arreter().success());
        let stopped = installation.lancer(&["verify-journal"]);
        assert!(stopped.statut.success() && stopped.sortie.contains("Aucune anomalie"), "{}{}", stopped.sortie, stopped.erreurs);
    }

    async fn a_note_signed_elsewhere_fails_the_verification_in_french(installation) {
        let _service = installation.servir(&["serve"]);
        let note = installation.fichier("fausse.note", b"grappe\n12\nAAAA\n\n\xe2\x80\x94 grappe AAAA\n");
        let verifie = installation.lancer(&["verify-journal", &note]);
        assert_eq!(verifie.statut.code(), Some(1));
        assert!(verifie.erreurs.starts_with("Erreur : La vérification"), "{}", verifie.erreurs);
    }

    async fn binders_are_written_while_the_demonstration_runs(installation) {
        let _service = installation.servir(&["demo", "--jours", "0"]);
        let dossier = installation.dossier.join("impression");
        let ecrits = installation.lancer(&["secours", "--demo", dossier.to_str().unwrap()]);
        assert!(ecrits.statut.success(), "{}{}", ecrits.sortie, ecrits.erreurs);
        let fichiers = pdf(&dossier);
        assert!(!fichiers.is_empty() && fichiers.len() == ecrits.sortie.lines().count(), "{}", ecrits.sortie);
        for fichier in fichiers {
            assert!(std::fs::read(&fichier).unwrap().starts_with(b"%PDF"), "{}", fichier.display());
        }
    }

    async fn the_first_account_is_made_while_the_service_runs(installation) {
        let _service = installation.servir(&["serve"]);
        let cree = installation.lancer(&["administrateur", "Martine", "Martine Essai"]);
        assert!(cree.statut.success() && cree.sortie.contains("Compte martine créé. Mot de passe"), "{}{}", cree.sortie, cree.erreurs);
        let encore = installation.lancer(&["administrateur", "martine", "Martine Essai"]);
        assert_eq!(encore.statut.code(), Some(1));
        assert!(encore.erreurs.contains("déjà pris"), "{}", encore.erreurs);
    }

    async fn a_base_whose_key_is_lost_gets_no_other(installation) {
        assert!(installation.lancer(&["administrateur", "Martine", "Martine Essai"]).statut.success());
        let cle = installation.cle_maitre();
        let gardee = std::fs::read(&cle).unwrap();
        let fichier = installation.fichier("compte-rendu.pdf", RAPPORT);
        let commandes: [&[&str]; 6] = [
            &["serve"], &["migrate"], &["verify-journal"], &["receive", &fichier], &["administrateur", "b", "B"], &["secours", "pdf"],
        ];
        std::fs::remove_file(&cle).unwrap();
        let avant = installation.contenu();
        for commande in commandes {
            let refus = installation.lancer(commande);
            assert_eq!(refus.statut.code(), Some(1), "{commande:?}: {}", refus.sortie);
            assert!(refus.erreurs.contains("sa clé n'est pas là"), "{commande:?}: {}", refus.erreurs);
            assert_eq!(installation.contenu(), avant, "{commande:?}");
        }
        // As a key made in its place would be, by a program cut before it looked at the base.
        std::fs::write(&cle, [9; 32]).unwrap();
        let avant = installation.contenu();
        for commande in commandes {
            let refus = installation.lancer(commande);
            assert_eq!(refus.statut.code(), Some(1), "{commande:?}: {}", refus.sortie);
            assert!(refus.erreurs.contains("n'est pas celle de la base"), "{commande:?}: {}", refus.erreurs);
            assert_eq!(installation.contenu(), avant, "{commande:?}");
        }
        std::fs::write(&cle, gardee).unwrap();
        assert!(installation.lancer(&["migrate"]).statut.success());
    }

    async fn a_wrong_data_folder_is_not_made_for_a_base_in_use(installation) {
        assert!(installation.lancer(&["administrateur", "Martine", "Martine Essai"]).statut.success());
        let ailleurs = installation.dossier.join("ailleurs");
        let refus = installation.lancer(&["serve", "--database-url", &installation.url(), "--data", ailleurs.to_str().unwrap()]);
        assert!(!refus.statut.success() && refus.erreurs.contains("sa clé n'est pas là"), "{}", refus.erreurs);
        assert!(!ailleurs.exists());
    }

    async fn a_base_which_is_not_a_demonstration_is_never_sown_nor_wiped(installation) {
        assert!(installation.lancer(&["administrateur", "Martine", "Martine Essai"]).statut.success());
        let (avant, dit) = (installation.contenu(), installation.journal(&[]));
        // As the folder of the demonstration would say of another base.
        let demo = installation.donnees().join("demo");
        let url = installation.url();
        for arguments in [&["demo"][..], &["demo", "--neuve"], &["demo", "--semer"], &["demo", "--semer", "--neuve", "--jours", "0"]] {
            let refus = installation.lancer(&[arguments, &["--database-url", &url]].concat());
            assert_eq!(refus.statut.code(), Some(1), "{arguments:?}: {}", refus.sortie);
            assert!(refus.erreurs.contains("ne sont pas ceux de la démonstration"), "{arguments:?}: {}", refus.erreurs);
            assert!(!demo.exists(), "{arguments:?}");
            assert_eq!(installation.contenu(), avant, "{arguments:?}");
        }
        assert_eq!(installation.journal(&[]), dit);
    }

    async fn a_base_which_holds_the_demonstration_is_served_again(installation) {
        let url = installation.url();
        let semer: &[&str] = &["demo", "--semer", "--jours", "0", "--database-url", &url];
        assert!(installation.lancer(semer).statut.success());
        let service = installation.servir(&["demo", "--jours", "0", "--database-url", &url]);
        // Its folder says it is an old one.
        std::fs::write(installation.donnees().join("demo/demonstration"), "2 2020-01-01T00:00:00Z").unwrap();
        let encore = installation.lancer(&["demo", "--semer", "--jours", "0", "--neuve", "--database-url", &url]);
        assert!(!encore.statut.success());
        assert!(encore.erreurs.contains("tient déjà"), "held by the service, or never sown twice: {}", encore.erreurs);
        assert!(service.etat("journal") > 0 && service.arreter().success());
        let demonstration: &[&str] = &["--demo", "--database-url", &url];
        let dit = installation.journal(demonstration);
        assert_eq!(dit.2, "[]");
        let neuve = installation.lancer(semer);
        assert!(neuve.statut.success(), "{}", neuve.erreurs);
        if url.starts_with("postgres") {
            assert!(neuve.erreurs.contains("il y a plus de dix heures") && installation.journal(demonstration) == dit, "{}", neuve.erreurs);
            std::fs::remove_file(installation.donnees().join("demo/demonstration")).unwrap();
            assert!(installation.lancer(semer).erreurs.contains("n'est pas allé à son terme"));
        } else {
            assert!(neuve.erreurs.contains("Démonstration semée"), "{}", neuve.erreurs);
        }
    }

    async fn without_a_service_the_commands_open_the_database_themselves(installation) {
        let fichier = installation.fichier("compte-rendu.pdf", RAPPORT);
        assert!(installation.lancer(&["migrate"]).statut.success());
        let recu = installation.lancer(&["receive", &fichier]);
        assert!(recu.statut.success(), "{}{}", recu.sortie, recu.erreurs);
        let vide = installation.lancer(&["secours", "impression"]);
        assert!(vide.statut.success() && vide.erreurs.contains("Aucune unité avec des lits"), "{}{}", vide.sortie, vide.erreurs);
    }
}

#[tokio::test]
async fn a_file_of_another_program_is_not_taken_for_a_demonstration() {
    let Some(installation) = Installation::nouvelle(Engine::Sqlite).await else { return };
    let fichier = installation.fichier("recettes.txt", &[b'x'; 8192]);
    let avant = installation.contenu();
    let refus = installation.lancer(&["demo", "--semer", "--neuve", "--database-url", &format!("sqlite:{fichier}")]);
    assert!(!refus.statut.success() && refus.erreurs.contains("Rien n'a été écrit"), "{}", refus.erreurs);
    assert_eq!(installation.contenu(), avant);
}

#[tokio::test]
async fn the_door_is_for_its_owner_and_does_not_outlive_the_service() {
    let Some(installation) = Installation::nouvelle(Engine::Sqlite).await else { return };
    let porte = installation.donnees().join("grappe.porte");
    let service = installation.servir(&["serve"]);
    assert_eq!(std::fs::metadata(&porte).unwrap().permissions().mode() & 0o777, 0o600);
    service.tuer();
    assert!(porte.exists(), "a kill leaves it behind");
    let fichier = installation.fichier("compte-rendu.pdf", RAPPORT);
    assert!(installation.lancer(&["receive", &fichier]).statut.success(), "the command opens the database itself");
    let service = installation.servir(&["serve"]);
    assert!(installation.lancer(&["receive", &fichier]).sortie.contains("déjà reçu"));
    assert!(service.arreter().success());
    assert!(!porte.exists());
}

#[tokio::test]
async fn a_slip_of_the_folder_makes_no_base_to_receive_in() {
    let Some(installation) = Installation::nouvelle(Engine::Sqlite).await else { return };
    let fichier = installation.fichier("compte-rendu.pdf", RAPPORT);
    let recu = installation.lancer(&["receive", &fichier]);
    assert_eq!(recu.statut.code(), Some(1));
    assert!(recu.erreurs.contains("Il n'y a pas de base à cet endroit"), "{}", recu.erreurs);
    assert!(!installation.donnees().join("grappe.sqlite").exists());
}

#[tokio::test]
async fn a_second_service_on_the_file_is_refused_in_french() {
    let Some(installation) = Installation::nouvelle(Engine::Sqlite).await else { return };
    let service = installation.servir(&["serve"]);
    let second = installation.lancer(&["serve"]);
    assert_eq!(second.statut.code(), Some(1));
    assert!(second.erreurs.contains("Un autre programme tient déjà cette base"), "{}", second.erreurs);
    let fichier = installation.fichier("compte-rendu.pdf", RAPPORT);
    assert!(installation.lancer(&["receive", &fichier]).statut.success(), "the door of the first still answers");
    drop(service);
}

#[tokio::test]
async fn a_folder_too_deep_for_a_socket_has_its_door_all_the_same() {
    let Some(installation) = Installation::nouvelle(Engine::Sqlite).await else { return };
    let profond = installation.dossier.join("d".repeat(120));
    let mut service = installation.programme(&["serve", "--data", profond.to_str().unwrap()]).spawn().unwrap();
    let ouverte = (0..1_200).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        profond.join("grappe.porte").exists() || service.try_wait().unwrap().is_some()
    });
    let fichier = installation.fichier("compte-rendu.pdf", RAPPORT);
    let recu = installation.lancer(&["receive", "--data", profond.to_str().unwrap(), &fichier]);
    let _ = service.kill();
    service.wait().unwrap();
    assert!(ouverte, "no door within a minute, and no end of the service");
    assert!(recu.statut.success(), "{}{}", recu.sortie, recu.erreurs);
}

/// The process which holds the lock of the leader, told by PostgreSQL: fails the statement unless exactly one does.
const UN_MENEUR: &str = "do $$ begin
  if (select count(*) from pg_locks where locktype = 'advisory' and objid = 1835363941 and granted
      and database = (select oid from pg_database where datname = current_database())) <> 1
  then raise exception 'not one leader'; end if; end $$";

#[tokio::test]
async fn of_two_services_on_one_database_one_leads_and_the_other_takes_over() {
    let Some(installation) = Installation::nouvelle(Engine::Postgres).await else { return };
    let meneur_connu = async || {
        while installation.executer(UN_MENEUR).await.is_err() {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    };
    // A journal which has moved: whoever begins to lead signs its head at once.
    let fichier = installation.fichier("compte-rendu.pdf", RAPPORT);
    assert!(installation.lancer(&["receive", &fichier]).statut.success());
    let premier = installation.servir(&["serve"]);
    meneur_connu().await;
    let second = installation.servir(&["serve"]);
    for _ in 0..20 {
        assert!(installation.executer(UN_MENEUR).await.is_ok());
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    // The heads of the journal are the leader's work: the survivor makes one as soon as it leads.
    let tetes = || std::fs::read_dir(installation.donnees().join("temoins")).map_or(0, Iterator::count);
    while tetes() == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let avant = tetes();
    premier.tuer();
    assert!(installation.lancer(&["receive", &installation.fichier("autre.pdf", b"%PDF-1.4\nautre\n")]).statut.success());
    meneur_connu().await;
    while tetes() == avant {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert!(second.etat("journal") > 0);
}
