//! Two houses and an application of each; keys which sign as a client does.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use documents::{Document, DocumentMedical, Famille};
use http::{Request, header};
use kernel::id::{CompteId, EtablissementId, UniteId, UsagerId};
use medical::{Code, Element, Etat, Nature, Origine};
use monde_essai::une_maison::{ANNA, ETAB};
use monde_essai::{Monde, Reponse, Resident, une_maison};
use plan_de_soins::{Arret, Plan, Recurrence, SoinPrevu};
use platform::acces::{Compte, Habilitation, NatureCompte};
use platform::web::Application;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use testkit::TestStore;
use usagers::{Alertes, Allergies, Civilite};
use uuid::Uuid;

/// The hospital's program, which reads the house.
pub(crate) const HOPITAL: CompteId = CompteId(Uuid::from_u128(0x500));
/// Another program, which reads the other house only.
pub(crate) const AILLEURS: CompteId = CompteId(Uuid::from_u128(0x501));
/// A program which reads traces.
pub(crate) const TRACES: CompteId = CompteId(Uuid::from_u128(0x503));
/// The other house, and its resident.
pub(crate) const AUTRE: EtablissementId = EtablissementId(Uuid::from_u128(0xB0));
const AUTRE_UNITE: UniteId = UniteId(Uuid::from_u128(0xB1));
pub(crate) const ZOE: UsagerId = UsagerId(Uuid::from_u128(0x90));
/// Where the product says it is.
pub(crate) const ADRESSE: &str = "https://grappe.test";
pub(crate) const TOUT: &str = "system/*.cruds";

/// A key of a client.
pub(crate) struct Cle {
    paire: EcdsaKeyPair,
    alea: SystemRandom,
}

impl Cle {
    pub(crate) fn nouvelle() -> Self {
        let alea = SystemRandom::new();
        let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, &alea).expect("a key");
        let paire = EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, der.as_ref(), &alea).expect("a pair");
        Self { paire, alea }
    }

    pub(crate) fn publique(&self) -> Value {
        let point = self.paire.public_key().as_ref();
        let b64 = |octets: &[u8]| URL_SAFE_NO_PAD.encode(octets);
        json!({ "kty": "EC", "crv": "P-384", "kid": "une", "alg": "ES384", "x": b64(&point[1..49]), "y": b64(&point[49..]) })
    }

    pub(crate) fn signer(&self, entete: &Value, charge: &Value) -> String {
        let b64 = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let texte = format!("{}.{}", b64(entete), b64(charge));
        let signature = self.paire.sign(&self.alea, texte.as_bytes()).expect("a signature");
        format!("{texte}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
    }
}

/// The claims of a good assertion.
pub(crate) fn charge(monde: &Monde, client: CompteId) -> Value {
    let exp = monde.services.clock.now().as_second() + 240;
    json!({
        "iss": client, "sub": client, "aud": format!("{ADRESSE}/fhir/jeton"), "exp": exp, "jti": monde.services.clock.fresh_id(),
    })
}

/// The world: its modules, the API, two houses.
pub(crate) async fn monde(store: TestStore) -> Monde {
    monde_a(store, ADRESSE).await
}

/// The same, which says it is at this address.
pub(crate) async fn monde_a(store: TestStore, adresse: &str) -> Monde {
    batir(store, adresse, api_fhir::brancher).await
}

/// The same, whose interface is joined otherwise.
pub(crate) async fn monde_avec(store: TestStore, brancher: impl FnOnce(Application) -> Application) -> Monde {
    batir(store, ADRESSE, brancher).await
}

async fn batir(store: TestStore, adresse: &str, brancher: impl FnOnce(Application) -> Application) -> Monde {
    let modules = vec![
        api_fhir::module(),
        urgences::module(),
        medical::module(),
        documents::module(),
        constantes::module(),
        plan_de_soins::module(),
        sejours::module(),
        usagers::module(),
        traces::module(),
        hospitalisations::module(),
    ];
    let operations = platform::offline::Operations::default();
    let monde = une_maison::semer(Monde::branche(store, true, modules, operations, brancher)).await;
    monde.services.publier(adresse);
    monde.maison(AUTRE, "La Rivière", "750000026").await;
    monde.unite(AUTRE_UNITE, AUTRE, "Rive", 1).await;
    let lieu = (AUTRE, AUTRE_UNITE);
    monde.resident(&Resident { id: ZOE, nom: "Ailleurs", prenom: "Zoé", civilite: Civilite::Madame, lieu, chambre: "12" }).await;
    monde
}

/// Writes an application and its account, as the page does.
pub(crate) async fn application(
    monde: &Monde,
    id: CompteId,
    profil: &str,
    lieux: &[EtablissementId],
    cle: &Value,
    portees: &str,
) {
    let du = testkit::instant("2026-01-01T00:00:00Z");
    let lue = json!({
        "compte": id, "nom": "Dossier patient", "organisation": "CH de Val-Brumeux", "profil": profil, "cles": [cle],
        "portees": portees, "etablissements": lieux, "hotes": ["127.0.0.1", "localhost"], "du": du, "ouverte_par": "Essai",
    });
    let lue: api_fhir::Application = serde_json::from_value(lue).expect("an application");
    monde.ecrire(api_fhir::Application::id(id), &lue).await;
    let role = |etablissement: &EtablissementId| Habilitation {
        profil: profil.into(),
        etablissement: Some(*etablissement),
        unites: Vec::new(),
        du,
        au: None,
    };
    let compte = Compte {
        identifiant: format!("application.{id}"),
        nom_affiche: "Dossier patient (CH de Val-Brumeux)".into(),
        professionnel: None,
        etablissement: lieux[0].0,
        mot_de_passe: String::new(),
        code: None,
        nature: NatureCompte::Application,
        ferme_le: None,
        habilitations: lieux.iter().map(role).collect(),
        demo: None,
        preferences: std::collections::BTreeMap::new(),
    };
    monde.ecrire(id, &compte).await;
}

/// Asks a token with this assertion.
pub(crate) async fn demander_jeton(monde: &Monde, assertion: &str, portees: &str) -> Reponse {
    let genre = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    let champs = [
        ("grant_type", "client_credentials"),
        ("client_assertion_type", genre),
        ("client_assertion", assertion),
        ("scope", portees),
    ];
    let request = Request::post("/fhir/jeton").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    monde.appeler(None, request, monde_essai::formulaire(&champs)).await
}

/// A token of an application made on the spot.
pub(crate) async fn jeton(monde: &Monde, id: CompteId, profil: &str, lieux: &[EtablissementId], portees: &str) -> String {
    let cle = Cle::nouvelle();
    application(monde, id, profil, lieux, &cle.publique(), portees).await;
    prendre(monde, &cle, id, portees).await
}

/// A token of the hospital, with these scopes.
pub(crate) async fn hopital(monde: &Monde, portees: &str) -> String {
    jeton(monde, HOPITAL, "partenaire_hospitalier", &[ETAB], portees).await
}

/// A token with a key already known.
pub(crate) async fn prendre(monde: &Monde, cle: &Cle, id: CompteId, portees: &str) -> String {
    let assertion = cle.signer(&json!({ "alg": "ES384", "kid": "une" }), &charge(monde, id));
    let reponse = demander_jeton(monde, &assertion, portees).await;
    assert_eq!(reponse.status, 200, "{}", reponse.texte);
    json_de(&reponse)["access_token"].as_str().expect("a token").to_owned()
}

pub(crate) fn json_de(reponse: &Reponse) -> Value {
    serde_json::from_slice(&reponse.octets).expect("JSON")
}

/// A GET with a token.
pub(crate) async fn lire(monde: &Monde, jeton: &str, adresse: &str) -> Reponse {
    let request = Request::get(adresse).header(header::AUTHORIZATION, format!("Bearer {jeton}"));
    monde.appeler(None, request, "").await
}

/// A GET which must succeed, as JSON.
pub(crate) async fn lu(monde: &Monde, jeton: &str, adresse: &str) -> Value {
    let reponse = lire(monde, jeton, adresse).await;
    assert_eq!(reponse.status, 200, "{adresse}: {}", reponse.texte);
    json_de(&reponse)
}

/// A POST of JSON with a token.
pub(crate) async fn envoyer(monde: &Monde, jeton: &str, adresse: &str, corps: &Value) -> Reponse {
    let request = Request::post(adresse)
        .header(header::AUTHORIZATION, format!("Bearer {jeton}"))
        .header(header::CONTENT_TYPE, "application/fhir+json");
    monde.appeler(None, request, corps.to_string()).await
}

/// Resources of a bundle, those which matched.
pub(crate) fn trouves(bundle: &Value) -> Vec<Value> {
    let entrees = bundle["entry"].as_array().cloned().unwrap_or_default();
    entrees.into_iter().filter(|entree| entree["search"]["mode"] == "match").map(|entree| entree["resource"].clone()).collect()
}

pub(crate) fn element(nature: Nature, libelle: &str, etat: Etat) -> Element {
    Element {
        usager: ANNA,
        etablissement: ETAB,
        nature,
        libelle: libelle.into(),
        code: (nature == Nature::Pathologie).then(|| Code::cim10("I48.9").expect("a code")),
        debut: Some("2021-03".parse().expect("a date")),
        detail: "1 matin et 1 soir".into(),
        precision: "suivi".into(),
        a_risque: false,
        note_le: testkit::instant("2026-11-01T08:00:00Z"),
        origine: Origine::Saisie,
        etat,
    }
}

/// Ids of what the record of Anna holds.
pub(crate) const PATHOLOGIE: Uuid = Uuid::from_u128(0x700);
pub(crate) const TRAITEMENT: Uuid = Uuid::from_u128(0x701);
pub(crate) const POIDS: Uuid = Uuid::from_u128(0x710);
pub(crate) const TENSION: Uuid = Uuid::from_u128(0x711);
pub(crate) const LETTRE: Uuid = Uuid::from_u128(0x720);
/// The bytes of the letter.
pub(crate) const OCTETS: &[u8] = b"%PDF-1.4 une lettre";

pub(crate) fn mesure(type_code: &str, valeur: &str, basse: Option<&str>, unite: &str, le: &str) -> constantes::Constante {
    serde_json::from_value(json!({
        "usager": ANNA, "etablissement": ETAB, "type_code": type_code, "valeur": valeur, "valeur2": basse, "unite_mesure": unite,
        "mesuree_le": le, "saisie_le": le, "auteur_nom": "Nadia R.",
    }))
    .expect("a value")
}

/// A record where everything is told.
pub(crate) async fn remplir(monde: &Monde) {
    monde.ecrire(PATHOLOGIE, &element(Nature::Pathologie, "Fibrillation auriculaire", Etat::EnVigueur)).await;
    monde.ecrire(TRAITEMENT, &element(Nature::Traitement, "Apixaban 2,5 mg", Etat::EnVigueur)).await;
    monde.ecrire(POIDS, &mesure("poids", "52.40", None, "kg", "2026-11-20T08:00:00Z")).await;
    monde.ecrire(TENSION, &mesure("ta_systolique", "132", Some("74"), "mmHg", "2026-11-20T09:00:00Z")).await;
    let alertes = Alertes {
        usager: ANNA,
        etablissement: ETAB,
        allergies: Allergies::NonRenseignees,
        signaux: Vec::new(),
        texture: String::new(),
        regime: String::new(),
        boisson: String::new(),
        transfert: String::new(),
        gir: None,
    };
    monde.ecrire(Alertes::id(ANNA), &alertes).await;
    monde.ecrire(Plan::id(ANNA), &plan()).await;
    lettre(monde).await;
}

/// Two acts, one of them stopped.
fn plan() -> Plan {
    let soin = |n: u128, libelle: &str, arret| {
        let heures = [jiff::civil::time(8, 30, 0, 0)];
        std::sync::Arc::new(SoinPrevu {
            id: Uuid::from_u128(n),
            acte: String::new(),
            libelle: libelle.into(),
            icone: "bed".into(),
            categorie: "toilette".into(),
            consigne: "à deux".into(),
            metiers: Vec::new(),
            recurrence: Recurrence::quotidien(&heures),
            du: jiff::civil::date(2026, 1, 1),
            au: None,
            ajoute_le: None,
            arret,
            mesures: Vec::new(),
            a_risque: false,
            observation: false,
            duree_min: 0,
            origine: None,
        })
    };
    let arret = Arret { le: testkit::instant("2026-11-01T08:00:00Z"), par: "Nadia R.".into(), motif: "plus utile".into() };
    Plan { lignes: vec![soin(1, "Aide au lever", None), soin(2, "Bas de contention", Some(arret))], ..Plan::vide(ANNA, ETAB) }
}

async fn lettre(monde: &Monde) {
    let scelle = monde.store.seal_blob(OCTETS).expect("sealed");
    let document = Document {
        usager: ANNA,
        etablissement: ETAB,
        titre: "Lettre de sortie".into(),
        type_code: "11490-0".into(),
        date_document: jiff::civil::date(2026, 11, 18),
        auteur: "Dr Jeanne HOSPITALIER".into(),
        origine: documents::Origine::Recu,
        blob: scelle.id().clone(),
        mime: "application/pdf".into(),
        nom_fichier: "lettre.pdf".into(),
        taille: OCTETS.len() as u64,
        famille: Famille::Medical,
        classe_le: testkit::instant("2026-11-19T08:00:00Z"),
        classe_par: "Essai ide".into(),
        identifiant: Some("1.2.3^4".into()),
        remplace: None,
        remplace_par: None,
        sans_date: false,
        reception: None,
        annule: None,
        repris: None,
        serie: None,
    };
    let mut batch = store::Batch::default();
    batch.keep(scelle);
    batch.create(LETTRE, Uuid::nil(), monde.services.clock.now(), &DocumentMedical(document)).expect("a record");
    let line = store::Line {
        at: monde.services.clock.now(),
        nature: store::Nature::Acte,
        verb: "essai.semer".into(),
        account: Uuid::nil(),
        establishment: None,
        person: None,
        detail: serde_json::Map::new(),
        objects: Vec::new(),
    };
    monde.store.commit(batch.with_line(line)).await.expect("committed");
}
