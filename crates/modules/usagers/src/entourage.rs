//! Who surrounds the person: contacts, personne de confiance, protection measure.

use kernel::id::{EtablissementId, UsagerId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a contact is for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoleContact {
    /// Family or friend.
    Proche,
    /// Personne de confiance (art. L.1111-6 CSP, L.311-5-1 CASF).
    PersonneDeConfiance,
    /// Person to warn.
    APrevenir,
    /// Guardian: tutelle, curatelle.
    Mandataire,
    /// Médecin traitant.
    MedecinTraitant,
    /// Anybody else: funeral company, neighbour…
    Autre,
}

impl RoleContact {
    /// Every role with its code and label.
    pub const TOUS: [(Self, &'static str, &'static str); 6] = [
        (Self::Proche, "proche", "Proche"),
        (Self::PersonneDeConfiance, "personne_de_confiance", "Personne de confiance"),
        (Self::APrevenir, "a_prevenir", "Personne à prévenir"),
        (Self::Mandataire, "mandataire", "Mandataire"),
        (Self::MedecinTraitant, "medecin_traitant", "Médecin traitant"),
        (Self::Autre, "autre", "Autre"),
    ];

    /// Label on screens.
    pub fn libelle(self) -> &'static str {
        Self::TOUS.iter().find(|(role, ..)| *role == self).map_or("", |(_, _, libelle)| libelle)
    }
}

/// Somebody around the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Its id within the record.
    pub id: Uuid,
    /// Name.
    pub nom: String,
    /// Link: « fille aînée ».
    #[serde(default)]
    pub lien: String,
    /// Roles.
    pub roles: Vec<RoleContact>,
    /// Telephone.
    #[serde(default)]
    pub telephone: String,
    /// E-mail.
    #[serde(default)]
    pub courriel: String,
    /// Address.
    #[serde(default)]
    pub adresse: String,
    /// When to call, what to say: « pas la nuit sauf urgence ».
    #[serde(default)]
    pub consigne: String,
}

/// A legal protection measure (ANS class MesureProtection).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MesureProtection {
    /// Code: `sauvegarde`, `curatelle_simple`, `curatelle_renforcee`, `tutelle`, `habilitation_familiale`, `mandat_protection`.
    pub nature: String,
    /// Who exercises it.
    pub mandataire: String,
    /// Since.
    #[serde(default)]
    pub depuis: Option<jiff::civil::Date>,
    /// Until.
    #[serde(default)]
    pub jusque: Option<jiff::civil::Date>,
}

impl MesureProtection {
    /// Natures of measures, code and label (Code civil, art. 425 and following; mandat: art. 477).
    pub const NATURES: [(&'static str, &'static str); 7] = [
        ("sauvegarde", "Sauvegarde de justice"),
        ("curatelle_simple", "Curatelle simple"),
        ("curatelle_renforcee", "Curatelle renforcée"),
        ("tutelle", "Tutelle"),
        ("habilitation_familiale", "Habilitation familiale"),
        ("mandat_protection", "Mandat de protection future"),
        ("mandat_protection_future", "Mandat de protection future"),
    ];

    /// Label of the nature; the code itself when it is unknown.
    pub fn libelle(&self) -> &str {
        Self::NATURES.iter().find(|(code, _)| *code == self.nature).map_or(self.nature.as_str(), |(_, libelle)| libelle)
    }
}

/// Who surrounds the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entourage {
    /// Whose.
    pub usager: UsagerId,
    /// Where the record is held.
    pub etablissement: EtablissementId,
    /// Contacts, in the order to call them.
    #[serde(default)]
    pub contacts: Vec<Contact>,
    /// Protection measure in force.
    #[serde(default)]
    pub mesure: Option<MesureProtection>,
    /// Directives anticipées: `oui`, `non`, `inconnu`.
    #[serde(default)]
    pub directives: String,
}

impl Entourage {
    /// The record's id for a person.
    pub fn id(usager: UsagerId) -> Uuid {
        kernel::id::derived(usager.0, "entourage")
    }

    /// « rédigées », « non rédigées », « non abordées ».
    pub fn directives_libelle(&self) -> &'static str {
        match self.directives.as_str() {
            "oui" => "rédigées",
            "non" => "la personne ne souhaite pas en rédiger",
            _ => "question non abordée",
        }
    }

    /// The personne de confiance, if there is one.
    pub fn personne_de_confiance(&self) -> Option<&Contact> {
        self.contacts.iter().find(|contact| contact.roles.contains(&RoleContact::PersonneDeConfiance))
    }
}
