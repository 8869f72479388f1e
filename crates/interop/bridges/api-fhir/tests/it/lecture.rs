//! What each resource says, its versions, its ETag.

use http::{Request, header};
use jiff::civil::date;
use kernel::ins::{Identite, Ins, Matricule, Oid};
use monde_essai::une_maison::ANNA;
use serde_json::json;
use testkit::TestStore;
use usagers::{Alertes, Allergie, Allergies, Identification};

use crate::monde::{LETTRE, OCTETS, POIDS, TENSION, TOUT, TRAITEMENT, hopital, json_de, lire, lu, monde, remplir, trouves};

testkit::on_both! {
    async fn each_resource_tells_what_the_record_holds(store: TestStore) {
        let monde = monde(store).await;
        remplir(&monde).await;
        let jeton = hopital(&monde, TOUT).await;
        let patient = lu(&monde, &jeton, &format!("/fhir/Patient/{ANNA}")).await;
        assert_eq!(patient["name"][0]["family"], "Brumelle");
        assert_eq!(patient["managingOrganization"]["identifier"]["value"], "750000018");
        let poids = lu(&monde, &jeton, &format!("/fhir/Observation/{POIDS}")).await;
        assert_eq!((&poids["code"]["coding"][0]["code"], &poids["valueQuantity"]["code"]), (&json!("29463-7"), &json!("kg")));
        let brut = lire(&monde, &jeton, &format!("/fhir/Observation/{POIDS}")).await.texte;
        assert!(brut.contains("\"value\":52.4,"), "an exact decimal: {brut}");
        let tension = lu(&monde, &jeton, &format!("/fhir/Observation/{TENSION}")).await;
        assert_eq!(tension["code"]["coding"][0]["code"], "85354-9");
        assert_eq!(tension["component"][1]["code"]["coding"][0]["code"], "8462-4");
        assert_eq!(tension["component"][1]["valueQuantity"]["value"], 74);
        assert_eq!(tension["component"][1]["valueQuantity"]["code"], "mm[Hg]");
        let traitement = lu(&monde, &jeton, &format!("/fhir/MedicationStatement/{TRAITEMENT}")).await;
        assert_eq!(traitement["dosage"][0]["text"], "1 matin et 1 soir");
        assert_eq!(traitement["effectivePeriod"]["start"], "2021-03");
        let sejours = trouves(&lu(&monde, &jeton, &format!("/fhir/Encounter?patient={ANNA}")).await);
        assert_eq!((&sejours[0]["status"], &sejours[0]["class"]["code"]), (&json!("in-progress"), &json!("IMP")));
        assert_eq!(sejours[0]["location"][0]["location"]["display"], "Volcans, chambre 214");
        let plans = trouves(&lu(&monde, &jeton, &format!("/fhir/CarePlan?patient={ANNA}")).await);
        let details: Vec<_> = plans[0]["activity"].as_array().unwrap().iter().map(|une| une["detail"]["status"].clone()).collect();
        assert_eq!(details, ["in-progress", "stopped"]);
        assert_eq!(plans[0]["activity"][0]["detail"]["scheduledString"], "tous les jours : 08:30");
        let lettre = lu(&monde, &jeton, &format!("/fhir/DocumentReference/{LETTRE}")).await;
        assert_eq!(lettre["content"][0]["attachment"]["url"], format!("https://grappe.test/fhir/Binary/{LETTRE}"));
        assert_eq!(lettre["type"]["coding"][0]["code"], "11490-0");
        let adresse = format!("/fhir/Binary/{LETTRE}");
        assert_eq!(lire(&monde, &jeton, &adresse).await.octets, OCTETS);
        let fhir = Request::get(&adresse)
            .header(header::AUTHORIZATION, format!("Bearer {jeton}"))
            .header(header::ACCEPT, "application/fhir+json");
        assert_eq!(json_de(&monde.appeler(None, fhir, "").await)["contentType"], "application/pdf");
    }

    async fn the_four_states_of_allergies_are_told_apart_and_none_is_silence(store: TestStore) {
        let monde = monde(store).await;
        let jeton = hopital(&monde, TOUT).await;
        let adresse = format!("/fhir/AllergyIntolerance?patient={ANNA}");
        let sans_fiche = trouves(&lu(&monde, &jeton, &adresse).await);
        assert_eq!(sans_fiche[0]["code"]["extension"][0]["valueCode"], "not-asked", "no sheet at all");
        remplir(&monde).await;
        let deux = vec![
            Allergie { agent: "pénicilline".into(), reaction: "anaphylaxie".into(), annee: Some(2019) },
            Allergie { agent: "latex".into(), reaction: String::new(), annee: None },
        ];
        let etats = [
            (Allergies::NonRenseignees, "not-asked", 1),
            (Allergies::Indisponible, "temp-unknown", 1),
            (Allergies::Aucune { verifie_le: date(2026, 11, 1) }, "716186003", 1),
            (Allergies::Connues { liste: deux }, "pénicilline", 2),
        ];
        for (etat, marque, nombre) in etats {
            monde.changer::<Alertes>(Alertes::id(ANNA), |alertes| alertes.allergies = etat).await;
            let trouvees = trouves(&lu(&monde, &jeton, &adresse).await);
            assert_eq!(trouvees.len(), nombre, "{marque}");
            assert!(trouvees.iter().any(|une| une["code"].to_string().contains(marque)), "{marque}: {trouvees:?}");
            let id = trouvees[0]["id"].as_str().unwrap();
            assert_eq!(lu(&monde, &jeton, &format!("/fhir/AllergyIntolerance/{id}")).await, trouvees[0]);
        }
    }

    async fn who_holds_a_version_is_not_sent_it_again(store: TestStore) {
        let monde = monde(store).await;
        remplir(&monde).await;
        let jeton = hopital(&monde, TOUT).await;
        let adresse = format!("/fhir/Observation/{POIDS}");
        let premiere = lire(&monde, &jeton, &adresse).await;
        let etag = premiere.entete(&header::ETAG).unwrap();
        let encore = |etag: String| {
            Request::get(&adresse).header(header::AUTHORIZATION, format!("Bearer {jeton}")).header(header::IF_NONE_MATCH, etag)
        };
        let reponse = monde.appeler(None, encore(etag.clone()), "").await;
        assert_eq!((reponse.status.as_u16(), reponse.octets.len()), (304, 0));
        monde.changer::<constantes::Constante>(POIDS, |mesure| mesure.annule = Some("erreur de pesée".into())).await;
        let reponse = monde.appeler(None, encore(etag), "").await;
        assert_eq!(reponse.status, 200);
        assert_eq!(json_de(&reponse)["status"], "entered-in-error");
        assert_eq!(reponse.entete(&header::ETAG).unwrap(), "W/\"2\"");
    }

    async fn former_versions_are_given_as_they_were(store: TestStore) {
        let monde = monde(store).await;
        remplir(&monde).await;
        let jeton = hopital(&monde, TOUT).await;
        monde.store.clock.advance(60);
        monde.changer::<constantes::Constante>(POIDS, |mesure| mesure.valeur = "53".parse().unwrap()).await;
        let adresse = format!("/fhir/Observation/{POIDS}");
        let histoire = lu(&monde, &jeton, &format!("{adresse}/_history")).await;
        assert_eq!((&histoire["type"], &histoire["total"]), (&json!("history"), &json!(2)));
        assert_eq!(histoire["entry"][0]["resource"]["valueQuantity"]["value"], 53);
        assert_eq!(histoire["entry"][0]["request"]["method"], "PUT");
        assert_eq!(histoire["entry"][1]["request"]["method"], "POST");
        let avant = lu(&monde, &jeton, &format!("{adresse}/_history/1")).await;
        assert_eq!((&avant["valueQuantity"]["value"], &avant["meta"]["versionId"]), (&json!(52.4), &json!("1")));
        assert_eq!(lu(&monde, &jeton, &adresse).await["status"], "corrected");
        assert_eq!(lire(&monde, &jeton, &format!("{adresse}/_history/3")).await.status, 404);
        assert_eq!(lire(&monde, &jeton, &format!("/fhir/Consent/{ANNA}.x/_history")).await.status, 405);
    }

    async fn a_person_has_a_version_for_each_version_of_her_two_records(store: TestStore) {
        let monde = monde(store).await;
        let jeton = hopital(&monde, TOUT).await;
        let adresse = format!("/fhir/Patient/{ANNA}");
        assert_eq!(lu(&monde, &jeton, &adresse).await["meta"]["versionId"], "1");
        monde.store.clock.advance(60);
        crate::regles::ecrire_identite(&monde, &crate::regles::cas()[0], ANNA).await;
        let qualifiee = lu(&monde, &jeton, &adresse).await;
        assert_eq!(qualifiee["meta"]["versionId"], "2");
        assert!(qualifiee["meta"]["profile"][0].as_str().unwrap().ends_with("fr-core-patient-ins"));
        monde.store.clock.advance(60);
        monde.changer::<usagers::Usager>(ANNA, |usager| usager.prenom = "Annie".parse().unwrap()).await;
        assert_eq!(lu(&monde, &jeton, &adresse).await["meta"]["versionId"], "3");
        let premiere = lu(&monde, &jeton, &format!("{adresse}/_history/1")).await;
        assert!(!premiere.to_string().contains("279035121518989"), "before the INS was known");
        assert_eq!(lu(&monde, &jeton, &format!("{adresse}/_history")).await["total"], 3);
    }

    async fn a_number_which_is_no_longer_hers_leaves_with_no_version(store: TestStore) {
        let monde = monde(store).await;
        let jeton = hopital(&monde, TOUT).await;
        let adresse = format!("/fhir/Patient/{ANNA}");
        monde.store.clock.advance(10);
        crate::regles::ecrire_identite(&monde, &crate::regles::cas()[0], ANNA).await;
        monde.store.clock.advance(10);
        let identite = Identification::id(ANNA);
        monde.changer::<Identification>(identite, |lue| lue.nom_utilise = Some("Brumelle-Dupré".into())).await;
        let dite = |texte: &str| texte.contains("279035121518989") || texte.contains("1.2.250.1.213.1.4.10");
        let statut = |patient: &serde_json::Value| patient["extension"][0]["extension"][0]["valueCoding"]["code"].clone();
        let seconde = format!("{adresse}/_history/2");
        let avant = lu(&monde, &jeton, &seconde).await;
        assert!(dite(&avant.to_string()) && statut(&avant) == "VALI", "the same number, still qualified: {avant}");
        let qualifiee = monde.lu::<Identification>(identite).await.identite.clone();
        let autre = Ins::new(Matricule::new("297022A02077878").unwrap(), Oid::Test).unwrap();
        let traits = qualifiee.traits().clone();
        let suites = [
            ("douteuse", qualifiee.marquer_douteuse(), "DOUT"),
            ("retirée", qualifiee.insi_invalidee().unwrap(), "VIDE"),
            ("récupérée", Identite::provisoire(traits.clone()).insi_obtenue(qualifiee.ins().unwrap().clone(), traits.clone()).unwrap(), "VIDE"),
            ("autre numéro", qualifiee.insi_obtenue(autre, traits).unwrap(), "VIDE"),
        ];
        for (rang, (nom, identite_neuve, code)) in suites.into_iter().enumerate() {
            monde.store.clock.advance(10);
            monde.changer::<Identification>(identite, |lue| lue.identite = identite_neuve.clone()).await;
            let histoire = lire(&monde, &jeton, &format!("{adresse}/_history")).await.texte;
            assert!(!histoire.contains("279035121518989"), "{nom}: {histoire}");
            assert_eq!(dite(&histoire), nom == "autre numéro", "{nom}: {histoire}");
            let version = lu(&monde, &jeton, &seconde).await;
            assert!(!dite(&version.to_string()), "{nom}: {version}");
            assert_eq!((statut(&version), &version["meta"]["versionId"]), (json!(code), &json!("2")), "{nom}");
            assert!(version["meta"]["profile"][0].as_str().unwrap().ends_with("/fr-core-patient"), "{nom}: {version}");
            assert_eq!(lu(&monde, &jeton, &format!("{adresse}/_history")).await["total"], 4 + 2 * rang, "{nom}: none is left out");
            monde.changer::<Identification>(identite, |lue| lue.identite = qualifiee.clone()).await;
        }
    }

    async fn a_merged_record_says_where_the_person_is(store: TestStore) {
        let monde = monde(store).await;
        remplir(&monde).await;
        let jeton = hopital(&monde, TOUT).await;
        let garde = monde_essai::une_maison::BRUNO;
        let porte = platform::acces::Rattachement::id(ANNA);
        monde.changer::<platform::acces::Rattachement>(porte, |porte| porte.fusionne_dans = Some(garde)).await;
        let reuni = lu(&monde, &jeton, &format!("/fhir/Patient/{ANNA}")).await;
        assert_eq!((&reuni["active"], &reuni["link"][0]["other"]["reference"]), (&json!(false), &json!(format!("Patient/{garde}"))));
        assert!(!reuni.to_string().contains("Brumelle"));
        assert_eq!(lire(&monde, &jeton, &format!("/fhir/Encounter?patient={ANNA}")).await.status, 200);
    }

    async fn only_json_is_served_and_the_rest_is_said(store: TestStore) {
        let monde = monde(store).await;
        let jeton = hopital(&monde, TOUT).await;
        let porte = format!("Bearer {jeton}");
        let xml = Request::get(format!("/fhir/Patient/{ANNA}")).header("authorization", &porte).header("accept", "application/fhir+xml");
        assert_eq!(monde.appeler(None, xml, "").await.status, 406);
        for (method, adresse) in [("PUT", format!("/fhir/Patient/{ANNA}")), ("DELETE", format!("/fhir/Patient/{ANNA}")), ("POST", "/fhir/Patient".into()), ("PATCH", "/fhir/DocumentReference".into())] {
            let request = Request::builder().method(method).uri(&adresse).header("authorization", &porte);
            let reponse = monde.appeler(None, request, "{}").await;
            assert_eq!((reponse.status.as_u16(), json_de(&reponse)["issue"][0]["code"].clone()), (405, json!("not-supported")), "{method}");
        }
        let inconnu = lire(&monde, &jeton, "/fhir/MedicationRequest?patient=1").await;
        assert_eq!((inconnu.status.as_u16(), json_de(&inconnu)["issue"][0]["code"].clone()), (404, json!("not-supported")));
    }
}
