//! A person accompanied: identity, stays, clinical profile, life, relatives, wishes.

use jiff::Timestamp;
use jiff::civil::Date;

use super::portrait::Portrait;
use super::sejours::{Absence, Occupation, Sejour};

/// OID of the demonstration INS-NIR (requirements 7.1).
pub const OID_INS_DEMONSTRATION: &str = "1.2.250.1.213.1.4.11";

/// Identity traits.
#[derive(Clone, Debug, Hash)]
pub struct Identite {
    /// Birth name as shown.
    pub nom_naissance: String,
    /// First names of birth, in order.
    pub prenoms: Vec<String>,
    /// Name used, when different.
    pub nom_utilise: Option<String>,
    /// First name used, when different.
    pub prenom_utilise: Option<String>,
    /// Date of birth.
    pub naissance: Date,
    /// F or M.
    pub sexe: char,
    /// COG code of birth: fictitious department 00, or a country code 99xxx.
    pub cog_naissance: &'static str,
    /// Place of birth shown.
    pub lieu_naissance: &'static str,
    /// Fifteen digits; impossible month and department 00, the key is right.
    pub ins: String,
    /// Always [`OID_INS_DEMONSTRATION`].
    pub oid: &'static str,
    /// provisoire, validee, recuperee or qualifiee.
    pub statut: &'static str,
    /// Another resident has nearly the same identity.
    pub homonyme: bool,
}

impl Identite {
    /// The name used, else the birth name.
    pub fn nom(&self) -> &str {
        self.nom_utilise.as_deref().unwrap_or(&self.nom_naissance)
    }

    /// The first name used, else the first of birth.
    pub fn prenom(&self) -> &str {
        self.prenom_utilise.as_deref().or(self.prenoms.first().map(String::as_str)).unwrap_or("")
    }
}

/// What is known of allergies: exactly four states (ux.md 2.4).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Allergies {
    /// Agents and reactions.
    Connues(Vec<Allergie>),
    /// None, checked on that day.
    Aucune(Date),
    /// Nobody has asked yet.
    NonRenseignees,
    /// Asked, nobody can tell.
    Indisponible,
}

/// One known allergy.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Allergie {
    /// Agent.
    pub agent: &'static str,
    /// Reaction.
    pub reaction: &'static str,
    /// Year known.
    pub annee: i16,
}

/// Clinical profile, as far as the story needs it.
#[derive(Clone, Debug, Hash)]
pub struct Clinique {
    /// GIR 1 to 6.
    pub gir: u8,
    /// Allergies.
    pub allergies: Allergies,
    /// Codes of alert chips: fausse_route, chute_recente, anticoagulant, insuline, isolement, risque_sortie, fin_de_vie, contention, oxygene.
    pub alertes: Vec<&'static str>,
    /// normale, hachee, moulinee, mixee.
    pub texture: &'static str,
    /// normal, diabetique, sans_sel, enrichi, sans_porc, vegetarien.
    pub regime: &'static str,
    /// normale, epaissie, gelifiee.
    pub boisson: &'static str,
    /// Codes: fauteuil_roulant, deambulateur, canne, leve_malade, verticalisateur, lunettes, appareil_auditif, dentier, matelas_air, lit_bas, oxygene.
    pub equipements: Vec<&'static str>,
    /// Codes of `plans_types.toml` applied.
    pub plans: Vec<&'static str>,
    /// Level of care A (all), B (limited) or C (comfort), as it was told at the entry: the medical sheet may be more limited, never less.
    pub niveau_soins: char,
    /// Weight sixty days ago, tenths of a kilogram.
    pub poids_hg: i64,
    /// Isolation episode, first and last day relative to today.
    pub isolement: Option<(i64, i64)>,
}

/// Life and habits.
#[derive(Clone, Debug, Hash)]
pub struct Vie {
    /// « Ce qui compte », in the person's words.
    pub compte: Vec<String>,
    /// Habits: theme code (passe, entourage, reveil, toilette, repas, coucher, apaise) and sentence.
    pub habitudes: Vec<(&'static str, String)>,
    /// Centres of interest.
    pub centres: Vec<String>,
    /// Address before the entry, fictitious.
    pub adresse: String,
}

/// A relative or other contact.
#[derive(Clone, Debug, Hash)]
pub struct Contact {
    /// Surname.
    pub nom: String,
    /// First name.
    pub prenom: String,
    /// fille, fils, nièce…
    pub lien: String,
    /// Phone of fiction.
    pub telephone: String,
    /// Mail at exemple.invalid.
    pub courriel: String,
    /// Designated personne de confiance (L.311-5-1).
    pub confiance: bool,
    /// To be told in an emergency, order; 0 = not to be called.
    pub ordre_appel: u32,
}

/// Consents: oui, non or non_demande.
#[derive(Clone, Debug, Hash)]
pub struct Consentements {
    /// Feeding the national shared record.
    pub dmp: &'static str,
    /// Photograph in the dossier.
    pub photo: &'static str,
    /// Image in the life of the house.
    pub image: &'static str,
    /// Sharing inside the grappe.
    pub partage_grappe: &'static str,
    /// Portal: activities.
    pub portail_activites: &'static str,
    /// Portal: health.
    pub portail_sante: &'static str,
    /// Advance directives: redigees, refus or non_abordees.
    pub directives: &'static str,
}

/// A person accompanied.
#[derive(Clone, Debug, Hash)]
pub struct Resident {
    /// Identity.
    pub identite: Identite,
    /// Stays, oldest first.
    pub sejours: Vec<Sejour>,
    /// Absences of the sixty days.
    pub absences: Vec<Absence>,
    /// Clinical profile.
    pub clinique: Clinique,
    /// Life.
    pub vie: Vie,
    /// Relatives.
    pub contacts: Vec<Contact>,
    /// tutelle, curatelle_renforcee, curatelle_simple, sauvegarde, habilitation_familiale, mandat_protection_future.
    pub protection: Option<&'static str>,
    /// Consents.
    pub consentements: Consentements,
    /// Parameters of the drawn face.
    pub portrait: Portrait,
    /// Index of the spouse living in the same room.
    pub conjoint: Option<usize>,
    /// Login of the relative on the portal.
    pub portail: Option<&'static str>,
    /// How much is written about the person, 100 = usual.
    pub loquacite: i64,
}

impl Resident {
    /// Bed held at an instant, none outside stays.
    pub fn occupation(&self, quand: Timestamp) -> Option<&Occupation> {
        let occupations = self.sejours.iter().flat_map(|s| s.occupations.iter());
        occupations.into_iter().find(|o| o.du <= quand && o.au.is_none_or(|fin| quand < fin))
    }

    /// Whether the person is away, bed held.
    pub fn absent(&self, quand: Timestamp) -> bool {
        self.absences.iter().any(|a| a.debut <= quand && a.fin.is_none_or(|fin| quand < fin))
    }

    /// First admission.
    pub fn entree(&self) -> Option<Timestamp> {
        self.sejours.first().map(|s| s.entree)
    }

    /// Final exit; none for someone who is here.
    pub fn sortie(&self) -> Option<Timestamp> {
        self.sejours.last().and_then(|s| s.sortie)
    }
}
