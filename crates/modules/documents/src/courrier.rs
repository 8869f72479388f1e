//! A file which came by a mailbox: who reads it there before it is filed, and the receipt its sender asked for.

use std::sync::Arc;

use jiff::Timestamp;
use kernel::id::{CompteId, EtablissementId};
use platform::Services;
use platform::acces::{Acces, Acte, Contexte};
use platform::erreur::{Erreur, Resultat};
use platform::store::{Query, Stored};
use platform::worker::automate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::contenu::{PROFONDEUR_MAX, Suite};
use crate::reception::{Attente, EtatReception, Reception};
use crate::recevoir::NOM;
use crate::records::{Avis, lane_contenues};
use crate::rights::ClasserReceptions;

/// Topic of the message sent when a file is settled whose sender asked for a receipt; its payload is an [`Avis`].
pub const TOPIC_REGLEE: &str = "documents.reglee";

/// The mailbox a file came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Courrier {
    /// Address of the mailbox.
    pub boite: String,
    /// Who reads it before it is filed.
    #[serde(default)]
    pub reserve: Reserve,
    /// Its sender asks for a receipt.
    #[serde(default)]
    pub accuse: bool,
}

/// Who reads what a mailbox received; with neither account nor profile, whoever opens the receptions of the house.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reserve {
    /// The person it belongs to.
    #[serde(default)]
    pub compte: Option<CompteId>,
    /// The professions it serves.
    #[serde(default)]
    pub profils: Vec<String>,
}

impl Reserve {
    /// True if who asks may read it, in this house.
    pub fn ouvre(&self, contexte: &Contexte, etablissement: Option<EtablissementId>) -> bool {
        if let Some(compte) = self.compte {
            return contexte.acteur.compte == compte;
        }
        let ici = |role: &platform::acces::Habilitation| {
            etablissement.is_none() || role.etablissement.is_none() || role.etablissement == etablissement
        };
        let tient = |role: &platform::acces::Habilitation| self.profils.contains(&role.profil) && ici(role);
        self.profils.is_empty() || contexte.acteur.actives(contexte.now).any(tient)
    }
}

/// What is answered to a sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reponse {
    /// Its documents are in records, or known already.
    Integre,
    /// Somebody read it.
    Lu,
    /// It was refused.
    Refuse(Refus),
}

/// Why what was received is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refus {
    /// The person is not known here.
    PersonneInconnue,
    /// The document has no national identity.
    SansIns,
    /// The traits of the identity are incomplete.
    TraitsIncomplets,
    /// It cannot be read, or another reason.
    Autre,
}

impl Reponse {
    /// Its words.
    pub fn libelle(self) -> &'static str {
        match self {
            Self::Integre => "intégré",
            Self::Lu => "lu",
            Self::Refuse(Refus::PersonneInconnue) => "refusé, personne inconnue",
            Self::Refuse(Refus::SansIns) => "refusé, sans INS",
            Self::Refuse(Refus::TraitsIncomplets) => "refusé, identité incomplète",
            Self::Refuse(Refus::Autre) => "refusé",
        }
    }
}

/// Where a receipt stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EtatAccuse {
    /// Waits for the operator.
    APartir,
    /// The operator has it.
    Parti,
    /// The operator had it and did not answer.
    Incertain,
    /// None is sent; the words say why.
    Aucun,
}

/// The receipt of what was received, as the page tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccuseRendu {
    /// What it says.
    pub reponse: Reponse,
    /// Where it stands.
    pub etat: EtatAccuse,
    /// When that was said.
    pub le: Timestamp,
    /// To whom.
    #[serde(default)]
    pub vers: String,
    /// Why, in words, when it did not leave.
    #[serde(default)]
    pub dit: String,
}

/// A mail whose files are all settled, and which was not answered yet.
#[derive(Debug, Clone)]
pub struct CourrierRegle {
    /// The reception of the mail itself.
    pub lue: Stored<Reception>,
    /// Its bytes.
    pub octets: Vec<u8>,
    /// The mailbox it came to.
    pub courrier: Courrier,
    /// What its sender is answered.
    pub reponse: Reponse,
}

/// Tells that a file is settled, when somebody waits to hear of it.
pub(crate) fn annoncer(acte: &mut Acte, lue: &Stored<Reception>, apres: &Reception) {
    let attendu = apres.courrier.as_ref().is_some_and(|courrier| courrier.accuse);
    let illisible = matches!(apres.etat, EtatReception::EnAttente { raison: Attente::Illisible, .. });
    if attendu && (illisible || apres.etat.attente().is_none()) {
        acte.send(TOPIC_REGLEE, format!("reglee/{}/{}", lue.id, lue.version), &Avis { reception: lue.id });
    }
}

/// The mail a settled file came in, once nothing of it waits for anybody; none when it waits still, or was answered.
///
/// # Errors
/// Whatever the store says: the message is tried again.
pub async fn courrier_regle(services: &Arc<Services>, reception: Uuid) -> Resultat<Option<CourrierRegle>> {
    let acces: Acces<ClasserReceptions> = automate(services, NOM).await?;
    let Some(lue) = racine(&acces, reception).await? else { return Ok(None) };
    let Some(courrier) = lue.courrier.clone().filter(|courrier| courrier.accuse) else { return Ok(None) };
    if lue.accuse.as_ref().is_some_and(|accuse| accuse.etat != EtatAccuse::APartir) {
        return Ok(None);
    }
    let Some(reponse) = conclure(&acces, &lue).await? else { return Ok(None) };
    let octets = acces.piece(&lue.blob).await?.ok_or_else(|| Erreur::Panne("the bytes of a reception are missing".into()))?;
    Ok(Some(CourrierRegle { lue, octets, courrier, reponse }))
}

async fn racine(acces: &Acces<ClasserReceptions>, id: Uuid) -> Resultat<Option<Stored<Reception>>> {
    let mut lue = acces.lire::<Reception>(id).await?;
    for _ in 0..PROFONDEUR_MAX {
        match lue.as_ref().and_then(|lue| lue.dans) {
            Some(enveloppe) => lue = acces.lire::<Reception>(enveloppe).await?,
            None => break,
        }
    }
    Ok(lue)
}

/// What the sender is answered; none as long as something waits.
async fn conclure(acces: &Acces<ClasserReceptions>, lue: &Stored<Reception>) -> Resultat<Option<Reponse>> {
    let lettre = lue.apercu.as_ref().and_then(|apercu| apercu.suite) == Some(Suite::Message);
    if lettre {
        // A mail without document: filed or set aside by somebody, hence read.
        return Ok(lue.etat.attente().is_none().then_some(Reponse::Lu));
    }
    let (mut ouvertes, mut integres, mut refus) = (vec![lue.clone()], 0_u32, None);
    while let Some(une) = ouvertes.pop() {
        if matches!(une.etat, EtatReception::Ouverte { .. }) {
            ouvertes.extend(acces.liste::<Reception>(&Query::lane2(&lane_contenues(une.id))).await?);
            continue;
        }
        match issue(acces, &une).await? {
            Issue::Attend => return Ok(None),
            Issue::Integre => integres += 1,
            Issue::Refuse(pourquoi) => refus = Some(refus.unwrap_or(pourquoi)),
            Issue::Rien => {}
        }
    }
    Ok(Some(match refus {
        Some(pourquoi) => Reponse::Refuse(pourquoi),
        None if integres > 0 => Reponse::Integre,
        None => Reponse::Refuse(Refus::Autre),
    }))
}

enum Issue {
    Attend,
    Integre,
    Refuse(Refus),
    Rien,
}

async fn issue(acces: &Acces<ClasserReceptions>, lue: &Stored<Reception>) -> Resultat<Issue> {
    Ok(match &lue.etat {
        EtatReception::Classee { .. } | EtatReception::Appliquee { .. } | EtatReception::Rattachee { .. } => Issue::Integre,
        EtatReception::Jointe | EtatReception::Ouverte { .. } => Issue::Rien,
        EtatReception::EnAttente { raison: Attente::Illisible, .. } => Issue::Refuse(Refus::Autre),
        EtatReception::Rejetee { .. } => Issue::Refuse(pourquoi(lue)),
        EtatReception::Doublon { de } => match acces.lire::<Reception>(*de).await? {
            // As long as the first copy waits, nothing is said of the second.
            Some(premiere) if premiere.etat.attente().is_some() => Issue::Attend,
            Some(premiere) if matches!(premiere.etat, EtatReception::Rejetee { .. }) => Issue::Refuse(pourquoi(&premiere)),
            _ => Issue::Integre,
        },
        EtatReception::Recue | EtatReception::Confiee { .. } | EtatReception::EnAttente { .. } => Issue::Attend,
    })
}

/// Why somebody set a document aside, as far as the document itself tells: the reason typed stays in the house.
fn pourquoi(lue: &Reception) -> Refus {
    match lue.apercu.as_ref().and_then(|apercu| apercu.patient.as_ref()) {
        None => Refus::Autre,
        Some(patient) if patient.ins.is_empty() => Refus::SansIns,
        Some(patient) if patient.traits().is_none() => Refus::TraitsIncomplets,
        Some(_) => Refus::PersonneInconnue,
    }
}

/// Attempts at writing beside somebody else.
const ESSAIS: usize = 8;

/// Writes on the reception where its receipt stands.
///
/// # Errors
/// Whatever the store says.
pub async fn noter_accuse(services: &Arc<Services>, reception: Uuid, accuse: &AccuseRendu) -> Resultat<()> {
    let acces: Acces<ClasserReceptions> = automate(services, NOM).await?;
    for _ in 0..ESSAIS {
        let lue = acces.lire::<Reception>(reception).await?.ok_or(Erreur::Introuvable)?;
        let mut acte = acces.acte("reception.accuse_rendu");
        acte.update(&lue, &Reception { accuse: Some(accuse.clone()), ..lue.value.clone() });
        match acces.commit(acte).await {
            Err(Erreur::Conflit) => {}
            autre => return autre,
        }
    }
    Err(Erreur::Conflit)
}
