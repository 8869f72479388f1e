//! Reading as an act: « lu », taking note of an alert by name, handing over.

use jiff::Timestamp;
use kernel::id::{UniteId, UsagerId};
use platform::acces::{Acte, Contexte, DossierOuvert, Droit, PerimetreOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::{Query, Stored};
use uuid::Uuid;

use super::ecrire::Auteur;
use crate::lecture::{Acceptation, DernierPassage, Lecture, Passation, PriseDeConnaissance};
use crate::model::{Importance, Transmission};
use crate::records;

const ESSAIS: usize = 4;

/// Everything about a person known until then was read, alerts included.
///
/// `depuis` is where the screen began: alerts which were on it are taken note of by name.
pub(crate) async fn marquer_lu<D: Droit>(dossier: &DossierOuvert<D>, depuis: Timestamp, jusqua: Timestamp) -> Resultat<()> {
    let compte = dossier.contexte().acteur.compte;
    for _ in 0..ESSAIS {
        let id = Lecture::id(compte, dossier.usager());
        let connue = dossier.lire::<Lecture>(id).await?;
        let alertes = alertes_vues(dossier, depuis, jusqua).await?;
        let mut acte = dossier.acte("releve.lue");
        let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
        let lecture = Lecture { compte, usager: dossier.usager(), etablissement, jusqua };
        match &connue {
            None => acte.create(id, &lecture),
            Some(connue) if connue.jusqua < jusqua => acte.update(connue, &lecture),
            Some(_) if alertes.is_empty() => return Ok(()),
            Some(_) => {}
        }
        for alerte in &alertes {
            noter(&mut acte, dossier.contexte(), alerte);
        }
        match dossier.commit(acte).await {
            Err(Erreur::Conflit) => {}
            fin => return fin,
        }
    }
    Err(Erreur::Conflit)
}

fn est_alerte_vue(une: &Transmission, depuis: Timestamp, jusqua: Timestamp) -> bool {
    let connu = une.connu_le();
    une.importance == Importance::Alerte && une.annule.is_none() && depuis < connu && connu <= jusqua
}

async fn alertes_vues<D: Droit>(dossier: &DossierOuvert<D>, depuis: Timestamp, jusqua: Timestamp) -> Resultat<Vec<Transmission>> {
    let marge = crate::releve::Poids::livres().marge();
    let recentes: Vec<Stored<Transmission>> = dossier.liste(|query| query.since(depuis - marge)).await?;
    let mut alertes = Vec::new();
    for une in recentes.into_iter().map(|lue| lue.value).filter(|une| est_alerte_vue(une, depuis, jusqua)) {
        let id = PriseDeConnaissance::id(une.id, dossier.contexte().acteur.compte);
        if dossier.lire::<PriseDeConnaissance>(id).await?.is_none() {
            alertes.push(une);
        }
    }
    Ok(alertes)
}

fn noter(acte: &mut Acte, contexte: &Contexte, alerte: &Transmission) {
    let auteur = Auteur::de(contexte);
    let prise = PriseDeConnaissance {
        transmission: alerte.id,
        usager: alerte.usager,
        etablissement: alerte.etablissement,
        compte: auteur.compte,
        nom: auteur.nom,
        profil: auteur.profil,
        le: contexte.now,
    };
    acte.create(PriseDeConnaissance::id(alerte.id, auteur.compte), &prise);
}

/// Takes note of an alert by name; twice counts once.
pub(crate) async fn prendre_connaissance<D: Droit>(dossier: &DossierOuvert<D>, id: Uuid) -> Resultat<()> {
    let alerte = dossier.lire::<Transmission>(id).await?.ok_or(Erreur::Introuvable)?;
    let compte = dossier.contexte().acteur.compte;
    if dossier.lire::<PriseDeConnaissance>(PriseDeConnaissance::id(id, compte)).await?.is_some() {
        return Ok(());
    }
    let mut acte = dossier.acte("transmissions.alerte_vue");
    noter(&mut acte, dossier.contexte(), &alerte);
    match dossier.commit(acte).await {
        Err(Erreur::Conflit) => Ok(()),
        fin => fin,
    }
}

/// The units a mark « tout lu » covers: those of the perimeter, and persons without one when it covers all.
fn couvertes<D: Droit>(perimetre: &PerimetreOuvert<D>, unites: Vec<UniteId>) -> Vec<Option<UniteId>> {
    match perimetre.unites() {
        Some(choisies) => choisies.iter().copied().map(Some).collect(),
        None => unites.into_iter().map(Some).chain([None]).collect(),
    }
}

/// Everything on the digest was read: the next one begins there. Alerts on it are taken note of by name.
///
/// `unites` are all the units of the establishment; `alertes` those shown.
pub(crate) async fn tout_lu<D: Droit>(
    perimetre: &PerimetreOuvert<D>,
    unites: Vec<UniteId>,
    alertes: &[(UsagerId, Uuid)],
    jusqua: Timestamp,
) -> Resultat<()> {
    let contexte = perimetre.contexte();
    let (compte, etablissement) = (contexte.acteur.compte, perimetre.etablissement());
    let personnes: Vec<UsagerId> = alertes.iter().map(|(usager, _)| *usager).collect();
    for _ in 0..ESSAIS {
        let passages: Vec<Stored<DernierPassage>> =
            perimetre.liste(&Query::lane(&records::lane_passages(compte, etablissement))).await?;
        let ids: Vec<Uuid> = alertes.iter().map(|(_, alerte)| PriseDeConnaissance::id(*alerte, compte)).collect();
        let prises: Vec<Stored<PriseDeConnaissance>> = perimetre.lire(&ids).await?;
        let mut acte = perimetre.acte("releve.toute_lue", &personnes).await?;
        for unite in couvertes(perimetre, unites.clone()) {
            let passage = DernierPassage { compte, etablissement, unite, jusqua };
            match passages.iter().find(|connu| connu.unite == unite) {
                None => acte.create(DernierPassage::id(compte, etablissement, unite), &passage),
                Some(connu) if connu.jusqua < jusqua => acte.update(connu, &passage),
                Some(_) => {}
            }
        }
        let vues: Vec<Uuid> = alertes.iter().map(|(_, alerte)| *alerte).collect();
        let lues: Vec<Stored<Transmission>> = perimetre.lire(&vues).await?;
        for alerte in lues.iter().filter(|alerte| prises.iter().all(|prise| prise.transmission != alerte.id)) {
            noter(&mut acte, contexte, alerte);
        }
        match perimetre.commit(acte).await {
            Err(Erreur::Conflit) => {}
            fin => return fin,
        }
    }
    Err(Erreur::Conflit)
}

/// A handover was told; sent twice it counts once.
pub(crate) async fn presentee<D: Droit>(
    perimetre: &PerimetreOuvert<D>,
    id: Uuid,
    depuis: Timestamp,
    debut: Timestamp,
    residents: u32,
) -> Resultat<()> {
    if !perimetre.lire::<Passation>(&[id]).await?.is_empty() {
        return Ok(());
    }
    let contexte = perimetre.contexte();
    let auteur = Auteur::de(contexte);
    let passation = Passation {
        etablissement: perimetre.etablissement(),
        unites: perimetre.unites().map(<[UniteId]>::to_vec).unwrap_or_default(),
        compte: auteur.compte,
        nom: auteur.nom,
        profil: auteur.profil,
        depuis,
        debut,
        fin: contexte.now,
        residents,
    };
    let mut acte = perimetre.acte("releve.presentee", &[]).await?;
    acte.create(id, &passation);
    perimetre.commit(acte).await
}

/// The next team accepts a handover, each by name; whoever told it does not accept it.
pub(crate) async fn accepter<D: Droit>(perimetre: &PerimetreOuvert<D>, id: Uuid) -> Resultat<()> {
    let contexte = perimetre.contexte();
    let auteur = Auteur::de(contexte);
    let connues: Vec<Stored<Passation>> = perimetre.lire(&[id]).await?;
    let passation = connues.first().ok_or(Erreur::Introuvable)?;
    let couverte = passation.unites.is_empty() || passation.unites.iter().any(|unite| perimetre.couvre(Some(*unite)));
    if !couverte {
        return Err(Erreur::Introuvable);
    }
    if passation.compte == auteur.compte {
        return Err(Erreur::Demande("Vous avez présenté cette relève : c'est à l'équipe qui la reçoit de l'accepter.".into()));
    }
    let acceptation_id = Acceptation::id(id, auteur.compte);
    if !perimetre.lire::<Acceptation>(&[acceptation_id]).await?.is_empty() {
        return Ok(());
    }
    let acceptation = Acceptation {
        passation: id,
        etablissement: passation.etablissement,
        compte: auteur.compte,
        nom: auteur.nom,
        profil: auteur.profil,
        le: contexte.now,
    };
    let mut acte = perimetre.acte("releve.acceptee", &[]).await?;
    acte.create(acceptation_id, &acceptation);
    perimetre.commit(acte).await
}
