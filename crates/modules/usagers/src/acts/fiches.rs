//! Habits, alerts, contacts, photo, oppositions: the sheets of a person.

use platform::acces::{Acte, DossierOuvert, Droit, Ecrit, Opposition, Rattachement};
use platform::erreur::{Erreur, Resultat};
use platform::store::{SealedBlob, Stored};
use uuid::Uuid;

use crate::rights::{EcrireAlertes, EcrireEntourage, EcrireOppositions, EcrirePhoto, EcrireVie};
use crate::{Alertes, Allergie, Allergies, ContenuVie, Entourage, Habitudes, Usager};

/// The version read by the form is still the last one, else somebody wrote meanwhile.
fn a_jour<E>(lue: Option<&Stored<E>>, version: i64) -> Resultat<()> {
    let derniere = lue.map_or(0, |lue| lue.version);
    if derniere == version { Ok(()) } else { Err(Erreur::Conflit) }
}

/// Writes the next version of a sheet, the first one included; nothing when nothing changed.
async fn ecrire<D: Droit, E: Ecrit + PartialEq>(
    dossier: &DossierOuvert<D>,
    verbe: &str,
    (id, lue): (Uuid, Option<Stored<E>>),
    nouvelle: &E,
    version: i64,
) -> Resultat<()> {
    a_jour(lue.as_ref(), version)?;
    let mut acte = dossier.acte(verbe);
    match &lue {
        Some(lue) if lue.value == *nouvelle => return Ok(()),
        Some(lue) => acte.update(lue, nouvelle),
        None => acte.create(id, nouvelle),
    }
    dossier.commit(acte).await
}

/// Writes what matters to the person.
pub(crate) async fn ecrire_vie(dossier: &DossierOuvert<EcrireVie>, contenu: ContenuVie, version: i64) -> Resultat<()> {
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let id = Habitudes::id(dossier.usager());
    let lue = dossier.lire::<Habitudes>(id).await?;
    let nouvelle = Habitudes { usager: dossier.usager(), etablissement, contenu };
    ecrire(dossier, "vie.ecrite", (id, lue), &nouvelle, version).await
}

/// Writes allergies, textures, chips.
pub(crate) async fn ecrire_alertes(
    dossier: &DossierOuvert<EcrireAlertes>,
    lue: Option<Stored<Alertes>>,
    nouvelle: &Alertes,
    (verbe, version): (&str, i64),
) -> Resultat<()> {
    ecrire(dossier, verbe, (Alertes::id(dossier.usager()), lue), nouvelle, version).await
}

/// What adding allergies would do to those known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AjoutAllergies {
    /// They are in the act, or were known already.
    Fait,
    /// The record says that no allergy is known, checked on that day: a person confirms first. Nothing is in the act.
    AConfirmer(jiff::civil::Date),
}

/// Adds to an act the allergies a person accepts from a received document; those known already (same agent) are left as they are.
///
/// # Errors
/// The right, the store.
pub async fn ajouter_allergies(
    dossier: &DossierOuvert<EcrireAlertes>,
    acte: &mut Acte,
    nouvelles: &[Allergie],
    confirme: bool,
) -> Resultat<AjoutAllergies> {
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let id = Alertes::id(dossier.usager());
    let lue = dossier.lire::<Alertes>(id).await?;
    let mut alertes = lue.as_ref().map_or_else(|| Alertes::vides(dossier.usager(), etablissement), |lue| lue.value.clone());
    let mut liste = match &alertes.allergies {
        Allergies::Connues { liste } => liste.clone(),
        Allergies::Aucune { verifie_le } if !confirme => return Ok(AjoutAllergies::AConfirmer(*verifie_le)),
        _ => Vec::new(),
    };
    for nouvelle in nouvelles {
        let agent = kernel::texte::plier(&nouvelle.agent);
        if !liste.iter().any(|connue| kernel::texte::plier(&connue.agent) == agent) {
            liste.push(nouvelle.clone());
        }
    }
    alertes.allergies = Allergies::Connues { liste };
    match &lue {
        Some(lue) if lue.value == alertes => {}
        Some(lue) => acte.update(lue, &alertes),
        None => acte.create(id, &alertes),
    }
    Ok(AjoutAllergies::Fait)
}

/// Changes who surrounds the person.
pub(crate) async fn modifier_entourage(
    dossier: &DossierOuvert<EcrireEntourage>,
    (verbe, version): (&str, i64),
    change: impl FnOnce(&mut Entourage),
) -> Resultat<()> {
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let id = Entourage::id(dossier.usager());
    let lue = dossier.lire::<Entourage>(id).await?;
    let vide =
        Entourage { usager: dossier.usager(), etablissement, contacts: Vec::new(), mesure: None, directives: "inconnu".into() };
    let mut nouvelle = lue.as_ref().map_or(vide, |lue| lue.value.clone());
    change(&mut nouvelle);
    ecrire(dossier, verbe, (id, lue), &nouvelle, version).await
}

/// Puts or removes the photo.
pub(crate) async fn ecrire_photo(dossier: &DossierOuvert<EcrirePhoto>, photo: Option<SealedBlob>) -> Resultat<()> {
    let lu = dossier.lire::<Usager>(dossier.usager()).await?.ok_or(Erreur::Introuvable)?;
    let nouveau = Usager { photo: photo.as_ref().map(|photo| photo.id().clone()), ..lu.value.clone() };
    if nouveau == lu.value {
        return Ok(());
    }
    let mut acte = dossier.acte(if photo.is_some() { "photo.mise" } else { "photo.retiree" });
    if let Some(photo) = photo {
        acte.keep(photo);
    }
    acte.update(&lu, &nouveau);
    dossier.commit(acte).await
}

/// Writes the oppositions: the gate knows them from the next request on.
pub(crate) async fn ecrire_oppositions(
    dossier: &DossierOuvert<EcrireOppositions>,
    version: i64,
    change: impl FnOnce(&mut Vec<Opposition>),
) -> Resultat<()> {
    let lue = dossier.rattachement_lu().await?;
    a_jour(Some(&lue), version)?;
    let mut nouvelle: Rattachement = lue.value.clone();
    change(&mut nouvelle.oppositions);
    if nouvelle == lue.value {
        return Ok(());
    }
    let mut acte = dossier.acte("oppositions.ecrites");
    acte.update(&lue, &nouvelle);
    dossier.commit(acte).await
}
