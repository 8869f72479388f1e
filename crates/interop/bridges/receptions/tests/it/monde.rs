//! One house, a resident with the identity of the official examples, the sas with its reader in its own process.

use documents::{Canal, EtatReception, Reception};
use kernel::ins::{DocumentIdentite, Identite, Ins, LieuNaissance, Matricule, Oid, Sexe, Traits};
pub(crate) use monde_essai::une_maison::{ANNA, ETAB, IDE};
use platform::store::{Query, Reach, Stored};
use testkit::TestStore;
use usagers::Identification;

pub(crate) struct Monde(monde_essai::Monde);

impl std::ops::Deref for Monde {
    type Target = monde_essai::Monde;

    fn deref(&self) -> &monde_essai::Monde {
        &self.0
    }
}

impl Monde {
    pub(crate) async fn new(store: TestStore) -> Self {
        receptions::installer();
        documents::installer_lecteur(env!("CARGO_BIN_EXE_lire-fichier").into(), None);
        let monde = monde_essai::Monde::nouveau(store, true, vec![documents::module()]);
        let monde = Self(monde_essai::une_maison::semer(monde).await);
        let lieu = LieuNaissance::new("51215").expect("place");
        let naissance = "1979-03-28".parse().expect("date");
        let traits = Traits::new("PAT-TROIS", "DOMINIQUE MARIE-LOUISE", naissance, Sexe::Feminin, lieu).expect("traits");
        let ins = Ins::new(Matricule::new("279035121518989").expect("number"), Oid::Test).expect("ins");
        let identite = Identite::provisoire(traits.clone()).insi_obtenue(ins, traits).expect("insi");
        let identite = identite.document_verifie(DocumentIdentite::Passeport).expect("document");
        let fiche = Identification { usager: ANNA, etablissement: ETAB, identite, nom_utilise: None, prenom_utilise: None };
        monde.ecrire(Identification::id(ANNA), &fiche).await;
        monde
    }

    pub(crate) async fn recevoir(&self, nom: &str, octets: &[u8]) -> Stored<Reception> {
        let canal =
            Canal { code: "mssante".into(), etablissement: Some(ETAB), emetteur: "urgences@hopital-test.mssante.fr".into() };
        documents::recevoir(&self.services, canal, nom, octets).await.expect("received")
    }

    /// What a received file held, in its order.
    pub(crate) async fn parties(&self, enveloppe: &Stored<Reception>) -> Vec<Stored<Reception>> {
        let mut lues: Vec<Stored<Reception>> =
            self.store.list(&Reach::All, &Query::lane2(&documents::lane_contenues(enveloppe.id))).await.expect("list");
        lues.sort_by_key(|lue| lue.nom.clone());
        lues
    }

    /// Every reception of the house, whatever its state.
    pub(crate) async fn toutes(&self) -> Vec<EtatReception> {
        let mut etats = Vec::new();
        for lane in [documents::lane_attente(ETAB.0), documents::lane_traitees(ETAB.0)] {
            let lues: Vec<Stored<Reception>> = self.store.list(&Reach::All, &Query::lane(&lane)).await.expect("list");
            etats.extend(lues.into_iter().map(|lue| lue.value.etat));
        }
        etats
    }
}
