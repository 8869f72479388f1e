//! Who opens and withdraws an application: by the page, within one's establishments, and by the command.

use kernel::id::CompteId;
use monde_essai::deux_maisons::{A, ADMIN, AS_VOLCANS, B, DIRECTION_A, RH_A, RH_B};
use monde_essai::{Monde, deux_maisons};
use platform::acces::{Compte, NatureCompte};
use platform::store::Stored;
use testkit::TestStore;
use uuid::Uuid;

use crate::monde::Cle;

const ID: CompteId = CompteId(Uuid::from_u128(0x900));

async fn monde(store: TestStore) -> Monde {
    let modules = vec![api_fhir::module(), etablissements::module()];
    let operations = platform::offline::Operations::default();
    deux_maisons::semer(Monde::branche(store, true, modules, operations, api_fhir::brancher)).await
}

fn champs(cle: &str, lieu: &str) -> Vec<(String, String)> {
    [
        ("id", ID.to_string().as_str()),
        ("nom", "Dossier patient"),
        ("organisation", "CH de Val-Brumeux"),
        ("finess", ""),
        ("profil", "partenaire_hospitalier"),
        ("etablissement", lieu),
        ("portees", "system/Patient.read system/Observation.rs"),
        ("cles", cle),
        ("hotes", "notifications.exemple.fr"),
        ("au", "31/12/2026"),
    ]
    .map(|(nom, valeur)| (nom.to_owned(), valeur.to_owned()))
    .to_vec()
}

async fn envoyer(monde: &Monde, qui: CompteId, champs: &[(String, String)]) -> monde_essai::Reponse {
    let champs: Vec<(&str, &str)> = champs.iter().map(|(nom, valeur)| (nom.as_str(), valeur.as_str())).collect();
    monde.envoyer(qui, "/admin/applications", &champs).await
}

testkit::on_both! {
    async fn human_resources_open_an_application_of_their_house_and_withdraw_it(store: TestStore) {
        let monde = monde(store).await;
        let cle = Cle::nouvelle();
        let bons = champs(&cle.publique().to_string(), &A.to_string());
        let formulaire = monde.lire(RH_A, "/admin/applications/nouvelle").await;
        assert!(formulaire.texte.contains("Les Genêts") && !formulaire.texte.contains("La Rivière"));
        let fait = envoyer(&monde, RH_A, &bons).await;
        assert_eq!(fait.status, 303, "{}", fait.texte);
        let compte: Stored<Compte> = monde.lu(ID).await;
        assert_eq!((compte.nature, compte.habilitations.len()), (NatureCompte::Application, 1));
        assert_eq!(compte.habilitations[0].etablissement, Some(A));
        let liste = monde.lire(RH_A, "/admin/applications").await.texte;
        for mot in ["Dossier patient", "CH de Val-Brumeux", "ouverte", "Constantes : lire, chercher", &ID.to_string()] {
            assert!(liste.contains(mot), "{mot}: {liste}");
        }
        let jeton = jeton(&monde, &cle).await;
        let retrait = format!("/admin/applications/{ID}/retrait");
        assert_eq!(monde.envoyer(RH_B, &retrait, &[("motif", "x")]).await.status, 404);
        assert_eq!(monde.envoyer(RH_A, &retrait, &[("motif", "fin du contrat")]).await.status, 303);
        let apres = crate::monde::lire(&monde, &jeton, "/fhir/Patient").await;
        assert_eq!(apres.status, 401);
        let liste = monde.lire(RH_A, "/admin/applications").await.texte;
        assert!(liste.contains("retirée") && liste.contains("fin du contrat"));
        let lignes = monde.lignes(RH_A, "api.").await;
        let verbes: Vec<&str> = lignes.iter().map(|ligne| ligne.verb.as_str()).filter(|verbe| verbe.contains("application_")).collect();
        assert_eq!(verbes, ["api.application_retiree", "api.application_ouverte"]);
    }

    async fn nobody_opens_an_application_on_another_house_nor_without_the_right(store: TestStore) {
        let monde = monde(store).await;
        let cle = Cle::nouvelle().publique().to_string();
        let ailleurs = envoyer(&monde, RH_A, &champs(&cle, &B.to_string())).await;
        assert_eq!(ailleurs.status, 422, "the house is not among the choices");
        for qui in [AS_VOLCANS, DIRECTION_A] {
            assert_eq!(envoyer(&monde, qui, &champs(&cle, &A.to_string())).await.status, 403);
        }
        assert_eq!(monde.lire(AS_VOLCANS, "/admin/applications").await.status, 403);
        assert_eq!(envoyer(&monde, ADMIN, &champs(&cle, &B.to_string())).await.status, 303);
        assert!(!monde.lire(RH_A, "/admin/applications").await.texte.contains("Val-Brumeux"), "of B only");
    }

    async fn a_form_which_is_wrong_is_given_back_with_its_reason(store: TestStore) {
        let monde = monde(store).await;
        let bonne = Cle::nouvelle().publique();
        let mut privee = bonne.clone();
        privee["d"] = serde_json::json!("secret");
        let mut p256 = bonne.clone();
        p256["crv"] = serde_json::json!("P-256");
        let mut sans_kid = bonne.clone();
        sans_kid.as_object_mut().unwrap().remove("kid");
        let rsa_courte = serde_json::json!({ "kty": "RSA", "kid": "x", "n": "AQAB", "e": "AQAB" });
        for (nom, valeur, dit) in [
            ("cles", "pas du JSON".to_owned(), "JWKS"),
            ("cles", privee.to_string(), "partie privée"),
            ("cles", p256.to_string(), "P-384"),
            ("cles", rsa_courte.to_string(), "2048"),
            ("cles", sans_kid.to_string(), "kid"),
            ("cles", "{\"keys\":[]}".to_owned(), "une à"),
            ("portees", "patient/Patient.read".to_owned(), "n'est pas une portée"),
            ("portees", "system/Goal.read".to_owned(), "ne sert pas"),
            ("portees", String::new(), "quarante"),
            ("profil", "medecin".to_owned(), "Choisissez"),
            ("profil", "admin_grappe".to_owned(), "Choisissez"),
            ("etablissement", String::new(), "au moins un établissement"),
            ("hotes", "https://exemple.fr/x".to_owned(), "noms d'hôtes"),
            ("au", "01/01/2020".to_owned(), "passé"),
            ("nom", String::new(), "nom"),
        ] {
            let mut champs = champs(&bonne.to_string(), &A.to_string());
            champs.iter_mut().filter(|(champ, _)| champ == nom).for_each(|(_, garde)| garde.clone_from(&valeur));
            let rendu = envoyer(&monde, RH_A, &champs).await;
            assert_eq!(rendu.status, 422, "{nom}={valeur}");
            assert!(rendu.texte.contains(dit), "{nom}={valeur}: {}", rendu.texte);
        }
    }

    async fn the_operator_opens_one_by_the_command(store: TestStore) {
        let monde = monde(store).await;
        let cle = Cle::nouvelle();
        let mut ouverture = api_fhir::Ouverture {
            nom: "Plateforme".into(),
            organisation: "GRADeS".into(),
            finess: String::new(),
            profil: "partenaire_hospitalier".into(),
            cles: serde_json::json!({ "keys": [cle.publique()] }).to_string(),
            certificats: String::new(),
            portees: "system/*.rs".into(),
            etablissements: vec!["750000018".into(), "750000026".into()],
            hotes: String::new(),
            au: String::new(),
        };
        let id = api_fhir::ouvrir(&monde.services, &ouverture).await.unwrap();
        let lue: Stored<api_fhir::Application> = monde.lu(api_fhir::Application::id(id)).await;
        assert_eq!(lue.etablissements, [A, B]);
        api_fhir::retirer(&monde.services, id, "essai").await.unwrap();
        assert!(api_fhir::retirer(&monde.services, id, "essai").await.is_err(), "once");
        ouverture.etablissements.push("000000000".into());
        assert!(api_fhir::ouvrir(&monde.services, &ouverture).await.unwrap_err().to_string().contains("000000000"));
    }
}

async fn jeton(monde: &Monde, cle: &Cle) -> String {
    monde.services.publier(crate::monde::ADRESSE);
    crate::monde::prendre(monde, cle, ID, "system/Patient.read").await
}
