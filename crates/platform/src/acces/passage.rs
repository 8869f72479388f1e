//! The gate itself: an [`Acces`] is the only key to the store.

use std::marker::PhantomData;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use kernel::id::{EtablissementId, PosteId, UniteId, UsagerId};
use serde_json::Map;
use store::{Batch, Entity, Line, Nature, Query, Reach, Receipt, Stored};
use uuid::Uuid;

use super::acte::Acte;
use super::origine::Origine;
use super::perimetre::PerimetreOuvert;
use super::politique::{permet, unites_atteintes};
use super::{
    Acteur, Categorie, Decision, DossierOuvert, Droit, DroitInfo, MotifRefus, Rattachement, Verbe, decider, peut_quelque_part,
};
use crate::erreur::{Erreur, Refus, Resultat};
use crate::services::Services;

/// Who asks, where from, and what time it is: fixed for the whole request.
#[derive(Debug, Clone)]
pub struct Contexte {
    /// Who.
    pub acteur: Arc<Acteur>,
    /// The one "now" of the request.
    pub now: Timestamp,
    /// The establishment the person works in at the moment.
    pub etablissement: Option<EtablissementId>,
    /// The units chosen; empty: all those of the role.
    pub unites: Vec<UniteId>,
    /// The session, for pages.
    pub session: Option<Uuid>,
    /// The device.
    pub poste: Option<PosteId>,
    /// Identifies the request in the journal, in the technical log and on error pages.
    pub requete: Uuid,
    /// Through which door.
    pub origine: Origine,
    /// What the page says once at its top.
    pub message: Option<String>,
    /// A page is being read: every opening is journalled, whatever the right it is asked under.
    pub lecture: bool,
}

/// One request going through the gate: what it opened, and the journal lines it must wait for.
#[derive(Debug)]
pub(crate) struct Passage {
    pub(crate) contexte: Contexte,
    pub(crate) services: Arc<Services>,
    receipts: Mutex<Vec<Receipt>>,
    /// One of a queue: what it writes may wait a moment for the others.
    pub(crate) patient: bool,
}

impl Passage {
    pub(crate) fn new(contexte: Contexte, services: Arc<Services>) -> Arc<Self> {
        Arc::new(Self { contexte, services, receipts: Mutex::default(), patient: false })
    }

    /// The passage of one act among many which came together.
    pub(crate) fn dans_une_file(contexte: Contexte, services: Arc<Services>) -> Arc<Self> {
        Arc::new(Self { contexte, services, receipts: Mutex::default(), patient: true })
    }

    /// Waits until every journal line of the request is on disk: only then may the answer leave.
    pub(crate) async fn durable(&self) -> Resultat<()> {
        let receipts = std::mem::take(&mut *self.receipts.lock().unwrap_or_else(PoisonError::into_inner));
        for receipt in receipts {
            receipt.durable().await?;
        }
        Ok(())
    }

    pub(crate) fn decide(&self, droit: &DroitInfo, rattachement: &Rattachement) -> Decision {
        self.decide_sur(droit.categorie, droit.verbe, rattachement)
    }

    /// True if the person is opposed to what one of the roles held would read of this family of data.
    pub(crate) fn est_oppose(&self, categorie: Categorie, rattachement: &Rattachement) -> bool {
        let acteur = &self.contexte.acteur;
        acteur.actives(self.contexte.now).any(|role| super::politique::est_oppose(acteur, role, categorie, rattachement))
    }

    pub(crate) fn decide_sur(&self, categorie: Categorie, verbe: Verbe, rattachement: &Rattachement) -> Decision {
        decider(&self.services.profils, &self.contexte.acteur, categorie, verbe, rattachement, self.contexte.now)
    }

    pub(crate) fn line(
        &self,
        nature: Nature,
        verb: &str,
        personne: Option<UsagerId>,
        etablissement: Option<EtablissementId>,
    ) -> Line {
        let contexte = &self.contexte;
        let mut detail = Map::new();
        detail.insert("origine".into(), contexte.origine.code().into());
        detail.insert("requete".into(), contexte.requete.simple().to_string().into());
        if let Some(profil) = contexte.acteur.profils(contexte.now).first() {
            detail.insert("profil".into(), (*profil).into());
        }
        if let Some(poste) = contexte.poste {
            detail.insert("poste".into(), poste.to_string().into());
        }
        Line {
            at: contexte.now,
            nature,
            verb: verb.to_owned(),
            account: contexte.acteur.compte.0,
            establishment: etablissement.or(contexte.etablissement).map(Uuid::from),
            person: personne.map(Uuid::from),
            detail,
            objects: Vec::new(),
        }
    }

    /// Journals a reading; the answer will wait for it.
    pub(crate) async fn journaliser(&self, line: Line) -> Resultat<()> {
        let receipt = self.services.store.submit(Batch::told_by(line)).await?;
        self.receipts.lock().unwrap_or_else(PoisonError::into_inner).push(receipt);
        Ok(())
    }

    /// Journals a refusal and gives the error to answer.
    pub(crate) async fn refuser(&self, droit: &DroitInfo, motif: MotifRefus, personne: Option<UsagerId>) -> Erreur {
        let mut line = self.line(Nature::Refus, droit.code, personne, None);
        line.detail.insert("motif".into(), motif.code().into());
        match self.journaliser(line).await {
            Ok(()) => Erreur::Refus(Refus { motif, droit: *droit, usager: personne }),
            Err(error) => error,
        }
    }

    /// The establishments whose rows may be read at all.
    pub(crate) fn reach(&self) -> Reach {
        let etablissements = self.contexte.acteur.etablissements(self.contexte.now);
        Reach::Only(etablissements.into_iter().map(Uuid::from).collect())
    }
}

/// Records without any person: structure, libraries, accounts.
pub trait Referentiel: Entity {
    /// The family of data it belongs to.
    const CATEGORIE: Categorie;
}

/// The key of one request for one right.
///
/// Only the platform makes one, after checking that the account holds the right somewhere.
#[derive(Debug)]
pub struct Acces<D> {
    pub(crate) passage: Arc<Passage>,
    droit: PhantomData<fn() -> D>,
}

impl<D> Clone for Acces<D> {
    fn clone(&self) -> Self {
        Self { passage: Arc::clone(&self.passage), droit: PhantomData }
    }
}

impl<D: Droit> Acces<D> {
    /// Checks that the right is held somewhere, else journals the refusal.
    pub(crate) async fn ouvrir(passage: Arc<Passage>) -> Resultat<Self> {
        let contexte = &passage.contexte;
        let automate = contexte.origine == Origine::Automate;
        if automate || peut_quelque_part(&passage.services.profils, &contexte.acteur, &D::INFO, contexte.now) {
            return Ok(Self { passage, droit: PhantomData });
        }
        Err(passage.refuser(&D::INFO, MotifRefus::Profession, None).await)
    }

    /// The key of a request whose right was checked when it was opened.
    pub(crate) fn deja(passage: &Arc<Passage>) -> Self {
        Self { passage: Arc::clone(passage), droit: PhantomData }
    }

    /// Who asks, and when.
    pub fn contexte(&self) -> &Contexte {
        &self.passage.contexte
    }

    /// The services shared by the process.
    pub fn services(&self) -> &Arc<Services> {
        &self.passage.services
    }

    /// The one "now" of the request.
    pub fn now(&self) -> Timestamp {
        self.passage.contexte.now
    }

    /// A fresh identifier.
    pub fn nouvel_id(&self) -> Uuid {
        self.passage.services.clock.fresh_id()
    }

    /// True if the account holds this right somewhere: for menus and buttons.
    pub fn peut<R: Droit>(&self) -> bool {
        self.peut_info(&R::INFO)
    }

    /// True if the account holds this right somewhere.
    pub fn peut_info(&self, droit: &DroitInfo) -> bool {
        peut_quelque_part(&self.passage.services.profils, &self.contexte().acteur, droit, self.now())
    }

    /// The same request, under another right the account holds: a page composed of several families of data.
    pub async fn aussi<R: Droit>(&self) -> Resultat<Acces<R>> {
        Acces::ouvrir(Arc::clone(&self.passage)).await
    }

    /// The establishment the person works in, else the first of the roles.
    pub fn etablissement(&self) -> Resultat<EtablissementId> {
        let contexte = self.contexte();
        contexte
            .etablissement
            .or_else(|| contexte.acteur.etablissements(contexte.now).first().copied())
            .ok_or(Erreur::SansEtablissement)
    }

    /// What the page says once at its top.
    pub fn message(&self) -> Option<String> {
        self.contexte().message.clone()
    }

    /// The shift it is now: « matin », « après-midi » or « nuit ».
    pub fn poste_horaire(&self) -> &'static str {
        let heure = self.now().to_zoned(self.services().fuseau.clone()).time();
        match (heure.hour(), heure.minute()) {
            (6, 45..) | (7..=12, _) | (13, 0..45) => "matin",
            (13, 45..) | (14..=19, _) | (20, 0..45) => "après-midi",
            _ => "nuit",
        }
    }

    /// Display preferences of the account.
    pub fn preferences(&self) -> std::collections::BTreeMap<String, String> {
        self.contexte().acteur.preferences.clone()
    }

    /// Sets a display preference of one's own account; an empty value removes it.
    pub async fn preferer(&self, nom: &str, valeur: &str) -> Resultat<()> {
        self.changer_compte("compte.preferences", |compte| {
            if valeur.is_empty() {
                compte.preferences.remove(nom);
            } else {
                compte.preferences.insert(nom.to_owned(), valeur.to_owned());
            }
        })
        .await
    }

    /// Writes the next version of one's own account.
    pub(crate) async fn changer_compte(&self, verbe: &str, change: impl FnOnce(&mut super::Compte)) -> Resultat<()> {
        let compte = self.contexte().acteur.compte;
        let store = &self.passage.services.store;
        let lu: Stored<super::Compte> = store.get(&Reach::All, compte).await?.ok_or(Erreur::NonConnecte)?;
        let mut nouveau = lu.value.clone();
        change(&mut nouveau);
        let mut acte = self.acte(verbe);
        acte.update(&lu, &nouveau);
        self.commit(acte).await
    }

    /// Writes the next version of the session of this request.
    pub(crate) async fn changer_session(&self, verbe: &str, change: impl FnOnce(&mut crate::web::Session)) -> Resultat<()> {
        let id = self.contexte().session.ok_or(Erreur::NonConnecte)?;
        let store = &self.passage.services.store;
        let lue: Stored<crate::web::Session> = store.get(&Reach::All, id).await?.ok_or(Erreur::NonConnecte)?;
        let mut nouvelle = lue.value.clone();
        change(&mut nouvelle);
        let mut acte = self.acte(verbe);
        acte.update(&lue, &nouvelle);
        self.commit(acte).await
    }

    /// The units reached in an establishment for this right: `None` means all of them.
    pub fn unites(&self, etablissement: EtablissementId) -> Option<Vec<UniteId>> {
        let contexte = self.contexte();
        let (categorie, verbe) = (D::INFO.categorie, D::INFO.verbe);
        unites_atteintes(&self.passage.services.profils, &contexte.acteur, categorie, verbe, etablissement, contexte.now)
    }

    /// Opens the record of a person: rights are checked, the opening is journalled; a refusal too.
    pub async fn ouvrir_dossier(&self, usager: UsagerId) -> Resultat<DossierOuvert<D>> {
        DossierOuvert::ouvrir(&self.passage, usager).await
    }

    /// Opens the record itself even when it was merged into another: to undo a merge, or to read its own history.
    pub async fn ouvrir_dossier_fusionne(&self, usager: UsagerId) -> Resultat<DossierOuvert<D>> {
        DossierOuvert::ouvrir_meme_fusionne(&self.passage, usager).await
    }

    /// Opens the list of an establishment, limited to the units chosen among those reached.
    ///
    /// `unites` empty: all the units reached. One journal line tells the list was read.
    pub async fn ouvrir_perimetre(&self, etablissement: EtablissementId, unites: &[UniteId]) -> Resultat<PerimetreOuvert<D>> {
        PerimetreOuvert::ouvrir(&self.passage, etablissement, unites).await
    }

    fn verifier_categorie<E: Referentiel>(&self) -> Resultat<Reach> {
        let contexte = self.contexte();
        let lisible = contexte.origine == Origine::Automate
            || E::CATEGORIE == Categorie::Organisation
            || self.roles_lisant(E::CATEGORIE).next().is_some();
        if !lisible {
            return Err(Erreur::Refus(Refus { motif: MotifRefus::Profession, droit: D::INFO, usager: None }));
        }
        if E::CATEGORIE == Categorie::Organisation || contexte.origine == Origine::Automate {
            return Ok(Reach::All);
        }
        let lieux: Option<Vec<Uuid>> = self.roles_lisant(E::CATEGORIE).map(|role| role.etablissement.map(Uuid::from)).collect();
        Ok(lieux.map_or(Reach::All, Reach::Only))
    }

    /// The roles held now which read a family of data.
    fn roles_lisant(&self, categorie: Categorie) -> impl Iterator<Item = &super::Habilitation> {
        let contexte = self.contexte();
        let profils = &self.passage.services.profils;
        contexte.acteur.actives(contexte.now).filter(move |role| permet(profils, role, categorie, Verbe::Lire))
    }

    /// Whose a record is, for the system's own work: the record itself is read through the opened dossier. `None` for a person.
    pub async fn personne_de<E: super::Ecrit>(&self, id: impl Into<Uuid>) -> Resultat<Option<UsagerId>> {
        let reach = if self.passage.contexte.origine == Origine::Automate { Reach::All } else { Reach::Only(Vec::new()) };
        let lu: Option<Stored<E>> = self.passage.services.store.get(&reach, id).await?;
        Ok(lu.and_then(|lu| lu.person).map(UsagerId))
    }

    /// Reads a record without any person.
    pub async fn lire<E: Referentiel>(&self, id: impl Into<Uuid>) -> Resultat<Option<Stored<E>>> {
        let reach = self.verifier_categorie::<E>()?;
        Ok(self.passage.services.store.get(&reach, id).await?)
    }

    /// Reads a list of records without any person.
    pub async fn liste<E: Referentiel>(&self, query: &Query<'_>) -> Resultat<Vec<Stored<E>>> {
        let reach = self.verifier_categorie::<E>()?;
        Ok(self.passage.services.store.list(&reach, query).await?)
    }

    /// Every version of a record without any person.
    pub async fn versions<E: Referentiel>(&self, id: impl Into<Uuid>) -> Resultat<Vec<Stored<E>>> {
        let reach = self.verifier_categorie::<E>()?;
        Ok(self.passage.services.store.history(&reach, id).await?)
    }

    /// How often a list moved since the process started: what was read of it before its next movement still stands.
    pub fn mouvements(&self, lane: &str) -> u64 {
        self.passage.services.store.signals().head(lane)
    }

    /// Begins an act on the structure: no record of a person is touched.
    pub fn acte(&self, verbe: &str) -> Acte {
        Acte::new(&self.passage, verbe, None, None, Vec::new())
    }

    /// Begins the creation of a record for a person who has none yet in this establishment.
    pub async fn acte_nouveau_dossier(&self, verbe: &str, etablissement: EtablissementId, usager: UsagerId) -> Resultat<Acte> {
        let contexte = self.contexte();
        let permis = contexte.origine == Origine::Automate
            || contexte.acteur.actives(contexte.now).any(|role| {
                role.etablissement == Some(etablissement)
                    && permet(&self.passage.services.profils, role, D::INFO.categorie, Verbe::Ecrire)
                    && self.passage.services.profils.get(&role.profil).is_some_and(|profil| profil.portee.est_d_une_maison())
            });
        if !permis {
            return Err(self.passage.refuser(&D::INFO, MotifRefus::Profession, None).await);
        }
        Ok(Acte::new(&self.passage, verbe, Some(usager), Some(etablissement), vec![usager]))
    }

    /// Makes an act durable with its journal line, or refuses it whole.
    pub async fn commit(&self, acte: Acte) -> Resultat<()> {
        acte.commit(&self.passage).await
    }
}
