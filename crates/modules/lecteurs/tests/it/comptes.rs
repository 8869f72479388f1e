//! Accounts of readers: who opens them, what they are.

use http::StatusCode;
use monde_essai::role;
use monde_essai::une_maison::{ETAB, IDE};
use platform::acces::{Compte, NatureCompte};
use platform::store::{Query, Reach, Stored};
use testkit::TestStore;
use uuid::Uuid;

use crate::monde::{ADMIN, ANNA_EXACTE, SAMU, chercher, monde};

const LEA: [(&str, &str); 6] = [
    ("organisation", "SAMU 63"),
    ("nature", "samu"),
    ("prenom", "Léa"),
    ("nom", "Roche"),
    ("fonction", "médecin régulateur"),
    ("telephone", "04 73 00 00 15"),
];

testkit::on_both! {
    async fn the_administrator_of_the_grappe_opens_an_account_of_no_house(store: TestStore) {
        let monde = monde(store).await;
        let bon = monde.envoyer(ADMIN, "/admin/lecteurs", &LEA).await;
        assert!(bon.status == StatusCode::OK && bon.texte.contains("Mot de passe à usage unique") && bon.texte.contains("Léa Roche, SAMU 63"), "{}", bon.texte);
        let comptes: Vec<Stored<Compte>> = monde.store.list(&Reach::All, &Query::lane("comptes")).await.expect("list");
        let lea = comptes.iter().find(|compte| compte.nom_affiche == "Léa Roche, SAMU 63").expect("an account");
        assert_eq!(lea.nature, NatureCompte::Exterieur);
        assert!(lea.habilitations.iter().all(|role| role.etablissement.is_none() && role.profil == "lecteur_urgence"));
        let liste = monde.lire(ADMIN, "/admin/lecteurs").await.texte;
        assert!(liste.contains("SAMU 63 (SAMU, centre 15)") && liste.contains("médecin régulateur"), "{liste}");
        monde.envoyer(ADMIN, &format!("/admin/comptes/{}/fermeture", lea.id), &[]).await;
        assert!(monde.lire(ADMIN, "/admin/lecteurs").await.texte.contains("fermé"));
    }

    async fn a_house_opens_none_and_a_missing_word_is_said(store: TestStore) {
        let monde = monde(store).await;
        let rh = kernel::id::CompteId(Uuid::from_u128(0x60));
        monde.compte(rh, "Rémi Haut", vec![role("rh", Some(ETAB), &[])]).await;
        for adresse in ["/admin/lecteurs", "/admin/lecteurs/nouveau"] {
            assert_eq!(monde.lire(rh, adresse).await.status, StatusCode::FORBIDDEN);
            assert_eq!(monde.lire(IDE, adresse).await.status, StatusCode::FORBIDDEN);
        }
        assert_eq!(monde.envoyer(rh, "/admin/lecteurs", &LEA).await.status, StatusCode::FORBIDDEN);
        assert!(!monde.lire(rh, "/compte").await.texte.contains("Lecteurs extérieurs"), "the menu offers what opens");
        assert!(monde.lire(ADMIN, "/compte").await.texte.contains("Lecteurs extérieurs"));
        let sans = monde.envoyer(ADMIN, "/admin/lecteurs", &LEA[..5]).await;
        assert_eq!(sans.status, StatusCode::OK, "the telephone may be missing");
        let vide = monde.envoyer(ADMIN, "/admin/lecteurs", &[("nature", "curieux")]).await;
        assert!(vide.status == StatusCode::UNPROCESSABLE_ENTITY && vide.texte.contains("Choisissez ce qu'est l'organisation"), "{}", vide.texte);
    }

    async fn a_reader_tied_to_a_house_by_mistake_opens_nothing(store: TestStore) {
        let monde = monde(store).await;
        monde.changer::<Compte>(SAMU, |compte| compte.habilitations = vec![role("lecteur_urgence", Some(ETAB), &[])]).await;
        assert!(chercher(&monde, SAMU, &ANNA_EXACTE).await.1.is_none());
    }
}
