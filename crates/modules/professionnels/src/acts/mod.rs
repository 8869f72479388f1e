//! What a person does to accounts: opening, closing, roles, one's own secrets.

mod exterieur;
mod fermeture;
mod habilitations;
mod ouverture;
mod soi;

pub use exterieur::{Exterieur, ouvrir_exterieur};
pub(crate) use fermeture::{fermer, reinitialiser};
pub(crate) use habilitations::{ajouter_habilitation, finir_habilitation};
pub(crate) use ouverture::{creer_compte, creer_remplacant};
pub(crate) use soi::{choisir_code, choisir_mot_de_passe, fermer_session};

use jiff::Timestamp;
use kernel::id::CompteId;
use platform::acces::{Acces, CleProvisoire, Compte, Droit, MotifRefus, NatureCompte};
use platform::prelude::{Erreur, Resultat, Stored};

use crate::demande::{VALIDITE_CLE, est_remplacable};
use crate::rights::{GererComptes, OuvrirRemplacement};
use crate::secret;

/// A one-use password, drawn and hashed; the clear text is shown once and kept nowhere.
pub(crate) struct Cle {
    pub(crate) clair: String,
    pub(crate) record: CleProvisoire,
}

async fn tirer_cle<D: Droit>(acces: &Acces<D>, compte: CompteId, etablissement: uuid::Uuid, des: Timestamp) -> Resultat<Cle> {
    let clair = secret::tirer()?;
    let hache = platform::web::hacher_a_part(clair.clone()).await?;
    let depuis = des.max(acces.now());
    let expire_le = depuis.checked_add(VALIDITE_CLE).map_err(|error| Erreur::Panne(error.to_string()))?;
    Ok(Cle { clair, record: CleProvisoire { compte, etablissement, hache, expire_le, consommee_le: None } })
}

/// The account, when the person may close it or give it another password.
///
/// A manager of accounts reaches those created in their establishments; a cadre reaches the temporary workers whose
/// every role stands there.
///
/// # Errors
/// A refusal, journalled; a sentence for one's own account.
pub(crate) async fn gerable(acces: &Acces<OuvrirRemplacement>, id: CompteId) -> Resultat<Stored<Compte>> {
    if id == acces.contexte().acteur.compte {
        return Err(Erreur::Demande("Il s'agit de votre propre compte : une autre personne doit faire ce changement.".into()));
    }
    if acces.peut::<GererComptes>() {
        let gestion = acces.aussi::<GererComptes>().await?;
        let compte = gestion.compte(id).await?;
        if gestion.etablissements_ouverts().is_none_or(|ouverts| ouverts.iter().any(|un| un.0 == compte.etablissement)) {
            return Ok(compte);
        }
        return Err(gestion.refuser(MotifRefus::Profession, None).await);
    }
    let compte = acces.compte(id).await?;
    if temporaire_ici(acces, &compte) {
        return Ok(compte);
    }
    Err(acces.refuser(MotifRefus::Profession, None).await)
}

/// True if the account is a temporary worker's, with roles of care only, all in the establishments of this right.
pub(crate) fn temporaire_ici<D: Droit>(acces: &Acces<D>, compte: &Compte) -> bool {
    compte.nature == NatureCompte::Temporaire
        && compte.habilitations.iter().all(|role| {
            let lieu = role.etablissement.is_some_and(|etablissement| acces.ouvert_dans(etablissement));
            lieu && acces.services().profils.get(&role.profil).is_some_and(est_remplacable)
        })
}
