//! What becomes of a kept file once it is read: opened, filed, entrusted to who does what it asks for, or queued.

use std::pin::Pin;
use std::sync::Arc;

use kernel::id::{EtablissementId, UsagerId};
use platform::Services;
use platform::acces::Acces;
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use platform::worker::automate;
use uuid::Uuid;

use crate::acts::document_recu;
use crate::analyse::{Apercu, Nature, PatientLu};
use crate::contenu::{PROFONDEUR_MAX, Partie, Suite};
use crate::courrier::annoncer;
use crate::isolat::analyser_isole;
use crate::model::Document;
use crate::rapprochement::{Fiche, Verdict, candidats, decider};
use crate::reception::{Attente, EtatReception, Reception};
use crate::recevoir::{NOM, garder_partie};
use crate::records::{Avis, DejaRecu, TOPIC_CONFIEE, creer, documents_de, ecrire};
use crate::reperes::fiches_proches;
use crate::rights::{ClasserReceptions, ComparerIdentites, DeposerDocument};

type Fait<'a> = Pin<Box<dyn Future<Output = Resultat<()>> + Send + 'a>>;

/// Reads a kept file apart, then files it, opens it, entrusts it, or says why it waits.
pub(crate) fn traiter<'a>(services: &'a Arc<Services>, id: Uuid, octets: &'a [u8]) -> Fait<'a> {
    // A file may hold files, hence the boxed future.
    Box::pin(async move {
        let contenu = analyser_isole(octets).await;
        let acces: Acces<ClasserReceptions> = automate(services, NOM).await?;
        let Some(lue) = acces.lire::<Reception>(id).await? else { return Err(Erreur::Introuvable) };
        if lue.etat != EtatReception::Recue {
            return Ok(());
        }
        let apercu = match &lue.annonce {
            Some(annonce) => contenu.apercu.complete_par(annonce),
            None => contenu.apercu,
        };
        let suite = match (contenu.parties.is_empty() || apercu.refus.is_some(), lue.profondeur >= PROFONDEUR_MAX) {
            (true, _) => poser_seule(&acces, &lue, apercu).await,
            (false, true) => {
                let reception = Reception { apercu: Some(apercu), ..lue.value.clone() };
                attendre(&acces, &lue, reception, Attente::Illisible, Some("trop_imbrique".into())).await
            }
            (false, false) => ouvrir(services, &acces, &lue, apercu, &contenu.parties).await,
        };
        match suite {
            // Somebody else read it meanwhile: what they did stands.
            Err(Erreur::Conflit) => Ok(()),
            autre => autre,
        }
    })
}

/// Keeps each file it holds as a reception of its own, then reads them.
async fn ouvrir(
    services: &Arc<Services>,
    acces: &Acces<ClasserReceptions>,
    lue: &Stored<Reception>,
    apercu: Apercu,
    parties: &[Partie],
) -> Resultat<()> {
    let mut a_lire = Vec::new();
    for (rang, partie) in parties.iter().enumerate() {
        let (id, neuve) = garder_partie(acces, lue, rang, partie).await?;
        if neuve {
            a_lire.push((id, partie));
        }
    }
    let etat = EtatReception::Ouverte { parties: u32::try_from(parties.len()).unwrap_or(u32::MAX) };
    poser(acces, lue, Reception { apercu: Some(apercu), etat, ..lue.value.clone() }).await?;
    for (id, partie) in a_lire {
        traiter(services, id, &partie.octets).await?;
    }
    Ok(())
}

async fn poser_seule(acces: &Acces<ClasserReceptions>, lue: &Stored<Reception>, apercu: Apercu) -> Resultat<()> {
    let reception = Reception { apercu: Some(apercu.clone()), ..lue.value.clone() };
    if let Some((raison, code)) = illisible(&apercu) {
        return attendre(acces, lue, reception, raison, code).await;
    }
    match apercu.suite {
        Some(Suite::Accuses) => return confier(acces, lue, reception, Suite::Accuses, None).await,
        Some(Suite::Retrait) => return attendre(acces, lue, reception, Attente::DemandeRetrait, None).await,
        Some(Suite::Message) => return attendre(acces, lue, reception, Attente::Courriel, None).await,
        Some(Suite::Ressource) => return attendre(acces, lue, reception, Attente::Donnees, None).await,
        Some(Suite::Mouvement) | None => {}
    }
    if let Some(etat) = deja_connu(acces, lue, &apercu).await? {
        return poser(acces, lue, Reception { etat, ..reception }).await;
    }
    let fiches = fiches(acces, reception.canal.etablissement, apercu.patient.as_ref()).await?;
    match decider(apercu.patient.as_ref(), &fiches) {
        Verdict::Humain(raison) => {
            let lieu = lieu_probable(&reception, &fiches).unwrap_or(reception.lieu);
            attendre(acces, lue, Reception { lieu, ..reception }, raison, None).await
        }
        Verdict::Certain(usager, etablissement) => {
            let reception = Reception { lieu: etablissement.0, ..reception };
            if apercu.suite == Some(Suite::Mouvement) {
                return confier(acces, lue, reception, Suite::Mouvement, Some(usager)).await;
            }
            match classer(acces, lue, reception.clone(), usager, true, NOM).await {
                // The record was closed or moved meanwhile: a human decides.
                Err(Erreur::Refus(_) | Erreur::Introuvable | Erreur::Conflit) => {
                    attendre(acces, lue, reception, Attente::IdentiteIncertaine, None).await
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
    let inconnu = matches!(apercu.nature, Nature::Xml | Nature::Zip | Nature::Colis | Nature::Inconnue);
    inconnu.then_some((Attente::FormatInconnu, None))
}

fn en_attente(raison: Attente, code: Option<String>) -> EtatReception {
    EtatReception::EnAttente { raison, code, dit: None }
}

/// The same document identifier was received before: with the same bytes it cannot be, so somebody looks.
async fn deja_connu(
    acces: &Acces<ClasserReceptions>,
    lue: &Stored<Reception>,
    apercu: &Apercu,
) -> Resultat<Option<EtatReception>> {
    let Some(identifiant) = &apercu.identifiant else { return Ok(None) };
    let marque = DejaRecu::id_identifiant(identifiant);
    match acces.lire::<DejaRecu>(marque).await? {
        None => {
            let mut acte = acces.acte("reception.identifiee");
            acte.create(marque, &DejaRecu { lieu: lue.lieu, reception: lue.id, blob: lue.blob.clone() });
            match acces.commit(acte).await {
                Err(Erreur::Conflit) => Ok(Some(en_attente(Attente::MemeIdentifiant, None))),
                autre => autre.map(|()| None),
            }
        }
        Some(connue) if connue.reception == lue.id => Ok(None),
        Some(_) => Ok(Some(en_attente(Attente::MemeIdentifiant, None))),
    }
}

async fn attendre(
    acces: &Acces<ClasserReceptions>,
    lue: &Stored<Reception>,
    reception: Reception,
    raison: Attente,
    code: Option<String>,
) -> Resultat<()> {
    poser(acces, lue, Reception { etat: en_attente(raison, code), ..reception }).await
}

async fn poser(acces: &Acces<ClasserReceptions>, lue: &Stored<Reception>, reception: Reception) -> Resultat<()> {
    let mut acte = acces.acte("reception.lue");
    annoncer(&mut acte, lue, &reception);
    acte.update(lue, &reception);
    acces.commit(acte).await
}

/// Hands a reception to who does what it asks for, by a message.
pub(crate) async fn confier(
    acces: &Acces<ClasserReceptions>,
    lue: &Stored<Reception>,
    reception: Reception,
    suite: Suite,
    usager: Option<UsagerId>,
) -> Resultat<()> {
    let mut acte = acces.acte("reception.confiee");
    acte.update(lue, &Reception { etat: EtatReception::Confiee { suite, usager }, ..reception });
    acte.send(TOPIC_CONFIEE, format!("confiee/{}/{}", lue.id, lue.version), &Avis { reception: lue.id });
    acces.commit(acte).await
}

/// The records of an establishment, or of every one in service, which may be about the person of a file.
async fn fiches(
    acces: &Acces<ClasserReceptions>,
    adresse: Option<EtablissementId>,
    patient: Option<&PatientLu>,
) -> Resultat<Vec<Fiche>> {
    let Some(patient) = patient else { return Ok(Vec::new()) };
    let comparer: Acces<ComparerIdentites> = acces.aussi().await?;
    let ids = match adresse {
        Some(etablissement) => vec![etablissement],
        None => etablissements::etablissements(acces).await?.iter().filter(|lu| lu.actif).map(|lu| lu.value.id).collect(),
    };
    fiches_proches(&comparer, &ids, patient).await
}

/// Files a reception in a record: one act, the document and the reception together. Gives the document's id.
pub(crate) async fn classer(
    acces: &Acces<ClasserReceptions>,
    lue: &Stored<Reception>,
    reception: Reception,
    usager: UsagerId,
    automatique: bool,
    par: &str,
) -> Resultat<Uuid> {
    let deposer: Acces<DeposerDocument> = acces.aussi().await?;
    let dossier = deposer.ouvrir_dossier(usager).await?;
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let id = kernel::id::derived(lue.id, "document");
    let mut document = document_recu(&reception, lue.id, usager, etablissement, acces.now(), par);
    let remplaces = reception.apercu.as_ref().map(|apercu| apercu.remplace.as_slice()).unwrap_or_default();
    let connus = if remplaces.is_empty() { Vec::new() } else { documents_de(&dossier).await? };
    let ancien = connus.into_iter().find(|connu| {
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
    let classee = Reception { lieu: etablissement.0, etat, ..reception };
    annoncer(&mut acte, lue, &classee);
    acte.update(lue, &classee);
    dossier.commit(acte).await?;
    Ok(id)
}
