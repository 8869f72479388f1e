//! In an emergency: the DLU asked for on the call sheet is signed in the name of who asked, then leaves.

use std::sync::Arc;

use kernel::id::CompteId;
use liaisons::{AEnvoyer, Demande, EnvoyerDocuments, TOPIC_ENVOI_REMIS};
use platform::Services;
use platform::acces::{Acces, Compte};
use platform::erreur::{Erreur, Resultat};
use platform::store::OutboxItem;
use platform::worker::{Worker, automate};
use professionnels::Professionnel;
use urgences::{DluDemande, TOPIC_DLU_DEMANDE};

use crate::SignerDlu;
use crate::entete::Auteur;
use crate::signer::signer_dlu;

const NOM: &str = "Envoi du DLU";

/// Listens to call sheets, and to what the operator says of the DLU which left.
pub fn planifier(worker: &mut Worker) {
    worker.on(TOPIC_DLU_DEMANDE, |services, message| async move { demande(&services, &message).await });
    worker.on(TOPIC_ENVOI_REMIS, |services, message| async move { remis(&services, &message).await });
}

/// Signs the DLU as it stands and prepares its sending. Every id comes from the step: asked twice, it leaves once.
///
/// # Errors
/// Whatever the store says: the message is tried again.
pub async fn demande(services: &Arc<Services>, message: &OutboxItem) -> Resultat<()> {
    let lue: DluDemande = serde_json::from_str(&message.payload).map_err(|erreur| Erreur::Panne(erreur.to_string()))?;
    let document = kernel::id::derived(lue.etape, "dlu");
    let acces: Acces<SignerDlu> = automate(services, NOM).await?;
    let dossier = acces.ouvrir_dossier(lue.usager).await?;
    let auteur = Auteur {
        compte: lue.auteur.0,
        nom: lue.auteur_nom.clone(),
        profil: lue.profil.clone(),
        rpps: rpps(&acces, lue.auteur).await?,
    };
    match signer_dlu(&acces, &dossier, (document, &auteur)).await {
        // Trying again would say the same: who asked must know now.
        Err(Erreur::Demande(pourquoi)) => return urgences::noter_echec(services, lue.usager, lue.etape, &pourquoi).await,
        autre => autre.map(drop)?,
    }
    let envoyer: Acces<EnvoyerDocuments> = acces.aussi().await?;
    let dossier = envoyer.ouvrir_dossier(lue.usager).await?;
    let signe = documents::document_de(&dossier, document).await?.ok_or(Erreur::Introuvable)?;
    let demande = Demande {
        id: kernel::id::derived(lue.etape, "envoi"),
        documents: &[signe],
        destinataires: vec![(lue.adresse, lue.destinataire)],
        message: String::new(),
        accuse: true,
        par: lue.auteur_nom,
        urgence: true,
        boite: None,
    };
    liaisons::preparer(&dossier, demande).await
}

/// The national number of the professional behind an account.
async fn rpps(acces: &Acces<SignerDlu>, compte: CompteId) -> Resultat<Option<String>> {
    let Some(compte) = acces.lire::<Compte>(compte).await? else { return Ok(None) };
    let Some(professionnel) = compte.professionnel else { return Ok(None) };
    let lu = acces.lire::<Professionnel>(professionnel).await?;
    Ok(lu.and_then(|lu| lu.value.rpps.map(|rpps| rpps.to_string())))
}

/// The operator has the DLU: the chronology of the emergency says so.
///
/// # Errors
/// Whatever the store says: the message is tried again.
pub async fn remis(services: &Arc<Services>, message: &OutboxItem) -> Resultat<()> {
    let avis = AEnvoyer::lire(message)?;
    let (_, lu) = liaisons::ouvrir(services, &avis).await?;
    if !lu.urgence {
        return Ok(());
    }
    let a_qui: Vec<&str> =
        lu.destinataires.iter().map(|un| if un.nom.is_empty() { un.adresse.as_str() } else { &un.nom }).collect();
    urgences::noter_envoi(services, avis.usager, avis.envoi, &a_qui.join(", ")).await
}
