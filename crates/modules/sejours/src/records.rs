//! Where stays and movements stand.

use kernel::id::{EtablissementId, UniteId};
use platform::acces::{Categorie, Ecrit, Lien, Rattachement};
use platform::store::{Entity, Scope};

use crate::model::{Mouvement, Sejour};

/// The list of the stays in progress of an establishment.
pub fn lane_presents(etablissement: EtablissementId) -> String {
    format!("presents/{etablissement}")
}

/// The list of the movements of an establishment.
pub fn lane_mouvements(etablissement: EtablissementId) -> String {
    format!("mouvements/{etablissement}")
}

/// The list of the stays in progress of a unit.
pub fn lane_unite(unite: UniteId) -> String {
    format!("presents/unite/{unite}")
}

impl Entity for Sejour {
    const KIND: &'static str = "sejour";

    fn scope(&self) -> Scope {
        let scope = Scope::of(self.etablissement).person(self.usager).at(self.entree_le);
        if !self.etat.en_cours() {
            return scope.lane(format!("anciens/{}", self.etablissement));
        }
        let scope = scope.lane(lane_presents(self.etablissement));
        match self.unite {
            Some(unite) => scope.lane2(lane_unite(unite)),
            None => scope,
        }
    }

    /// A bed at a time is held by one stay; a person has one stay in progress in a house.
    fn claims(&self) -> Vec<String> {
        if !self.etat.en_cours() {
            return Vec::new();
        }
        let lit = self.lit.map(|lit| format!("lit/{lit}"));
        lit.into_iter().chain([format!("sejour-en-cours/{}/{}", self.etablissement, self.usager)]).collect()
    }
}

impl Ecrit for Sejour {
    const CATEGORIE: Categorie = Categorie::Presence;
}

impl Entity for Mouvement {
    const KIND: &'static str = "mouvement";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).person(self.usager).at(self.le).lane(lane_mouvements(self.etablissement))
    }
}

impl Ecrit for Mouvement {
    const CATEGORIE: Categorie = Categorie::Presence;
}

/// What the gate must know after a stay changed, its entry perhaps moved: to be put in the same act.
pub fn rattachement_apres(ancien: &Rattachement, avant: &Sejour, apres: &Sejour) -> Rattachement {
    let mut nouveau = ancien.clone();
    for lien in
        nouveau.liens.iter_mut().filter(|lien| lien.etablissement == avant.etablissement && lien.depuis == avant.entree_le)
    {
        lien.depuis = apres.entree_le;
    }
    rattachement(Some(&nouveau), apres)
}

/// What the gate must know after a stay was written: to be put in the same act.
pub fn rattachement(ancien: Option<&Rattachement>, sejour: &Sejour) -> Rattachement {
    let lien = Lien {
        etablissement: sejour.etablissement,
        unite: sejour.unite,
        etat: sejour.etat,
        depuis: sejour.entree_le,
        jusque: sejour.sortie_le,
    };
    let mut nouveau = ancien.cloned().unwrap_or(Rattachement {
        usager: sejour.usager,
        liens: Vec::new(),
        oppositions: Vec::new(),
        fusionne_dans: None,
        absorbes: Vec::new(),
    });
    let meme = |connu: &&mut Lien| connu.etablissement == sejour.etablissement && connu.depuis == sejour.entree_le;
    match nouveau.liens.iter_mut().find(meme) {
        Some(connu) => *connu = lien,
        None => nouveau.liens.push(lien),
    }
    nouveau
}
