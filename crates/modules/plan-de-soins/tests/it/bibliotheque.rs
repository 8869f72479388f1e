//! The library: shared items are never edited, local ones are published and withdrawn.

use http::StatusCode;
use testkit::TestStore;
use uuid::Uuid;

use crate::monde::{ANNA, CUISINE, IDE, Monde, SOPHIE};

const SOIN: [(&str, &str); 5] = [
    ("libelle", "Arrosage du balcon"),
    ("categorie", "vie_sociale"),
    ("duree_min", "10"),
    ("consigne", "Arrosoir bleu"),
    ("metiers", "as"),
];

testkit::on_both! {
    async fn a_local_act_is_published_proposed_then_withdrawn(store: TestStore) {
        let monde = Monde::new(store).await;
        let id = Uuid::from_u128(400).to_string();
        let mut champs = SOIN.to_vec();
        champs.push(("id", &id));
        assert_eq!(monde.envoyer(SOPHIE, "/admin/catalogue-soins", &champs).await.0, StatusCode::FORBIDDEN);
        assert_eq!(monde.lire(CUISINE, "/admin/catalogue-soins").await.0, StatusCode::FORBIDDEN);
        for _ in 0..2 {
            assert_eq!(monde.envoyer(IDE, "/admin/catalogue-soins", &champs).await.0, StatusCode::SEE_OTHER);
        }
        let (statut, _, page) = monde.envoyer(IDE, "/admin/catalogue-soins", &SOIN).await;
        assert!(statut == StatusCode::UNPROCESSABLE_ENTITY && page.contains("existe déjà"), "{page}");
        let ajouter = format!("/residents/{ANNA}/soins/ajouter");
        assert!(monde.lire(IDE, &ajouter).await.1.contains("Arrosage du balcon"));
        monde.envoyer(IDE, &format!("/admin/catalogue-soins/{id}/retirer"), &[("retire", "oui")]).await;
        assert!(!monde.lire(IDE, &ajouter).await.1.contains("Arrosage du balcon"));
        let (_, page) = monde.lire(IDE, "/admin/catalogue-soins").await;
        assert!(page.contains("Version 2 publiée par Nadia Rousset, IDE") && page.contains("retiré"), "{page}");
    }

    async fn a_local_template_is_applied_like_a_shared_one(store: TestStore) {
        let monde = Monde::new(store).await;
        let champs = [("libelle", "Retour de fête"), ("indication", "Lendemain de sortie"), ("acte0", "hydratation_matin"), ("heures0", "09:00, 11:00"), ("rythme0", "quotidien"), ("acte1", "pesee"), ("heures1", "09:30"), ("rythme1", "lun")];
        assert_eq!(monde.envoyer(IDE, "/admin/plans-types", &champs).await.0, StatusCode::SEE_OTHER);
        let (_, page) = monde.lire(IDE, &format!("/residents/{ANNA}/soins/plan-type?code=local_retour_de_fete")).await;
        assert!(page.contains("Retour de fête") && page.contains("lundi à 09:30"), "{page}");
        let (statut, _, page) = monde.envoyer(IDE, "/admin/plans-types", &[("libelle", "Vide")]).await;
        assert!(statut == StatusCode::UNPROCESSABLE_ENTITY && page.contains("au moins un soin"), "{page}");
    }
}
