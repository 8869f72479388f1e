//! Making binders: gathered through the gate, drawn apart, kept encrypted, copied to the folder read without the server.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use kernel::id::{EtablissementId, UniteId};
use platform::Services;
use platform::acces::Acces;
use platform::erreur::{Erreur, Resultat};
use platform::worker::{Worker, automate};
use uuid::Uuid;

use crate::contenu;
use crate::feuilles::classeur;
use crate::model::{Cause, Edition, HEURES, Reglages, reglages, regler};
use crate::rights::LireClasseur;

const NOM: &str = "classeur de secours";

/// A binder drawn.
struct Tirage {
    pdf: Vec<u8>,
    residents: u32,
    unite_nom: String,
}

async fn tirer(
    acces: &Acces<LireClasseur>,
    etablissement: EtablissementId,
    unite: UniteId,
    cause: &str,
    reglages: &Reglages,
) -> Resultat<Tirage> {
    let contenu = contenu::lire(acces, etablissement, unite).await?;
    let residents = u32::try_from(contenu.personnes.len()).unwrap_or(u32::MAX);
    let unite_nom = contenu.unite.nom.as_str().to_owned();
    let (fuseau, adresse, cause) = (acces.services().fuseau.clone(), reglages.adresse.clone(), cause.to_owned());
    let dessin = tokio::task::spawn_blocking(move || edition::pdf(&classeur(&contenu, &fuseau, adresse.as_deref(), &cause)));
    let pdf =
        dessin.await.map_err(|error| Erreur::Panne(error.to_string()))?.map_err(|error| Erreur::Panne(error.to_string()))?;
    Ok(Tirage { pdf, residents, unite_nom })
}

/// Makes the binder of a unit now and keeps it; gives the edition's id. The same id makes one edition.
pub(crate) async fn editer(
    services: &Arc<Services>,
    id: Uuid,
    etablissement: EtablissementId,
    unite: UniteId,
    cause: Cause,
) -> Resultat<Uuid> {
    let acces: Acces<LireClasseur> = automate(services, NOM).await?;
    if acces.lire::<Edition>(id).await?.is_some() {
        return Ok(id);
    }
    let reglages = reglages();
    let mots = match &cause {
        Cause::Programmee { heure } => format!("Grappe, édition programmée de {heure}"),
        Cause::Demandee { par } => format!("Grappe, à la demande de {par}"),
    };
    let tirage = tirer(&acces, etablissement, unite, &mots, &reglages).await?;
    let dans_le_dossier = match &reglages.dossier {
        Some(dossier) => Some(copier(dossier, etablissement, unite, &tirage).await),
        None => None,
    };
    let scelle = acces.sceller(&tirage.pdf)?;
    let edition = Edition {
        etablissement,
        unite,
        unite_nom: tirage.unite_nom.clone(),
        edite_le: acces.now(),
        cause,
        blob: scelle.id().clone(),
        taille: tirage.pdf.len() as u64,
        residents: tirage.residents,
        dans_le_dossier,
    };
    let mut acte = acces.acte("secours.edite").detail("unite", unite.to_string());
    acte.keep(scelle);
    acte.create(id, &edition);
    match acces.commit(acte).await {
        // Another node made it at the same instant.
        Err(Erreur::Conflit) => Ok(id),
        autre => autre.map(|()| id),
    }
}

fn nom_de_fichier(tirage: &Tirage, unite: UniteId) -> String {
    let nom: String =
        kernel::texte::cle_tri(&tirage.unite_nom).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let court: String = unite.to_string().chars().take(8).collect();
    format!("classeur-{nom}-{court}.pdf")
}

/// Writes the binder in the folder of its establishment; a failure is told in the edition, and never stops it.
async fn copier(dossier: &Path, etablissement: EtablissementId, unite: UniteId, tirage: &Tirage) -> bool {
    let lieu = dossier.join(etablissement.to_string());
    let chemin = lieu.join(nom_de_fichier(tirage, unite));
    let neuf = chemin.with_extension("pdf.neuf");
    let ecrire = async {
        tokio::fs::create_dir_all(&lieu).await?;
        // Written beside then renamed: the former binder stays whole until the new one is.
        tokio::fs::write(&neuf, &tirage.pdf).await?;
        tokio::fs::rename(&neuf, &chemin).await
    };
    let ecrit = ecrire.await;
    if let Err(error) = &ecrit {
        tracing::error!(%error, folder = %lieu.display(), "a binder could not be written to its folder");
    }
    ecrit.is_ok()
}

/// The last hour of edition which has come.
pub(crate) fn derniere_heure(now: Timestamp, fuseau: &jiff::tz::TimeZone) -> (Date, Time) {
    let ici = fuseau.to_datetime(now);
    match HEURES.iter().rev().find(|heure| **heure <= ici.time()) {
        Some(heure) => (ici.date(), *heure),
        None => (ici.date().yesterday().unwrap_or(ici.date()), HEURES[HEURES.len() - 1]),
    }
}

/// The units which have a binder: those in service where somebody sleeps.
async fn unites_a_editer(acces: &Acces<LireClasseur>) -> Resultat<Vec<UniteAEditer>> {
    let mut unites = Vec::new();
    for etablissement in etablissements::etablissements(acces).await?.iter().filter(|lu| lu.actif) {
        let id = etablissement.value.id;
        let siennes = etablissements::unites_de(acces, id).await?;
        unites.extend(siennes.iter().filter(|unite| !unite.fermee && !unite.de_jour).map(|unite| UniteAEditer {
            etablissement: id,
            unite: UniteId(unite.id),
            nom: format!("{}, {}", etablissement.nom.as_str(), unite.nom.as_str()),
        }));
    }
    Ok(unites)
}

/// Makes what the hour asks for and what a stop of the server missed; each edition once. Gives how many were made.
pub async fn editer_les_dus(services: &Arc<Services>, now: Timestamp) -> Resultat<usize> {
    let acces: Acces<LireClasseur> = automate(services, NOM).await?;
    let (jour, heure) = derniere_heure(now, &services.fuseau);
    let mut faits = 0;
    for UniteAEditer { etablissement, unite, .. } in unites_a_editer(&acces).await? {
        let id = Edition::id_programmee(unite, jour, heure);
        if acces.lire::<Edition>(id).await?.is_some() {
            continue;
        }
        let cause = Cause::Programmee { heure: kernel::dates::heure(heure) };
        match editer(services, id, etablissement, unite, cause).await {
            Ok(_) => faits += 1,
            // One unit which fails does not deprive the others of their binder.
            Err(error) => tracing::error!(%error, %unite, "a binder could not be made"),
        }
    }
    Ok(faits)
}

/// Schedules the editions of 06:00, 13:00 and 20:00.
pub fn planifier(worker: &mut Worker, reglages: Reglages) {
    regler(reglages);
    worker.every_minute(|services, now| async move { editer_les_dus(&services, now).await.map(|_| ()) });
}

/// A unit which has a binder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UniteAEditer {
    etablissement: EtablissementId,
    unite: UniteId,
    /// Its name, with that of its establishment.
    pub nom: String,
}

/// A binder drawn and not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classeur {
    /// Where it belongs in a folder: a folder an establishment, a file a unit.
    pub chemin: PathBuf,
    /// The document.
    pub pdf: Vec<u8>,
}

/// The units which have a binder.
///
/// # Errors
/// Whatever the store says.
pub async fn unites(services: &Arc<Services>) -> Resultat<Vec<UniteAEditer>> {
    unites_a_editer(&automate(services, NOM).await?).await
}

/// Draws the binder of a unit now, without keeping it: `grappe secours DIR`.
///
/// # Errors
/// Whatever the store says; `Panne` when it cannot be drawn.
pub async fn tirer_un(services: &Arc<Services>, lieu: &UniteAEditer) -> Resultat<Classeur> {
    let acces: Acces<LireClasseur> = automate(services, NOM).await?;
    let tirage = tirer(&acces, lieu.etablissement, lieu.unite, "Grappe, en ligne de commande", &reglages()).await?;
    let chemin = PathBuf::from(lieu.etablissement.to_string()).join(nom_de_fichier(&tirage, lieu.unite));
    Ok(Classeur { chemin, pdf: tirage.pdf })
}
