//! Sharing a round among colleagues, taking over a colleague's.

use kernel::id::{EtablissementId, UniteId, UsagerId};
use platform::acces::Acces;
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;

use super::signataire;
use crate::poste::Creneau;
use crate::repartition::{Equipier, Repartition};
use crate::rights::RepartirTour;

/// Which round is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lieu {
    /// Where.
    pub etablissement: EtablissementId,
    /// The unit.
    pub unite: UniteId,
    /// The shift.
    pub creneau: Creneau,
}

/// What is changed in a sharing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changement {
    /// Each of these residents is given to a colleague, or to nobody in particular.
    Attribuer(Vec<(UsagerId, Option<Equipier>)>),
    /// A colleague joins the round.
    Rejoindre(Equipier),
    /// Every resident of a colleague goes to another.
    Reprendre {
        /// Rank of who leaves them.
        de: usize,
        /// Who takes them.
        a: Equipier,
    },
}

/// Changes a sharing; colleagues changing it at the same time meet, none is lost.
///
/// # Errors
/// A refusal when the unit is not reached; `Conflit` when it keeps moving.
pub async fn repartir(acces: &Acces<RepartirTour>, lieu: Lieu, changement: &Changement) -> Resultat<()> {
    acces.ouvrir_perimetre(lieu.etablissement, &[lieu.unite]).await?;
    let id = Repartition::id(lieu.unite, lieu.creneau);
    for _ in 0..4 {
        let connue: Option<Stored<Repartition>> = acces.lire(id).await?;
        let vide = || Repartition::vide(lieu.etablissement, lieu.unite, lieu.creneau);
        let mut nouvelle = connue.as_ref().map_or_else(vide, |connue| connue.value.clone());
        appliquer(&mut nouvelle, changement)?;
        nouvelle.par = signataire(acces).complet();
        if connue.as_ref().is_some_and(|connue| connue.value == nouvelle) {
            return Ok(());
        }
        let mut acte = acces.acte("tour.reparti").detail("unite", lieu.unite.to_string());
        match &connue {
            Some(connue) => acte.update(connue, &nouvelle),
            None => acte.create(id, &nouvelle),
        }
        match acces.commit(acte).await {
            Err(Erreur::Conflit) => {}
            fin => return fin,
        }
    }
    Err(Erreur::Conflit)
}

fn appliquer(repartition: &mut Repartition, changement: &Changement) -> Resultat<()> {
    match changement {
        Changement::Attribuer(residents) => {
            for (usager, equipier) in residents {
                match equipier {
                    Some(equipier) => {
                        let rang = repartition.rang(equipier.clone());
                        repartition.residents.insert(*usager, rang);
                    }
                    None => drop(repartition.residents.remove(usager)),
                }
            }
        }
        Changement::Rejoindre(equipier) => drop(repartition.rang(equipier.clone())),
        Changement::Reprendre { de, a } => {
            if *de >= repartition.equipe.len() {
                return Err(Erreur::Demande("Ce collègue n'est plus dans ce tour. Relisez la répartition.".into()));
            }
            let rang = repartition.rang(a.clone());
            repartition.residents.values_mut().filter(|attribue| **attribue == *de).for_each(|attribue| *attribue = rang);
        }
    }
    Ok(())
}
