//! Merging and taking apart, to the byte (INV-12, INV-42).

use http::StatusCode;
use kernel::id::UsagerId;
use platform::acces::{EtatSejour, Rattachement};
use platform::store::{Entity, Reach};
use testkit::TestStore;
use usagers::{Habitudes, Identification, Usager};
use uuid::Uuid;

use crate::monde::{ANNA, AS, BRUNO, ETAB, IDEC, Monde, Portrait};

const DOUBLE: UsagerId = UsagerId(Uuid::from_u128(40));

async fn corps<E: Entity>(monde: &Monde, id: Uuid) -> String {
    serde_json::to_string(&monde.lire::<E>(id).await.value).expect("json")
}

async fn tout(monde: &Monde) -> Vec<String> {
    let mut tout = Vec::new();
    for usager in [ANNA, DOUBLE] {
        tout.push(corps::<Usager>(monde, usager.0).await);
        tout.push(corps::<Identification>(monde, Identification::id(usager)).await);
        tout.push(corps::<Rattachement>(monde, Rattachement::id(usager)).await);
    }
    tout
}

async fn double(monde: &Monde) {
    let portrait = Portrait {
        id: DOUBLE,
        nom: "BRUMELLE",
        nom_naissance: "BRUMELLE",
        prenom: "Marguerite",
        naissance: "1936-04-12",
        etab: ETAB,
        place: None,
        etat: EtatSejour::Sorti,
    };
    monde.resident(&portrait).await;
    let json = serde_json::json!({"usager": DOUBLE, "etablissement": ETAB, "parole": "Ma radio du temps d'avant."});
    monde.ecrire(Habitudes::id(DOUBLE), &serde_json::from_value::<Habitudes>(json).expect("vie")).await;
}

fn fusion(garde: &str) -> Vec<(String, String)> {
    [
        ("a", ANNA.to_string()),
        ("b", DOUBLE.to_string()),
        ("garde", garde.to_owned()),
        ("motif", "carte d'identité vue".to_owned()),
        ("verifie", "oui".to_owned()),
    ]
    .into_iter()
    .map(|(nom, valeur)| (nom.to_owned(), valeur))
    .collect()
}

async fn poster(monde: &Monde, chemin: &str, champs: &[(String, String)]) -> crate::monde::Reponse {
    let champs: Vec<(&str, &str)> = champs.iter().map(|(nom, valeur)| (nom.as_str(), valeur.as_str())).collect();
    monde.post(IDEC, chemin, &champs).await
}

testkit::on_both! {
    async fn merged_records_are_read_as_one_and_come_apart_to_the_byte(store: TestStore) {
        let monde = Monde::new(store).await;
        double(&monde).await;
        let avant = tout(&monde).await;
        assert!(monde.get(IDEC, "/admin/ins?file=doublons").await.texte.contains(&DOUBLE.to_string()));
        let compare = monde.get(IDEC, &format!("/admin/ins/fusion?a={ANNA}&b={DOUBLE}")).await;
        assert!(compare.status == StatusCode::OK && compare.texte.contains("identique"));
        let faite = poster(&monde, "/admin/ins/fusion", &fusion(&ANNA.to_string())).await;
        assert_eq!(faite.status, StatusCode::SEE_OTHER, "{}", faite.texte);
        let renvoi = monde.get(IDEC, &format!("/residents/{DOUBLE}/identite")).await;
        assert_eq!((renvoi.status, renvoi.lieu), (StatusCode::SEE_OTHER, format!("/residents/{ANNA}/identite")));
        let ecriture = monde.post(IDEC, &format!("/residents/{DOUBLE}/contacts/mesure"), &[("version", "0"), ("directives", "oui")]).await;
        assert_eq!(ecriture.status, StatusCode::CONFLICT, "nothing is silently written elsewhere");
        let historique = monde.get(IDEC, &format!("/residents/{ANNA}/sejour")).await.texte;
        assert_eq!(historique.matches("Depuis le domicile").count(), 2, "the movements of both are read under the one kept");
        assert!(monde.get(IDEC, "/admin/ins?file=reunis").await.texte.contains("BRUMELLE"));
        let champs = [("garde".to_owned(), ANNA.to_string()), ("ecarte".to_owned(), DOUBLE.to_string())];
        let separee = poster(&monde, "/admin/ins/separer", &champs).await;
        assert_eq!(separee.status, StatusCode::SEE_OTHER, "{}", separee.texte);
        assert_eq!(tout(&monde).await, avant, "both are what they were");
        assert_eq!(monde.get(IDEC, &format!("/residents/{DOUBLE}/identite")).await.status, StatusCode::OK);
        assert_eq!(monde.store.history::<Usager>(&Reach::All, DOUBLE).await.unwrap().len(), 3, "and history tells all of it");
        assert_eq!(poster(&monde, "/admin/ins/separer", &champs).await.status, StatusCode::BAD_REQUEST);
    }

    async fn who_is_in_the_house_is_the_one_kept(store: TestStore) {
        let monde = Monde::new(store).await;
        double(&monde).await;
        let avant = tout(&monde).await;
        let refus = poster(&monde, "/admin/ins/fusion", &fusion(&DOUBLE.to_string())).await;
        assert_eq!(refus.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refus.texte.contains("séjour en cours"));
        let mut deux_presents = fusion(&ANNA.to_string());
        deux_presents[1].1 = BRUNO.to_string();
        assert!(poster(&monde, "/admin/ins/fusion", &deux_presents).await.texte.contains("Les deux dossiers ont un séjour en cours"));
        let mut sans_preuve = fusion(&ANNA.to_string());
        sans_preuve.retain(|(nom, _)| nom != "verifie");
        assert_eq!(poster(&monde, "/admin/ins/fusion", &sans_preuve).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(tout(&monde).await, avant);
        let as_seul = monde.post(AS, "/admin/ins/fusion", &[("a", "x")]).await;
        assert_eq!(as_seul.status, StatusCode::FORBIDDEN);
    }
}
