//! `/lecture`: what a reader of another organisation sees of the grappe, and all of it.

use std::future::Future;

use platform::acces::{LectureDlu, Moyen};
use platform::prelude::*;
use platform::web::page;
use uuid::Uuid;

use crate::acts::{self, Pourquoi};
use crate::chercher::{self, ATTENTE_UNIFORME};
use crate::forms;
use crate::rights::{ChercherPersonne, LireDluExterne};
use crate::views::lecture::{self as vue, Essai};

/// The two forms, and one's readings in progress.
pub(crate) async fn formulaire(acces: Acces<ChercherPersonne>) -> Resultat<Answer> {
    let (champs, erreurs) = (Champs::default(), Erreurs::default());
    montrer(&acces, &Essai { champs: &champs, erreurs: &erreurs, dit: None }).await.map(Answer::html)
}

async fn montrer(acces: &Acces<ChercherPersonne>, essai: &Essai<'_>) -> Resultat<maud::Markup> {
    let lectures: Vec<Stored<LectureDlu>> =
        acces.mes_lectures().await?.into_iter().filter(|lue| acces.now() < lue.expire_le).collect();
    let contenu = vue::formulaire(essai, &lectures, &acces.services().fuseau);
    Ok(page(acces, "Lire un DLU", "/lecture").contenu(contenu).render())
}

/// What a search gave, at an hour which says nothing of it.
async fn uniforme<T>(recherche: impl Future<Output = T>) -> T {
    let fin = tokio::time::Instant::now() + ATTENTE_UNIFORME;
    let trouve = recherche.await;
    tokio::time::sleep_until(fin).await;
    trouve
}

/// Looks for one person exactly; opens their DLU when there is one and only one.
pub(crate) async fn chercher(acces: Acces<ChercherPersonne>, champs: Champs) -> Resultat<Answer> {
    let (identite, pourquoi) = match forms::lire_recherche(&champs) {
        Ok(lue) => lue,
        Err(erreurs) => return refuser(&acces, &champs, &erreurs, None).await,
    };
    let trouvee = uniforme(Box::pin(async {
        acts::tenter(&acces).await?;
        match chercher::une(&acces, &identite).await? {
            Some(usager) => acts::accorder(&acces, usager, &pourquoi, Moyen::Identite).await.map(Some),
            None => Ok(None),
        }
    }));
    conclure(&acces, &champs, false, trouvee.await).await
}

/// Opens the DLU the link of a call leads to.
pub(crate) async fn par_lien(acces: Acces<ChercherPersonne>, champs: Champs) -> Resultat<Answer> {
    let (lien, annee, pourquoi) = match forms::lire_lien(&champs) {
        Ok(lu) => lu,
        Err(erreurs) => return refuser(&acces, &champs, &erreurs, None).await,
    };
    let trouvee = uniforme(Box::pin(suivre_lien(&acces, &lien, &annee, &pourquoi)));
    conclure(&acces, &champs, true, trouvee.await).await
}

async fn suivre_lien(acces: &Acces<ChercherPersonne>, lien: &str, annee: &str, pourquoi: &Pourquoi) -> Resultat<Option<Uuid>> {
    acts::tenter(acces).await?;
    let Some(usager) = urgences::personne_du_lien(acces.services(), lien, annee).await? else { return Ok(None) };
    // A person who is opposed, or left: closed with the same words as a link which does not open.
    if acces.lectures_possibles(&[usager]).await?.is_empty() {
        return Ok(None);
    }
    acts::accorder(acces, usager, pourquoi, Moyen::Lien).await.map(Some)
}

async fn conclure(
    acces: &Acces<ChercherPersonne>,
    champs: &Champs,
    par_lien: bool,
    trouvee: Resultat<Option<Uuid>>,
) -> Resultat<Answer> {
    let dit = match trouvee {
        Ok(Some(lecture)) => return Ok(Answer::vers(format!("/lecture/{lecture}"))),
        Ok(None) => vue::rien(par_lien),
        Err(Erreur::Patience(secondes)) => vue::patience(secondes),
        Err(autre) => return Err(autre),
    };
    refuser(acces, champs, &Erreurs::default(), Some(dit)).await
}

async fn refuser(
    acces: &Acces<ChercherPersonne>,
    champs: &Champs,
    erreurs: &Erreurs,
    dit: Option<ui::alerte::Alerte>,
) -> Resultat<Answer> {
    montrer(acces, &Essai { champs, erreurs, dit }).await.map(Answer::a_corriger)
}

/// The document, as long as the reading lasts.
pub(crate) async fn dlu(acces: Acces<LireDluExterne>, Chemin(id): Chemin<Uuid>) -> Resultat<Answer> {
    let lecture = acces.ma_lecture(id).await?.ok_or(Erreur::Introuvable)?;
    let dossier = acces.ouvrir_dossier(lecture.usager).await?;
    let (_, doc) = urgences::document_du_jour(&acces, &dossier).await?;
    let contenu = vue::document(&lecture, &edition::html(&doc), &acces.services().fuseau);
    Ok(Answer::html(page(&acces, "Document de liaison d'urgence", "/lecture").contenu(contenu).render()))
}

/// The same on paper.
pub(crate) async fn pdf(acces: Acces<LireDluExterne>, Chemin(id): Chemin<Uuid>) -> Resultat<Answer> {
    let lecture = acces.ma_lecture(id).await?.ok_or(Erreur::Introuvable)?;
    let dossier = acces.ouvrir_dossier(lecture.usager).await?;
    let (dlu, doc) = urgences::document_du_jour(&acces, &dossier).await?;
    urgences::fichier(doc, &dlu).await
}
