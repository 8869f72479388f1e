//! One house with its mailbox, a directory with a hospital, a resident whose identity is qualified; the worker by hand.

use correspondants::{Adresse, Correspondant, GenreMessagerie, Messagerie};
use courriers_mssante::Reglages;
use kernel::ins::{DocumentIdentite, Identite, Ins, LieuNaissance, Matricule, Oid, Sexe, Traits};
use liaisons::Envoi;
pub(crate) use monde_essai::une_maison::{ANNA, AS, ETAB, IDE};
use platform::store::{Query, Reach, Stored};
use platform::worker::Worker;
use testkit::TestStore;
use usagers::Identification;
use uuid::Uuid;

pub(crate) const BOITE: &str = "dui.ehpad@ehpad-test.mssante.fr";
pub(crate) const HOPITAL: &str = "medecin@hopital-test.mssante.fr";

pub(crate) struct Monde {
    monde: monde_essai::Monde,
    worker: Worker,
}

impl std::ops::Deref for Monde {
    type Target = monde_essai::Monde;

    fn deref(&self) -> &monde_essai::Monde {
        &self.monde
    }
}

pub(crate) fn identite() -> Identite {
    let lieu = LieuNaissance::new("51215").expect("place");
    let naissance = "1979-03-28".parse().expect("date");
    let traits = Traits::new("PAT-TROIS", "DOMINIQUE MARIE-LOUISE", naissance, Sexe::Feminin, lieu).expect("traits");
    let ins = Ins::new(Matricule::new("279035121518989").expect("number"), Oid::Test).expect("ins");
    Identite::provisoire(traits.clone())
        .insi_obtenue(ins, traits)
        .expect("insi")
        .document_verifie(DocumentIdentite::Passeport)
        .expect("document")
}

impl Monde {
    pub(crate) async fn new(store: TestStore, reglages: Option<Reglages>) -> Self {
        let monde = Self::sans_identite(store, reglages).await;
        let fiche =
            Identification { usager: ANNA, etablissement: ETAB, identite: identite(), nom_utilise: None, prenom_utilise: None };
        monde.ecrire(Identification::id(ANNA), &fiche).await;
        monde
    }

    /// The same before anybody wrote who the resident is.
    pub(crate) async fn sans_identite(store: TestStore, reglages: Option<Reglages>) -> Self {
        receptions::installer();
        let modules = vec![
            documents_sortants::module(),
            urgences::module(),
            medical::module(),
            documents::module(),
            liaisons::module(),
            correspondants::module(),
            sejours::module(),
            usagers::module(),
        ];
        let monde = monde_essai::une_maison::semer(monde_essai::Monde::nouveau(store, true, modules)).await;
        let hopital = Correspondant {
            nom: "CHU d'essai".into(),
            genre: "hopital".into(),
            sites: Vec::new(),
            adresses: vec![Adresse { adresse: HOPITAL.into(), service: "urgences".into(), urgences: true }],
            telephone: String::new(),
            rpps: String::new(),
            etablissements: Vec::new(),
            actif: true,
        };
        monde.ecrire(Uuid::from_u128(0xC0), &hopital).await;
        let boite = Messagerie {
            adresse: BOITE.into(),
            nom: "EHPAD d'essai".into(),
            genre: GenreMessagerie::Etablissement,
            etablissement: ETAB,
            titulaire: None,
            profils: Vec::new(),
            active: true,
        };
        monde.ecrire(Uuid::from_u128(0xB0), &boite).await;
        let mut worker = Worker::default();
        documents::planifier(&mut worker);
        liaisons::planifier(&mut worker);
        documents_sortants::planifier(&mut worker);
        courriers_mssante::planifier(&mut worker, reglages);
        Self { monde, worker }
    }

    /// Does what the worker would do now.
    pub(crate) async fn travailler(&self) -> Result<usize, platform::Erreur> {
        self.worker.settle(&self.services).await
    }

    /// A carer asks on the call sheet that the DLU leaves.
    pub(crate) async fn demander_dlu(&self) {
        let fiche = self.lire(AS, &format!("/residents/{ANNA}/urgence")).await;
        assert!(fiche.texte.contains("CHU d'essai, urgences"), "{}", fiche.texte);
        let champs = [
            ("id", "00000000-0000-4000-8000-0000000000d1"),
            ("quoi", "dlu"),
            ("a_qui", "CHU d'essai, urgences"),
            ("adresse", HOPITAL),
        ];
        let fait = self.envoyer(AS, &format!("/residents/{ANNA}/urgence/etape"), &champs).await;
        assert_eq!(fait.status, http::StatusCode::SEE_OTHER, "{}", fait.texte);
    }

    pub(crate) async fn envois(&self) -> Vec<Stored<Envoi>> {
        self.store.list(&Reach::All, &Query::lane(&liaisons::lane_envois(ETAB))).await.expect("list")
    }
}
