//! `/residents/{usager}/oppositions`: to whom the person does not want to show, at once (INV-25).

use kernel::id::UsagerId;
use platform::acces::{CibleOpposition, Compte, LANE_COMPTES, Opposition};
use platform::prelude::*;

use super::{cadre, version};
use crate::acts::ecrire_oppositions;
use crate::forms::lire_opposition;
use crate::rights::{EcrireOppositions, LireOppositions};
use crate::views::oppositions::{self as vue, Ecran};

/// The oppositions in force, and the form for those who may record one.
pub(crate) async fn oppositions(acces: Acces<LireOppositions>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    montrer(&acces, &dossier, &Champs::default(), &Erreurs::default()).await.map(Answer::html)
}

async fn montrer<D: Droit>(
    acces: &Acces<D>,
    dossier: &DossierOuvert<D>,
    champs: &Champs,
    erreurs: &Erreurs,
) -> Resultat<maud::Markup> {
    let porte = dossier.rattachement_lu().await?;
    let mut lignes = Vec::new();
    for opposition in &porte.oppositions {
        lignes.push((nommer(acces, opposition).await?, opposition));
    }
    let etablissements = etablissements::etablissements(acces).await?;
    let ecran = Ecran {
        usager: dossier.usager(),
        version: porte.version,
        lignes,
        profils: acces
            .services()
            .profils
            .tous()
            .map(|(code, profil)| (format!("profil/{code}"), profil.libelle.clone()))
            .collect(),
        etablissements: etablissements
            .iter()
            .filter(|lu| lu.actif)
            .map(|lu| (format!("etablissement/{}", lu.value.id), lu.nom.to_string()))
            .collect(),
        comptes: comptes(acces, dossier).await,
        champs,
        erreurs,
        peut: dossier.peut_ecrire(Categorie::Administratif),
    };
    cadre(acces, dossier, ("Oppositions", "contacts"), vue::page(&ecran)).await
}

/// The accounts of the establishment, for those who may read them.
async fn comptes<D: Droit>(acces: &Acces<D>, dossier: &DossierOuvert<D>) -> Vec<(String, String)> {
    let Ok(comptes) = acces.liste::<Compte>(&Query::lane(LANE_COMPTES)).await else { return Vec::new() };
    let ici = dossier.etablissement();
    let mut comptes: Vec<(String, String)> = comptes
        .iter()
        .filter(|compte| {
            compte.ferme_le.is_none()
                && compte.habilitations.iter().any(|role| role.etablissement.is_some() && role.etablissement == ici)
        })
        .map(|compte| (format!("compte/{}", compte.id), compte.nom_affiche.clone()))
        .collect();
    comptes.sort_by_key(|(_, nom)| kernel::texte::cle_tri(nom));
    comptes
}

async fn nommer<D: Droit>(acces: &Acces<D>, opposition: &Opposition) -> Resultat<String> {
    Ok(match &opposition.cible {
        CibleOpposition::Profil(code) => {
            acces.services().profils.get(code).map_or_else(|| code.clone(), |profil| profil.libelle.clone())
        }
        CibleOpposition::Compte(compte) => acces.auteur(compte.0).await?,
        CibleOpposition::Etablissement(id) => acces.services().enseigne.etablissement(*id).unwrap_or_default(),
    })
}

/// Records an opposition; the gate applies it from the next request on.
pub(crate) async fn ajouter(
    acces: Acces<EcrireOppositions>,
    Chemin(usager): Chemin<UsagerId>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    match lire_opposition(&champs, &acces.services().profils) {
        Err(erreurs) => montrer(&acces, &dossier, &champs, &erreurs).await.map(Answer::a_corriger),
        Ok(opposition) => {
            ecrire_oppositions(&dossier, version(&champs), |oppositions| {
                if !oppositions.contains(&opposition) {
                    oppositions.push(opposition);
                }
            })
            .await?;
            revenir(&acces, usager, "Opposition enregistrée. Elle s'applique dès maintenant.").await
        }
    }
}

/// Takes an opposition back, by its rank in the version read.
pub(crate) async fn lever(acces: Acces<EcrireOppositions>, Chemin(usager): Chemin<UsagerId>, champs: Champs) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let rang: usize = champs.lire("rang").ok_or_else(|| Erreur::Demande("Choisissez l'opposition à lever.".into()))?;
    ecrire_oppositions(&dossier, version(&champs), |oppositions| {
        if rang < oppositions.len() {
            oppositions.remove(rang);
        }
    })
    .await?;
    revenir(&acces, usager, "Opposition levée.").await
}

/// Back to the page, unless the opposition now closes it to the very person who wrote it.
async fn revenir(acces: &Acces<EcrireOppositions>, usager: UsagerId, mots: &str) -> Resultat<Answer> {
    let encore = acces.ouvrir_dossier(usager).await.is_ok();
    let vers = if encore { format!("/residents/{usager}/oppositions") } else { "/residents".to_owned() };
    Ok(Answer::vers(vers).dit(mots))
}
