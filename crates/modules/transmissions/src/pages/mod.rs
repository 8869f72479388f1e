//! Screens and forms received: rights, reading, drawing.

pub(crate) mod consignes;
pub(crate) mod dossier;
pub(crate) mod fil;
pub(crate) mod nouvelle;
pub(crate) mod presenter;
pub(crate) mod rectifier;
pub(crate) mod releve;

use std::collections::HashMap;

use kernel::id::{UniteId, UsagerId};
use platform::acces::{Acces, Categorie, DossierOuvert, Droit, PerimetreOuvert, Verbe};
use platform::erreur::Resultat;
use platform::store::{Query, Stored};
use platform::web::Answer;
use sejours::Resident;
use usagers::Usager;

use crate::lecture::PriseDeConnaissance;
use crate::model::{Importance, Transmission};
use crate::records;

/// Opens the list of the units chosen in the context, or of the one unit a filter names.
pub(crate) async fn perimetre<D: Droit>(acces: &Acces<D>, unite: Option<UniteId>) -> Resultat<PerimetreOuvert<D>> {
    let choisies = match unite {
        Some(unite) => vec![unite],
        None => acces.contexte().unites.clone(),
    };
    acces.ouvrir_perimetre(acces.etablissement()?, &choisies).await
}

/// Units of the establishment the reader reaches, in their order.
pub(crate) fn unites<D: Droit>(acces: &Acces<D>) -> Resultat<Vec<(UniteId, String)>> {
    let etablissement = acces.etablissement()?;
    let atteintes = acces.unites(etablissement);
    let mut unites = acces.services().enseigne.unites(etablissement);
    unites.retain(|(unite, _)| atteintes.as_ref().is_none_or(|atteintes| atteintes.contains(unite)));
    Ok(unites)
}

/// « Volcans », « Volcans + Dômes », « toutes les unités ».
pub(crate) fn nom_perimetre<D: Droit>(acces: &Acces<D>, perimetre: &PerimetreOuvert<D>) -> String {
    let noms = acces.services().enseigne.unites(perimetre.etablissement());
    match perimetre.unites() {
        None => "toutes les unités".to_owned(),
        Some(choisies) => {
            let noms: Vec<&str> = noms.iter().filter(|(id, _)| choisies.contains(id)).map(|(_, nom)| nom.as_str()).collect();
            noms.join(" + ")
        }
    }
}

/// « BRUMELLE, Marguerite · ch. 214 ».
pub(crate) fn nom_et_chambre(resident: &Resident) -> String {
    match resident.sejour.chambre_libelle.as_str() {
        "" => resident.usager.nom_complet(),
        chambre => format!("{} · ch. {chambre}", resident.usager.nom_complet()),
    }
}

/// Names and rooms of the persons of some lines.
pub(crate) async fn noms_de<D: Droit>(
    perimetre: &PerimetreOuvert<D>,
    lignes: &[Stored<Transmission>],
) -> Resultat<HashMap<UsagerId, (String, String)>> {
    let mut ids: Vec<uuid::Uuid> = lignes.iter().map(|lue| lue.usager.0).collect();
    ids.sort_unstable();
    ids.dedup();
    let fiches: Vec<Stored<Usager>> = perimetre.lire(&ids).await?;
    Ok(fiches.into_iter().map(|fiche| (fiche.value.id, (fiche.nom_complet(), String::new()))).collect())
}

/// Who took note of the alerts of some lines.
pub(crate) async fn prises_de<D: Droit>(
    perimetre: &PerimetreOuvert<D>,
    lignes: &[Stored<Transmission>],
) -> Resultat<Vec<Stored<PriseDeConnaissance>>> {
    let premiere = lignes.iter().filter(|lue| lue.importance == Importance::Alerte).map(|lue| lue.arrive_le()).min();
    let Some(premiere) = premiere else { return Ok(Vec::new()) };
    perimetre.liste(&Query::lane(&records::lane_connaissances(perimetre.etablissement())).since(premiere)).await
}

/// Profiles an instruction may be for: those which read transmissions, with their short form.
pub(crate) fn destinataires<D: Droit>(acces: &Acces<D>) -> Vec<(String, String)> {
    const PREMIERS: [&str; 9] =
        ["as", "aes", "as_nuit", "ide", "medecin", "kinesitherapeute", "psychologue", "ergotherapeute", "dieteticien"];
    let profils = &acces.services().profils;
    PREMIERS
        .iter()
        .filter_map(|code| profils.get(code).map(|profil| (code, profil)))
        .filter(|(_, profil)| profil.permet(Categorie::Transmissions, Verbe::Lire))
        .map(|(code, profil)| ((*code).to_owned(), profil.court.clone()))
        .collect()
}

/// Name of the person of an opened record, with the room.
pub(crate) async fn nom_du_dossier<D: Droit>(dossier: &DossierOuvert<D>) -> Resultat<String> {
    let resident = sejours::resident(dossier).await?;
    Ok(resident.as_ref().map(nom_et_chambre).unwrap_or_default())
}

/// A refusal whose sentence says who can (403).
pub(crate) fn refuser(markup: maud::Markup) -> Answer {
    Answer::html(markup).statut(http::StatusCode::FORBIDDEN)
}
