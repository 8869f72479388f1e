//! One request of an application: who, with which scopes, through which key of the gate.

use fhir_r4::{Interaction, Scopes};
use kernel::id::{CompteId, EtablissementId};
use platform::api::Demande;
use platform::prelude::*;

use super::ecart::Ecart;
use super::genres::{self, Genre};

/// A request whose token was proved.
#[derive(Debug)]
pub(crate) struct Appel {
    pub(crate) demande: Demande,
    pub(crate) portees: Scopes,
    /// Address of the interface.
    pub(crate) base: String,
    pub(crate) compte: CompteId,
}

impl Appel {
    /// The type of resource, if it is served and the scopes cover this interaction on it.
    pub(crate) fn exiger(&self, genre: &str, interaction: Interaction) -> Result<&'static Genre, Ecart> {
        let connu = genres::trouver(genre).ok_or_else(|| {
            Ecart::new(
                http::StatusCode::NOT_FOUND,
                fhir_r4::IssueType::NotSupported,
                "Ce type de ressource n'est pas servi. Ceux qui le sont sont décrits à l'adresse « metadata ».",
            )
        })?;
        if self.portees.allows(connu.nom, interaction) { Ok(connu) } else { Err(Ecart::portee(connu.nom)) }
    }

    /// True if the scopes cover this interaction.
    pub(crate) fn permet(&self, genre: &str, interaction: Interaction) -> bool {
        self.portees.allows(genre, interaction)
    }

    /// Establishments of the application, in force now.
    pub(crate) fn etablissements(&self) -> Vec<EtablissementId> {
        let contexte = self.demande.contexte();
        contexte.acteur.etablissements(contexte.now)
    }
}

/// FINESS and name of an establishment; empty when nothing is known.
pub(crate) async fn lieu<D: Droit>(acces: &Acces<D>, id: EtablissementId) -> Resultat<(String, String)> {
    let lu = acces.lire::<etablissements::Etablissement>(id).await?;
    Ok(lu.map(|lu| (lu.finess.as_str().to_owned(), lu.nom.as_str().to_owned())).unwrap_or_default())
}
