//! « Tout est fait »: usual acts of one resident, in their window, in one gesture and one commit.

use std::collections::HashSet;

use platform::acces::{Acces, DossierOuvert};
use platform::erreur::{Erreur, Resultat};
use uuid::Uuid;

use super::valider::{Saisie, memes, poser, validation};
use crate::cle::Cle;
use crate::plan::Plan;
use crate::rights::ValiderSoins;
use crate::tour::fuseau;

/// How many times the rest is tried again when colleagues tick the same acts meanwhile.
const ESSAIS: usize = 4;

/// Validates together the acts asked which may be: never measures, observations, risks, nor what is out of its window.
///
/// Gives how many were written. What a colleague ticked meanwhile is left as it is.
pub async fn tout_est_fait(
    acces: &Acces<ValiderSoins>,
    dossier: &DossierOuvert<ValiderSoins>,
    demandes: &[(Uuid, Cle)],
    base: Uuid,
) -> Resultat<usize> {
    let now = acces.now();
    let Some(plan) = dossier.lire::<Plan>(Plan::id(dossier.usager())).await? else { return Ok(0) };
    let mut vues = HashSet::new();
    let mut saisies = Vec::new();
    for (soin, cle) in demandes {
        let Some(ligne) = plan.ligne(*soin).filter(|ligne| ligne.est_courant()) else { continue };
        let Some(occurrence) = ligne.occurrence(cle, &fuseau()) else { continue };
        if now < occurrence.debut || now > occurrence.fin || !vues.insert((*soin, cle.clone())) {
            continue;
        }
        let id = kernel::id::derived(base, &format!("{soin}/{cle}"));
        let saisie = Saisie { groupe: true, ..Saisie::maintenant(id, *soin, cle.clone(), now) };
        saisies.push((id, validation(acces, dossier, ligne, &saisie)));
    }
    for _ in 0..ESSAIS {
        let mut restantes = Vec::with_capacity(saisies.len());
        for (id, validation) in saisies {
            if memes(dossier, &validation).await?.is_empty() {
                restantes.push((id, validation));
            }
        }
        saisies = restantes;
        if saisies.is_empty() {
            return Ok(0);
        }
        let mut acte = dossier.acte("soin.valide_en_groupe").detail("nombre", saisies.len());
        for (id, validation) in &saisies {
            poser(&mut acte, *id, validation);
        }
        match dossier.commit(acte).await {
            Ok(()) => return Ok(saisies.len()),
            Err(Erreur::DejaPris(_)) => {}
            Err(erreur) => return Err(erreur),
        }
    }
    Err(Erreur::Conflit)
}
