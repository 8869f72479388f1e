//! Making binders: gathered through the gate, drawn apart, kept encrypted, copied to the folder read without the server.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use kernel::id::{EtablissementId, UniteId};
use platform::Services;
use platform::acces::Acces;
use platform::erreur::{Erreur, Resultat};
use platform::store::Query;
use platform::worker::{Worker, automate};
use uuid::Uuid;

use crate::contenu;
use crate::feuilles::classeur;
use crate::model::{Cause, Edition, HEURES, Reglages, lane_unite, reglages, regler};
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
    let _tour = ATELIER.lock().await;
    let debut = std::time::Instant::now();
    let contenu = contenu::lire(acces, etablissement, unite).await?;
    let lu = debut.elapsed();
    let residents = u32::try_from(contenu.personnes.len()).unwrap_or(u32::MAX);
    let unite_nom = contenu.unite.nom.as_str().to_owned();
    let (fuseau, adresse, cause) = (acces.services().fuseau.clone(), reglages.adresse.clone(), cause.to_owned());
    let dessin = tokio::task::spawn_blocking(move || edition::pdf(&classeur(&contenu, &fuseau, adresse.as_deref(), &cause)));
    let pdf =
        dessin.await.map_err(|error| Erreur::Panne(error.to_string()))?.map_err(|error| Erreur::Panne(error.to_string()))?;
    let dessine = debut.elapsed().saturating_sub(lu);
    tracing::info!(%unite, residents, bytes = pdf.len(), ?lu, ?dessine, "a binder was drawn");
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

/// How the work of an hour is spread: one binder at a time, with rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rythme {
    /// Time the binders of all units are spread over.
    pub etalement: Duration,
    /// Longest rest the spread gives.
    pub repos_max: Duration,
    /// A rest lasts at least so many times the work before it.
    pub part: u32,
}

impl Rythme {
    /// As the service works: spread over twenty minutes, ten seconds apart at most, a fifth of one processor at most.
    pub const SERVICE: Self = Self { etalement: Duration::from_mins(20), repos_max: Duration::from_secs(10), part: 4 };
    /// Without any rest.
    pub const SANS_REPOS: Self = Self { etalement: Duration::ZERO, repos_max: Duration::ZERO, part: 0 };

    /// The rest after a binder which took `travail`, when `unites` have one.
    pub fn repos(self, unites: usize, travail: Duration) -> Duration {
        let rang = u32::try_from(unites.max(1)).unwrap_or(u32::MAX);
        (self.etalement / rang).min(self.repos_max).max(travail * self.part)
    }
}

/// One binder at a time in the process. Turns are given in the order they are asked: between two units of the hour,
/// somebody who waits for a binder comes first.
static ATELIER: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// The instant of the last edition of a unit, whatever its cause; `None` when there is none.
async fn derniere_edition(acces: &Acces<LireClasseur>, unite: UniteId) -> Resultat<Option<Timestamp>> {
    let lane = lane_unite(unite);
    let lues = acces.liste::<Edition>(&Query::lane2(&lane).newest_first().limit(1)).await?;
    Ok(lues.first().map(|edition| edition.edite_le))
}

/// The units whose binder is older than the last hour of edition, oldest first.
async fn unites_en_retard(acces: &Acces<LireClasseur>, heure: Timestamp) -> Resultat<Vec<UniteAEditer>> {
    let mut dues = Vec::new();
    for unite in unites_a_editer(acces).await? {
        let derniere = derniere_edition(acces, unite.unite).await?;
        if derniere.is_none_or(|le| le < heure) {
            dues.push((derniere, unite));
        }
    }
    dues.sort_by_key(|(derniere, _)| *derniere);
    Ok(dues.into_iter().map(|(_, unite)| unite).collect())
}

/// Makes what the hour asks for and what a stop of the server missed, one binder at a time; what is fresh, were it made
/// on demand, is not made again. Gives how many were made.
///
/// # Errors
/// Whatever the store says; a unit which fails does not deprive the others of their binder.
pub async fn editer_les_dus(services: &Arc<Services>, now: Timestamp, rythme: Rythme) -> Resultat<usize> {
    let acces: Acces<LireClasseur> = automate(services, NOM).await?;
    let (jour, heure) = derniere_heure(now, &services.fuseau);
    let echeance = kernel::dates::instant_local(jour.to_datetime(heure), &services.fuseau);
    let dues = unites_en_retard(&acces, echeance).await?;
    let (total, mut faits) = (dues.len(), 0);
    for (rang, UniteAEditer { etablissement, unite, .. }) in dues.into_iter().enumerate() {
        // Somebody may have asked for it since the list was made.
        if derniere_edition(&acces, unite).await?.is_some_and(|le| le >= echeance) {
            continue;
        }
        let id = Edition::id_programmee(unite, jour, heure);
        let cause = Cause::Programmee { heure: kernel::dates::heure(heure) };
        let debut = std::time::Instant::now();
        match editer(services, id, etablissement, unite, cause).await {
            Ok(_) => faits += 1,
            Err(error) => tracing::error!(%error, %unite, "a binder could not be made"),
        }
        if rang + 1 < total {
            tokio::time::sleep(rythme.repos(total, debut.elapsed())).await;
        }
    }
    Ok(faits)
}

/// Schedules the editions of 06:00, 13:00 and 20:00, beside the other works of the worker, which they do not hold up.
pub fn planifier(worker: &mut Worker, reglages: Reglages) {
    regler(reglages);
    let tournee = Arc::new(tokio::sync::Mutex::new(()));
    worker.every_minute(move |services, now| {
        let tournee = Arc::clone(&tournee);
        async move {
            // The former round still goes on: it makes what is due.
            let Ok(seule) = tournee.try_lock_owned() else { return Ok(()) };
            tokio::spawn(async move {
                if let Err(error) = editer_les_dus(&services, now, Rythme::SERVICE).await {
                    tracing::warn!(%error, "the binders of the hour could not be made");
                }
                drop(seule);
            });
            Ok(())
        }
    });
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
