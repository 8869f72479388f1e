//! Searches: what is found, in which pages, and what is refused.

use http::{Request, header};
use kernel::id::UsagerId;
use monde_essai::une_maison::{ANNA, ETAB, UNITE};
use monde_essai::{Monde, Resident};
use serde_json::{Value, json};
use testkit::TestStore;
use usagers::Civilite;
use uuid::Uuid;

use crate::monde::{TOUT, hopital, json_de, lire, lu, mesure, monde, remplir, trouves};
use crate::regles::{cas, ecrire_identite};

fn ids(ressources: &[Value]) -> Vec<String> {
    ressources.iter().map(|une| une["id"].as_str().expect("an id").to_owned()).collect()
}

/// Follows the links « next » to the end.
async fn toutes_les_pages(monde: &Monde, jeton: &str, debut: &str, entre_deux: Option<Uuid>) -> Vec<String> {
    let mut trouvees = Vec::new();
    let mut adresse = Some(debut.to_owned());
    let mut tours = 0;
    while let Some(page) = adresse {
        let bundle = lu(monde, jeton, &page).await;
        trouvees.extend(ids(&trouves(&bundle)));
        let suite = bundle["link"].as_array().expect("links").iter().find(|lien| lien["relation"] == "next");
        adresse =
            suite.map(|lien| lien["url"].as_str().expect("an address").trim_start_matches("https://grappe.test").to_owned());
        tours += 1;
        assert!(tours < 50, "pages without end");
        if let (1, Some(id)) = (tours, entre_deux) {
            monde.ecrire(id, &mesure("poids", "51", None, "kg", "2026-11-21T06:59:00Z")).await;
        }
    }
    trouvees
}

testkit::on_both! {
    async fn a_person_is_found_by_each_of_her_traits(store: TestStore) {
        let monde = monde(store).await;
        ecrire_identite(&monde, &cas()[0], ANNA).await;
        let jeton = hopital(&monde, TOUT).await;
        for requete in [
            format!("_id={ANNA}"),
            "family=brum".into(),
            "family=PAT-TROIS".into(),
            "family:exact=Brumelle".into(),
            "family:contains=rumel".into(),
            "given=marie".into(),
            "name=trois".into(),
            "birthdate=1979-03-28".into(),
            "birthdate=ge1979-03&birthdate=lt1980".into(),
            "identifier=urn:oid:1.2.250.1.213.1.4.10%7C279035121518989".into(),
            "identifier=279035121518989".into(),
            format!("identifier=urn:ietf:rfc:3986%7Curn:uuid:{ANNA}"),
            "gender=female,male&family=brumelle".into(),
        ] {
            let bundle = lu(&monde, &jeton, &format!("/fhir/Patient?{requete}")).await;
            assert_eq!(ids(&trouves(&bundle)), [ANNA.to_string()], "{requete}");
            assert_eq!(bundle["total"], 1, "{requete}");
        }
        for requete in ["family:exact=brumelle", "family=rumelle", "birthdate=1979-03-29", "identifier=urn:oid:1.2.250.1.213.1.4.8%7C279035121518989", "identifier=27903512151898", "family=%20"] {
            let bundle = lu(&monde, &jeton, &format!("/fhir/Patient?{requete}")).await;
            assert_eq!(bundle["total"], 0, "{requete}");
        }
    }

    async fn a_number_which_is_not_of_a_qualified_identity_finds_nobody(store: TestStore) {
        let monde = monde(store).await;
        let mut recuperee = cas().remove(0);
        recuperee.document = false;
        ecrire_identite(&monde, &recuperee, ANNA).await;
        let jeton = hopital(&monde, TOUT).await;
        assert_eq!(lu(&monde, &jeton, "/fhir/Patient?identifier=279035121518989").await["total"], 0);
        let patient = lire(&monde, &jeton, &format!("/fhir/Patient/{ANNA}")).await.texte;
        assert!(!patient.contains("279035121518989") && patient.contains("PAT-TROIS"), "{patient}");
    }

    async fn clinical_resources_are_filtered_and_found_by_the_number_of_the_person(store: TestStore) {
        let monde = monde(store).await;
        remplir(&monde).await;
        ecrire_identite(&monde, &cas()[0], ANNA).await;
        let jeton = hopital(&monde, TOUT).await;
        let ins = "patient.identifier=urn:oid:1.2.250.1.213.1.4.10%7C279035121518989";
        for (requete, nombre) in [
            (format!("Observation?patient={ANNA}"), 2),
            (format!("Observation?subject=Patient/{ANNA}&code=http://loinc.org%7C29463-7"), 1),
            (format!("Observation?{ins}&code=85354-9"), 1),
            (format!("Observation?{ins}&date=2026-11-20&category=vital-signs"), 2),
            (format!("Observation?{ins}&date=gt2026-11-20"), 0),
            (format!("Observation?{ins}&date=2026-11-20T08:00Z"), 1),
            (format!("Observation?{ins}&_lastUpdated=ge2026-11-21"), 2),
            (format!("Observation?{ins}&_lastUpdated=lt2026-11-21"), 0),
            (format!("Condition?{ins}&code=http://hl7.org/fhir/sid/icd-10%7CI48.9&clinical-status=active"), 1),
            (format!("Condition?{ins}&onset-date=2021"), 1),
            (format!("MedicationStatement?{ins}&status=active"), 1),
            (format!("DocumentReference?{ins}&status=current&type=http://loinc.org%7C11490-0"), 1),
            (format!("DocumentReference?{ins}&identifier=1.2.3^4"), 1),
            (format!("DocumentReference?{ins}&status=superseded"), 0),
        ] {
            let bundle = lu(&monde, &jeton, &format!("/fhir/{requete}")).await;
            assert_eq!(trouves(&bundle).len(), nombre, "{requete}");
            assert_eq!(bundle["total"], nombre, "{requete}");
        }
        let avec = lu(&monde, &jeton, &format!("/fhir/Condition?patient={ANNA}&_include=Condition:patient")).await;
        assert_eq!(avec["entry"][1]["search"]["mode"], "include");
        assert_eq!(avec["entry"][1]["resource"]["resourceType"], "Patient");
    }

    async fn a_search_by_form_is_the_same_search(store: TestStore) {
        let monde = monde(store).await;
        remplir(&monde).await;
        let jeton = hopital(&monde, TOUT).await;
        let request = Request::post("/fhir/Observation/_search")
            .header(header::AUTHORIZATION, format!("Bearer {jeton}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let reponse = monde.appeler(None, request, format!("patient={ANNA}&code=29463-7")).await;
        assert_eq!(trouves(&json_de(&reponse)).len(), 1);
    }

    async fn pages_give_each_resource_once_even_when_one_is_added_meanwhile(store: TestStore) {
        let monde = monde(store).await;
        for rang in 0..23_u128 {
            // Several at the same hour: the id settles their order.
            let le = format!("2026-11-{:02}T08:00:00Z", 10 + rang / 4);
            monde.ecrire(Uuid::from_u128(0x800 + rang), &mesure("poids", "52", None, "kg", &le)).await;
        }
        let jeton = hopital(&monde, TOUT).await;
        let debut = format!("/fhir/Observation?patient={ANNA}&_count=5");
        let trouvees = toutes_les_pages(&monde, &jeton, &debut, Some(Uuid::from_u128(0x900))).await;
        let mut uniques = trouvees.clone();
        uniques.sort();
        uniques.dedup();
        assert_eq!((trouvees.len(), uniques.len()), (23, 23));
        assert!(!trouvees.contains(&Uuid::from_u128(0x900).to_string()), "added before the first page: not in the later ones");
        let zero = lu(&monde, &jeton, &format!("/fhir/Observation?patient={ANNA}&_count=0")).await;
        assert_eq!((trouves(&zero).len(), &zero["total"]), (0, &json!(24)));
    }

    async fn pages_of_persons_and_of_a_whole_record_are_whole(store: TestStore) {
        let monde = monde(store).await;
        remplir(&monde).await;
        for rang in 0..7_u128 {
            let id = UsagerId(Uuid::from_u128(0x300 + rang));
            let chambre = rang.to_string();
            let qui = Resident { id, nom: "Essaim", prenom: "Ida", civilite: Civilite::Madame, lieu: (ETAB, UNITE), chambre: &chambre };
            monde.resident(&qui).await;
        }
        let jeton = hopital(&monde, TOUT).await;
        assert_eq!(toutes_les_pages(&monde, &jeton, "/fhir/Patient?family=essaim&_count=2", None).await.len(), 7);
        let entier = toutes_les_pages(&monde, &jeton, &format!("/fhir/Patient/{ANNA}/$everything?_count=100"), None).await;
        let par_deux = toutes_les_pages(&monde, &jeton, &format!("/fhir/Patient/{ANNA}/$everything?_count=2"), None).await;
        assert_eq!(entier, par_deux);
        assert_eq!(entier.len(), 9, "person, stay, allergies not asked, disease, treatment, plan, letter, two values");
        let deux = toutes_les_pages(&monde, &jeton, &format!("/fhir/Patient/{ANNA}/$everything?_type=Observation,Condition"), None).await;
        assert_eq!(deux.len(), 3);
    }

    async fn what_is_not_understood_is_refused_and_never_ignored(store: TestStore) {
        let monde = monde(store).await;
        let jeton = hopital(&monde, TOUT).await;
        let long = "a".repeat(20_000);
        let nombreux = vec!["family=a"; 60].join("&");
        let valeurs = vec!["a"; 80].join(",");
        for requete in [
            "Observation".into(),
            "Observation?code=29463-7".into(),
            format!("Observation?patient={ANNA}&interpretation=H"),
            format!("Observation?patient={ANNA}&date=hier"),
            format!("Observation?patient={ANNA}&date=ap2026"),
            format!("Observation?patient={ANNA}&code:not=29463-7"),
            format!("Observation?patient={ANNA}&_page=zzz"),
            format!("Observation?patient={ANNA}&_count=-1"),
            format!("Observation?patient={ANNA}&_sort=date"),
            format!("Observation?patient={ANNA}&_include=*"),
            format!("Observation?patient={ANNA}&code="),
            "Patient?family=%ZZ".into(),
            "Patient?family=%FF".into(),
            "Patient?_has:Observation:patient:code=1".into(),
            format!("Patient?family={long}"),
            format!("Patient?{nombreux}"),
            format!("Patient?family={valeurs}"),
            format!("Patient/{ANNA}/$everything?start=2026"),
            "Binary?_id=1".into(),
        ] {
            let reponse = lire(&monde, &jeton, &format!("/fhir/{requete}")).await;
            let debut: String = requete.chars().take(60).collect();
            assert_eq!(reponse.status, 400, "{debut}: {}", reponse.texte);
            assert_eq!(json_de(&reponse)["resourceType"], "OperationOutcome", "{debut}");
        }
        for adresse in ["Patient/..%2F..", "Patient/1%00", "Observation/pas-un-id", "Encounter/00000000-0000-0000-0000-000000000001.x", "Patient/1/2/3/4"] {
            let status = lire(&monde, &jeton, &format!("/fhir/{adresse}")).await.status.as_u16();
            assert!([404, 405].contains(&status), "{adresse}: {status}");
        }
    }
}
