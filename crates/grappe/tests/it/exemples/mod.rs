//! Every official example through the real doors: filed to the right person or waiting in sight with its reason, readable, and
//! its structured parts listed.
//!
//! What is expected was written from the examples themselves (`attendus.rs`, `lignes.txt`), never from what we answer.

mod attendus;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use documents::{Attente, Canal, EtatReception, Reception};
use kernel::id::UsagerId;
use kernel::ins::{DocumentIdentite, Identite, Ins, LieuNaissance, Matricule, Oid, Sexe, Traits};
use platform::worker::Worker;
use propositions::{Lecture, Proposition};
use serde_json::Value;
use store::{Batch, Query, Reach, Stored};
use testkit::{Engine, TestStore};
use transfert_dui::{DossierEntrant, EtatEntrant};
use usagers::Identification;
use uuid::Uuid;

use crate::conformite::maisons::Maisons;
use crate::monde::ligne;
use attendus::{Attendu, Devenir, Sort};

/// Every file of the folders of examples, by its path under the material.
fn tous(racine: &Path) -> BTreeSet<String> {
    let mut dossiers: Vec<PathBuf> =
        ["cda/examples", "hl7v2", "tddui-2.4.0/examples", "fhir"].map(|nom| racine.join(nom)).to_vec();
    let mut trouves = BTreeSet::new();
    while let Some(dossier) = dossiers.pop() {
        for chemin in std::fs::read_dir(dossier).unwrap().map(|entree| entree.unwrap().path()) {
            let exemple = chemin
                .extension()
                .is_some_and(|fin| ["xml", "er7", "hl7", "json"].iter().any(|connue| fin.eq_ignore_ascii_case(connue)));
            if chemin.is_dir() {
                dossiers.push(chemin);
            } else if exemple {
                trouves.insert(chemin.strip_prefix(racine).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    trouves
}

struct Essai {
    maisons: Maisons,
    /// The resident who has the identity of the examples.
    anna: UsagerId,
    racine: PathBuf,
}

#[test]
fn every_official_example_is_filed_or_waits_in_sight_and_its_structured_parts_are_listed() {
    let Some(racine) = testkit::interop_or_skip() else { return };
    testkit::run(Engine::Sqlite, |store| async move {
        let essai = Essai::ouvrir(store, racine).await;
        let attendus = attendus::tous();
        let nommes: BTreeSet<String> = attendus.iter().map(|un| un.fichier.to_owned()).collect();
        assert_eq!(tous(&essai.racine), nommes, "every example has what is expected of it");
        for attendu in &attendus {
            let octets = std::fs::read(essai.racine.join(attendu.fichier)).unwrap();
            match attendu.devenir {
                Devenir::Dossier => essai.dossier(attendu, &octets).await,
                Devenir::Publication(adresse, statut, raison) => {
                    essai.publication(attendu, (adresse, statut, raison), &octets).await;
                }
                Devenir::Fichier(ref sorts) => essai.fichier(attendu, sorts, &octets).await,
                Devenir::Message(ref sorts) => essai.message(attendu, sorts, &octets).await,
            }
        }
    });
}

impl Essai {
    async fn ouvrir(store: TestStore, racine: PathBuf) -> Self {
        let maisons = Maisons::ouvrir(store, 0, None).await;
        let anna = semis::usager_id(maisons.recit.grappe.lit_de(demo::recit::GENETS, 214).unwrap());
        let lieu = LieuNaissance::new("51215").unwrap();
        let naissance = "1979-03-28".parse().unwrap();
        let traits = Traits::new("PAT-TROIS", "DOMINIQUE MARIE-LOUISE", naissance, Sexe::Feminin, lieu).unwrap();
        let ins = Ins::new(Matricule::new("279035121518989").unwrap(), Oid::Test).unwrap();
        let identite = Identite::provisoire(traits.clone()).insi_obtenue(ins, traits).unwrap();
        let identite = identite.document_verifie(DocumentIdentite::Passeport).unwrap();
        let lue: Stored<Identification> = maisons.store.get(&Reach::All, Identification::id(anna)).await.unwrap().unwrap();
        let mut batch = Batch::default();
        let now = maisons.services.clock.now();
        batch.update(&lue, Uuid::nil(), now, &Identification { identite, ..lue.value.clone() }).unwrap();
        maisons.store.commit(batch.with_line(ligne(now))).await.unwrap();
        Self { maisons, anna, racine }
    }

    fn infirmiere(&self) -> &str {
        &self.maisons.lieux[0].infirmiere
    }

    fn worker(&self) -> &Worker {
        &self.maisons.worker
    }

    async fn receptions(&self) -> BTreeMap<Uuid, Stored<Reception>> {
        let mut toutes = BTreeMap::new();
        let maison = semis::etablissement_id(0).0;
        for lane in [documents::lane_attente(maison), documents::lane_traitees(maison)] {
            let lues: Vec<Stored<Reception>> = self.maisons.store.list(&Reach::All, &Query::lane(&lane)).await.unwrap();
            toutes.extend(lues.into_iter().map(|lue| (lue.id, lue)));
        }
        toutes
    }

    /// Gives the bytes to a door, lets the worker do all it has to, and gives the receptions which are new.
    async fn nouvelles(&self, avant: &BTreeMap<Uuid, Stored<Reception>>) -> Vec<Stored<Reception>> {
        self.worker().settle(&self.maisons.services).await.unwrap();
        let mut neuves: Vec<_> =
            self.receptions().await.into_iter().filter(|(id, _)| !avant.contains_key(id)).map(|(_, lue)| lue).collect();
        neuves.sort_by_key(|lue| (lue.profondeur, lue.nom.clone(), lue.id));
        neuves
    }

    async fn fichier(&self, attendu: &Attendu, sorts: &[Sort], octets: &[u8]) {
        let avant = self.receptions().await;
        let canal =
            Canal { code: "fichier".into(), etablissement: Some(semis::etablissement_id(0)), emetteur: "CHU d'essai".into() };
        let nom = attendu.fichier.rsplit('/').next().unwrap();
        documents::recevoir(&self.maisons.services, canal, nom, octets).await.unwrap();
        let neuves = self.nouvelles(&avant).await;
        self.juger(attendu, sorts, &neuves).await;
    }

    async fn message(&self, attendu: &Attendu, sorts: &[Sort], octets: &[u8]) {
        let avant = self.receptions().await;
        let accuse = mllp::send(self.maisons.mllp, octets, Duration::from_secs(30), None).await.unwrap();
        let texte = String::from_utf8_lossy(&accuse);
        assert!(texte.contains("MSA|AA|"), "{}: {texte}", attendu.fichier);
        let neuves = self.nouvelles(&avant).await;
        self.juger(attendu, sorts, &neuves).await;
    }

    /// What became of the file and of the files it held, in this order.
    async fn juger(&self, attendu: &Attendu, sorts: &[Sort], neuves: &[Stored<Reception>]) {
        let fichier = attendu.fichier;
        let etats: Vec<&EtatReception> = neuves.iter().map(|lue| &lue.etat).collect();
        assert_eq!(neuves.len(), sorts.len(), "{fichier}: {etats:?}");
        for (lue, sort) in neuves.iter().zip(sorts) {
            match (&lue.etat, sort) {
                (EtatReception::Classee { usager, document, automatique: true, .. }, Sort::Classe) => {
                    assert_eq!(*usager, self.anna, "{fichier}");
                    self.lisible(attendu, *document).await;
                }
                (EtatReception::Ouverte { parties }, Sort::Ouvert) => assert_eq!(*parties as usize, sorts.len() - 1, "{fichier}"),
                (EtatReception::Doublon { .. }, Sort::Doublon) => self.en_vue(fichier, lue, "déjà reçu").await,
                (EtatReception::EnAttente { raison, .. }, Sort::Attend(attendue)) => {
                    assert_eq!(raison, attendue, "{fichier}: {:?}", lue.etat);
                    self.en_vue(fichier, lue, raison.libelle()).await;
                    self.lu_avant(attendu, lue).await;
                }
                (EtatReception::EnAttente { raison, .. }, Sort::ClasseParQuelquUn(attendue)) => {
                    assert_eq!(raison, attendue, "{fichier}: {:?}", lue.etat);
                    self.en_vue(fichier, lue, raison.libelle()).await;
                    self.lu_avant(attendu, lue).await;
                    self.classer(attendu, lue).await;
                }
                (autre, sort) => panic!("{fichier}: {autre:?}, and {sort:?} was expected"),
            }
        }
    }

    /// On the queue with its reason, and its own page opens.
    async fn en_vue(&self, fichier: &str, lue: &Stored<Reception>, raison: &str) {
        let file = self.maisons.lire(self.infirmiere(), "/liaisons/reception").await.texte;
        let traites = self.maisons.lire(self.infirmiere(), "/liaisons/reception?vue=traites").await.texte;
        let adresse = format!("/liaisons/reception/{}", lue.id);
        assert!(file.contains(&adresse) || traites.contains(&adresse), "{fichier} is on no list");
        let page = self.maisons.lire(self.infirmiere(), &adresse).await.texte;
        assert!(page.contains(raison), "{fichier}: « {raison} » is not said: {page}");
    }

    /// Read on a page before anybody files it, when there is something to read.
    async fn lu_avant(&self, attendu: &Attendu, lue: &Stored<Reception>) {
        let lisible = lue.apercu.as_ref().is_some_and(documents::Apercu::est_lisible);
        let adresse = format!("/liaisons/reception/{}/lecture", lue.id);
        let propose = self.maisons.lire(self.infirmiere(), &format!("/liaisons/reception/{}", lue.id)).await.texte;
        assert_eq!(propose.contains(&adresse), lisible, "{}", attendu.fichier);
        if lisible {
            let page = self.maisons.lire(self.infirmiere(), &adresse).await.texte;
            for mots in attendu.mots {
                assert!(page.contains(mots), "{}: « {mots} » is not read before it is filed: {page}", attendu.fichier);
            }
        } else {
            assert!(attendu.mots.is_empty(), "{} is not readable", attendu.fichier);
        }
    }

    /// A nurse files it by hand to the person she compared.
    async fn classer(&self, attendu: &Attendu, lue: &Stored<Reception>) {
        let adresse = format!("/liaisons/reception/{}/classer", lue.id);
        let (usager, version) = (self.anna.to_string(), lue.version.to_string());
        self.maisons.envoyer(self.infirmiere(), &adresse, &[("usager", &usager), ("version", &version)]).await;
        self.worker().settle(&self.maisons.services).await.unwrap();
        let apres: Stored<Reception> = self.maisons.store.get(&Reach::All, lue.id).await.unwrap().unwrap();
        let EtatReception::Classee { usager, document, automatique: false, .. } = apres.etat else {
            panic!("{}: {:?}", attendu.fichier, apres.etat)
        };
        assert_eq!(usager, self.anna);
        self.lisible(attendu, document).await;
    }

    /// The page of the document opens, with words of the example, its original intact, and its lines listed.
    async fn lisible(&self, attendu: &Attendu, document: Uuid) {
        let fichier = attendu.fichier;
        let adresse = format!("/residents/{}/documents/{document}", self.anna);
        let page = self.maisons.lire(self.infirmiere(), &adresse).await.texte;
        for mots in attendu.mots {
            assert!(page.contains(mots), "{fichier}: « {mots} » is not on its page: {page}");
        }
        let propositions: Vec<Stored<Proposition>> =
            self.maisons.store.list(&Reach::All, &Query::person(self.anna)).await.unwrap();
        let mut lignes: Vec<String> =
            propositions.iter().filter(|lue| lue.source.document == document).map(|lue| attendus::dire(&lue.ligne)).collect();
        lignes.sort();
        let mut prevues = attendus::lignes(fichier);
        prevues.sort();
        assert_eq!(lignes, prevues, "{fichier}");
        let lecture: Option<Stored<Lecture>> = self.maisons.store.get(&Reach::All, Lecture::id(document)).await.unwrap();
        assert!(lecture.is_some(), "{fichier}: its reading is written");
        if !lignes.is_empty() {
            assert!(page.contains("Lignes lues"), "{fichier}: its page says nothing of its lines: {page}");
            let liste = format!("/residents/{}/propositions?document={document}", self.anna);
            let liste = self.maisons.lire(self.infirmiere(), &liste).await.texte;
            assert!(liste.contains("accepter"), "{fichier}: its lines are offered one by one");
        }
    }

    /// A record of another software waits for a decision, and its page says whose it is.
    async fn dossier(&self, attendu: &Attendu, octets: &[u8]) {
        let fichier = attendu.fichier;
        let canal = transfert_dui::Canal {
            code: "fichier".into(),
            etablissement: Some(semis::etablissement_id(0)),
            emetteur: "Autre logiciel".into(),
        };
        assert!(transfert_dui::est_un_dossier(octets), "{fichier}");
        let nom = fichier.rsplit('/').next().unwrap();
        let lu: Stored<DossierEntrant> = transfert_dui::recevoir(&self.maisons.services, canal, nom, octets).await.unwrap();
        assert_eq!(lu.etat, EtatEntrant::ADecider, "{fichier}");
        let jeton = &self.maisons.lieux[0].secretaire;
        let adresse = format!("/transferts/entrants/{}", lu.id);
        assert!(self.maisons.lire(jeton, "/transferts/entrants").await.texte.contains(&adresse), "{fichier} is on no list");
        let page = self.maisons.lire(jeton, &adresse).await.texte;
        for mots in attendu.mots {
            assert!(page.contains(mots), "{fichier}: {page}");
        }
    }

    /// Through the interface, as another vendor's program publishes: what is kept is in sight.
    async fn publication(&self, attendu: &Attendu, (adresse, statut, raison): (&str, u16, Option<Attente>), octets: &[u8]) {
        let avant = self.receptions().await;
        let corps: Value = serde_json::from_slice(octets).unwrap();
        let reponse = self.maisons.publier(&self.maisons.lieux[0].application, adresse, &corps).await;
        assert_eq!(reponse.status.as_u16(), statut, "{}: {}", attendu.fichier, reponse.texte);
        let neuves = self.nouvelles(&avant).await;
        assert_eq!(neuves.len(), 1, "{}", attendu.fichier);
        assert_eq!(neuves[0].etat.attente(), raison, "{}: {:?}", attendu.fichier, neuves[0].etat);
        self.en_vue(attendu.fichier, &neuves[0], raison.map_or("déjà reçu", Attente::libelle)).await;
    }
}
