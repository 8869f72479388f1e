//! The sas: bytes are durable before anything reads them, then understood apart, then filed or queued. Nothing is lost.

use std::sync::Arc;

use etablissements::Grappe;
use kernel::fichiers::nom_affichable;
use kernel::id::EtablissementId;
use platform::Services;
use platform::acces::Acces;
use platform::erreur::{Erreur, Resultat};
use platform::store::{BlobId, Query, Stored};
use platform::worker::{Worker, automate};
use usagers::Identification;
use uuid::Uuid;

use crate::acts::document_recu;
use crate::analyse::{Apercu, Nature};
use crate::isolat::{FICHIER_MAX, analyser_isole};
use crate::model::Document;
use crate::rapprochement::{Fiche, Verdict, candidats, decider};
use crate::reception::{Attente, Canal, EtatReception, Reception};
use crate::records::{DejaRecu, creer, documents_de, ecrire, lane_attente};
use crate::rights::{ClasserReceptions, ComparerIdentites, DeposerDocument};

const NOM: &str = "réception de documents";
/// A reception still unread after this long is read again: the process stopped in between.
const REPRISE_S: i64 = 120;

/// Receives a file: once it returns, the bytes are durable, whatever became of their content.
///
/// Idempotent by digest: the same bytes again make a reception linked to the first one, and no second document.
///
/// # Errors
/// `Demande` beyond 50 MiB (nothing was kept: the sender must not be acknowledged); `Plein`, `Panne` from the store.
pub async fn recevoir(services: &Arc<Services>, canal: Canal, nom: &str, octets: &[u8]) -> Resultat<Stored<Reception>> {
    if octets.len() > FICHIER_MAX {
        return Err(Erreur::Demande("Le fichier est trop volumineux (50 Mo au plus). Rien n'a été gardé.".into()));
    }
    let acces: Acces<ClasserReceptions> = automate(services, NOM).await?;
    let (id, neuve) = garder(&acces, canal, nom, octets).await?;
    if neuve {
        traiter(services, id, octets).await?;
    }
    acces.lire::<Reception>(id).await?.ok_or(Erreur::Introuvable)
}

/// Makes the bytes durable; the second value tells whether they are new.
async fn garder(acces: &Acces<ClasserReceptions>, canal: Canal, nom: &str, octets: &[u8]) -> Resultat<(Uuid, bool)> {
    let scelle = acces.sceller(octets)?;
    let blob = scelle.id().clone();
    let lieu = lieu_de(acces, canal.etablissement).await?;
    let id = acces.nouvel_id();
    let mut reception = Reception {
        lieu,
        canal,
        nom: nom_affichable(nom),
        blob: blob.clone(),
        taille: octets.len() as u64,
        recue_le: acces.now(),
        apercu: None,
        etat: EtatReception::Recue,
    };
    let marque = DejaRecu::id_empreinte(&blob);
    if acces.lire::<DejaRecu>(marque).await?.is_none() {
        let mut acte = acces.acte("reception.gardee");
        acte.keep(scelle);
        acte.create(marque, &DejaRecu { lieu, reception: id, blob: blob.clone() });
        acte.create(id, &reception);
        match acces.commit(acte).await {
            // Somebody received the same bytes at the same instant.
            Err(Erreur::Conflit) => {}
            autre => return autre.map(|()| (id, true)),
        }
    }
    let premiere = acces.lire::<DejaRecu>(marque).await?.ok_or_else(|| Erreur::Panne("a received file lost its mark".into()))?;
    reception.etat = EtatReception::Doublon { de: premiere.reception };
    let mut acte = acces.acte("reception.doublon");
    acte.create(id, &reception);
    acces.commit(acte).await?;
    Ok((id, false))
}

/// Where a reception stands until it is known whose it is: the establishment it was addressed to, else the largest in
/// service, whose office opens the mail of the grappe.
async fn lieu_de(acces: &Acces<ClasserReceptions>, adresse: Option<EtablissementId>) -> Resultat<Uuid> {
    if let Some(etablissement) = adresse {
        return Ok(etablissement.0);
    }
    let connus = etablissements::etablissements(acces).await?;
    let plus_grand = connus.iter().filter(|lu| lu.actif).max_by_key(|lu| lu.capacite);
    Ok(plus_grand.map_or_else(Grappe::id, |lu| lu.value.id.0))
}

/// Reads a kept file apart, and files it or says why it waits.
async fn traiter(services: &Arc<Services>, id: Uuid, octets: &[u8]) -> Resultat<()> {
    let apercu = analyser_isole(octets).await;
    let acces: Acces<ClasserReceptions> = automate(services, NOM).await?;
    let Some(lue) = acces.lire::<Reception>(id).await? else { return Err(Erreur::Introuvable) };
    if lue.etat != EtatReception::Recue {
        return Ok(());
    }
    let reception = Reception { apercu: Some(apercu.clone()), ..lue.value.clone() };
    if let Some((raison, code)) = illisible(&apercu) {
        return attendre(&acces, &lue, reception, raison, code).await;
    }
    if let Some(etat) = deja_connu(&acces, &lue, &apercu).await? {
        return poser(&acces, &lue, Reception { etat, ..reception }).await;
    }
    let fiches = fiches(&acces, reception.canal.etablissement).await?;
    match decider(apercu.patient.as_ref(), &fiches) {
        Verdict::Humain(raison) => {
            let lieu = lieu_probable(&reception, &fiches).unwrap_or(reception.lieu);
            attendre(&acces, &lue, Reception { lieu, ..reception }, raison, None).await
        }
        Verdict::Certain(usager, etablissement) => {
            let reception = Reception { lieu: etablissement.0, ..reception };
            match classer(&acces, &lue, reception.clone(), usager, true, NOM).await {
                // The record was closed or moved meanwhile: a human decides.
                Err(Erreur::Refus(_) | Erreur::Introuvable | Erreur::Conflit) => {
                    attendre(&acces, &lue, reception, Attente::IdentiteIncertaine, None).await
                }
                autre => autre.map(|_| ()),
            }
        }
    }
}

/// Where somebody can compare: the establishment of the closest record, when none was addressed.
fn lieu_probable(reception: &Reception, fiches: &[Fiche]) -> Option<Uuid> {
    let patient = reception.apercu.as_ref().filter(|_| reception.canal.etablissement.is_none())?.patient.as_ref()?;
    let proche = candidats(patient, fiches).into_iter().next()?;
    fiches.iter().find(|fiche| fiche.usager == proche.usager).map(|fiche| fiche.etablissement.0)
}

fn illisible(apercu: &Apercu) -> Option<(Attente, Option<String>)> {
    if let Some(code) = &apercu.refus {
        return Some((Attente::Illisible, Some(code.clone())));
    }
    matches!(apercu.nature, Nature::Xml | Nature::Zip | Nature::Inconnue).then_some((Attente::FormatInconnu, None))
}

/// The same document identifier was received before: with the same bytes it cannot be, so somebody looks.
async fn deja_connu(
    acces: &Acces<ClasserReceptions>,
    lue: &Stored<Reception>,
    apercu: &Apercu,
) -> Resultat<Option<EtatReception>> {
    let Some(identifiant) = &apercu.identifiant else { return Ok(None) };
    let marque = DejaRecu::id_identifiant(identifiant);
    let connue = acces.lire::<DejaRecu>(marque).await?;
    match connue {
        None => {
            let mut acte = acces.acte("reception.identifiee");
            acte.create(marque, &DejaRecu { lieu: lue.lieu, reception: lue.id, blob: lue.blob.clone() });
            match acces.commit(acte).await {
                Err(Erreur::Conflit) => Ok(Some(EtatReception::EnAttente { raison: Attente::MemeIdentifiant, code: None })),
                autre => autre.map(|()| None),
            }
        }
        Some(connue) if connue.reception == lue.id => Ok(None),
        Some(_) => Ok(Some(EtatReception::EnAttente { raison: Attente::MemeIdentifiant, code: None })),
    }
}

async fn attendre(
    acces: &Acces<ClasserReceptions>,
    lue: &Stored<Reception>,
    reception: Reception,
    raison: Attente,
    code: Option<String>,
) -> Resultat<()> {
    poser(acces, lue, Reception { etat: EtatReception::EnAttente { raison, code }, ..reception }).await
}

async fn poser(acces: &Acces<ClasserReceptions>, lue: &Stored<Reception>, reception: Reception) -> Resultat<()> {
    let mut acte = acces.acte("reception.lue");
    acte.update(lue, &reception);
    acces.commit(acte).await
}

/// The identities of the records of an establishment, or of every one in service.
pub(crate) async fn fiches(acces: &Acces<ClasserReceptions>, adresse: Option<EtablissementId>) -> Resultat<Vec<Fiche>> {
    let comparer: Acces<ComparerIdentites> = acces.aussi().await?;
    let ids = match adresse {
        Some(etablissement) => vec![etablissement],
        None => etablissements::etablissements(acces).await?.iter().filter(|lu| lu.actif).map(|lu| lu.value.id).collect(),
    };
    let mut fiches = Vec::new();
    for etablissement in ids {
        let perimetre = comparer.ouvrir_perimetre(etablissement, &[]).await?;
        fiches.extend(fiches_de(perimetre.liste::<Identification>(&Query::lane(&format!("identites/{etablissement}"))).await?));
    }
    Ok(fiches)
}

pub(crate) fn fiches_de(identifications: Vec<Stored<Identification>>) -> Vec<Fiche> {
    let fiche = |lue: Stored<Identification>| Fiche {
        usager: lue.value.usager,
        etablissement: lue.value.etablissement,
        identite: lue.value.identite,
    };
    identifications.into_iter().map(fiche).collect()
}

/// Files a reception in a record: one act, the document and the reception together. Gives the document's id.
pub(crate) async fn classer(
    acces: &Acces<ClasserReceptions>,
    lue: &Stored<Reception>,
    reception: Reception,
    usager: kernel::id::UsagerId,
    automatique: bool,
    par: &str,
) -> Resultat<Uuid> {
    let deposer: Acces<DeposerDocument> = acces.aussi().await?;
    let dossier = deposer.ouvrir_dossier(usager).await?;
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let id = kernel::id::derived(lue.id, "document");
    let mut document = document_recu(&reception, lue.id, usager, etablissement, acces.now(), par);
    let remplaces = reception.apercu.as_ref().map(|apercu| apercu.remplace.as_slice()).unwrap_or_default();
    let ancien = documents_de(&dossier).await?.into_iter().find(|connu| {
        connu.est_courant()
            && connu.famille == document.famille
            && connu.identifiant.as_ref().is_some_and(|id| remplaces.contains(id))
    });
    let mut acte = dossier.acte("reception.classee").detail("automatique", automatique);
    if let Some(ancien) = &ancien {
        document.remplace = Some(ancien.id);
        ecrire(&mut acte, ancien, Document { remplace_par: Some(id), ..ancien.value.clone() })?;
    }
    creer(&mut acte, id, document);
    let etat = EtatReception::Classee { usager, document: id, automatique, par: par.to_owned() };
    acte.update(lue, &Reception { lieu: etablissement.0, etat, ..reception });
    dossier.commit(acte).await?;
    Ok(id)
}

/// Reads again what a stop of the process left unread; called every minute.
pub fn planifier(worker: &mut Worker) {
    worker.every_minute(|services, now| async move {
        let acces: Acces<ClasserReceptions> = automate(&services, NOM).await?;
        for etablissement in etablissements::etablissements(&acces).await?.iter().filter(|lu| lu.actif) {
            let attente = acces.liste::<Reception>(&Query::lane(&lane_attente(etablissement.value.id.0))).await?;
            let oubliees = attente
                .iter()
                .filter(|lue| lue.etat == EtatReception::Recue && now.duration_since(lue.recue_le).as_secs() > REPRISE_S);
            for oubliee in oubliees {
                reprendre(&services, &acces, oubliee.id, &oubliee.blob).await?;
            }
        }
        Ok(())
    });
}

async fn reprendre(services: &Arc<Services>, acces: &Acces<ClasserReceptions>, id: Uuid, blob: &BlobId) -> Resultat<()> {
    match acces.piece(blob).await? {
        Some(octets) => traiter(services, id, &octets).await,
        None => Err(Erreur::Panne("the bytes of a reception are missing".into())),
    }
}
