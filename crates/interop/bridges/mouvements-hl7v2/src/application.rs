//! From a message kept and matched to what is noted in the record of a person.

use std::sync::Arc;

use documents::{Reception, VoirReceptions};
use hl7v2::{Adt, AdtEvent, Appointment, Limits, Message, Processing};
use hospitalisations::{
    Annonce, Hopital, Lot, MessageNote, Note, NoterHospitalisations, Numero, annonces_de, annonces_rendez_vous_de, deja_note,
    noter,
};
use jiff::Timestamp;
use kernel::id::UsagerId;
use platform::Services;
use platform::acces::{Acces, DossierOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::BlobId;
use platform::worker::automate;
use usagers::Identification;
use uuid::Uuid;

use crate::agenda::rendez_vous;
use crate::ecarts::ecarts;
use crate::envoi::{Envoi, ipps};
use crate::identite::identite;
use crate::mouvements::{SansAnnonce, annonces};
use crate::sas::CANAL;
use crate::suite::{self, Suite};

const NOM: &str = "annonces des hôpitaux";
/// Larger than this, it is no movement nor appointment (bytes).
const MESSAGE_MAX: usize = 1024 * 1024;
/// Messages about one person noted at the same instant by several nodes or listeners: each turn lets one of them pass.
const TENTATIVES: usize = 20;
const NUMERO_PRIS: &str = "Le numéro que l'hôpital donne à cette personne est déjà celui d'un autre résident. Vérifiez les deux \
                           identités avec l'hôpital ; rien n'a été noté.";

/// Notes what a received message says of a person; the caller says whose it is, and keeps the bytes.
///
/// The same message again, by its reception or by its number (MSH-10), does nothing more and says the same. Neither our own
/// stay nor our identity is changed. Only production messages (MSH-11 `P`) are noted outside the demonstration.
///
/// # Errors
/// `Introuvable` without such a record; the store.
pub async fn appliquer(services: &Arc<Services>, usager: UsagerId, reception: Uuid, octets: &[u8]) -> Resultat<Suite> {
    if octets.len() > MESSAGE_MAX {
        return Ok(Suite::AVoir("Le message est trop long pour un mouvement ou un rendez-vous. Rien n'a été noté.".into()));
    }
    let message = match Message::parse(octets, &Limits::default()) {
        Ok(message) => message,
        Err(erreur) => return Ok(Suite::AVoir(suite::illisible(&erreur))),
    };
    if let Some(suite) = essai(&message, services.demo) {
        return Ok(suite);
    }
    let acces: Acces<NoterHospitalisations> = automate(services, NOM).await?;
    let dossier = acces.ouvrir_dossier(usager).await?;
    let envoi = Envoi::de(message.header(), &services.fuseau);
    let envoi = Envoi { hopital: nommer(&acces, reception, envoi.hopital.clone()).await?, ..envoi };
    let cle = envoi.cle_message(message.header());
    let vide = Lot {
        cle,
        empreinte: BlobId::of(octets).0,
        source: reception,
        hopital: envoi.hopital.clone(),
        annonces: Vec::new(),
        rendez_vous: Vec::new(),
        numeros: Vec::new(),
        ecarts: Vec::new(),
        suite: String::new(),
    };
    let mut pris = false;
    for _ in 1..TENTATIVES {
        match essayer(&dossier, &message, (&envoi, vide.clone()), acces.now()).await {
            // Another message about the same person was noted meanwhile: what it wrote is read, then this one is noted.
            Err(Erreur::Conflit) => {}
            // Perhaps by that other message, for this very person: once is enough to know.
            Ok(Suite::AVoir(phrase)) if phrase == NUMERO_PRIS && !pris => pris = true,
            autre => return autre,
        }
    }
    essayer(&dossier, &message, (&envoi, vide), acces.now()).await
}

/// Notes a message once, beside whatever else is being noted at this instant.
async fn essayer(
    dossier: &DossierOuvert<NoterHospitalisations>,
    message: &Message,
    (envoi, vide): (&Envoi<'_>, Lot),
    now: Timestamp,
) -> Resultat<Suite> {
    let (cle, empreinte) = (vide.cle.clone(), vide.empreinte.clone());
    if let Some(connu) = deja_note(dossier, &cle).await? {
        return Ok(deja(&connu, &empreinte));
    }
    let lot = match lire(dossier, message, envoi, vide).await? {
        Ok(lot) => lot,
        Err(suite) => return Ok(suite),
    };
    match noter(dossier, &lot, now).await? {
        Note::NumeroPris => Ok(Suite::AVoir(NUMERO_PRIS.into())),
        Note::Neuf => {
            let note = deja_note(dossier, &cle).await?.ok_or(Erreur::Conflit)?;
            Ok(deja(&note, &empreinte))
        }
    }
}

/// Test messages change no record, except in the demonstration, which has nothing else.
fn essai(message: &Message, demo: bool) -> Option<Suite> {
    match message.header().processing {
        Some(Processing::Production) => None,
        Some(_) if demo => None,
        Some(_) => Some(Suite::SansEffet("Message d'essai de l'hôpital : gardé, aucun dossier n'est changé.".into())),
        None => Some(Suite::AVoir("Le message ne dit pas s'il est réel ou d'essai (MSH-11). Rien n'a été noté.".into())),
    }
}

/// The hospital as the house named it when it opened the listener; a name in a message is a claim.
async fn nommer(acces: &Acces<NoterHospitalisations>, reception: Uuid, hopital: Hopital) -> Resultat<Hopital> {
    let acces: Acces<VoirReceptions> = acces.aussi().await?;
    let canal = acces.lire::<Reception>(reception).await?.map(|lue| lue.value.canal);
    let nom = canal.filter(|canal| canal.code == CANAL && !canal.emetteur.is_empty()).map(|canal| canal.emetteur);
    Ok(Hopital { nom: nom.unwrap_or(hopital.nom), ..hopital })
}

/// What was done of a message already noted.
fn deja(note: &MessageNote, empreinte: &str) -> Suite {
    if note.empreinte != empreinte {
        let phrase =
            "L'hôpital a déjà envoyé un autre message sous le même numéro. Rien n'a été noté de celui-ci : comparez les deux.";
        return Suite::AVoir(phrase.into());
    }
    match &note.retire {
        Some(motif) => Suite::SansEffet(format!("Retiré du dossier : {motif}")),
        None if note.a_change => Suite::Faite(note.suite.clone()),
        None => Suite::SansEffet(note.suite.clone()),
    }
}

type Lecture = Result<Lot, Suite>;

async fn lire(
    dossier: &DossierOuvert<NoterHospitalisations>,
    message: &Message,
    envoi: &Envoi<'_>,
    lot: Lot,
) -> Resultat<Lecture> {
    match message.header().kind.code.as_str() {
        "ADT" => match Adt::read(message) {
            Ok(adt) => lire_adt(dossier, message, &adt, (envoi, lot)).await,
            Err(erreur) => Ok(Err(Suite::AVoir(suite::illisible(&erreur)))),
        },
        "SIU" => match Appointment::read(message) {
            Ok(lu) => lire_siu(dossier, &lu, (envoi, lot)).await,
            Err(erreur) => Ok(Err(Suite::AVoir(suite::illisible(&erreur)))),
        },
        _ => Ok(Err(Suite::AVoir("Ce message n'est ni un mouvement ni un rendez-vous. Rien n'a été noté.".into()))),
    }
}

async fn lire_siu(
    dossier: &DossierOuvert<NoterHospitalisations>,
    lu: &Appointment,
    (envoi, mut lot): (&Envoi<'_>, Lot),
) -> Resultat<Lecture> {
    let Some(mut annonce) = rendez_vous(lu, envoi) else {
        return Ok(Err(Suite::SansEffet("Créneaux d'agenda de l'hôpital : gardés, ils ne concernent personne.".into())));
    };
    annonce.source = Some(lot.source);
    let connues = annonces_rendez_vous_de(dossier).await?;
    lot.suite = suite::rendez_vous(&annonce, &connues);
    let patient = lu.patient.as_ref();
    lot.numeros = patient.map(|patient| courants(&patient.identifiers, envoi)).unwrap_or_default();
    lot.rendez_vous.push(annonce);
    Ok(Ok(lot))
}

fn courants(identifiants: &[hl7v2::Identifier], envoi: &Envoi<'_>) -> Vec<Numero> {
    let numero = |ipp: crate::envoi::Ipp| Numero { autorite: ipp.autorite, numero: ipp.numero, remplace_par: None };
    ipps(identifiants, &envoi.hopital).into_iter().map(numero).collect()
}

async fn lire_adt(
    dossier: &DossierOuvert<NoterHospitalisations>,
    message: &Message,
    adt: &Adt,
    (envoi, mut lot): (&Envoi<'_>, Lot),
) -> Resultat<Lecture> {
    lot.numeros = numeros(adt, envoi);
    let fiche = dossier.lire::<Identification>(Identification::id(dossier.usager())).await?;
    if let (Some(lu), Some(fiche)) = (identite(message), fiche) {
        lot.ecarts = ecarts(&lu, &fiche.identite);
    }
    let phrase = match annonces(adt, envoi) {
        Ok(dites) => {
            let connues = annonces_de(dossier).await?;
            lot.annonces = dites.into_iter().map(|dite| Annonce { source: Some(lot.source), ..dite }).collect();
            let phrases: Vec<String> =
                lot.annonces.iter().map(|annonce| suite::mouvement(annonce, &connues, lot.source)).collect();
            phrases.join(" ")
        }
        Err(SansAnnonce::IdentiteSeule) => match identite_seule(adt) {
            Ok(phrase) => phrase,
            Err(suite) => return Ok(Err(suite)),
        },
        Err(raison) => match suite::sans_annonce(raison, adt.event) {
            Suite::SansEffet(phrase) => phrase,
            autre => return Ok(Err(autre)),
        },
    };
    let verifier = (!lot.ecarts.is_empty()).then(|| suite::identite(&lot.ecarts));
    lot.suite = [Some(phrase), verifier].into_iter().flatten().collect::<Vec<_>>().join(" ");
    Ok(Ok(lot))
}

/// The number of the person now, and those it replaces (A40, A47): of the same authority.
fn numeros(adt: &Adt, envoi: &Envoi<'_>) -> Vec<Numero> {
    let courants = courants(&adt.patient.identifiers, envoi);
    let remplaces = adt.merge.iter().filter(|_| matches!(adt.event, AdtEvent::A40 | AdtEvent::A47));
    let anciens = remplaces.flat_map(|merge| ipps(&merge.identifiers, &envoi.hopital)).filter_map(|ancien| {
        let nouveau = courants.iter().find(|courant| courant.autorite == ancien.autorite)?;
        let change = nouveau.numero != ancien.numero;
        change.then(|| Numero { autorite: ancien.autorite, numero: ancien.numero, remplace_par: Some(nouveau.numero.clone()) })
    });
    let anciens: Vec<Numero> = anciens.collect();
    courants.into_iter().chain(anciens).collect()
}

/// A message about the identity only; a death it tells is for somebody to verify.
fn identite_seule(adt: &Adt) -> Result<String, Suite> {
    if adt.patient.dead == Some(true) || adt.patient.died.is_some() {
        let phrase = "L'hôpital signale un décès avec l'identité, sans séjour. Vérifiez auprès de lui ; rien n'a été noté.";
        return Err(Suite::AVoir(phrase.into()));
    }
    Ok(match adt.event {
        AdtEvent::A40 | AdtEvent::A47 => "Numéro de la personne à l'hôpital remplacé : noté.".into(),
        _ => "Identité reçue de l'hôpital.".into(),
    })
}
