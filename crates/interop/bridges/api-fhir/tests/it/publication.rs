//! Documents published by applications: kept whole by the sas, told by their number, filed by nobody's program.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use documents::{EtatReception, Reception, lane_attente};
use http::header;
use monde_essai::Monde;
use monde_essai::une_maison::{ANNA, ETAB};
use platform::store::{Query, Reach, Stored};
use serde_json::{Value, json};
use testkit::TestStore;
use uuid::Uuid;

use crate::monde::{AILLEURS, AUTRE, TOUT, envoyer, hopital, jeton, json_de, monde, remplir};

const PDF: &[u8] = b"%PDF-1.4 compte rendu";

fn document(octets: &[u8]) -> Value {
    json!({
        "resourceType": "DocumentReference",
        "meta": { "profile": ["https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-simplified-publish"] },
        "masterIdentifier": { "system": "urn:ietf:rfc:3986", "value": "urn:uuid:0196f0d4-0000-7000-8000-000000000001" },
        "status": "current",
        "type": { "coding": [{ "system": "http://loinc.org", "code": "11490-0" }] },
        "subject": { "reference": format!("Patient/{ANNA}") },
        "description": "Sortie de Mme Brumelle",
        "content": [{ "attachment": {
            "contentType": "application/pdf", "language": "fr-FR", "data": STANDARD.encode(octets), "title": "Compte rendu de sortie",
        } }],
    })
}

async fn receptions(monde: &Monde, lieu: Uuid) -> Vec<Stored<Reception>> {
    monde.store.list(&Reach::All, &Query::lane(&lane_attente(lieu))).await.expect("receptions")
}

testkit::on_both! {
    async fn a_published_document_is_kept_whole_and_waits_to_be_filed(store: TestStore) {
        let monde = monde(store).await;
        remplir(&monde).await;
        let jeton = hopital(&monde, "system/DocumentReference.cruds").await;
        let reponse = envoyer(&monde, &jeton, "/fhir/DocumentReference", &document(PDF)).await;
        assert_eq!(reponse.status, 201, "{}", reponse.texte);
        let recues = receptions(&monde, ETAB.0).await;
        assert_eq!(recues.len(), 1);
        let recue = &recues[0];
        assert_eq!(monde.store.blob(&recue.blob).await.unwrap().unwrap(), PDF);
        assert_eq!((recue.nom.as_str(), recue.canal.code.as_str()), ("Compte rendu de sortie.pdf", "fhir"));
        assert!(recue.canal.emetteur.contains("Val-Brumeux"), "{}", recue.canal.emetteur);
        assert!(matches!(recue.etat, EtatReception::EnAttente { .. }), "nothing is filed by itself: {:?}", recue.etat);
        assert_eq!(reponse.entete(&header::LOCATION).unwrap(), format!("https://grappe.test/fhir/DocumentReference/{}", recue.id));
        assert!(reponse.texte.contains(&recue.id.to_string()));
        let publication: Stored<api_fhir::Publication> = monde.lu(api_fhir::Publication::id(recue.id)).await;
        assert!(publication.metadonnees.contains("Sortie de Mme Brumelle") && publication.metadonnees.contains("11490-0"));
        assert!(!publication.metadonnees.contains(&STANDARD.encode(PDF)), "the bytes are in the reception only");
        let encore = envoyer(&monde, &jeton, "/fhir/DocumentReference", &document(PDF)).await;
        assert_eq!(encore.status, 201, "a replay is harmless: {}", encore.texte);
        assert_eq!(receptions(&monde, ETAB.0).await.len(), 1);
    }

    async fn a_transaction_gives_an_answer_for_each_entry_in_its_order(store: TestStore) {
        let monde = monde(store).await;
        let jeton = hopital(&monde, TOUT).await;
        let mut un = document(b"");
        un["content"][0]["attachment"] = json!({ "contentType": "application/pdf", "url": "urn:uuid:b", "title": "Lettre", "size": 250_000, "hash": "x" });
        let entree = |genre: &str, url: &str, ressource: Value| json!({ "fullUrl": url, "resource": ressource, "request": { "method": "POST", "url": genre } });
        let lot = json!({ "resourceType": "Bundle", "type": "transaction", "entry": [
            entree("List", "urn:uuid:l", json!({ "resourceType": "List", "status": "current", "mode": "working" })),
            entree("DocumentReference", "urn:uuid:d", un.clone()),
            entree("Binary", "urn:uuid:b", json!({ "resourceType": "Binary", "contentType": "application/pdf", "data": STANDARD.encode(PDF) })),
        ] });
        let reponse = envoyer(&monde, &jeton, "/fhir", &lot).await;
        assert_eq!(reponse.status, 200, "{}", reponse.texte);
        let bundle = json_de(&reponse);
        assert_eq!(bundle["type"], "transaction-response");
        let statuts: Vec<&str> = bundle["entry"].as_array().unwrap().iter().map(|une| une["response"]["status"].as_str().unwrap()).collect();
        assert_eq!(statuts, ["200 OK", "201 Created", "201 Created"]);
        let recues = receptions(&monde, ETAB.0).await;
        assert_eq!(bundle["entry"][1]["response"]["location"], format!("DocumentReference/{}", recues[0].id));
        assert!(reponse.texte.contains("attachment.size") && reponse.texte.contains("attachment.hash"), "differences are told");
        let mut ailleurs = lot.clone();
        ailleurs["entry"][2]["fullUrl"] = json!("urn:uuid:z");
        assert_eq!(envoyer(&monde, &jeton, "/fhir", &ailleurs).await.status, 422);
        let mut change = lot.clone();
        change["entry"][0] = entree("Patient", "urn:uuid:p", json!({ "resourceType": "Patient" }));
        assert_eq!(envoyer(&monde, &jeton, "/fhir", &change).await.status, 422);
        let mut modifie = lot;
        modifie["entry"][1]["request"]["method"] = json!("PUT");
        assert_eq!(envoyer(&monde, &jeton, "/fhir", &modifie).await.status, 422);
        assert_eq!(receptions(&monde, ETAB.0).await.len(), 1, "nothing of the refused ones was kept");
    }

    async fn what_cannot_be_kept_is_refused_in_words(store: TestStore) {
        let monde = monde(store).await;
        let jeton = hopital(&monde, TOUT).await;
        let avec = |chemin: &str, valeur: Value| {
            let mut lu = document(PDF);
            *lu.pointer_mut(chemin).unwrap() = valeur;
            lu
        };
        for (corps, status) in [
            (json!({ "resourceType": "Patient" }), 400),
            (json!([1, 2]), 400),
            (avec("/status", json!("superseded")), 422),
            (avec("/content/0/attachment/data", json!("pas du base64")), 422),
            (avec("/content/0/attachment/data", json!("")), 422),
            (avec("/content/0/attachment/contentType", json!(null)), 422),
            (avec("/content", json!([])), 422),
        ] {
            let reponse = envoyer(&monde, &jeton, "/fhir/DocumentReference", &corps).await;
            assert_eq!(reponse.status, status, "{corps}: {}", reponse.texte);
            assert_eq!(json_de(&reponse)["resourceType"], "OperationOutcome");
        }
        let profond = format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000));
        let request = http::Request::post("/fhir/DocumentReference").header("authorization", format!("Bearer {jeton}"));
        assert_eq!(monde.appeler(None, request, profond).await.status, 400);
        let sans = hopital_lecteur(&monde).await;
        assert_eq!(envoyer(&monde, &sans, "/fhir/DocumentReference", &document(PDF)).await.status, 403);
        assert!(receptions(&monde, ETAB.0).await.is_empty());
    }

    async fn a_document_about_somebody_unknown_to_the_application_is_not_addressed_to_her_house(store: TestStore) {
        let monde = monde(store).await;
        let ailleurs = jeton(&monde, AILLEURS, "partenaire_hospitalier", &[AUTRE], TOUT).await;
        assert_eq!(envoyer(&monde, &ailleurs, "/fhir/DocumentReference", &document(PDF)).await.status, 201);
        assert!(receptions(&monde, ETAB.0).await.is_empty(), "Anna is of another house");
        assert_eq!(receptions(&monde, AUTRE.0).await.len(), 1);
    }
}

async fn hopital_lecteur(monde: &Monde) -> String {
    let id = kernel::id::CompteId(Uuid::from_u128(0x510));
    jeton(monde, id, "partenaire_hospitalier", &[ETAB], "system/DocumentReference.rs").await
}
