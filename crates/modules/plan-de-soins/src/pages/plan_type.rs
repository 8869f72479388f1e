//! Applying a template to the plan of a person: weighed first, signed line by line.

use kernel::dates::jour_local;
use kernel::id::UsagerId;
use platform::acces::{Acces, DossierOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::web::{Answer, Champs, Chemin, Parametres, page};

use super::plan::{Quoi, ouvrir, version};
use crate::acts::planifier::{ajouter as ajouter_acte, plan_de};
use crate::adresses;
use crate::charge::{Charge, charge};
use crate::forms::plan as formulaire;
use crate::plan::SoinPrevu;
use crate::rights::PlanifierSoins;
use crate::tour::fuseau;
use crate::views::plan_formulaire::ApercuPlanType;

async fn apercu(
    acces: &Acces<PlanifierSoins>,
    dossier: &DossierOuvert<PlanifierSoins>,
    code: &str,
    erreur: Option<String>,
) -> Resultat<maud::Markup> {
    let bibliotheque = ouvrir(acces, dossier).await?;
    let plan = plan_de(dossier).await?;
    let lignes = || plan.iter().flat_map(|plan| plan.lignes.iter().map(AsRef::as_ref));
    let aujourd_hui = jour_local(acces.now(), &fuseau());
    let id = acces.nouvel_id();
    let avant: Charge = charge(lignes(), aujourd_hui, acces.now());
    let en_cours: Vec<&SoinPrevu> = lignes().filter(|ligne: &&SoinPrevu| ligne.en_cours(acces.now(), aujourd_hui)).collect();
    let deja: Vec<String> = en_cours.iter().map(|ligne| ligne.acte.clone()).collect();
    let choisi = bibliotheque.plan(code).map(|modele| {
        let proposees = modele.lignes.iter().enumerate().filter_map(|(rang, ligne)| {
            Some((
                rang,
                formulaire::proposer(ligne, modele, &bibliotheque, kernel::id::derived(id, &rang.to_string()), aujourd_hui)?,
            ))
        });
        (modele, proposees.collect::<Vec<_>>())
    });
    let neuves =
        choisi.iter().flat_map(|(_, proposees)| proposees.iter().map(|(_, soin)| soin)).filter(|soin| !deja.contains(&soin.acte));
    let apres = charge(lignes().chain(neuves), aujourd_hui, acces.now());
    let vue = ApercuPlanType {
        usager: dossier.usager(),
        bibliotheque: &bibliotheque,
        choisi: choisi.clone(),
        deja: deja.clone(),
        avant,
        apres,
        id,
        version: plan.as_ref().map_or(0, |plan| plan.version),
        erreur,
    };
    Ok(page(acces, "Appliquer un plan type", "/residents")
        .bandeau(sejours::bandeau(dossier).await?)
        .contenu(vue.render())
        .render())
}

/// GET `/residents/{usager}/soins/plan-type`
pub(crate) async fn afficher(
    acces: Acces<PlanifierSoins>,
    Chemin(usager): Chemin<UsagerId>,
    Parametres(quoi): Parametres<Quoi>,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    Ok(Answer::html(apercu(&acces, &dossier, &quoi.code, None).await?))
}

/// POST `/residents/{usager}/soins/plan-type`
pub(crate) async fn appliquer(
    acces: Acces<PlanifierSoins>,
    Chemin(usager): Chemin<UsagerId>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let bibliotheque = ouvrir(&acces, &dossier).await?;
    let modele = bibliotheque.plan(champs.texte("code")).ok_or(Erreur::Introuvable)?;
    let base = champs.lire("id").unwrap_or_else(|| acces.nouvel_id());
    let lignes = formulaire::lignes_de(&champs, modele, &bibliotheque, base, jour_local(acces.now(), &fuseau()));
    if lignes.is_empty() {
        let phrase = "Aucun soin n'est coché : le plan n'a pas changé.".to_owned();
        return Ok(Answer::a_corriger(apercu(&acces, &dossier, &modele.code, Some(phrase)).await?));
    }
    let nombre = lignes.len();
    ajouter_acte(&acces, &dossier, version(&champs)?, lignes).await?;
    let phrase =
        format!("{} : une nouvelle version du plan est signée.", crate::views::nombre(nombre, "soin ajouté", "soins ajoutés"));
    Ok(Answer::vers(format!("{}?vue=lignes", adresses::plan(usager))).dit(phrase))
}
