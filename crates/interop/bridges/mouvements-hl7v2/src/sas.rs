//! A message as it comes: its bytes are durable before the acknowledgment is written.

use std::net::SocketAddr;
use std::sync::Arc;

use documents::{Canal, DejaRecu, Reception, VoirReceptions, garder};
use hl7v2::{AckStamp, Header, Timestamp};
use kernel::id::EtablissementId;
use mllp::{Answer, Handler, Notice, Peer};
use platform::Services;
use platform::acces::Acces;
use platform::erreur::Resultat;
use platform::store::BlobId;
use platform::worker::automate;

use crate::accuse::{accuser, nom};

/// Code of the channel.
pub(crate) const CANAL: &str = "mllp";
const NOM: &str = "interface des hôpitaux (MLLP)";

/// What a listener does with messages.
pub(crate) struct Sas {
    pub(crate) services: Arc<Services>,
    pub(crate) correspondant: String,
    pub(crate) finess: Option<String>,
}

impl Sas {
    /// Keeps the bytes; once it returns they are durable, here or since they first came.
    async fn garder(&self, entete: &Header, octets: &[u8]) -> Resultat<()> {
        let acces: Acces<VoirReceptions> = automate(&self.services, NOM).await?;
        if self.est_rejeu(&acces, octets).await? {
            tracing::info!(correspondant = self.correspondant, "a message already kept came again");
            return Ok(());
        }
        let etablissement = self.etablissement(&acces).await?;
        let canal = Canal { code: CANAL.into(), etablissement, emetteur: self.correspondant.clone() };
        garder(&self.services, canal, &nom(entete), octets).await.map(|_| ())
    }

    /// The same bytes, so the same MSH-10, from the same correspondent: acknowledged again, nothing is written.
    async fn est_rejeu(&self, acces: &Acces<VoirReceptions>, octets: &[u8]) -> Resultat<bool> {
        let marque = DejaRecu::id_empreinte(&BlobId::of(octets));
        let Some(connu) = acces.lire::<DejaRecu>(marque).await? else { return Ok(false) };
        let premiere = acces.lire::<Reception>(connu.reception).await?;
        Ok(premiere.is_some_and(|lue| lue.canal.code == CANAL && lue.canal.emetteur == self.correspondant))
    }

    /// The house the listener serves: looked for at each message, since houses are created and renumbered while it listens.
    async fn etablissement(&self, acces: &Acces<VoirReceptions>) -> Resultat<Option<EtablissementId>> {
        let Some(finess) = &self.finess else { return Ok(None) };
        let connus = etablissements::etablissements(acces).await?;
        let trouve = connus.iter().find(|lu| lu.actif && lu.finess.as_str() == finess).map(|lu| lu.value.id);
        if trouve.is_none() {
            tracing::warn!(finess, "no house in service has the FINESS number of this listener: the message stays unaddressed");
        }
        Ok(trouve)
    }

    /// MSH-7 and MSH-10 of the answer: 20 characters at most (HL7 v2.5), never twice the same.
    fn cachet(&self) -> Option<AckStamp> {
        let instant = self.services.clock.now().to_zoned(self.services.fuseau.clone());
        let ecrit = instant.strftime("%Y%m%d%H%M%S%z").to_string();
        let id = self.services.clock.fresh_id().simple().to_string();
        let (debut, fin) = (id.get(..12).unwrap_or_default(), id.get(24..).unwrap_or_default());
        Some(AckStamp { time: Timestamp::parse(&ecrit)?, control_id: format!("{debut}{fin}") })
    }
}

impl Handler for Sas {
    async fn message(&self, _: Peer, octets: Vec<u8>) -> Answer {
        let (entete, ack) = accuser(&octets, self.finess.as_deref());
        if let Err(erreur) = self.garder(&entete, &octets).await {
            tracing::error!(correspondant = self.correspondant, %erreur, "a message was not kept and is not acknowledged");
            return Answer::HangUp;
        }
        match self.cachet() {
            Some(cachet) => Answer::Ack(ack.print(&entete, &cachet)),
            None => Answer::HangUp,
        }
    }

    fn notice(&self, peer: Option<&SocketAddr>, notice: Notice) {
        tracing::warn!(correspondant = self.correspondant, ?peer, ?notice, "MLLP");
    }
}
