//! One house, listeners on loopback, and messages of an imaginary hospital.

use std::net::SocketAddr;
use std::time::Duration;

use documents::{EtatReception, Reception};
use hl7v2::{Ack, Limits, Message};
use monde_essai::une_maison;
use mouvements_hl7v2::{Ecoute, Reglages, Tls};
use platform::store::{Query, Reach, Stored};
use testkit::TestStore;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Long enough for anything that must happen.
pub(crate) const BIENTOT: Duration = Duration::from_secs(30);

/// The house and its open listener.
pub(crate) struct Monde {
    pub(crate) maison: monde_essai::Monde,
    pub(crate) adresse: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    servi: Option<JoinHandle<()>>,
}

impl std::ops::Deref for Monde {
    type Target = monde_essai::Monde;

    fn deref(&self) -> &monde_essai::Monde {
        &self.maison
    }
}

pub(crate) fn reglages() -> Reglages {
    Reglages {
        adresse: SocketAddr::from(([127, 0, 0, 1], 0)),
        correspondant: "CH d'Ormes".into(),
        finess: Some("750000018".into()),
        tls: None,
    }
}

impl Monde {
    pub(crate) async fn new(store: TestStore) -> Self {
        Self::avec(store, None).await
    }

    pub(crate) async fn avec(store: TestStore, tls: Option<Tls>) -> Self {
        let monde = monde_essai::Monde::nouveau(store, true, vec![documents::module(), sejours::module()]);
        let mut monde = Self {
            maison: une_maison::semer(monde).await,
            adresse: SocketAddr::from(([127, 0, 0, 1], 0)),
            stop: None,
            servi: None,
        };
        monde.ouvrir(Reglages { tls, ..reglages() }).await;
        monde
    }

    /// Listens; the listener before this one, if any, is stopped.
    pub(crate) async fn ouvrir(&mut self, reglages: Reglages) {
        self.arreter().await;
        let ecoute = Ecoute::ouvrir(&self.maison.services, &reglages).await.expect("listening");
        self.adresse = ecoute.adresse();
        let (stop, arrete) = oneshot::channel::<()>();
        self.stop = Some(stop);
        self.servi = Some(tokio::spawn(ecoute.servir(async { drop(arrete.await) })));
    }

    /// Stops the listener and waits until it has.
    pub(crate) async fn arreter(&mut self) {
        drop(self.stop.take());
        if let Some(servi) = self.servi.take() {
            tokio::time::timeout(BIENTOT, servi).await.expect("stopped").expect("no panic");
        }
    }

    /// Sends one message as a hospital does, and reads its acknowledgment.
    pub(crate) async fn envoyer(&self, octets: &[u8]) -> Ack {
        lire_ack(&mllp::send(self.adresse, octets, BIENTOT, None).await.expect("acknowledged"))
    }

    /// The receptions of every place, oldest first.
    pub(crate) async fn receptions(&self) -> Vec<Stored<Reception>> {
        let mut toutes = Vec::new();
        for lane in [documents::lane_attente(une_maison::ETAB.0), documents::lane_traitees(une_maison::ETAB.0)] {
            toutes.extend(self.store.list::<Reception>(&Reach::All, &Query::lane(&lane)).await.expect("listed"));
        }
        toutes.sort_by_key(|lue| lue.id);
        toutes
    }

    /// The bytes of every reception which is no duplicate.
    pub(crate) async fn gardes(&self) -> Vec<Vec<u8>> {
        let mut octets = Vec::new();
        for lue in self.receptions().await.iter().filter(|lue| !matches!(lue.etat, EtatReception::Doublon { .. })) {
            octets.push(self.store.blob(&lue.blob).await.expect("read").expect("kept"));
        }
        octets
    }
}

pub(crate) fn lire_ack(octets: &[u8]) -> Ack {
    Ack::read(&Message::parse(octets, &Limits::default()).expect("readable")).expect("an acknowledgment")
}

/// An admission of the imaginary hospital, about the person of the official examples.
pub(crate) fn admission(numero: &str) -> Vec<u8> {
    format!(
        "MSH|^~\\&|GAM|ORMES|DUI|TILLEULS|20261120101500||ADT^A01^ADT_A01|{numero}|T|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR||2.11^IHE_FRANCE-2.11-PAM\r\
         EVN||20261120101500||||20261120100000\r\
         PID|1||77001^^^ORMES&750000999&M^PI~279035121518989^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS^^20101207||PAT-TROIS^DOMINIQUE^DOMINIQUE MARIE^^^^L||19790328|F|||^^^^^^BDL^^51215|||||||||||||||||||||VALI\r\
         PV1|1|I|MED^^^ORMES&750000999&M||||||||||||||||26-{numero}^^^ORMES&750000999&M^VN||||||||||||||||||||||||||||||||V\r\
         ZBE|M-{numero}^GAM|20261120100000||INSERT|N||Médecine^^^^^ORMES&750000999&M^UF^^^2210|Médecine^^^^^ORMES&750000999&M^UF^^^2210|HMS\r"
    )
    .into_bytes()
}
