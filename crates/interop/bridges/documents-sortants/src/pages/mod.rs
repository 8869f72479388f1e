//! The routes which sign and print.

pub(crate) mod imprimer;
pub(crate) mod rediger;

use kernel::id::UsagerId;
use platform::prelude::*;
use professionnels::Professionnel;

use crate::SignerDlu;
use crate::entete::Auteur;
use crate::signer::signer_dlu;

/// Signs the DLU as it stands and keeps it; the one signed before is replaced.
pub(crate) async fn signer(acces: Acces<SignerDlu>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let (id, auteur) = (acces.nouvel_id(), auteur(&acces).await?);
    let version = signer_dlu(&acces, &dossier, (id, &auteur)).await?;
    Ok(Answer::vers(format!("/residents/{usager}/documents/{id}"))
        .dit(format!("DLU signé, version {version}, versé au dossier.")))
}

/// Who signs, with the national number of the professional behind the account.
pub(crate) async fn auteur<D: Droit>(acces: &Acces<D>) -> Resultat<Auteur> {
    let acteur = &acces.contexte().acteur;
    let profil = acteur.profils(acces.now()).first().map(|code| (*code).to_owned()).unwrap_or_default();
    let rpps = acces.soi::<Professionnel>().await?.and_then(|lu| lu.value.rpps.map(|rpps| rpps.to_string()));
    Ok(Auteur { compte: acteur.compte.0, nom: acteur.nom.clone(), profil, rpps })
}
