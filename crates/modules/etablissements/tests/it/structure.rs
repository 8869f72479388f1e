//! Who changes what of the structure; nothing is ever deleted.

use etablissements::{Chambre, Etablissement, Fermeture, Genres, Organisme, Unite};
use http::StatusCode;
use kernel::id::{EtablissementId, OrganismeId, UniteId};
use platform::store::{Query, Reach, Stored};
use testkit::TestStore;
use uuid::Uuid;

use monde_essai::Monde;
use monde_essai::deux_maisons::{A, ADMIN, AS_VOLCANS, B, DIRECTION_A, DOMES, RIVIERE, VOLCANS};

const OG: OrganismeId = OrganismeId(Uuid::from_u128(3));
const NEUF: EtablissementId = EtablissementId(Uuid::from_u128(0xC));

async fn monde(store: TestStore) -> Monde {
    let monde = crate::monde(store).await;
    let organisme: Organisme =
        serde_json::from_value(serde_json::json!({"nom": "Fondation d'essai", "finess": "9X0000100", "statut": "associatif"}))
            .unwrap();
    monde.ecrire(OG, &organisme).await;
    monde
}

async fn creer(monde: &Monde, genre: &str, finess: &str) -> monde_essai::Reponse {
    let (id, og) = (NEUF.to_string(), OG.to_string());
    let champs = [
        ("id", id.as_str()),
        ("nom", "Service d'essai"),
        ("finess", finess),
        ("organisme", &og),
        ("genre", genre),
        ("departement", "63"),
        ("actif", "oui"),
    ];
    monde.envoyer(ADMIN, "/admin/etablissements", &champs).await
}

testkit::on_both! {
    async fn the_grappe_opens_every_kind_of_essms_without_code(store: TestStore) {
        let monde = monde(store).await;
        for code in ["fam", "mas", "ime", "sessad", "ssiad", "esat", "csapa", "mecs"] {
            assert!(Genres::get(code).is_some(), "{code}");
        }
        let fait = creer(&monde, "sessad", "9X0000777").await;
        assert_eq!(fait.lieu, format!("/admin/etablissement/{NEUF}"), "{}", fait.texte);
        let fiche = monde.lire(ADMIN, &fait.lieu).await.texte;
        assert!(fiche.contains("jeune") && fiche.contains("sans hébergement"), "{fiche}");
        let unites = monde.lire(ADMIN, &format!("/admin/unites?etablissement={NEUF}")).await.texte;
        assert!(unites.contains("sans chambre"));
        let neuf = NEUF.to_string();
        let unite = monde.envoyer(ADMIN, "/admin/unites", &[("etablissement", &neuf), ("nom", "Secteur nord"), ("capacite", "20")]).await;
        assert_eq!(unite.status, StatusCode::SEE_OTHER);
        assert_eq!(creer(&monde, "ime", "9X0000778").await.status, StatusCode::CONFLICT, "the same form with other content is refused");
    }

    async fn a_finess_is_given_once(store: TestStore) {
        let monde = monde(store).await;
        let pris = creer(&monde, "fam", "750000018").await;
        assert!(pris.status == StatusCode::UNPROCESSABLE_ENTITY && pris.texte.contains("déjà celui d'une autre fiche"), "{}", pris.texte);
    }

    async fn a_director_changes_their_house_only(store: TestStore) {
        let monde = monde(store).await;
        assert_eq!(monde.lire(DIRECTION_A, &format!("/admin/etablissement/{B}")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(monde.lire(DIRECTION_A, &format!("/admin/unites/{RIVIERE}")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(monde.lire(DIRECTION_A, "/admin/etablissements/nouveau").await.status, StatusCode::FORBIDDEN);
        assert_eq!(monde.lire(AS_VOLCANS, "/admin/grappe").await.status, StatusCode::FORBIDDEN);
        let (og, version) = (OG.to_string(), monde.lu::<Etablissement>(A).await.version.to_string());
        let champs = |genre| [("nom", "Les Genêts d'or"), ("finess", "750000018"), ("organisme", og.as_str()), ("genre", genre), ("actif", "oui"), ("version", version.as_str())];
        let adresse = format!("/admin/etablissement/{A}");
        assert_eq!(monde.envoyer(DIRECTION_A, &adresse, &champs("mas")).await.status, StatusCode::BAD_REQUEST, "the kind belongs to the grappe");
        assert_eq!(monde.envoyer(DIRECTION_A, &adresse, &champs("ehpad")).await.lieu, adresse);
        let perime = monde.envoyer(DIRECTION_A, &adresse, &champs("ehpad")).await;
        assert_eq!(perime.status, StatusCode::CONFLICT, "the version read is old");
        assert!(perime.texte.contains("Votre saisie est gardée"));
    }

    async fn the_tree_is_filtered(store: TestStore) {
        let monde = monde(store).await;
        creer(&monde, "ssiad", "9X0000777").await;
        let tous = monde.lire(ADMIN, "/admin/grappe").await.texte;
        assert!(tous.contains("Service d'essai") && tous.contains("Les Genêts") && tous.contains("Fondation d'essai"));
        let filtre = monde.lire(ADMIN, "/admin/grappe?genre=ssiad&departement=63&statut=associatif").await.texte;
        assert!(filtre.contains("Service d'essai") && !filtre.contains("Les Genêts"));
        assert!(monde.lire(ADMIN, "/admin/grappe?statut=prive").await.texte.contains("0 établissement"));
    }

    async fn rooms_are_added_in_a_range_and_leave_service_with_a_reason(store: TestStore) {
        let monde = monde(store).await;
        let ajout = monde.envoyer(DIRECTION_A, &format!("/admin/unites/{VOLCANS}/chambres"), &[("numeros", "201-203"), ("type", "double")]).await;
        assert_eq!(ajout.status, StatusCode::SEE_OTHER, "{}", ajout.texte);
        let encore = monde.envoyer(DIRECTION_A, &format!("/admin/unites/{DOMES}/chambres"), &[("numeros", "203"), ("type", "simple")]).await;
        assert!(encore.status == StatusCode::UNPROCESSABLE_ENTITY && encore.texte.contains("203 existe déjà"));
        let chambre = Chambre::id(A, "202");
        let lue = monde.lu::<Chambre>(chambre).await;
        assert_eq!(lue.lits.iter().map(|lit| lit.repere.as_str()).collect::<Vec<_>>(), ["P", "F"]);
        let adresse = format!("/admin/chambres/{chambre}/hors-service");
        assert_eq!(monde.envoyer(DIRECTION_A, &adresse, &[]).await.status, StatusCode::BAD_REQUEST);
        let motif = format!("motif-{chambre}");
        assert_eq!(monde.envoyer(DIRECTION_A, &adresse, &[(&motif, "Dégât des eaux")]).await.status, StatusCode::SEE_OTHER);
        assert!(monde.lire(DIRECTION_A, &format!("/admin/unites/{VOLCANS}")).await.texte.contains("Dégât des eaux"));
        monde.envoyer(DIRECTION_A, &format!("/admin/chambres/{chambre}/ordre"), &[("sens", "haut")]).await;
        let toutes: Vec<Stored<Chambre>> = monde.store.list(&Reach::All, &Query::lane(&format!("chambres/{A}"))).await.unwrap();
        let mut ordre: Vec<_> = toutes.iter().map(|chambre| (chambre.rang, chambre.numero.as_str().to_owned())).collect();
        ordre.sort();
        assert_eq!(ordre.iter().map(|(_, numero)| numero.as_str()).collect::<Vec<_>>(), ["202", "201", "203"]);
    }

    async fn a_unit_closes_with_a_reason_and_opens_again_with_its_history(store: TestStore) {
        let monde = monde(store).await;
        let adresse = format!("/admin/unites/{DOMES}/fermeture");
        assert_eq!(monde.envoyer(DIRECTION_A, &adresse, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(monde.envoyer(DIRECTION_A, &adresse, &[("motif", "Travaux")]).await.status, StatusCode::SEE_OTHER);
        assert!(monde.lu::<Unite>(DOMES).await.fermee);
        monde.envoyer(DIRECTION_A, &format!("/admin/unites/{DOMES}/reouverture"), &[]).await;
        assert!(!monde.lu::<Unite>(DOMES).await.fermee);
        let page = monde.lire(DIRECTION_A, &format!("/admin/unites/{DOMES}")).await.texte;
        assert!(page.contains("Travaux") && page.contains("Rouverte le"), "{page}");
        assert!(monde.lu::<Fermeture>(Fermeture::id(UniteId(DOMES.0))).await.rouverte_le.is_some());
    }

    async fn units_change_places(store: TestStore) {
        let monde = monde(store).await;
        monde.envoyer(DIRECTION_A, &format!("/admin/unites/{DOMES}/ordre"), &[("sens", "haut")]).await;
        assert_eq!((monde.lu::<Unite>(DOMES).await.rang, monde.lu::<Unite>(VOLCANS).await.rang), (0, 1));
    }
}
