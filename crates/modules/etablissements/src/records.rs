//! Where the structure's records stand, and the questions asked of them.

use kernel::id::{EtablissementId, OrganismeId};
use platform::acces::{Acces, Categorie, Droit, Referentiel};
use platform::erreur::Resultat;
use platform::store::{Entity, Query, Scope, Stored};
use uuid::Uuid;

use crate::model::{Chambre, Etablissement, Grappe, Organisme, Unite};

/// The list of all establishments.
pub const LANE_ETABLISSEMENTS: &str = "etablissements";
/// The list of all organismes gestionnaires.
pub const LANE_ORGANISMES: &str = "organismes";

macro_rules! organisation {
    ($($kind:ty),+) => {$(
        impl Referentiel for $kind {
            const CATEGORIE: Categorie = Categorie::Organisation;
        }
    )+};
}
organisation!(Grappe, Organisme, Etablissement, Unite, Chambre);

impl Entity for Grappe {
    const KIND: &'static str = "grappe";
    fn scope(&self) -> Scope {
        Scope::of(Self::id()).lane("grappe")
    }
}

impl Entity for Organisme {
    const KIND: &'static str = "organisme";
    fn scope(&self) -> Scope {
        Scope::of(Grappe::id()).lane(LANE_ORGANISMES)
    }
    fn claims(&self) -> Vec<String> {
        vec![format!("finess-juridique/{}", self.finess)]
    }
}

impl Entity for Etablissement {
    const KIND: &'static str = "etablissement";
    fn scope(&self) -> Scope {
        Scope::of(self.id).lane(LANE_ETABLISSEMENTS).lane2(format!("etablissements/{}", self.organisme))
    }
    fn claims(&self) -> Vec<String> {
        vec![format!("finess/{}", self.finess)]
    }
}

impl Entity for Unite {
    const KIND: &'static str = "unite";
    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).lane(format!("unites/{}", self.etablissement))
    }
}

impl Entity for Chambre {
    const KIND: &'static str = "chambre";
    fn scope(&self) -> Scope {
        Scope::of(self.etablissement)
            .lane(format!("chambres/{}", self.etablissement))
            .lane2(format!("chambres/unite/{}", self.unite))
    }
}

/// Every establishment, by name.
pub async fn etablissements<D: Droit>(acces: &Acces<D>) -> Resultat<Vec<Stored<Etablissement>>> {
    let mut liste = acces.liste::<Etablissement>(&Query::lane(LANE_ETABLISSEMENTS)).await?;
    liste.sort_by_key(|etablissement| kernel::texte::cle_tri(etablissement.nom.as_str()));
    Ok(liste)
}

/// Every organisme gestionnaire, by name.
pub async fn organismes<D: Droit>(acces: &Acces<D>) -> Resultat<Vec<Stored<Organisme>>> {
    let mut liste = acces.liste::<Organisme>(&Query::lane(LANE_ORGANISMES)).await?;
    liste.sort_by_key(|organisme| kernel::texte::cle_tri(organisme.nom.as_str()));
    Ok(liste)
}

/// The words of an establishment: what the persons it accompanies are called (requirements 9.7).
pub async fn mot<D: Droit>(acces: &Acces<D>, etablissement: EtablissementId) -> Resultat<&'static crate::Genre> {
    let lu = acces.lire::<Etablissement>(etablissement).await?;
    Ok(lu.map_or_else(crate::Genres::neutre, |lu| crate::Genres::de(&lu.value)))
}

/// The units of an establishment in their walking order.
pub async fn unites_de<D: Droit>(acces: &Acces<D>, etablissement: EtablissementId) -> Resultat<Vec<Stored<Unite>>> {
    let mut liste = acces.liste::<Unite>(&Query::lane(&format!("unites/{etablissement}"))).await?;
    liste.sort_by_key(|unite| unite.rang);
    Ok(liste)
}

/// The rooms of an establishment in their walking order.
pub async fn chambres_de<D: Droit>(acces: &Acces<D>, etablissement: EtablissementId) -> Resultat<Vec<Stored<Chambre>>> {
    let mut liste = acces.liste::<Chambre>(&Query::lane(&format!("chambres/{etablissement}"))).await?;
    liste.sort_by_key(|chambre| (chambre.unite, chambre.rang));
    Ok(liste)
}

impl Organisme {
    /// Id made from the FINESS: imports of the same list meet.
    pub fn id(finess: &kernel::numeros::Finess) -> OrganismeId {
        OrganismeId(kernel::id::derived(Uuid::nil(), &format!("organisme/{finess}")))
    }
}
