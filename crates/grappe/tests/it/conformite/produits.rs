//! What leaves, written in files by kind: packages as they arrived, the documents they hold, exports, answers of both interfaces.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};
use uuid::Uuid;
use xdm::{DocumentEntry, Limits};

use super::maisons::{HOPITAL, Maison, Maisons};
use super::personnes::Personne;

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF";
const DLU: &str = "74207-2";
/// OIDs of national identities: real, of test, of demonstration.
const OIDS: [&str; 4] = ["1.2.250.1.213.1.4.8", "1.2.250.1.213.1.4.9", "1.2.250.1.213.1.4.10", "1.2.250.1.213.1.4.11"];
/// Types searched for one person.
const GENRES: [&str; 8] = [
    "Encounter",
    "AllergyIntolerance",
    "Condition",
    "MedicationStatement",
    "Observation",
    "CarePlan",
    "Consent",
    "DocumentReference",
];

/// A file, and whose it is when it is about one person.
#[derive(Debug)]
pub(crate) struct Piece {
    pub(crate) chemin: PathBuf,
    pub(crate) personne: Option<Personne>,
}

/// The files of the run.
#[derive(Debug, Default)]
pub(crate) struct Produits {
    dossier: PathBuf,
    pub(crate) dlus: Vec<Piece>,
    pub(crate) niveaux_1: Vec<Piece>,
    pub(crate) colis: Vec<Piece>,
    pub(crate) transferts: Vec<Piece>,
    pub(crate) fhir: Vec<Piece>,
    pub(crate) hl7: Vec<Piece>,
}

/// Paths of pieces.
pub(crate) fn chemins<'a>(pieces: impl IntoIterator<Item = &'a Piece>) -> Vec<PathBuf> {
    pieces.into_iter().map(|piece| piece.chemin.clone()).collect()
}

impl Produits {
    pub(crate) fn dans(nom: &str) -> Self {
        let dossier = Path::new(env!("CARGO_TARGET_TMPDIR")).join(nom);
        let _ = std::fs::remove_dir_all(&dossier);
        Self { dossier, ..Self::default() }
    }

    /// Writes a file of the run.
    pub(crate) fn ecrire(&self, nom: &str, octets: &[u8]) -> PathBuf {
        let chemin = self.dossier.join(nom);
        std::fs::create_dir_all(chemin.parent().unwrap()).unwrap();
        std::fs::write(&chemin, octets).unwrap();
        chemin
    }

    fn piece(&self, nom: &str, octets: &[u8], personne: Option<&Personne>) -> Piece {
        Piece { chemin: self.ecrire(nom, octets), personne: personne.cloned() }
    }

    /// Everything, for these persons.
    pub(crate) async fn produire(&mut self, maisons: &Maisons, personnes: &[Personne]) {
        for personne in personnes {
            let maison = &maisons.lieux[personne.maison];
            self.transfert(maisons, maison, personne).await;
            demander_envoi(maisons, maison, personne).await;
        }
        let remis = maisons.worker.settle(&maisons.services).await.unwrap();
        assert!(remis >= personnes.len(), "{remis} messages handled");
        for maison in 0..3 {
            let lane = liaisons::lane_envois(semis::etablissement_id(maison));
            let lus: Vec<store::Stored<liaisons::Envoi>> =
                maisons.store.list(&store::Reach::All, &store::Query::lane(&lane)).await.unwrap();
            for lu in lus {
                assert_eq!(lu.etat(), liaisons::Suivi::Remis, "{:?}", lu.pas);
            }
        }
        self.courriels(maisons, personnes).await;
        self.interface(maisons, personnes).await;
        self.accuses(maisons, personnes).await;
    }

    async fn transfert(&mut self, maisons: &Maisons, maison: &Maison, personne: &Personne) {
        let id = maisons.services.clock.fresh_id().to_string();
        let page = format!("/residents/{}/export-dui", personne.id);
        maisons.envoyer(&maison.secretaire, &page, &[("id", &id), ("geste", "garder")]).await;
        let fichier = format!("/residents/{}/documents/{id}/fichier", personne.id);
        let octets = maisons.lire(&maison.infirmiere, &fichier).await.octets;
        self.transferts.push(self.piece(&format!("tddui/{}.json", personne.cle), &octets, Some(personne)));
    }

    /// Packages as the hospital's mailbox has them, and the documents inside.
    async fn courriels(&mut self, maisons: &Maisons, personnes: &[Personne]) {
        let mut restants: BTreeSet<&str> = personnes.iter().map(|personne| personne.cle.as_str()).collect();
        for octets in maisons.courriels(personnes.len()).await {
            let courriel = mssante::parse(&octets, &mssante::Limits::default()).unwrap();
            let mssante::MailKind::Documents { packages, readable: Some(_) } = &courriel.kind else {
                panic!("{:?}", courriel.kind)
            };
            let colis = &courriel.attachments[packages[0]].bytes;
            let lu = xdm::read(colis, &Limits::default()).unwrap();
            assert_eq!((lu.subsets.len(), lu.warnings.len()), (1, 0), "{:?}", lu.warnings);
            let documents = &lu.subsets[0].documents;
            assert_eq!(documents.len(), 2);
            let personne = personnes.iter().find(|une| parle_de(&documents[0].bytes, une)).unwrap();
            assert!(restants.remove(personne.cle.as_str()), "{} twice", personne.cle);
            self.colis.push(self.piece(&format!("xdm/{}/IHE_XDM.ZIP", personne.cle), colis, Some(personne)));
            for document in documents {
                let est_dlu = document.entry.type_code.as_ref().is_some_and(|code| code.code == DLU);
                let genre = if est_dlu { "dlu" } else { "n1" };
                verifier_metadonnees(&document.entry, personne);
                let piece = self.piece(&format!("cda/{}-{genre}.xml", personne.cle), &document.bytes, Some(personne));
                if est_dlu { self.dlus.push(piece) } else { self.niveaux_1.push(piece) }
            }
        }
        assert!(restants.is_empty(), "no mail about {restants:?}");
    }

    /// What the programs of hospitals read: each person, the whole of their record, searches.
    async fn interface(&mut self, maisons: &Maisons, personnes: &[Personne]) {
        for personne in personnes {
            let jeton = &maisons.lieux[personne.maison].application;
            let sujet = format!("/fhir/Patient/{}", personne.id);
            let mut adresses = vec![("patient".to_owned(), sujet.clone())];
            if personne.bord || personne.cle.ends_with('0') {
                let cherche = |genre: &&str| (format!("recherche-{genre}"), format!("/fhir/{genre}?patient={}", personne.id));
                adresses.extend(GENRES.iter().map(cherche));
                adresses.push(("recherche-Patient".into(), format!("/fhir/Patient?_id={}", personne.id)));
                adresses.push(("versions".into(), format!("{sujet}/_history")));
            }
            for (nom, adresse) in adresses {
                let reponse = maisons.fhir(jeton, &adresse).await;
                assert_eq!(reponse.status, 200, "{adresse}: {}", reponse.texte);
                let piece = self.piece(&format!("fhir/{}-{nom}.json", personne.cle), &reponse.octets, Some(personne));
                self.fhir.push(piece);
            }
            self.tout(maisons, (jeton, &sujet), personne).await;
        }
        let jeton = &maisons.lieux[0].application;
        for (nom, adresse, statut) in
            [("capacites", "/fhir/metadata", 200), ("inconnu", "/fhir/Patient/inconnu", 404), ("refus", "/fhir/Observation", 400)]
        {
            let reponse = maisons.fhir(jeton, adresse).await;
            assert_eq!(reponse.status, statut, "{adresse}: {}", reponse.texte);
            self.fhir.push(self.piece(&format!("fhir/{nom}.json"), &reponse.octets, None));
        }
        self.publications(maisons, &personnes[0]).await;
    }

    /// `$everything`, page after page.
    async fn tout(&mut self, maisons: &Maisons, (jeton, sujet): (&str, &str), personne: &Personne) {
        let mut suite = Some(format!("{sujet}/$everything?_count=40"));
        let mut page = 0;
        while let Some(adresse) = suite {
            let reponse = maisons.fhir(jeton, &adresse).await;
            assert_eq!(reponse.status, 200, "{adresse}: {}", reponse.texte);
            self.fhir.push(self.piece(&format!("fhir/{}-tout-{page}.json", personne.cle), &reponse.octets, Some(personne)));
            let lue: Value = serde_json::from_slice(&reponse.octets).unwrap();
            let liens = lue["link"].as_array().cloned().unwrap_or_default();
            let suivante = liens.iter().find(|lien| lien["relation"] == "next").and_then(|lien| lien["url"].as_str());
            suite = suivante.map(|url| url.split_once("/fhir").map(|(_, reste)| format!("/fhir{reste}")).unwrap());
            page += 1;
            assert!(page < 40, "the pages of one record end");
        }
    }

    /// Answers to the publications of others (ITI-105, ITI-65).
    async fn publications(&mut self, maisons: &Maisons, personne: &Personne) {
        let jeton = &maisons.lieux[personne.maison].application;
        let data = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, PDF);
        let document = |piece: Value| {
            json!({
                "resourceType": "DocumentReference", "status": "current",
                "type": { "coding": [{ "system": "http://loinc.org", "code": "11490-0" }] },
                "subject": { "reference": format!("Patient/{}", personne.id) },
                "content": [{ "attachment": piece }],
            })
        };
        let simple = document(json!({ "contentType": "application/pdf", "data": data }));
        let lot = json!({
            "resourceType": "Bundle", "type": "transaction",
            "entry": [
                { "fullUrl": "urn:uuid:b", "resource": { "resourceType": "Binary", "contentType": "application/pdf", "data": data },
                  "request": { "method": "POST", "url": "Binary" } },
                { "fullUrl": "urn:uuid:d", "resource": document(json!({ "contentType": "application/pdf", "url": "urn:uuid:b" })),
                  "request": { "method": "POST", "url": "DocumentReference" } },
            ],
        });
        for (nom, adresse, corps) in [("iti-105", "/fhir/DocumentReference", simple), ("iti-65", "/fhir", lot)] {
            let reponse = maisons.publier(jeton, adresse, &corps).await;
            assert!(reponse.status.is_success(), "{nom}: {}", reponse.texte);
            self.fhir.push(self.piece(&format!("fhir/{nom}.json"), &reponse.octets, None));
        }
    }

    /// What the listener answers: to movements of these persons, to what it cannot read.
    async fn accuses(&mut self, maisons: &Maisons, personnes: &[Personne]) {
        let mut messages: Vec<(String, Vec<u8>, &str)> = personnes
            .iter()
            .enumerate()
            .map(|(rang, personne)| (personne.cle.clone(), admission(&format!("7{rang:03}"), personne), "AA"))
            .collect();
        for (nom, message, code) in [
            ("sans-numero", "MSH|^~\\&|GAM|CHU|DUI|EHPAD|20261120101500||ADT^A01^ADT_A01||T|2.5\rPID|1\r", "AE"),
            ("version-inconnue", "MSH|^~\\&|GAM|CHU|DUI|EHPAD|20261120101500||ADT^A01|42|T|9.9\rPID|1\r", "AE"),
            ("segment-seul", "MSH|^~\\&|GAM|CHU|DUI|EHPAD|20261120101500||ADT^A01|43|T|2.5\r", "AA"),
            ("pas-hl7", "%PDF-1.4 ceci n'est pas un message", "AE"),
        ] {
            messages.push((nom.to_owned(), message.as_bytes().to_vec(), code));
        }
        for (nom, message, code) in messages {
            let accuse = mllp::send(maisons.mllp, &message, Duration::from_secs(30), None).await.unwrap();
            let texte = String::from_utf8_lossy(&accuse).into_owned();
            assert!(texte.contains(&format!("MSA|{code}|")), "{nom}: {texte}");
            self.hl7.push(self.piece(&format!("hl7/{nom}.er7"), &accuse, None));
        }
    }

    /// The INS rule: the number leaves when it is qualified, and nothing of it otherwise, in any exchange.
    pub(crate) fn regle_de_l_ins(&self) {
        let (mut dites, mut tues) = (0, 0);
        for piece in self.dlus.iter().chain(&self.niveaux_1).chain(&self.transferts).chain(&self.fhir) {
            let Some(personne) = &piece.personne else { continue };
            let octets = std::fs::read(&piece.chemin).unwrap();
            let texte = String::from_utf8_lossy(&octets);
            let ou = piece.chemin.display();
            if let Some(numero) = &personne.ins {
                let identite = !piece.chemin.to_string_lossy().contains("recherche-") && !ou.to_string().contains("-tout-");
                assert!(!identite || texte.contains(numero.as_str()), "{ou}: the qualified number is absent");
                dites += 1;
            } else {
                assert!(personne.tu.as_ref().is_none_or(|numero| !texte.contains(numero.as_str())), "{ou}: a number leaves");
                // The end of an OID is a quote in XML as in JSON.
                for oid in OIDS {
                    assert!(!texte.contains(&format!("{oid}\"")), "{ou}: {oid} without a qualified identity");
                }
                tues += 1;
            }
        }
        assert!(dites > 100 && tues > 50, "{dites} files with a number, {tues} without");
    }
}

/// True when a document names this person, by their number or the identifier of the house.
fn parle_de(octets: &[u8], personne: &Personne) -> bool {
    String::from_utf8_lossy(octets).contains(&personne.id.to_string())
}

fn verifier_metadonnees(entree: &DocumentEntry, personne: &Personne) {
    let ins = entree.patient_id.as_ref().filter(|id| id.is_ins()).map(|id| id.value.clone());
    assert_eq!(ins, personne.ins, "{}", personne.cle);
}

/// Signs the DLU, puts a PDF in the record, and sends both to the hospital.
async fn demander_envoi(maisons: &Maisons, maison: &Maison, personne: &Personne) {
    let dossier = format!("/residents/{}", personne.id);
    maisons.envoyer(&maison.infirmiere, &format!("{dossier}/dlu/signature"), &[]).await;
    let champs = [("id", Uuid::from_u128(personne.id.0.as_u128() ^ 1).to_string())];
    let champs = [
        ("id", champs[0].1.as_str()),
        ("type", "11490-0"),
        ("titre", "Lettre de liaison à l'entrée"),
        ("auteur", "Dr Odile VERMEILLE"),
        ("date", "2026-11-20"),
    ];
    maisons.deposer(&maison.infirmiere, &format!("{dossier}/documents"), &champs, ("lettre.pdf", PDF)).await;
    let formulaire = maisons.lire(&maison.infirmiere, &format!("{dossier}/envois/nouveau")).await.texte;
    let ids: Vec<&str> =
        formulaire.split("name=\"documents\" value=\"").skip(1).filter_map(|reste| reste.split('"').next()).collect();
    assert_eq!(ids.len(), 2, "{formulaire}");
    let mut champs = vec![("destinataire-0", HOPITAL), ("accuse", "oui")];
    champs.extend(ids.iter().map(|id| ("documents", *id)));
    maisons.envoyer(&maison.infirmiere, &format!("{dossier}/envois"), &champs).await;
}

/// An admission of the hospital about somebody of the run.
fn admission(numero: &str, personne: &Personne) -> Vec<u8> {
    let ins = personne.ins.as_deref().unwrap_or("299999999999999");
    format!(
        "MSH|^~\\&|GAM|CHU|DUI|EHPAD|20261120101500||ADT^A01^ADT_A01|{numero}|T|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR||2.11^IHE_FRANCE-2.11-PAM\r\
         EVN||20261120101500||||20261120100000\r\
         PID|1||77{numero}^^^CHU&750000999&M^PI~{ins}^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.11&ISO^INS^^20101207||ESSAI^ANNA^ANNA^^^^L||19360412|F|||^^^^^^BDL^^63113|||||||||||||||||||||VALI\r\
         PV1|1|I|MED^^^CHU&750000999&M||||||||||||||||26-{numero}^^^CHU&750000999&M^VN||||||||||||||||||||||||||||||||V\r\
         ZBE|M-{numero}^GAM|20261120100000||INSERT|N||Médecine^^^^^CHU&750000999&M^UF^^^2210|Médecine^^^^^CHU&750000999&M^UF^^^2210|HMS\r"
    )
    .into_bytes()
}
