//! Receipts others ask for: once everything a mail held is settled, its sender is told, once, as MSSanté wants (RFC 8098; French
//! guide « Transmission d'un document CDA par messagerie », struct-msg-mdn.md).

use std::sync::Arc;

use correspondants::Messagerie;
use documents::{AccuseRendu, Avis, CourrierRegle, EtatAccuse, Refus, Reponse};
use mssante::{
    Address, Answer, Correspondent, Integration, IntegrationCode, Limits, Mail, MessageId, NoReceipt, Outcome, OutgoingMail,
    receipt_address,
};
use platform::Services;
use platform::acces::Acces;
use platform::erreur::{Erreur, Resultat};
use platform::store::OutboxItem;
use platform::worker::automate;

use crate::reglages::Reglages;

const NOM: &str = "Accusés des courriels reçus";

platform::droits! {
    /// The worker's own: finds the mailbox a receipt leaves from.
    RendreAccuses = "messageries.accuser", "Rendre les accusés demandés par les expéditeurs (automate)", Organisation, Lire, Structure;
}

/// Handles a message of `documents.reglee`: answers the mail a settled file came in, when nothing of it waits any more.
///
/// A second message finds it answered. The identifier of the receipt comes from the reception: another attempt after a stop is
/// the same mail.
///
/// # Errors
/// What must be tried again, in words.
pub async fn repondre(services: &Arc<Services>, message: &OutboxItem, reglages: Option<&Reglages>) -> Resultat<()> {
    let avis = Avis::lire(message)?;
    let Some(regle) = documents::courrier_regle(services, avis.reception).await? else { return Ok(()) };
    let mut accuse = regle.lue.accuse.clone().filter(|connu| connu.reponse == regle.reponse).unwrap_or(AccuseRendu {
        reponse: regle.reponse,
        etat: EtatAccuse::APartir,
        le: services.clock.now(),
        vers: String::new(),
        dit: String::new(),
    });
    let mail = match mssante::parse(&regle.octets, &Limits::default()) {
        Ok(mail) => mail,
        Err(erreur) => return sans_suite(services, &regle, accuse, &format!("le courriel ne se relit pas ({erreur})")).await,
    };
    let vers = match destinataire(&mail) {
        Ok(vers) => vers,
        Err(pourquoi) => return sans_suite(services, &regle, accuse, pourquoi).await,
    };
    vers.as_str().clone_into(&mut accuse.vers);
    let Some(boite) = boite(services, &regle.courrier.boite).await? else {
        return sans_suite(services, &regle, accuse, "la messagerie où il est arrivé est fermée").await;
    };
    let Some(reglages) = reglages else {
        return retarder(services, &regle, accuse, "aucun opérateur de messagerie sécurisée n'est réglé sur ce serveur").await;
    };
    let courriel = match composer(&regle, &accuse, (&mail, &vers), &boite, reglages) {
        Ok(courriel) => courriel,
        Err(pourquoi) => return sans_suite(services, &regle, accuse, &pourquoi).await,
    };
    let remise = reglages.smtp(&boite.adresse).submit(&courriel).await;
    let issue = remise.recipients.into_iter().next().map(|(_, issue)| issue);
    match issue {
        Some(Outcome::Accepted { .. }) => {
            accuse.dit = String::new();
            finir(services, &regle, AccuseRendu { etat: EtatAccuse::Parti, ..accuse }).await
        }
        Some(Outcome::Unknown { .. }) => finir(services, &regle, AccuseRendu { etat: EtatAccuse::Incertain, ..accuse }).await,
        Some(Outcome::Refused { code, text, .. }) => {
            sans_suite(services, &regle, accuse, &format!("l'opérateur le refuse ({code} {text})")).await
        }
        _ => retarder(services, &regle, accuse, "l'opérateur ne l'a pas pris, nouvel essai automatique").await,
    }
}

/// Where the receipt goes; otherwise why there is none.
fn destinataire(mail: &Mail) -> Result<Address, &'static str> {
    if mail.is_automatic {
        // RFC 3834 2: a machine is not answered by a machine, or two of them talk for ever.
        return Err("le courriel vient d'un automate, qui n'attend pas de réponse");
    }
    receipt_address(mail).map_err(|pourquoi| match pourquoi {
        NoReceipt::NotRequested => "il n'est pas demandé dans le courriel lui-même",
        NoReceipt::UnusableAddress => "l'adresse où l'envoyer n'est pas une adresse",
        NoReceipt::OtherThanReturnPath => "l'adresse où l'envoyer n'est pas celle de l'expéditeur",
        NoReceipt::Automatic => "le courriel est lui-même un accusé ou un avis automatique",
        NoReceipt::NoMessageId => "le courriel n'a pas d'identifiant",
        _ => "le courriel ne permet pas d'y répondre",
    })
}

/// The mailbox the mail came to, while it is open.
async fn boite(services: &Arc<Services>, adresse: &str) -> Resultat<Option<Messagerie>> {
    let acces: Acces<RendreAccuses> = automate(services, NOM).await?;
    let connues = correspondants::messageries(&acces).await?;
    let trouvee = connues.into_iter().find(|lue| lue.active && lue.adresse.eq_ignore_ascii_case(adresse));
    Ok(trouvee.map(|lue| lue.value))
}

/// What is said, and its code in the French table of integration errors.
fn integration(reponse: Reponse) -> (Integration<'static>, &'static str) {
    let refuse = |code, label| (Integration::Refused { code, label }, "Les documents de ce message n'ont pas été intégrés.");
    match reponse {
        Reponse::Integre => (Integration::Processed, "Les documents de ce message sont classés dans le dossier de la personne."),
        Reponse::Lu => (Integration::Displayed, "Ce message a été lu."),
        Reponse::Refuse(Refus::PersonneInconnue) => refuse(IntegrationCode::PatientUnknown, "Patient inconnu"),
        Reponse::Refuse(Refus::SansIns) => refuse(IntegrationCode::NoIns, "INS absente du document"),
        Reponse::Refuse(Refus::TraitsIncomplets) => refuse(IntegrationCode::InsTraitsIncomplete, "Traits INS incomplets"),
        Reponse::Refuse(Refus::Autre) => refuse(IntegrationCode::Other, "Autre motif"),
    }
}

fn composer(
    regle: &CourrierRegle,
    accuse: &AccuseRendu,
    (mail, vers): (&Mail, &Address),
    boite: &Messagerie,
    reglages: &Reglages,
) -> Result<OutgoingMail, String> {
    let adresse = Address::new(&boite.adresse).map_err(|_| format!("l'adresse {} n'est pas une adresse", boite.adresse))?;
    let reference = format!("accuse-{}@{}", regle.lue.id.simple(), adresse.domain());
    let message_id = MessageId::new(&reference).map_err(|erreur| erreur.to_string())?;
    let from = Correspondent::named(adresse, boite.nom.clone());
    let (integration, texte) = integration(accuse.reponse);
    let answer = Answer {
        message_id: &message_id,
        date: accuse.le.into(),
        from: &from,
        original: &regle.octets,
        mail,
        integration,
        text: texte,
    };
    let fait = answer.receipt(vers, &reglages.politique).map_err(|erreur| match erreur.code() {
        "untrusted_domain" => "l'expéditeur n'est pas dans l'espace de confiance MSSanté".to_owned(),
        _ => format!("il ne peut pas être composé ({erreur})"),
    })?;
    Ok(fait.mail)
}

/// None is sent, and the page says why.
async fn sans_suite(services: &Arc<Services>, regle: &CourrierRegle, accuse: AccuseRendu, dit: &str) -> Resultat<()> {
    finir(services, regle, AccuseRendu { etat: EtatAccuse::Aucun, dit: dit.to_owned(), ..accuse }).await
}

async fn finir(services: &Arc<Services>, regle: &CourrierRegle, accuse: AccuseRendu) -> Resultat<()> {
    documents::noter_accuse(services, regle.lue.id, &accuse).await
}

/// Waits, and says why once.
async fn retarder(services: &Arc<Services>, regle: &CourrierRegle, accuse: AccuseRendu, dit: &str) -> Resultat<()> {
    let attend = AccuseRendu { etat: EtatAccuse::APartir, dit: dit.to_owned(), ..accuse };
    if regle.lue.accuse.as_ref() != Some(&attend) {
        finir(services, regle, attend).await?;
    }
    Err(Erreur::Panne(format!("accusé non rendu : {dit}")))
}
