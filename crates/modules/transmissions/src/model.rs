//! A targeted transmission: what was seen (D), what was done (A), what came of it (R), on a target.

use jiff::Timestamp;
use jiff::civil::Date;
use kernel::id::{CompteId, EtablissementId, UniteId, UsagerId};
use kernel::texte::Texte;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How much it matters to the next shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Importance {
    /// To be known.
    #[default]
    Info,
    /// To be followed: a result is awaited.
    ASuivre,
    /// The nurse must know now; taken note of by name.
    Alerte,
}

impl Importance {
    /// Every importance with its code and label.
    pub const TOUTES: [(Self, &'static str, &'static str); 3] = [
        (Self::Info, "info", "Info"),
        (Self::ASuivre, "a_suivre", "À suivre"),
        (Self::Alerte, "alerte", "Alerte : prévenir l'IDE"),
    ];

    /// Its code in forms and files.
    pub fn code(self) -> &'static str {
        Self::TOUTES.iter().find(|(importance, ..)| *importance == self).map_or("", |(_, code, _)| code)
    }

    /// The importance of a code.
    pub fn lire(code: &str) -> Option<Self> {
        Self::TOUTES.iter().find(|(_, connu, _)| *connu == code).map(|(importance, ..)| *importance)
    }

    /// Its word on chips.
    pub fn mot(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::ASuivre => "à suivre",
            Self::Alerte => "alerte",
        }
    }
}

/// What a writing says of its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EtatCible {
    /// A note which calls for nothing more: it opens no target.
    #[default]
    Isolee,
    /// A result is awaited.
    Ouverte,
    /// Followed: the last result is written, the story goes on.
    Suivie,
    /// The story is over.
    Close,
}

impl EtatCible {
    /// Its word on screens.
    pub fn mot(self) -> &'static str {
        match self {
            Self::Isolee => "note",
            Self::Ouverte => "ouverte, résultat attendu",
            Self::Suivie => "suivie",
            Self::Close => "close",
        }
    }

    /// True as long as somebody still has something to write.
    pub fn vivante(self) -> bool {
        matches!(self, Self::Ouverte | Self::Suivie)
    }
}

/// Something of the record the writing is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lien {
    /// `soin`, `constante`, `chute`, `evenement` or `document`.
    pub nature: String,
    /// Which one.
    pub id: Uuid,
    /// Its words: « Transfert », « Température 38,4 °C ».
    pub libelle: String,
}

impl Lien {
    /// Kinds of things a writing may point to.
    pub const NATURES: [&'static str; 5] = ["soin", "constante", "chute", "evenement", "document"];
}

/// An instruction as it was written with a transmission; its own life goes on in [`crate::Consigne`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsigneEcrite {
    /// What to do.
    pub texte: Texte<500>,
    /// Last day it is in force, included.
    pub jusquau: Date,
    /// Profile codes it is for; empty: the whole team.
    #[serde(default)]
    pub pour: Vec<String>,
}

/// Who corrected or annulled, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// Reason, read by everybody who reads the writing.
    pub motif: Texte<300>,
    /// Name of who did it.
    pub par: String,
    /// When.
    pub le: Timestamp,
}

/// A targeted transmission (D données, A actions, R résultat).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transmission {
    /// Its id, repeated: it is also the target's when it opens one.
    pub id: Uuid,
    /// About whom.
    pub usager: UsagerId,
    /// Where.
    pub etablissement: EtablissementId,
    /// The unit of the person when it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unite: Option<UniteId>,
    /// Code of `referentiels/themes.toml`.
    pub theme: String,
    /// The theme was found from the words and nobody confirmed it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub theme_propose: bool,
    /// The target it goes on: id of the transmission which opened it; `None` when it opens one or stands alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cible: Option<Uuid>,
    /// What it says of its target.
    #[serde(default)]
    pub etat: EtatCible,
    /// D: what was seen or heard. Absent only when a result or an action is added to a target.
    #[serde(default)]
    pub donnees: Option<Texte<4000>>,
    /// A: what was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actions: Option<Texte<4000>>,
    /// R: what came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resultat: Option<Texte<4000>>,
    /// How much it matters.
    #[serde(default)]
    pub importance: Importance,
    /// Instruction written with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consigne: Option<ConsigneEcrite>,
    /// When somebody looks again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub a_revoir: Option<Timestamp>,
    /// What it points to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub liens: Vec<Lien>,
    /// When it was seen.
    pub fait_le: Timestamp,
    /// When it was entered, by the tablet's corrected clock when offline.
    pub saisi_le: Timestamp,
    /// When the server received it, if it was entered without network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recu_le: Option<Timestamp>,
    /// Account of the author: corrections by others do not change it.
    pub auteur: CompteId,
    /// Name of the author at the time.
    pub auteur_nom: String,
    /// Profile code of the author at the time.
    pub auteur_profil: String,
    /// Entered without network.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hors_ligne: bool,
    /// The tablet's clock was doubtful.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub heure_a_confirmer: bool,
    /// This version corrects the former one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrige: Option<Trace>,
    /// Annulled: kept, struck through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annule: Option<Trace>,
}

impl Transmission {
    /// The thread it belongs to: its target, else itself.
    pub fn fil(&self) -> Uuid {
        self.cible.unwrap_or(self.id)
    }

    /// The instant a reader had to be there to know it as it is now: reception, else last correction or annulment.
    ///
    /// What a tablet sends late is new for whoever read before it arrived.
    pub fn connu_le(&self) -> Timestamp {
        let corrige = self.corrige.as_ref().map(|trace| trace.le);
        let annule = self.annule.as_ref().map(|trace| trace.le);
        [corrige, annule].into_iter().flatten().fold(self.arrive_le(), Timestamp::max)
    }

    /// The instant it first became readable by others.
    pub fn arrive_le(&self) -> Timestamp {
        self.recu_le.unwrap_or(self.saisi_le)
    }

    /// What a digest shows of it: the result when there is one, else what was seen, else what was done.
    pub fn derniere_phrase(&self) -> (char, &str) {
        [('R', &self.resultat), ('D', &self.donnees), ('A', &self.actions)]
            .into_iter()
            .find_map(|(lettre, texte)| texte.as_deref().map(|texte| (lettre, texte)))
            .unwrap_or(('D', ""))
    }

    /// Its texts in the order D, A, R, those which were written.
    pub fn textes(&self) -> impl Iterator<Item = &str> {
        [&self.donnees, &self.actions, &self.resultat].into_iter().filter_map(|texte| texte.as_deref())
    }

    /// What it says of its target, from what it holds.
    ///
    /// A result is awaited when it must be followed, when it is an alert, when somebody looks again, or when something was
    /// done whose effect is not told yet. In a thread, a mere note keeps the story going; only a thread is closed.
    pub fn etat_ecrit(&self, clore: bool) -> EtatCible {
        let dans_un_fil = self.cible.is_some();
        let attend = self.importance != Importance::Info || self.actions.is_some() || self.a_revoir.is_some();
        match self.resultat {
            _ if clore && dans_un_fil => EtatCible::Close,
            Some(_) if dans_un_fil || self.a_revoir.is_some() => EtatCible::Suivie,
            None if attend => EtatCible::Ouverte,
            None if dans_un_fil => EtatCible::Suivie,
            Some(_) | None => EtatCible::Isolee,
        }
    }
}
