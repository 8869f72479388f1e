//! Who acts: an account and its habilitations.

use jiff::Timestamp;
use kernel::id::{CompteId, EtablissementId, ProfessionnelId, UniteId};
use serde::{Deserialize, Serialize};
use store::{Entity, Scope};
use uuid::Uuid;

/// Whether the account is a person's or the system's own work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum NatureCompte {
    /// A professional with an employment or practice.
    #[default]
    Permanent,
    /// A temporary worker or a student, with an end date (F242).
    Temporaire,
    /// A partner's program, which calls the API and never signs in on pages.
    Application,
    /// A reader of another organisation (SAMU, emergency department), of no house of the grappe (F017).
    Exterieur,
}

/// A role held somewhere, for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Habilitation {
    /// Profile code, see [`super::Profils`].
    pub profil: String,
    /// Where; `None` for the whole grappe (administrators, who open no record).
    pub etablissement: Option<EtablissementId>,
    /// The units; empty: all of the establishment.
    #[serde(default)]
    pub unites: Vec<UniteId>,
    /// From.
    pub du: Timestamp,
    /// Until, excluded; `None`: until further notice.
    #[serde(default)]
    pub au: Option<Timestamp>,
}

impl Habilitation {
    /// True if the role is held at this instant.
    pub fn active(&self, now: Timestamp) -> bool {
        self.du <= now && self.au.is_none_or(|au| now < au)
    }
}

/// A login and what it may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compte {
    /// What is typed to sign in, lower case; unique in the grappe.
    pub identifiant: String,
    /// Name shown to others.
    pub nom_affiche: String,
    /// The professional, if any.
    pub professionnel: Option<ProfessionnelId>,
    /// The establishment which created the account.
    pub etablissement: Uuid,
    /// Argon2id hash (PHC string); empty: no password yet.
    pub mot_de_passe: String,
    /// Argon2id hash of the six-digit code used on shared tablets, if chosen.
    #[serde(default)]
    pub code: Option<String>,
    /// Permanent or temporary.
    #[serde(default)]
    pub nature: NatureCompte,
    /// Closed: every session dies at once.
    #[serde(default)]
    pub ferme_le: Option<Timestamp>,
    /// Roles.
    pub habilitations: Vec<Habilitation>,
    /// Shown on the demo's « Entrer comme… » cards.
    #[serde(default)]
    pub demo: Option<String>,
    /// Display preferences, by name.
    #[serde(default)]
    pub preferences: std::collections::BTreeMap<String, String>,
}

/// The list of all accounts.
pub const LANE_COMPTES: &str = "comptes";

impl Entity for Compte {
    const KIND: &'static str = "compte";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).lane(LANE_COMPTES).lane2(format!("compte/{}", self.identifiant))
    }

    fn claims(&self) -> Vec<String> {
        vec![format!("identifiant/{}", self.identifiant)]
    }
}

/// Who acts now: the account, and the roles held at this instant.
#[derive(Debug, Clone)]
pub struct Acteur {
    /// The account; nil for the system's own work.
    pub compte: CompteId,
    /// Name shown to others and kept in the journal's reader.
    pub nom: String,
    /// Roles, including expired ones: the policy looks at their dates.
    pub habilitations: Vec<Habilitation>,
    /// People whose glass this account broke, and until when.
    pub bris: Vec<(kernel::id::UsagerId, Timestamp)>,
    /// People whose DLU this account was granted to read, and until when.
    pub lectures: Vec<(kernel::id::UsagerId, Timestamp)>,
    /// The last brake on this account, whatever became of it.
    pub freinage: Option<super::Freinage>,
    /// Display preferences of the account.
    pub preferences: std::collections::BTreeMap<String, String>,
}

impl Acteur {
    /// Roles held at this instant.
    pub fn actives(&self, now: Timestamp) -> impl Iterator<Item = &Habilitation> {
        self.habilitations.iter().filter(move |habilitation| habilitation.active(now))
    }

    /// Establishments where a role is held at this instant, without repetition.
    pub fn etablissements(&self, now: Timestamp) -> Vec<EtablissementId> {
        let mut liste: Vec<_> = self.actives(now).filter_map(|habilitation| habilitation.etablissement).collect();
        liste.sort_unstable();
        liste.dedup();
        liste
    }

    /// Role codes held at this instant, the most specific first declared.
    pub fn profils(&self, now: Timestamp) -> Vec<&str> {
        self.actives(now).map(|habilitation| habilitation.profil.as_str()).collect()
    }
}
