//! Authors of the story as the records name them.

use demo::Recit;
use kernel::id::CompteId;
use plan_de_soins::Signataire;
use platform::acces::Profils;

use crate::ids::compte_id;

/// An author ready to sign.
#[derive(Debug, Clone)]
pub(crate) struct Auteur {
    pub(crate) compte: CompteId,
    pub(crate) nom: String,
    pub(crate) profil: &'static str,
    pub(crate) court: String,
}

impl Auteur {
    pub(crate) fn signataire(&self) -> Signataire {
        Signataire { compte: self.compte, nom: self.nom.clone(), metier: self.court.clone() }
    }
}

/// Every account of the story, by index.
pub(crate) fn auteurs(recit: &Recit) -> Vec<Auteur> {
    let profils = Profils::livres();
    recit
        .agents
        .iter()
        .enumerate()
        .map(|(rang, agent)| Auteur {
            compte: compte_id(rang),
            nom: format!("{} {}", agent.prenom, agent.nom.to_uppercase()),
            profil: agent.role,
            court: profils.get(agent.role).map(|profil| profil.court.clone()).unwrap_or_default(),
        })
        .collect()
}
