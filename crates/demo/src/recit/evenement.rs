//! What happened: plain facts in the order of time.

use jiff::Timestamp;

/// A fact about a person, with its author and both hours.
#[derive(Clone, Debug, Hash)]
pub struct Evenement {
    /// When it happened.
    pub survenu_le: Timestamp,
    /// When it was entered; never before it happened, never after now.
    pub saisi_le: Timestamp,
    /// Index of the resident.
    pub resident: usize,
    /// Index of the author.
    pub auteur: usize,
    /// Establishment where it happened.
    pub etablissement: usize,
    /// Unit where it happened; none for day care.
    pub unite: Option<usize>,
    /// The fact.
    pub fait: Fait,
}

/// Kinds of facts.
#[derive(Clone, Debug, Hash)]
pub enum Fait {
    /// A plan line begins: index in `Recit::lignes`.
    LignePosee(usize),
    /// A planned occurrence was answered.
    Validation(Validation),
    /// A written transmission.
    Transmission(Transmission),
    /// A measured value.
    Mesure(Mesure),
    /// Entry, exit, hospitalisation, room change.
    Mouvement(Mouvement),
    /// A fall.
    Chute(Chute),
    /// An instruction for the team.
    Consigne(Consigne),
}

/// Answer to one planned occurrence.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Validation {
    /// Index in `Recit::lignes`.
    pub ligne: usize,
    /// The occurrence answered.
    pub prevu_le: Timestamp,
    /// fait, fait_partiellement, refuse, absent, reporte or non_necessaire.
    pub statut: &'static str,
    /// Reason code of `motifs.toml`; empty when done.
    pub motif: &'static str,
    /// Part of « Tout est fait ».
    pub groupee: bool,
    /// Entered without network.
    pub hors_ligne: bool,
    /// A second answer by someone else, made offline: author and hour.
    pub conflit: Option<(usize, Timestamp)>,
}

/// A transmission ciblée (DAR).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Transmission {
    /// Theme code of `themes.toml`.
    pub theme: &'static str,
    /// Number of the cible within the resident; none for an isolated note.
    pub cible: Option<u32>,
    /// ouverte, suivie, close or isolee.
    pub etat: &'static str,
    /// What was seen or heard.
    pub donnees: String,
    /// What was done; empty when nothing.
    pub actions: String,
    /// What came of it; empty while awaited.
    pub resultats: String,
    /// info, a_suivre or alerte.
    pub importance: &'static str,
}

/// A measured value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mesure {
    /// Code of `constantes.toml`.
    pub constante: &'static str,
    /// Decimal string with a dot, in the unit of the referential.
    pub valeur: String,
    /// The plan line it answers, when planned.
    pub ligne: Option<usize>,
}

/// A movement.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mouvement {
    /// demande, visite_preadmission, commission, accord, entree, sortie, deces, transfert, absence_debut, absence_fin, changement_lit.
    pub genre: &'static str,
    /// Reason code of `motifs.toml`; empty for the admission trail.
    pub motif: &'static str,
    /// Bed left.
    pub depuis: Option<usize>,
    /// Bed taken.
    pub vers: Option<usize>,
}

/// A fall.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Chute {
    /// Where, in words.
    pub lieu: &'static str,
    /// aucune, douleur, plaie or traumatisme_cranien_possible.
    pub consequence: &'static str,
    /// The 15 was called.
    pub appel_15: bool,
    /// Follow-up in hours; 0 for none.
    pub surveillance_heures: u32,
}

/// An instruction.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Consigne {
    /// Text.
    pub texte: &'static str,
    /// Valid until.
    pub jusquau: Timestamp,
}
