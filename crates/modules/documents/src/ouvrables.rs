//! Where a list of receptions may lead: a link to a record is offered to whom it opens for.

use std::collections::BTreeSet;

use kernel::id::{EtablissementId, UniteId};
use platform::acces::{Acces, Categorie, Droit, PerimetreOuvert};
use platform::erreur::Resultat;
use platform::store::Stored;
use uuid::Uuid;

use crate::model::Famille;
use crate::reception::{EtatReception, Reception};
use crate::rights::LireDocuments;
use crate::types::TypeDocument;

/// Receptions whose record the person may open.
pub(crate) type Ouvrables = BTreeSet<Uuid>;

/// Those of a list; nothing is journalled when none of them is in a record.
pub(crate) async fn ouvrables<'a, D: Droit>(
    acces: &Acces<D>,
    lues: impl Iterator<Item = &'a Stored<Reception>>,
) -> Resultat<Ouvrables> {
    let rangees: Vec<&Stored<Reception>> = lues.filter(|lue| est_rangee(&lue.etat)).collect();
    let Some(premiere) = rangees.first().filter(|_| acces.peut::<LireDocuments>()) else { return Ok(Ouvrables::new()) };
    let lecture: Acces<LireDocuments> = acces.aussi().await?;
    let maison = acces.etablissement().unwrap_or(EtablissementId(premiere.lieu));
    let perimetre = lecture.ouvrir_perimetre(maison, &[] as &[UniteId]).await?;
    parmi(acces, &perimetre, rangees.into_iter()).await
}

/// Those of a list, through a perimeter which is open already: who may read a person's documents is decided for the person who
/// asks, whatever the right it was opened for.
pub(crate) async fn parmi<'a, D: Droit, P: Droit>(
    acces: &Acces<D>,
    perimetre: &PerimetreOuvert<P>,
    lues: impl Iterator<Item = &'a Stored<Reception>>,
) -> Resultat<Ouvrables> {
    let mut ouvrables = Ouvrables::new();
    if !acces.peut::<LireDocuments>() {
        return Ok(ouvrables);
    }
    for lue in lues {
        let (usager, familles) = match &lue.etat {
            EtatReception::Classee { usager, .. } => (*usager, familles(lue)),
            EtatReception::Appliquee { usager, .. } => (*usager, vec![Categorie::Presence]),
            _ => continue,
        };
        let mut visible = true;
        for famille in familles {
            visible = visible && perimetre.visible(usager, famille).await?;
        }
        if visible {
            ouvrables.insert(lue.id);
        }
    }
    Ok(ouvrables)
}

fn est_rangee(etat: &EtatReception) -> bool {
    matches!(etat, EtatReception::Classee { .. } | EtatReception::Appliquee { .. })
}

/// What must be readable for the document to open: a kind nobody knows is medical.
fn familles(lue: &Reception) -> Vec<Categorie> {
    let code = lue.apercu.as_ref().and_then(|apercu| apercu.type_code.as_deref()).unwrap_or_default();
    match TypeDocument::famille_de(code) {
        Famille::Medical => vec![Categorie::Documents, Categorie::Medical],
        Famille::Courant => vec![Categorie::Documents],
    }
}
