//! Our own mailboxes: their state, opening and closing.

use kernel::id::CompteId;
use maud::Markup;
use platform::acces::Verbe;
use platform::prelude::*;
use platform::web::{Erreurs, page};
use uuid::Uuid;

use crate::forms::lire_messagerie;
use crate::messagerie::{Messagerie, ReleveMessagerie};
use crate::records::messageries;
use crate::rights::{TenirMessageries, VoirMessageries};
use crate::views::messageries::{self as vue, Choix, Ecran};

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
    let choix = choix(acces).await?;
    let ecran = Ecran {
        lues: &lues,
        choix: &choix,
        maisons: &maisons,
        ici: acces.etablissement().map(|id| id.to_string()).unwrap_or_default(),
        champs,
        erreurs,
        peut: acces.peut::<TenirMessageries>(),
        fuseau: &acces.services().fuseau,
    };
    Ok(page(acces, "Messageries sécurisées", ADRESSE).contenu(vue::page(&ecran)).render())
}

/// Whom a mailbox may be given to, for who opens them: account and name, code and name of each profession.
async fn choix<D: Droit>(acces: &Acces<D>) -> Resultat<Choix> {
    if !acces.peut::<TenirMessageries>() {
        return Ok(Choix::default());
    }
    let tenir: Acces<TenirMessageries> = acces.aussi().await?;
    let now = acces.now();
    let mut comptes: Vec<(String, String)> = tenir
        .comptes()
        .await?
        .into_iter()
        .filter(|lu| lu.ouvert(now))
        .map(|lu| (lu.id.to_string(), lu.nom_affiche.clone()))
        .collect();
    comptes.sort_by_key(|(_, nom)| kernel::texte::cle_tri(nom));
    let connus = acces.services().profils.tous();
    let profils = connus.filter(|(_, profil)| profil.permet(Categorie::Documents, Verbe::Lire));
    Ok(Choix { comptes, profils: profils.map(|(code, profil)| (code.to_owned(), profil.libelle.clone())).collect() })
}

/// The list.
pub(crate) async fn liste(acces: Acces<VoirMessageries>) -> Resultat<Answer> {
    dessiner(&acces, &Champs::depuis(&[]), &Erreurs::default()).await.map(Answer::html)
}

/// Opens one: it will be read, and documents leave from it.
pub(crate) async fn ouvrir(acces: Acces<TenirMessageries>, champs: Champs) -> Resultat<Answer> {
    let choix = choix(&acces).await?;
    let comptes: Vec<CompteId> = choix.comptes.iter().filter_map(|(id, _)| id.parse().ok()).collect();
    let profils: Vec<String> = choix.profils.iter().map(|(code, _)| code.clone()).collect();
    let messagerie = match lire_messagerie(&champs, &comptes, &profils) {
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
