//! The same gate and the same journal as pages: elsewhere, opposition, scopes, profile, brake.

use http::Request;
use kernel::id::CompteId;
use medical::{Etat, Nature};
use monde_essai::Monde;
use monde_essai::une_maison::{ANNA, BRUNO, ETAB};
use platform::acces::{Categorie, CibleOpposition, Opposition, Rattachement};
use platform::store::JournalFilter;
use serde_json::Value;
use testkit::TestStore;
use uuid::Uuid;

use crate::monde::{
    AILLEURS, AUTRE, HOPITAL, LETTRE, PATHOLOGIE, POIDS, TENSION, TOUT, TRACES, TRAITEMENT, ZOE, element, hopital, jeton,
    json_de, lire, lu, monde, remplir, trouves,
};

/// Each type searched by person, with the resources of the record of Anna read by their address.
fn adresses() -> Vec<String> {
    let sejour = kernel::id::derived(ANNA.0, "sejour");
    let mut adresses = vec![
        format!("/fhir/Patient/{ANNA}"),
        format!("/fhir/Patient/{ANNA}/_history"),
        format!("/fhir/Patient/{ANNA}/_history/1"),
        format!("/fhir/Patient/{ANNA}/$everything"),
        format!("/fhir/Encounter/{sejour}"),
        format!("/fhir/Condition/{PATHOLOGIE}"),
        format!("/fhir/Condition/{PATHOLOGIE}/_history"),
        format!("/fhir/MedicationStatement/{TRAITEMENT}"),
        format!("/fhir/Observation/{POIDS}"),
        format!("/fhir/Observation/{TENSION}/_history/1"),
        format!("/fhir/DocumentReference/{LETTRE}"),
        format!("/fhir/Binary/{LETTRE}"),
        format!("/fhir/CarePlan/{}", kernel::id::derived(ANNA.0, "plan")),
    ];
    adresses.push(format!("/fhir/AllergyIntolerance/{ANNA}.abc"));
    adresses
}

const CHERCHES: [&str; 8] = [
    "Encounter",
    "AllergyIntolerance",
    "Condition",
    "MedicationStatement",
    "Observation",
    "CarePlan",
    "DocumentReference",
    "Consent",
];

async fn opposer(monde: &Monde, cible: CibleOpposition, categories: Vec<Categorie>) {
    let opposition = Opposition { cible, categories };
    monde.changer::<Rattachement>(Rattachement::id(ANNA), |porte| porte.oppositions.push(opposition)).await;
}

async fn lignes(monde: &Monde, compte: CompteId) -> Vec<platform::store::LineRow> {
    let filtre = JournalFilter { account: Some(compte.0), limit: 500, ..JournalFilter::default() };
    monde.store.journal(filtre).await.expect("journal")
}

/// Every address and search answers as for a person who does not exist, and names nobody.
async fn rien_ne_fuit(monde: &Monde, jeton: &str) {
    for adresse in adresses() {
        let reponse = lire(monde, jeton, &adresse).await;
        let inconnu = lire(monde, jeton, &adresse.replace(&ANNA.to_string(), &Uuid::from_u128(0xDEAD).to_string())).await;
        assert_eq!(reponse.status, 404, "{adresse}: {}", reponse.texte);
        assert_eq!(inconnu.status, 404, "{adresse}");
        if adresse.contains(&ANNA.to_string()) {
            assert_eq!(reponse.texte, inconnu.texte, "{adresse}");
        }
        assert!(!reponse.texte.contains("Brumelle") && !reponse.texte.contains("Apixaban"), "{adresse}");
    }
    for genre in CHERCHES {
        let bundle = lu(monde, jeton, &format!("/fhir/{genre}?patient={ANNA}")).await;
        let inconnu = lu(monde, jeton, &format!("/fhir/{genre}?patient={}", Uuid::from_u128(0xDEAD))).await;
        assert_eq!(bundle["total"], 0, "{genre}");
        assert_eq!(bundle["entry"], inconnu["entry"], "{genre}: the same warning as for nobody");
        assert!(
            bundle["entry"][0]["resource"]["issue"][0]["diagnostics"].as_str().expect("a sentence").contains("Ne concluez pas"),
            "{genre}"
        );
    }
    let tous = lu(monde, jeton, "/fhir/Patient?family=brumelle").await;
    assert_eq!(tous["total"], 0);
}

testkit::on_both! {
    async fn a_person_of_another_house_is_nobody(store: TestStore) {
        let monde = monde(store).await;
        remplir(&monde).await;
        let ailleurs = jeton(&monde, AILLEURS, "partenaire_hospitalier", &[AUTRE], TOUT).await;
        rien_ne_fuit(&monde, &ailleurs).await;
        assert_eq!(lire(&monde, &ailleurs, &format!("/fhir/Patient/{ZOE}")).await.status, 200);
        let refus = lignes(&monde, AILLEURS).await;
        let inconnus = refus.iter().filter(|ligne| ligne.detail("motif").as_deref() == Some("inconnu"));
        assert!(inconnus.count() > 20, "the refusals are in the journal");
    }

    async fn who_is_opposed_to_the_profession_or_to_the_application_is_nobody(store: TestStore) {
        let monde = monde(store).await;
        remplir(&monde).await;
        let hopital = hopital(&monde, TOUT).await;
        assert_eq!(lire(&monde, &hopital, &format!("/fhir/Patient/{ANNA}")).await.status, 200);
        opposer(&monde, CibleOpposition::Compte(HOPITAL), Vec::new()).await;
        rien_ne_fuit(&monde, &hopital).await;
        monde.changer::<Rattachement>(Rattachement::id(ANNA), |porte| porte.oppositions.clear()).await;
        assert_eq!(lire(&monde, &hopital, &format!("/fhir/Patient/{ANNA}")).await.status, 200, "taken back: at once");
        opposer(&monde, CibleOpposition::Profil("partenaire_hospitalier".into()), Vec::new()).await;
        rien_ne_fuit(&monde, &hopital).await;
    }

    async fn an_opposition_to_medical_data_hides_them_and_says_the_answer_is_not_whole(store: TestStore) {
        let monde = monde(store).await;
        remplir(&monde).await;
        let hopital = hopital(&monde, TOUT).await;
        opposer(&monde, CibleOpposition::Profil("partenaire_hospitalier".into()), vec![Categorie::Medical]).await;
        for adresse in [format!("/fhir/Condition/{PATHOLOGIE}"), format!("/fhir/DocumentReference/{LETTRE}"), format!("/fhir/Binary/{LETTRE}")] {
            assert_eq!(lire(&monde, &hopital, &adresse).await.status, 404, "{adresse}");
        }
        assert_eq!(trouves(&lu(&monde, &hopital, &format!("/fhir/Observation?patient={ANNA}")).await).len(), 2);
        let tout = lu(&monde, &hopital, &format!("/fhir/Patient/{ANNA}/$everything?_count=100")).await;
        let texte = tout.to_string();
        assert!(!texte.contains("Apixaban") && !texte.contains("Lettre de sortie"), "{texte}");
        assert!(texte.contains("pas complète"), "the answer says so: {texte}");
        let consentements = trouves(&lu(&monde, &hopital, &format!("/fhir/Consent?patient={ANNA}")).await);
        assert_eq!(consentements[0]["provision"]["type"], "deny");
        assert!(consentements[0].to_string().contains("données médicales"));
    }

    async fn a_scope_which_is_missing_is_said_and_opens_nothing(store: TestStore) {
        let monde = monde(store).await;
        remplir(&monde).await;
        let jeton = hopital(&monde, "system/Patient.rs system/DocumentReference.rs").await;
        let avant = lignes(&monde, HOPITAL).await.len();
        for adresse in [
            format!("/fhir/Condition/{PATHOLOGIE}"),
            format!("/fhir/Condition?patient={ANNA}"),
            format!("/fhir/Observation/{POIDS}/_history"),
            format!("/fhir/Binary/{LETTRE}"),
            format!("/fhir/AuditEvent?patient={ANNA}"),
        ] {
            let reponse = lire(&monde, &jeton, &adresse).await;
            assert_eq!(reponse.status, 403, "{adresse}");
            assert_eq!(json_de(&reponse)["issue"][0]["code"], "forbidden", "{adresse}");
        }
        assert_eq!(lignes(&monde, HOPITAL).await.len(), avant, "nothing was opened");
        let tout = lu(&monde, &jeton, &format!("/fhir/Patient/{ANNA}/$everything")).await;
        let genres: Vec<Value> = trouves(&tout).iter().map(|un| un["resourceType"].clone()).collect();
        assert_eq!(genres, ["Patient", "DocumentReference"]);
    }

    async fn each_reading_names_the_application_the_person_and_the_right(store: TestStore) {
        let monde = monde(store).await;
        remplir(&monde).await;
        let hopital = hopital(&monde, TOUT).await;
        for (adresse, droit) in [
            (format!("/fhir/Patient/{ANNA}"), "usagers.lire_identite"),
            (format!("/fhir/Condition/{PATHOLOGIE}"), "medical.lire"),
            (format!("/fhir/Observation?patient={ANNA}"), "constantes.lire"),
            (format!("/fhir/AllergyIntolerance?patient={ANNA}"), "usagers.lire_alertes"),
            (format!("/fhir/Binary/{LETTRE}"), "documents.lire"),
            (format!("/fhir/Encounter?patient={ANNA}"), "sejours.lire"),
            (format!("/fhir/Consent?patient={ANNA}"), "usagers.lire_oppositions"),
            (format!("/fhir/CarePlan?patient={ANNA}"), "soins.lire"),
        ] {
            let avant = lignes(&monde, HOPITAL).await.len();
            assert_eq!(lire(&monde, &hopital, &adresse).await.status, 200, "{adresse}");
            let apres = lignes(&monde, HOPITAL).await;
            assert_eq!(apres.len(), avant + 1, "{adresse}");
            let ligne = &apres[0];
            assert_eq!((ligne.verb.as_str(), ligne.person), (droit, Some(ANNA.0)), "{adresse}");
            assert_eq!(ligne.detail("origine").as_deref(), Some("api"));
            assert_eq!(ligne.detail("profil").as_deref(), Some("partenaire_hospitalier"));
        }
        let avant = lignes(&monde, HOPITAL).await;
        lu(&monde, &hopital, "/fhir/Patient?gender=unknown").await;
        let nouvelles = lignes(&monde, HOPITAL).await.len() - avant.len();
        assert_eq!(nouvelles, 3, "the list, and each of the two persons it gave");
    }

    async fn traces_are_read_by_the_profile_which_has_that_right_only(store: TestStore) {
        let monde = monde(store).await;
        remplir(&monde).await;
        let hopital = hopital(&monde, TOUT).await;
        lire(&monde, &hopital, &format!("/fhir/Patient/{ANNA}")).await;
        assert_eq!(lire(&monde, &hopital, &format!("/fhir/AuditEvent?patient={ANNA}")).await.status, 403);
        let traces = jeton(&monde, TRACES, "partenaire_tracabilite", &[ETAB], TOUT).await;
        let vues = trouves(&lu(&monde, &traces, &format!("/fhir/AuditEvent?patient={ANNA}&action=R")).await);
        assert!(vues.iter().any(|une| une["agent"][0]["who"]["display"] == "Dossier patient (CH de Val-Brumeux)"), "{vues:?}");
        assert_eq!(lire(&monde, &traces, &format!("/fhir/Condition/{PATHOLOGIE}")).await.status, 403);
        assert_eq!(lire(&monde, &traces, &format!("/fhir/Observation/{POIDS}")).await.status, 403);
    }

    async fn an_application_never_signs_in_on_pages(store: TestStore) {
        let monde = monde(store).await;
        hopital(&monde, TOUT).await;
        let hache = platform::web::hacher("un mot de passe assez long").unwrap();
        monde.changer::<platform::acces::Compte>(HOPITAL, |compte| compte.mot_de_passe = hache).await;
        let champs = [("identifiant", format!("application.{HOPITAL}")), ("mot_de_passe", "un mot de passe assez long".into())];
        let champs: Vec<(&str, &str)> = champs.iter().map(|(nom, valeur)| (*nom, valeur.as_str())).collect();
        let reponse = monde.post(None, "/connexion", &champs).await;
        assert_eq!(reponse.status, 422, "{}", reponse.texte);
    }

    async fn a_session_of_a_person_opens_nothing_here(store: TestStore) {
        let monde = monde(store).await;
        let session = monde.session(monde_essai::une_maison::IDE).await;
        let reponse = monde.appeler(Some(&session), Request::get(format!("/fhir/Patient/{ANNA}")), "").await;
        assert_eq!(reponse.status, 401);
    }

    async fn an_application_which_reads_a_whole_grappe_in_an_hour_is_braked(store: TestStore) {
        let monde = monde(store).await;
        let hopital = hopital(&monde, TOUT).await;
        let seuil = 600;
        for rang in 0..=seuil {
            let id = kernel::id::UsagerId(Uuid::from_u128(0x10_000 + rang));
            let porte = Rattachement { usager: id, ..monde.lu::<Rattachement>(Rattachement::id(BRUNO)).await.value };
            monde.ecrire(Rattachement::id(id), &porte).await;
            let attendu = if rang < seuil { 200 } else { 429 };
            let reponse = lire(&monde, &hopital, &format!("/fhir/Consent?patient={id}")).await;
            assert_eq!(reponse.status, attendu, "{rang}: {}", reponse.texte);
        }
    }

    async fn what_was_annulled_is_told_as_an_error_and_what_ended_as_ended(store: TestStore) {
        let monde = monde(store).await;
        let annule = Uuid::from_u128(0x730);
        let fini = Uuid::from_u128(0x731);
        monde.ecrire(annule, &element(Nature::Pathologie, "Diabète", Etat::Annule { motif: "autre dossier".into() })).await;
        let le = jiff::civil::date(2025, 3, 1);
        monde.ecrire(fini, &element(Nature::Pathologie, "Pneumopathie", Etat::Termine { le, motif: "guérie".into() })).await;
        let hopital = hopital(&monde, TOUT).await;
        let lue = lu(&monde, &hopital, &format!("/fhir/Condition/{annule}")).await;
        assert_eq!(lue["verificationStatus"]["coding"][0]["code"], "entered-in-error");
        assert!(lue.get("clinicalStatus").is_none());
        let lue = lu(&monde, &hopital, &format!("/fhir/Condition/{fini}")).await;
        assert_eq!(lue["clinicalStatus"]["coding"][0]["code"], "resolved");
        assert_eq!(lue["abatementDateTime"], "2025-03-01");
        let actives = lu(&monde, &hopital, &format!("/fhir/Condition?patient={ANNA}&clinical-status=active")).await;
        assert_eq!(actives["total"], 0);
    }
}
