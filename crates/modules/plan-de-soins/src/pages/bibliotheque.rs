//! The library of acts and templates.

use platform::acces::{Acces, Droit};
use platform::erreur::{Erreur, Resultat};
use platform::web::{Answer, Champs, Chemin, Erreurs, page};
use uuid::Uuid;

use crate::acts::bibliotheque::{
    actes_locaux, bibliotheque, plans_locaux, publier_acte, publier_plan, retirer_acte, retirer_plan,
};
use crate::forms::bibliotheque as formulaire;
use crate::rights::{CompleterBibliotheque, LireBibliotheque};
use crate::views::bibliotheque as vues;

async fn page_actes<D: Droit>(acces: &Acces<D>, champs: &Champs, erreurs: &Erreurs) -> Resultat<maud::Markup> {
    let locaux = actes_locaux(acces, acces.etablissement()?).await?;
    let contenu = vues::actes(&locaux, acces.peut::<CompleterBibliotheque>(), champs, erreurs, acces.nouvel_id());
    Ok(page(acces, "Catalogue des soins", "/admin/catalogue-soins").contenu(contenu).render())
}

async fn page_plans<D: Droit>(acces: &Acces<D>, champs: &Champs, erreurs: &Erreurs) -> Resultat<maud::Markup> {
    let etablissement = acces.etablissement()?;
    let locaux = plans_locaux(acces, etablissement).await?;
    let bibliotheque = bibliotheque(acces, etablissement).await?;
    let contenu = vues::plans(&locaux, &bibliotheque, acces.peut::<CompleterBibliotheque>(), champs, erreurs, acces.nouvel_id());
    Ok(page(acces, "Plans types", "/admin/plans-types").contenu(contenu).render())
}

/// GET `/admin/catalogue-soins`
pub(crate) async fn actes(acces: Acces<LireBibliotheque>) -> Resultat<Answer> {
    Ok(Answer::html(page_actes(&acces, &Champs::default(), &Erreurs::default()).await?))
}

/// GET `/admin/plans-types`
pub(crate) async fn plans(acces: Acces<LireBibliotheque>) -> Resultat<Answer> {
    Ok(Answer::html(page_plans(&acces, &Champs::default(), &Erreurs::default()).await?))
}

fn refus(phrase: String) -> Erreurs {
    let mut erreurs = Erreurs::default();
    erreurs.ajouter("libelle", phrase);
    erreurs
}

/// POST `/admin/catalogue-soins`
pub(crate) async fn ajouter_acte(acces: Acces<CompleterBibliotheque>, champs: Champs) -> Resultat<Answer> {
    let acte = match formulaire::lire_acte(&champs) {
        Ok(acte) => acte,
        Err(erreurs) => return Ok(Answer::a_corriger(page_actes(&acces, &champs, &erreurs).await?)),
    };
    let id = champs.lire("id").unwrap_or_else(|| acces.nouvel_id());
    match publier_acte(&acces, id, acte).await {
        Err(Erreur::Demande(phrase)) => Ok(Answer::a_corriger(page_actes(&acces, &champs, &refus(phrase)).await?)),
        fin => fin.map(|()| Answer::vers("/admin/catalogue-soins").dit("Soin publié : il est proposé dans les plans.")),
    }
}

/// POST `/admin/plans-types`
pub(crate) async fn ajouter_plan(acces: Acces<CompleterBibliotheque>, champs: Champs) -> Resultat<Answer> {
    let connue = bibliotheque(&acces, acces.etablissement()?).await?;
    let plan = match formulaire::lire_plan(&champs, &connue) {
        Ok(plan) => plan,
        Err(erreurs) => return Ok(Answer::a_corriger(page_plans(&acces, &champs, &erreurs).await?)),
    };
    let id = champs.lire("id").unwrap_or_else(|| acces.nouvel_id());
    match publier_plan(&acces, id, plan).await {
        Err(Erreur::Demande(phrase)) => Ok(Answer::a_corriger(page_plans(&acces, &champs, &refus(phrase)).await?)),
        fin => fin.map(|()| Answer::vers("/admin/plans-types").dit("Plan type publié : il est proposé dans les plans.")),
    }
}

/// POST `/admin/catalogue-soins/{id}/retirer`
pub(crate) async fn retirer_un_acte(
    acces: Acces<CompleterBibliotheque>,
    Chemin(id): Chemin<Uuid>,
    champs: Champs,
) -> Resultat<Answer> {
    retirer_acte(&acces, id, champs.coche("retire")).await?;
    Ok(Answer::vers("/admin/catalogue-soins").dit("Version publiée. Les plans qui contiennent ce soin le gardent."))
}

/// POST `/admin/plans-types/{id}/retirer`
pub(crate) async fn retirer_un_plan(
    acces: Acces<CompleterBibliotheque>,
    Chemin(id): Chemin<Uuid>,
    champs: Champs,
) -> Resultat<Answer> {
    retirer_plan(&acces, id, champs.coche("retire")).await?;
    Ok(Answer::vers("/admin/plans-types").dit("Version publiée. Les plans déjà signés ne changent pas."))
}
