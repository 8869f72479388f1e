//! Identity in the sense of the RNIV: strict traits, INS and their status.

use kernel::id::{EtablissementId, UsagerId};
use kernel::ins::Identite;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The identity of a person, with its complementary traits (RNIV 1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identification {
    /// Whose.
    pub usager: UsagerId,
    /// Where the record is held.
    pub etablissement: EtablissementId,
    /// Strict traits, INS, document, attributes; its status is computed.
    pub identite: Identite,
    /// Used name, when it differs from the birth name.
    #[serde(default)]
    pub nom_utilise: Option<String>,
    /// Used first name, when it differs from the first birth name.
    #[serde(default)]
    pub prenom_utilise: Option<String>,
}

impl Identification {
    /// The record's id for a person.
    pub fn id(usager: UsagerId) -> Uuid {
        kernel::id::derived(usager.0, "identification")
    }
}
