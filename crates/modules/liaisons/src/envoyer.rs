//! Preparing a sending, and what the transport and the receipts say of it.

use std::sync::Arc;

use documents::{Accuse, Issue, Lu, Reglement, Suite, TOPIC_CONFIEE};
use kernel::id::UsagerId;
use platform::Services;
use platform::acces::{Acces, DossierOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::{BlobId, OutboxItem, Stored};
use platform::worker::{Worker, automate};
use uuid::Uuid;

use crate::envoi::{Destinataire, DocumentEnvoye, Envoi, Suivi};
use crate::rights::EnvoyerDocuments;

const NOM: &str = "Envoi de documents";

/// Topic of the message which asks the transport to send; its payload is [`AEnvoyer`].
pub const TOPIC_ENVOI: &str = "liaisons.envoi";
/// Topic of the message which tells that the operator answered about a sending; its payload is [`AEnvoyer`].
pub const TOPIC_ENVOI_REMIS: &str = "liaisons.envoi_remis";

/// A sending a message is about.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct AEnvoyer {
    /// Whose.
    pub usager: UsagerId,
    /// Which.
    pub envoi: Uuid,
}

impl AEnvoyer {
    /// Reads the payload of a message.
    ///
    /// # Errors
    /// `Panne` when it is not one.
    pub fn lire(message: &OutboxItem) -> Resultat<Self> {
        serde_json::from_str(&message.payload).map_err(|erreur| Erreur::Panne(erreur.to_string()))
    }
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Demande<'a> {
    /// Id of the sending: asked twice, it leaves once.
    pub id: Uuid,
    /// The documents.
    pub documents: &'a [Lu],
    /// Address and name of each recipient.
    pub destinataires: Vec<(String, String)>,
    /// Words for who receives.
    pub message: String,
    /// A receipt is asked for.
    pub accuse: bool,
    /// Who asks, as they sign.
    pub par: String,
    /// Because of an emergency.
    pub urgence: bool,
    /// The mailbox chosen, which who asks may send from; the house's own otherwise.
    pub boite: Option<Uuid>,
}

/// Prepares a sending: written, then handed to the transport by a message. Asked twice, it leaves once.
///
/// # Errors
/// `Demande` without document or recipient; whatever the store says.
pub async fn preparer(dossier: &DossierOuvert<EnvoyerDocuments>, demande: Demande<'_>) -> Resultat<()> {
    if demande.documents.is_empty() || demande.destinataires.is_empty() {
        return Err(Erreur::Demande("Choisissez au moins un document et un destinataire.".into()));
    }
    if dossier.lire::<Envoi>(demande.id).await?.is_some() {
        return Ok(());
    }
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let now = dossier.contexte().now;
    let document =
        |lu: &Lu| DocumentEnvoye { document: lu.id, titre: lu.titre.clone(), medical: lu.famille == documents::Famille::Medical };
    let destinataire =
        |(adresse, nom): (String, String)| Destinataire { adresse, nom, suivi: Suivi::Prepare, detail: String::new(), le: None };
    let mut envoi = Envoi {
        usager: dossier.usager(),
        etablissement,
        documents: demande.documents.iter().map(document).collect(),
        destinataires: demande.destinataires.into_iter().map(destinataire).collect(),
        message: demande.message,
        accuse: demande.accuse,
        boite: demande.boite,
        depuis: String::new(),
        reference: String::new(),
        demande_le: now,
        demande_par: demande.par.clone(),
        urgence: demande.urgence,
        courriel: None,
        pas: Vec::new(),
    };
    envoi.noter(now, format!("Demandé par {}.", demande.par));
    let mut acte = dossier.acte("envoi.prepare").detail("destinataires", envoi.destinataires.len());
    acte.create(demande.id, &envoi);
    acte.send(TOPIC_ENVOI, format!("envoi/{}", demande.id), &AEnvoyer { usager: envoi.usager, envoi: demande.id });
    dossier.commit(acte).await
}

/// A sending opened by the transport: the record, and what is to be sent.
///
/// # Errors
/// Whatever the store says: the message is tried again.
pub async fn ouvrir(services: &Arc<Services>, avis: &AEnvoyer) -> Resultat<(DossierOuvert<EnvoyerDocuments>, Stored<Envoi>)> {
    let acces: Acces<EnvoyerDocuments> = automate(services, NOM).await?;
    let dossier = acces.ouvrir_dossier(avis.usager).await?;
    let lu = dossier.lire::<Envoi>(avis.envoi).await?.ok_or(Erreur::Introuvable)?;
    Ok((dossier, lu))
}

/// What the operator said of a sending, for each recipient.
#[derive(Debug, Clone, Default)]
pub struct Reponse {
    /// Mailbox it left from.
    pub depuis: String,
    /// The mail's identifier.
    pub reference: String,
    /// Address, what became of it, words.
    pub suivis: Vec<(String, Suivi, String)>,
    /// What was done, in words.
    pub dit: String,
    /// The mail as it left.
    pub courriel: Option<Vec<u8>>,
}

/// Writes what the operator said; receipts will be found by the reference.
///
/// # Errors
/// `Conflit` when it moved meanwhile; whatever the store says.
pub async fn noter(dossier: &DossierOuvert<EnvoyerDocuments>, lu: &Stored<Envoi>, reponse: Reponse) -> Resultat<()> {
    let now = dossier.contexte().now;
    let mut envoi = lu.value.clone();
    envoi.depuis = reponse.depuis;
    envoi.reference = reponse.reference;
    envoi.noter(now, reponse.dit);
    for (adresse, suivi, detail) in &reponse.suivis {
        envoi.suivre(adresse, *suivi, detail, now);
    }
    if let Some(octets) = &reponse.courriel {
        envoi.courriel = Some(BlobId::of(octets));
    }
    if envoi == lu.value {
        return Ok(());
    }
    let mut acte = dossier.acte("envoi.suivi").detail("etat", envoi.etat().libelle());
    acte.update(lu, &envoi);
    if let Some(octets) = &reponse.courriel {
        acte.keep(dossier.sceller(octets)?);
    }
    if envoi.destinataires.iter().any(|un| un.suivi == Suivi::Remis) {
        acte.send(TOPIC_ENVOI_REMIS, format!("envoi-remis/{}", lu.id), &AEnvoyer { usager: envoi.usager, envoi: lu.id });
    }
    dossier.commit(acte).await
}

/// Listens to receipts.
pub(crate) fn planifier(worker: &mut Worker) {
    worker.on(TOPIC_CONFIEE, |services, message: OutboxItem| async move { accuses(&services, &message).await });
}

/// Receipts came in: each is written on the sending it names.
///
/// # Errors
/// Whatever the store says: the message is tried again.
pub async fn accuses(services: &Arc<Services>, message: &OutboxItem) -> Resultat<()> {
    let avis = documents::Avis::lire(message)?;
    let Some((lue, _)) = documents::confiee(services, avis.reception, Suite::Accuses).await? else { return Ok(()) };
    let accuses = lue.apercu.as_ref().map(|apercu| apercu.accuses.clone()).unwrap_or_default();
    let mut envois = Vec::new();
    for accuse in &accuses {
        if let Some(envoi) = accuser(services, accuse).await?
            && !envois.contains(&envoi)
        {
            envois.push(envoi);
        }
    }
    let reglement = if envois.is_empty() {
        let phrase = "Cet accusé parle d'un envoi que Grappe ne connaît pas. Lisez-le, puis rejetez-le.";
        Reglement::Attente(documents::Attente::AccuseInconnu, phrase.to_owned())
    } else {
        Reglement::Rattachee(envois)
    };
    documents::regler(services, &lue, reglement).await
}

async fn accuser(services: &Arc<Services>, accuse: &Accuse) -> Resultat<Option<(UsagerId, Uuid)>> {
    let acces: Acces<EnvoyerDocuments> = automate(services, NOM).await?;
    // The identifier of a mail begins with that of its sending.
    let Some(envoi) = accuse.reference.split('@').next().and_then(|debut| debut.parse::<Uuid>().ok()) else { return Ok(None) };
    let Some(usager) = acces.personne_de::<Envoi>(envoi).await? else { return Ok(None) };
    let (dossier, lu) = ouvrir(services, &AEnvoyer { usager, envoi }).await?;
    if lu.reference != accuse.reference {
        return Ok(None);
    }
    let now = dossier.contexte().now;
    let suivi = match accuse.issue {
        Issue::Retarde => Suivi::Retarde,
        Issue::Distribue => Suivi::Distribue,
        Issue::Integre => Suivi::Integre,
        Issue::Lu => Suivi::Lu,
        Issue::Refuse => Suivi::Refuse,
    };
    let mut envoi = lu.value.clone();
    let seul = (envoi.destinataires.len() == 1).then(|| envoi.destinataires[0].adresse.clone());
    let adresse = if envoi.suivre(&accuse.destinataire, suivi, &accuse.detail, now) {
        accuse.destinataire.clone()
    } else {
        // A receipt may come from another mailbox of the recipient: with one recipient it can only be theirs.
        let Some(seul) = seul else {
            envoi.noter(now, format!("Accusé de {} : {} {}", accuse.destinataire, suivi.libelle(), accuse.detail));
            return ecrire(&dossier, &lu, envoi).await.map(Some);
        };
        envoi.suivre(&seul, suivi, &accuse.detail, now);
        seul
    };
    envoi.noter(now, format!("{adresse} : {} {}", suivi.libelle(), accuse.detail).trim().to_owned());
    ecrire(&dossier, &lu, envoi).await.map(Some)
}

async fn ecrire(dossier: &DossierOuvert<EnvoyerDocuments>, lu: &Stored<Envoi>, envoi: Envoi) -> Resultat<(UsagerId, Uuid)> {
    if envoi != lu.value {
        let mut acte = dossier.acte("envoi.accuse").detail("etat", envoi.etat().libelle());
        acte.update(lu, &envoi);
        dossier.commit(acte).await?;
    }
    Ok((envoi.usager, lu.id))
}
