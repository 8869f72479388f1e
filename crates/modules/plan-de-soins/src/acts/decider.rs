//! Closing what was raised: somebody decides, with a reason; nothing disappears.

use platform::acces::{Acces, DossierOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use uuid::Uuid;

use super::corriger::{retirer, trouver};
use super::signataire;
use crate::rights::PlanifierSoins;
use crate::validation::{Annulation, Validation};
use crate::verification::{AVerifier, Decision, Fermeture};

/// Closes a raised item. Closed twice, the first decision stands.
///
/// # Errors
/// A refusal without a reason, or when the decision names a fact which is not one of those compared.
pub async fn decider(
    acces: &Acces<PlanifierSoins>,
    dossier: &DossierOuvert<PlanifierSoins>,
    id: Uuid,
    decision: Decision,
    motif: &str,
) -> Resultat<()> {
    let releve: Stored<AVerifier> = dossier.lire(id).await?.ok_or(Erreur::Introuvable)?;
    if releve.ferme.is_some() {
        return Err(Erreur::Demande("Une décision a déjà été prise pour cette saisie. Elle est gardée.".into()));
    }
    let motif = motif.trim();
    if motif.is_empty() {
        return Err(Erreur::Demande("Indiquez la raison de cette décision.".into()));
    }
    let faits: Vec<Uuid> = releve.faits.iter().map(|fait| fait.validation).collect();
    let annulees: Vec<Uuid> = match decision {
        Decision::GarderTout => Vec::new(),
        Decision::ToutAnnuler => faits,
        Decision::Retenir { validation } if faits.contains(&validation) => {
            faits.into_iter().filter(|fait| *fait != validation).collect()
        }
        Decision::Retenir { .. } => {
            return Err(Erreur::Demande("La saisie retenue n'est pas l'une de celles qui sont comparées.".into()));
        }
    };
    let par = signataire(acces).complet();
    let mut acte = dossier.acte("saisie.verifiee");
    for annulee in &annulees {
        let validation: Stored<Validation> = trouver(dossier, *annulee).await?;
        if validation.compte() {
            let annulation = Annulation { par: par.clone(), le: acces.now(), motif: motif.to_owned() };
            retirer(dossier, &mut acte, &validation, annulation, &annulees).await?;
        }
    }
    let mut ferme = releve.value.clone();
    ferme.ferme = Some(Fermeture { decision, motif: motif.to_owned(), par, le: acces.now() });
    acte.update(&releve, &ferme);
    dossier.commit(acte).await
}
