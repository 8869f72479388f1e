//! Homonyms kept up to date on both sides, in the act which brings them.

use std::collections::HashMap;

use kernel::id::UsagerId;
use platform::acces::{Acces, Acte, Droit, PerimetreOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::{Query, Stored};

use crate::homonymes::{Empreinte, Proximite};
use crate::records::{lane_identites, lane_usagers};
use crate::rights::EcrireIdentite;
use crate::{Identification, Usager};

/// A person of the establishment, ready to be compared.
#[derive(Debug, Clone)]
pub struct Connu {
    /// What everybody knows.
    pub usager: Stored<Usager>,
    /// Traits.
    pub identification: Stored<Identification>,
    /// Sounds and dates.
    pub empreinte: Empreinte,
}

/// Everybody of an establishment whose identity may be read, merged records left out.
pub async fn connus<D: Droit>(perimetre: &PerimetreOuvert<D>) -> Resultat<Vec<Connu>> {
    let etablissement = perimetre.etablissement();
    let usagers: Vec<Stored<Usager>> = perimetre.liste(&Query::lane(&lane_usagers(etablissement))).await?;
    let identites: Vec<Stored<Identification>> = perimetre.liste(&Query::lane(&lane_identites(etablissement))).await?;
    let mut identites: HashMap<UsagerId, Stored<Identification>> =
        identites.into_iter().map(|identite| (identite.value.usager, identite)).collect();
    Ok(usagers
        .into_iter()
        .filter(|usager| usager.fusionne_dans.is_none())
        .filter_map(|usager| {
            let identification = identites.remove(&usager.value.id)?;
            let empreinte = Empreinte::new(&usager, &identification);
            Some(Connu { usager, identification, empreinte })
        })
        .collect())
}

/// Those who are close to a person, the closest first; the person is left out.
pub fn voisins<'a>(empreinte: &Empreinte, connus: &'a [Connu]) -> Vec<(Proximite, &'a Connu)> {
    let mut voisins: Vec<(Proximite, &Connu)> = connus
        .iter()
        .filter(|connu| connu.empreinte.usager != empreinte.usager)
        .filter_map(|connu| Some((connu.empreinte.proximite(empreinte)?, connu)))
        .collect();
    voisins.sort_by_key(|(proximite, connu)| (std::cmp::Reverse(*proximite), connu.usager.cle_tri()));
    voisins
}

/// Sets the homonyms of a person about to be written, and writes the others' side in the same act.
pub async fn accorder_homonymes<D: Droit>(
    acces: &Acces<D>,
    acte: &mut Acte,
    connus: &[Connu],
    usager: &mut Usager,
    identification: &mut Identification,
) -> Resultat<()> {
    let empreinte = Empreinte::new(usager, identification);
    let voisins = voisins(&empreinte, connus);
    let nouveaux: Vec<UsagerId> =
        voisins.iter().filter(|(proximite, _)| proximite.est_homonymie()).map(|(_, connu)| connu.usager.value.id).collect();
    let tres_proche = voisins.iter().any(|(proximite, _)| *proximite >= Proximite::Proche);
    identification.identite = identification.identite.marquer_homonyme(tres_proche);
    let ecriture = acces.aussi::<EcrireIdentite>().await?;
    for connu in connus {
        let id = connu.usager.value.id;
        if id == usager.id || !(nouveaux.contains(&id) || connu.usager.homonymes.contains(&usager.id)) {
            continue;
        }
        let dossier = match ecriture.ouvrir_dossier(id).await {
            Ok(dossier) => dossier,
            Err(Erreur::Refus(_)) => continue,
            Err(autre) => return Err(autre),
        };
        acte.aussi_sur_dossier(&dossier);
        ecrire_l_autre(acte, connu, usager.id, &empreinte, connus);
    }
    usager.homonymes = nouveaux;
    Ok(())
}

fn ecrire_l_autre(acte: &mut Acte, connu: &Connu, personne: UsagerId, empreinte: &Empreinte, connus: &[Connu]) {
    let proximite = connu.empreinte.proximite(empreinte);
    let mut usager = connu.usager.value.clone();
    usager.homonymes.retain(|autre| *autre != personne);
    if proximite.is_some_and(Proximite::est_homonymie) {
        usager.homonymes.push(personne);
    }
    if usager != connu.usager.value {
        acte.update(&connu.usager, &usager);
    }
    let ailleurs = voisins(&connu.empreinte, connus).into_iter().filter(|(_, autre)| autre.usager.value.id != personne);
    let proche = ailleurs.map(|(proximite, _)| proximite).chain(proximite).any(|proximite| proximite >= Proximite::Proche);
    if proche != connu.identification.identite.est_homonyme() {
        let mut identification = connu.identification.value.clone();
        identification.identite = identification.identite.marquer_homonyme(proche);
        acte.update(&connu.identification, &identification);
    }
}
