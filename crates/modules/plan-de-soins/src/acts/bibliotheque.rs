//! Adding to the shared library: an establishment publishes its own acts and templates beside those of the grappe.

use kernel::id::EtablissementId;
use platform::acces::{Acces, Droit};
use platform::erreur::{Erreur, Resultat};
use platform::store::{Query, Stored};
use uuid::Uuid;

use super::signataire;
use crate::bibliotheque::{ActeCatalogue, ActeLocal, Bibliotheque, PlanType, PlanTypeLocal};
use crate::records::{lane_actes, lane_plans_types};
use crate::rights::CompleterBibliotheque;

/// What an establishment may choose among.
pub async fn bibliotheque<D: Droit>(acces: &Acces<D>, etablissement: EtablissementId) -> Resultat<Bibliotheque> {
    let actes = actes_locaux(acces, etablissement).await?;
    let plans = plans_locaux(acces, etablissement).await?;
    Ok(Bibliotheque {
        actes_locaux: actes.into_iter().filter(|acte| !acte.retire).map(|acte| acte.value.acte).collect(),
        plans_locaux: plans.into_iter().filter(|plan| !plan.retire).map(|plan| plan.value.plan).collect(),
    })
}

/// Acts added by an establishment, withdrawn ones included.
pub async fn actes_locaux<D: Droit>(acces: &Acces<D>, etablissement: EtablissementId) -> Resultat<Vec<Stored<ActeLocal>>> {
    acces.liste(&Query::lane(&lane_actes(etablissement))).await
}

/// Templates added by an establishment, withdrawn ones included.
pub async fn plans_locaux<D: Droit>(acces: &Acces<D>, etablissement: EtablissementId) -> Resultat<Vec<Stored<PlanTypeLocal>>> {
    acces.liste(&Query::lane(&lane_plans_types(etablissement))).await
}

/// Code of a local item, made from its words: `local_soin_du_jardin`.
pub fn code_local(libelle: &str) -> String {
    let plie = kernel::texte::plier(libelle);
    let mots: Vec<String> =
        plie.split(|lettre: char| !lettre.is_ascii_alphanumeric()).filter(|mot| !mot.is_empty()).map(str::to_lowercase).collect();
    format!("local_{}", mots.join("_"))
}

/// Publishes an act of the establishment.
///
/// # Errors
/// A refusal when an act of the same name exists.
pub async fn publier_acte(acces: &Acces<CompleterBibliotheque>, id: Uuid, acte: ActeCatalogue) -> Resultat<()> {
    let etablissement = acces.etablissement()?;
    let local = ActeLocal { etablissement, acte, retire: false, par: signataire(acces).complet() };
    let mut ecriture = acces.acte("bibliotheque.acte_publie");
    ecriture.create(id, &local);
    acces.commit(ecriture).await.map_err(nom_pris)
}

/// Publishes a template of the establishment.
///
/// # Errors
/// A refusal when a template of the same name exists.
pub async fn publier_plan(acces: &Acces<CompleterBibliotheque>, id: Uuid, plan: PlanType) -> Resultat<()> {
    let etablissement = acces.etablissement()?;
    let local = PlanTypeLocal { etablissement, plan, retire: false, par: signataire(acces).complet() };
    let mut ecriture = acces.acte("bibliotheque.plan_publie");
    ecriture.create(id, &local);
    acces.commit(ecriture).await.map_err(nom_pris)
}

fn nom_pris(erreur: Erreur) -> Erreur {
    match erreur {
        Erreur::DejaPris(_) => {
            Erreur::Demande("Un élément de ce nom existe déjà dans l'établissement. Choisissez un autre nom.".into())
        }
        autre => autre,
    }
}

/// Withdraws a local act or proposes it again; plans which hold it keep it.
pub async fn retirer_acte(acces: &Acces<CompleterBibliotheque>, id: Uuid, retire: bool) -> Resultat<()> {
    let connu: Stored<ActeLocal> = acces.lire(id).await?.ok_or(Erreur::Introuvable)?;
    exiger_ici(acces, connu.etablissement)?;
    let mut nouveau = connu.value.clone();
    nouveau.retire = retire;
    nouveau.par = signataire(acces).complet();
    let mut ecriture = acces.acte("bibliotheque.acte_retire");
    ecriture.update(&connu, &nouveau);
    acces.commit(ecriture).await
}

/// Withdraws a local template or proposes it again.
pub async fn retirer_plan(acces: &Acces<CompleterBibliotheque>, id: Uuid, retire: bool) -> Resultat<()> {
    let connu: Stored<PlanTypeLocal> = acces.lire(id).await?.ok_or(Erreur::Introuvable)?;
    exiger_ici(acces, connu.etablissement)?;
    let mut nouveau = connu.value.clone();
    nouveau.retire = retire;
    nouveau.par = signataire(acces).complet();
    let mut ecriture = acces.acte("bibliotheque.plan_retire");
    ecriture.update(&connu, &nouveau);
    acces.commit(ecriture).await
}

fn exiger_ici(acces: &Acces<CompleterBibliotheque>, etablissement: EtablissementId) -> Resultat<()> {
    if acces.etablissement()? == etablissement { Ok(()) } else { Err(Erreur::Introuvable) }
}
