//! Mailboxes are read as mail comes: each message is kept by the sas before the operator is told it was seen.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use correspondants::{GenreMessagerie, Messagerie, ReleveMessagerie};
use documents::{Canal, Courrier, Reserve};
use kernel::id::EtablissementId;
use mssante::{AfterStore, Content, Cursor, Inbox, ReceiveError, Received, Store, Wake};
use platform::Services;
use platform::acces::Acces;
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use platform::worker::automate;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::pannes;
use crate::reglages::Reglages;

const NOM: &str = "Relève des messageries";
/// Between two looks at the list of mailboxes.
const LISTE: Duration = Duration::from_secs(10);
/// Longest wait for news, after which the operator is asked again.
const ATTENTE: Duration = Duration::from_mins(1);
/// Between two questions to an operator which does not call.
const QUESTION: Duration = Duration::from_secs(3);
/// After a failure.
const REPRISE: Duration = Duration::from_secs(20);
/// How often a quiet mailbox is said to be read.
const TEMOIN_S: i64 = 300;

platform::droits! {
    /// The worker's own: reads mailboxes and writes where the reading stands.
    Relever = "messageries.relever", "Relever les messageries sécurisées (automate)", Organisation, Ecrire, Structure;
}

/// Reads every open mailbox until one of them is closed or opened.
///
/// # Errors
/// Whatever the store says; it is called again.
pub async fn relever(services: Arc<Services>, reglages: Arc<Reglages>) -> Resultat<()> {
    let mut en_cours: BTreeMap<Uuid, tokio::task::AbortHandle> = BTreeMap::new();
    let mut taches = JoinSet::new();
    loop {
        let acces: Acces<Relever> = automate(&services, NOM).await?;
        let ouvertes: Vec<Stored<Messagerie>> =
            correspondants::messageries(&acces).await?.into_iter().filter(|lue| lue.active).collect();
        en_cours.retain(|id, tache| {
            let ouverte = ouvertes.iter().any(|lue| lue.id == *id) && !tache.is_finished();
            if !ouverte {
                tache.abort();
            }
            ouverte
        });
        for lue in ouvertes {
            let id = lue.id;
            en_cours.entry(id).or_insert_with(|| taches.spawn(suivre(Arc::clone(&services), Arc::clone(&reglages), lue)));
        }
        while taches.try_join_next().is_some() {}
        tokio::time::sleep(LISTE).await;
    }
}

/// One mailbox, for ever: a failure is written once where people see it, then the reading starts again.
async fn suivre(services: Arc<Services>, reglages: Arc<Reglages>, lue: Stored<Messagerie>) {
    loop {
        let mut caisse = Caisse { services: Arc::clone(&services), messagerie: lue.id, boite: lue.value.clone() };
        let issue = lire(&mut caisse, &reglages).await;
        let panne = match issue {
            Ok(()) => None,
            Err(ReceiveError::Imap(erreur)) => Some((pannes::lecture(&erreur), pannes::dite(&erreur.to_string()))),
            Err(ReceiveError::Store(erreur)) => {
                tracing::warn!(%erreur, "a message of a mailbox could not be kept");
                Some((pannes::GARDE, None))
            }
            Err(autre) => {
                tracing::warn!(%autre, "the reading of a mailbox stopped");
                Some((pannes::ARRET, None))
            }
        };
        if let Err(erreur) = caisse
            .temoigner(|releve, now| {
                releve.en_panne_depuis = panne.as_ref().map(|_| releve.en_panne_depuis.unwrap_or(now));
                releve.panne = panne.as_ref().map(|(phrase, _)| (*phrase).to_owned());
                releve.panne_dite = panne.and_then(|(_, dite)| dite);
            })
            .await
        {
            tracing::warn!(%erreur, "the state of a mailbox could not be written");
        }
        tokio::time::sleep(REPRISE).await;
    }
}

type Issue<T> = Result<T, ReceiveError<Erreur>>;

/// Opens the mailbox, takes what is there, then waits for news.
async fn lire(caisse: &mut Caisse, reglages: &Reglages) -> Issue<()> {
    let mut boite = reglages
        .imap(&caisse.boite.adresse)
        .open(&reglages.ouverture(&caisse.boite.adresse))
        .await
        .map_err(ReceiveError::Imap)?;
    caisse.temoigner(|_, _| {}).await.map_err(ReceiveError::Store)?;
    loop {
        prendre(&mut boite, caisse).await?;
        while boite.wait(ATTENTE, QUESTION).await.map_err(ReceiveError::Imap)? == Wake::Nothing {
            caisse.temoigner(|_, _| {}).await.map_err(ReceiveError::Store)?;
        }
    }
}

async fn prendre(boite: &mut Inbox, caisse: &mut Caisse) -> Issue<()> {
    loop {
        let repere = caisse.releve().await.map_err(ReceiveError::Store)?.repere;
        let repere = repere.map(|(uid_validity, uid)| Cursor { uid_validity, uid });
        let pris = boite.receive(repere, caisse, &AfterStore::MarkSeen).await?;
        if !pris.has_more {
            return Ok(());
        }
    }
}

/// Where messages are kept: the sas, then the mark of how far the mailbox was read.
struct Caisse {
    services: Arc<Services>,
    messagerie: Uuid,
    boite: Messagerie,
}

impl Caisse {
    async fn acces(&self) -> Resultat<Acces<Relever>> {
        automate(&self.services, NOM).await
    }

    async fn releve(&self) -> Resultat<ReleveMessagerie> {
        let lue = self.acces().await?.lire::<ReleveMessagerie>(Messagerie::releve_id(self.messagerie)).await?;
        Ok(lue.map(|lue| lue.value).unwrap_or_default())
    }

    /// Writes how the reading goes; a quiet mailbox is only told from time to time.
    async fn temoigner(&self, changer: impl FnOnce(&mut ReleveMessagerie, jiff::Timestamp) + Send) -> Resultat<()> {
        let acces = self.acces().await?;
        let id = Messagerie::releve_id(self.messagerie);
        let lue = acces.lire::<ReleveMessagerie>(id).await?;
        let avant = lue.as_ref().map(|lue| lue.value.clone()).unwrap_or_default();
        let mut releve = ReleveMessagerie { panne: None, panne_dite: None, en_panne_depuis: None, ..avant.clone() };
        if avant.panne.is_some() {
            releve.en_panne_depuis = avant.en_panne_depuis;
        }
        changer(&mut releve, acces.now());
        if releve.panne.is_none() {
            releve.en_panne_depuis = None;
        }
        let recent = avant.vue_le.is_some_and(|vue| acces.now().duration_since(vue).as_secs() < TEMOIN_S);
        if releve == avant && recent {
            return Ok(());
        }
        if releve.panne.is_none() {
            releve.vue_le = Some(acces.now());
        }
        let mut acte = acces.acte("messageries.relevee");
        match &lue {
            Some(lue) => acte.update(lue, &releve),
            None => acte.create(id, &releve),
        }
        acces.commit(acte).await
    }

    /// The mailbox, who reads what it receives before it is filed, and whether the sender asks for a receipt.
    fn courrier(&self, octets: &[u8]) -> Courrier {
        let reserve = match self.boite.genre {
            GenreMessagerie::Personne => Reserve { compte: self.boite.titulaire, profils: Vec::new() },
            GenreMessagerie::Role => Reserve { compte: None, profils: self.boite.profils.clone() },
            GenreMessagerie::Etablissement | GenreMessagerie::Application => Reserve::default(),
        };
        let accuse = entete(octets, "disposition-notification-to").is_some();
        Courrier { boite: self.boite.adresse.clone(), reserve, accuse }
    }

    fn canal(&self, octets: &[u8]) -> Canal {
        Canal {
            code: "mssante".into(),
            etablissement: Some(EtablissementId(self.boite.etablissement.0)),
            emetteur: expediteur(octets),
        }
    }
}

/// Who says they sent it; a claim, never a proof.
fn expediteur(octets: &[u8]) -> String {
    entete(octets, "from").unwrap_or_default()
}

/// A header read in the first lines.
fn entete(octets: &[u8], cherche: &str) -> Option<String> {
    let debut = octets.get(..octets.len().min(64 * 1024)).unwrap_or_default();
    let texte = String::from_utf8_lossy(debut);
    texte.lines().take_while(|ligne| !ligne.trim().is_empty()).find_map(|ligne| {
        let (nom, valeur) = ligne.split_once(':')?;
        nom.eq_ignore_ascii_case(cherche).then(|| documents::borner(valeur))
    })
}

impl Store for Caisse {
    type Error = Erreur;

    async fn store(&mut self, message: Received<'_>) -> Resultat<()> {
        let (repere, octets) = match message.content {
            Content::Whole(octets) => (message.cursor, octets.to_vec()),
            Content::TooLarge { size, header } => {
                let avis = format!(
                    "Subject: Message trop gros pour Grappe ({size} octets), reste dans la boite\r\nFrom: operateur@{}\r\n\r\n\
                     Un message de {size} octets attend dans {}. Ouvrez-le avec la messagerie de l'operateur.\r\n\r\n{}",
                    self.boite.adresse.split('@').nth(1).unwrap_or_default(),
                    self.boite.adresse,
                    String::from_utf8_lossy(header)
                );
                (message.cursor, avis.into_bytes())
            }
            _ => return Err(Erreur::Panne("an unknown kind of message".into())),
        };
        let nom = format!("courriel-{}-{}.eml", repere.uid_validity, repere.uid);
        let recu = (self.canal(&octets), self.courrier(&octets));
        documents::garder_courrier(&self.services, recu, &nom, &octets).await?;
        self.temoigner(|releve, now| {
            releve.repere = Some((repere.uid_validity, repere.uid));
            releve.dernier_message_le = Some(now);
            releve.pris += 1;
        })
        .await
    }
}
