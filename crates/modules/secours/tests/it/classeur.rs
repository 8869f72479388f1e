//! Editions: at their hours, once, readable, for those who may.

use http::StatusCode;
use testkit::TestStore;
use usagers::{Alertes, Allergie, Allergies, SignalAlerte};

use crate::monde::{ANNA, AS, ETAB, IDE, Monde, SECRETAIRE, UNITE};

async fn allergique(monde: &Monde) {
    let allergies = Allergies::Connues {
        liste: vec![Allergie { agent: "pénicilline".into(), reaction: "anaphylaxie".into(), annee: None }],
    };
    let signal = SignalAlerte {
        code: "fausse_route".into(),
        libelle: "Fausses routes".into(),
        danger: true,
        depuis: testkit::instant(testkit::START),
        note_par: "Essai".into(),
    };
    let alertes = serde_json::json!({"usager": ANNA, "etablissement": ETAB, "allergies": allergies, "signaux": [signal]});
    monde.ecrire(Alertes::id(ANNA), &serde_json::from_value::<Alertes>(alertes).expect("alertes")).await;
}

/// The words of a PDF; `None` when this machine cannot read one.
fn mots(pdf: &[u8]) -> Option<String> {
    let chemin = std::env::temp_dir().join(format!("grappe-classeur-{}.pdf", std::process::id()));
    std::fs::write(&chemin, pdf).expect("write");
    let sortie = std::process::Command::new("pdftotext").args(["-layout"]).arg(&chemin).arg("-").output();
    let _ = std::fs::remove_file(&chemin);
    Some(String::from_utf8_lossy(&sortie.ok()?.stdout).replace(['\u{a0}', '\u{202f}'], " "))
}

testkit::on_both! {
    async fn each_hour_makes_one_edition_a_unit(store: TestStore) {
        let monde = Monde::new(store).await;
        let faire = async || secours::editer_les_dus(&monde.services, kernel::clock::Clock::now(&*monde.store.clock)).await.expect("made");
        assert_eq!(faire().await, 1, "08:00: the edition of 06:00 was missed and is made");
        assert_eq!(faire().await, 0);
        monde.store.clock.set(testkit::instant("2026-11-21T11:59:00Z"));
        assert_eq!(faire().await, 0, "12:59");
        monde.store.clock.set(testkit::instant("2026-11-21T12:00:00Z"));
        assert_eq!(faire().await, 1, "13:00");
        monde.store.clock.set(testkit::instant("2026-11-22T04:00:00Z"));
        assert_eq!(faire().await, 1, "05:00 the day after: the edition of 20:00");
        assert_eq!(monde.editions().await.len(), 3);
    }

    async fn a_binder_says_what_matters_and_is_downloaded_by_those_who_may(store: TestStore) {
        let monde = Monde::new(store).await;
        allergique(&monde).await;
        monde.planifier(ANNA, "Toilette au lavabo", &[9, 22]).await;
        let (status, ..) = monde.envoyer(AS, "/secours/classeur", &[("unite", &UNITE.to_string())]).await.acte();
        assert_eq!(status, StatusCode::FORBIDDEN);
        for _ in 0..2 {
            let champs = [("unite", UNITE.to_string()), ("id", "01920000-0000-7000-8000-000000000001".to_owned())];
            let champs: Vec<(&str, &str)> = champs.iter().map(|(nom, valeur)| (*nom, valeur.as_str())).collect();
            assert_eq!(monde.envoyer(IDE, "/secours/classeur", &champs).await.status, StatusCode::SEE_OTHER);
        }
        let editions = monde.editions().await;
        assert_eq!(editions.len(), 1, "asked twice by one form, made once");
        let adresse = format!("/secours/classeur/{}", editions[0].id);
        assert_eq!(monde.lire(SECRETAIRE, &adresse).await.status, StatusCode::FORBIDDEN);
        assert_eq!(monde.lire(IDE, &adresse).await.status, StatusCode::OK);
        let pdf = monde.store.blob(&editions[0].blob).await.expect("read").expect("kept");
        assert!(pdf.starts_with(b"%PDF"));
        if let Some(texte) = mots(&pdf) {
            for attendu in ["BRUMELLE, Anna", "CASTAGNOL, Bruno", "pénicilline", "Fausses routes", "Toilette au lavabo", "à deux", "09:00", "22:00", "Refusé"] {
                assert!(texte.contains(attendu), "{attendu} is not in the binder:\n{texte}");
            }
        }
        let (_, page) = monde.lire(AS, "/secours").await.page();
        assert!(page.contains("Volcans") && page.contains("à la demande de Essai ide") && !page.contains("Télécharger"));
    }

    async fn the_command_line_writes_one_file_a_unit(store: TestStore) {
        let monde = Monde::new(store).await;
        let dossier = std::env::temp_dir().join(format!("grappe-secours-{}", kernel::clock::Clock::fresh_id(&kernel::clock::SystemClock)));
        let ecrits = secours::ecrire(&monde.services, &dossier).await.expect("written");
        assert_eq!(ecrits.len(), 1);
        assert!(std::fs::read(&ecrits[0]).expect("file").starts_with(b"%PDF"));
        std::fs::remove_dir_all(&dossier).expect("removed");
        assert!(monde.editions().await.is_empty());
    }

    async fn another_unit_is_unknown(store: TestStore) {
        let monde = Monde::new(store).await;
        let autre = kernel::id::UniteId(uuid::Uuid::from_u128(999));
        let (status, ..) = monde.envoyer(IDE, "/secours/classeur", &[("unite", &autre.to_string())]).await.acte();
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert_eq!(monde.lire(IDE, "/secours/classeur/01920000-0000-7000-8000-0000000000ff").await.status, StatusCode::NOT_FOUND);
    }
}
