//! Names of those who wrote: every datum shows its author (F215).

use kernel::id::{CompteId, UsagerId};
use store::{Query, Reach, Stored};
use uuid::Uuid;

use super::{Acces, Acte, Categorie, Compte, DossierOuvert, Droit, Ecrit};
use crate::erreur::{Erreur, Resultat};

impl<D: Droit> Acces<D> {
    /// The name shown for the author of a version, closed accounts included; « Grappe » for the system's own work.
    pub async fn auteur(&self, compte: Uuid) -> Resultat<String> {
        if compte.is_nil() {
            return Ok("Grappe".to_owned());
        }
        if let Some((connu, _)) = self.services().acteur(CompteId(compte)).await? {
            return Ok(connu.nom_affiche.clone());
        }
        let ferme: Option<Stored<Compte>> = self.services().store.get(&Reach::All, compte).await?;
        // The system's own workers have ids made from their names, and no account.
        let inconnu = if compte.get_version_num() == 5 { "Grappe" } else { "compte inconnu" };
        Ok(ferme.map_or_else(|| inconnu.to_owned(), |compte| compte.value.nom_affiche))
    }
}

impl<D: Droit> Acces<D> {
    /// One's own professional record, whatever the right held: who signs a document needs their national number.
    pub async fn soi<E: super::Referentiel>(&self) -> Resultat<Option<Stored<E>>> {
        let Some((compte, _)) = self.services().acteur(self.contexte().acteur.compte).await? else { return Ok(None) };
        match compte.professionnel {
            Some(professionnel) => Ok(self.services().store.get(&Reach::All, professionnel.0).await?),
            None => Ok(None),
        }
    }
}

impl Acte {
    /// The act also writes about this other person, whose record was opened: a homonym, the other half of a double.
    pub fn aussi_sur_dossier<R: Droit>(&mut self, dossier: &DossierOuvert<R>) {
        self.aussi_sur(dossier.usager());
    }
}

impl<D: Droit> DossierOuvert<D> {
    /// Where another person stays, for the mention of a homonym: records of presence only, within what may be read.
    pub async fn presence_de<E: Ecrit>(&self, autre: UsagerId) -> Resultat<Vec<Stored<E>>> {
        if E::CATEGORIE != Categorie::Presence {
            return Err(Erreur::Panne(format!("{} is not a record of presence", E::KIND)));
        }
        self.liste_autre(autre, &Query::person(autre)).await
    }
}
