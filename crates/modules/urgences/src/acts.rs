//! What people do in an emergency. Everything is appended; the same id twice counts once.

use std::sync::Arc;

use jiff::Timestamp;
use kernel::id::UsagerId;
use kernel::texte::Texte;
use platform::Services;
use platform::acces::{Acces, Acte, DossierOuvert, EtatSejour};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use platform::worker::automate;
use sejours::Sejour;
use transmissions::{Importance, Recit};
use uuid::Uuid;

use crate::episode::Episode;
use crate::etape::{Etape, Quoi};
use crate::evenements::{DluDemande, TOPIC_DLU_DEMANDE};
use crate::lien::Lien;
use crate::records::episodes_de;
use crate::rights::TracerUrgence;

/// How a step entered.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entree {
    /// When it happened.
    pub(crate) a: Timestamp,
    /// When it was entered.
    pub(crate) saisie_a: Timestamp,
    pub(crate) hors_ligne: bool,
    pub(crate) heure_a_confirmer: bool,
}

impl Entree {
    /// Entered as it happens.
    pub(crate) fn maintenant(now: Timestamp) -> Self {
        Self { a: now, saisie_a: now, hors_ligne: false, heure_a_confirmer: false }
    }
}

/// True if the step was written before.
pub(crate) async fn deja(dossier: &DossierOuvert<TracerUrgence>, id: Uuid) -> Resultat<bool> {
    Ok(dossier.lire::<Etape>(id).await?.is_some())
}

fn composer(dossier: &DossierOuvert<TracerUrgence>, quoi: Quoi, entree: Entree) -> Resultat<Etape> {
    let contexte = dossier.contexte();
    Ok(Etape {
        usager: dossier.usager(),
        etablissement: dossier.etablissement().ok_or(Erreur::Introuvable)?,
        unite: dossier.unite(),
        quoi,
        a: entree.a,
        saisie_a: entree.saisie_a,
        auteur: contexte.acteur.compte,
        auteur_nom: contexte.acteur.nom.clone(),
        hors_ligne: entree.hors_ligne,
        heure_a_confirmer: entree.heure_a_confirmer,
        annulee: None,
    })
}

/// Writes a step.
pub(crate) async fn tracer(dossier: &DossierOuvert<TracerUrgence>, id: Uuid, quoi: Quoi, entree: Entree) -> Resultat<()> {
    if deja(dossier, id).await? {
        return Ok(());
    }
    let etape = composer(dossier, quoi, entree)?;
    let mut acte = dossier.acte("urgence.etape");
    acte.create(id, &etape);
    if let Quoi::Dlu { comment, a_qui, adresse } = &etape.quoi
        && comment == "demande"
    {
        let acteur = &dossier.contexte().acteur;
        let profil = acteur.profils(dossier.contexte().now).first().map(|code| (*code).to_owned()).unwrap_or_default();
        let demande = DluDemande {
            usager: dossier.usager(),
            etape: id,
            auteur: etape.auteur,
            auteur_nom: etape.auteur_nom.clone(),
            profil,
            adresse: adresse.clone(),
            destinataire: a_qui.clone(),
        };
        acte.send(TOPIC_DLU_DEMANDE, format!("dlu/{id}"), &demande);
    }
    dossier.commit(acte).await
}

/// The operator has the DLU which was asked for: a step says so, once.
///
/// # Errors
/// Whatever the store says: the message is tried again.
pub async fn noter_envoi(services: &Arc<Services>, usager: UsagerId, envoi: Uuid, a_qui: &str) -> Resultat<()> {
    raconter_envoi(services, usager, (envoi, "envoye"), a_qui).await
}

/// The DLU which was asked for cannot leave: a step says why, once, where who asked looks.
///
/// # Errors
/// Whatever the store says: the message is tried again.
pub async fn noter_echec(services: &Arc<Services>, usager: UsagerId, etape: Uuid, pourquoi: &str) -> Resultat<()> {
    raconter_envoi(services, usager, (etape, "echec"), pourquoi).await
}

/// A reader of another organisation opened the DLU: the emergency in progress says who, if there is one.
///
/// # Errors
/// Whatever the store says: the message is tried again.
pub async fn noter_lecture(services: &Arc<Services>, usager: UsagerId, lecture: Uuid, qui: &str) -> Resultat<()> {
    let acces: Acces<TracerUrgence> = automate(services, "Lecture du DLU").await?;
    let dossier = acces.ouvrir_dossier(usager).await?;
    if courant(&dossier).await?.is_none() {
        return Ok(());
    }
    let quoi = Quoi::Dlu { comment: "lu_par".into(), a_qui: qui.to_owned(), adresse: String::new() };
    tracer(&dossier, kernel::id::derived(lecture, "etape"), quoi, Entree::maintenant(acces.now())).await
}

/// The kitchen acknowledged that the person eats elsewhere, or again here: the emergency in progress says so, if there is one.
///
/// # Errors
/// Whatever the store says: the message is tried again.
pub async fn noter_cuisine(services: &Arc<Services>, usager: UsagerId, avis: Uuid, qui: &str) -> Resultat<()> {
    let acces: Acces<TracerUrgence> = automate(services, "Cuisine prévenue").await?;
    let dossier = acces.ouvrir_dossier(usager).await?;
    if courant(&dossier).await?.is_none() {
        return Ok(());
    }
    let quoi = Quoi::Cuisine { par: qui.to_owned() };
    tracer(&dossier, kernel::id::derived(avis, "etape"), quoi, Entree::maintenant(acces.now())).await
}

async fn raconter_envoi(services: &Arc<Services>, usager: UsagerId, (de, comment): (Uuid, &str), mots: &str) -> Resultat<()> {
    let acces: Acces<TracerUrgence> = automate(services, "Envoi du DLU").await?;
    let dossier = acces.ouvrir_dossier(usager).await?;
    let quoi = Quoi::Dlu { comment: comment.to_owned(), a_qui: mots.to_owned(), adresse: String::new() };
    tracer(&dossier, kernel::id::derived(de, "etape"), quoi, Entree::maintenant(acces.now())).await
}

/// The person leaves for the hospital: the step, the movement of the stay (the bed is held, rounds are suspended) and the
/// transmission which tells the emergency, in one act.
///
/// A person already in hospital stays so: the step is written, the stay does not move. A departure which contradicts the
/// movements of the stay is written too, since it happened: the sentence says what contradicts it.
pub(crate) async fn partir(
    dossier: &DossierOuvert<TracerUrgence>,
    id: Uuid,
    hopital: &str,
    entree: Entree,
) -> Resultat<Option<String>> {
    if deja(dossier, id).await? {
        return Ok(None);
    }
    let sejour = en_cours(dossier).await?;
    let mut contredit = None;
    let mut acte = dossier.acte("urgence.depart");
    acte.create(id, &composer(dossier, Quoi::Depart { hopital: hopital.to_owned() }, entree)?);
    if sejour.etat != EtatSejour::Hospitalise {
        let motif = courant(dossier).await?.and_then(|episode| episode.motif()).unwrap_or_default();
        let mouvement = kernel::id::derived(id, "mouvement");
        match sejours::hospitaliser(dossier, &mut acte, &sejour, (mouvement, entree.a), (hopital, &motif)).await {
            Err(Erreur::Demande(phrase)) => contredit = Some(phrase),
            autre => autre?,
        }
    }
    dossier.commit(acte).await?;
    Ok(contredit)
}

/// It is over: the last step, and the whole told in one transmission to the team.
pub(crate) async fn finir(dossier: &DossierOuvert<TracerUrgence>, id: Uuid, entree: Entree) -> Resultat<()> {
    if deja(dossier, id).await? {
        return Ok(());
    }
    let Some(episode) = courant(dossier).await? else {
        return Err(Erreur::Demande("Cette urgence est déjà terminée.".into()));
    };
    let parti = episode.a_eu(|quoi| matches!(quoi, Quoi::Depart { .. }));
    let issue = if parti { "hospitalise" } else { "sur_place" };
    let derniere = composer(dossier, Quoi::Fin { issue: issue.into() }, entree)?;
    let mut acte = dossier.acte("urgence.fin").detail("issue", issue);
    acte.create(id, &derniere);
    raconter(dossier, &mut acte, (id, &episode), &derniere)?;
    dossier.commit(acte).await
}

fn raconter(
    dossier: &DossierOuvert<TracerUrgence>,
    acte: &mut Acte,
    (id, episode): (Uuid, &Episode),
    fin: &Etape,
) -> Resultat<()> {
    let fuseau = kernel::clock::fuseau_par_defaut();
    let phrase = format!("{} {}", episode.recit(&fuseau), fin.quoi.phrase());
    let court: String = phrase.chars().take(3_900).collect();
    let recit = Recit {
        id: kernel::id::derived(id, "transmission"),
        theme: if episode.motif().as_deref() == Some("Chute") { "chute" } else { "autre" },
        donnees: Texte::new(&court).map_err(|erreur| Erreur::Panne(erreur.to_string()))?,
        importance: Importance::Alerte,
        fait_le: episode.debut(),
    };
    transmissions::raconter(dossier, acte, recit)
}

/// Takes a step back, with its reason; it stays readable.
pub(crate) async fn annuler(dossier: &DossierOuvert<TracerUrgence>, id: Uuid, motif: &str) -> Resultat<()> {
    let lue: Stored<Etape> = dossier.lire(id).await?.ok_or(Erreur::Introuvable)?;
    if lue.annulee.is_some() {
        return Ok(());
    }
    let mut acte = dossier.acte("urgence.etape_annulee");
    acte.update(&lue, &Etape { annulee: Some(motif.to_owned()), ..lue.value.clone() });
    dossier.commit(acte).await
}

/// The emergency in progress.
pub(crate) async fn courant(dossier: &DossierOuvert<TracerUrgence>) -> Resultat<Option<Episode>> {
    let now = dossier.contexte().now;
    Ok(episodes_de(dossier).await?.pop().filter(|episode| episode.en_cours(now)))
}

async fn en_cours(dossier: &DossierOuvert<TracerUrgence>) -> Resultat<Stored<Sejour>> {
    let resident = sejours::resident(dossier).await?.ok_or(Erreur::Introuvable)?;
    Ok(resident.sejour)
}

/// Gives a reading link: the link and its step in one act.
pub(crate) async fn donner(dossier: &DossierOuvert<TracerUrgence>, (id, lien): (Uuid, &Lien), quoi: Quoi) -> Resultat<()> {
    let mut acte = dossier.acte("dlu.lien_donne");
    acte.create(id, lien);
    acte.create(kernel::id::derived(id, "etape"), &composer(dossier, quoi, Entree::maintenant(lien.donne_le))?);
    dossier.commit(acte).await
}

/// Writes what became of a link: read, refused, closed.
pub(crate) async fn changer_lien(
    dossier: &DossierOuvert<TracerUrgence>,
    lu: &Stored<Lien>,
    verbe: &str,
    nouveau: Lien,
) -> Resultat<()> {
    let mut acte = dossier.acte(verbe);
    acte.update(lu, &nouveau);
    dossier.commit(acte).await
}
