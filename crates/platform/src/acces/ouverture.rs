//! An opened record of one person: the only way to read or write what is about them.

use std::marker::PhantomData;
use std::sync::Arc;

use kernel::id::{EtablissementId, UniteId, UsagerId};
use store::{BlobId, Entity, Nature, Query, Reach, SearchQuery, Stored};
use uuid::Uuid;

use super::acte::Acte;
use super::origine::Origine;
use super::passage::Passage;
use super::{Categorie, Contexte, Droit, Lien, MotifAcces, MotifRefus, Rattachement, Verbe};
use crate::erreur::{Erreur, Refus, Resultat};

/// Records about a person: each belongs to a family of data, checked again at each reading.
pub trait Ecrit: Entity {
    /// The family of data it belongs to.
    const CATEGORIE: Categorie;
}

/// The opened record of one person, for one right. The opening is journalled.
#[derive(Debug)]
pub struct DossierOuvert<D> {
    passage: Arc<Passage>,
    usager: UsagerId,
    rattachement: Arc<Rattachement>,
    motif: MotifAcces,
    reach: Reach,
    droit: PhantomData<fn() -> D>,
}

impl<D: Droit> DossierOuvert<D> {
    /// Opens the record; one merged into another leads there.
    pub(crate) async fn ouvrir(passage: &Arc<Passage>, usager: UsagerId) -> Resultat<Self> {
        let dossier = Self::ouvrir_meme_fusionne(passage, usager).await?;
        match dossier.rattachement.fusionne_dans {
            Some(garde) => Err(Erreur::Fusionne { ancien: usager, garde }),
            None => Ok(dossier),
        }
    }

    /// Opens the record itself, even when it was merged into another.
    pub(crate) async fn ouvrir_meme_fusionne(passage: &Arc<Passage>, usager: UsagerId) -> Resultat<Self> {
        let Some(rattachement) = passage.services.rattachement(usager).await? else {
            return Err(passage.refuser(&D::INFO, MotifRefus::Inconnu, Some(usager)).await);
        };
        let automate = passage.contexte.origine == Origine::Automate;
        let motif = match passage.decide(&D::INFO, &rattachement) {
            Ok(motif) => motif,
            Err(_) if automate => MotifAcces::Equipe,
            Err(motif) => return Err(passage.refuser(&D::INFO, motif, Some(usager)).await),
        };
        let lue = D::INFO.verbe == Verbe::Lire || passage.contexte.lecture;
        if lue {
            passage.freiner(&D::INFO, &rattachement).await?;
        }
        let reach = match (motif, rattachement.courant()) {
            _ if automate => Reach::All,
            // A reader of another organisation has no house: the rows of the person's, for this person only.
            (MotifAcces::LectureAccordee, Some(lien)) => Reach::Only(vec![lien.etablissement.0]),
            _ => passage.reach(),
        };
        let dossier = Self { passage: Arc::clone(passage), usager, rattachement, motif, reach, droit: PhantomData };
        if lue {
            let mut line = passage.line(Nature::Consultation, D::INFO.code, Some(usager), dossier.etablissement());
            if motif != MotifAcces::Equipe {
                line.detail.insert("motif".into(), motif.code().into());
            }
            passage.journaliser(line).await?;
        }
        Ok(dossier)
    }

    /// Encrypts bytes so that an act about the person can keep them (`Acte::keep`); nothing is written yet.
    pub fn sceller(&self, octets: &[u8]) -> Resultat<store::SealedBlob> {
        Ok(self.passage.services.store.seal_blob(octets)?)
    }

    /// Whose record it is.
    pub fn usager(&self) -> UsagerId {
        self.usager
    }

    /// Why it could be opened.
    pub fn motif(&self) -> MotifAcces {
        self.motif
    }

    /// The stay in progress, else the last one.
    pub fn lien(&self) -> Option<&Lien> {
        self.rattachement.courant()
    }

    /// Where the person stays and stayed.
    pub fn rattachement(&self) -> &Rattachement {
        &self.rattachement
    }

    /// The establishment of the stay.
    pub fn etablissement(&self) -> Option<EtablissementId> {
        self.lien().map(|lien| lien.etablissement)
    }

    /// The unit of the stay.
    pub fn unite(&self) -> Option<UniteId> {
        self.lien().and_then(|lien| lien.unite)
    }

    /// The gate's own line about the person, with its version: to be written in the same act as a stay, a merge, an opposition.
    pub async fn rattachement_lu(&self) -> Resultat<Stored<Rattachement>> {
        let lu = self.passage.services.store.get(&Reach::All, Rattachement::id(self.usager)).await?;
        lu.ok_or(Erreur::Introuvable)
    }

    /// The same opened record, for the pieces other modules draw on it; each reading is checked as usual.
    pub fn consultation(&self) -> DossierOuvert<crate::dossier::ConsulterDossier> {
        DossierOuvert {
            passage: Arc::clone(&self.passage),
            usager: self.usager,
            rattachement: Arc::clone(&self.rattachement),
            motif: self.motif,
            reach: self.reach.clone(),
            droit: PhantomData,
        }
    }

    /// The person, then those whose records were merged into this one and who may be read for this family of data.
    async fn personnes(&self, categorie: Categorie) -> Resultat<Vec<UsagerId>> {
        let mut personnes = vec![self.usager];
        for absorbe in &self.rattachement.absorbes {
            let connu = self.passage.services.rattachement(*absorbe).await?;
            if connu.is_some_and(|connu| self.lit(categorie, &connu)) {
                personnes.push(*absorbe);
            }
        }
        Ok(personnes)
    }

    /// Who asks, and when.
    pub fn contexte(&self) -> &Contexte {
        &self.passage.contexte
    }

    /// True if this family of data of this person may be read.
    pub fn peut_lire(&self, categorie: Categorie) -> bool {
        self.lit(categorie, &self.rattachement)
    }

    fn lit(&self, categorie: Categorie, rattachement: &Rattachement) -> bool {
        self.passage.contexte.origine == Origine::Automate
            || self.passage.decide_sur(categorie, Verbe::Lire, rattachement).is_ok()
            || self.emporte(categorie, rattachement)
    }

    /// True if the right held carries this family of data with it, and the person is not opposed.
    fn emporte(&self, categorie: Categorie, rattachement: &Rattachement) -> bool {
        D::INFO.emporte.contains(&categorie)
            && self.passage.decide(&D::INFO, rattachement).is_ok()
            && !self.passage.est_oppose(categorie, rattachement)
    }

    /// True if this family of data of this person may be written.
    pub fn peut_ecrire(&self, categorie: Categorie) -> bool {
        self.passage.contexte.origine == Origine::Automate
            || self.passage.decide_sur(categorie, Verbe::Ecrire, &self.rattachement).is_ok()
    }

    fn verifier<E: Ecrit>(&self) -> Resultat<()> {
        if self.peut_lire(E::CATEGORIE) {
            return Ok(());
        }
        Err(Erreur::Refus(Refus { motif: MotifRefus::Profession, droit: D::INFO, usager: Some(self.usager) }))
    }

    /// Records of another person, when their presence may be read.
    pub(crate) async fn liste_autre<E: Ecrit>(&self, autre: UsagerId, query: &Query<'_>) -> Resultat<Vec<Stored<E>>> {
        let Some(connu) = self.passage.services.rattachement(autre).await? else { return Ok(Vec::new()) };
        if self.passage.decide_sur(E::CATEGORIE, Verbe::Lire, &connu).is_err() {
            return Ok(Vec::new());
        }
        Ok(self.passage.services.store.list(&self.reach, query).await?)
    }

    /// One record of the person.
    pub async fn lire<E: Ecrit>(&self, id: impl Into<Uuid>) -> Resultat<Option<Stored<E>>> {
        self.verifier::<E>()?;
        let found: Option<Stored<E>> = self.passage.services.store.get(&self.reach, id).await?;
        let personnes = self.personnes(E::CATEGORIE).await?;
        Ok(found.filter(|stored| est_de(stored, &personnes)))
    }

    /// The person's records of a kind; `affiner` sets times, order and limit.
    pub async fn liste<E: Ecrit>(&self, affiner: impl FnOnce(Query<'_>) -> Query<'_>) -> Resultat<Vec<Stored<E>>> {
        self.verifier::<E>()?;
        let query = affiner(Query::person(self.usager));
        let mut rows = self.passage.services.store.list(&self.reach, &query).await?;
        let personnes = self.personnes(E::CATEGORIE).await?;
        for absorbe in personnes.iter().skip(1) {
            let by = store::By::Person(absorbe.0);
            rows.extend(self.passage.services.store.list(&self.reach, &Query { by, ..query.clone() }).await?);
        }
        if personnes.len() > 1 {
            rows.sort_by_key(|row: &Stored<E>| (row.value.scope().at, row.seq));
            if query.newest_first {
                rows.reverse();
            }
            rows.truncate(query.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX)));
        }
        Ok(rows)
    }

    /// Every version of a record of the person, oldest first.
    pub async fn versions<E: Ecrit>(&self, id: impl Into<Uuid>) -> Resultat<Vec<Stored<E>>> {
        self.verifier::<E>()?;
        let mut versions: Vec<Stored<E>> = self.passage.services.store.history(&self.reach, id).await?;
        let personnes = self.personnes(E::CATEGORIE).await?;
        versions.retain(|stored| est_de(stored, &personnes));
        Ok(versions)
    }

    /// Full-text search within the person's records of a kind.
    pub async fn chercher<E: Ecrit>(&self, texte: &str, limit: u32) -> Resultat<Vec<Stored<E>>> {
        self.verifier::<E>()?;
        let search = SearchQuery { kind: E::KIND, text: texte, lanes: &[], person: Some(self.usager.0), before: None, limit };
        Ok(self.passage.services.store.search(&self.reach, &search).await?)
    }

    /// A document named by one of the person's records.
    pub async fn document(&self, id: &BlobId) -> Resultat<Option<Vec<u8>>> {
        Ok(self.passage.services.store.blob(id).await?)
    }

    /// Lines of the journal about this person, newest first: who saw and changed the record.
    pub async fn journal(&self, before: Option<i64>, limit: usize) -> Resultat<Vec<store::LineRow>> {
        let filter = store::JournalFilter { person: Some(self.usager.0), before, limit, ..store::JournalFilter::default() };
        Ok(self.passage.services.store.journal(filter).await?)
    }

    /// Begins an act on this record.
    pub fn acte(&self, verbe: &str) -> Acte {
        let personnes = std::iter::once(self.usager).chain(self.rattachement.absorbes.iter().copied()).collect();
        let acte = Acte::new(&self.passage, verbe, Some(self.usager), self.etablissement(), personnes);
        if self.motif == MotifAcces::Equipe { acte } else { acte.detail("motif", self.motif.code()) }
    }

    /// Begins an act on this record and on another opened one (a merge).
    pub fn acte_avec<R: Droit>(&self, autre: &DossierOuvert<R>, verbe: &str) -> Acte {
        let mut acte = self.acte(verbe).detail("avec", autre.usager.to_string());
        acte.aussi_sur(autre.usager);
        acte
    }

    /// Makes an act durable with its journal line, or refuses it whole.
    pub async fn commit(&self, acte: Acte) -> Resultat<()> {
        super::Acces::<D>::commit(&self.acces(), acte).await
    }

    fn acces(&self) -> super::Acces<D> {
        super::Acces::deja(&self.passage)
    }
}

fn est_de<E>(stored: &Stored<E>, personnes: &[UsagerId]) -> bool {
    stored.person.is_some_and(|personne| personnes.contains(&UsagerId(personne)))
}
