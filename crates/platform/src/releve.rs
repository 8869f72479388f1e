//! Events other modules bring to the handover digest: a fall, a weight alert, a change of texture.
//!
//! The digest belongs to the module of transmissions; a module which has something to tell declares a source with its own
//! right, so that neither depends on the other and nobody sees what their profession does not open.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use jiff::Timestamp;
use kernel::id::{EtablissementId, UniteId, UsagerId};

use crate::acces::{Acces, Droit, DroitInfo, Passage};
use crate::erreur::{Erreur, Resultat};

/// What a digest covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FenetreReleve {
    /// Where.
    pub etablissement: EtablissementId,
    /// The units chosen; empty: all those reached.
    pub unites: Vec<UniteId>,
    /// What became known after this instant…
    pub depuis: Timestamp,
    /// …and until this one.
    pub jusque: Timestamp,
}

/// A structured event of a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvenementReleve {
    /// About whom.
    pub usager: UsagerId,
    /// When it happened.
    pub le: Timestamp,
    /// When it became known: what was entered late is new for whoever read before.
    pub connu_le: Timestamp,
    /// Kind, a code of the weights file (`chute`, `poids`, `temperature`…); an unknown code weighs 1.
    pub genre: String,
    /// Words: « Poids −5,4 % en 30 jours ».
    pub libelle: String,
    /// Where to look.
    pub href: Option<String>,
}

type Recueil = Pin<Box<dyn Future<Output = Resultat<Vec<EvenementReleve>>> + Send>>;
type Source = Arc<dyn Fn(Arc<Passage>, FenetreReleve) -> Recueil + Send + Sync>;

/// The sources of the digest, in the order of modules.
#[derive(Clone, Default)]
pub struct SourcesReleve(Vec<(DroitInfo, Source)>);

impl std::fmt::Debug for SourcesReleve {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(droit, _)| droit.code)).finish()
    }
}

impl SourcesReleve {
    /// Declares a source: the right it needs, and the function which reads the events known within a window.
    pub fn declarer<D, F, Fut>(&mut self, lire: F)
    where
        D: Droit,
        F: Fn(Acces<D>, FenetreReleve) -> Fut + Send + Sync + Clone + 'static,
        Fut: Future<Output = Resultat<Vec<EvenementReleve>>> + Send + 'static,
    {
        let source: Source = Arc::new(move |passage, fenetre| {
            let lire = lire.clone();
            Box::pin(async move {
                let acces = Acces::<D>::ouvrir(passage).await?;
                lire(acces, fenetre).await
            })
        });
        self.0.push((D::INFO, source));
    }

    /// The events of every source whose right the account holds, within the window.
    ///
    /// A source which refuses tells nothing and stops nothing.
    pub async fn recueillir<D: Droit>(&self, acces: &Acces<D>, fenetre: &FenetreReleve) -> Resultat<Vec<EvenementReleve>> {
        let mut evenements = Vec::new();
        for (droit, source) in &self.0 {
            if !acces.peut_info(droit) {
                continue;
            }
            match source(Arc::clone(&acces.passage), fenetre.clone()).await {
                Ok(dits) => evenements.extend(dits),
                Err(Erreur::Refus(_)) => {}
                Err(erreur) => return Err(erreur),
            }
        }
        evenements.retain(|evenement| fenetre.depuis < evenement.connu_le && evenement.connu_le <= fenetre.jusque);
        Ok(evenements)
    }
}
