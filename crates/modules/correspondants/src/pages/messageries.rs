//! Our own mailboxes: their state, opening and closing.

use maud::Markup;
use platform::prelude::*;
use platform::web::{Erreurs, page};
use uuid::Uuid;

use crate::forms::lire_messagerie;
use crate::messagerie::{Messagerie, ReleveMessagerie};
use crate::records::messageries;
use crate::rights::{TenirMessageries, VoirMessageries};
use crate::views::messageries::{self as vue, Ecran};

const ADRESSE: &str = "/liaisons/messageries";

async fn dessiner<D: Droit>(acces: &Acces<D>, champs: &Champs, erreurs: &Erreurs) -> Resultat<Markup> {
    let mut lues = Vec::new();
    for lue in messageries(acces).await? {
        let releve = acces.lire::<ReleveMessagerie>(Messagerie::releve_id(lue.id)).await?;
        lues.push((lue, releve.map(|releve| releve.value)));
    }
    let maisons = etablissements::etablissements(acces).await?;
    let maisons: Vec<(String, String)> =
        maisons.into_iter().filter(|lu| lu.actif).map(|lu| (lu.value.id.to_string(), lu.value.nom.to_string())).collect();
    let ecran = Ecran {
        lues: &lues,
        maisons: &maisons,
        champs,
        erreurs,
        peut: acces.peut::<TenirMessageries>(),
        fuseau: &acces.services().fuseau,
    };
    Ok(page(acces, "Messageries sécurisées", ADRESSE).contenu(vue::page(&ecran)).render())
}

/// The list.
pub(crate) async fn liste(acces: Acces<VoirMessageries>) -> Resultat<Answer> {
    dessiner(&acces, &Champs::depuis(&[]), &Erreurs::default()).await.map(Answer::html)
}

/// Opens one: it will be read, and documents leave from it.
pub(crate) async fn ouvrir(acces: Acces<TenirMessageries>, champs: Champs) -> Resultat<Answer> {
    let messagerie = match lire_messagerie(&champs) {
        Ok(messagerie) => messagerie,
        Err(erreurs) => return dessiner(&acces, &champs, &erreurs).await.map(Answer::a_corriger),
    };
    let mut acte = acces.acte("messageries.ouverte");
    acte.create(
        kernel::id::derived(uuid::Uuid::nil(), &format!("messagerie/{}", messagerie.adresse.to_lowercase())),
        &messagerie,
    );
    match acces.commit(acte).await {
        Err(Erreur::Conflit | Erreur::DejaPris(_)) => {
            let mut erreurs = Erreurs::default();
            erreurs.ajouter("adresse", "Cette messagerie est déjà dans la liste.");
            dessiner(&acces, &champs, &erreurs).await.map(Answer::a_corriger)
        }
        autre => autre.map(|()| Answer::vers(ADRESSE).dit(format!("{} : ouverte.", messagerie.adresse))),
    }
}

/// Closes one, or opens it again.
pub(crate) async fn fermer(acces: Acces<TenirMessageries>, Chemin(id): Chemin<Uuid>, champs: Champs) -> Resultat<Answer> {
    let lue = acces.lire::<Messagerie>(id).await?.ok_or(Erreur::Introuvable)?;
    let active = champs.texte("geste") == "rouvrir";
    let mut acte = acces.acte(if active { "messageries.rouverte" } else { "messageries.fermee" });
    acte.update(&lue, &Messagerie { active, ..lue.value.clone() });
    acces.commit(acte).await?;
    let suite = if active { "rouverte" } else { "fermée : elle n'est plus relevée et plus rien n'en part" };
    Ok(Answer::vers(ADRESSE).dit(format!("{} : {suite}.", lue.adresse)))
}
