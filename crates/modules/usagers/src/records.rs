//! Where the records about persons stand, and the questions asked of them.

use kernel::id::{EtablissementId, UsagerId};
use platform::acces::{Categorie, Droit, Ecrit, PerimetreOuvert};
use platform::erreur::Resultat;
use platform::store::{Entity, Scope, Stored};
use uuid::Uuid;

use crate::{Alertes, Entourage, Habitudes, Identification, Usager};

/// The list of the persons of an establishment.
pub fn lane_usagers(etablissement: EtablissementId) -> String {
    format!("usagers/{etablissement}")
}

/// The list of the identities of an establishment.
pub fn lane_identites(etablissement: EtablissementId) -> String {
    format!("identites/{etablissement}")
}

impl Entity for Usager {
    const KIND: &'static str = "usager";
    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).person(self.id).lane(lane_usagers(self.etablissement))
    }
}

impl Ecrit for Usager {
    const CATEGORIE: Categorie = Categorie::Presence;
}

impl Entity for Identification {
    const KIND: &'static str = "identification";
    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).person(self.usager).lane(lane_identites(self.etablissement))
    }
    fn claims(&self) -> Vec<String> {
        self.identite.ins().map(|ins| format!("ins/{}/{}", self.etablissement, ins.matricule().as_str())).into_iter().collect()
    }
}

impl Ecrit for Identification {
    const CATEGORIE: Categorie = Categorie::Identite;
}

macro_rules! fiche {
    ($kind:ty, $name:literal, $category:ident) => {
        impl Entity for $kind {
            const KIND: &'static str = $name;
            fn scope(&self) -> Scope {
                Scope::of(self.etablissement).person(self.usager).lane(format!(concat!($name, "/{}"), self.etablissement))
            }
        }
        impl Ecrit for $kind {
            const CATEGORIE: Categorie = Categorie::$category;
        }
    };
}
fiche!(Alertes, "alertes", Alertes);
fiche!(Entourage, "entourage", Administratif);
fiche!(Habitudes, "habitudes", Vie);

/// The persons of these ids, with what nobody may ignore about them when the right is held.
pub async fn fiches<D: Droit>(
    perimetre: &PerimetreOuvert<D>,
    usagers: &[UsagerId],
) -> Resultat<Vec<(Stored<Usager>, Option<Stored<Alertes>>)>> {
    let ids: Vec<Uuid> = usagers.iter().map(|usager| usager.0).collect();
    let connus: Vec<Stored<Usager>> = perimetre.lire(&ids).await?;
    let ids: Vec<Uuid> = connus.iter().map(|usager| Alertes::id(usager.value.id)).collect();
    let alertes: Vec<Stored<Alertes>> = perimetre.lire(&ids).await?;
    let mut par_usager: std::collections::HashMap<UsagerId, Stored<Alertes>> =
        alertes.into_iter().map(|alertes| (alertes.value.usager, alertes)).collect();
    Ok(connus
        .into_iter()
        .map(|usager| {
            let alertes = par_usager.remove(&usager.value.id);
            (usager, alertes)
        })
        .collect())
}
