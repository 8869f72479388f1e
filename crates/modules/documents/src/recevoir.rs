//! The sas: bytes are durable before anything reads them, then understood apart, then filed or queued. Nothing is lost.

use std::sync::{Arc, Mutex, PoisonError};

use etablissements::Grappe;
use jiff::{SignedDuration, Timestamp};
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
use crate::isolat::{DE_FRONT, FICHIER_MAX, attendre_son_tour};
use crate::reception::{Canal, EtatReception, Reception};
use crate::records::{Avis, DejaRecu, TOPIC_RECUE, lane_attente};
use crate::rights::ClasserReceptions;
use crate::traiter::traiter;

pub(crate) const NOM: &str = "réception de documents";
/// A reception still unread after this long is read again, even if this process received it.
const REPRISE_S: i64 = 120;
/// Once an hour every waiting reception is looked at, however old; the other minutes, those of the last hours only.
const FENETRE_H: i64 = 3;

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
        let _tour = attendre_son_tour(octets.len() as u64).await;
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
        annoncee: false,
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
        reception.annoncee = annoncer;
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
        annoncee: false,
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
    worker.side_by_side(TOPIC_RECUE, DE_FRONT as usize);
    worker.on(TOPIC_RECUE, |services, message: OutboxItem| async move {
        let avis = Avis::lire(&message)?;
        reprendre(&services, avis.reception).await
    });
    worker.every_minute(|services, now| async move { annoncer_oubliees(&services, now).await });
}

/// What a stop left unread is announced as what is received quickly is: read beside the rest, and again after a failure.
/// A reception already announced is not twice: its message has the same key.
///
/// # Errors
/// Whatever the store says: the next minute tries again.
pub async fn annoncer_oubliees(services: &Arc<Services>, now: Timestamp) -> Resultat<()> {
    let acces: Acces<ClasserReceptions> = automate(services, NOM).await?;
    let entiere = acces.services().memoire::<Balayage>().est_entier(now);
    // Received before this process started: nobody reads it any more.
    let depart = acces.services().demarrage;
    let mut acte = acces.acte("reception.reprise");
    let mut annoncees = 0;
    for etablissement in etablissements::etablissements(&acces).await?.iter().filter(|lu| lu.actif) {
        let lane = lane_attente(etablissement.value.id.0);
        let mut query = Query::lane(&lane);
        query.since = now.checked_sub(SignedDuration::from_hours(FENETRE_H)).ok().filter(|_| !entiere);
        let oubliee = |lue: &Stored<Reception>| {
            let arretee = lue.recue_le < depart || now.duration_since(lue.recue_le).as_secs() > REPRISE_S;
            lue.etat == EtatReception::Recue && !lue.annoncee && arretee
        };
        for lue in acces.liste::<Reception>(&query).await?.into_iter().filter(oubliee) {
            acte.send(TOPIC_RECUE, format!("recue/{}", lue.id), &Avis { reception: lue.id });
            acte.update(&lue, &Reception { annoncee: true, ..lue.value.clone() });
            annoncees += 1;
        }
    }
    match annoncees {
        0 => Ok(()),
        _ => acces.commit(acte).await,
    }
}

/// When every waiting reception was last looked at.
#[derive(Debug, Default)]
struct Balayage(Mutex<Option<Timestamp>>);

impl Balayage {
    fn est_entier(&self, now: Timestamp) -> bool {
        let mut dernier = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entier = dernier.is_none_or(|le| now < le || now.duration_since(le).as_hours() >= 1);
        if entier {
            *dernier = Some(now);
        }
        entier
    }
}

/// Reads a reception which was kept and not read yet.
async fn reprendre(services: &Arc<Services>, id: Uuid) -> Resultat<()> {
    let acces: Acces<ClasserReceptions> = automate(services, NOM).await?;
    let Some(lue) = acces.lire::<Reception>(id).await? else { return Err(Erreur::Introuvable) };
    if lue.etat != EtatReception::Recue {
        return Ok(());
    }
    // Its turn first: bytes come into memory when they can be read.
    let _tour = attendre_son_tour(lue.taille).await;
    match acces.piece(&lue.blob).await? {
        Some(octets) => traiter(services, id, &octets).await,
        None => Err(Erreur::Panne("the bytes of a reception are missing".into())),
    }
}
