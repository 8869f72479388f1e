//! What happens during an emergency, step by step: facts, appended in any order, from any device.

use jiff::Timestamp;
use kernel::id::{CompteId, EtablissementId, UniteId, UsagerId};
use serde::{Deserialize, Serialize};

/// What made somebody call: code, words.
pub const MOTIFS: [(&str, &str); 8] = [
    ("chute", "Chute"),
    ("malaise", "Malaise"),
    ("respiration", "Détresse respiratoire"),
    ("douleur_thoracique", "Douleur thoracique"),
    ("avc", "AVC ?"),
    ("saignement", "Saignement"),
    ("fievre", "Fièvre, confusion"),
    ("autre", "Autre"),
];

/// What the centre 15 asks, answered by a tap: code, question.
pub const OBSERVATIONS: [(&str, &str); 8] = [
    ("conscient", "Conscient·e"),
    ("parle", "Parle normalement"),
    ("respire", "Respire normalement"),
    ("saigne", "Saigne"),
    ("plaie_tete", "Plaie à la tête"),
    ("deformation", "Membre déformé"),
    ("bouge", "Bouge les quatre membres"),
    ("douleur", "Se plaint de douleur"),
];

/// What the centre 15 decided: code, words.
pub const REPONSES: [(&str, &str); 5] = [
    ("conseil", "Conseil, reste sur place"),
    ("medecin", "Envoi d'un médecin"),
    ("ambulance", "Ambulance"),
    ("pompiers", "Pompiers"),
    ("smur", "SMUR"),
];

/// What came of a call to a relative: code, words.
pub const APPELS: [(&str, &str); 3] = [("joint", "Joint"), ("message", "Message laissé"), ("absent", "Pas de réponse")];

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "quoi", rename_all = "snake_case")]
pub enum Quoi {
    /// What happened.
    Motif {
        /// Code of [`MOTIFS`].
        motif: String,
    },
    /// What is seen of the person.
    Observation {
        /// Code of [`OBSERVATIONS`].
        question: String,
        /// Yes or no.
        oui: bool,
    },
    /// The centre 15 was called.
    Appel15,
    /// What the centre 15 decided.
    Reponse {
        /// Code of [`REPONSES`].
        decision: String,
        /// Number of the file at the centre 15, when it was given.
        #[serde(default)]
        dossier: String,
    },
    /// A relative was called.
    Proche {
        /// Name, as the record writes it.
        nom: String,
        /// Code of [`APPELS`].
        resultat: String,
    },
    /// The DLU was handed over.
    Dlu {
        /// `imprime`, `lien` (a reading link was given), `lu` (somebody read it by the link), `lu_par` (a reader of another
        /// organisation opened it, the words say who), `demande` (its sending was
        /// asked for), `envoye` (the operator has it), `echec` (it cannot leave; the words say why).
        comment: String,
        /// To whom, when it is sent.
        #[serde(default)]
        a_qui: String,
        /// Their address.
        #[serde(default)]
        adresse: String,
    },
    /// The kitchen acknowledged who eats elsewhere.
    Cuisine {
        /// By whom.
        par: String,
    },
    /// The person left for the hospital.
    Depart {
        /// Which hospital, which service.
        hopital: String,
    },
    /// Words.
    Note {
        /// As typed.
        texte: String,
    },
    /// It is over.
    Fin {
        /// `sur_place`, `hospitalise`.
        issue: String,
    },
}

fn mots(table: &[(&'static str, &'static str)], code: &str) -> String {
    table.iter().find(|(connu, _)| *connu == code).map_or_else(|| code.to_owned(), |(_, mots)| (*mots).to_owned())
}

impl Quoi {
    /// The DLU handed over otherwise than by a sending.
    pub fn dlu(comment: &str) -> Self {
        Self::Dlu { comment: comment.to_owned(), a_qui: String::new(), adresse: String::new() }
    }

    /// The step in words: « Appel au 15 », « Conscient·e : oui ».
    pub fn phrase(&self) -> String {
        match self {
            Self::Motif { motif } => mots(&MOTIFS, motif),
            Self::Observation { question, oui } => {
                format!("{} : {}", mots(&OBSERVATIONS, question), if *oui { "oui" } else { "non" })
            }
            Self::Appel15 => "Appel au 15".into(),
            Self::Reponse { decision, dossier } if dossier.is_empty() => format!("Réponse du 15 : {}", mots(&REPONSES, decision)),
            Self::Reponse { decision, dossier } => {
                format!("Réponse du 15 : {}, dossier {dossier}", mots(&REPONSES, decision))
            }
            Self::Proche { nom, resultat } => format!("{nom} : {}", mots(&APPELS, resultat).to_lowercase()),
            Self::Dlu { comment, a_qui, .. } => match comment.as_str() {
                "imprime" => "DLU imprimé".into(),
                "lien" => "Lien de lecture du DLU donné".into(),
                "lu" => "DLU lu par le lien".into(),
                "lu_par" => format!("DLU lu par {a_qui}"),
                "demande" => format!("Envoi du DLU demandé : {a_qui}"),
                "echec" => format!("DLU non envoyé. {a_qui}"),
                _ if a_qui.is_empty() => "DLU envoyé".into(),
                _ => format!("DLU envoyé : {a_qui}"),
            },
            Self::Cuisine { par } => format!("Cuisine prévenue ({par})"),
            Self::Depart { hopital } if hopital.is_empty() => "Départ à l'hôpital".into(),
            Self::Depart { hopital } => format!("Départ à l'hôpital : {hopital}"),
            Self::Note { texte } => texte.clone(),
            Self::Fin { issue } if issue == "hospitalise" => "Fin : hospitalisé·e".into(),
            Self::Fin { .. } => "Fin : reste sur place".into(),
        }
    }

    /// True if the codes are known: what a tablet of another release may not guarantee.
    pub fn connu(&self) -> bool {
        let est = |table: &[(&str, &str)], code: &str| table.iter().any(|(connu, _)| *connu == code);
        match self {
            Self::Motif { motif } => est(&MOTIFS, motif),
            Self::Observation { question, .. } => est(&OBSERVATIONS, question),
            Self::Reponse { decision, .. } => est(&REPONSES, decision),
            Self::Proche { resultat, .. } => est(&APPELS, resultat),
            Self::Note { texte } => !texte.trim().is_empty(),
            Self::Dlu { comment, adresse, .. } if comment == "demande" => adresse.contains('@'),
            _ => true,
        }
    }
}

/// A step of an emergency, about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Etape {
    /// Whose.
    pub usager: UsagerId,
    /// Where the record is held.
    pub etablissement: EtablissementId,
    /// Unit of the stay.
    #[serde(default)]
    pub unite: Option<UniteId>,
    /// What.
    #[serde(flatten)]
    pub quoi: Quoi,
    /// When it happened.
    pub a: Timestamp,
    /// When it was entered, on a device perhaps without network.
    pub saisie_a: Timestamp,
    /// By whom.
    pub auteur: CompteId,
    /// Their name as they sign.
    pub auteur_nom: String,
    /// Entered without network.
    #[serde(default)]
    pub hors_ligne: bool,
    /// The hour is to be confirmed: the device's clock was wrong.
    #[serde(default)]
    pub heure_a_confirmer: bool,
    /// Why it was taken back, when it was.
    #[serde(default)]
    pub annulee: Option<String>,
}
