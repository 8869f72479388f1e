//! The resources of a person, read through the gate under the right of the module which owns the records.

use ::traces::VoirHistorique;
use constantes::{Constante, LireConstantes};
use documents::{LireDocuments, documents_de};
use hospitalisations::{LireHospitalisations, annonces_rendez_vous_de};
use kernel::dates::jour_local;
use kernel::id::{CompteId, EtablissementId, UsagerId};
use medical::LireMedical;
use plan_de_soins::{LireSoins, Plan};
use platform::acces::CibleOpposition;
use platform::prelude::*;
use sejours::{LireSejour, Sejour};
use usagers::{Alertes, Identification, LireAlertes, LireIdentite, LireOppositions, Usager};

use super::appel::{Appel, lieu};
use super::curseur::trier;
use crate::ressources::{
    Fiche, allergies, consentement, documents as papiers, medical as lignes, mesures, patient, plan, rendez_vous as agenda,
    sejour, traces,
};

/// Most values of a person read at once, and most lines of her journal.
const MESURES_MAX: u32 = 20_000;
const LIGNES_MAX: usize = 1_000;

/// The resources of a type about a person, latest first. The record is opened: rights, oppositions, brake, journal.
pub(crate) async fn de_personne(appel: &Appel, genre: &str, usager: UsagerId) -> Resultat<Vec<Fiche>> {
    let mut fiches = match genre {
        "Patient" => vec![la_personne(appel, usager).await?],
        "Encounter" => sejours_de(appel, usager).await?,
        "Appointment" => rendez_vous_de(appel, usager).await?,
        "AllergyIntolerance" => {
            let dossier = appel.demande.acces::<LireAlertes>().await?.ouvrir_dossier(usager).await?;
            let lues = dossier.lire::<Alertes>(Alertes::id(usager)).await?;
            allergies::allergies(usager, lues.as_ref())
        }
        "Condition" | "MedicationStatement" => {
            let acces = appel.demande.acces::<LireMedical>().await?;
            let dossier = acces.ouvrir_dossier(usager).await?;
            let lues = medical::elements(&dossier).await?;
            let fuseau = &acces.services().fuseau;
            lues.iter().filter_map(|lu| lignes::element(lu, fuseau)).filter(|fiche| fiche.genre == genre).collect()
        }
        "Observation" => {
            let dossier = appel.demande.acces::<LireConstantes>().await?.ouvrir_dossier(usager).await?;
            let lues = dossier.liste::<Constante>(|query| query.newest_first().limit(MESURES_MAX)).await?;
            lues.iter().map(mesures::mesure).collect()
        }
        "CarePlan" => {
            let acces = appel.demande.acces::<LireSoins>().await?;
            let dossier = acces.ouvrir_dossier(usager).await?;
            let aujourd_hui = jour_local(acces.now(), &acces.services().fuseau);
            dossier.lire::<Plan>(Plan::id(usager)).await?.iter().map(|lu| plan::plan(lu, acces.now(), aujourd_hui)).collect()
        }
        "DocumentReference" => documents_d(appel, usager).await?,
        "Consent" => oppositions_de(appel, usager).await?,
        "AuditEvent" => journal_de(appel, usager).await?,
        _ => Vec::new(),
    };
    trier(&mut fiches);
    Ok(fiches)
}

/// The person herself.
pub(crate) async fn la_personne(appel: &Appel, usager: UsagerId) -> Resultat<Fiche> {
    let acces = appel.demande.acces::<LireIdentite>().await?;
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lu = dossier.lire::<Usager>(usager).await?.ok_or(Erreur::Introuvable)?;
    let identification = dossier.lire::<Identification>(Identification::id(usager)).await?;
    let (finess, nom) = lieu(&acces, lu.etablissement).await?;
    Ok(patient::patient(&patient::Source {
        usager: &lu,
        identification: identification.as_ref(),
        presente: identification.as_ref().map(|lue| &lue.identite),
        etablissement: (&finess, &nom),
        fuseau: &acces.services().fuseau,
    }))
}

/// The name of a unit, as screens show it.
pub(crate) fn unite<D: Droit>(acces: &Acces<D>, lu: &Sejour) -> Option<String> {
    let unites = acces.services().enseigne.unites(lu.etablissement);
    lu.unite.and_then(|id| unites.into_iter().find(|(connue, _)| *connue == id)).map(|(_, nom)| nom)
}

async fn sejours_de(appel: &Appel, usager: UsagerId) -> Resultat<Vec<Fiche>> {
    let acces = appel.demande.acces::<LireSejour>().await?;
    let dossier = acces.ouvrir_dossier(usager).await?;
    let mut fiches = Vec::new();
    for lu in dossier.liste::<Sejour>(|query| query).await? {
        let (finess, nom) = lieu(&acces, lu.etablissement).await?;
        fiches.push(sejour::sejour(&lu, (&finess, &nom), unite(&acces, &lu).as_deref()));
    }
    Ok(fiches)
}

async fn rendez_vous_de(appel: &Appel, usager: UsagerId) -> Resultat<Vec<Fiche>> {
    let dossier = appel.demande.acces::<LireHospitalisations>().await?.ouvrir_dossier(usager).await?;
    let annonces = annonces_rendez_vous_de(&dossier).await?;
    let nature = [Categorie::Soins, Categorie::Administratif, Categorie::Medical].into_iter().any(|une| dossier.peut_lire(une));
    Ok(hospitalisations::rendez_vous(&annonces).iter().map(|lu| agenda::rendez_vous(usager, lu, nature)).collect())
}

async fn documents_d(appel: &Appel, usager: UsagerId) -> Resultat<Vec<Fiche>> {
    let acces = appel.demande.acces::<LireDocuments>().await?;
    let dossier = acces.ouvrir_dossier(usager).await?;
    let mut fiches = Vec::new();
    for lu in documents_de(&dossier).await? {
        let (finess, nom) = lieu(&acces, lu.etablissement).await?;
        fiches.push(papiers::document(&lu, &appel.base, (&finess, &nom), &acces.services().fuseau));
    }
    Ok(fiches)
}

async fn oppositions_de(appel: &Appel, usager: UsagerId) -> Resultat<Vec<Fiche>> {
    let acces = appel.demande.acces::<LireOppositions>().await?;
    let dossier = acces.ouvrir_dossier(usager).await?;
    let porte = dossier.rattachement_lu().await?;
    let mut fiches = Vec::new();
    for opposition in &porte.oppositions {
        let vise = match &opposition.cible {
            CibleOpposition::Profil(code) => {
                acces.services().profils.get(code).map_or_else(|| code.clone(), |profil| profil.libelle.clone())
            }
            CibleOpposition::Compte(compte) => acces.auteur(compte.0).await?,
            CibleOpposition::Etablissement(id) => nom_de(&acces, *id),
        };
        fiches.push(consentement::opposition(usager, opposition, &vise, porte.version, porte.recorded));
    }
    Ok(fiches)
}

fn nom_de<D: Droit>(acces: &Acces<D>, id: EtablissementId) -> String {
    acces.services().enseigne.etablissement(id).unwrap_or_default()
}

async fn journal_de(appel: &Appel, usager: UsagerId) -> Resultat<Vec<Fiche>> {
    let acces = appel.demande.acces::<VoirHistorique>().await?;
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lignes = dossier.journal(None, LIGNES_MAX).await?;
    let comptes: Vec<CompteId> = lignes.iter().map(|ligne| CompteId(ligne.account)).collect();
    let noms = acces.noms(&comptes).await?;
    let profils = &acces.services().profils;
    let fiche = |ligne: &platform::store::LineRow| {
        let nom = noms.get(&CompteId(ligne.account)).map_or("Grappe", |(nom, _)| nom.as_str());
        let profil = ligne.detail("profil").and_then(|code| profils.get(&code).map(|profil| profil.libelle.clone()));
        traces::ligne(usager, ligne, nom, profil.as_deref())
    };
    Ok(lignes.iter().map(fiche).collect())
}
