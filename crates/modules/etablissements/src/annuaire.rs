//! Names of establishments and units, kept in memory for the page shell.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use kernel::id::{EtablissementId, UniteId};
use platform::Enseigne;
use platform::erreur::Resultat;
use platform::store::{Query, Reach, Store, Stored};

use crate::model::{Etablissement, Unite};
use crate::records::LANE_ETABLISSEMENTS;

#[derive(Debug, Default)]
struct Noms {
    etablissements: HashMap<EtablissementId, String>,
    unites: HashMap<EtablissementId, Vec<(UniteId, String)>>,
}

/// Names of the structure; refreshed when the structure moves.
#[derive(Debug, Default)]
pub struct Annuaire(RwLock<Noms>);

impl Annuaire {
    /// Reads every name again.
    pub async fn relire(&self, store: &Store) -> Resultat<()> {
        let mut noms = Noms::default();
        let etablissements: Vec<Stored<Etablissement>> = store.list(&Reach::All, &Query::lane(LANE_ETABLISSEMENTS)).await?;
        for etablissement in etablissements {
            let id = etablissement.value.id;
            noms.etablissements.insert(id, etablissement.nom.as_str().to_owned());
            let mut unites: Vec<Stored<Unite>> = store.list(&Reach::All, &Query::lane(&format!("unites/{id}"))).await?;
            unites.retain(|unite| !unite.fermee);
            unites.sort_by_key(|unite| unite.rang);
            noms.unites.insert(id, unites.iter().map(|unite| (UniteId(unite.id), unite.nom.as_str().to_owned())).collect());
        }
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = noms;
        Ok(())
    }

    /// Reads again each time the structure moves, until the process ends.
    pub async fn suivre(&self, store: Store) {
        let mut signals = store.signals().subscribe();
        loop {
            let structure = match signals.recv().await {
                Ok(signals) => signals.iter().any(|signal| matches!(signal.kind.as_str(), "etablissement" | "unite")),
                Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => true,
                Err(tokio::sync::broadcast::error::RecvError::Closed) => return,
            };
            if structure && let Err(error) = self.relire(&store).await {
                tracing::warn!(%error, "the names of the structure could not be read again");
            }
        }
    }
}

impl Enseigne for Annuaire {
    fn etablissement(&self, id: EtablissementId) -> Option<String> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).etablissements.get(&id).cloned()
    }

    fn unites(&self, etablissement: EtablissementId) -> Vec<(UniteId, String)> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).unites.get(&etablissement).cloned().unwrap_or_default()
    }
}
