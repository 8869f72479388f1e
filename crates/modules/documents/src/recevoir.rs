//! The sas: bytes are durable before anything reads them, then understood apart, then filed or queued. Nothing is lost.

use std::sync::Arc;

use etablissements::Grappe;
use kernel::fichiers::nom_affichable;
use kernel::id::EtablissementId;
use platform::Services;
use platform::acces::Acces;
use platform::erreur::{Erreur, Resultat};
use platform::store::{OutboxItem, Query, Stored};
use platform::worker::{Worker, automate};
use uuid::Uuid;

use crate::analyse::Apercu;
use crate::contenu::{Partie, RolePartie};
use crate::courrier::Courrier;
use crate::isolat::FICHIER_MAX;
use crate::reception::{Canal, EtatReception, Reception};
use crate::records::{Avis, DejaRecu, TOPIC_RECUE, lane_attente};
use crate::rights::ClasserReceptions;
use crate::traiter::traiter;

pub(crate) const NOM: &str = "réception de documents";
/// A reception still unread after this long is read again: the process stopped in between.
const REPRISE_S: i64 = 120;
/// Files read at once, each in its own process.
const DE_FRONT: usize = 4;

/// Receives a file and reads it: once it returns, the bytes are durable, whatever became of their content.
///
/// Idempotent by digest: the same bytes again make a reception linked to the first one, and no second document.
///
/// # Errors
/// `Demande` beyond 50 MiB (nothing was kept: the sender must not be acknowledged); `Plein`, `Panne` from the store.
pub async fn recevoir(services: &Arc<Services>, canal: Canal, nom: &str, octets: &[u8]) -> Resultat<Stored<Reception>> {
    let acces: Acces<ClasserReceptions> = automate(services, NOM).await?;
    let (id, neuve) = deposer(&acces, (canal, None), nom, octets, false).await?;
    if neuve {
        traiter(services, id, octets).await?;
    }
    acces.lire::<Reception>(id).await?.ok_or(Erreur::Introuvable)
}

/// Keeps a file: once it returns, the bytes are durable and will be read soon, apart. For who must acknowledge quickly.
///
/// # Errors
/// As [`recevoir`].
pub async fn garder(services: &Arc<Services>, canal: Canal, nom: &str, octets: &[u8]) -> Resultat<Uuid> {
    let acces: Acces<ClasserReceptions> = automate(services, NOM).await?;
    Ok(deposer(&acces, (canal, None), nom, octets, true).await?.0)
}

/// The same for what came to a mailbox.
///
/// # Errors
/// As [`recevoir`].
pub async fn garder_courrier(
    services: &Arc<Services>,
    (canal, courrier): (Canal, Courrier),
    nom: &str,
    octets: &[u8],
) -> Resultat<Uuid> {
    let acces: Acces<ClasserReceptions> = automate(services, NOM).await?;
    Ok(deposer(&acces, (canal, Some(courrier)), nom, octets, true).await?.0)
}

async fn deposer(
    acces: &Acces<ClasserReceptions>,
    (canal, courrier): (Canal, Option<Courrier>),
    nom: &str,
    octets: &[u8],
    annoncer: bool,
) -> Resultat<(Uuid, bool)> {
    if octets.len() > FICHIER_MAX {
        return Err(Erreur::Demande("Le fichier est trop volumineux (50 Mo au plus). Rien n'a été gardé.".into()));
    }
    let lieu = lieu_de(acces, canal.etablissement).await?;
    let reception = Reception {
        lieu,
        canal,
        nom: nom_affichable(nom),
        blob: platform::store::BlobId::of(octets),
        taille: octets.len() as u64,
        recue_le: acces.now(),
        dans: None,
        profondeur: 0,
        annonce: None,
        apercu: None,
        courrier,
        accuse: None,
        etat: EtatReception::Recue,
    };
    ecrire(acces, acces.nouvel_id(), reception, octets, annoncer).await
}

/// Makes the bytes durable; the second value tells whether they are to be read.
async fn ecrire(
    acces: &Acces<ClasserReceptions>,
    id: Uuid,
    mut reception: Reception,
    octets: &[u8],
    annoncer: bool,
) -> Resultat<(Uuid, bool)> {
    let scelle = acces.sceller(octets)?;
    let marque = DejaRecu::id_empreinte(&reception.blob);
    if acces.lire::<DejaRecu>(marque).await?.is_none() {
        let mut acte = acces.acte("reception.gardee");
        acte.keep(scelle);
        acte.create(marque, &DejaRecu { lieu: reception.lieu, reception: id, blob: reception.blob.clone() });
        acte.create(id, &reception);
        if annoncer {
            acte.send(TOPIC_RECUE, format!("recue/{id}"), &Avis { reception: id });
        }
        match acces.commit(acte).await {
            // Somebody received the same bytes at the same instant.
            Err(Erreur::Conflit) => {}
            autre => return autre.map(|()| (id, true)),
        }
    }
    let premiere = acces.lire::<DejaRecu>(marque).await?.ok_or_else(|| Erreur::Panne("a received file lost its mark".into()))?;
    if premiere.reception == id {
        return Ok((id, true));
    }
    reception.etat = EtatReception::Doublon { de: premiere.reception };
    let mut acte = acces.acte("reception.doublon");
    acte.create(id, &reception);
    acces.commit(acte).await?;
    Ok((id, false))
}

/// Keeps a file another one held; its id is derived, so that a second opening finds the first. The second value tells
/// whether it is to be read.
pub(crate) async fn garder_partie(
    acces: &Acces<ClasserReceptions>,
    enveloppe: &Stored<Reception>,
    rang: usize,
    partie: &Partie,
) -> Resultat<(Uuid, bool)> {
    let id = kernel::id::derived(enveloppe.id, &format!("partie/{rang}"));
    if let Some(connue) = acces.lire::<Reception>(id).await? {
        return Ok((id, connue.etat == EtatReception::Recue));
    }
    let reception = Reception {
        lieu: enveloppe.lieu,
        canal: enveloppe.canal.clone(),
        nom: nom_affichable(&partie.nom),
        blob: platform::store::BlobId::of(&partie.octets),
        taille: partie.octets.len() as u64,
        recue_le: enveloppe.recue_le,
        dans: Some(enveloppe.id),
        profondeur: enveloppe.profondeur.saturating_add(1),
        annonce: partie.annonce.clone(),
        apercu: None,
        courrier: enveloppe.courrier.clone(),
        accuse: None,
        etat: EtatReception::Recue,
    };
    if partie.role == RolePartie::Piece {
        return ecrire(acces, id, reception, &partie.octets, false).await;
    }
    let (nature, mime) = crate::analyse::Nature::de(&partie.octets);
    let mut acte = acces.acte("reception.copie");
    acte.keep(acces.sceller(&partie.octets)?);
    acte.create(id, &Reception { etat: EtatReception::Jointe, apercu: Some(Apercu::vide(nature, mime)), ..reception });
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

/// Reads what was kept, as it comes; and every minute what a stop of the process left unread.
pub fn planifier(worker: &mut Worker) {
    worker.side_by_side(TOPIC_RECUE, DE_FRONT);
    worker.on(TOPIC_RECUE, |services, message: OutboxItem| async move {
        let avis = Avis::lire(&message)?;
        reprendre(&services, avis.reception).await
    });
    worker.every_minute(|services, now| async move {
        let acces: Acces<ClasserReceptions> = automate(&services, NOM).await?;
        for etablissement in etablissements::etablissements(&acces).await?.iter().filter(|lu| lu.actif) {
            let attente = acces.liste::<Reception>(&Query::lane(&lane_attente(etablissement.value.id.0))).await?;
            let oubliees = attente
                .iter()
                .filter(|lue| lue.etat == EtatReception::Recue && now.duration_since(lue.recue_le).as_secs() > REPRISE_S);
            for oubliee in oubliees {
                reprendre(&services, oubliee.id).await?;
            }
        }
        Ok(())
    });
}

/// Reads a reception which was kept and not read yet.
async fn reprendre(services: &Arc<Services>, id: Uuid) -> Resultat<()> {
    let acces: Acces<ClasserReceptions> = automate(services, NOM).await?;
    let Some(lue) = acces.lire::<Reception>(id).await? else { return Err(Erreur::Introuvable) };
    if lue.etat != EtatReception::Recue {
        return Ok(());
    }
    match acces.piece(&lue.blob).await? {
        Some(octets) => traiter(services, id, &octets).await,
        None => Err(Erreur::Panne("the bytes of a reception are missing".into())),
    }
}
