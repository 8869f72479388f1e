//! Tokens: what a client must prove, and how soon one who lost its access is refused.

use monde_essai::une_maison::{ANNA, ETAB};
use platform::acces::Compte;
use serde_json::json;
use testkit::TestStore;

use crate::monde::{
    ADRESSE, AILLEURS, Cle, HOPITAL, TOUT, application, charge, demander_jeton, hopital, json_de, lire, monde, prendre,
};

/// An assertion signed once by OpenSSL with an RSA key of 2048 bits, for the hour of the tests; only the public key is kept.
const MODULE: &str = "wvqjuiHY-xh2NgZ3OqN9XjT2px4OttuD85YIMkw52NlTGli5JNJ7UBCdPIpxCxK9nOzL3jhAtJ1WOAXK-gN_hXLMD4vrsuzjZkuTLDYPDJSh-wes8Rf8Sn0cw88r7oOZPIjTL4b3AujxkOrZSDM18h6ajRcJqIwg22k1iBThUeA5lVn4efefmYGKFWX5eLD0uO8u9wwHp9lcE2-F9wpDQC-CCHffPUOCl0vwEyX6dong28pt1pcrAdcM2U3lUGcQ2QQeJlvrk8pp8NLF58-PmA-0qDGqguWz_EZ3bzwvJ9y8mOgTQbj83puPxt4QhZIYG_RGDdVWQ_KKkV45BB9b0Q";
const ASSERTION_RSA: &str = "eyJhbGciOiAiUlMzODQiLCAidHlwIjogIkpXVCIsICJraWQiOiAicnNhLTEifQ.eyJpc3MiOiAiMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwNTAyIiwgInN1YiI6ICIwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDA1MDIiLCAiYXVkIjogImh0dHBzOi8vZ3JhcHBlLnRlc3QvZmhpci9qZXRvbiIsICJleHAiOiAxNzk1MjQ0NjQwLCAianRpIjogImVzc2FpLXJzMzg0In0.p6Dv5n7_Tome3BpZIcGAq-p8WJB35Fr5ErCp_yVDrIXXW3VyWeq7ptua53KsNRnlYy26XywX_sm5STsQURDiJtHL-xo05IYquVvmFtDQi7fifGEV-RccPfWb4TO9oX_CjjGRW0i8b_VTlSh9e8xtRJDWpO3DLg3oGucfZE_L-W8Te9dn6ZsdzQgmP1lEscKxAZhP9el_bTD6ClAhz-2GpgXabUhaIAyMsZ7C8i34dskKZfgfcRQMM0ns5nWrh_6Nt6GS7oKGVkTNNWmBcLg1szeGw0yHvsJpxOgs0suwHZRI4k2RaIgobypnkVN2lXE8faKmkuvqYMgzhSGQBIkyVA";

testkit::on_both! {
    async fn an_assertion_signed_by_another_tool_with_rs384_gives_a_token(store: TestStore) {
        let monde = monde(store).await;
        let client = "00000000-0000-0000-0000-000000000502".parse().unwrap();
        let cle = json!({ "kty": "RSA", "kid": "rsa-1", "alg": "RS384", "n": MODULE, "e": "AQAB" });
        application(&monde, client, "partenaire_hospitalier", &[ETAB], &cle, "system/Patient.rs").await;
        let reponse = demander_jeton(&monde, ASSERTION_RSA, "system/Patient.rs").await;
        assert_eq!(reponse.status, 200, "{}", reponse.texte);
        let jeton = json_de(&reponse)["access_token"].as_str().unwrap().to_owned();
        assert_eq!(lire(&monde, &jeton, &format!("/fhir/Patient/{ANNA}")).await.status, 200);
        let abime = ASSERTION_RSA.replacen("eyJpc3Mi", "eyJpc3Ni", 1);
        assert_eq!(demander_jeton(&monde, &abime, "system/Patient.rs").await.status, 401);
    }

    async fn each_flaw_of_an_assertion_is_refused_and_none_says_which(store: TestStore) {
        let monde = monde(store).await;
        let (cle, autre) = (Cle::nouvelle(), Cle::nouvelle());
        application(&monde, HOPITAL, "partenaire_hospitalier", &[ETAB], &cle.publique(), TOUT).await;
        let entete = json!({ "alg": "ES384", "kid": "une" });
        let now = monde.services.clock.now().as_second();
        let avec = |champ: &str, valeur: serde_json::Value| {
            let mut charge = charge(&monde, HOPITAL);
            charge[champ] = valeur;
            cle.signer(&entete, &charge)
        };
        let mut sans = charge(&monde, HOPITAL);
        sans.as_object_mut().unwrap().remove("exp");
        let mauvaises = [
            ("another audience", avec("aud", json!("https://autre.test/fhir/jeton"))),
            ("past", avec("exp", json!(now))),
            ("more than five minutes", avec("exp", json!(now + 301))),
            ("an end which is not a number", avec("exp", json!("demain"))),
            ("no end", cle.signer(&entete, &sans)),
            ("not yet", avec("nbf", json!(now + 60))),
            ("another subject", avec("sub", json!(AILLEURS))),
            ("an unknown client", avec("iss", json!(AILLEURS))),
            ("no jti", avec("jti", json!(""))),
            ("another key", autre.signer(&entete, &charge(&monde, HOPITAL))),
            ("an unknown key", cle.signer(&json!({ "alg": "ES384", "kid": "deux" }), &charge(&monde, HOPITAL))),
            ("no signature", cle.signer(&json!({ "alg": "none", "kid": "une" }), &charge(&monde, HOPITAL))),
            ("a secret", cle.signer(&json!({ "alg": "HS384", "kid": "une" }), &charge(&monde, HOPITAL))),
            ("another algorithm", cle.signer(&json!({ "alg": "ES256", "kid": "une" }), &charge(&monde, HOPITAL))),
            ("not a token", "a.b.c".to_owned()),
            ("nothing", String::new()),
        ];
        let mut dits = Vec::new();
        for (nom, assertion) in mauvaises {
            let reponse = demander_jeton(&monde, &assertion, TOUT).await;
            let attendu = if assertion.is_empty() { 400 } else { 401 };
            assert_eq!(reponse.status, attendu, "{nom}: {}", reponse.texte);
            if attendu == 401 {
                dits.push(reponse.texte);
            }
        }
        dits.dedup();
        assert_eq!(dits.len(), 1, "one answer for all: {dits:?}");
    }

    async fn an_assertion_is_used_once(store: TestStore) {
        let monde = monde(store).await;
        let cle = Cle::nouvelle();
        application(&monde, HOPITAL, "partenaire_hospitalier", &[ETAB], &cle.publique(), TOUT).await;
        let assertion = cle.signer(&json!({ "alg": "ES384", "kid": "une" }), &charge(&monde, HOPITAL));
        assert_eq!(demander_jeton(&monde, &assertion, TOUT).await.status, 200);
        assert_eq!(demander_jeton(&monde, &assertion, TOUT).await.status, 401);
    }

    async fn a_token_has_the_scopes_opened_and_no_more_and_lives_five_minutes(store: TestStore) {
        let monde = monde(store).await;
        let cle = Cle::nouvelle();
        application(&monde, HOPITAL, "partenaire_hospitalier", &[ETAB], &cle.publique(), "system/Patient.read").await;
        let signe = || cle.signer(&json!({ "alg": "ES384", "kid": "une" }), &charge(&monde, HOPITAL));
        let reponse = json_de(&demander_jeton(&monde, &signe(), "system/Patient.rs system/Condition.rs").await);
        assert_eq!(reponse["scope"], "system/Patient.rs");
        assert_eq!(reponse["expires_in"], 300);
        let refus = demander_jeton(&monde, &signe(), "system/Patient.cruds").await;
        assert_eq!((refus.status.as_u16(), json_de(&refus)["error"].clone()), (400, json!("invalid_scope")));
        let jeton = reponse["access_token"].as_str().unwrap();
        let adresse = format!("/fhir/Patient/{ANNA}");
        assert_eq!(lire(&monde, jeton, &adresse).await.status, 200);
        assert_eq!(lire(&monde, jeton, "/fhir/Condition/1").await.status, 403);
        monde.store.clock.advance(299);
        assert_eq!(lire(&monde, jeton, &adresse).await.status, 200);
        monde.store.clock.advance(1);
        let apres = lire(&monde, jeton, &adresse).await;
        assert_eq!(apres.status, 401);
        assert_eq!(json_de(&apres)["resourceType"], "OperationOutcome");
        assert!(apres.entetes.contains_key("www-authenticate"));
    }

    async fn a_token_is_kept_nowhere_as_it_is(store: TestStore) {
        let monde = monde(store).await;
        let jeton = hopital(&monde, TOUT).await;
        let mut rows = Vec::new();
        for _ in 0..100 {
            // The feed waits for the transactions of other tests of the same server.
            rows = monde.store.changes(store::Place::default(), 1_000).await.unwrap();
            if rows.iter().any(|row| row.kind == "jeton_api") {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        assert!(rows.iter().any(|row| row.kind == "jeton_api"));
        assert!(rows.iter().all(|row| !row.body.contains(&jeton)), "the token is in the base");
    }

    async fn who_is_withdrawn_closed_or_over_reads_nothing_more_with_the_token_it_holds(store: TestStore) {
        let monde = monde(store).await;
        let adresse = format!("/fhir/Patient/{ANNA}");
        let now = monde.services.clock.now();
        for (rang, cas) in ["withdrawn", "over", "account closed"].into_iter().enumerate() {
            let id = kernel::id::CompteId(uuid::Uuid::from_u128(0x600 + rang as u128));
            let cle = Cle::nouvelle();
            application(&monde, id, "partenaire_hospitalier", &[ETAB], &cle.publique(), TOUT).await;
            let jeton = prendre(&monde, &cle, id, TOUT).await;
            assert_eq!(lire(&monde, &jeton, &adresse).await.status, 200, "{cas}");
            match rang {
                0 => {
                    let retrait = api_fhir::Retrait { le: now, par: "Essai".into(), motif: String::new() };
                    monde.changer::<api_fhir::Application>(api_fhir::Application::id(id), |une| une.retrait = Some(retrait)).await;
                }
                1 => monde.changer::<api_fhir::Application>(api_fhir::Application::id(id), |une| une.au = Some(now)).await,
                _ => monde.changer::<Compte>(id, |compte| compte.ferme_le = Some(now)).await,
            }
            assert_eq!(lire(&monde, &jeton, &adresse).await.status, 401, "{cas}");
            let assertion = cle.signer(&json!({ "alg": "ES384", "kid": "une" }), &charge(&monde, id));
            assert_eq!(demander_jeton(&monde, &assertion, TOUT).await.status, 401, "{cas}");
        }
    }

    async fn nobody_passes_without_a_token_and_discovery_is_open(store: TestStore) {
        let monde = monde(store).await;
        for adresse in ["/fhir/Patient", "/fhir/Patient/1", "/fhir/Binary/1", "/fhir/Patient/1/$everything", "/fhir/x/y/z"] {
            let reponse = lire(&monde, "rien", adresse).await;
            assert_eq!(reponse.status, 401, "{adresse}");
            assert_eq!(json_de(&reponse)["issue"][0]["code"], "login", "{adresse}");
        }
        let smart = monde.appeler(None, http::Request::get("/.well-known/smart-configuration"), "").await;
        assert_eq!(json_de(&smart)["token_endpoint"], format!("{ADRESSE}/fhir/jeton"));
        let capacites = json_de(&monde.appeler(None, http::Request::get("/fhir/metadata"), "").await);
        assert_eq!(capacites["fhirVersion"], "4.0.1");
        let genres: Vec<&str> = capacites["rest"][0]["resource"].as_array().unwrap().iter().map(|un| un["type"].as_str().unwrap()).collect();
        assert!(genres.contains(&"MedicationStatement") && genres.contains(&"Appointment"));
        assert!(!genres.iter().any(|genre| ["MedicationRequest", "MedicationAdministration", "Goal"].contains(genre)));
    }
}
