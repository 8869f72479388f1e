//! Where the medical file stands, and the questions asked of it.

use kernel::id::EtablissementId;
use platform::acces::{Categorie, DossierOuvert, Droit, Ecrit};
use platform::erreur::Resultat;
use platform::store::{Entity, Scope, Stored};

use crate::{Consignes, Element};

/// The medical entries of an establishment.
pub fn lane_medical(etablissement: EtablissementId) -> String {
    format!("medical/{etablissement}")
}

/// The sheets of medical instructions of an establishment.
pub fn lane_consignes(etablissement: EtablissementId) -> String {
    format!("consignes_medicales/{etablissement}")
}

impl Entity for Element {
    const KIND: &'static str = "element_medical";
    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).person(self.usager).at(self.note_le).lane(lane_medical(self.etablissement))
    }
}

impl Ecrit for Element {
    const CATEGORIE: Categorie = Categorie::Medical;
}

impl Entity for Consignes {
    const KIND: &'static str = "consignes_medicales";
    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).person(self.usager).lane(lane_consignes(self.etablissement))
    }
}

impl Ecrit for Consignes {
    const CATEGORIE: Categorie = Categorie::Medical;
}

/// Every entry of an opened record, by family then by what is written, those written by mistake included.
///
/// # Errors
/// The right, the store.
pub async fn elements<D: Droit>(dossier: &DossierOuvert<D>) -> Resultat<Vec<Stored<Element>>> {
    let mut elements = dossier.liste::<Element>(|query| query).await?;
    elements.sort_by(|a, b| (a.nature, !a.a_risque, &a.libelle).cmp(&(b.nature, !b.a_risque, &b.libelle)));
    Ok(elements)
}

/// The sheet of instructions of an opened record.
///
/// # Errors
/// The right, the store.
pub async fn consignes<D: Droit>(dossier: &DossierOuvert<D>) -> Resultat<Option<Stored<Consignes>>> {
    dossier.lire::<Consignes>(Consignes::id(dossier.usager())).await
}
