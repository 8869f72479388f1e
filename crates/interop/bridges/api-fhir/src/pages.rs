//! `/admin/applications`: the partner applications, opening one, withdrawing one.

use kernel::id::{CompteId, EtablissementId};
use maud::Markup;
use platform::prelude::*;
use platform::web::page;

use crate::forms::Lecture;
use crate::records::{Abonnement, Application, LANE_ABONNEMENTS, LANE_APPLICATIONS};
use crate::rights::{GererApplications, LireApplications};
use crate::{acts, views};

/// Applications of the establishments where this right is held, by name, those withdrawn last.
async fn applications<D: Droit>(acces: &Acces<D>) -> Resultat<Vec<Stored<Application>>> {
    let mut toutes: Vec<Stored<Application>> = acces.liste(&Query::lane(LANE_APPLICATIONS)).await?;
    toutes.sort_by_key(|lue| (lue.retrait.is_some(), kernel::texte::cle_tri(lue.nom.as_str())));
    Ok(toutes)
}

/// Establishments where applications may be opened, by name.
async fn lieux<D: Droit>(acces: &Acces<D>) -> Resultat<Vec<(EtablissementId, String)>> {
    let tous = etablissements::etablissements(acces).await?;
    let ouverts = tous.iter().filter(|un| un.actif && acces.ouvert_dans(un.value.id));
    Ok(ouverts.map(|un| (un.value.id, un.nom.as_str().to_owned())).collect())
}

/// The list.
pub(crate) async fn liste(acces: Acces<LireApplications>) -> Resultat<Answer> {
    let applications = applications(&acces).await?;
    let abonnements: Vec<Stored<Abonnement>> = acces.liste(&Query::lane(LANE_ABONNEMENTS)).await?;
    let services = acces.services();
    let base = crate::serveur::base(services);
    let vue = views::Liste {
        applications: &applications,
        abonnements: &abonnements,
        nom: &|id| services.enseigne.etablissement(id).unwrap_or_default(),
        base: &base,
        now: acces.now(),
        fuseau: &services.fuseau,
        gerer: acces.peut::<GererApplications>(),
    };
    Ok(Answer::html(page(&acces, "Applications partenaires", "/admin/applications").contenu(vue.render()).render()))
}

async fn formulaire(acces: &Acces<GererApplications>, champs: &Champs, erreurs: &Erreurs) -> Resultat<Markup> {
    let lieux = lieux(acces).await?;
    let contenu = views::formulaire(&acces.nouvel_id().to_string(), &lieux, champs, erreurs);
    Ok(page(acces, "Ouvrir une application", "/admin/applications").contenu(contenu).render())
}

/// The form.
pub(crate) async fn nouvelle(acces: Acces<GererApplications>) -> Resultat<Answer> {
    Ok(Answer::html(formulaire(&acces, &Champs::default(), &Erreurs::default()).await?))
}

/// Opens an application; sent twice, it is one.
pub(crate) async fn creer(acces: Acces<GererApplications>, champs: Champs) -> Resultat<Answer> {
    let compte: CompteId = champs.lire("id").ok_or_else(|| Erreur::Demande("Rouvrez le formulaire, puis recommencez.".into()))?;
    let ouverts: Vec<EtablissementId> = lieux(&acces).await?.into_iter().map(|(id, _)| id).collect();
    let par = acces.contexte().acteur.nom.clone();
    let lecture = Lecture { ouverts: &ouverts, now: acces.now(), fuseau: &acces.services().fuseau, par: &par };
    match lecture.application(&champs, compte) {
        Err(erreurs) => Ok(Answer::a_corriger(formulaire(&acces, &champs, &erreurs).await?)),
        Ok(application) => {
            acts::ouvrir(&acces, &application).await?;
            Ok(Answer::vers("/admin/applications").dit("Application ouverte. Transmettez son identifiant à l'organisation."))
        }
    }
}

/// Withdraws an application.
pub(crate) async fn retirer(acces: Acces<GererApplications>, Chemin(id): Chemin<CompteId>, champs: Champs) -> Resultat<Answer> {
    acts::retirer(&acces, id, champs.texte("motif")).await?;
    Ok(Answer::vers("/admin/applications").dit("Application retirée : elle ne lit plus rien dès maintenant."))
}
