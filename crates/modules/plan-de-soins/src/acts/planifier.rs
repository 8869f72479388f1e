//! Changing the plan of a person: each version is signed and says what it changed.

use std::sync::Arc;

use jiff::Timestamp;
use platform::acces::{Acces, DossierOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use uuid::Uuid;

use super::signataire;
use crate::plan::{Arret, Plan, SoinPrevu};
use crate::rights::PlanifierSoins;

/// The present plan of an opened record.
pub async fn plan_de(dossier: &DossierOuvert<PlanifierSoins>) -> Resultat<Option<Stored<Plan>>> {
    dossier.lire(Plan::id(dossier.usager())).await
}

/// Writes the next version of the plan; `vue` is the version the person had under the eyes.
async fn ecrire(
    acces: &Acces<PlanifierSoins>,
    dossier: &DossierOuvert<PlanifierSoins>,
    vue: i64,
    changement: String,
    change: impl FnOnce(&mut Plan) -> Resultat<()>,
) -> Resultat<()> {
    let etablissement = dossier.etablissement().ok_or(Erreur::SansEtablissement)?;
    let ancien = plan_de(dossier).await?;
    if ancien.as_ref().map_or(0, |plan| plan.version) != vue {
        return Err(Erreur::Conflit);
    }
    let mut plan = ancien.as_ref().map_or_else(|| Plan::vide(dossier.usager(), etablissement), |plan| plan.value.clone());
    change(&mut plan)?;
    plan.elaguer(acces.now());
    plan.changement = changement;
    plan.signe = Some(signataire(acces));
    let mut acte = dossier.acte("plan.signe").detail("lignes", plan.lignes.len());
    match &ancien {
        Some(ancien) => acte.update(ancien, &plan),
        None => acte.create(Plan::id(dossier.usager()), &plan),
    }
    dossier.commit(acte).await
}

/// Adds acts. Sent twice, they are added once.
pub async fn ajouter(
    acces: &Acces<PlanifierSoins>,
    dossier: &DossierOuvert<PlanifierSoins>,
    vue: i64,
    mut lignes: Vec<SoinPrevu>,
) -> Resultat<()> {
    if let Some(plan) = plan_de(dossier).await?
        && lignes.iter().all(|ligne| plan.ligne(ligne.id).is_some())
    {
        return Ok(());
    }
    let now = acces.now();
    for ligne in &mut lignes {
        ligne.ajoute_le = Some(now);
    }
    let noms: Vec<&str> = lignes.iter().map(|ligne| ligne.libelle.as_str()).collect();
    let changement = format!("Ajout : {}", noms.join(", "));
    ecrire(acces, dossier, vue, changement, |plan| {
        plan.lignes.extend(lignes.into_iter().map(Arc::new));
        Ok(())
    })
    .await
}

/// Stops an act, with its reason.
pub async fn arreter(
    acces: &Acces<PlanifierSoins>,
    dossier: &DossierOuvert<PlanifierSoins>,
    vue: i64,
    soin: Uuid,
    motif: &str,
) -> Resultat<()> {
    let arret = Arret { le: acces.now(), par: signataire(acces).complet(), motif: motif.to_owned() };
    let libelle = plan_de(dossier)
        .await?
        .and_then(|plan| plan.ligne(soin).map(|ligne| ligne.libelle.clone()))
        .ok_or(Erreur::Introuvable)?;
    ecrire(acces, dossier, vue, format!("Arrêt : {libelle} ({motif})"), |plan| {
        en_cours(plan, soin)?.arret = Some(arret);
        Ok(())
    })
    .await
}

/// Changes an act. Another rhythm stops the former act and plans a new one, so that the past keeps its meaning.
pub async fn modifier(
    acces: &Acces<PlanifierSoins>,
    dossier: &DossierOuvert<PlanifierSoins>,
    vue: i64,
    soin: Uuid,
    nouvelle: SoinPrevu,
) -> Resultat<()> {
    let par = signataire(acces).complet();
    let now = acces.now();
    let changement = format!("Modification : {}", nouvelle.libelle);
    ecrire(acces, dossier, vue, changement, |plan| {
        let ligne = en_cours(plan, soin)?;
        if ligne.recurrence == nouvelle.recurrence && ligne.du == nouvelle.du {
            let (id, ajoute_le, origine) = (ligne.id, ligne.ajoute_le, ligne.origine.clone());
            *ligne = SoinPrevu { id, ajoute_le, origine, ..nouvelle };
            return Ok(());
        }
        let suite = remplacante(ligne, nouvelle, now);
        ligne.arret = Some(Arret { le: now, par, motif: "Nouveau rythme".to_owned() });
        plan.lignes.push(Arc::new(suite));
        Ok(())
    })
    .await
}

/// An act which is not stopped, to be changed.
fn en_cours(plan: &mut Plan, soin: Uuid) -> Resultat<&mut SoinPrevu> {
    let ligne = plan.lignes.iter_mut().find(|ligne| ligne.id == soin && ligne.arret.is_none());
    ligne.map(Arc::make_mut).ok_or(Erreur::Conflit)
}

fn remplacante(ancienne: &SoinPrevu, nouvelle: SoinPrevu, now: Timestamp) -> SoinPrevu {
    SoinPrevu { ajoute_le: Some(now), origine: ancienne.origine.clone(), arret: None, ..nouvelle }
}
