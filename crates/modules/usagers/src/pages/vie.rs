//! `/residents/{usager}/vie`: habits, wishes, story, written by anybody of the team, signed.

use kernel::id::UsagerId;
use platform::prelude::*;

use super::{cadre, version};
use crate::acts::ecrire_vie;
use crate::forms::{lire_vie, saisie_vie};
use crate::rights::{EcrireVie, LireVie};
use crate::views::vie::{self as vue, Signe};
use crate::{Habitudes, Usager};

/// What matters to the person, and how it was written over time.
pub(crate) async fn vie(acces: Acces<LireVie>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let qui = dossier.lire::<Usager>(usager).await?.ok_or(Erreur::Introuvable)?;
    let mut versions = Vec::new();
    for stored in dossier.versions::<Habitudes>(Habitudes::id(usager)).await? {
        let auteur = acces.auteur(stored.author).await?;
        versions.push(Signe { stored, auteur });
    }
    let peut = dossier.peut_ecrire(Categorie::Vie);
    let contenu = vue::page(&qui, &versions, peut, &acces.services().fuseau);
    Ok(Answer::html(cadre(&acces, &dossier, ("Vie", "vie"), contenu).await?))
}

/// The form.
pub(crate) async fn modifier(acces: Acces<EcrireVie>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lue = dossier.lire::<Habitudes>(Habitudes::id(usager)).await?;
    let champs = saisie_vie(lue.as_ref().map(|lue| &lue.contenu), lue.as_ref().map_or(0, |lue| lue.version));
    let contenu = vue::formulaire(usager, &champs, &Erreurs::default(), None);
    Ok(Answer::html(cadre(&acces, &dossier, ("Ce qui compte", "vie"), contenu).await?))
}

/// Writes what matters.
pub(crate) async fn modifier_faire(
    acces: Acces<EcrireVie>,
    Chemin(usager): Chemin<UsagerId>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let contenu = match lire_vie(&champs) {
        Ok(contenu) => contenu,
        Err(erreurs) => {
            let contenu = vue::formulaire(usager, &champs, &erreurs, None);
            return Ok(Answer::a_corriger(cadre(&acces, &dossier, ("Ce qui compte", "vie"), contenu).await?));
        }
    };
    match ecrire_vie(&dossier, contenu, version(&champs)).await {
        Ok(()) => Ok(Answer::vers(format!("/residents/{usager}/vie")).dit("Enregistré.")),
        Err(Erreur::Conflit) => {
            let lue = dossier.lire::<Habitudes>(Habitudes::id(usager)).await?;
            let contenu = vue::formulaire(usager, &champs, &Erreurs::default(), lue.as_ref());
            let markup = cadre(&acces, &dossier, ("Ce qui compte", "vie"), contenu).await?;
            Ok(Answer::html(markup).statut(http::StatusCode::CONFLICT))
        }
        Err(autre) => Err(autre),
    }
}
