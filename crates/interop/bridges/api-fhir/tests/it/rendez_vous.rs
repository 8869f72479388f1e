//! Appointments of hospitals.

use hospitalisations::{AnnonceRendezVous, Annoncee, Hopital, RendezVousGarde};
use monde_essai::Monde;
use monde_essai::une_maison::{ANNA, ETAB};
use serde_json::json;
use testkit::TestStore;
use uuid::Uuid;

use crate::monde::{hopital, lu, monde, remplir, trouves};

async fn annoncer(monde: &Monde, n: u128, numero: &str, dite: Annoncee, debut: Option<&str>) {
    let annonce = AnnonceRendezVous {
        annoncee_le: testkit::instant("2026-11-20T08:00:00Z"),
        dite,
        hopital: Hopital { cle: "630000001".into(), nom: "CH de Val-Brumeux".into() },
        numeros: vec![numero.into()],
        debut: debut.map(testkit::instant),
        fin: None,
        lieu: Some("Bâtiment B".into()),
        service: Some("Cardiologie".into()),
        avec: None,
        motif: None,
        source: None,
    };
    let garde: RendezVousGarde = serde_json::from_value(json!({
        "usager": ANNA, "etablissement": ETAB, "annonce": annonce, "retiree": null,
    }))
    .expect("an announcement");
    monde.ecrire(Uuid::from_u128(0x7000 + n), &garde).await;
}

/// One to come, one cancelled without a time, one missed.
pub(crate) async fn tous(monde: &Monde) {
    annoncer(monde, 1, "RDV-1", Annoncee::Pris, Some("2026-12-02T09:00:00Z")).await;
    annoncer(monde, 2, "RDV-2", Annoncee::Annule, None).await;
    annoncer(monde, 3, "RDV-3", Annoncee::Manque, Some("2026-11-02T09:00:00Z")).await;
}

testkit::on_both! {
    async fn an_appointment_is_read_searched_and_part_of_everything(store: TestStore) {
        let monde = monde(store).await;
        remplir(&monde).await;
        tous(&monde).await;
        let jeton = hopital(&monde, "system/*.rs").await;
        let tous = trouves(&lu(&monde, &jeton, &format!("/fhir/Appointment?patient={ANNA}")).await);
        let statuts: Vec<&str> = tous.iter().map(|un| un["status"].as_str().expect("a status")).collect();
        assert_eq!(statuts, ["booked", "cancelled", "noshow"], "{tous:?}");
        let pris = &tous[0];
        assert_eq!((&pris["start"], &pris["identifier"][0]["value"]), (&pris["end"], &json!("RDV-1")));
        assert_eq!((&pris["serviceType"][0]["text"], &pris["participant"][1]["actor"]["display"]), (&json!("Cardiologie"), &json!("CH de Val-Brumeux")));
        assert!(pris["comment"].as_str().expect("words").contains("n'a pas dit la fin") && tous[1]["start"].is_null());
        let adresse = format!("/fhir/Appointment/{}", pris["id"].as_str().expect("an id"));
        assert_eq!(lu(&monde, &jeton, &adresse).await["status"], "booked");
        let venir = trouves(&lu(&monde, &jeton, &format!("/fhir/Appointment?patient={ANNA}&date=ge2026-12-01")).await);
        assert_eq!(venir.len(), 1);
        let tout = lu(&monde, &jeton, &format!("/fhir/Patient/{ANNA}/$everything?_count=100")).await.to_string();
        assert_eq!(tout.matches("\"Appointment\"").count(), 3);
        let dit = lu(&monde, &jeton, "/fhir/metadata").await.to_string();
        assert!(dit.contains("\"Appointment\"") && !dit.contains("\"Goal\"") && !dit.contains("Certificates"));
    }
}
