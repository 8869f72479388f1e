//! A stay and the movements which make it.

use jiff::Timestamp;
use jiff::civil::Date;
use kernel::id::{ChambreId, EtablissementId, LitId, SejourId, UniteId, UsagerId};
use platform::acces::EtatSejour;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The kind of a stay (F217).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GenreSejour {
    /// Hébergement permanent.
    Permanent,
    /// Hébergement temporaire, with an end date.
    Temporaire,
    /// Accueil de jour: no bed.
    AccueilDeJour,
    /// At home (SSIAD, SESSAD, CRT): no bed.
    Domicile,
}

impl GenreSejour {
    /// Every kind with its code and label.
    pub const TOUS: [(Self, &'static str, &'static str); 4] = [
        (Self::Permanent, "permanent", "Hébergement permanent"),
        (Self::Temporaire, "temporaire", "Hébergement temporaire"),
        (Self::AccueilDeJour, "accueil_de_jour", "Accueil de jour"),
        (Self::Domicile, "domicile", "À domicile"),
    ];

    /// Label on screens.
    pub fn libelle(self) -> &'static str {
        Self::TOUS.iter().find(|(genre, ..)| *genre == self).map_or("", |(_, _, libelle)| libelle)
    }
}

/// A stay of a person in an establishment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sejour {
    /// Its id, repeated for links.
    pub id: SejourId,
    /// Who.
    pub usager: UsagerId,
    /// Where.
    pub etablissement: EtablissementId,
    /// Kind.
    pub genre: GenreSejour,
    /// State, computed from the movements.
    pub etat: EtatSejour,
    /// Unit, when there is one.
    #[serde(default)]
    pub unite: Option<UniteId>,
    /// Room.
    #[serde(default)]
    pub chambre: Option<ChambreId>,
    /// Bed: held as long as the stay goes on.
    #[serde(default)]
    pub lit: Option<LitId>,
    /// « 214 » or « 214 F », kept beside the ids so that lists need no further reading.
    #[serde(default)]
    pub chambre_libelle: String,
    /// Walking order of the room within the unit.
    #[serde(default)]
    pub rang: u32,
    /// Entry, done or expected.
    pub entree_le: Timestamp,
    /// Exit foreseen, for temporary stays.
    #[serde(default)]
    pub sortie_prevue: Option<Date>,
    /// Exit, when it is over.
    #[serde(default)]
    pub sortie_le: Option<Timestamp>,
    /// Absent or in hospital since.
    #[serde(default)]
    pub parti_le: Option<Timestamp>,
    /// Where: hospital, family…
    #[serde(default)]
    pub lieu: String,
}

impl Sejour {
    /// Holds this place from now on; `None` frees it.
    pub fn occuper(&mut self, place: Option<&Place>) {
        self.unite = place.map(|place| place.unite);
        self.chambre = place.and_then(|place| place.chambre);
        self.lit = place.and_then(|place| place.lit);
        self.chambre_libelle = place.map(|place| place.libelle.clone()).unwrap_or_default();
        self.rang = place.map_or(0, |place| place.rang);
    }
}

/// A place in the house: what a stay holds and what every list shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Unit.
    pub unite: UniteId,
    /// Room; none for day care.
    #[serde(default)]
    pub chambre: Option<ChambreId>,
    /// Bed; none for day care.
    #[serde(default)]
    pub lit: Option<LitId>,
    /// « 214 » or « 214 F ».
    #[serde(default)]
    pub libelle: String,
    /// Walking order within the unit.
    #[serde(default)]
    pub rang: u32,
}

/// What a movement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NatureMouvement {
    /// Request accepted, expected.
    Preadmission,
    /// Entry.
    Admission,
    /// Another room, bed or unit.
    ChangementChambre,
    /// Out for a time: family, holiday.
    DepartAbsence,
    /// Back from an absence.
    RetourAbsence,
    /// To hospital; the bed is held.
    Hospitalisation,
    /// Back from hospital.
    RetourHospitalisation,
    /// Exit.
    Sortie,
    /// Death.
    Deces,
}

impl NatureMouvement {
    /// Every movement with its code and label.
    pub const TOUS: [(Self, &'static str, &'static str); 9] = [
        (Self::Preadmission, "preadmission", "Préadmission"),
        (Self::Admission, "admission", "Admission"),
        (Self::ChangementChambre, "changement_chambre", "Changement de chambre"),
        (Self::DepartAbsence, "depart_absence", "Départ en absence"),
        (Self::RetourAbsence, "retour_absence", "Retour d'absence"),
        (Self::Hospitalisation, "hospitalisation", "Hospitalisation"),
        (Self::RetourHospitalisation, "retour_hospitalisation", "Retour d'hospitalisation"),
        (Self::Sortie, "sortie", "Sortie"),
        (Self::Deces, "deces", "Décès"),
    ];

    /// Label on screens.
    pub fn libelle(self) -> &'static str {
        Self::TOUS.iter().find(|(nature, ..)| *nature == self).map_or("", |(_, _, libelle)| libelle)
    }

    /// The state a stay takes after this movement; `None` when it does not change.
    pub fn etat_apres(self) -> Option<EtatSejour> {
        match self {
            Self::Preadmission => Some(EtatSejour::Preadmis),
            Self::Admission | Self::RetourAbsence | Self::RetourHospitalisation => Some(EtatSejour::Present),
            Self::ChangementChambre => None,
            Self::DepartAbsence => Some(EtatSejour::Absent),
            Self::Hospitalisation => Some(EtatSejour::Hospitalise),
            Self::Sortie => Some(EtatSejour::Sorti),
            Self::Deces => Some(EtatSejour::Decede),
        }
    }

    /// True if a stay in this state may make this movement.
    pub fn possible(self, etat: EtatSejour) -> bool {
        use EtatSejour::{Absent, Decede, Hospitalise, Preadmis, Present, Sorti};
        match self {
            Self::Preadmission => false,
            Self::Admission => etat == Preadmis,
            Self::ChangementChambre | Self::Sortie => matches!(etat, Preadmis | Present | Absent | Hospitalise),
            Self::DepartAbsence => etat == Present,
            Self::RetourAbsence => etat == Absent,
            Self::Hospitalisation => matches!(etat, Present | Absent),
            Self::RetourHospitalisation => etat == Hospitalise,
            Self::Deces => !matches!(etat, Decede | Sorti),
        }
    }
}

/// A movement: appended, corrected or annulled by a later fact, never overwritten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mouvement {
    /// The stay.
    pub sejour: SejourId,
    /// Who.
    pub usager: UsagerId,
    /// Where.
    pub etablissement: EtablissementId,
    /// What.
    pub nature: NatureMouvement,
    /// When it happened.
    pub le: Timestamp,
    /// From: room, hospital…
    #[serde(default)]
    pub de: String,
    /// To.
    #[serde(default)]
    pub vers: String,
    /// Reason.
    #[serde(default)]
    pub motif: String,
    /// Annulled: by whom it is told by the version's author, with its reason.
    #[serde(default)]
    pub annule: Option<String>,
    /// The place held from this movement on: admission, change of room. Lets an annulment find the former place again.
    #[serde(default)]
    pub place: Option<Place>,
    /// Reference of what it came from (a message, an operation), if any.
    #[serde(default)]
    pub origine: Option<Uuid>,
}
