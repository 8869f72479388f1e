//! Names of the persons lines are about, when the reader may know them; otherwise the line stays without a name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kernel::id::{EtablissementId, UsagerId};
use platform::acces::{Acces, Droit};
use platform::erreur::Resultat;
use platform::store::{Query, Stored};
use usagers::Usager;
use uuid::Uuid;

use crate::rights::NommerPersonne;

/// Names of these persons, each asked in the establishment it is about.
pub(crate) async fn noms<D: Droit>(
    acces: &Acces<D>,
    couples: &[(Option<Uuid>, Option<Uuid>)],
) -> Resultat<HashMap<UsagerId, String>> {
    let mut par_lieu: BTreeMap<Uuid, BTreeSet<Uuid>> = BTreeMap::new();
    for (personne, lieu) in couples {
        if let (Some(personne), Some(lieu)) = (personne, lieu) {
            par_lieu.entry(*lieu).or_default().insert(*personne);
        }
    }
    let mut noms = HashMap::new();
    if par_lieu.is_empty() || !acces.peut::<NommerPersonne>() {
        return Ok(noms);
    }
    let nommer = acces.aussi::<NommerPersonne>().await?;
    for (lieu, personnes) in par_lieu {
        let lieu = EtablissementId(lieu);
        if nommer.etablissements_ouverts().is_none_or(|ouverts| !ouverts.contains(&lieu)) {
            continue;
        }
        let perimetre = nommer.ouvrir_perimetre(lieu, &[]).await?;
        let ids: Vec<Uuid> = personnes.into_iter().collect();
        let lus: Vec<Stored<Usager>> = perimetre.lire(&ids).await?;
        noms.extend(lus.into_iter().map(|usager| (usager.value.id, usager.nom_complet())));
    }
    Ok(noms)
}

/// The persons of an establishment whose name holds every word of a text.
pub(crate) async fn chercher<D: Droit>(
    acces: &Acces<D>,
    lieu: EtablissementId,
    texte: &str,
) -> Resultat<Vec<(UsagerId, String)>> {
    if texte.trim().is_empty() || !acces.peut::<NommerPersonne>() {
        return Ok(Vec::new());
    }
    let nommer = acces.aussi::<NommerPersonne>().await?;
    if nommer.etablissements_ouverts().is_none_or(|ouverts| !ouverts.contains(&lieu)) {
        return Ok(Vec::new());
    }
    let perimetre = nommer.ouvrir_perimetre(lieu, &[]).await?;
    let tous: Vec<Stored<Usager>> = perimetre.liste(&Query::lane(&usagers::lane_usagers(lieu))).await?;
    let cherche = kernel::texte::plier(texte);
    let garde = |usager: &Stored<Usager>| {
        let nom = kernel::texte::plier(&usager.nom_complet());
        cherche.split_whitespace().all(|mot| nom.contains(mot))
    };
    Ok(tous.iter().filter(|usager| garde(usager)).take(20).map(|usager| (usager.value.id, usager.nom_complet())).collect())
}
