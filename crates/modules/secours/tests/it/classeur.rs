//! Editions: at their hours, once, readable, for those who may.

use http::StatusCode;
use secours::{Cause, Rythme};
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
        let faire = async || {
            let now = kernel::clock::Clock::now(&*monde.store.clock);
            secours::editer_les_dus(&monde.services, now, Rythme::SANS_REPOS).await.expect("made")
        };
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

    async fn a_binder_made_on_demand_since_the_hour_is_fresh(store: TestStore) {
        let monde = Monde::new(store).await;
        assert_eq!(monde.envoyer(IDE, "/secours/classeur", &[("unite", &UNITE.to_string())]).await.status, StatusCode::SEE_OTHER);
        let now = kernel::clock::Clock::now(&*monde.store.clock);
        assert_eq!(secours::editer_les_dus(&monde.services, now, Rythme::SANS_REPOS).await.expect("made"), 0);
        monde.store.clock.set(testkit::instant("2026-11-21T12:00:00Z"));
        let now = kernel::clock::Clock::now(&*monde.store.clock);
        assert_eq!(secours::editer_les_dus(&monde.services, now, Rythme::SANS_REPOS).await.expect("made"), 1, "13:00 is another hour");
    }

    async fn units_take_turns_and_who_asks_comes_first(store: TestStore) {
        let monde = Monde::new(store).await;
        let autres = [kernel::id::UniteId(uuid::Uuid::from_u128(5)), kernel::id::UniteId(uuid::Uuid::from_u128(6))];
        for (rang, unite) in (2..).zip(&autres) {
            monde.unite(*unite, ETAB, &format!("Unité {rang}"), rang).await;
        }
        let jour = std::time::Duration::from_hours(24);
        let rythme = Rythme { etalement: jour, repos_max: jour, part: 0 };
        let (services, now) = (std::sync::Arc::clone(&monde.services), kernel::clock::Clock::now(&*monde.store.clock));
        let tournee = tokio::spawn(async move { secours::editer_les_dus(&services, now, rythme).await });
        while monde.editions().await.is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        let faite = monde.editions().await[0].unite;
        let demandee = autres.into_iter().find(|unite| *unite != faite).expect("another unit");
        assert_eq!(monde.envoyer(IDE, "/secours/classeur", &[("unite", &demandee.to_string())]).await.status, StatusCode::SEE_OTHER);
        let editions = monde.editions().await;
        assert_eq!(editions.len(), 2, "the round rests after its first binder, the one asked for is made at once");
        assert!(editions.iter().any(|edition| edition.unite == demandee && matches!(edition.cause, Cause::Demandee { .. })));
        tournee.abort();
        let reste = secours::editer_les_dus(&monde.services, now, Rythme::SANS_REPOS).await.expect("made");
        assert_eq!(reste, 1, "a restart makes the one which is missing, and not the fresh ones");
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

    async fn the_command_line_draws_each_unit_without_keeping_it(store: TestStore) {
        let monde = Monde::new(store).await;
        let unites = secours::unites(&monde.services).await.expect("units");
        assert_eq!(unites.len(), 1);
        assert_eq!(unites[0].nom, "EHPAD d'essai, Volcans");
        let classeur = secours::tirer_un(&monde.services, &unites[0]).await.expect("drawn");
        assert!(classeur.pdf.starts_with(b"%PDF"));
        let nom = classeur.chemin.strip_prefix(ETAB.to_string()).expect("in the folder of its establishment");
        assert!(nom.to_string_lossy().starts_with("classeur-volcans-"), "{nom:?}");
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

#[test]
fn rests_spread_the_units_and_never_let_the_work_fill_a_processor() {
    use std::time::Duration;
    let secondes = |unites, travail| Rythme::SERVICE.repos(unites, Duration::from_millis(travail)).as_secs_f32();
    assert!((secondes(14, 300) - 10.0).abs() < 0.01, "few units: ten seconds apart");
    assert!((secondes(600, 300) - 2.0).abs() < 0.01, "many: all within twenty minutes");
    assert!((secondes(600, 3_000) - 12.0).abs() < 0.01, "slow ones: a fifth of the time");
}
