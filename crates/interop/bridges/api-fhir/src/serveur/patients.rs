//! Finding persons in the establishments of the application.

use std::collections::HashMap;

use fhir_r4::Token;
use kernel::id::UsagerId;
use platform::acces::PerimetreOuvert;
use platform::prelude::*;
use sejours::LireResidents;
use usagers::{Identification, Usager, lane_identites, lane_usagers};

use super::appel::{Appel, lieu};
use super::filtre::Filtre;
use crate::ressources::{Fiche, Indice, patient};

/// The persons a search finds, by id. Each list read is a line of the journal; the record of each is opened afterwards.
pub(crate) async fn chercher(appel: &Appel, filtre: &Filtre) -> Resultat<Vec<Fiche>> {
    let mut trouves = toutes(appel).await?;
    trouves.retain(|fiche| filtre.garde(fiche));
    trouves.sort_by(|a, b| a.id.cmp(&b.id));
    trouves.dedup_by(|a, b| a.id == b.id);
    Ok(trouves)
}

/// The persons bearing one of these numbers: those of a qualified identity, or our own.
pub(crate) async fn chercher_par_identifiant(appel: &Appel, numeros: &[Token]) -> Resultat<Vec<UsagerId>> {
    let porte = |fiche: &Fiche| {
        fiche.indices.iter().any(|(nom, indice)| {
            *nom == "identifier"
                && matches!(indice, Indice::Jeton(systeme, code) if numeros.iter().any(|numero| numero.matches(systeme, code) && !numero.code.is_empty()))
        })
    };
    let trouves = toutes(appel).await?;
    Ok(trouves.iter().filter(|fiche| porte(fiche)).filter_map(|fiche| fiche.id.parse().ok()).collect())
}

async fn toutes(appel: &Appel) -> Resultat<Vec<Fiche>> {
    let acces = appel.demande.acces::<LireResidents>().await?;
    let mut fiches = Vec::new();
    for etablissement in appel.etablissements() {
        let perimetre = acces.ouvrir_perimetre(etablissement, &[]).await?;
        let lieu = lieu(&acces, etablissement).await?;
        fiches.extend(d_un_etablissement(&perimetre, (&lieu.0, &lieu.1), &acces.services().fuseau).await?);
    }
    Ok(fiches)
}

async fn d_un_etablissement(
    perimetre: &PerimetreOuvert<LireResidents>,
    lieu: (&str, &str),
    fuseau: &jiff::tz::TimeZone,
) -> Resultat<Vec<Fiche>> {
    let id = perimetre.etablissement();
    let usagers: Vec<Stored<Usager>> = perimetre.liste(&Query::lane(&lane_usagers(id))).await?;
    let identifications: Vec<Stored<Identification>> = perimetre.liste(&Query::lane(&lane_identites(id))).await?;
    let identifications: HashMap<UsagerId, Stored<Identification>> =
        identifications.into_iter().map(|lue| (lue.value.usager, lue)).collect();
    let mut fiches = Vec::with_capacity(usagers.len());
    for usager in &usagers {
        let personne = usager.value.id;
        if usager.fusionne_dans.is_some() || !perimetre.visible(personne, Categorie::Identite).await? {
            continue;
        }
        let identification = identifications.get(&personne);
        let presente = identification.map(|lue| &lue.identite);
        fiches.push(patient::patient(&patient::Source { usager, identification, presente, etablissement: lieu, fuseau }));
    }
    Ok(fiches)
}
