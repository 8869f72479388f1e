//! Closing an account, giving another one-use password: every session dies at once (INV-20).

use kernel::id::CompteId;
use kernel::texte::Texte;
use platform::acces::{Acces, Acte, Compte};
use platform::prelude::{Answer, Champs, Chemin, Erreur, Resultat, Stored};
use platform::web::Session;

use super::{gerable, tirer_cle};
use crate::pages;
use crate::rights::OuvrirRemplacement;
use crate::views::Bon;

/// Closes every open session within the act.
fn fermer_sessions(acte: &mut Acte, sessions: &[Stored<Session>], now: jiff::Timestamp) {
    for session in sessions {
        acte.update(session, &Session { fermee_le: Some(now), ..session.value.clone() });
    }
}

pub(crate) async fn fermer(acces: Acces<OuvrirRemplacement>, Chemin(id): Chemin<CompteId>, champs: Champs) -> Resultat<Answer> {
    let compte = gerable(&acces, id).await?;
    let now = acces.now();
    if compte.ferme_le.is_some() {
        return Ok(Answer::vers(format!("/admin/comptes/{id}")).dit("Ce compte est déjà fermé."));
    }
    let motif = Texte::<120>::facultatif(champs.texte("motif")).map_err(|erreur| Erreur::Demande(erreur.to_string()))?;
    let mut ferme: Compte = compte.value.clone();
    ferme.ferme_le = Some(now);
    for role in ferme.habilitations.iter_mut().filter(|role| role.au.is_none_or(|au| now < au)) {
        role.au = Some(now.max(role.du));
    }
    let sessions = acces.sessions_de(&compte).await?;
    let mut acte = acces.acte("compte.ferme").detail("compte", id.to_string()).detail("sessions", sessions.len());
    if let Some(motif) = motif {
        acte = acte.detail("motif", motif.as_str());
    }
    acte.update(&compte, &ferme);
    fermer_sessions(&mut acte, &sessions, now);
    acces.commit(acte).await?;
    Ok(Answer::vers(format!("/admin/comptes/{id}")).dit("Compte fermé. Toutes ses sessions sont terminées."))
}

pub(crate) async fn reinitialiser(acces: Acces<OuvrirRemplacement>, Chemin(id): Chemin<CompteId>) -> Resultat<Answer> {
    let compte = gerable(&acces, id).await?;
    let now = acces.now();
    if compte.ferme_le.is_some_and(|le| le <= now) {
        return Err(Erreur::Demande("Ce compte est fermé : il ne reçoit plus de mot de passe.".into()));
    }
    let cle = tirer_cle(&acces, id, compte.etablissement, now).await?;
    let sessions = acces.sessions_de(&compte).await?;
    let mut acte = acces.acte("compte.mot_de_passe_reinitialise").detail("compte", id.to_string());
    let mut sans = compte.value.clone();
    sans.mot_de_passe = String::new();
    acte.update(&compte, &sans);
    match acces.cle_de(&compte).await? {
        Some(ancienne) => acte.update(&ancienne, &cle.record),
        None => acte.create(platform::acces::CleProvisoire::id(id), &cle.record),
    }
    fermer_sessions(&mut acte, &sessions, now);
    acces.commit(acte).await?;
    let role = compte.habilitations.iter().find(|role| role.active(now));
    let bon = Bon {
        compte: id,
        nom: compte.nom_affiche.clone(),
        identifiant: compte.identifiant.clone(),
        clair: cle.clair,
        expire_le: cle.record.expire_le,
        fin: role.and_then(|role| role.au),
        profil: role.map(|role| role.profil.clone()).unwrap_or_default(),
    };
    Ok(Answer::html(pages::page_bon(&acces, &bon)))
}
