//! Search before create, homonyms on both sides (INV-42, INV-43).

use http::StatusCode;
use kernel::id::UsagerId;
use platform::acces::EtatSejour;
use sejours::{DemandeAdmission, EtapeAdmission, Sejour};
use testkit::TestStore;
use usagers::{Identification, Usager};

use crate::monde::{ADMISSIONS, ANNA, AS, BRUNO, IDEC, LITS, Monde, VOLCANS, cache};

fn formulaire<'a>(id: &'a str, nom: &'a str, prenom: &'a str, naissance: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("etape", "creer"),
        ("id", id),
        ("nom_naissance", nom),
        ("prenoms_naissance", prenom),
        ("naissance", naissance),
        ("sexe", "F"),
        ("lieu_naissance", "63113"),
        ("genre", "permanent"),
        ("provenance", "Famille"),
    ]
}

testkit::on_both! {
    async fn the_search_comes_first_and_finds_by_date_or_first_letters(store: TestStore) {
        let monde = Monde::new(store).await;
        let vide = monde.get(ADMISSIONS, "/residents/nouveau").await;
        assert!(vide.texte.contains("debut_nom") && !vide.texte.contains("nom_naissance\""), "no creation before a search");
        let cherche = async |naissance: &str, nom: &str| monde.post(ADMISSIONS, "/residents/nouveau", &[("naissance", naissance), ("debut_nom", nom)]).await;
        assert!(cherche("12/04/1936", "zzz").await.texte.contains("LARGENTI"), "the same day of birth under another name");
        assert!(cherche("01/01/1936", "bru").await.texte.contains("LARGENTI"), "first letters of the birth name, same year");
        assert!(!cherche("01/01/1935", "bru").await.texte.contains("LARGENTI"));
        assert!(cherche("12/04/1936", "brumelle").await.texte.contains("LARGENTI"), "more than three letters count as three");
        assert_eq!(cherche("12 avril", "bru").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn near_identities_are_shown_before_anything_is_written_and_homonyms_are_told_both_ways(store: TestStore) {
        let monde = Monde::new(store).await;
        let recherche = monde.post(ADMISSIONS, "/residents/nouveau", &[("naissance", "04/12/1936"), ("debut_nom", "bru")]).await;
        let id = cache(&recherche.texte, "id");
        let champs = formulaire(&id, "Brumel", "Margueritte", "04/12/1936");
        let arret = monde.post(ADMISSIONS, "/residents/nouveau", &champs).await;
        assert_eq!(arret.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(arret.texte.contains("doublon probable") && arret.texte.contains("LARGENTI"));
        assert!(monde.store.get::<Usager>(&platform::store::Reach::All, id.parse::<kernel::uuid::Uuid>().unwrap()).await.unwrap().is_none());
        let vus = cache(&arret.texte, "vus");
        let devine: Vec<_> = champs.iter().copied().chain([("vus", "0"), ("autre_personne", "oui")]).collect();
        assert_eq!(monde.post(ADMISSIONS, "/residents/nouveau", &devine).await.status, StatusCode::UNPROCESSABLE_ENTITY, "a box ticked without having seen");
        let sur: Vec<_> = champs.iter().copied().chain([("vus", vus.as_str()), ("autre_personne", "oui")]).collect();
        let cree = monde.post(ADMISSIONS, "/residents/nouveau", &sur).await;
        assert_eq!((cree.status, cree.lieu.as_str()), (StatusCode::SEE_OTHER, format!("/admissions/{id}").as_str()), "{}", cree.texte);
        let nouveau: UsagerId = id.parse().unwrap();
        assert_eq!(monde.lire::<Usager>(nouveau).await.homonymes, vec![ANNA]);
        assert_eq!(monde.lire::<Usager>(ANNA).await.homonymes, vec![nouveau]);
        assert!(monde.lire::<Identification>(Identification::id(ANNA)).await.identite.est_homonyme());
        let banniere = monde.get(AS, &format!("/residents/{ANNA}")).await.texte;
        assert!(!banniere.contains("Homonyme : aussi") || banniere.contains("attendue"), "an AS of the unit does not see who is only expected");
        let encore = monde.post(ADMISSIONS, "/residents/nouveau", &sur).await;
        assert_eq!(encore.status, StatusCode::SEE_OTHER, "sent twice, created once");
        assert!(monde.get(ADMISSIONS, "/admissions").await.texte.contains("BRUMEL"));
        let admission = format!("/residents/{nouveau}/sejour/admission");
        let formulaire = monde.get(ADMISSIONS, &admission).await.texte;
        assert!(formulaire.contains("102 F") && !formulaire.contains("102 P"), "free beds only");
        let (version, mouvement) = (cache(&formulaire, "version"), cache(&formulaire, "id"));
        let lit = LITS[2].to_string();
        let champs = [("version", version.as_str()), ("id", mouvement.as_str()), ("jour", "2026-11-21"), ("heure", "07:30"), ("lit", lit.as_str()), ("motif", "domicile")];
        let admis = monde.post(ADMISSIONS, &admission, &champs).await;
        assert_eq!(admis.status, StatusCode::SEE_OTHER, "{}", admis.texte);
        let demande = monde.lire::<Sejour>(kernel::id::derived(nouveau.0, "sejour")).await;
        assert_eq!((demande.etat, demande.unite, demande.chambre_libelle.as_str()), (EtatSejour::Present, Some(VOLCANS), "102 F"));
        assert_eq!(monde.lire::<DemandeAdmission>(DemandeAdmission::id(demande.value.id)).await.etape, EtapeAdmission::Admise);
        assert!(monde.get(AS, &format!("/residents/{ANNA}")).await.texte.contains("Homonyme : aussi ch. 102 F"));
        assert!(monde.get(AS, "/residents").await.texte.contains("Homonyme : aussi ch. 101"));
    }

    async fn a_name_corrected_brings_and_takes_away_homonyms(store: TestStore) {
        let monde = Monde::new(store).await;
        let corriger = async |nom: &str| {
            let chemin = format!("/residents/{BRUNO}/identite/corriger");
            let version = monde.champ(IDEC, &chemin, "version").await;
            let champs = [("version", version.as_str()), ("nom_naissance", nom), ("prenoms_naissance", "RENE"), ("naissance", "03/02/1931"), ("sexe", "M")];
            let ecrite = monde.post(IDEC, &chemin, &champs).await;
            assert_eq!(ecrite.status, StatusCode::SEE_OTHER, "{}", ecrite.texte);
        };
        corriger("Largentiere").await;
        assert_eq!(monde.lire::<Usager>(BRUNO).await.homonymes, vec![ANNA]);
        assert_eq!(monde.lire::<Usager>(ANNA).await.homonymes, vec![BRUNO]);
        corriger("Castagnol").await;
        assert!(monde.lire::<Usager>(BRUNO).await.homonymes.is_empty());
        assert!(monde.lire::<Usager>(ANNA).await.homonymes.is_empty());
    }

    async fn a_request_goes_through_its_tasks_and_may_end_without_an_entry(store: TestStore) {
        let monde = Monde::new(store).await;
        let recherche = monde.post(ADMISSIONS, "/residents/nouveau", &[("naissance", "01/09/1944"), ("debut_nom", "vol")]).await;
        let id = cache(&recherche.texte, "id");
        let cree = monde.post(ADMISSIONS, "/residents/nouveau", &formulaire(&id, "VOLVIC", "JEANNE", "01/09/1944")).await;
        assert_eq!(cree.status, StatusCode::SEE_OTHER, "{}", cree.texte);
        let page = format!("/admissions/{id}");
        let version = monde.champ(ADMISSIONS, &page, "version").await;
        let tache = [("version", version.as_str()), ("tache", "avis"), ("etat", "faite")];
        assert_eq!(monde.post(ADMISSIONS, &format!("{page}/tache"), &tache).await.status, StatusCode::SEE_OTHER);
        assert!(monde.get(ADMISSIONS, &page).await.texte.contains("1 tâches faites") || monde.get(ADMISSIONS, &page).await.texte.contains("Julie Jaligny"));
        assert_eq!(monde.post(AS, &format!("{page}/tache"), &tache).await.status, StatusCode::FORBIDDEN);
        let version = monde.champ(ADMISSIONS, &page, "version").await;
        let close = monde.post(ADMISSIONS, &format!("{page}/clore"), &[("version", &version), ("reponse", "désistement")]).await;
        assert_eq!(close.status, StatusCode::SEE_OTHER, "{}", close.texte);
        let usager: UsagerId = id.parse().unwrap();
        let sejour = monde.lire::<Sejour>(kernel::id::derived(usager.0, "sejour")).await;
        let demande = monde.lire::<DemandeAdmission>(DemandeAdmission::id(sejour.value.id)).await;
        assert_eq!((sejour.etat, demande.etape, demande.reponse.as_str()), (EtatSejour::Sorti, EtapeAdmission::Close, "désistement"));
        assert!(!monde.get(ADMISSIONS, "/admissions").await.texte.contains("VOLVIC"));
    }
}
