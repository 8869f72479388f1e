//! Protocol of the bedside application (« terrain »), without any HTTP: what a tablet seals, proves and signs, and how the
//! server opens, checks and answers it. The same rules live in `terrain/coeur/*.js`; `tests/vecteurs` binds the two.

mod assets;
mod canonique;
mod erreur;
mod etablissement;
mod heure;
mod operation;
mod poste;
mod reponse;
mod requete;
mod sceau;
mod scelle;
mod session;
mod versions;

pub use assets::{COQUILLE, Fichier, fichier, fichiers, service_worker, version};
pub use canonique::canonique;
pub use erreur::Erreur;
pub use etablissement::{ClePrivee, ClePublique, ClesEtablissement, GARDE_JOURS, ROTATION_JOURS};
pub use heure::{Doute, HeureJugee, SAUT_MAX_S};
pub use operation::{FaitSource, Operation, OperationOuverte, Preuve};
pub use poste::{Compartiment, EtatPoste, Poste};
pub use reponse::{EtatReponse, Lot, LotRepondu, Reponse};
pub use requete::{FRAICHEUR_S, SignaturePoste, SignatureSession, texte_signe};
pub use sceau::{CleMaitre, Protege};
pub use scelle::Scelle;
pub use session::{SessionTerrain, Validite};
pub use versions::{Conversion, Conversions};
