//! Roles given and ended; the former stay in the history of the account.

use kernel::id::{CompteId, EtablissementId};
use platform::acces::{Acces, Habilitation};
use platform::prelude::{Answer, Champs, Chemin, Erreur, Resultat};

use crate::forms::Lecture;
use crate::pages;
use crate::rights::GererComptes;

/// Nobody gives or takes a role of their own (INV-24).
fn pas_soi(acces: &Acces<GererComptes>, id: CompteId) -> Resultat<()> {
    if id == acces.contexte().acteur.compte {
        return Err(Erreur::Demande("Vos propres habilitations sont changées par une autre personne.".into()));
    }
    Ok(())
}

pub(crate) async fn ajouter_habilitation(
    acces: Acces<GererComptes>,
    Chemin(id): Chemin<CompteId>,
    champs: Champs,
) -> Resultat<Answer> {
    pas_soi(&acces, id)?;
    let compte = acces.compte(id).await?;
    let now = acces.now();
    if compte.ferme_le.is_some_and(|le| le <= now) {
        return Err(Erreur::Demande("Ce compte est fermé. Ouvrez un nouveau compte pour cette personne.".into()));
    }
    let etablissement = champs.lire::<EtablissementId>("etablissement").ok_or(Erreur::Introuvable)?;
    acces.exiger_etablissement(etablissement).await?;
    let services = acces.services();
    let unites = services.enseigne.unites(etablissement);
    let lecture = Lecture {
        profils: &services.profils,
        etablissement,
        unites: &unites,
        now,
        fuseau: &services.fuseau,
        demo: services.demo,
    };
    let role = match lecture.habilitation(&champs) {
        Ok(role) => role,
        Err(erreurs) => {
            return Ok(Answer::a_corriger(pages::page_habilitation(&acces, &compte, etablissement, &champs, &erreurs).await?));
        }
    };
    let mut change = compte.value.clone();
    let detail = (role.profil.clone(), etablissement.to_string());
    change.habilitations.push(role);
    let mut acte =
        acces.acte("habilitation.donnee").detail("compte", id.to_string()).detail("role", detail.0).detail("lieu", detail.1);
    acte.update(&compte, &change);
    acces.commit(acte).await?;
    Ok(Answer::vers(format!("/admin/comptes/{id}")).dit("Habilitation ajoutée."))
}

/// The role named by its place, when nothing moved since the page was drawn.
fn role_nomme(roles: &[Habilitation], champs: &Champs, version: i64) -> Resultat<usize> {
    if champs.lire::<i64>("version") != Some(version) {
        return Err(Erreur::Conflit);
    }
    champs.lire::<usize>("rang").filter(|rang| *rang < roles.len()).ok_or(Erreur::Introuvable)
}

pub(crate) async fn finir_habilitation(
    acces: Acces<GererComptes>,
    Chemin(id): Chemin<CompteId>,
    champs: Champs,
) -> Resultat<Answer> {
    pas_soi(&acces, id)?;
    let compte = acces.compte(id).await?;
    let rang = role_nomme(&compte.habilitations, &champs, compte.version)?;
    let mut change = compte.value.clone();
    let role = &mut change.habilitations[rang];
    match role.etablissement {
        Some(etablissement) => acces.exiger_etablissement(etablissement).await?,
        None => acces.exiger_grappe().await?,
    }
    role.au = Some(acces.now().max(role.du));
    let profil = role.profil.clone();
    let mut acte = acces.acte("habilitation.finie").detail("compte", id.to_string()).detail("role", profil);
    acte.update(&compte, &change);
    acces.commit(acte).await?;
    Ok(Answer::vers(format!("/admin/comptes/{id}")).dit("Habilitation terminée. Elle reste dans l'historique."))
}
