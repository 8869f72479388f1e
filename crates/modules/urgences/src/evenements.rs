//! What an emergency asks of others.

use kernel::id::{CompteId, UsagerId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Topic of the message sent when somebody asks, on the call sheet, that the DLU leaves.
pub const TOPIC_DLU_DEMANDE: &str = "urgences.dlu_demande";

/// The DLU is to leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DluDemande {
    /// Whose.
    pub usager: UsagerId,
    /// The step which asked: ids of what follows come from it.
    pub etape: Uuid,
    /// Account of who asked: they sign the document.
    pub auteur: CompteId,
    /// Their name as they sign.
    pub auteur_nom: String,
    /// Code of their profile.
    #[serde(default)]
    pub profil: String,
    /// Secure address it leaves to.
    pub adresse: String,
    /// Name of who receives, as the directory says.
    #[serde(default)]
    pub destinataire: String,
}
