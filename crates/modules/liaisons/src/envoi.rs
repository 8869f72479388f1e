//! Documents sent: what, to whom, and what became of them for each recipient.

use jiff::Timestamp;
use kernel::id::{EtablissementId, UsagerId};
use platform::store::BlobId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What became of a sending, for one recipient; later ones say more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suivi {
    /// Waits for its turn, or for the operator.
    Prepare,
    /// The operator has it.
    Remis,
    /// The operator tries again.
    Retarde,
    /// In the recipient's mailbox.
    Distribue,
    /// Taken by the recipient's software.
    Integre,
    /// Opened by somebody.
    Lu,
    /// The operator had it and did not answer: it may have left.
    Incertain,
    /// It will not be delivered, or the recipient's software refused it.
    Refuse,
    /// Given up by somebody.
    Abandonne,
}

impl Suivi {
    /// Its words.
    pub fn libelle(self) -> &'static str {
        match self {
            Self::Prepare => "en attente d'envoi",
            Self::Remis => "remis à l'opérateur",
            Self::Retarde => "retardé par l'opérateur",
            Self::Distribue => "arrivé dans la boîte",
            Self::Integre => "intégré par le destinataire",
            Self::Lu => "lu",
            Self::Incertain => "peut-être parti",
            Self::Refuse => "refusé",
            Self::Abandonne => "abandonné",
        }
    }

    /// True if nobody has anything to do about it.
    pub fn abouti(self) -> bool {
        matches!(self, Self::Remis | Self::Distribue | Self::Integre | Self::Lu | Self::Abandonne)
    }

    /// True if somebody must look.
    pub fn a_voir(self) -> bool {
        matches!(self, Self::Incertain | Self::Refuse | Self::Retarde)
    }

    /// What it becomes when a receipt says something else: a refusal always stands, progress never goes back.
    #[must_use]
    pub fn apres(self, nouveau: Self) -> Self {
        match (self, nouveau) {
            (Self::Refuse | Self::Abandonne, _) => self,
            (_, Self::Refuse) => nouveau,
            // The operator had not answered: any receipt says it left.
            (Self::Incertain | Self::Retarde, autre) => autre,
            _ => self.max(nouveau),
        }
    }
}

/// A recipient, and what became of the sending for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Destinataire {
    /// Address.
    pub adresse: String,
    /// Name, as the directory said it.
    #[serde(default)]
    pub nom: String,
    /// What became of it.
    pub suivi: Suivi,
    /// The words of who said so.
    #[serde(default)]
    pub detail: String,
    /// When it was said.
    #[serde(default)]
    pub le: Option<Timestamp>,
}

/// A document of the record which is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentEnvoye {
    /// The document.
    pub document: Uuid,
    /// Its title.
    pub titre: String,
    /// True if it is under medical secrecy: its title too.
    pub medical: bool,
}

/// Something done about a sending: an attempt, a receipt, a gesture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pas {
    /// When.
    pub le: Timestamp,
    /// What, in words.
    pub dit: String,
}

/// Documents of a person sent to one or several recipients, in one mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envoi {
    /// Whose.
    pub usager: UsagerId,
    /// Where the record is held.
    pub etablissement: EtablissementId,
    /// What.
    pub documents: Vec<DocumentEnvoye>,
    /// To whom.
    pub destinataires: Vec<Destinataire>,
    /// Words for who receives.
    #[serde(default)]
    pub message: String,
    /// A receipt is asked for.
    pub accuse: bool,
    /// The mailbox somebody chose to send from; the house's own when nobody did.
    #[serde(default)]
    pub boite: Option<Uuid>,
    /// Address of the mailbox it left from; empty as long as none was found.
    #[serde(default)]
    pub depuis: String,
    /// Identifier of the mail, the same at every attempt; receipts name it.
    pub reference: String,
    /// When somebody asked.
    pub demande_le: Timestamp,
    /// Who, as they sign.
    pub demande_par: String,
    /// True if it leaves because of an emergency.
    #[serde(default)]
    pub urgence: bool,
    /// The mail as it left, sealed.
    #[serde(default)]
    pub courriel: Option<BlobId>,
    /// What was done, oldest first.
    #[serde(default)]
    pub pas: Vec<Pas>,
}

/// Steps kept in a sending.
const PAS_MAX: usize = 60;

impl Envoi {
    /// The least advanced of its recipients, those somebody must look at first.
    pub fn etat(&self) -> Suivi {
        let suivis = || self.destinataires.iter().map(|un| un.suivi);
        suivis().filter(|suivi| suivi.a_voir()).max().or_else(|| suivis().min()).unwrap_or(Suivi::Prepare)
    }

    /// True as long as a recipient waits for the operator.
    pub fn attend(&self) -> bool {
        self.destinataires.iter().any(|un| un.suivi == Suivi::Prepare)
    }

    /// Adds a step.
    pub fn noter(&mut self, le: Timestamp, dit: impl Into<String>) {
        let dit = dit.into();
        if self.pas.last().is_none_or(|dernier| dernier.dit != dit) && self.pas.len() < PAS_MAX {
            self.pas.push(Pas { le, dit });
        }
    }

    /// Writes what became of it for a recipient; false when nobody of that address is one.
    pub fn suivre(&mut self, adresse: &str, suivi: Suivi, detail: &str, le: Timestamp) -> bool {
        let Some(un) = self.destinataires.iter_mut().find(|un| un.adresse.eq_ignore_ascii_case(adresse)) else { return false };
        let suite = un.suivi.apres(suivi);
        if suite != un.suivi || (suivi == suite && !detail.is_empty()) {
            un.suivi = suite;
            detail.clone_into(&mut un.detail);
            un.le = Some(le);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envoi(suivis: &[Suivi]) -> Envoi {
        let un = |(rang, suivi): (usize, &Suivi)| Destinataire {
            adresse: format!("{rang}@essai.mssante.fr"),
            nom: String::new(),
            suivi: *suivi,
            detail: String::new(),
            le: None,
        };
        Envoi {
            usager: UsagerId(Uuid::nil()),
            etablissement: EtablissementId(Uuid::nil()),
            documents: Vec::new(),
            destinataires: suivis.iter().enumerate().map(un).collect(),
            message: String::new(),
            accuse: true,
            boite: None,
            depuis: String::new(),
            reference: String::new(),
            demande_le: Timestamp::UNIX_EPOCH,
            demande_par: String::new(),
            urgence: false,
            courriel: None,
            pas: Vec::new(),
        }
    }

    #[test]
    fn receipts_in_any_order_end_in_the_same_place_and_a_refusal_stands() {
        let tous = [Suivi::Remis, Suivi::Distribue, Suivi::Integre];
        for ordre in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1]] {
            let fin = ordre.iter().fold(Suivi::Prepare, |suivi, rang| suivi.apres(tous[*rang]));
            assert_eq!(fin, Suivi::Integre);
        }
        assert_eq!(Suivi::Integre.apres(Suivi::Refuse), Suivi::Refuse);
        assert_eq!(Suivi::Refuse.apres(Suivi::Distribue), Suivi::Refuse);
        assert_eq!(Suivi::Incertain.apres(Suivi::Distribue), Suivi::Distribue);
        assert_eq!(Suivi::Retarde.apres(Suivi::Distribue), Suivi::Distribue);
    }

    #[test]
    fn what_somebody_must_look_at_comes_before_what_is_going_on() {
        assert_eq!(envoi(&[Suivi::Integre, Suivi::Refuse]).etat(), Suivi::Refuse);
        assert_eq!(envoi(&[Suivi::Integre, Suivi::Prepare]).etat(), Suivi::Prepare);
        let mut un = envoi(&[Suivi::Remis]);
        assert!(un.suivre("0@ESSAI.mssante.fr", Suivi::Refuse, "5.1.1 inconnu", Timestamp::UNIX_EPOCH));
        assert_eq!((un.etat(), un.destinataires[0].detail.as_str()), (Suivi::Refuse, "5.1.1 inconnu"));
        assert!(!un.suivre("autre@essai.mssante.fr", Suivi::Lu, "", Timestamp::UNIX_EPOCH));
    }
}
