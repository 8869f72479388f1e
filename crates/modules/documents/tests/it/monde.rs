//! A small world: one establishment, one unit, two residents, a nurse, a carer, a secretary, a secretary who files.

use std::sync::Arc;

use axum::body::Body;
use documents::{Canal, Document, DocumentCourant, DocumentMedical, Reception};
use etablissements::{Annuaire, Etablissement, Unite};
use http::{Request, StatusCode, header};
use kernel::id::{CompteId, EtablissementId, OrganismeId, SejourId, UniteId, UsagerId};
use kernel::ins::{DocumentIdentite, Identite, Ins, LieuNaissance, Matricule, Oid, Sexe, Traits};
use platform::acces::{Compte, EtatSejour, Habilitation, NatureCompte};
use platform::store::{Batch, Entity, Line, Nature, Query, Reach, Stored};
use platform::web::{Application, Methode, ouvrir_session};
use platform::{Demarrage, Services};
use sejours::{GenreSejour, Sejour};
use testkit::TestStore;
use tower::ServiceExt;
use usagers::{Civilite, Identification, Usager};
use uuid::Uuid;

pub(crate) const ETAB: EtablissementId = EtablissementId(Uuid::from_u128(1));
pub(crate) const UNITE: UniteId = UniteId(Uuid::from_u128(2));
pub(crate) const ANNA: UsagerId = UsagerId(Uuid::from_u128(10));
pub(crate) const BRUNO: UsagerId = UsagerId(Uuid::from_u128(11));
pub(crate) const IDE: CompteId = CompteId(Uuid::from_u128(20));
pub(crate) const AS: CompteId = CompteId(Uuid::from_u128(21));
pub(crate) const SECRETAIRE: CompteId = CompteId(Uuid::from_u128(22));

pub(crate) struct Monde {
    pub(crate) store: TestStore,
    pub(crate) services: Arc<Services>,
}

fn ligne() -> Line {
    Line {
        at: testkit::instant(testkit::START),
        nature: Nature::Acte,
        verb: "essai.semer".into(),
        account: Uuid::nil(),
        establishment: None,
        person: None,
        detail: serde_json::Map::new(),
        objects: Vec::new(),
    }
}

impl Monde {
    pub(crate) async fn new(store: TestStore) -> Self {
        documents::installer_lecteur(env!("CARGO_BIN_EXE_analyser-fichier").into(), None);
        let services = Services::new(Demarrage {
            store: store.handle(),
            clock: store.clock.clone(),
            enseigne: Arc::new(Annuaire::default()),
            operations: platform::offline::Operations::default(),
            nav: Vec::new(),
            scripts: Vec::new(),
            demo: true,
            tls: false,
        });
        let monde = Self { store, services };
        monde.semer().await;
        monde
    }

    pub(crate) async fn ecrire<E: Entity>(&self, id: Uuid, value: &E) {
        let mut batch = Batch::default();
        batch.create(id, Uuid::nil(), testkit::instant(testkit::START), value).expect("create");
        self.store.commit(batch.with_line(ligne())).await.expect("commit");
    }

    async fn semer(&self) {
        let etablissement = serde_json::json!({"id": ETAB, "organisme": OrganismeId(Uuid::from_u128(3)), "nom": "EHPAD d'essai",
            "finess": "750000018", "genre": "ehpad", "actif": true});
        let etablissement: Etablissement = serde_json::from_value(etablissement).expect("etablissement");
        self.ecrire(ETAB.0, &etablissement).await;
        let unite: Unite =
            serde_json::from_value(serde_json::json!({"etablissement": ETAB, "nom": "Volcans", "rang": 1, "capacite": 14}))
                .expect("unite");
        self.ecrire(UNITE.0, &unite).await;
        self.resident(ANNA, "Brumelle", "Anna", Civilite::Madame, "214").await;
        self.resident(BRUNO, "Castagnol", "Bruno", Civilite::Monsieur, "215").await;
        for (compte, identifiant, profil) in [(IDE, "ide", "ide"), (AS, "as", "as"), (SECRETAIRE, "secretaire", "secretaire")] {
            self.compte(compte, identifiant, profil).await;
        }
    }

    async fn resident(&self, id: UsagerId, nom: &str, prenom: &str, civilite: Civilite, chambre: &str) {
        let usager = serde_json::json!({"id": id, "etablissement": ETAB, "nom": nom, "prenom": prenom, "civilite": civilite});
        self.ecrire(id.0, &serde_json::from_value::<Usager>(usager).expect("usager")).await;
        let sejour = Sejour {
            id: SejourId(kernel::id::derived(id.0, "sejour")),
            usager: id,
            etablissement: ETAB,
            genre: GenreSejour::Permanent,
            etat: EtatSejour::Present,
            unite: Some(UNITE),
            chambre: None,
            lit: None,
            chambre_libelle: chambre.into(),
            rang: chambre.parse().expect("number"),
            entree_le: testkit::instant("2025-01-10T09:00:00Z"),
            sortie_prevue: None,
            sortie_le: None,
            parti_le: None,
            lieu: String::new(),
        };
        self.ecrire(sejour.id.0, &sejour).await;
        self.ecrire(platform::acces::Rattachement::id(id), &sejours::rattachement(None, &sejour)).await;
    }

    /// The identity of the official examples (a test INS of the ANS), for a resident; `qualifiee` adds the document seen.
    pub(crate) async fn identifier(&self, usager: UsagerId, prenoms: &str, qualifiee: bool) {
        let lieu = LieuNaissance::new("51215").expect("place");
        let naissance = "1979-03-28".parse().expect("date");
        let traits = Traits::new("PAT-TROIS", prenoms, naissance, Sexe::Feminin, lieu).expect("traits");
        let ins = Ins::new(Matricule::new("279035121518989").expect("number"), Oid::Test).expect("ins");
        let mut identite = Identite::provisoire(traits.clone()).insi_obtenue(ins, traits).expect("insi");
        if qualifiee {
            identite = identite.document_verifie(DocumentIdentite::Passeport).expect("document");
        }
        let fiche = Identification { usager, etablissement: ETAB, identite, nom_utilise: None, prenom_utilise: None };
        self.ecrire(Identification::id(usager), &fiche).await;
    }

    /// Receives a file addressed to the establishment.
    pub(crate) async fn recevoir(&self, nom: &str, octets: &[u8]) -> Stored<Reception> {
        let canal = Canal { code: "fichier".into(), etablissement: Some(ETAB), emetteur: "CHU d'essai".into() };
        documents::recevoir(&self.services, canal, nom, octets).await.expect("received")
    }

    /// The documents of a person, of both families.
    pub(crate) async fn documents(&self, usager: UsagerId) -> Vec<Document> {
        let medicaux: Vec<Stored<DocumentMedical>> = self.store.list(&Reach::All, &Query::person(usager)).await.expect("list");
        let courants: Vec<Stored<DocumentCourant>> = self.store.list(&Reach::All, &Query::person(usager)).await.expect("list");
        medicaux.into_iter().map(|lu| lu.value.0).chain(courants.into_iter().map(|lu| lu.value.0)).collect()
    }

    /// Sends a form with files.
    pub(crate) async fn deposer(
        &self,
        compte: CompteId,
        adresse: &str,
        champs: &[(&str, &str)],
        fichiers: &[(&str, &[u8])],
    ) -> (StatusCode, String, String) {
        let mut corps = Vec::new();
        for (nom, valeur) in champs {
            corps.extend(format!("--B\r\nContent-Disposition: form-data; name=\"{nom}\"\r\n\r\n{valeur}\r\n").into_bytes());
        }
        for (nom, octets) in fichiers {
            corps.extend(
                format!("--B\r\nContent-Disposition: form-data; name=\"fichiers\"; filename=\"{nom}\"\r\n\r\n").into_bytes(),
            );
            corps.extend_from_slice(octets);
            corps.extend(b"\r\n");
        }
        corps.extend(b"--B--\r\n");
        let request = Request::post(adresse).header(header::CONTENT_TYPE, "multipart/form-data; boundary=B");
        self.appeler(compte, request, corps).await
    }

    /// A raw answer: status, headers, bytes.
    pub(crate) async fn brut(&self, compte: CompteId, adresse: &str) -> (StatusCode, http::HeaderMap, Vec<u8>) {
        let response = self.repondre(compte, Request::get(adresse), Vec::new()).await;
        let (parts, body) = response.into_parts();
        (parts.status, parts.headers, axum::body::to_bytes(body, 64 << 20).await.expect("body").to_vec())
    }

    async fn compte(&self, id: CompteId, identifiant: &str, profil: &str) {
        let role = Habilitation {
            profil: profil.into(),
            etablissement: Some(ETAB),
            unites: Vec::new(),
            du: testkit::instant("2025-01-01T00:00:00Z"),
            au: None,
        };
        let compte = Compte {
            identifiant: identifiant.into(),
            nom_affiche: format!("Essai {identifiant}"),
            professionnel: None,
            etablissement: ETAB.0,
            mot_de_passe: String::new(),
            code: None,
            nature: NatureCompte::Permanent,
            ferme_le: None,
            habilitations: vec![role],
            demo: None,
            preferences: std::collections::BTreeMap::new(),
        };
        self.ecrire(id.0, &compte).await;
    }

    async fn repondre(&self, compte: CompteId, request: http::request::Builder, body: Vec<u8>) -> axum::response::Response {
        let jeton = ouvrir_session(&self.services, compte, Methode::MotDePasse, None).await.expect("session");
        let router = Application::new(Arc::clone(&self.services), vec![documents::module()]).router();
        let request = request.header(header::COOKIE, format!("grappe={jeton}")).body(Body::from(body)).expect("request");
        router.oneshot(request).await.expect("response")
    }

    async fn appeler(&self, compte: CompteId, request: http::request::Builder, body: Vec<u8>) -> (StatusCode, String, String) {
        let response = self.repondre(compte, request, body).await;
        let lieu =
            response.headers().get(header::LOCATION).map(|lieu| lieu.to_str().expect("ascii").to_owned()).unwrap_or_default();
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), 16 << 20).await.expect("body");
        (status, lieu, String::from_utf8_lossy(&bytes).replace(['\u{a0}', '\u{202f}'], " "))
    }

    /// A page: status and text.
    pub(crate) async fn lire(&self, compte: CompteId, adresse: &str) -> (StatusCode, String) {
        let (status, _, texte) = self.appeler(compte, Request::get(adresse), Vec::new()).await;
        (status, texte)
    }

    /// An act: status, where it leads, text.
    pub(crate) async fn envoyer(&self, compte: CompteId, adresse: &str, champs: &[(&str, &str)]) -> (StatusCode, String, String) {
        let encoder = |texte: &str| {
            texte
                .bytes()
                .map(|octet| if octet.is_ascii_alphanumeric() { char::from(octet).to_string() } else { format!("%{octet:02X}") })
                .collect::<String>()
        };
        let corps =
            champs.iter().map(|(nom, valeur)| format!("{}={}", encoder(nom), encoder(valeur))).collect::<Vec<_>>().join("&");
        let request = Request::post(adresse).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.appeler(compte, request, corps.into_bytes()).await
    }
}

/// A PDF which is one by its first bytes.
pub(crate) const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF";

/// A small clinical document about the person of the official examples.
pub(crate) fn cda(racine: &str, prenoms: &str, texte: &str) -> Vec<u8> {
    cda_de(racine, "279035121518989", prenoms, texte)
}

/// The same, with this INS.
pub(crate) fn cda_de(racine: &str, ins: &str, prenoms: &str, texte: &str) -> Vec<u8> {
    let premier = prenoms.split(' ').next().unwrap_or_default();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><ClinicalDocument xmlns="urn:hl7-org:v3"><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
<id root="{racine}"/><code code="11490-0" codeSystem="2.16.840.1.113883.6.1" displayName="Lettre de liaison"/><title>Lettre de sortie</title>
<effectiveTime value="20261118101500+0100"/><confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/><languageCode code="fr-FR"/>
<recordTarget><patientRole><id root="1.2.250.1.213.1.4.10" extension="{ins}"/><patient><name><family qualifier="BR">PAT-TROIS</family>
<given>{prenoms}</given><given qualifier="BR">{premier}</given></name><administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/>
<birthTime value="19790328"/><birthplace><place><addr><county>51215</county></addr></place></birthplace></patient></patientRole></recordTarget>
<author><time value="20261118101500+0100"/><assignedAuthor><id root="1.2.250.1.71.4.2.1" extension="801234567890"/><assignedPerson><name><family>ESSAI</family></name></assignedPerson></assignedAuthor></author>
<custodian><assignedCustodian><representedCustodianOrganization><id root="1.2.250.1.71.4.2.2" extension="1750000018"/><name>CHU d'essai</name></representedCustodianOrganization></assignedCustodian></custodian>
<component><structuredBody><component><section><code code="46241-6" codeSystem="2.16.840.1.113883.6.1"/><title>Motif</title><text>{texte}</text></section></component></structuredBody></component></ClinicalDocument>"#
    )
    .into_bytes()
}
