//! An opened list over units of an establishment: every row is filtered by the same policy as a record.

use std::collections::HashMap;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, PoisonError};

use kernel::id::{EtablissementId, UniteId, UsagerId};
use store::{Nature, Query, Reach, SearchQuery, Stored};
use uuid::Uuid;

use super::acte::Acte;
use super::origine::Origine;
use super::passage::Passage;
use super::politique::unites_atteintes;
use super::{Categorie, Contexte, Droit, Ecrit, MotifRefus, Verbe};
use crate::erreur::Resultat;

/// Lists of an establishment, for one right, limited to the units reached. One journal line a list.
#[derive(Debug)]
pub struct PerimetreOuvert<D> {
    passage: Arc<Passage>,
    etablissement: EtablissementId,
    /// `None`: every unit.
    unites: Option<Vec<UniteId>>,
    visibles: Mutex<HashMap<(UsagerId, Categorie), bool>>,
    droit: PhantomData<fn() -> D>,
}

impl<D: Droit> PerimetreOuvert<D> {
    pub(crate) async fn ouvrir(passage: &Arc<Passage>, etablissement: EtablissementId, choisies: &[UniteId]) -> Resultat<Self> {
        let contexte = &passage.contexte;
        let atteintes = if contexte.origine == Origine::Automate {
            None
        } else {
            let (categorie, verbe) = (D::INFO.categorie, D::INFO.verbe);
            unites_atteintes(&passage.services.profils, &contexte.acteur, categorie, verbe, etablissement, contexte.now)
        };
        let unites = match atteintes {
            None if choisies.is_empty() => None,
            None => Some(choisies.to_vec()),
            Some(atteintes) if atteintes.is_empty() => {
                return Err(passage.refuser(&D::INFO, MotifRefus::HorsUnite, None).await);
            }
            Some(atteintes) if choisies.is_empty() => Some(atteintes),
            Some(atteintes) => {
                let communes: Vec<_> = choisies.iter().filter(|unite| atteintes.contains(unite)).copied().collect();
                if communes.is_empty() {
                    return Err(passage.refuser(&D::INFO, MotifRefus::HorsUnite, None).await);
                }
                Some(communes)
            }
        };
        if D::INFO.verbe == Verbe::Lire || passage.contexte.lecture {
            let mut line = passage.line(Nature::Consultation, D::INFO.code, None, Some(etablissement));
            if let Some(unites) = &unites {
                line.detail.insert("unites".into(), unites.iter().map(ToString::to_string).collect::<Vec<_>>().into());
            }
            passage.journaliser(line).await?;
        }
        Ok(Self { passage: Arc::clone(passage), etablissement, unites, visibles: Mutex::default(), droit: PhantomData })
    }

    /// The establishment.
    pub fn etablissement(&self) -> EtablissementId {
        self.etablissement
    }

    /// The units of the list; `None`: every unit of the establishment.
    pub fn unites(&self) -> Option<&[UniteId]> {
        self.unites.as_deref()
    }

    /// True if the list covers this unit.
    pub fn couvre(&self, unite: Option<UniteId>) -> bool {
        match (&self.unites, unite) {
            (None, _) => true,
            (Some(unites), Some(unite)) => unites.contains(&unite),
            (Some(_), None) => false,
        }
    }

    /// Who asks, and when.
    pub fn contexte(&self) -> &Contexte {
        &self.passage.contexte
    }

    fn reach(&self) -> Reach {
        Reach::Only(vec![self.etablissement.0])
    }

    /// True if this family of data of this person may be read; oppositions included.
    pub async fn visible(&self, usager: UsagerId, categorie: Categorie) -> Resultat<bool> {
        if self.passage.contexte.origine == Origine::Automate {
            return Ok(true);
        }
        let connu = self.visibles.lock().unwrap_or_else(PoisonError::into_inner).get(&(usager, categorie)).copied();
        if let Some(visible) = connu {
            return Ok(visible);
        }
        let visible = match self.passage.services.rattachement(usager).await? {
            Some(rattachement) => self.passage.decide_sur(categorie, Verbe::Lire, &rattachement).is_ok(),
            None => false,
        };
        self.visibles.lock().unwrap_or_else(PoisonError::into_inner).insert((usager, categorie), visible);
        Ok(visible)
    }

    /// The stay in progress of a person of this establishment, else the last one, as the gate knows it.
    pub async fn lien(&self, usager: UsagerId) -> Resultat<Option<super::Lien>> {
        let connu = self.passage.services.rattachement(usager).await?;
        Ok(connu.and_then(|connu| connu.courant().cloned()).filter(|lien| lien.etablissement == self.etablissement))
    }

    async fn filtrer<E: Ecrit>(&self, mut rows: Vec<Stored<E>>) -> Resultat<Vec<Stored<E>>> {
        let mut visibles = Vec::with_capacity(rows.len());
        for row in rows.drain(..) {
            let garde = match row.person {
                Some(personne) => self.visible(UsagerId(personne), E::CATEGORIE).await?,
                None => true,
            };
            if garde {
                visibles.push(row);
            }
        }
        Ok(visibles)
    }

    /// Reads a list; rows about persons who may not be seen are left out.
    pub async fn liste<E: Ecrit>(&self, query: &Query<'_>) -> Resultat<Vec<Stored<E>>> {
        let rows = self.passage.services.store.list(&self.reach(), query).await?;
        self.filtrer(rows).await
    }

    /// Reads records by id; rows about persons who may not be seen are left out.
    pub async fn lire<E: Ecrit>(&self, ids: &[Uuid]) -> Resultat<Vec<Stored<E>>> {
        let rows = self.passage.services.store.get_many(&self.reach(), ids).await?;
        self.filtrer(rows).await
    }

    /// Full-text search in lists (first lanes), newest first.
    pub async fn chercher<E: Ecrit>(
        &self,
        texte: &str,
        lanes: &[String],
        before: Option<i64>,
        limit: u32,
    ) -> Resultat<Vec<Stored<E>>> {
        let search = SearchQuery { kind: E::KIND, text: texte, lanes, person: None, before, limit };
        let rows = self.passage.services.store.search(&self.reach(), &search).await?;
        self.filtrer(rows).await
    }

    /// Begins an act on several records of the list; each person is checked for writing.
    pub async fn acte(&self, verbe: &str, usagers: &[UsagerId]) -> Resultat<Acte> {
        for usager in usagers {
            let rattachement = self.passage.services.rattachement(*usager).await?;
            let decision =
                rattachement.map_or(Err(MotifRefus::Inconnu), |rattachement| self.passage.decide(&D::INFO, &rattachement));
            if let (Err(motif), false) = (decision, self.passage.contexte.origine == Origine::Automate) {
                return Err(self.passage.refuser(&D::INFO, motif, Some(*usager)).await);
            }
        }
        let une = if let [seul] = usagers { Some(*seul) } else { None };
        Ok(Acte::new(&self.passage, verbe, une, Some(self.etablissement), usagers.to_vec()))
    }

    /// Makes an act durable with its journal line, or refuses it whole.
    pub async fn commit(&self, acte: Acte) -> Resultat<()> {
        super::Acces::<D>::deja(&self.passage).commit(acte).await
    }
}
