//! Where correspondents and mailboxes stand, and the questions others ask.

use etablissements::Grappe;
use kernel::id::EtablissementId;
use platform::acces::{Acces, Categorie, Droit, Referentiel};
use platform::erreur::Resultat;
use platform::store::{Entity, Query, Scope, Stored};

use crate::messagerie::{GenreMessagerie, Messagerie, ReleveMessagerie};
use crate::model::{Adresse, Correspondant};

/// The directory of the grappe.
pub const LANE_CORRESPONDANTS: &str = "correspondants";
/// The mailboxes of the grappe.
pub const LANE_MESSAGERIES: &str = "messageries";

impl Entity for Correspondant {
    const KIND: &'static str = "correspondant";
    fn scope(&self) -> Scope {
        Scope::of(Grappe::id()).lane(LANE_CORRESPONDANTS)
    }
}

// The directory holds nothing about a person accompanied: whoever works in the grappe may read whom it writes to.
impl Referentiel for Correspondant {
    const CATEGORIE: Categorie = Categorie::Organisation;
}

impl Entity for Messagerie {
    const KIND: &'static str = "messagerie";
    fn scope(&self) -> Scope {
        Scope::of(Grappe::id()).lane(LANE_MESSAGERIES)
    }
    fn claims(&self) -> Vec<String> {
        vec![format!("messagerie/{}", self.adresse.to_lowercase())]
    }
}

impl Referentiel for Messagerie {
    const CATEGORIE: Categorie = Categorie::Organisation;
}

impl Entity for ReleveMessagerie {
    const KIND: &'static str = "releve_messagerie";
    fn scope(&self) -> Scope {
        Scope::of(Grappe::id())
    }
}

impl Referentiel for ReleveMessagerie {
    const CATEGORIE: Categorie = Categorie::Organisation;
}

/// The directory, by name.
///
/// # Errors
/// Whatever the store says.
pub async fn correspondants<D: Droit>(acces: &Acces<D>) -> Resultat<Vec<Stored<Correspondant>>> {
    let mut lus: Vec<Stored<Correspondant>> = acces.liste(&Query::lane(LANE_CORRESPONDANTS)).await?;
    lus.sort_by_key(|lu| kernel::texte::cle_tri(&lu.nom));
    Ok(lus)
}

/// Where a DLU is sent in an emergency from a house: correspondent and address.
///
/// # Errors
/// Whatever the store says.
pub async fn destinataires_urgence<D: Droit>(
    acces: &Acces<D>,
    etablissement: EtablissementId,
) -> Resultat<Vec<(Correspondant, Adresse)>> {
    let connus = correspondants(acces).await?;
    let servent = connus.into_iter().filter(|lu| lu.sert(etablissement));
    Ok(servent
        .flat_map(|lu| {
            let adresses: Vec<Adresse> = lu.adresses.iter().filter(|adresse| adresse.urgences).cloned().collect();
            adresses.into_iter().map(move |adresse| (lu.value.clone(), adresse))
        })
        .collect())
}

/// The mailboxes of the grappe, by address.
///
/// # Errors
/// Whatever the store says.
pub async fn messageries<D: Droit>(acces: &Acces<D>) -> Resultat<Vec<Stored<Messagerie>>> {
    let mut lues: Vec<Stored<Messagerie>> = acces.liste(&Query::lane(LANE_MESSAGERIES)).await?;
    lues.sort_by_key(|lue| lue.adresse.clone());
    Ok(lues)
}

/// The mailbox a house sends from when nobody chose: its own, else that of its software, else that of a role; never a
/// person's.
///
/// # Errors
/// Whatever the store says.
pub async fn messagerie_de<D: Droit>(acces: &Acces<D>, etablissement: EtablissementId) -> Resultat<Option<Stored<Messagerie>>> {
    let lues = messageries(acces).await?;
    let rang = |genre: GenreMessagerie| GenreMessagerie::TOUS.iter().position(|(connu, ..)| *connu == genre);
    let utiles = lues.into_iter().filter(|lue| {
        lue.active && lue.etablissement == etablissement && lue.genre != GenreMessagerie::Personne && lue.titulaire.is_none()
    });
    Ok(utiles.min_by_key(|lue| rang(lue.genre)))
}

/// The mailboxes of a house who asks may send from, the house's own first.
///
/// # Errors
/// Whatever the store says.
pub async fn messageries_ouvertes<D: Droit>(
    acces: &Acces<D>,
    etablissement: EtablissementId,
) -> Resultat<Vec<Stored<Messagerie>>> {
    let (acteur, now) = (&acces.contexte().acteur, acces.now());
    let mut lues = messageries(acces).await?;
    lues.retain(|lue| lue.etablissement == etablissement && lue.ouverte_a(acteur, now));
    lues.sort_by_key(|lue| GenreMessagerie::TOUS.iter().position(|(connu, ..)| *connu == lue.genre));
    Ok(lues)
}
