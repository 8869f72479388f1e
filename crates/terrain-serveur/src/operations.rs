//! `POST /api/terrain/operations`: sealed operations, opened, proved, done by the modules, answered one by one.
//!
//! Authenticated by the device: Sophie's entries leave while Karim holds the tablet. Nothing that happened is rejected silently.

use std::collections::HashSet;
use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use kernel::id::CompteId;
use platform::Services;
use platform::offline::{self, Etat as EtatOffline};
use serde_json::Value;
use store::{Batch, Reach};
use terrain::{
    ClePrivee, EtatPoste, EtatReponse, HeureJugee, Lot, LotRepondu, Operation, OperationOuverte, Preuve, Reponse, Scelle,
    Validite,
};
use uuid::Uuid;

use crate::etat::Etat;
use crate::postes::{cle_courante, cles, ligne};
use crate::records::{NatureRefus, OperationRecue, SaisieRefusee, SessionGardee, SuiviPoste};
use crate::requete::{self, Ecart, Signee, json};

/// What a batch writes besides the acts themselves.
#[derive(Debug, Default)]
struct Suite {
    reponses: Vec<Reponse>,
    recues: Vec<OperationRecue>,
    refusees: Vec<(Uuid, SaisieRefusee)>,
    numeros: Vec<u64>,
    vues: HashSet<Uuid>,
}

/// What is known of an operation once opened.
struct Lue {
    ouverte: OperationOuverte,
    heures: HeureJugee,
}

pub(crate) async fn recevoir(etat: Arc<Etat>, services: Arc<Services>, request: Request) -> Result<Response, Ecart> {
    let signee = requete::lire(&etat, &services, request).await?;
    let lot: Lot = signee.lu()?;
    if lot.operations.len() > Lot::MAX {
        return Err(Ecart::ILLISIBLE);
    }
    let _tour = offline::attendre_son_tour(&services, lot.operations.len()).await;
    let mut file = File { etat: &etat, services: &services, signee: &signee, suite: Suite::default(), pretes: Vec::new() };
    for scelle in &lot.operations {
        file.recevoir(scelle).await?;
    }
    file.faire().await;
    let reponses = noter(&services, &signee, file.suite).await?;
    let cle_publique = cle_courante(&etat, &services, signee.poste.0.etablissement).await?;
    Ok(json(&LotRepondu { reponses, maintenant: services.clock.now(), cle_publique }))
}

impl Suite {
    /// Keeps the answer of an operation; its number is received unless the operation is to be sent again.
    fn repondre(&mut self, sceau: Sceau, reponse: Reponse) {
        if reponse.etat != EtatReponse::PlusTard && sceau.du_poste {
            self.numeros.push(sceau.seq);
            self.vues.insert(sceau.id);
        }
        self.reponses.push(reponse);
    }
}

/// A batch on its way: what it answers so far, and the operations opened and proved which wait to be done together.
struct File<'a> {
    etat: &'a Etat,
    services: &'a Arc<Services>,
    signee: &'a Signee,
    suite: Suite,
    pretes: Vec<Prete>,
}

/// An operation ready to be done by its module.
struct Prete {
    sceau: Sceau,
    lue: Lue,
    demande: offline::Demande,
}

/// How an operation is known from outside.
#[derive(Clone, Copy)]
struct Sceau {
    id: Uuid,
    seq: u64,
    /// The device that sends it made it.
    du_poste: bool,
}

/// What an operation is once read: answered at once, or to be done.
enum Lecture {
    Repondue(Reponse),
    Prete(Box<Prete>),
}

impl File<'_> {
    async fn recevoir(&mut self, scelle: &Scelle) -> Result<(), Ecart> {
        let sceau = Sceau { id: scelle.id, seq: scelle.seq, du_poste: scelle.poste == self.signee.poste.0.id };
        if self.pretes.iter().any(|prete| prete.sceau.id == scelle.id) {
            self.faire().await;
        }
        let lecture = lire(self.etat, self.services, self.signee, (scelle, sceau), &mut self.suite).await?;
        match lecture {
            Lecture::Prete(prete) if prete.lue.ouverte.operation.apres.is_empty() => self.pretes.push(*prete),
            Lecture::Prete(prete) => {
                self.faire().await;
                if attend_une_autre(self.services, &prete.lue.ouverte.operation, &self.suite).await? {
                    self.suite.repondre(sceau, plus_tard(scelle.id, "Cette saisie attend celle qu'elle corrige."));
                } else {
                    self.pretes.push(*prete);
                }
            }
            Lecture::Repondue(reponse) => {
                self.faire().await;
                self.suite.repondre(sceau, reponse);
            }
        }
        Ok(())
    }

    /// Has what is ready done, and keeps what became of each.
    async fn faire(&mut self) {
        let (demandes, faites): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.pretes).into_iter().map(|prete| (prete.demande, (prete.sceau, prete.lue))).unzip();
        let dites = offline::rejouer_file(self.services, demandes).await;
        for ((sceau, lue), dite) in faites.into_iter().zip(dites) {
            let reponse = conclure(&lue, dite, &mut self.suite);
            self.suite.repondre(sceau, reponse);
        }
    }
}

async fn lire(
    etat: &Etat,
    services: &Arc<Services>,
    signee: &Signee,
    (scelle, sceau): (&Scelle, Sceau),
    suite: &mut Suite,
) -> Result<Lecture, Ecart> {
    let poste = &signee.poste.0;
    if scelle.poste != poste.id {
        // Made before the device was enrolled again: kept as it came, its key or its proof may be gone.
        return Ok(Lecture::Repondue(illisible(services, signee, scelle, suite)));
    }
    let deja = services.store.get::<OperationRecue>(&Reach::All, OperationRecue::id(scelle.id)).await?;
    let Ok(ouverte) = privee(etat, services, signee, scelle).await?.and_then(|cle| scelle.ouvrir(&cle)) else {
        return Ok(Lecture::Repondue(illisible(services, signee, scelle, suite)));
    };
    let connue = deja.map(|deja| deja.value).or_else(|| suite.recues.iter().find(|recue| recue.id == scelle.id).cloned());
    if let Some(deja) = connue {
        return Ok(Lecture::Repondue(rejouee(services, signee, &ouverte, &deja, suite)));
    }
    let lue = Lue { heures: HeureJugee::juger(&ouverte.operation, services.clock.now(), poste.enrole_a), ouverte };
    if poste.etat != EtatPoste::Actif {
        let raison = "Ce poste a été déclaré perdu ou retiré : la saisie est mise de côté pour vérification.";
        return Ok(Lecture::Repondue(a_part(&lue, NatureRefus::PosteHorsService, raison, suite)));
    }
    let session = services.store.get::<SessionGardee>(&Reach::All, lue.ouverte.operation.session).await?;
    let Some(session) = session.filter(|s| prouvee(etat, s, &lue.ouverte)) else {
        let raison = "L'auteur de cette saisie n'a pas pu être vérifié. Elle est gardée pour votre cadre.";
        return Ok(Lecture::Repondue(a_part(&lue, NatureRefus::Preuve, raison, suite)));
    };
    Ok(match demander(etat, &session, &lue) {
        Some(demande) => Lecture::Prete(Box::new(Prete { sceau, lue, demande })),
        None => Lecture::Repondue(plus_tard(
            scelle.id,
            "Cette version du serveur ne connaît pas encore ce genre de saisie. Elle partira après la mise à jour.",
        )),
    })
}

async fn privee(
    etat: &Etat,
    services: &Services,
    signee: &Signee,
    scelle: &Scelle,
) -> Result<Result<ClePrivee, terrain::Erreur>, Ecart> {
    let connues = cles(services, signee.poste.0.etablissement).await?;
    Ok(connues.map_or(Err(terrain::Erreur::CleInconnue), |connues| connues.cles.privee(&scelle.kid, &etat.maitre)))
}

fn prouvee(etat: &Etat, session: &SessionGardee, ouverte: &OperationOuverte) -> bool {
    session.session.est_celle_de(&ouverte.operation)
        && session.session.cle(&etat.maitre).is_ok_and(|cle| ouverte.verifier(&cle) == Preuve::Valide)
}

/// True when an operation it depends on has neither been received nor just been done.
async fn attend_une_autre(services: &Services, op: &Operation, suite: &Suite) -> Result<bool, Ecart> {
    for avant in op.apres.iter().filter(|avant| !suite.vues.contains(avant)) {
        if services.store.get::<OperationRecue>(&Reach::All, OperationRecue::id(*avant)).await?.is_none() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The operation as modules read it; `None` when its content is of a later version.
fn demander(etat: &Etat, session: &SessionGardee, lue: &Lue) -> Option<offline::Demande> {
    let heures = &lue.heures;
    let mut op = lue.ouverte.operation.clone();
    etat.conversions.convertir(&mut op).ok()?;
    let apres_fermeture = session.session.validite(heures.saisi_a) == Validite::ApresFermeture;
    if op.genre.starts_with("soin.") {
        let source = serde_json::to_value(op.fait_source).unwrap_or_default();
        op.donnees.entry("fait_source").or_insert(source);
    }
    let operation = offline::Operation {
        id: op.id,
        nom: op.genre,
        v: op.v,
        etablissement: op.etablissement,
        resident: op.resident,
        cible: op.cible,
        fait_a: heures.de_reference(),
        saisi_a: if heures.doute.is_some() { heures.recu_a } else { heures.saisi_a },
        heure_a_confirmer: heures.doute.is_some() || apres_fermeture,
        hors_ligne: op.hors_ligne,
        donnees: Value::Object(op.donnees),
    };
    Some(offline::Demande { auteur: op.auteur, poste: op.poste, operation })
}

/// What the module concluded: kept with the operation, or apart with its reason.
fn conclure(lue: &Lue, dite: offline::Reponse, suite: &mut Suite) -> Reponse {
    let reponse = Reponse { id: dite.id, etat: traduire(&dite.etat), message: dite.message, voir: dite.voir };
    match reponse.etat {
        EtatReponse::PlusTard => return reponse,
        EtatReponse::Refusee => {
            let raison = reponse.message.clone().unwrap_or_default();
            suite.refusees.push((cle_refus(dite.id, &lue.ouverte), refus(lue, NatureRefus::Refusee, raison)));
        }
        _ => {}
    }
    suite.recues.push(recue(lue, reponse.clone()));
    reponse
}

const fn traduire(etat: &EtatOffline) -> EtatReponse {
    match etat {
        EtatOffline::Appliquee => EtatReponse::Appliquee,
        EtatOffline::Deja => EtatReponse::Deja,
        EtatOffline::Conflit => EtatReponse::Conflit,
        EtatOffline::Refusee => EtatReponse::Refusee,
        EtatOffline::PlusTard => EtatReponse::PlusTard,
    }
}

fn plus_tard(id: Uuid, message: &str) -> Reponse {
    Reponse { id, etat: EtatReponse::PlusTard, message: Some(message.to_owned()), voir: None }
}

/// The same id again: the same answer; with another content, a visible conflict, never an overwrite (INV-05).
fn rejouee(
    services: &Services,
    signee: &Signee,
    ouverte: &OperationOuverte,
    deja: &OperationRecue,
    suite: &mut Suite,
) -> Reponse {
    if ouverte.empreinte() == deja.empreinte {
        let mut reponse = deja.reponse.clone();
        if reponse.etat == EtatReponse::Appliquee {
            reponse.etat = EtatReponse::Deja;
        }
        return reponse;
    }
    let heures = HeureJugee::juger(&ouverte.operation, services.clock.now(), signee.poste.0.enrole_a);
    let raison = "Une saisie portant le même numéro existe déjà avec un autre contenu. Les deux sont gardées.";
    let lue = Lue { ouverte: ouverte.clone(), heures };
    suite.refusees.push((cle_refus(ouverte.operation.id, ouverte), refus(&lue, NatureRefus::AutreContenu, raison.to_owned())));
    Reponse {
        id: ouverte.operation.id,
        etat: EtatReponse::Conflit,
        message: Some(raison.to_owned()),
        voir: Some("/mes-saisies".into()),
    }
}

/// Kept apart and answered, once.
fn a_part(lue: &Lue, nature: NatureRefus, raison: &str, suite: &mut Suite) -> Reponse {
    let op = &lue.ouverte.operation;
    let reponse =
        Reponse { id: op.id, etat: EtatReponse::Refusee, message: Some(raison.to_owned()), voir: Some("/mes-saisies".into()) };
    suite.refusees.push((cle_refus(op.id, &lue.ouverte), refus(lue, nature, raison.to_owned())));
    suite.recues.push(recue(lue, reponse.clone()));
    reponse
}

fn cle_refus(id: Uuid, ouverte: &OperationOuverte) -> Uuid {
    kernel::id::derived(id, &format!("refus|{}", ouverte.empreinte()))
}

fn refus(lue: &Lue, nature: NatureRefus, raison: String) -> SaisieRefusee {
    let op = &lue.ouverte.operation;
    SaisieRefusee {
        operation: op.id,
        poste: op.poste,
        etablissement: op.etablissement,
        auteur: Some(op.auteur),
        resident: op.resident,
        genre: op.genre.clone(),
        fait_a: Some(lue.heures.fait_a),
        recu_a: lue.heures.recu_a,
        nature,
        raison,
        donnees: Value::Object(op.donnees.clone()),
        scelle: None,
        cloture: None,
    }
}

fn recue(lue: &Lue, reponse: Reponse) -> OperationRecue {
    let (op, h) = (&lue.ouverte.operation, &lue.heures);
    OperationRecue {
        id: op.id,
        poste: op.poste,
        etablissement: op.etablissement,
        auteur: op.auteur,
        seq: op.seq,
        genre: op.genre.clone(),
        empreinte: lue.ouverte.empreinte(),
        reponse,
        fait_a: h.fait_a,
        saisi_a: h.saisi_a,
        recu_a: h.recu_a,
        decalage_ms: h.decalage_ms,
        heure_a_confirmer: h.doute.is_some(),
        hors_ligne: op.hors_ligne,
    }
}

/// Bytes which do not open are kept as they came.
fn illisible(services: &Services, signee: &Signee, scelle: &Scelle, suite: &mut Suite) -> Reponse {
    let raison = "Cette saisie n'a pas pu être ouverte par le serveur. Elle est gardée pour l'administrateur.";
    let id = kernel::id::derived(scelle.id, &format!("illisible|{}", scelle.ct));
    let saisie = SaisieRefusee {
        operation: scelle.id,
        poste: scelle.poste,
        etablissement: signee.poste.0.etablissement,
        auteur: None,
        resident: None,
        genre: String::new(),
        fait_a: None,
        recu_a: services.clock.now(),
        nature: NatureRefus::Alteree,
        raison: raison.to_owned(),
        donnees: Value::Null,
        scelle: Some(scelle.clone()),
        cloture: None,
    };
    suite.refusees.push((id, saisie));
    Reponse { id: scelle.id, etat: EtatReponse::Refusee, message: Some(raison.to_owned()), voir: Some("/mes-saisies".into()) }
}

/// Writes what the batch leaves: answers, entries kept apart, numbers received. Only then may the tablet forget.
async fn noter(services: &Services, signee: &Signee, suite: Suite) -> Result<Vec<Reponse>, Ecart> {
    let now = services.clock.now();
    let poste = &signee.poste.0;
    let auteur = Uuid::nil();
    let mut batch = Batch::default();
    for recue in &suite.recues {
        batch.create(OperationRecue::id(recue.id), auteur, now, recue)?;
    }
    for (id, refusee) in &suite.refusees {
        if services.store.get::<SaisieRefusee>(&Reach::All, *id).await?.is_none() {
            batch.create(*id, auteur, now, refusee)?;
        }
    }
    let suivi = services.store.get::<SuiviPoste>(&Reach::All, SuiviPoste::id(poste.id)).await?;
    if let Some(suivi) = &suivi {
        batch.update(suivi, auteur, now, &suivi.value.clone().avec(suite.numeros, now))?;
    } else {
        let neuf = SuiviPoste {
            poste: poste.id,
            etablissement: poste.etablissement,
            jusqua: 0,
            au_dela: Vec::new(),
            vu_le: now,
            manque_depuis: None,
        };
        batch.create(SuiviPoste::id(poste.id), auteur, now, &neuf.avec(suite.numeros, now))?;
    }
    let mut line = ligne(services, "terrain.operations_recues", CompteId(Uuid::nil()), poste.etablissement);
    line.detail.insert("poste".into(), poste.id.to_string().into());
    line.detail.insert("nombre".into(), suite.reponses.len().into());
    services.store.commit(batch.with_line(line)).await?;
    Ok(suite.reponses)
}
