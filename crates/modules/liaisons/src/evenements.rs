//! What happens elsewhere and moves expected documents: departures, returns, documents filed.
//!
//! Each message is handled at least once; what it writes has an id of its own, so twice counts once.

use std::sync::Arc;

use documents::{Classe, TOPIC_CLASSE};
use kernel::dates::jour_local;
use platform::Services;
use platform::acces::{Acces, DossierOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::OutboxItem;
use platform::worker::{Worker, automate};
use sejours::{EtapeHopital, TOPIC_HOPITAL};

use crate::attendu::{ATTENDUS, Attendu, EtatAttendu};
use crate::rights::SuivreAttendus;

const NOM: &str = "Suivi des documents attendus";

/// Listens to stays, documents and receipts.
pub fn planifier(worker: &mut Worker) {
    crate::envoyer::planifier(worker);
    worker.on(TOPIC_HOPITAL, |services, message| async move { hopital(&services, &message).await });
    worker.on(TOPIC_CLASSE, |services, message| async move { classe(&services, &message).await });
}

fn lire<T: serde::de::DeserializeOwned>(message: &OutboxItem) -> Resultat<T> {
    serde_json::from_str(&message.payload).map_err(|erreur| Erreur::Panne(erreur.to_string()))
}

/// Somebody left for the hospital, or came back.
///
/// # Errors
/// Whatever the store says: the message is tried again.
pub async fn hopital(services: &Arc<Services>, message: &OutboxItem) -> Resultat<()> {
    let etape: EtapeHopital = lire(message)?;
    let acces: Acces<SuivreAttendus> = automate(services, NOM).await?;
    let dossier = acces.ouvrir_dossier(etape.usager).await?;
    match etape.revenu_le {
        None => attendre(&dossier, &etape).await,
        Some(revenu_le) => {
            let mut acte = dossier.acte("attendus.retour");
            let mut change = false;
            for lu in ouverts(&dossier).await?.iter().filter(|lu| lu.revenu_le.is_none()) {
                acte.update(lu, &Attendu { revenu_le: Some(revenu_le), ..lu.value.clone() });
                change = true;
            }
            if change { dossier.commit(acte).await } else { Ok(()) }
        }
    }
}

async fn attendre(dossier: &DossierOuvert<SuivreAttendus>, etape: &EtapeHopital) -> Resultat<()> {
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let mut acte = dossier.acte("attendus.ouverts");
    let mut nouveaux = 0;
    for (sorte, ..) in ATTENDUS {
        let id = Attendu::id(etape.mouvement, sorte);
        if dossier.lire::<Attendu>(id).await?.is_some() {
            continue;
        }
        let attendu = Attendu {
            usager: etape.usager,
            etablissement,
            sorte: sorte.into(),
            hopital: etape.lieu.clone(),
            parti_le: etape.le,
            revenu_le: None,
            relances: Vec::new(),
            proposes: Vec::new(),
            etat: EtatAttendu::Attendu,
        };
        acte.create(id, &attendu);
        nouveaux += 1;
    }
    if nouveaux > 0 { dossier.commit(acte).await } else { Ok(()) }
}

type Lus = Vec<platform::store::Stored<Attendu>>;

async fn ouverts(dossier: &DossierOuvert<SuivreAttendus>) -> Resultat<Lus> {
    let mut lus = dossier.liste::<Attendu>(|query| query).await?;
    lus.retain(|lu| lu.etat == EtatAttendu::Attendu);
    Ok(lus)
}

/// A document was filed: the oldest line which waits for its kind is closed by it, if it is dated from the day of that departure
/// on. A letter of before is another stay's. One which bears no date closes nothing: somebody is asked whether it is the one.
///
/// # Errors
/// Whatever the store says: the message is tried again.
pub async fn classe(services: &Arc<Services>, message: &OutboxItem) -> Resultat<()> {
    let classe: Classe = lire(message)?;
    let acces: Acces<SuivreAttendus> = automate(services, NOM).await?;
    let dossier = acces.ouvrir_dossier(classe.usager).await?;
    let lus = dossier.liste::<Attendu>(|query| query).await?;
    if lus.iter().any(|lu| lu.connait(classe.document)) {
        return Ok(());
    }
    let depuis = |lu: &Attendu| {
        let parti = jour_local(lu.parti_le, &services.fuseau);
        lu.parti_le <= acces.now() && classe.date.is_none_or(|date| parti <= date)
    };
    let attend = lus.iter().filter(|lu| lu.attend(&classe.type_code) && depuis(lu)).min_by_key(|lu| lu.parti_le);
    let Some(lu) = attend else { return Ok(()) };
    let mut nouveau = lu.value.clone();
    let verbe = if classe.date.is_some() {
        nouveau.etat = EtatAttendu::Recu { document: Some(classe.document), le: acces.now() };
        "attendus.recu"
    } else {
        nouveau.proposes.push(classe.document);
        "attendus.propose"
    };
    let mut acte = dossier.acte(verbe);
    acte.update(lu, &nouveau);
    dossier.commit(acte).await
}
